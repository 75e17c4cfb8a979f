"""The forms about oneself: settings, away, thanks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from babel import Locale

from bot.domain.errors import InvalidInputError
from bot.domain.figures.balance import NOTE_LENGTH, BalanceNote
from bot.domain.member import Cadence, Member, Stoppable
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.kit import Block, Option, plain_text, section
from bot.slack.blocks.modal import (
    choice,
    day_input,
    field,
    hour_input,
    modal,
    person,
    text_input,
    ticks,
)
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OFTEN = (
    Option(label="The workday before and on the day", value=Cadence.NORMAL.value),
    Option(label="Daily", value=Cadence.DAILY.value),
    Option(label="Weekly", value=Cadence.WEEKLY.value),
)
_BESIDES = (
    Option(label="Was it worth it, after what was kept", value=Stoppable.WORTH_IT.value),
    Option(label="Does the give and take feel fair", value=Stoppable.FAIRNESS.value),
    Option(label="A channel's monthly pulse", value=Stoppable.PULSE.value),
    Option(label="Tell me when I carry most of a goal", value=Stoppable.CONCENTRATION.value),
    Option(
        label="Is a charter still right, on its review day", value=Stoppable.CHARTER_REVIEW.value
    ),
    Option(label="Is a goal still right, on its review day", value=Stoppable.GOAL_REVIEW.value),
    Option(label="Hint where a gain is not said", value=Stoppable.GAIN_HINT.value),
    Option(label="Remind me less after five kept", value=Stoppable.FEWER_WITH_TRUST.value),
)
"""What comes besides the main path; each can be left out."""

NO_COUNTRY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings form says."""

    check_in: time
    workdays: frozenset[int]
    quiet_from: time
    quiet_until: time
    cadence: Cadence
    country: str | None
    stopped: frozenset[Stoppable]


def settings_form(me: Member, origin: Origin, countries: Collection[str]) -> Block:
    """Return one's settings; `countries` are the codes whose public holidays are known."""
    days = [Option(label=name, value=str(day)) for day, name in enumerate(_DAYS)]
    workdays = [str(day) for day in sorted(me.workdays)]
    blocks = [
        field(Field.CHECK_IN, "I write at", hour_input(me.check_in)),
        field(Field.WORKDAYS, "On these days", ticks(days, workdays)),
        field(Field.QUIET_FROM, "Quiet from", hour_input(me.quiet_from)),
        field(Field.QUIET_UNTIL, "Quiet until", hour_input(me.quiet_until)),
        field(
            Field.CADENCE,
            "How often to ask you",
            choice(_OFTEN, me.cadence.value),
            hint="The other side never sees this.",
        ),
        field(
            Field.ASK_BESIDES,
            "Besides, in lists and replies",
            ticks(_BESIDES, [one.value for one in Stoppable if one not in me.stopped]),
            optional=True,
        ),
        field(Field.COUNTRY, "Public holidays", _countries(countries, me.country), optional=True),
    ]
    return modal(Callback.SETTINGS, "Days and hours", "Save", origin, blocks)


def _countries(codes: Collection[str], chosen: str | None) -> Block:
    """Return a menu of countries: in groups by first letter, for no group holds over 100."""
    names = Locale("en").territories
    named = sorted((names.get(code, code), code) for code in codes)
    groups: dict[str, list[Block]] = {"None": [Option(label="None", value=NO_COUNTRY).block()]}
    for name, code in named:
        groups.setdefault(name[0].upper(), []).append(Option(label=name, value=code).block())
    element: Block = {
        "type": "static_select",
        "option_groups": [
            {"label": plain_text(letter, 75), "options": options[:100]}
            for letter, options in list(groups.items())[:100]
        ],
    }
    initial = [
        option
        for options in groups.values()
        for option in options
        if option["value"] == (chosen or NO_COUNTRY)
    ]
    return {**element, "initial_option": initial[0]} if initial else element


