"""Between two people: what lies there, what each thinks, and what both share."""

from collections.abc import Callable, Mapping

from slack_bolt import BoltResponse

from bot.domain.language import Reading
from bot.domain.opinions import Opinion, Topic
from bot.services.learnt import Line, Remembered
from bot.services.opinions import Exchanged
from bot.slack.blocks import between as blocks
from bot.slack.blocks.forms.pairs import read_line, read_with
from bot.slack.blocks.kit import Rendered
from bot.slack.ids import Callback, MalformedValueError, Press, Verb
from bot.slack.listeners.desk import Desk, nothing, notice, replace_view
from bot.slack.listeners.opening import open_or_offer
from bot.slack.payloads import Incoming, Pressed, Submitted, Typed


def with_(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    """Show what lies between the typist and somebody; ask with whom where nobody is named."""
    if reading.mentions:
        return desk.say(came, _shown(desk, came, reading.mentions[0]))
    if came.trigger is not None:
        return open_or_offer(desk, came, Press(verb=Verb.WITH))
    return desk.say(came, blocks.whom())


def _shown(desk: Desk, came: Incoming, who: str) -> Rendered:
    return blocks.between(desk.between.view(desk.actor(came), who))


def _with(desk: Desk, came: Submitted) -> BoltResponse:
    return _tell(desk, came, _shown(desk, came, read_with(came.state)))


def _tell(desk: Desk, came: Submitted, content: Rendered) -> BoltResponse:
    """Close the modal and say it where it was opened; else in the modal's place."""
    return nothing() if desk.whispered(came, content) else replace_view(notice(content))


def line_of(came: Submitted) -> Line:
    """Return the line worth remembering that a form holds."""
    text, shares = read_line(came.state)
    return Line(text=text, shares=shares)


def _remember(desk: Desk, came: Submitted) -> BoltResponse:
    number = came.origin.press.number or 0
    written = desk.remember.write(desk.actor(came), number, line_of(came))
    return nothing() if written is None else _tell(desk, came, _line(desk, came, written))


def _line(desk: Desk, came: Incoming, done: Remembered) -> Rendered:
    return blocks.line_said(done.learnt, done.expectation, desk.pen(came.user), stays=done.stays)


def _topic(press: Press) -> Topic:
    try:
        return Topic(press.scope)
    except ValueError as error:
        raise MalformedValueError("nothing of ours is asked by this name") from error


def _opinion(press: Press) -> Opinion:
    try:
        return Opinion(press.text)
    except ValueError as error:
        raise MalformedValueError("nothing of ours is answered so") from error


def _opine(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    done = desk.opine.say(desk.actor(came), _topic(press), press.key, _opinion(press))
    return _answered(desk, came, done)


def _share_opinion(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return _answered(desk, came, desk.opine.share(desk.actor(came), _topic(press), press.key))


def _unshare_opinion(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return _answered(desk, came, desk.opine.unshare(desk.actor(came), _topic(press), press.key))


def _answered(desk: Desk, came: Pressed, done: Exchanged) -> BoltResponse:
    """Say what became of it, where the list that was pressed does not show it by itself."""
    if came.place.kind == "im" and not came.ephemeral:
        return nothing()
    question, theirs = done.question, done.theirs
    said = blocks.opinion_said(
        question.topic,
        question.key_of(came.user),
        done.mine.opinion,
        None if theirs is None else theirs.opinion,
        desk.pen(came.user).who(question.other),
        shares=done.mine.shares,
    )
    return desk.whisper(came, said)


def _share_learnt(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    done = desk.remember.share(desk.actor(came), press.number or 0, press.key)
    return desk.whisper(came, _line(desk, came, done))


def _unshare_learnt(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    done = desk.remember.unshare(desk.actor(came), press.number or 0, press.key)
    return desk.whisper(came, _line(desk, came, done))


AT_ONCE: Mapping[Verb, Callable[[Desk, Pressed, Press], BoltResponse]] = {
    Verb.OPINE: _opine,
    Verb.SHARE_OPINION: _share_opinion,
    Verb.UNSHARE_OPINION: _unshare_opinion,
    Verb.SHARE_LEARNT: _share_learnt,
    Verb.UNSHARE_LEARNT: _unshare_learnt,
}
"""What is done at once."""

SUBMISSIONS: Mapping[Callback, Callable[[Desk, Submitted], BoltResponse]] = {
    Callback.WITH: _with,
    Callback.REMEMBER: _remember,
}
"""What is done with each modal."""
