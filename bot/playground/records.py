"""What a simulated workspace consists of: people, conversations, messages and views."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
"""A decoded JSON object, as Slack sends and takes it."""


class Kind(StrEnum):
    """The kinds of conversation that Slack knows."""

    CHANNEL = "channel"
    PRIVATE = "private"
    DIRECT = "im"
    GROUP = "mpim"


@dataclass(slots=True)
class Team:
    """The workspace itself."""

    id: str = "T01WINWIN"
    domain: str = "playground"
    name: str = "Playground"


@dataclass(slots=True)
class App:
    """The one installed app: its tokens, its bot user and what it was granted."""

    id: str = "A01WINWIN"
    name: str = "Winwin"
    bot_id: str = "B01WINWIN"
    bot_user_id: str = "U0WINWIN"
    bot_token: str = "xoxb-playground"  # noqa: S105 - the simulated Slack's token is no secret
    app_token: str = "xapp-playground"  # noqa: S105 - the same
    signing_secret: str = "playground"  # noqa: S105 - the same
    scopes: tuple[str, ...] = (
        "commands",
        "chat:write",
        "users:read",
        "im:history",
        "app_mentions:read",
    )
    commands: tuple[str, ...] = ("/expect",)
    usage: dict[str, str] = field(default_factory=dict)
    """What can be typed after a command, by command: its usage hint."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """What a command does, by command."""
    message_shortcuts: dict[str, str] = field(default_factory=dict)
    """Label by callback id: what the menu of a message offers."""
    global_shortcuts: dict[str, str] = field(default_factory=dict)
    """Label by callback id: what the box's menu offers."""
    events: tuple[str, ...] | None = None
    """The events it subscribed to, as `message.im`; None: all."""
    messages_tab: bool = True
    should_escape: bool = True
    installed: bool = True


@dataclass(slots=True)
class Person:
    """Somebody in the workspace, a bot, or a stranger from another organisation."""

    id: str
    name: str
    """The handle that is typed after @."""
    real_name: str
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    deleted: bool = False
    is_bot: bool = False
    is_guest: bool = False
    """Invited to one channel only, as Slack's single-channel guests are."""
    team_id: str | None = None
    """Only for a stranger: the team that is theirs."""

    @property
    def display_name(self) -> str:
        """What they are called by: their first name."""
        return self.real_name.partition(" ")[0] or self.name


@dataclass(slots=True)
class Conversation:
    """A channel, a direct message or a group message."""

    id: str
    kind: Kind
    name: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False

    @property
    def shown_name(self) -> str:
        """The name that Slack puts into a payload's channel_name."""
        return {
            Kind.CHANNEL: self.name,
            Kind.PRIVATE: "privategroup",
            Kind.DIRECT: "directmessage",
            Kind.GROUP: self.name or f"mpdm-{self.id.lower()}-1",
        }[self.kind]


@dataclass(slots=True)
class Message:
    """A message, or what only one person sees when `to` names them."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    to: str | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    by_app: bool = False
    files: list[Json] = field(default_factory=list)
    """Each with its id, name, title and content."""

    def label(self) -> str:
        """Return the text that stands for the message in a failed test's output."""
        return f"{self.user} in {self.channel}: {self.text[:60]}"


@dataclass(slots=True)
class Upload:
    """A file that the app said it would upload; without content until it did."""

    id: str
    name: str
    length: int
    content: bytes | None = None


@dataclass(slots=True)
class View:
    """A modal on somebody's screen, or somebody's Home tab."""

    id: str
    user: str
    type: str
    blocks: list[Json]
    hash: str
    title: Json | None = None
    submit: Json | None = None
    close: Json | None = None
    callback_id: str = ""
    private_metadata: str = ""
    external_id: str = ""
    clear_on_close: bool = False
    notify_on_close: bool = False
    root_view_id: str = ""
    previous_view_id: str | None = None
    values: Json = field(default_factory=dict)
    """What stands in its inputs: {block_id: {action_id: value object}}."""
    errors: dict[str, str] = field(default_factory=dict)
    """What the last submission was answered: {block_id: text}."""

    @property
    def name(self) -> str:
        """The title as it is read."""
        return str((self.title or {}).get("text", ""))


@dataclass(slots=True)
class Tour:
    """What is kept of the tour; how far it came is read from the messages."""

    since: str = "0"
    """The ts from which on messages count: what was there before nobody did on the tour."""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that Slack refused the app, so that tests can assert that nothing was."""

    method: str
    error: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, in either direction, for the inspector."""

    at: float
    """Unix seconds, real time."""
    direction: str
    """`to_app` or `from_app`."""
    name: str
    request: Json
    answer: object
    status: int
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """How the app answered what somebody did."""

    acknowledged: bool
    status: int = 200
    body: object = ""
    seconds: float = 0.0
    error: str | None = None
    """What the person is shown instead of an answer: `operation_timeout`, `dispatch_failed`."""
    errors: dict[str, str] = field(default_factory=dict)
    """A form's errors, by block id."""
    attempts: int = 1
    options: list[Json] = field(default_factory=list)
    """What a block_suggestion was answered."""
