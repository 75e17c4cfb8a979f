"""What people who lived through a change of clocks should have got, compared with what they got."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.messages import Moment
from tests.faults.wall_clock import Person, Stay, WallClock
from tests.integration.following.town import Post, Town

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(kw_only=True)
class Life:
    """What one person agreed, and what is expected of the bot."""

    person: Person
    change: datetime
    until: datetime
    channel: str
    hours: dict[int, datetime]  # an agreed hour's instant, by number
    days: dict[int, date]
    laters: dict[int, datetime]
    series: dict[int, tuple[date, time]]
    is_asked_daily: bool
    summary: datetime | None = None  # the wall time of the channel's, where they set it up

    @property
    def moves(self) -> Sequence[Stay]:
        """Where they go, and when."""
        return self.person.stays[1:]

    @property
    def home(self) -> WallClock:
        """The clock whose change they live through."""
        return self.person.stays[0].clock


@dataclass(frozen=True, slots=True)
class Expected:
    """What is right, by clocks on walls alone."""

    town: Town

    def compare(self, life: Life) -> Counter[str]:
        """Compare all that concerns somebody; return what was counted."""
        person = life.person
        posts = [post for post in self.town.to(person.user) if post.at <= life.until]
        for post in posts:
            assert not person.is_quiet(post.at), f"written to at a quiet time: {post.at}"
        lists = person.lists(life.until)
        self._compare_lists(life, lists, posts)
        sent = {post.at: post for post in posts if post.moment is Moment.LIST}
        timed = [
            *self._compare_hours(life, lists, sent),
            *self._compare_laters(life, lists, sent),
        ]
        got = [
            (post.at, post.moment, post.card.expectation.number)
            for post in posts
            if post.moment is not Moment.LIST
        ]
        assert sorted(got) == sorted(timed), f"timed: {got}, expected {timed}"
        self._compare_dues(life)
        counts = Counter(
            {"lists": len(lists), "timed messages": len(timed), "moves": len(life.moves)}
        )
        if life.summary is not None:
            counts += self._compare_summary(life, life.summary)
        return counts

    def _compare_lists(
        self, life: Life, lists: Mapping[date, datetime], posts: Sequence[Post]
    ) -> None:
        user = life.person.user
        first = life.home.reads(life.person.stays[0].since).date() - 2 * _DAY
        slots = {}
        with self.town.reading() as uow:
            for n in range(12):
                day = first + n * _DAY
                message = uow.messages.by_slot(f"list/{user}/{day}")
                if message is not None and message.created_at <= life.until:
                    slots[day] = message.created_at
        assert slots == lists, f"lists: {slots}, expected {lists}"
        got = [(post.list.day, post.at) for post in posts if post.moment is Moment.LIST]
        if life.is_asked_daily:  # from the day after it was agreed
            today = life.home.reads(life.person.stays[0].since).date()
            missing = {each for each in lists.items() if each[0] > today} - set(got)
            assert not missing, f"sent: {got}, expected also {missing}"
        assert set(got) <= set(lists.items())
        assert len(got) == len(set(got))

    def _compare_hours(
        self, life: Life, lists: Mapping[date, datetime], sent: Mapping[datetime, Post]
    ) -> list[tuple[datetime, Moment, int]]:
        """Return the messages expected an hour before; at a quiet time a list has them, or none."""
        begin = life.person.stays[0].since
        timed = []
        for number, due in life.hours.items():
            at = due - _HOUR
            if not begin < at <= life.until:
                continue
            if not life.person.is_quiet(at):
                timed.append((at, Moment.HOUR_BEFORE, number))
                continue
            if not life.moves:
                carrier = min((one for one in lists.values() if one > at), default=None)
                if carrier is not None and carrier <= due:
                    self._in_list(number, sent.get(carrier))
        return timed

    def _compare_laters(
        self, life: Life, lists: Mapping[date, datetime], sent: Mapping[datetime, Post]
    ) -> list[tuple[datetime, Moment, int]]:
        timed = []
        for number, at in life.laters.items():
            asked_at = at - _HOUR
            today = life.person.clock(asked_at)
            check_in = today.first(datetime.combine(today.reads(at).date(), life.person.check_in))
            quiet = life.person.is_quiet(at)
            if at == check_in and not (quiet and life.moves):
                continue
            if not quiet:
                timed.append((at, Moment.ASK_LATER, number))
            elif not life.moves:
                carrier = min((one for one in lists.values() if one > at), default=None)
                if carrier is not None:
                    self._in_list(number, sent.get(carrier))
        return timed

    def _in_list(self, number: int, post: Post | None) -> None:
        items = post.list.items if post is not None else ()
        numbers = [item.card.expectation.number for item in items]
        assert number in numbers, f"E-{number} is not in the list that should have it: {numbers}"

    def _compare_dues(self, life: Life) -> None:
        """Compare what is due: an hour stays its instant; a day ends where its owner is."""
        here = life.person.stays[-1].clock
        for number, at in life.hours.items():
            stored = self.town.stored(number).due_at
            assert stored == at, f"E-{number} is due at {stored}, agreed was {at}"
        for number, day in life.days.items():
            ends = here.first(datetime.combine(day + _DAY, time()))
            stored = self.town.stored(number).due_at
            assert stored == ends, f"E-{number} ends at {stored}, expected {ends}"
        for number, (day, hour) in life.series.items():
            with self.town.reading() as uow:
                got = {one.date: one.slot_at for one in uow.expectations.periods(number)}
            each = (day + n * _DAY for n in range(8))
            slots = {one: life.home.first(datetime.combine(one, hour)) for one in each}
            expected = {one: at for one, at in slots.items() if at <= self.town.now}
            assert got == expected, f"E-{number} has its dates at {got}, expected {expected}"

    def _compare_summary(self, life: Life, planned: datetime) -> Counter[str]:
        """Compare a week's summary: one, at the wall time that was set up."""
        begin, channel = life.person.stays[0].since, life.channel
        day = planned.date()
        at = life.home.first(planned)
        expected = {day: at} if begin < at <= life.until else {}
        got = {}
        with self.town.reading() as uow:
            for each in (day - 7 * _DAY, day, day + 7 * _DAY):
                message = uow.messages.by_slot(f"summary/{channel}/{each}")
                if message is not None and message.created_at <= life.until:
                    got[each] = message.created_at
        assert got == expected, f"summaries: {got}, expected {expected}"
        posted = [post.at for post in self.town.to(channel) if begin < post.at <= life.until]
        assert posted == list(expected.values()), f"summaries sent: {posted}"
        return Counter({"summaries": len(expected)})
