"""Who people are: members as stored, read from Slack where unknown or older than a day."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import PersonError
from bot.domain.forgetting import is_tombstone
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.services.calendars import holidays_of
from bot.services.members import save_member
from bot.services.notify import NewId
from bot.services.ports import (
    LaterError,
    Profile,
    RefusedError,
    SendError,
    Slack,
    Store,
    UnitOfWork,
)
from bot.services.timing import Timing

_LOCALE = "en-US"
"""Of whom Slack says none; its own default."""


@dataclass(slots=True)
class _Trouble:
    """What this process knows of profiles that could not be read, in one workspace."""

    since: datetime
    until: datetime
    users: set[str]  # whose profiles failed last time

    def lasts(self, at: datetime) -> bool:
        return self.since <= at < self.until  # not where the clock was set back


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of a workspace; asks Slack outside any transaction.

    Where a profile could not be read, who is stored already rests for a while: nobody waits for
    the same failure once for each person, nor again with the next command.
    """

    store: Store
    slack: Slack
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    timing: Timing = field(default_factory=Timing)
    _troubles: dict[int, _Trouble] = field(default_factory=dict)

    def members(self, workspace: int, users: Collection[str]) -> dict[str, Member]:
        """Return these people; read from Slack who is unknown or was last read over a day ago."""
        with self.store.read(workspace) as uow:
            known = uow.members.get_many(set(users))
        fresh_since = self.clock() - self.timing.profile_age
        stale = [
            user
            for user in dict.fromkeys(users)
            if not is_tombstone(user)
            and (user not in known or (known[user].checked_at or fresh_since) <= fresh_since)
        ]
        return known | self._read(workspace, stale, known) if stale else known

    def member(self, workspace: int, user: str) -> Member:
        """Return one person; raise PersonError for who is not in this Slack."""
        return self.askable(workspace, (), user)[user]

    def askable(
        self,
        workspace: int,
        users: Collection[str],
        by: str,
        *,
        known: Mapping[str, Member] = MappingProxyType({}),
    ) -> dict[str, Member]:
        """Return these people and `by`; raise PersonError for who cannot be asked by them.

        `known` are people who were read a moment ago, for the same request.
        """
        wanted = (by, *users)
        found = {user: known[user] for user in wanted if user in known}
        if len(found) < len(set(wanted)):
            found = self.members(workspace, wanted)
        for user in users:
            reason = _why_not(found.get(user), by)
            if reason is not None:
                raise PersonError(user, reason)
        if by not in found:
            raise PersonError(by, "unknown")
        return found

    def refresh(self, workspace: int, users: Collection[str]) -> dict[str, Member]:
        """Read these people again, whatever their age, unless reading rests."""
        with self.store.read(workspace) as uow:
            known = uow.members.get_many(set(users))
        return self._read(workspace, users, known)

    def met_in(self, workspace: int, user: str, conversation: str) -> None:
        """Note where somebody's direct messages with the bot are: a lost post is looked for there.

        Slack names the conversation only where somebody acts in it, or a post to them is answered.
        """
        if self.member(workspace, user).conversation == conversation:
            return
        with self.store.write(workspace) as uow:
            uow.members.note_conversation(user, conversation)

    def take(self, workspace: int, profile: Profile, key: str) -> Member | None:
        """Take over what Slack says of a known person: zone, locale, gone; None if unknown.

        What comes again under its key may be older than what was said since: it changes nothing.
        """
        with self.store.read(workspace) as uow:
            known = uow.members.get(profile.user)
        return None if known is None else self._take(workspace, profile, key)

    def _read(
        self, workspace: int, users: Iterable[str], known: dict[str, Member]
    ) -> dict[str, Member]:
        """Read people from Slack; who is known stays as stored where Slack does not say.

        Who is not stored comes first, and who failed last time comes last: it delays nobody else.
        """
        read = dict(known)
        at = self.clock()
        trouble = self._troubles.setdefault(workspace, _Trouble(at, at, set()))
        enough = at + self.timing.ask_timeout
        for user in sorted(users, key=lambda user: (user in known, user in trouble.users)):
            now = self.clock()
            if user in known and (trouble.lasts(now) or now >= enough):
                break
            try:
                profile = self.slack.profile(user)
            except RefusedError:
                if user in known:
                    read[user] = self._checked(workspace, user, known[user])
            except SendError as error:
                self._rest(trouble, user, error)
                if user not in known:
                    raise
            else:
                trouble.users.discard(user)
                read[user] = self._take(workspace, profile)
        return read

    def _rest(self, trouble: _Trouble, user: str, error: SendError) -> None:
        """Let nobody who is stored be read for a while, after a 429 for as long as it says."""
        named = timedelta(seconds=error.seconds) if isinstance(error, LaterError) else timedelta(0)
        trouble.since = self.clock()
        trouble.until = trouble.since + max(named, self.timing.profile_rest)
        trouble.users.add(user)

    def _take(self, workspace: int, profile: Profile, key: str | None = None) -> Member:
        """Store what was read, with every time that depends on it: a transaction each."""
        at = self.clock()
        with self.store.write(workspace) as uow:
            is_old = key is not None and uow.inbox.answer(key) is not None
            before = lock_member(uow, profile.user)
            if before is not None and is_old:
                return before
            if key is not None and not is_old:
                uow.inbox.record(key, {"user": profile.user}, at)
            member = _met_first(profile, at) if before is None else _taken_over(before, profile, at)
            member = save_member(uow, member, at, new_message_id=self.new_id)
        self.wake()
        return member

    def _checked(self, workspace: int, user: str, known: Member) -> Member:
        """Note that Slack was asked and would not say: it is not asked again before a day."""
        with self.store.write(workspace) as uow:
            member = replace(uow.members.get_for_update(user) or known, checked_at=self.clock())
            uow.members.save(member)
        return member


def lock_member(uow: UnitOfWork, user: str) -> Member | None:
    """Lock somebody, after all that depends on them, in the order in which it is saved."""
    for number in uow.expectations.of_party(user):
        uow.expectations.get_for_update(number)
    return uow.members.get_for_update(user)


def _why_not(member: Member | None, by: str) -> str | None:
    """Return why somebody cannot be asked; None where they can."""
    if member is None:
        return "unknown"
    reasons = {
        "self": member.user == by,
        "bot": member.is_bot,
        "gone": not member.active,
        "stranger": member.is_stranger,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _met_first(profile: Profile, at: datetime) -> Member:
    return Member(
        user=profile.user,
        name=profile.name,
        zone=_zone(profile.zone) or ZoneInfo("UTC"),
        locale=profile.locale or _LOCALE,
        active=profile.active,
        is_bot=profile.is_bot,
        is_stranger=profile.is_stranger,
        checked_at=at,
    )


def _taken_over(member: Member, profile: Profile, at: datetime) -> Member:
    zone = _zone(profile.zone) or member.zone
    return replace(
        member,
        name=profile.name,
        zone=zone,
        locale=profile.locale or member.locale,
        active=profile.active,
        is_bot=profile.is_bot,
        is_stranger=profile.is_stranger,
        holidays=holidays_of(member.country, local_day(at, zone)),
        checked_at=at,
    )


def _zone(name: str) -> ZoneInfo | None:
    """Return a zone by its IANA name; None for none, and for one unknown to this machine."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
