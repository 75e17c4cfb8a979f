"""Goals in words: title, day, and where the measure stands."""

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.expectation import Expectation
from bot.domain.goal import Goal, GoalStatus, MeasureUpdate
from bot.domain.views import GoalLine
from bot.domain.visibility import shows_agreed
from bot.slack.pen import Pen
from bot.slack.text import typed
from bot.slack.words.states import agreed_line, state

LEAST_WEEKS = 2
"""A line of fewer weeks than this, and now, says no more than the words."""

_ENDED = {
    GoalStatus.MET: "reached",
    GoalStatus.MISSED: "not reached",
    GoalStatus.DROPPED: "dropped",
}


def number(value: Decimal) -> str:
    """Write a measure's number without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def goal_item(goal: Goal, limit: int = 1500) -> str:
    """Return a goal as an item."""
    return f"*{typed(goal.title, limit)}* ({goal.id})"


def goal_line(goal: Goal, pen: Pen) -> str:
    """Return a goal as one line."""
    text = f"{goal_item(goal, pen.item_limit)}, by {pen.day(goal.day)}"
    if goal.measure is not None:
        text += f": {number(goal.measure.now)} of {number(goal.measure.target)}"
    ended = _ENDED.get(goal.status)
    return f"{text}; {ended}." if ended else f"{text}."


def goal_facts(goal: Goal, pen: Pen) -> list[str]:
    """Return all there is to say about a goal, a line each."""
    keeper = "you" if goal.champion == pen.reader else pen.who(goal.champion)
    lines = [goal_line(goal, pen), f"Looked after by {keeper}."]
    said = [("Why", goal.why), ("For the team", goal.gain)]
    if goal.status is not GoalStatus.OPEN:
        said += [("In the end", goal.note), ("Learnt", goal.learnt)]
    lines += [f"{name}: {pen.quote(text)}" for name, text in said if text.strip()]
    if goal.review_on is not None:
        lines.append(f"Looked at again on {pen.day(goal.review_on)}.")
    return lines


def goal_updates(updates: Sequence[MeasureUpdate], pen: Pen) -> list[str]:
    """Return who said where the measure stands, and when; the latest first."""
    return [
        f"{pen.day(one.at.astimezone(pen.zone).date())}: {number(one.value)}, "
        f"said by {'you' if one.by == pen.reader else pen.who(one.by)}."
        for one in updates
    ]


def under_line(it: Expectation, pen: Pen) -> str:
    """Return what stands under a goal: what was agreed, and to a party whatever else it is."""
    if shows_agreed(it):
        return agreed_line(it, pen)
    return f"{pen.item(it)}: {pen.you_or(it.owner)}, {pen.by(it)}; {state(it, pen)}."


def learnt_line(line: GoalLine, pen: Pen) -> str:
    """Return what was learnt from a goal that was closed."""
    return f"{typed(line.goal.title, pen.item_limit)}: {pen.quote(line.goal.learnt)}"


def summary_goal(line: GoalLine, pen: Pen) -> str:
    """Return a goal's line in the summary: where it stands, stood a week ago, and how it ended."""
    goal = line.goal
    text = f"{typed(goal.title, pen.item_limit)} by {pen.day(goal.day).partition(', ')[2]}"
    ended = f" {_ENDED[goal.status].capitalize()}." if goal.status in _ENDED else ""
    if goal.measure is None:
        return f"{text}.{ended}"
    now = number(goal.measure.now)
    if line.last_week is None or Decimal(line.last_week) == goal.measure.now:
        text = f"{text}: {now}.{ended}"
    else:
        text = f"{text}: {now}, last week {number(Decimal(line.last_week))}.{ended}"
    before = [number(value) for _, value in reversed(line.weeks[:-2])]
    return f"{text} The weeks before: {', '.join(before)}." if is_drawn(line) else text


def is_drawn(line: GoalLine) -> bool:
    """Tell whether a goal's measure has moved over enough weeks to be drawn."""
    return len(line.weeks) > LEAST_WEEKS and len({value for _, value in line.weeks}) > 1
