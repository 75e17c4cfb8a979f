"""The forms about goals: set one, say where it stands, close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.domain.errors import InvalidInputError
from bot.domain.goal import Goal, GoalStatus, Measure
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.forms.when import PICK
from bot.slack.blocks.kit import Block, Option, section
from bot.slack.blocks.modal import choice, day_input, field, modal, person, text_input
from bot.slack.fields import Field
from bot.slack.ids import Callback, Origin, Verb
from bot.slack.text import plain
from bot.slack.words.goals import goal_item, number

LEARNT_LENGTH = 300
NOTE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalForm:
    """What a goal is to be."""

    title: str
    day: date | None
    why: str = ""
    gain: str = ""
    measure: Measure | None = None
    champion: str | None = None
    review_on: date | None = None
    channel: str | None = None  # where it was asked: a goal set from Home

    @classmethod
    def of(cls, goal: Goal) -> "GoalForm":
        """Return the form filled in with a goal that is there."""
        return cls(
            title=goal.title,
            day=goal.day,
            why=goal.why,
            gain=goal.gain,
            measure=goal.measure,
            champion=goal.champion,
            review_on=goal.review_on,
        )


def goal_form(form: GoalForm, origin: Origin) -> Block:
    """Return the form in which a goal is set, or said anew where `origin` names one."""
    measure = form.measure
    target, start, now = (
        (number(measure.target), number(measure.start), number(measure.now))
        if measure
        else ("", "", "")
    )
    blocks = [
        field(Field.TITLE, "What", text_input(form.title, limit=300)),
        field(Field.BY_WHEN, "By when", day_input(form.day)),
        field(Field.WHY, "Why it matters", text_input(form.why, lines=True), optional=True),
        field(
            Field.GAIN_TEAM,
            "What the team gains",
            text_input(form.gain, lines=True),
            optional=True,
        ),
        field(Field.TARGET, "Number to reach", _number(target), optional=True),
        field(Field.START, "Number at the start", _number(start), optional=True),
        field(Field.NOW, "Number now", _number(now), optional=True),
        field(Field.CHAMPION, "Looked after by", person(form.champion), optional=True),
        field(Field.REVIEW, "Look at it again on", day_input(form.review_on), optional=True),
    ]
    is_new = origin.press.verb is not Verb.GOAL_EDIT
    if origin.channel is None and is_new:
        channels: Block = {"type": "channels_select"}
        blocks.insert(1, field(Field.CHANNEL, "Channel", channels))
    return modal(
        Callback.GOAL, "Set a goal" if is_new else "Change the goal", "Save", origin, blocks
    )


def _number(initial: str = "") -> Block:
    return text_input(initial, limit=20)


def read_goal(state: Mapping[str, Any]) -> GoalForm:
    """Read a submitted goal; raise InvalidInputError where something is missing."""
    inputs = Inputs(state)
    title, day = inputs.text(Field.TITLE), inputs.day(Field.BY_WHEN)
    if not title:
        raise InvalidInputError({Field.TITLE: "Write what is to be reached."})
    if day is None:
        raise InvalidInputError({Field.BY_WHEN: PICK})
    return GoalForm(
        title=title,
        day=day,
        why=inputs.text(Field.WHY),
        gain=inputs.text(Field.GAIN_TEAM),
        measure=_measure(inputs),
        champion=inputs.person(Field.CHAMPION),
        review_on=inputs.day(Field.REVIEW),
        channel=inputs.channel(Field.CHANNEL),
    )


def _measure(inputs: Inputs) -> Measure | None:
    target, start = inputs.number(Field.TARGET), inputs.number(Field.START)
    now = inputs.number(Field.NOW)
    if target is None:
        if start is not None or now is not None:
            raise InvalidInputError({Field.TARGET: "Write the number to reach as well."})
        return None
    first = start if start is not None else Decimal(0)
    return Measure(start=first, now=now if now is not None else first, target=target)


def goal_update_form(goal: Goal, origin: Origin) -> Block:
    """Return the form that says where a goal's measure stands."""
    now = number(goal.measure.now) if goal.measure else ""
    target = f"To reach: {number(goal.measure.target)}" if goal.measure else ""
    blocks = [
        section(goal_item(goal)),
        field(Field.NOW, "Number now", _number(now), hint=target),
    ]
    return modal(Callback.GOAL_UPDATE, "Update the goal", "Save", origin, blocks)


def read_goal_update(state: Mapping[str, Any]) -> Decimal:
    """Read where the measure stands; raise InvalidInputError where it is no number."""
    value = Inputs(state).number(Field.NOW)
    if value is None:
        raise InvalidInputError({Field.NOW: "Write a number, such as 7 or 2.5."})
    return value


_ENDS = (
    Option(label="Reached", value=GoalStatus.MET.value),
    Option(label="Not reached", value=GoalStatus.MISSED.value),
    Option(label="Dropped", value=GoalStatus.DROPPED.value),
)


def goal_close_form(goal: Goal, origin: Origin) -> Block:
    """Return the form that closes a goal."""
    blocks = [
        section(goal_item(goal)),
        field(Field.OUTCOME, "How it ended", choice(_ENDS)),
        field(Field.NOTE, "What came of it", text_input(lines=True)),
        field(
            Field.LEARNT,
            "What did you learn?",
            text_input(lines=True, limit=LEARNT_LENGTH),
            optional=True,
            hint="The week's summary carries it with the goal.",
        ),
    ]
    return modal(Callback.GOAL_CLOSE, "Close the goal", "Close", origin, blocks)


def read_goal_close(state: Mapping[str, Any]) -> tuple[GoalStatus, str, str]:
    """Read how a goal ended, its closing note, and what was learnt."""
    inputs = Inputs(state)
    outcome, note = inputs.option(Field.OUTCOME), inputs.text(Field.NOTE)
    if outcome is None:
        raise InvalidInputError({Field.OUTCOME: "Choose how it ended."})
    if not note:
        raise InvalidInputError({Field.NOTE: "Write in a line what came of it."})
    return GoalStatus(outcome), note, inputs.text(Field.LEARNT)


def raise_form(goal: Goal, reads: str, origin: Origin) -> Block:
    """Return the form in which somebody raises that most of a goal is with them."""
    blocks = [
        section(goal_item(goal)),
        field(
            Field.NOTE,
            "Anything to add?",
            text_input(lines=True, limit=NOTE_LENGTH),
            optional=True,
            hint=plain(f"{reads} will read this, and nobody else.", 150),
        ),
    ]
    return modal(Callback.RAISE, "Raise it", "Send", origin, blocks)


def read_raise(state: Mapping[str, Any]) -> str:
    """Read what somebody adds."""
    return Inputs(state).text(Field.NOTE)
