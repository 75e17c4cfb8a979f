"""When the bot may write to somebody: settings, away and back, and first meetings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.errors import InvalidInputError
from bot.domain.member import Cadence, Member, Stoppable
from bot.domain.schedule.local import local_day
from bot.domain.schedule.quiet import valid_settings
from bot.services import notify
from bot.services.actor import Actor
from bot.services.calendars import holidays_of, is_country, known_countries
from bot.services.inbox import answered, remember
from bot.services.members import save_member
from bot.services.notify import NewId
from bot.services.people import Directory, lock_member
from bot.services.ports import Profile, Store

_LONGEST_ABSENCE = timedelta(days=366)
WORTH_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one can set; the zone is Slack's."""

    check_in: time
    workdays: frozenset[int]  # Monday = 0
    quiet_from: time
    quiet_until: time
    cadence: Cadence = Cadence.NORMAL
    stopped: frozenset[Stoppable] = frozenset()
    country: str | None = None  # ISO 3166: whose public holidays are days off


@dataclass(frozen=True, slots=True)
class Configure:
    """Changes when the bot writes to the person who asks."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def current(self, workspace: int, user: str) -> Member:
        """Return one's own settings."""
        return self.directory.member(workspace, user)

    def countries(self) -> tuple[str, ...]:
        """Return the ISO 3166 codes of the countries whose public holidays are known."""
        return known_countries()

    def save(self, actor: Actor, preferences: Preferences) -> Member:
        """Save them; raise InvalidInputError (check_in, workdays, country)."""
        country = preferences.country
        if country is not None and not is_country(country):
            raise InvalidInputError({"country": "No holidays are known for this country."})

        def change(member: Member, at: datetime) -> Member:
            chosen = replace(
                member,
                check_in=preferences.check_in,
                workdays=preferences.workdays,
                quiet_from=preferences.quiet_from,
                quiet_until=preferences.quiet_until,
                cadence=preferences.cadence,
                stopped=preferences.stopped,
                country=country,
                holidays=holidays_of(country, local_day(at, member.zone)),
            )
            errors = valid_settings(chosen)
            if errors:
                raise InvalidInputError(errors)
            return chosen

        return self._change(actor, change)

    def away(self, actor: Actor, until: date) -> Member:
        """Be away from today until the day of return; raise InvalidInputError (until).

        The answer's `away_until` and `next_list_at` say until when nothing is sent, and when the
        first list comes.
        """

        def leave(member: Member, at: datetime) -> Member:
            today = local_day(at, member.zone)
            if until <= today:
                raise InvalidInputError({"until": "Name a day after today: the day of return."})
            if until - today > _LONGEST_ABSENCE:
                raise InvalidInputError({"until": "Name a day within a year."})
            return replace(member, away_from=today, away_until=until)

        return self._change(actor, leave)

    def stop_asking(self, actor: Actor, what: Stoppable) -> Member:
        """Leave something out from now on; settings bring it back."""
        return self._change(
            actor, lambda member, _: replace(member, stopped=member.stopped | {what})
        )

    def say_worth(self, actor: Actor, line: str) -> Member:
        """Save what makes work worth it for oneself; empty takes it away.

        Raise InvalidInputError (worth).
        """
        said = " ".join(line.split())
        if len(said) > WORTH_LENGTH:
            raise InvalidInputError({"worth": f"At most {WORTH_LENGTH} characters."})
        return self._change(actor, lambda member, _: replace(member, worth=said or None))

    def worth_of(self, workspace: int, user: str) -> tuple[str, str] | None:
        """Return somebody's name and line, for who fills in the form for them; None: no line."""
        with self.store.read(workspace) as uow:
            member = uow.members.get(user)
        if member is None or not member.active or not member.worth:
            return None
        return member.name, member.worth

    def back(self, actor: Actor) -> Member:
        """Be back today."""
        return self._change(
            actor, lambda member, _: replace(member, away_from=None, away_until=None)
        )

    def installed(self, workspace: int, user: str) -> None:
        """Write to whoever installed the app, once in a workspace."""
        self.directory.member(workspace, user)
        with self.store.write(workspace) as uow:
            notify.installed(uow, user, self.clock(), new_message_id=self.new_id)
        self.wake()

    def home_opened(self, workspace: int, user: str) -> None:
        """Show Home to somebody who opened it; from now on it is brought up to date."""
        self.directory.member(workspace, user)
        with self.store.write(workspace) as uow:
            notify.show_home(uow, user, self.clock(), new_message_id=self.new_id)
        self.wake()

    def user_changed(self, workspace: int, profile: Profile, key: str) -> None:
        """Take over what Slack says has changed about a known person, once for each key."""
        self.directory.take(workspace, profile, key)

    def _change(self, actor: Actor, change: Callable[[Member, datetime], Member]) -> Member:
        """Change one's own settings, with the times that depend on them, in one transaction."""
        known = self.directory.member(actor.workspace, actor.user)
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            again = answered(uow, actor) is not None
            before = lock_member(uow, known.user) or known
            if again:
                return before
            member = save_member(uow, change(before, at), at, new_message_id=self.new_id)
            notify.refresh_homes(uow, {member.user}, at, new_message_id=self.new_id)
            remember(uow, actor, {"user": member.user}, at)
        self.wake()
        return member
