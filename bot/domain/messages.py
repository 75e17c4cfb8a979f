"""What the bot has to tell people, and the states that a message goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Moment(StrEnum):
    """Why a message is written; each has its words."""

    PROPOSAL = "proposal"
    OFFER = "offer"
    REMEDY = "remedy"
    SUGGESTED_CHANGE = "suggested_change"  # of what is only proposed
    CHANGE_TO_AGREED = "change_to_agreed"
    ASKS_TO_BE_LET_GO = "asks_to_be_let_go"
    QUESTION = "question"
    ANSWER = "answer"
    ACCEPTED = "accepted"  # to who asked
    AGREED = "agreed"  # the owner's own card, with Done and the menu
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    KEPT_AS_IT_WAS = "kept_as_it_was"
    CHANGE_LAPSED = "change_lapsed"
    CHANGED_IN_TIME = "changed_in_time"  # to the author of a change that was accepted
    AT_RISK = "at_risk"
    NEED_HELP = "need_help"
    HELP_OFFERED = "help_offered"
    DONE = "done"
    YOUR_DONE = "your_done"
    RETURNED = "returned"
    KEPT = "kept"
    CLOSED = "closed"  # met late or unconfirmed
    HANDED_BACK = "handed_back"
    COULD_NOT = "could_not"
    NOT_KEPT = "not_kept"
    FORGIVEN = "forgiven"
    LET_GO = "let_go"
    DIFFERENT = "different"
    ENDED_UNANSWERED = "ended_unanswered"
    LEFT = "left"
    NOT_DELIVERED = "not_delivered"
    THANKS = "thanks"
    LIST = "list"
    HOUR_BEFORE = "hour_before"
    ASK_LATER = "ask_later"
    SUMMARY = "summary"
    TOLD_CHANNEL = "told_channel"
    SERIES_QUESTION = "series_question"  # three in a row not kept: go on, change, end it
    INSTALLED = "installed"
    HOME = "home"


PLANNED = frozenset({Moment.LIST, Moment.SUMMARY, Moment.HOUR_BEFORE, Moment.ASK_LATER})
"""What has a moment of its own: before it, it waits, whatever became of an attempt."""


UNCLEAR = "unclear"
"""The argument of a notice about a post to a channel that may be there, or not."""


class Prompt(StrEnum):
    """What a list asks about one item."""

    PROPOSAL = "proposal"
    CHANGE = "change"  # a pending change
    LET_GO = "let_go"
    QUESTION = "question"
    UNANSWERED_TO_ASKER = "unanswered_to_asker"
    CHECK_IN = "check_in"
    OVERDUE = "overdue"
    OVERDUE_TO_ASKER = "overdue_to_asker"
    DONE = "done"
    PERIOD = "period"
    PERIOD_DONE = "period_done"  # to the requester: a period reported as done
    SERIES_QUESTION = "series_question"


class MessageKind(StrEnum):
    """How a message is sent: a post once, the others as often as needed."""

    POST = "post"
    UPDATE = "update"
    HOME = "home"


class MessageState(StrEnum):
    """Where a message stands; how it moves on is in `bot.domain.delivery`."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to send; its content is rendered when it is sent.

    `slot` is unique in the workspace and names the occasion, never a time of the clock:
    `E-42/7/U02BOB` (event 7 told to Bob), `list/U02BOB/2026-11-27` (nominal local date),
    `hour/E-42/v2/U02BOB`, `later/E-42/9/U02BOB`, `summary/C01/2026-11-27`, `tell/E-42`.
    Updates and Home coalesce: `update/<id of the post>`, `home/U02BOB`, each at most once
    while pending.
    """

    id: str  # of ours, in the metadata of the post: random, says nothing
    kind: MessageKind
    moment: Moment
    to: str  # a user id (direct message) or a channel id
    slot: str
    not_before: datetime
    created_at: datetime
    number: int | None = None  # the expectation that it is about; None for lists and the like
    event: int | None = None  # the event's seq that it tells
    args: Mapping[str, str] = field(default_factory=dict)  # what else its occasion needs
    state: MessageState = MessageState.PENDING
    attempts: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    channel: str | None = None  # where it was posted, once sent
    ts: str | None = None
    sent_at: datetime | None = None
    error: str | None = None
    shows: tuple[int, ...] = ()  # the expectations that it shows, once sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A post of unknown fate that somebody has taken to look for."""

    message: Message
    misses: int  # looks that found nothing
    until: datetime  # after which another may look; it also says whose look it is
    first_try: datetime  # when it was first handed to Slack
    last_try: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A notice that waits for the reader's next list."""

    user: str
    number: int
    event: int
    moment: Moment
    since: datetime
    carried_by: str | None = None  # the list's message id, or the message of Send now
    timed: bool = False  # a timed message whose moment was quiet
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A prompt that reached somebody: unique per subject, user, prompt, key and ordinal."""

    user: str
    number: int
    prompt: Prompt
    key: str  # what it was about: v3 (terms), p2 (pending), q5 (question's event), r1 (report)…
    ordinal: int  # 1, 2, …
    at: datetime
    message: str  # the id of the message that carried it


def home_slot(user: str) -> str:
    """Return the key of somebody's Home, unique in the workspace."""
    return f"home/{user}"
