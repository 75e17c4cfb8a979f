"""The button that lets go what is owed back, once what needed it has ended."""

from bot.domain.expectation import Expectation
from bot.domain.views import CardView
from bot.slack.blocks.kit import Button
from bot.slack.ids import Press, Verb
from bot.slack.words.owed import staying


def let_go(view: CardView) -> list[Button]:
    """Return the button for who needed it; nothing while nothing stays, and for the other."""
    owed = staying(view)
    if owed is None or owed.requester != view.reader.user:
        return []
    return [let_go_of(owed)]


def let_go_of(owed: Expectation) -> Button:
    """Return the button that lets it go."""
    return Button(
        label=f"Let {owed.id} go",
        press=Press(verb=Verb.DROP, number=owed.number, seen=owed.seen),
        confirm="It is closed for both of you and counts nowhere.",
        nth="owed",
    )
