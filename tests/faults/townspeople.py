"""People who live through a change of clocks: what they are like, agree and do."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.due import Due
from bot.domain.expectation import Kind
from bot.domain.language import Context, read_date
from bot.domain.member import Cadence, Member
from bot.domain.schedule.timed import Later
from bot.domain.terms import Wording
from bot.services.members import save_member
from bot.services.propose import Draft
from tests.faults.expected_times import Expected, Life
from tests.faults.wall_clock import Person, Stay, WallClock, wall_clock
from tests.integration.following.town import Town
from tests.integration.services.house import profile

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MINUTES = 24 * 60
_EVERY_DAY = frozenset(range(7))
_FAR = ("Pacific/Kiritimati", "Pacific/Niue", "Pacific/Apia", "Pacific/Honolulu", "Asia/Tokyo")
_ALL_ZONES = tuple(sorted(available_timezones()))

BEFORE, AFTER = timedelta(days=2), timedelta(days=2, hours=12)
"""So long people live before and after a change."""

_SEEN = (timedelta(days=5), timedelta(days=14))
"""So far before and after it clocks are looked at."""


def clock_around(zone: str, at: datetime) -> WallClock:
    """Watch a zone's clocks around an instant."""
    return wall_clock(zone, at - _SEEN[0], at + _SEEN[1])


