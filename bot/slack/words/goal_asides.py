"""What a list asks about goals, in words, and what the champion is told where it is raised."""

from datetime import date

from bot.domain.goal import Goal
from bot.domain.views import AsideView, RaisedView
from bot.slack.pen import Pen
from bot.slack.words.goals import goal_item, number

STAYS = "Fine; nobody was told."

_MOVED_ON = {
    "closed": "it is closed by now.",
    "handed_on": "somebody else looks after it by now.",
}


def review(view: AsideView, pen: Pen) -> str:
    """Ask a champion whether a goal is still right, or say what became of it."""
    goal = view.goal
    if goal is None:
        return ""
    head = f"{goal_item(goal, pen.item_limit)}, by {pen.day(goal.day)}"
    if view.answered:
        return f"{head}: {_MOVED_ON.get(view.answered) or _looked_at(view, pen)}"
    return f"{head}{_stands(goal)}: you wanted to look at it again. Is it still right?"


def _looked_at(view: AsideView, pen: Pen) -> str:
    following = view.args.get("next")
    if following is None:
        return "no other day is named to look at it."
    return f"looked at again on {pen.day(date.fromisoformat(following))}."


def _stands(goal: Goal) -> str:
    if goal.measure is None:
        return ""
    return f", {number(goal.measure.now)} of {number(goal.measure.target)}"


def still_right(day: date, pen: Pen) -> str:
    """Say when a goal is looked at again."""
    return f"It stays as it is. You are asked again on {pen.day(day)}."


def concentration(view: AsideView, pen: Pen) -> str:
    """Tell somebody that most of a goal is with them, or what they answered."""
    if view.goal is None:
        return ""
    head, who = goal_item(view.goal, pen.item_limit), pen.who(view.who)
    if view.answered == "raised":
        return f"{head}: you raised with {who} that most of its open work is with you."
    if view.answered == "fine":
        return f"{head}: most of its open work is with you, and you said it is fine as it is."
    if view.answered:
        return f"{head}: most of its open work was with you; by now it is not."
    told = (
        f"{head}: {view.args['mine']} of the {view.args['open']} things agreed and open under it "
        "are with you. Only you see this."
    )
    return f"{told} Would you like to raise it with {who}?" if view.who else told


def raised(view: RaisedView, pen: Pen) -> str:
    """Tell who looks after a goal what somebody raises."""
    item, who = goal_item(view.goal, pen.item_limit), pen.who(view.said.user)
    return (
        f"{item}: {who} tells you that most of its open work is with {who}."
        f"{pen.said(view.said.note)} Only you are told."
    )


def was_raised(who: str, goal: Goal, reads_on: str) -> str:
    """Say who reads it, and when where that is not now."""
    when = f" on {reads_on}" if reads_on else " now"
    return f"{goal_item(goal)}: {who} reads it{when}. Nobody else is told."
