"""Shortcuts: ask from anywhere, and turn a message into an expectation."""

from dataclasses import replace

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.domain.language import Intent, Reading
from bot.slack.ids import Press, Verb
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.lines import read_for
from bot.slack.listeners.opening import form_for, open_form
from bot.slack.payloads import Shortcut

ASK = "new_expectation"
FROM_MESSAGE = "turn_into_expectation"


def shortcut(desk: Desk, came: Shortcut) -> BoltResponse:
    """Open the form; from a message it holds the message, its author and its link."""
    if came.callback != FROM_MESSAGE or came.ts is None:
        return open_form(desk, came, Press(verb=Verb.FORM_ASK))
    link = _permalink(desk, came.place.channel or "", came.ts)
    return desk.open(came, form_for(desk, came, _meant(desk, came), link=link))


def _meant(desk: Desk, came: Shortcut) -> Reading:
    """Read a message as what its author is to do; its first word is no command here."""
    if came.author is None or came.author == came.user:
        reading = read_for(desk, came.user, came.text)
        if reading.intent is not Intent.OFFER:
            reading = read_for(desk, came.user, f"I will {came.text}")
        return replace(reading, intent=Intent.OFFER, owners=())
    reading = read_for(desk, came.user, f"<@{came.author}> {came.text}")
    return replace(reading, intent=Intent.REQUEST, owners=(came.author,))


def _permalink(desk: Desk, channel: str, ts: str) -> str:
    """Return the message's address; without one the form opens all the same."""
    try:
        answer = desk.client.chat_getPermalink(channel=channel, message_ts=ts)
    except (SlackApiError, OSError):
        return ""
    return str(answer["permalink"])