class Townspeople:
    """Lets people live in a town, and compares what they got with what they should have."""

    def __init__(self, town: Town, chance: random.Random, note: str) -> None:
        self._town = town
        self._chance = chance
        self._note = note
        self._made = 0
        self._actions: list[tuple[datetime, Callable[[], None]]] = []
        self._lives: list[Life] = []

    def live(self, changes: Sequence[tuple[str, datetime]]) -> Counter[str]:
        """Live through the changes of these zones; return what was counted."""
        for zone, at in changes:
            self._settle_in(zone, at)
        try:
            for at, act in sorted(self._actions, key=lambda each: each[0]):
                self._advance(at)
                act()
            self._advance(max(life.until for life in self._lives))
        except Exception as error:
            error.add_note(f"{self._note}: {changes}")
            raise
        counts: Counter[str] = Counter()
        for life in self._lives:
            try:
                counts += Expected(self._town).compare(life)
            except AssertionError as error:
                msg = f"{self._note}: {life.home.zone} at {life.change}: {life}\n{error}"
                raise AssertionError(msg) from None
        return counts

    def _advance(self, to: datetime) -> None:
        """Let time pass, each due moment in turn."""
        town = self._town
        town.rest()
        while town.now < to:
            wake = town.next_wake()
            town.now = to if wake is None else min(to, wake)
            town.rest()

    # What people are like

    def _settle_in(self, zone: str, change: datetime) -> None:
        """Let three people live through a change: at home, on a journey, and in a routine."""
        begin, end = change - BEFORE, change + AFTER
        clock = clock_around(zone, change)
        self._made += 1
        channel = f"C{self._made:04}"
        if not self._actions:
            self._town.now = begin
        at_home = self._person("A", clock, begin)
        routine = replace(self._person("C", clock, begin), workdays=_EVERY_DAY)
        traveller = self._travels(self._person("B", clock, begin), change, end)
        for person in (at_home, traveller, routine):
            life = Life(
                person=person,
                change=change,
                until=end,
                channel=channel,
                hours={},
                days={},
                laters={},
                series={},
                is_asked_daily=person is at_home,
            )
            self._lives.append(life)
            self._do(begin, self._moving_in, life)
            if person is routine:
                self._do(begin, self._begin_series, life)
                continue
            self._do(begin, self._agree, life)
            for stay in life.moves:
                self._do(stay.since, self._move, life, stay)
            self._do(self._some_time(begin, end - 2 * _HOUR, person), self._put_off, life)
        self._do(begin, self._set_up_summary, self._lives[-3])

    def _do(self, at: datetime, act: Callable[..., None], *args: object) -> None:
        self._actions.append((at, lambda: act(*args)))

    def _person(self, kind: str, clock: WallClock, begin: datetime) -> Person:
        """Return somebody whose hours are anything that makes sense, often close to the change."""
        check_in = self._hour(clock)
        while True:
            quiet_from, quiet_until = self._hour(clock), self._hour(clock)
            person = Person(
                user=f"U{self._made:04}{kind}",
                check_in=check_in,
                quiet_from=quiet_from,
                quiet_until=quiet_until,
                workdays=frozenset(self._chance.sample(range(7), self._chance.randint(3, 7))),
                stays=(Stay(begin, clock),),
            )
            if not person.is_night(check_in):
                return person

    def _hour(self, clock: WallClock) -> time:
        """Return a minute of the day; half of them are shown about when the clocks are set."""
        if self._chance.random() < 0.5:
            return time(*divmod(self._chance.randrange(_MINUTES), 60))
        change = clock.spans[1].since
        around = change + timedelta(minutes=self._chance.randint(-130, 130))
        ahead = self._chance.choice(clock.spans[:2]).ahead
        return (around + ahead).time().replace(second=0, microsecond=0, tzinfo=None)

    def _travels(self, person: Person, change: datetime, end: datetime) -> Person:
        """Send somebody on a journey of up to three stations."""
        stays = list(person.stays)
        moments = sorted(
            self._between(stays[0].since + _HOUR, end - _HOUR)
            for _ in range(self._chance.randint(1, 3))
        )
        for at in moments:
            zones = _FAR if self._chance.random() < 0.4 else _ALL_ZONES
            stays.append(Stay(at, clock_around(self._chance.choice(zones), change)))
        return replace(person, stays=tuple(stays))

    def _between(self, since: datetime, until: datetime) -> datetime:
        seconds = int((until - since).total_seconds())
        return since + timedelta(seconds=self._chance.randrange(seconds))

    def _some_time(self, since: datetime, until: datetime, person: Person) -> datetime:
        """Return some moment; sometimes, at home, an hour before a check-in."""
        moments = [at - _HOUR for at in person.lists(until).values() if since < at - _HOUR]
        if moments and len(person.stays) == 1 and self._chance.random() < 0.2:
            return self._chance.choice(moments)
        return self._between(since, until)

    # What they do

    def _moving_in(self, life: Life) -> None:
        town, person = self._town, life.person
        zone = person.stays[0].clock.zone
        town.slack.known[person.user] = profile(person.user, zone)
        member = Member(
            user=person.user,
            name=person.user,
            zone=ZoneInfo(zone),
            check_in=person.check_in,
            workdays=person.workdays,
            quiet_from=person.quiet_from,
            quiet_until=person.quiet_until,
            cadence=Cadence.DAILY if life.is_asked_daily else Cadence.NORMAL,
            checked_at=town.now,
        )
        with town.store.write(town.workspace) as uow:
            save_member(uow, member, town.now, new_message_id=town.new_id)

    def _agree(self, life: Life) -> None:
        """Commit oneself: to two hours and a day about the change, and to what is far off."""
        clock, far = life.home, self._day(life, 60)
        self._commit(life, Due(far))
        for _ in range(2):
            wall = self._wall(life)
            at = clock.first(wall)
            if at > self._town.now:
                zone = ZoneInfo(clock.zone)
                number = self._commit(life, Due(wall.replace(tzinfo=zone)))
                life.hours[number] = at
                self._read_as_typed(clock, wall)
        day = self._day(life, self._chance.randint(0, 1))
        life.days[self._commit(life, Due(day))] = day

    def _day(self, life: Life, later: int) -> date:
        return life.home.reads(life.change).date() + later * _DAY

    def _wall(self, life: Life) -> datetime:
        day = self._day(life, self._chance.choice([-1, 0, 0, 0, 1]))
        return datetime.combine(day, self._hour(life.home))

    def _commit(self, life: Life, due: Due, rrule: str | None = None) -> int:
        draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="this"), due=due, rrule=rrule)
        actor = self._town.actor(life.person.user, life.channel)
        return self._town.propose.create(actor, draft).items[0].expectation.number

    def _read_as_typed(self, clock: WallClock, wall: datetime) -> None:
        """Type an hour: it is taken where it is shown once, and asked where not, or twice."""
        context = Context(
            now=self._town.now, zone=ZoneInfo(clock.zone), locale="en-US", workdays=_EVERY_DAY
        )
        when = read_date(f"{wall:%Y-%m-%d %H:%M}", context)
        shown = clock.times(wall)
        taken = [] if when.due is None else [when.due.ends_at(ZoneInfo(clock.zone))]
        midnight = wall.time() < time(1)
        assert taken == (shown if len(shown) == 1 else []) or (midnight and not taken), (
            f"{wall} in {clock.zone} is shown at {shown} and read as {taken}"
        )

    def _begin_series(self, life: Life) -> None:
        hour = self._hour(life.home)
        day = self._day(life, 0)
        due = Due(datetime.combine(day, hour, ZoneInfo(life.home.zone)))
        life.series[self._commit(life, due, "FREQ=DAILY")] = (day, hour)

    def _put_off(self, life: Life) -> None:
        number = self._commit(life, Due(self._day(life, 60)))
        self._town.answer.later(self._town.actor(life.person.user), number, Later.HOUR)
        life.laters[number] = self._town.now + _HOUR

    def _move(self, life: Life, stay: Stay) -> None:
        """Be somewhere else: Slack says so, or it is read there."""
        town, user = self._town, life.person.user
        here = profile(user, stay.clock.zone)
        town.slack.known[user] = here
        if self._chance.random() < 0.5:
            town.configure.user_changed(town.workspace, here, town.new_id())
        else:
            town.directory.refresh(town.workspace, [user])
        town.rest()

    def _set_up_summary(self, life: Life) -> None:
        hour = self._hour(life.home)
        day = self._day(life, self._chance.choice([-1, 0, 0, 0, 1]))
        actor = self._town.actor(life.person.user, life.channel)
        self._town.summarise.here(actor, day.weekday(), hour)
        life.summary = datetime.combine(day, hour)
