"""What one of two thinks of what lies between them: worth it, and fairness."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.sharing import Sharing


class Topic(StrEnum):
    """What is asked; each of the two may answer, whatever the other does."""

    WORTH_IT = "worth_it"  # about one expectation: E-42
    FAIRNESS = "fairness"  # about a quarter: 2026-Q4


class Opinion(StrEnum):
    """What may be answered."""

    YES = "yes"
    MOSTLY = "mostly"
    NOT_LATELY = "not_lately"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"


FITTING: Mapping[Topic, tuple[Opinion, ...]] = {
    Topic.WORTH_IT: (Opinion.ONE, Opinion.TWO, Opinion.THREE, Opinion.FOUR, Opinion.FIVE),
    Topic.FAIRNESS: (Opinion.YES, Opinion.MOSTLY, Opinion.NOT_LATELY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One of two people's answer, and whether they want to show it."""

    topic: Topic
    about: str
    by: str
    other: str
    opinion: Opinion
    at: datetime
    shares: bool = False
    shown_at: datetime | None = None  # when the other shared too; both rows have the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What two people answered to the same question: each reads the other's once both share."""

    between: frozenset[str]
    said: Mapping[str, Said]  # by user id

    def say(self, said: Said) -> "Exchange":
        """Note somebody's answer; another one takes its place until the other has read it.

        Whether they want to show it stays; who is not of the two has no answer.
        """
        before = self.said.get(said.by)
        if said.by not in self.between or self.is_shown:
            return self
        if before is not None:
            if before.opinion is said.opinion:
                return self
            said = replace(said, shares=before.shares)
        return replace(self, said={**self.said, said.by: said})

    def share(self, user: str, at: datetime) -> "Exchange":
        """Show one's answer if the other shows theirs; who has not answered has nothing to."""
        if user not in self.said:
            return self
        return self._with(self._sharing.share(user, at))

    def unshare(self, user: str) -> "Exchange":
        """Take that back; raise AlreadySharedError once both did."""
        return self._with(self._sharing.unshare(user))

    @property
    def is_shown(self) -> bool:
        """Tell whether each reads the other's."""
        return self._sharing.is_shown

    def seen_by(self, reader: str) -> Mapping[str, Said]:
        """Return the answers that somebody reads: their own, and the other's where both share."""
        if reader not in self.between:
            return {}
        return {user: said for user, said in self.said.items() if user == reader or self.is_shown}

    @property
    def _sharing(self) -> Sharing:
        moments = [said.shown_at for said in self.said.values() if said.shown_at is not None]
        return Sharing(
            among=self.between,
            wanted_by=frozenset(user for user, said in self.said.items() if said.shares),
            since=min(moments, default=None),
        )

    def _with(self, sharing: Sharing) -> "Exchange":
        said = {
            user: replace(one, shares=sharing.wants(user), shown_at=sharing.since)
            for user, one in self.said.items()
        }
        return replace(self, said=said)
