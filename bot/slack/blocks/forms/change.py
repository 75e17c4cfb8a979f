"""The forms that suggest other terms: a change, a remedy, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording
from bot.slack.blocks.forms.details import detail_fields, read_details, split_result
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.forms.pairs import line_fields
from bot.slack.blocks.forms.when import PICK, when_fields
from bot.slack.blocks.kit import Block, section
from bot.slack.blocks.modal import field, modal, text_input
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin, Verb
from bot.slack.pen import Pen
from bot.slack.text import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change form says differently; None leaves what is there."""

    wording: Wording | None
    due: Due | None
    note: str

    @property
    def is_a_line(self) -> bool:
        """Tell whether the terms stay as they are."""
        return self.wording is None and self.due is None


def latest(expectation: Expectation) -> Terms:
    """Return the terms that a change starts from: those that wait, else those in force."""
    pending = expectation.pending
    return pending.terms if pending and pending.terms else expectation.terms


def change_form(
    expectation: Expectation,
    origin: Origin,
    me: Member,
    now: datetime,
    *,
    reads: str | None,
    due: Due | None = None,
    what: str = "",
) -> Block:
    """Return the form that suggests a change; `reads` is the name of who reads it.

    `due` and `what` fill it in where they were typed already.
    """
    terms = latest(expectation)
    wording = replace(terms.wording, result=what or terms.wording.result)
    day: list[Block] = []
    if terms.rrule is None:
        shown = due or (expectation.due if terms is expectation.terms else terms.due)
        day = when_fields(shown, me, now, readings=origin.readings)
    pen = Pen.of(me, {}, now)
    alone = expectation.is_commitment
    question = "Why this change" if alone else "What would make this good for both of you?"
    title, submit = ("Change", "Save") if alone else ("Suggest a change", "Suggest")
    hint = _reads(reads)
    if origin.press.verb is Verb.NOT_QUITE:
        title, submit = "Not quite", "Send"
        hint += " A line here is enough."
    blocks = [
        section(pen.item(expectation)),
        field(Field.NOTE, question, text_input(lines=True), optional=True, hint=hint),
        field(Field.WHAT, "What", text_input(wording.result, lines=True)),
        *day,
        field(Field.WHY, "Why it matters", text_input(wording.why, lines=True), optional=True),
        *detail_fields(wording, origin),
    ]
    return modal(Callback.CHANGE, title, submit, origin, blocks)


def _reads(name: str | None) -> str:
    return f"{plain(name, 80)} will read this." if name else ""


def read_change(
    state: Mapping[str, Any], expectation: Expectation, me: Member, *, or_a_line: bool = False
) -> Changed:
    """Read a submitted change; with `or_a_line` the note alone is enough.

    Raises:
        InvalidInputError: nothing was changed, or the day is missing.

    """
    inputs = Inputs(state)
    terms = latest(expectation)
    what = inputs.text(Field.WHAT)
    if not what:
        raise InvalidInputError({Field.WHAT: "Write what is expected."})
    details = read_details(inputs, terms.wording)
    wording = split_result(what, details)
    due = inputs.due(me.zone) if inputs.has(Field.BY_WHEN) else None
    if due is None and inputs.has(Field.BY_WHEN):
        raise InvalidInputError({Field.BY_WHEN: PICK})
    shown = expectation.due if terms is expectation.terms else terms.due
    new_due = due if due is not None and not _same(due, shown) else None
    note = inputs.text(Field.NOTE)
    if wording == terms.wording and new_due is None and not (or_a_line and note):
        raise InvalidInputError({Field.WHAT: "This says what is there already: change something."})
    return Changed(
        wording=None if wording == terms.wording else wording,
        due=new_due,
        note=note,
    )


def _same(one: Due, other: Due) -> bool:
    """Tell whether two dues are the same day, or the same minute whatever their zones."""
    if isinstance(one.wall, datetime) and isinstance(other.wall, datetime):
        return one.wall.replace(second=0, microsecond=0) == other.wall.replace(
            second=0, microsecond=0
        )
    return one == other


def remedy_form(
    expectation: Expectation, origin: Origin, me: Member, now: datetime, *, what: str = ""
) -> Block:
    """Return the form that offers a way to put a missed one right; `what` was typed already."""
    blocks = [
        section(Pen.of(me, {}, now).item(expectation)),
        field(Field.WHAT, "What", text_input(what, lines=True)),
        *when_fields(None, me, now, readings=origin.readings),
        *line_fields(expectation),
    ]
    return modal(Callback.REMEDY, "Offer a remedy", "Offer", origin, blocks)


def read_remedy(state: Mapping[str, Any], me: Member) -> tuple[Wording, Due]:
    """Read a submitted remedy; raise InvalidInputError where something is missing."""
    inputs = Inputs(state)
    what, due = inputs.text(Field.WHAT), inputs.due(me.zone)
    if not what:
        raise InvalidInputError({Field.WHAT: "Write what you offer."})
    if due is None:
        raise InvalidInputError({Field.BY_WHEN: PICK})
    return split_result(what, Wording(result="")), due


def return_form(
    expectation: Expectation,
    origin: Origin,
    me: Member,
    now: datetime,
    *,
    reads: str,
    note: str = "",
) -> Block:
    """Return the form that says what is missing, and may suggest another day."""
    blocks = [
        section(Pen.of(me, {}, now).item(expectation)),
        field(Field.NOTE, "What is missing?", text_input(note, lines=True), hint=_reads(reads)),
        *when_fields(None, me, now, readings=origin.readings, optional=True),
    ]
    return modal(Callback.RETURN, "Something is missing", "Send", origin, blocks)


def read_return(state: Mapping[str, Any], me: Member) -> tuple[str, Due | None]:
    """Read what is missing, and the day that is suggested."""
    inputs = Inputs(state)
    note = inputs.text(Field.NOTE)
    if not note:
        raise InvalidInputError({Field.NOTE: "Write what is missing."})
    if inputs.hour(Field.HOUR) and not inputs.day(Field.BY_WHEN):
        raise InvalidInputError({Field.BY_WHEN: PICK})
    return note, inputs.due(me.zone)
