"""Who people are: members as stored, read from Slack where unknown or older than a day."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.member import Member
from bot.services.ports import Profile, Slack, Store
from bot.services.timing import Timing


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of a workspace; asks Slack outside any transaction."""

    store: Store
    slack: Slack
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]
    timing: Timing = Timing()

    def members(self, workspace: int, users: Collection[str]) -> dict[str, Member]:
        """Return these people; read from Slack who is unknown or was last read over a day ago."""
        raise NotImplementedError

    def askable(self, workspace: int, users: Collection[str], by: str) -> dict[str, Member]:
        """Return these people and `by`; raise PersonError for who cannot be asked by them."""
        raise NotImplementedError

    def refresh(self, workspace: int, users: Collection[str]) -> dict[str, Member]:
        """Read these people again, whatever their age."""
        raise NotImplementedError

    def take(self, workspace: int, profile: Profile) -> Member | None:
        """Take over what Slack says of a known person: zone, locale, gone; None if unknown."""
        raise NotImplementedError
