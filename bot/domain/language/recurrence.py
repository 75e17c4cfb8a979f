"""Series: every friday, daily, every 2 weeks on monday, monthly on the 1st."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.language.context import DAY, Context
from bot.domain.language.dates import LONGEST, ORDINAL, DayGrammar
from bot.domain.language.hours import END_OF_DAY, Hour, read_hour
from bot.domain.language.names import Names
from bot.domain.language.offers import Offers
from bot.domain.language.readings import Doubt, Due, When

STARTS = frozenset({"every", "daily", "weekly", "monthly"})

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_INTRODUCERS = frozenset({"at", "on", "by", "before"})
_COUNT = re.compile(r"[0-9]{1,6}")
_MOST = 999
_SAFE_MONTH_DAY = 28
_LAST_MONTH_DAY = 31
_SEARCH_DAYS = 800
_ORDINALS = frozenset({"first", "second", "third", "fourth", "last"})
_UNCERTAIN = frozenset(
    "week month quarter year fortnight weekday weekdays weekend weekends hour minute morning "
    "afternoon evening night".split()
)
_UNITS = frozenset("day days week weeks month months workday workdays year years".split())
_EXPANDED = {"daily": ("every", "day"), "weekly": ("every", "week"), "monthly": ("every", "month")}


@dataclass(frozen=True, slots=True)
class Rule:
    """What repeats: `text` is its RRULE where that is certain, `falls_on` tells its days."""

    text: str | None
    falls_on: Callable[[date], bool]
    weekdays: frozenset[int] = frozenset()
    from_tomorrow: bool = False
    one_week_first: bool = False
    readings: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Reads series for one typist."""

    context: Context
    names: Names
    days: DayGrammar
    offers: Offers

    def read(self, words: tuple[str, ...], hour_before: Hour | None = None) -> When | None:
        """Return what words that are wholly one series mean, else None."""
        if words[0] not in STARTS:
            return None
        words = (*_EXPANDED.get(words[0], (words[0],)), *words[1:])
        body, limit = _split_until(words[1:])
        if limit is not None and not self._is_limit(limit):
            return None
        for length in range(len(body), 0, -1):
            rule = self._rule(body[:length])
            hour = _trailing_hour(body[length:])
            if rule is None or hour is None:
                continue
            if hour_before is not None and length < len(body):
                return None
            return self._first(rule, hour_before or hour, limit)
        return None

    def _is_limit(self, words: tuple[str, ...]) -> bool:
        """Tell whether words after *until* are a day, be it doubtful or with an hour."""
        return self.days.read(words) is not None or any(
            self.days.read(words[:index]) and _trailing_hour(words[index:])
            for index in range(1, min(len(words), LONGEST))
        )

    def _rule(self, words: tuple[str, ...]) -> Rule | None:
        match words:
            case ("day",):
                return Rule("FREQ=DAILY", lambda _: True)
            case ("workday",):
                return _weekly(self.context.workdays, named=False)
            case (count, "day" | "days") if (number := _number(count)) is not None:
                return _daily(number)
            case ("week", *rest):
                return self._on_weekdays(tuple(rest), 1)
            case (count, "week" | "weeks", *rest) if (number := _number(count)) is not None:
                return self._on_weekdays(tuple(rest), number)
            case ("other", *rest) if rest:
                weekdays = self._weekdays(tuple(rest))
                return _weekly(weekdays, 2) if weekdays else _open_other(tuple(rest))
            case ("month", *rest):
                return self._on_month_day(tuple(rest))
            case ("last", *rest) if len(named := self._weekdays(tuple(rest))) == 1:
                return _last_of_month(min(named))
        return self._named(words)

    def _named(self, words: tuple[str, ...]) -> Rule | None:
        weekdays = self._weekdays(words)
        if weekdays:
            return _weekly(weekdays)
        if _is_uncertain(words, self._weekdays):
            return _OPEN
        return None

    def _weekdays(self, words: tuple[str, ...]) -> frozenset[int]:
        """Return the weekdays in "mon, wed and fri"; none where one is unknown or has two meanings."""
        found: set[int] = set()
        name: list[str] = []
        for word in (*words, "and"):
            if word not in {"and", ",", "&"}:
                name.append(word)
                continue
            if not name and word == "and" and found:  # "mon, and fri"
                continue
            if name[:1] == ["every"] and found:  # "mon and every fri"
                name = name[1:]
            folded = " ".join(name)
            weekdays = self.names.weekdays(folded)
            if len(weekdays) != 1:
                return frozenset()
            found |= weekdays
            name = []
        return frozenset(found)

    def _on_weekdays(self, words: tuple[str, ...], interval: int) -> Rule | None:
        if not words:
            return _OPEN
        weekdays = self._weekdays(_without_on(words))
        if not weekdays or words == _without_on(words):
            return None
        return _weekly(weekdays, interval) if 1 <= interval <= _MOST else _OPEN

    def _on_month_day(self, words: tuple[str, ...]) -> Rule | None:
        if not words:
            return _OPEN
        inner = _without_on(words)
        if inner == words:
            return None
        if inner[0] == "the":
            inner = inner[1:]
        match = ORDINAL.fullmatch(inner[0]) if len(inner) == 1 else None
        return self._monthly(int(match[1])) if match else None

    def _monthly(self, number: int) -> Rule:
        if 1 <= number <= _SAFE_MONTH_DAY:
            text = f"FREQ=MONTHLY;BYMONTHDAY={number}"
            return Rule(text, lambda day: day.day == number)
        if number > _LAST_MONTH_DAY or number < 1:
            return _OPEN
        return Rule(None, lambda day: day.day == number, readings=self._late_days(number))

    def _late_days(self, number: int) -> tuple[date, ...]:
        """Return the next such day; where the month lacks it, its last and the next one's first."""
        day = self.context.today + DAY
        while day.day != number:
            if (day + DAY).day == 1:
                return day, day + DAY
            day += DAY
        return (day,)

    def _first(self, rule: Rule, hour: Hour, limit: tuple[str, ...] | None) -> When:
        timed = hour if hour != END_OF_DAY else None
        text = rule.text
        last = None
        if limit is not None:
            last = self.days.date_of(limit)
            text = f"{text};UNTIL={last:%Y%m%d}" if text and last else None
        if rule.text is None:
            return self._ask(
                Doubt.VAGUE, rule.readings or self.context.next_workdays(), timed, None
            )
        today = self.context.today
        slots = list(self._slots(rule))
        if timed is None and today.weekday() in rule.weekdays:
            choices = (today, slots[0]) if rule.falls_on(today) else (slots[0],)
            return self._ask(Doubt.FIRST, choices, None, text)
        if timed is not None and rule.falls_on(today) and not rule.from_tomorrow:
            slots.insert(0, today)
        if limit is not None and last is None:
            return self._ask(Doubt.AMBIGUOUS, slots[:1], timed, None)
        if timed is not None and timed.doubt is not None:
            return self._ask_hour(timed.doubt, slots, timed, text)
        due = self._first_ahead(slots, timed)
        if last is not None and due.day > last:
            return self._ask(Doubt.IMPOSSIBLE, slots[:1], timed, None)
        if rule.one_week_first and due.day.weekday() != min(rule.weekdays):
            return self._ask(Doubt.FIRST, slots[:2], timed, text)
        return self._taken(due, text)

    def _slots(self, rule: Rule) -> Iterable[date]:
        """Yield the next two slots after today."""
        found: list[date] = []
        day = self.context.today
        for _ in range(_SEARCH_DAYS):
            day += DAY
            if rule.falls_on(day):
                found.append(day)
            if len(found) == 2:
                break
        return found

    def _first_ahead(self, slots: list[date], hour: Hour | None) -> Due:
        if hour is None:
            return Due(slots[0])
        hours = (self.context.instants(slot, hour.options[0].hour)[0] for slot in slots)
        return next(due for due in map(Due, hours) if self.offers.is_ahead(due))

    def _taken(self, due: Due, text: str | None) -> When:
        if isinstance(due.wall, datetime):
            instants = self.context.instants(due.day, due.wall.time())
            doubt = self.offers.clock_doubt(instants)
            if doubt is not None:
                return self.offers.ask(doubt, map(Due, instants), text)
        return (
            When(due=due, rrule=text) if self.offers.is_ahead(due) else self.offers.ask(Doubt.PAST)
        )

    def _ask(self, doubt: Doubt, days: Iterable[date], hour: Hour | None, text: str | None) -> When:
        """Return a doubt that offers the days, at each hour that was typed."""
        days = tuple(days)
        if hour is None or not hour.options:
            return self.offers.ask(doubt, map(Due, days), text)
        return self.offers.ask(doubt, self.offers.hours(days, hour.options), text)

    def _ask_hour(self, doubt: Doubt, slots: list[date], hour: Hour, text: str | None) -> When:
        """Return a doubt about the hour, with the first slot ahead of each one it can mean."""
        if not hour.options:
            return self._ask(doubt, slots[:1], None, text)
        firsts = (
            next(filter(self.offers.is_ahead, self.offers.hours(slots, (clock,))))
            for clock in hour.options
        )
        return self.offers.ask(doubt, firsts, text)


