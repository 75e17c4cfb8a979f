"""What every listener works with: the use cases, and ways to show something to a person."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from slack_bolt import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.errors import PersonError
from bot.domain.trouble import StoreError, UncertainError
from bot.services.actor import Actor
from bot.services.answer import Answer
from bot.services.between import Between
from bot.services.charters import Charters
from bot.services.configure import Configure
from bot.services.forget import Forget
from bot.services.goal_answers import GoalAnswers
from bot.services.goals import Goals
from bot.services.inbox import Deliveries
from bot.services.learnt import Remember
from bot.services.look import Look
from bot.services.opinions import Opine
from bot.services.people import Directory
from bot.services.propose import Propose
from bot.services.pulse import PulseAnswers
from bot.services.question import Question
from bot.services.summarise import Summarise
from bot.services.thank import Thank
from bot.slack.advice import Advice
from bot.slack.blocks.kit import Rendered
from bot.slack.blocks.modal import info_modal
from bot.slack.exports import Exports
from bot.slack.identity import Identity
from bot.slack.messenger import METADATA_TYPE
from bot.slack.payloads import Incoming, Typed
from bot.slack.pen import Pen

log = structlog.get_logger(__name__)

View = Mapping[str, object]

_NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})
"""What Slack says where the bot or the person is not in the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The use cases of one workspace, and the client with which people are answered."""

    workspace: int
    identity: Identity
    client: WebClient  # interactive: two seconds, no retries
    advice: Advice
    clock: Callable[[], datetime]
    directory: Directory
    look: Look
    propose: Propose
    answer: Answer
    goals: Goals
    goal_answers: GoalAnswers
    thank: Thank
    question: Question
    between: Between
    opine: Opine
    remember: Remember
    configure: Configure
    summarise: Summarise
    charters: Charters
    pulse: PulseAnswers
    answer_within: timedelta
    deliveries: Deliveries
    forget: Forget
    exports: Exports

    def actor(self, came: Incoming) -> Actor:
        """Return who acts, for the use cases."""
        return came.actor(self.workspace, self.answer_within)

    def pen(self, user: str) -> Pen:
        """Return the pen that writes to somebody now."""
        me = self.directory.members(self.workspace, [user]).get(user)
        if me is None:  # Slack does not say who they are
            return Pen(reader=user, zone=ZoneInfo("UTC"), people={}, now=self.clock())
        return Pen.of(me, {user: me}, self.clock())

    def open(self, came: Incoming, view: View) -> BoltResponse:
        """Open a modal; it is the whole answer, so a failure is one."""
        if came.in_modal:
            self.client.views_push(trigger_id=came.trigger, view=dict(view))
        else:
            self.client.views_open(trigger_id=came.trigger, view=dict(view))
        return nothing()

    def refuse_strangers(self, came: Incoming) -> None:
        """Raise PersonError for who is of another organisation; one's own team needs no look."""
        if came.team in {"", self.identity.team_id}:
            return
        if self.directory.member(self.workspace, came.user).is_stranger:
            raise PersonError(came.user, "outside")

    def send_export(self, came: Incoming) -> None:
        """Begin to send somebody what is kept about them."""
        self.exports.send(self.workspace, came.user)

    def show_home(self, user: str, view: View) -> None:
        """Show a Home that is not kept up to date; where that fails, the next opening mends it."""
        try:
            self.client.views_publish(user_id=user, view=dict(view))
        except (SlackApiError, OSError) as error:
            log.warning("home not shown", error=_code(error))

    def whisper(self, came: Incoming, content: Rendered) -> BoltResponse:
        """Answer a person alone; in a modal of its own where the bot cannot write.

        It comes after what was to be done: where it fails, that has happened all the same.
        """
        if self.whispered(came, content):
            return nothing()
        try:
            return self.open(came, notice(content))
        except (SlackApiError, OSError) as error:
            log.warning("answer not shown", error=_code(error))
        return nothing()

    def whispered(self, came: Incoming, content: Rendered) -> bool:
        """Answer a person alone in the conversation; False where the bot is in none with them."""
        if came.place.channel is None:
            return False
        try:
            self.client.chat_postEphemeral(
                channel=came.place.channel,
                user=came.user,
                text=content.text,
                blocks=list(content.blocks),
                thread_ts=came.place.thread,
            )
        except SlackApiError as error:
            log.warning("answer not shown", error=_code(error))
            return _code(error) not in _NOT_THERE
        except OSError as error:  # nobody knows whether it is there: not twice
            log.warning("answer not shown", error=_code(error))
        return True

    def say(self, came: Typed, content: Rendered) -> BoltResponse:
        """Answer a line: a command's acknowledgement, else a message; a press to who pressed.

        A message is a new one each time, so a line that is delivered again gets no second.
        """
        if came.slash:
            return reply(content)
        if not self._may_say(came):
            return nothing()
        if came.trigger is not None or came.place.kind != "im" or came.place.channel is None:
            return self.whisper(came, content)
        try:
            self.client.chat_postMessage(
                channel=came.place.channel,
                text=content.text,
                blocks=list(content.blocks),
                metadata={
                    "event_type": METADATA_TYPE,
                    "event_payload": {"message_id": uuid.uuid4().hex},
                },
                unfurl_links=False,
                unfurl_media=False,
            )
        except (SlackApiError, OSError) as error:
            log.warning("answer not shown", error=_code(error))
        return nothing()

    def _may_say(self, came: Typed) -> bool:
        """Tell whether a line is answered; where that cannot be had, its change may be saved."""
        try:
            return self.deliveries.may_say(self.workspace, came.key)
        except StoreError as error:
            raise UncertainError(error.trouble, error.said) from error


def _code(error: Exception) -> str:
    """Return Slack's word for a failure, or its kind: never what was to be shown."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return type(error).__name__


def nothing() -> BoltResponse:
    """Acknowledge."""
    return BoltResponse(status=200, body="")


def reply(content: Rendered) -> BoltResponse:
    """Acknowledge a command with a message that only its typist sees."""
    body = {
        "response_type": "ephemeral",
        "text": content.text,
        "blocks": list(content.blocks),
    }
    return BoltResponse(status=200, body=body)


def field_errors(errors: Mapping[str, str]) -> BoltResponse:
    """Keep a modal open, with a sentence at each input that needs another value."""
    return BoltResponse(status=200, body={"response_action": "errors", "errors": dict(errors)})


def replace_view(view: View) -> BoltResponse:
    """Show another view in a submitted modal's place."""
    return BoltResponse(status=200, body={"response_action": "update", "view": dict(view)})


def notice(content: Rendered) -> View:
    """Show a message as a modal, where there is no conversation to answer in."""
    return info_modal("Winwin", content.blocks)
