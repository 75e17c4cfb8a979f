"""What a list asks about goals: its buttons, and the message of who raises something."""

from bot.domain.goal import GoalStatus
from bot.domain.views import AsideView, RaisedView
from bot.slack.blocks.kit import Button, Rendered, actions, section
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.words.goal_asides import raised as raised_words


def goal_review_buttons(view: AsideView) -> list[Button]:
    """Return what a champion may do on the review day; once its day has come, it is not moved."""
    if view.goal is None:
        return []
    number, about = view.goal.number, view.goal.id
    still = Press(verb=Verb.GOAL_STILL, key=view.key)
    change = Press(verb=Verb.GOAL_EDIT, number=number)
    close = Press(verb=Verb.GOAL_CLOSE, number=number)
    row = [Button(label="Still right", press=still, about=about)] if "next" in view.args else []
    return [
        *row,
        Button(label="Change it", press=change, about=about),
        Button(label="Close it", press=close, about=about),
    ]


def concentration_buttons(view: AsideView) -> list[Button]:
    """Return the two answers, no is as good as yes; with nobody to raise it with, the goal."""
    if view.goal is None:
        return []
    about = view.goal.id
    raise_it = Press(verb=Verb.RAISE, key=view.key)
    leave_it = Press(verb=Verb.LEAVE_IT, key=view.key)
    show = Press(verb=Verb.GOAL_SHOW, number=view.goal.number)
    fine = Button(label="It is fine as it is", press=leave_it, about=about)
    if view.who is None:
        return [fine, Button(label="Show the goal", press=show, about=about)]
    return [Button(label="Raise it", press=raise_it, about=about), fine]


def raised(view: RaisedView) -> Rendered:
    """Render what the champion is told."""
    pen = Pen.of(view.reader, view.people, view.now)
    text = raised_words(view, pen)
    show = Button(label="Show", press=Press(verb=Verb.GOAL_SHOW, number=view.goal.number))
    row = [show.block()] if view.goal.status is GoalStatus.OPEN else []
    return Rendered(text=text, blocks=(section(text), *actions(row, f"raised.{view.goal.number}")))
