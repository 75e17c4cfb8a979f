"""The form in which something is asked or offered, and what it was filled in with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation, Kind, Visibility
from bot.domain.forgetting import is_tombstone
from bot.domain.goal import Goal
from bot.domain.language import Doubt
from bot.domain.member import Member
from bot.domain.terms import Wording
from bot.slack.blocks.forms.details import detail_fields, read_details, split_result, stage_for
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.forms.own_words import worth_line
from bot.slack.blocks.forms.when import HOUR_HINT, PICK, when_fields
from bot.slack.blocks.kit import Block, context, section
from bot.slack.blocks.modal import field, modal, person, persons, text_input
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin, Verb
from bot.slack.recurrence import rule_in_words
from bot.slack.text import typed
from bot.slack.words import doubts

NOTHING = Wording(result="")
"""A wording that nobody has filled in yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the form holds, before or after somebody filled it in."""

    wording: Wording = NOTHING
    owners: tuple[str, ...] = ()  # of a request
    for_whom: str | None = None  # of an offer; None: a commitment
    outside: str = ""  # of a commitment: whom it is for, who is not in Slack
    due: Due | None = None
    rrule: str | None = None
    visibility: Visibility | None = None
    goal: int | None = None
    link: str = ""
    tell_channel: bool = False

    @classmethod
    def again(cls, ended: Expectation) -> "Form":
        """Return the form filled in with an ended expectation, without its day."""
        offered = ended.kind is not Kind.REQUEST
        other = ended.requester if offered else ended.owner
        known = None if is_tombstone(other) else other
        return cls(
            wording=ended.terms.wording,
            owners=() if offered or known is None else (known,),
            for_whom=known if offered else None,
            goal=ended.goal,
            outside=ended.outside,
        )


def expectation_form(
    form: Form,
    origin: Origin,
    me: Member,
    now: datetime,
    *,
    goals: Sequence[Goal] = (),
    asked: str = "",
    doubt: Doubt | None = None,
    worth: tuple[str, str] | None = None,
    agreement: str = "",
) -> Block:
    """Return the form; `origin.press` says whether it asks or offers.

    `asked` is the date that was typed where it is not certain, `doubt` why it is not;
    `worth` is the name and line of who alone is asked; `agreement` one of the channel's charter.
    """
    offers = origin.press.verb is Verb.FORM_OFFER
    wording = form.wording
    if len(wording.result) > 0:
        wording = split_result(wording.result, wording)
    origin = replace(origin, stage=max(origin.stage, stage_for(wording), 1 if form.outside else 0))
    blocks: list[Block] = []
    if agreement:
        blocks.append(context(f"From this channel's charter: “{typed(agreement, 1200)}”"))
    if asked:
        blocks.append(section(doubts.asked(asked, doubt)))
    hint = HOUR_HINT
    if origin.rrule:
        rule = rule_in_words(origin.rrule, now.astimezone(me.zone).date())
        hint = f"It recurs, {rule}: this is the first time."
    blocks += [
        _whom(form, offers=offers),
        *([worth_line(*worth)] if worth else []),
        field(Field.WHAT, "What", text_input(wording.result, lines=True)),
        *when_fields(form.due, me, now, readings=origin.readings, hint=hint),
        field(Field.WHY, "Why it matters", text_input(wording.why, lines=True), optional=True),
        *detail_fields(wording, origin, goals, form.goal, form.outside),
    ]
    title = "Offer something" if offers else "Ask for something"
    return modal(Callback.EXPECT, title, "Offer" if offers else "Ask", origin, blocks)


def _whom(form: Form, *, offers: bool) -> Block:
    if offers:
        whom = field(
            Field.FOR_WHOM,
            "For whom",
            person(form.for_whom),
            optional=True,
            hint="Left empty, it is a commitment of your own.",
        )
    else:
        whom = field(Field.WHO, "Who", persons(form.owners))
    return {**whom, "dispatch_action": True}  # whose line stands below follows who is chosen


def read_form(state: Mapping[str, Any], origin: Origin, me: Member) -> Form:
    """Read a submitted form.

    Raises:
        InvalidInputError: something is missing; keyed by the inputs' block ids.

    """
    inputs = Inputs(state)
    offers = origin.press.verb is Verb.FORM_OFFER
    errors: dict[str, str] = {}
    what, due = inputs.text(Field.WHAT), inputs.due(me.zone)
    if not offers and not inputs.persons(Field.WHO):
        errors[Field.WHO] = "Choose who is asked."
    if not what:
        errors[Field.WHAT] = "Write what is expected."
    if due is None:
        errors[Field.BY_WHEN] = PICK
    outside = inputs.text(Field.OUTSIDE) if offers else ""
    if outside and inputs.person(Field.FOR_WHOM):
        errors[Field.OUTSIDE] = "Choose one: a person in Slack, or somebody outside."
    if errors:
        raise InvalidInputError(errors)
    wording = split_result(what, read_details(inputs, NOTHING))
    visibility = inputs.option(Field.VISIBILITY)
    goal = inputs.option(Field.GOAL)
    return Form(
        wording=wording,
        owners=() if offers else inputs.persons(Field.WHO),
        for_whom=inputs.person(Field.FOR_WHOM) if offers else None,
        outside=outside,
        due=due,
        rrule=origin.rrule or None,
        visibility=Visibility(visibility) if visibility else None,
        goal=int(goal) if goal else None,
        link=origin.link,
        tell_channel="tell" in inputs.ticked(Field.TELL),
    )