_OPEN = Rule(None, lambda _: False)
"""A series whose rule is not certain."""


def _weekly(weekdays: frozenset[int], interval: int = 1, *, named: bool = True) -> Rule:
    codes = ",".join(_CODES[weekday] for weekday in sorted(weekdays))
    every = f";INTERVAL={interval}" if interval > 1 else ""
    return Rule(
        f"FREQ=WEEKLY{every};BYDAY={codes}",
        lambda day: day.weekday() in weekdays,
        weekdays if named else frozenset(),
        one_week_first=interval > 1,
    )


def _daily(interval: int) -> Rule:
    if not 1 <= interval <= _MOST:
        return _OPEN
    every = f";INTERVAL={interval}" if interval > 1 else ""
    return Rule(f"FREQ=DAILY{every}", lambda _: True, from_tomorrow=True)


def _last_of_month(weekday: int) -> Rule:
    return Rule(
        f"FREQ=MONTHLY;BYDAY=-1{_CODES[weekday]}",
        lambda day: day.weekday() == weekday and (day + timedelta(days=7)).month != day.month,
        frozenset({weekday}),
    )


def _is_uncertain(
    words: tuple[str, ...], weekdays: Callable[[tuple[str, ...]], frozenset[int]]
) -> bool:
    """Tell whether words after *every* are plainly a period, though not which days."""
    match words:
        case (period,):
            return period in _UNCERTAIN
        case (count, unit) if unit in _UNITS:
            return _number(count) is not None or count in _ORDINALS | {"two", "three", "four"}
        case (ordinal, *rest) if ordinal in _ORDINALS:
            return bool(weekdays(tuple(rest)))
    return False


def _open_other(words: tuple[str, ...]) -> Rule | None:
    return _OPEN if len(words) == 1 and words[0] in _UNITS else None


def _number(word: str) -> int | None:
    return int(word) if _COUNT.fullmatch(word) else None


def _without_on(words: tuple[str, ...]) -> tuple[str, ...]:
    inner = words[1:] if words[0] == "," else words
    return inner[1:] if len(inner) > 1 and inner[0] == "on" else words


def _split_until(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    if "until" not in words:
        return words, None
    index = words.index("until")
    body = words[:index]
    return (body[:-1] if body and body[-1] == "," else body), words[index + 1 :]


def _trailing_hour(words: tuple[str, ...]) -> Hour | None:
    """Return the hour after a rule: none typed is as eod."""
    if words and words[0] == ",":
        words = words[1:]
        if not words:
            return None
    if not words:
        return END_OF_DAY
    return read_hour(words[1:] if words[0] in _INTRODUCERS else words)
