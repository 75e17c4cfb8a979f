"""What falls due: lists, clocks, periods, summaries, and people read again."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.trouble import StoreError
from bot.services import plan_clocks, plan_lists, plan_summaries
from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.ports import Store, UnitOfWork
from bot.services.set_back import plan_anew
from bot.services.timing import Timing

log = structlog.get_logger(__name__)

_PUT_OFF = timedelta(minutes=15)
"""After a failure an item waits this long, so that it delays no other and no clock stands."""

_PEOPLE = 20
"""So many people are read again at once: Slack takes about a hundred a minute."""

_PAUSE = timedelta(minutes=5)
_CLEANING = timedelta(hours=1)

_STEP = timedelta(minutes=1)
"""A clock that is set back by less makes nothing late that matters."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that is due."""

    kind: str
    key: int | str
    work: Callable[[UnitOfWork, datetime], bool]
    put_off: Callable[[UnitOfWork, datetime], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Plans; it never sends. Each item's failure stays its own, and puts only that one off."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    timing: Timing = field(default_factory=Timing)
    _pauses: dict[tuple[str, int], datetime] = field(default_factory=dict)
    _seen: dict[int, datetime] = field(default_factory=dict)  # the latest moment, by workspace

    def tick(self, workspace: int) -> int:
        """Do what is due now, a bounded batch of each kind; return how much was done."""
        at = self.clock()
        self._watch_clock(workspace, at)
        done = self._read_people(workspace, at)
        with self.store.read(workspace) as uow:
            numbers = uow.expectations.due_for_clock(at, self.timing.batch)
            members = [one.user for one in uow.members.due_for_list(at, self.timing.batch)]
            channels = [one.channel for one in uow.channels.due_for_summary(at, self.timing.batch)]
        for number in numbers:
            done += self._do(workspace, at, _clock(number, self.new_id))
        for user in members:
            done += self._do(workspace, at, _list(user, self.new_id))
        for channel in channels:
            done += self._do(workspace, at, _summary(channel, self.new_id))
        self._clean(workspace, at)
        if done:
            self.wake()
        return done

    def _watch_clock(self, workspace: int, at: datetime) -> None:
        """Notice a clock that was set back, also while nothing ran."""
        seen = self._seen.get(workspace)
        if seen is None:
            with self.store.read(workspace) as uow:
                seen = uow.times.planned_at() or at
        if at < seen - _STEP:
            log.warning("clock set back", workspace=workspace, seconds=(seen - at).total_seconds())
            self._pauses.clear()
            plan_anew(self.store, workspace, at, self.timing, new_message_id=self.new_id)
            seen = at
        self._seen[workspace] = max(seen, at)

    def _do(self, workspace: int, at: datetime, item: _Item) -> int:
        """Work on one item in a transaction of its own; where that fails, put it off."""
        try:
            with self.store.write(workspace) as uow:
                return item.work(uow, at)
        except StoreError as error:
            if not error.passes:
                raise
            return 0  # it is no failure of the item: the next tick tries again
        except Exception:
            log.exception("planning failed", workspace=workspace, kind=item.kind, item=item.key)
        try:
            with self.store.write(workspace) as uow:
                item.put_off(uow, at + _PUT_OFF)
        except Exception:
            log.exception("putting off failed", workspace=workspace, kind=item.kind, item=item.key)
        return 0

    def _read_people(self, workspace: int, at: datetime) -> int:
        """Read again whose zone, locale and state are older than a day; rest where none could."""
        if self._rests("people", workspace, at):
            return 0
        before = at - self.timing.profile_age
        with self.store.read(workspace) as uow:
            stale = [one.user for one in uow.members.marked_stale(before, _PEOPLE)]
        if not stale:
            return 0
        try:
            read = self.directory.refresh(workspace, stale)
        except StoreError:
            raise
        except Exception:
            log.exception("people not read", workspace=workspace)
            read = {}
        fresh = [
            user for user in stale if user in read and _is_fresh(read[user].checked_at, before)
        ]
        if not fresh:
            self._pauses["people", workspace] = at + _PAUSE
        return len(fresh)

    def _clean(self, workspace: int, at: datetime) -> None:
        """Forget old keys of what came in, end what was open for a month, note how far it came."""
        if self._rests("inbox", workspace, at):
            return
        self._pauses["inbox", workspace] = at + _CLEANING
        with self.store.write(workspace) as uow:
            uow.inbox.forget(at - timedelta(days=self.timing.inbox_days))
            uow.pulse.close(at)
            uow.times.note(at)

    def _rests(self, kind: str, workspace: int, at: datetime) -> bool:
        return at < self._pauses.get((kind, workspace), at)


def _is_fresh(checked_at: datetime | None, before: datetime) -> bool:
    return checked_at is not None and checked_at > before


def _clock(number: int, new_id: NewId) -> _Item:
    def work(uow: UnitOfWork, at: datetime) -> bool:
        return plan_clocks.look(uow, number, at, new_message_id=new_id)

    def put_off(uow: UnitOfWork, until: datetime) -> None:
        expectation = uow.expectations.get_for_update(number)
        if expectation is not None:
            uow.expectations.save(replace(expectation, next_clock_at=until))

    return _Item("clock", number, work, put_off)


def _list(user: str, new_id: NewId) -> _Item:
    def work(uow: UnitOfWork, at: datetime) -> bool:
        return plan_lists.plan_list(uow, user, at, new_message_id=new_id)

    def put_off(uow: UnitOfWork, until: datetime) -> None:
        member = uow.members.get_for_update(user)
        if member is not None:
            uow.members.save(replace(member, next_list_at=until))

    return _Item("list", user, work, put_off)


def _summary(channel: str, new_id: NewId) -> _Item:
    def work(uow: UnitOfWork, at: datetime) -> bool:
        return plan_summaries.plan_summary(uow, channel, at, new_message_id=new_id)

    def put_off(uow: UnitOfWork, until: datetime) -> None:
        found = uow.channels.get_for_update(channel)
        if found is not None and found.summary is not None:
            uow.channels.save(replace(found, summary=replace(found.summary, next_at=until)))

    return _Item("summary", channel, work, put_off)
