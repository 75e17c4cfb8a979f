"""One expectation at one moment: its words, and the buttons that are open to its reader."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.expectation import Action
from bot.domain.messages import Moment, Prompt
from bot.domain.views import CardView
from bot.slack.blocks import buttons
from bot.slack.blocks.kit import (
    Block,
    Button,
    Rendered,
    actions,
    mrkdwn,
    overflow,
    sections,
    side_by_side,
)
from bot.slack.blocks.owed import let_go
from bot.slack.ids import MORE_MENU, TELL_BLOCK, TELL_TICK, Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words.moments import both_sides, suggestion, words
from bot.slack.words.prompts import (
    check_in,
    overdue,
    overdue_to_asker,
    period,
    period_done,
    series_question,
    unanswered,
    unanswered_to_asker,
)

SETTINGS = Button(label="Change days and hours", press=Press(verb=Verb.SETTINGS))
_PROMPT_MOMENTS = {
    Prompt.LET_GO: Moment.ASKS_TO_BE_LET_GO,
    Prompt.QUESTION: Moment.QUESTION,
    Prompt.DONE: Moment.DONE,
}
_PROMPT_WORDS = {
    Prompt.PROPOSAL: unanswered,
    Prompt.CHANGE: suggestion,
    Prompt.UNANSWERED_TO_ASKER: unanswered_to_asker,
    Prompt.CHECK_IN: check_in,
    Prompt.OVERDUE: overdue,
    Prompt.OVERDUE_TO_ASKER: overdue_to_asker,
    Prompt.PERIOD: period,
    Prompt.PERIOD_DONE: period_done,
    Prompt.SERIES_QUESTION: series_question,
}


def card(view: CardView, team_id: str) -> Rendered:
    """Render a message about one expectation."""
    in_channel = view.moment is Moment.TOLD_CHANNEL
    pen = Pen.of(view.reader, view.people, view.now)
    if in_channel:
        pen = Pen(reader=None, zone=view.reader.zone, people=view.people, now=view.now)
    return Rendered(
        text=within([*words(view, pen), *sides(view, pen)]),
        blocks=(
            *sections(words(view, pen.in_blocks()), 4),
            *side_by_side(sides(view, pen.in_blocks())),
            *tick(view),
            *button_row(view, team_id, extra=let_go(view)),
        ),
        shows=(view.expectation.number,),
    )


def sides(view: CardView, pen: Pen) -> list[str]:
    """Return what both sides suggested last, while that is what a message is about."""
    return both_sides(view, pen) if view.current else []


def asked_words(prompt: Prompt, view: CardView, pen: Pen) -> list[str]:
    """Return the whole question of a list that asks one thing."""
    moment = _PROMPT_MOMENTS.get(prompt)
    if moment is not None:
        return words(as_moment(view, moment), pen)
    return _PROMPT_WORDS[prompt](view, pen)


def as_moment(view: CardView, moment: Moment) -> CardView:
    """Return the same view at another moment."""
    return replace(view, moment=moment)


def button_row(
    view: CardView, team_id: str, prompt: Prompt | None = None, extra: Sequence[Button] = ()
) -> list[Block]:
    """Return a message's buttons, side by side in one colour, and the menu beside them."""
    elements = [
        buttons.button(offer, view, team_id).block() for offer in buttons.offered(view, prompt)
    ]
    elements += [button.block() for button in extra]
    if view.first_time:
        elements.append(SETTINGS.block())
    menu = [buttons.option(offer, view) for offer in buttons.offered_menu(view, prompt)]
    if menu:
        elements.append(overflow(MORE_MENU, menu))
    return actions(elements, f"moves.{view.expectation.number}")


def tick(view: CardView) -> list[Block]:
    """Return the tick with which who accepts may keep the channel from being told."""
    it = view.expectation
    may_accept = view.current and Action.ACCEPT in view.moves and it.awaited == view.reader.user
    if not (may_accept and it.tell_channel and it.channel):
        return []
    option: Block = {
        "text": mrkdwn(f"Accept also tells <#{it.channel}> what was agreed"),
        "value": "tell",
    }
    boxes: Block = {
        "type": "checkboxes",
        "action_id": TELL_TICK,
        "options": [option],
        "initial_options": [option],
    }
    return [{"type": "actions", "block_id": TELL_BLOCK, "elements": [boxes]}]
