"""What two people show only where both want to: until then neither learns of the other's wish."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import AlreadySharedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who of those concerned wants to show something; it is shown once all of them do.

    A wish can be taken back until then. What was shown stays shown: it has been read.
    """

    among: frozenset[str]
    wanted_by: frozenset[str] = frozenset()
    since: datetime | None = None  # when the last of them agreed

    @property
    def is_shown(self) -> bool:
        """Tell whether all of them agreed."""
        return self.since is not None

    def wants(self, user: str) -> bool:
        """Tell whether somebody wants to show it."""
        return user in self.wanted_by

    def share(self, user: str, at: datetime) -> "Sharing":
        """Note that one of those concerned wants to show it; anybody else changes nothing."""
        if self.is_shown or user not in self.among:
            return self
        wanted_by = self.wanted_by | {user}
        return replace(self, wanted_by=wanted_by, since=at if wanted_by == self.among else None)

    def unshare(self, user: str) -> "Sharing":
        """Take one's wish back; raise AlreadySharedError once it is shown."""
        if self.is_shown:
            raise AlreadySharedError
        return replace(self, wanted_by=self.wanted_by - {user})
