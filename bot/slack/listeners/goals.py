"""What people answer about goals in their lists: pressed, opened and sent."""

from collections.abc import Callable, Mapping

from slack_bolt import BoltResponse

from bot.domain.goal import read_carried_key, read_review_key
from bot.slack.blocks.forms.goals import raise_form, read_raise
from bot.slack.blocks.kit import Rendered
from bot.slack.blocks.replies import said
from bot.slack.ids import Callback, MalformedValueError, Origin, Press, Verb
from bot.slack.listeners.desk import Desk, View, nothing, notice, replace_view
from bot.slack.payloads import Incoming, Pressed, Submitted
from bot.slack.words.goal_asides import STAYS, still_right, was_raised


def _key(press: Press, read: Callable[[str], object]) -> str:
    try:
        read(press.key)
    except ValueError as error:
        raise MalformedValueError("a goal's key is none of ours") from error
    return press.key


def _still(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    day = desk.goal_answers.still_right(desk.actor(came), _key(press, read_review_key))
    return _answered(desk, came, said(still_right(day, desk.pen(came.user))))


def _leave(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    desk.goal_answers.leave_it(desk.actor(came), _key(press, read_carried_key))
    return _answered(desk, came, said(STAYS))


def _answered(desk: Desk, came: Pressed, content: Rendered) -> BoltResponse:
    """Say what became of it, where the list that was pressed does not show it by itself."""
    shows_itself = came.place.kind == "im" and not came.ephemeral
    return nothing() if shows_itself else desk.whisper(came, content)


def ask_to_raise(desk: Desk, came: Incoming, origin: Origin) -> View:
    """Return the form with one optional line, and who will read it."""
    key = _key(origin.press, read_carried_key)
    goal, who = desk.goal_answers.asked(desk.actor(came), key)
    return raise_form(goal, who.name, origin)


def _raise(desk: Desk, came: Submitted) -> BoltResponse:
    key = _key(came.origin.press, read_carried_key)
    done = desk.goal_answers.raise_it(desk.actor(came), key, read_raise(came.state))
    pen = desk.pen(came.user)
    until = done.way.held_until if done.way else None
    who = pen.who(done.keeper.user if done.keeper else done.goal.champion)
    content = said(was_raised(who, done.goal, pen.at(until) if until else ""))
    return nothing() if desk.whispered(came, content) else replace_view(notice(content))


AT_ONCE: Mapping[Verb, Callable[[Desk, Pressed, Press], BoltResponse]] = {
    Verb.GOAL_STILL: _still,
    Verb.LEAVE_IT: _leave,
}
"""What is done at once."""

SUBMISSIONS: Mapping[Callback, Callable[[Desk, Submitted], BoltResponse]] = {Callback.RAISE: _raise}
"""What is done with each modal."""
