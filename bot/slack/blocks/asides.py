"""Asides of a list: a line and its buttons each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.asides import STOPPED_BY, Aside
from bot.domain.views import AsideView
from bot.slack.blocks.charter import review_buttons
from bot.slack.blocks.forms.pulse import pulse_button
from bot.slack.blocks.goal_asides import concentration_buttons, goal_review_buttons
from bot.slack.blocks.kit import Block, Button, actions, section
from bot.slack.blocks.sharing import opinion_buttons, shown_buttons
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.words import charter as charter_words
from bot.slack.words import goal_asides, opinions
from bot.slack.words import pulse as pulse_words


@dataclass(frozen=True, slots=True)
class Question:
    """How a kind is asked, and what its reader may press; once answered, it says so instead."""

    words: Callable[[AsideView, Pen], str]
    buttons: Callable[[AsideView], Sequence[Button]]
    answered: Callable[[AsideView], Sequence[Button]] = lambda _: ()  # what may be pressed then


QUESTIONS: Mapping[Aside, Question] = {
    Aside.GOAL_REVIEW: Question(words=goal_asides.review, buttons=goal_review_buttons),
    Aside.CONCENTRATION: Question(words=goal_asides.concentration, buttons=concentration_buttons),
    Aside.WORTH_IT: Question(opinions.worth_it, opinion_buttons, shown_buttons),
    Aside.FAIRNESS: Question(opinions.fairness, opinion_buttons, shown_buttons),
    Aside.CHARTER_REVIEW: Question(words=charter_words.review, buttons=review_buttons),
    Aside.PULSE: Question(
        words=pulse_words.question, buttons=lambda view: [pulse_button(view.key)]
    ),
}
"""One row a kind."""


def aside_words(view: AsideView, pen: Pen) -> str:
    """Return an aside's line."""
    return QUESTIONS[view.kind].words(view, pen)


def aside_blocks(views: Sequence[AsideView], pen: Pen) -> list[Block]:
    """Return the blocks of a list's asides, each with its buttons until it is answered."""
    blocks: list[Block] = []
    for place, view in enumerate(views):
        row = _row(view)
        blocks.append(section(aside_words(view, pen), block_id=f"aside.{place}"))
        blocks += actions([button.block() for button in row], f"asked.{place}")
    return blocks


def _row(view: AsideView) -> list[Button]:
    question = QUESTIONS[view.kind]
    if view.answered:
        return list(question.answered(view))
    return [*question.buttons(view), _stop(view.kind)]


def _stop(kind: Aside) -> Button:
    press = Press(verb=Verb.STOP_ASKING, scope=STOPPED_BY[kind].value)
    return Button(label="Stop asking", press=press)
