"""What a party added in their own words, and whether it was read back."""

from bot.domain.expectation import Expectation
from bot.domain.own_words import OwnWords, is_of_now, latest_of
from bot.domain.views import CardView
from bot.slack.pen import Pen


def own_words(view: CardView, pen: Pen) -> list[str]:
    """Return what each side said in their own words, the reader's first."""
    mine = latest_of(view.words, view.reader.user)
    said = [] if mine is None else said_by(mine, view.expectation, pen)
    return [*said, *their_words(view, pen)]


def their_words(view: CardView, pen: Pen) -> list[str]:
    """Return what the other said in their own words, and what they need from the reader."""
    words = latest_of(view.words, view.expectation.other(view.reader.user))
    return [] if words is None else said_by(words, view.expectation, pen)


def said_by(words: OwnWords, it: Expectation, pen: Pen) -> list[str]:
    """Return somebody's own words, a sentence each; what is not said is left out.

    Words about what was agreed before another version say so.
    """
    mine = words.author == pen.reader
    before = "" if is_of_now(words, it) else f", of version {words.version}"
    who = pen.who(words.author)
    said = [
        ("In your words" if mine else f"In {who}'s words", words.understood),
        ("For you" if mine else f"For {who}", words.gain),
        ("Needed by you" if mine else "Needed from you", words.need),
    ]
    return [f"{name}{before}: {pen.quote(text)}" for name, text in said if text.strip()]


def heard(view: CardView, pen: Pen) -> list[str]:
    """Return who said of whose words that they are meant so."""
    return [line for words in view.words for line in read_back(words, view.expectation, pen)]


def read_back(words: OwnWords, it: Expectation, pen: Pen) -> list[str]:
    """Return that somebody's words on the terms in force were read back, as a line."""
    if words.read_back_at is None or not is_of_now(words, it):
        return []
    day = pen.day(words.read_back_at.astimezone(pen.zone).date())
    if words.author != pen.reader:
        return [f"You said on {day}: that is it."]
    other = it.other(words.author)
    return [] if other is None else [f"{pen.who(other)} read your words on {day}: that is it."]
