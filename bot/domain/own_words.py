"""What a party adds in their own words once it is agreed: how they understand it, gain and need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError, StaleError
from bot.domain.expectation import Expectation, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A party's own words about what was agreed; append-only, and no change of the terms."""

    number: int  # the expectation's
    ordinal: int  # per expectation, from 1; a button carries it
    author: str
    at: datetime
    version: int  # of the terms in force then
    understood: str = ""
    gain: str = ""  # the author's own
    need: str = ""  # what they need from the other
    read_back_at: datetime | None = None  # when the other said: yes, that is it


def may_add_words(expectation: Expectation, user: str) -> bool:
    """Tell whether somebody may add their own words: a party of what two have agreed."""
    agreed = expectation.status is Status.ACTIVE and not expectation.is_commitment
    return agreed and user in expectation.parties


def add_words(
    expectation: Expectation,
    *,
    by: str,
    at: datetime,
    before: Collection[OwnWords],
    understood: str,
    gain: str,
    need: str,
) -> OwnWords:
    """Return a party's own words; `before` is all that was added already.

    Raise NotAllowedError, NotYoursError, or InvalidInputError (understood) where nothing is said.
    """
    _refuse_others(expectation, by, "add_words")
    said = (understood.strip(), gain.strip(), need.strip())
    if not any(said):
        raise InvalidInputError({"understood": "Write at least one of the three."})
    return OwnWords(
        number=expectation.number,
        ordinal=max((one.ordinal for one in before), default=0) + 1,
        author=by,
        at=at,
        version=expectation.terms.version,
        understood=said[0],
        gain=said[1],
        need=said[2],
    )


def to_read_back(
    expectation: Expectation, words: Collection[OwnWords], ordinal: int, by: str
) -> OwnWords:
    """Return the words that a party says are meant so: the other's, as they stand now.

    Raise NotAllowedError, NotYoursError, or StaleError where they were said anew, or what they are
    about was changed.
    """
    _refuse_others(expectation, by, "read_back")
    found = latest_of(words, expectation.other(by))
    if found is None or found.ordinal != ordinal or not is_of_now(found, expectation):
        raise StaleError(expectation.number)
    return found


def latest_of(words: Iterable[OwnWords], author: str | None) -> OwnWords | None:
    """Return somebody's latest own words."""
    own = [one for one in words if one.author == author]
    return max(own, key=lambda one: one.ordinal, default=None)


def is_of_now(words: OwnWords, expectation: Expectation) -> bool:
    """Tell whether words are about the terms in force, and not about those before."""
    return words.version == expectation.terms.version


def both_gain(expectation: Expectation, words: Iterable[OwnWords]) -> bool:
    """Tell whether an agreement names both sides' gains, by its terms or by added words.

    What was never agreed, and a commitment, which has one side only, does not.
    """
    if expectation.terms.accepted_at is None or expectation.requester is None:
        return False
    gains = expectation.terms.wording.gains
    named = {one.author for one in words if one.gain.strip()}
    named |= {expectation.owner} if gains.owner.strip() else set()
    named |= {expectation.requester} if gains.requester.strip() else set()
    return named >= set(expectation.parties)


def silent_gain(expectation: Expectation, author: str) -> str | None:
    """Return whose gain the one who asks or offers left out: the other side's; None where said."""
    gains = expectation.terms.wording.gains
    other = expectation.other(author)
    if other is None:
        return None
    said = gains.owner if other == expectation.owner else gains.requester
    return None if said.strip() else other


def _refuse_others(expectation: Expectation, by: str, action: str) -> None:
    if by not in expectation.parties:
        raise NotYoursError(expectation.number, action, expectation.parties)
    if not may_add_words(expectation, by):
        raise NotAllowedError(expectation.number, action)
