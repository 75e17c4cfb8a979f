"""A channel's charter and its pulse: what is typed, pressed and sent."""

from collections.abc import Mapping

from slack_bolt import BoltResponse

from bot.domain.language import Reading
from bot.domain.pulse import read_pulse_key
from bot.services.charters import CharterDraft
from bot.slack.blocks import charter as blocks
from bot.slack.blocks.forms.charter import read_charter
from bot.slack.blocks.forms.pulse import read_pulse
from bot.slack.blocks.kit import Rendered
from bot.slack.blocks.replies import said
from bot.slack.ids import Callback, Press, Verb
from bot.slack.listeners.charter_forms import charter_of, pulse_of
from bot.slack.listeners.desk import Desk, nothing, notice, replace_view
from bot.slack.listeners.opening import open_or_offer
from bot.slack.listeners.verbs import Handler
from bot.slack.payloads import Pressed, Submitted, Typed
from bot.slack.words.pulse import thanked


def charter(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    """Show the channel's charter, or open its form."""
    if reading.result.casefold().startswith("edit"):
        return open_or_offer(desk, came, Press(verb=Verb.CHARTER_EDIT))
    return desk.say(came, blocks.charter(desk.charters.show(desk.actor(came))))


def _agree(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    _, version = charter_of(press)
    desk.charters.agree(desk.actor(came), press.key)
    return desk.whisper(came, blocks.agreed(press.key, version))


def _take_back(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    _, version = charter_of(press)
    desk.charters.take_back(desk.actor(came), press.key)
    return desk.whisper(came, blocks.taken_back(version))


def _post(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    charter_of(press)
    arrived = desk.charters.post(desk.actor(came), press.key)
    return desk.whisper(came, blocks.posted(arrived=arrived))


def _still(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    charter_of(press)
    day = desk.charters.still_right(desk.actor(came), press.key)
    return desk.whisper(came, blocks.still_right(day, desk.pen(came.user)))


def _written(desk: Desk, came: Submitted) -> BoltResponse:
    charter_of(came.origin.press)
    form = read_charter(came.state)
    draft = CharterDraft(text=form.text, review_on=form.review_on, heads_form=form.heads_form)
    view = desk.charters.write(desk.actor(came), came.origin.press.key, draft)
    return _tell(desk, came, blocks.charter(view))


def _answered(desk: Desk, came: Submitted) -> BoltResponse:
    key = pulse_of(came.origin.press)
    answers = read_pulse(came.state)
    desk.pulse.answer(desk.actor(came), key, answers)
    _, month = read_pulse_key(key)
    return _tell(desk, came, said(thanked(month, desk.pen(came.user))))


def _tell(desk: Desk, came: Submitted, content: Rendered) -> BoltResponse:
    """Close the modal and say what it did where it was opened; else in the modal's place."""
    return nothing() if desk.whispered(came, content) else replace_view(notice(content))


COMMANDS: Mapping[str, Handler] = {"charter": charter}
AT_ONCE = {
    Verb.CHARTER_AGREE: _agree,
    Verb.CHARTER_TAKE_BACK: _take_back,
    Verb.CHARTER_POST: _post,
    Verb.CHARTER_STILL: _still,
}
SUBMISSIONS = {Callback.CHARTER: _written, Callback.PULSE: _answered}
