"""When the bot may write to somebody: settings, away and back, and first meetings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.member import Cadence, Member
from bot.services.actor import Actor
from bot.services.people import Directory
from bot.services.ports import Profile, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one can set; the zone is Slack's."""

    check_in: time
    workdays: frozenset[int]  # Monday = 0
    quiet_from: time
    quiet_until: time
    cadence: Cadence = Cadence.NORMAL
    country: str | None = None  # ISO 3166: whose public holidays are days off


@dataclass(frozen=True, slots=True)
class Configure:
    """Changes when the bot writes to the person who asks."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: Callable[[], str]

    def current(self, workspace: int, user: str) -> Member:
        """Return one's own settings."""
        raise NotImplementedError

    def save(self, actor: Actor, preferences: Preferences) -> Member:
        """Save them; raise InvalidInputError (check_in, workdays, quiet, country)."""
        raise NotImplementedError

    def away(self, actor: Actor, until: date) -> Member:
        """Be away from today until the day of return; raise InvalidInputError (until)."""
        raise NotImplementedError

    def back(self, actor: Actor) -> Member:
        """Be back today."""
        raise NotImplementedError

    def installed(self, workspace: int, user: str, key: str | None = None) -> None:
        """Write to whoever installed the app, once in a workspace."""
        raise NotImplementedError

    def user_changed(self, workspace: int, profile: Profile, key: str | None = None) -> None:
        """Take over what Slack says has changed about a known person."""
        raise NotImplementedError
