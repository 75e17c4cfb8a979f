"""What is open to a reader of an agreement's words: add theirs, read back, see what changed."""

from bot.domain.expectation import Action
from bot.domain.own_words import OwnWords, is_of_now, latest_of, may_add_words
from bot.domain.views import CardView


def to_read_back(view: CardView) -> OwnWords | None:
    """Return the other's own words that the reader may read back now."""
    it, reader = view.expectation, view.reader.user
    words = latest_of(view.words, it.other(reader))
    if words is None or words.read_back_at is not None or not is_of_now(words, it):
        return None
    return words if may_add_words(it, reader) else None


def may_read_back(view: CardView) -> bool:
    """Tell whether there are words to read back."""
    return to_read_back(view) is not None


def may_say_otherwise(view: CardView) -> bool:
    """Tell whether the reader may answer them with a change or a line."""
    return may_read_back(view) and Action.CHANGE in view.moves


def may_add(view: CardView) -> bool:
    """Tell whether the reader may add their own words."""
    return may_add_words(view.expectation, view.reader.user)


def has_versions(view: CardView) -> bool:
    """Tell whether a change was suggested ever."""
    return view.expectation.last_version > 1
