"""Opening the forms of a channel's own: its charter, what changed in it, and its pulse."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.domain.charter import read_key, words_key
from bot.domain.pulse import read_pulse_key
from bot.domain.schedule.local import local_day
from bot.slack.blocks.charter import charter_changes
from bot.slack.blocks.forms.charter import charter_form
from bot.slack.blocks.forms.pulse import pulse_form
from bot.slack.ids import MalformedValueError, Origin, Press
from bot.slack.listeners.desk import Desk, View
from bot.slack.payloads import Incoming
from bot.slack.pen import Pen

Read = TypeVar("Read")


def charter_of(press: Press) -> tuple[str, int]:
    """Return the channel and version that a press is about."""
    channel, version, _ = _checked(read_key, press)
    return channel, version


def pulse_of(press: Press) -> str:
    """Return the key of the pulse that a press is about."""
    _checked(read_pulse_key, press)
    return press.key


def _checked(read: Callable[[str], Read], press: Press) -> Read:
    try:
        return read(press.key)
    except ValueError as error:
        raise MalformedValueError("a channel's key is none of ours") from error


def edit_charter(desk: Desk, came: Incoming, origin: Origin) -> View:
    """Return the form with the words that were read, or where it was typed the present ones."""
    actor = desk.actor(came)
    if not origin.press.key:
        view = desk.charters.show(actor)
        version = view.words.version if view.words else 0
        origin = replace(origin, press=replace(origin.press, key=words_key(view.channel, version)))
    charter_of(origin.press)
    charter, me = desk.charters.to_change(actor, origin.press.key)
    return charter_form(charter, origin, local_day(desk.clock(), me.zone))


def show_changes(desk: Desk, came: Incoming, _origin: Origin) -> View:
    """Return what the last versions changed."""
    history = desk.charters.history(desk.actor(came))
    return charter_changes(history.pairs, Pen.of(history.reader, history.people, history.now))


def ask_pulse(desk: Desk, came: Incoming, origin: Origin) -> View:
    """Return the form of a pulse."""
    channel, month = desk.pulse.asked(desk.actor(came), pulse_of(origin.press))
    return pulse_form(channel, month, origin, desk.pen(came.user))


def agreement_here(desk: Desk, came: Incoming) -> str:
    """Return the agreement that stands above the form here today, as it is typed; or nothing."""
    line = desk.charters.of_the_day(desk.actor(came))
    return line.typed if line else ""
