"""Who types, where and when: what a reading depends on besides the text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1970, 9000
_SEARCH_DAYS = 3660
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Context:
    """The typist's moment, zone, locale and workdays (Monday is 0), and the owners' zones.

    Raises ValueError for a naive or far-off `now` and for workdays that are none.
    """

    now: datetime
    zone: ZoneInfo
    locale: str = "en"
    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    owner_zones: tuple[ZoneInfo, ...] = ()

    def __post_init__(self) -> None:
        if self.now.utcoffset() is None:
            raise ValueError("The moment must carry its offset from UTC.")
        if not FIRST_YEAR <= self.now.year <= LAST_YEAR:
            raise ValueError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        if not self.workdays or not self.workdays <= frozenset(range(7)):
            raise ValueError("There must be at least one workday, from 0 (Monday) to 6.")

    @property
    def today(self) -> date:
        """Return the day it is where the typist is."""
        return self.now.astimezone(self.zone).date()

    @property
    def first_day(self) -> date:
        """Return the earliest day that is past neither for the typist nor for an owner."""
        return max(self.now.astimezone(zone).date() for zone in (self.zone, *self.owner_zones))

    def is_workday(self, day: date) -> bool:
        """Tell whether the typist works on that day."""
        return day.weekday() in self.workdays and day not in self.holidays

    def workday_after(self, day: date, count: int = 1) -> date:
        """Return the count-th workday after a day; where there is none, the day far ahead."""
        for _ in range(count):
            for _ in range(_SEARCH_DAYS):
                day += DAY
                if self.is_workday(day):
                    break
        return day

    def workday_before(self, day: date) -> date | None:
        """Return the last workday before a day that is not past, if there is one."""
        while day > self.first_day:
            day -= DAY
            if self.is_workday(day):
                return day
        return None

    def next_workdays(self) -> tuple[date, ...]:
        """Return the next three workdays after today."""
        return tuple(self.workday_after(self.today, count) for count in (1, 2, 3))

    def beside(self, day: date) -> tuple[date, ...]:
        """Return a day off and the workdays beside it."""
        before = self.workday_before(day)
        return (*((before,) if before else ()), day, self.workday_after(day))

    def last_workday(self, first: date, last: date) -> date | None:
        """Return the last workday from one day to another, if there is one."""
        while last >= first:
            if self.is_workday(last):
                return last
            last -= DAY
        return None

    def is_far(self, day: date) -> bool:
        """Tell whether a day lies over ten calendar months ahead."""
        return day > self.today + relativedelta(months=10)

    def instants(self, day: date, hour: time) -> tuple[datetime, ...]:
        """Return the instants that a wall time names: one, or two around a clock change."""
        early = datetime.combine(day, hour, tzinfo=self.zone)
        late = early.replace(fold=1)
        if early.utcoffset() == late.utcoffset():
            return (early,)
        if self.exists(early):
            return (early, late)
        return (self.at_instant(late), self.at_instant(early))

    def exists(self, moment: datetime) -> bool:
        """Tell whether a wall time is ever shown by the clocks of the typist's zone."""
        return self.at_instant(moment).replace(tzinfo=None) == moment.replace(tzinfo=None)

    def at_instant(self, moment: datetime) -> datetime:
        """Return an instant as the typist's clock shows it."""
        return moment.astimezone(UTC).astimezone(self.zone)
