"""The forms around an answer: accept, done, ask me later, and why one is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation, Visibility
from bot.domain.member import Member
from bot.domain.views import CardView
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.forms.pairs import line_fields
from bot.slack.blocks.kit import Block, Option, section
from bot.slack.blocks.modal import (
    choice,
    day_input,
    field,
    hour_input,
    info_modal,
    modal,
    person,
    text_input,
    ticks,
)
from bot.slack.fields import Field
from bot.slack.ids import TELL_BLOCK, TELL_TICK, Callback, Origin
from bot.slack.pen import Pen
from bot.slack.text import plain
from bot.slack.words.commands import TRUSTED, WHY_ASKED
from bot.slack.words.owed import also_asked


def accept_form(card: CardView, origin: Origin) -> Block:
    """Return the form that accepts and says who may see it."""
    keep = [Option(label="Keep it between us", value="private")]
    expectation, pen = card.expectation, Pen.of(card.reader, {}, card.now)
    besides = also_asked(expectation, card.owed, pen)
    blocks = [
        section(*(line for line in (pen.item(expectation), besides) if line)),
        field(Field.VISIBILITY, "Who may see it", ticks(keep, ["private"]), optional=True),
    ]
    if expectation.tell_channel:
        tell = [Option(label="Tell the channel what was agreed", value="tell")]
        element = ticks(tell, ())
        blocks.append(field(Field.TELL, "Tell the channel", element, optional=True))
    return modal(Callback.ACCEPT, "Accept", "Accept", origin, blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting says of who may see it."""

    keep_private: bool
    untell: bool


def read_accept(state: Mapping[str, Any]) -> Accepted:
    """Read a submitted accept; what stays between the two is told to no channel."""
    inputs = Inputs(state)
    private = "private" in inputs.ticked(Field.VISIBILITY)
    untold = inputs.has(Field.TELL) and "tell" not in inputs.ticked(Field.TELL)
    return Accepted(keep_private=private, untell=private or untold)


def read_untold(state: Mapping[str, Any]) -> bool:
    """Tell whether the tick beside Accept in a proposal was taken away."""
    boxes = state.get(TELL_BLOCK, {}).get(TELL_TICK)
    return boxes is not None and not boxes.get("selected_options")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report that it is done; `finished_on` None is now."""

    link: str
    finished_on: Due | None
    thanks_to: str | None
    thanks_for: str


def done_form(
    expectation: Expectation, origin: Origin, me: Member, now: datetime, *, reads: str | None
) -> Block:
    """Return the form that reports it as done; with the hour where the due has one."""
    local = now.astimezone(me.zone)
    finished = [field(Field.FINISHED_ON, "Finished on", day_input(local.date()))]
    if expectation.due.is_hour:
        finished.append(field(Field.FINISHED_HOUR, "At", hour_input(local.time())))
    looks = f"{plain(reads, 80)} checks whether it fits." if reads else ""
    shared = expectation.visibility is Visibility.CHANNEL and expectation.channel is not None
    carried = ", and a summary of the channel may carry it" if shared else ""
    blocks = [
        section(Pen.of(me, {}, now).item(expectation)),
        field(Field.LINK, "Link", text_input(limit=2000), optional=True, hint=looks),
        *finished,
        field(Field.THANK, "Anyone to thank?", person(), optional=True),
        field(
            Field.THANK_FOR,
            "Thank them for what?",
            text_input(limit=300),
            optional=True,
            hint=f"They read this line and nothing else of it{carried}.",
        ),
        *line_fields(expectation),
    ]
    return modal(Callback.DONE, "Done", "Done", origin, blocks)


def read_done(state: Mapping[str, Any], me: Member, now: datetime) -> Reported:
    """Read a report.

    Raises:
        InvalidInputError: it was finished in the future, or somebody is thanked for nothing.

    """
    inputs = Inputs(state)
    day, hour = inputs.day(Field.FINISHED_ON), inputs.hour(Field.FINISHED_HOUR)
    local = now.astimezone(me.zone)
    finished: Due | None = None
    if day is not None and hour is not None:
        at = inputs.at(Field.FINISHED_HOUR, day, hour, me.zone)
        if at > local:
            raise InvalidInputError({Field.FINISHED_HOUR: "That is still ahead."})
        finished = Due(at)
    elif day is not None:
        if day > local.date():
            raise InvalidInputError({Field.FINISHED_ON: "That day is still ahead."})
        finished = None if day == local.date() else Due(day)
    thanks_to, thanks_for = inputs.person(Field.THANK), inputs.text(Field.THANK_FOR)
    if thanks_to is not None and not thanks_for:
        raise InvalidInputError({Field.THANK_FOR: "Say what for, in a line."})
    return Reported(
        link=inputs.text(Field.LINK),
        finished_on=finished,
        thanks_to=thanks_to,
        thanks_for=thanks_for,
    )


_LATER = (
    Option(label="In an hour", value="1h"),
    Option(label="Tomorrow", value="tomorrow"),
    Option(label="Next week", value="next_week"),
)


def later_form(expectation: Expectation, origin: Origin, me: Member, now: datetime) -> Block:
    """Return the form that chooses when to be asked again."""
    blocks = [
        section(Pen.of(me, {}, now).item(expectation), "This stays with you."),
        field(Field.CHOICE, "Ask me again", choice(_LATER, "1h")),
    ]
    return modal(Callback.LATER, "Ask me later", "Save", origin, blocks)


def read_later(state: Mapping[str, Any]) -> str:
    """Return 1h, tomorrow or next_week."""
    return Inputs(state).option(Field.CHOICE) or "1h"


def why_modal(
    expectation: Expectation, me: Member, now: datetime, *, trusted: bool = False
) -> Block:
    """Return why somebody is asked about an item."""
    said = [TRUSTED, WHY_ASKED] if trusted else [WHY_ASKED]
    return info_modal(
        "Why do I get this?", [section(Pen.of(me, {}, now).item(expectation)), section(*said)]
    )