def read_settings(state: Mapping[str, Any], me: Member) -> Settings:
    """Read submitted settings; raise InvalidInputError where no workday is left."""
    inputs = Inputs(state)
    workdays = frozenset(int(day) for day in inputs.ticked(Field.WORKDAYS))
    if not workdays:
        raise InvalidInputError({Field.WORKDAYS: "Choose at least one day."})
    country = inputs.option(Field.COUNTRY)
    return Settings(
        check_in=inputs.hour(Field.CHECK_IN) or me.check_in,
        workdays=workdays,
        quiet_from=inputs.hour(Field.QUIET_FROM) or me.quiet_from,
        quiet_until=inputs.hour(Field.QUIET_UNTIL) or me.quiet_until,
        cadence=Cadence(inputs.option(Field.CADENCE) or me.cadence.value),
        country=None if country in {None, NO_COUNTRY} else country,
        stopped=_stopped(inputs, me),
    )


def _stopped(inputs: Inputs, me: Member) -> frozenset[Stoppable]:
    if not inputs.has(Field.ASK_BESIDES):
        return me.stopped
    return frozenset(Stoppable) - {Stoppable(each) for each in inputs.ticked(Field.ASK_BESIDES)}


def away_form(origin: Origin, until: date | None = None) -> Block:
    """Return the form that asks for the day of return."""
    blocks = [
        section("Until then I do not write; whoever asks you sees the date."),
        field(Field.UNTIL, "Back on", day_input(until)),
    ]
    return modal(Callback.AWAY, "Be away", "Save", origin, blocks)


def read_away(state: Mapping[str, Any], me: Member, now: datetime) -> date:
    """Read the day of return; raise InvalidInputError where it is not ahead."""
    until = Inputs(state).day(Field.UNTIL)
    if until is None or until <= now.astimezone(me.zone).date():
        raise InvalidInputError({Field.UNTIL: "Choose a day after today."})
    return until


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanking:
    """Thanks as they were written."""

    to: str
    text: str
    private: bool


def thanks_form(
    origin: Origin, to: str | None = None, text: str = "", *, private: bool = False
) -> Block:
    """Return the form in which thanks are written."""
    keep = [Option(label="Keep it between us", value="private")]
    chosen = ("private",) if private else ()
    else_read = "Else a summary of the channel that it is about, or where you are, may carry it."
    blocks = [
        field(Field.WHO, "Who", person(to)),
        field(Field.NOTE, "For what", text_input(text, lines=True)),
        field(
            Field.VISIBILITY, "Who may see it", ticks(keep, chosen), optional=True, hint=else_read
        ),
    ]
    return modal(Callback.THANKS, "Say thanks", "Send", origin, blocks)


def read_thanks(state: Mapping[str, Any]) -> Thanking:
    """Read submitted thanks; raise InvalidInputError where something is missing."""
    inputs = Inputs(state)
    to, text = inputs.person(Field.WHO), inputs.text(Field.NOTE)
    if to is None:
        raise InvalidInputError({Field.WHO: "Choose who is thanked."})
    if not text:
        raise InvalidInputError({Field.NOTE: "Write what for."})
    return Thanking(to=to, text=text, private="private" in inputs.ticked(Field.VISIBILITY))


def balance_note_form(origin: Origin, mine: BalanceNote | None) -> Block:
    """Return the form in which somebody adds what a channel's numbers miss of them."""
    text = text_input(mine.text if mine else "", limit=NOTE_LENGTH)
    blocks = [
        field(
            Field.NOTE,
            "What the numbers miss",
            text,
            hint="The channel reads it beside its balance, with your name.",
        ),
        field(Field.UNTIL, "Until", day_input(mine.until if mine else None), optional=True),
    ]
    return modal(Callback.BALANCE_NOTE, "What the numbers miss", "Save", origin, blocks)


def read_balance_note(state: Mapping[str, Any]) -> tuple[str, date | None]:
    """Read a submitted note and its last day; raise InvalidInputError where it says nothing."""
    inputs = Inputs(state)
    text = inputs.text(Field.NOTE)
    if not text:
        raise InvalidInputError({Field.NOTE: "Write what they miss."})
    return text, inputs.day(Field.UNTIL)
