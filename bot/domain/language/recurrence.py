"""Series as people type them: every friday, daily, every 2 weeks on monday until 15 Dec."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.due import Due
from bot.domain.language.context import Context
from bot.domain.language.dates import LONGEST, DayGrammar
from bot.domain.language.hours import END_OF_DAY, Hour, read_hour
from bot.domain.language.names import Names
from bot.domain.language.offers import Offers
from bot.domain.language.offsets import MOST
from bot.domain.language.readings import Doubt, When
from bot.domain.language.rules import OPEN, Rule, daily, last_in_month, monthly, weekly
from bot.domain.language.written_dates import ORDINAL

STARTS = frozenset({"every", "daily", "weekly", "monthly"})
"""The words with which a series begins."""

_EXPANDED = {"daily": ("every", "day"), "weekly": ("every", "week"), "monthly": ("every", "month")}
_INTRODUCERS = frozenset({"at", "on", "by", "before"})
_SEPARATORS = frozenset({"and", ",", "&"})
_NUMBER = re.compile(r"[0-9]{1,6}")
_MOST_DAYS = 31
_ORDINALS = frozenset({"first", "second", "third", "fourth", "last"})
_COUNTS = _ORDINALS | {"other", "two", "three", "four"}
_UNITS = frozenset(
    ("day", "days", "week", "weeks", "month", "months", "workday", "workdays", "year", "years")
)
_PERIOD = re.compile(
    "quarter|year|fortnight|weekdays?|weekends?|hour|minute|morning|afternoon|evening|night"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Reads series for one typist."""

    context: Context
    names: Names
    days: DayGrammar
    offers: Offers

    def read(self, words: tuple[str, ...], hour_before: Hour | None = None) -> When | None:
        """Return what words that are wholly one series mean, else None."""
        words = (*_EXPANDED.get(words[0], words[:1]), *words[1:])
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
            return self._mean(rule, hour_before or hour, limit)
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
                return daily()
            case ("workday",):
                return weekly(self.context.workdays, named=False)
            case ("week", *rest):
                rule = self._on_weekdays(tuple(rest), 1)
            case ("month", *rest):
                rule = self._on_month_day(tuple(rest))
            case _:
                rule = self._counted(words)
        return rule or self._named(words)

    def _counted(self, words: tuple[str, ...]) -> Rule | None:
        """Read every 3 days, every 2 weeks on monday, every other monday, every last friday."""
        first, *others = words
        rest = tuple(others)
        if first == "other" and (weekdays := self._weekdays(rest)):
            return weekly(weekdays, 2)
        if first == "last" and len(weekdays := self._weekdays(rest)) == 1:
            return last_in_month(min(weekdays))
        number = _number(first)
        if number is None or not 1 <= number <= MOST:
            return None
        if rest in {("day",), ("days",)}:
            return daily(number)
        if rest[:1] in {("week",), ("weeks",)}:
            return self._on_weekdays(rest[1:], number)
        return None

    def _named(self, words: tuple[str, ...]) -> Rule | None:
        """Read weekdays; and as an open rule what plainly repeats, though not on which days."""
        if weekdays := self._weekdays(words):
            return weekly(weekdays)
        match words:
            case (period, *rest) if period in _UNITS or _PERIOD.fullmatch(period):
                days = _after_on(tuple(rest))
            case (count, unit, *rest) if unit in _UNITS and (
                count in _COUNTS or _NUMBER.fullmatch(count)
            ):
                days = _after_on(tuple(rest))
            case (ordinal, *days_named) if ordinal in _ORDINALS and days_named:
                rest, days = days_named, tuple(days_named)
            case _:
                return None
        return OPEN if not rest or self._names_days(days) else None

    def _names_days(self, words: tuple[str, ...]) -> bool:
        """Tell whether words name days of a week or month: friday, the 1st, the last friday."""
        inner = words[1:] if words[:1] == ("the",) else words
        if len(inner) == 1 and ORDINAL.fullmatch(inner[0]):
            return True
        return bool(self._weekdays(inner[1:] if inner[:1] and inner[0] in _ORDINALS else inner))

    def _weekdays(self, words: tuple[str, ...]) -> frozenset[int]:
        """Return the weekdays in "mon, wed and fri"; none where one is unknown or doubtful."""
        found: set[int] = set()
        name: list[str] = []
        for word in (*words, "and"):
            if word not in _SEPARATORS:
                name.append(word)
                continue
            if not name and word != "," and found:  # "mon, and fri"
                continue
            if name[:1] == ["every"] and found:  # "mon and every fri"
                name = name[1:]
            weekdays = self.names.weekdays(" ".join(name))
            if len(weekdays) != 1:
                return frozenset()
            found |= weekdays
            name = []
        return frozenset(found) if words and words[-1] not in _SEPARATORS else frozenset()

    def _on_weekdays(self, words: tuple[str, ...], interval: int) -> Rule | None:
        weekdays = self._weekdays(_after_on(words))
        return weekly(weekdays, interval) if weekdays else None

    def _on_month_day(self, words: tuple[str, ...]) -> Rule | None:
        match _after_on(words):
            case ("the", number) | (number,):
                match = ORDINAL.fullmatch(number)
            case _:
                match = None
        if match is None:
            return None
        day = int(match[1])
        return monthly(day, self.context.today) if 1 <= day <= _MOST_DAYS else OPEN

    def _mean(self, rule: Rule, hour: Hour, limit: tuple[str, ...] | None) -> When:
        """Return a series with its first slot, or what is doubtful about it."""
        timed = hour if hour != END_OF_DAY else None
        if rule.text is None:
            days = rule.readings or self.context.next_workdays()
            return self._ask(Doubt.VAGUE, days, timed)
        slots = self._slots(rule, timed)
        if limit is None:
            return self._start(rule, slots, timed, rule.text, None)
        last = self.days.date_of(limit)
        if last is None:
            return self._ask(Doubt.AMBIGUOUS, slots[:1], timed)
        return self._start(rule, slots, timed, f"{rule.text};UNTIL={last:%Y%m%d}", last)

    def _slots(self, rule: Rule, timed: Hour | None) -> list[date]:
        """Return the next slots; today is among them only where an hour is named."""
        today = self.context.today
        slots = rule.slots_after(today)
        starts_today = timed is not None and rule.falls_on(today) and not rule.from_tomorrow
        return [today, *slots] if starts_today else slots

    def _start(
        self, rule: Rule, slots: list[date], timed: Hour | None, text: str, last: date | None
    ) -> When:
        today = self.context.today
        if timed is None and today.weekday() in rule.weekdays:
            todays = [today] if rule.falls_on(today) else []
            return self._ask(Doubt.FIRST, [*todays, slots[0]], None, text)
        if timed is not None and timed.doubt is not None:
            return self._ask_hour(timed.doubt, slots, timed, text)
        slot, instants = self._first_ahead(slots, timed)
        if last is not None and slot > last:
            return self._ask(Doubt.IMPOSSIBLE, [slot], timed)
        if rule.phased and slot.weekday() != min(rule.weekdays):
            return self._ask(Doubt.FIRST, slots, timed, text)
        if doubt := self.offers.clock_doubt(instants):
            return self.offers.ask(doubt, map(Due, instants), text)
        due = Due(instants[0] if instants else slot)
        return replace(self.offers.take(due), rrule=text, off_day=False)

    def _first_ahead(
        self, slots: list[date], timed: Hour | None
    ) -> tuple[date, tuple[datetime, ...]]:
        """Return the first slot that is ahead, and the instants its hour names, if it has one."""
        if timed is None:
            return slots[0], ()
        hours = ((slot, self.context.instants(slot, timed.options[0].hour)) for slot in slots)
        return next(
            (slot, instants)
            for slot, instants in hours
            if any(self.offers.is_ahead(Due(instant)) for instant in instants)
        )

    def _ask(
        self, doubt: Doubt, days: Iterable[date], timed: Hour | None, text: str | None = None
    ) -> When:
        """Return a doubt that offers the days, at each hour that was typed."""
        if timed is None or not timed.options:
            return self.offers.ask(doubt, map(Due, days), text)
        return self.offers.ask(doubt, self.offers.hours(days, timed.options), text)

    def _ask_hour(self, doubt: Doubt, slots: list[date], timed: Hour, text: str) -> When:
        """Return a doubt about the hour, with the first slot ahead of each one it can mean."""
        if not timed.options:
            return self._ask(doubt, slots[:1], None, text)
        firsts = (
            next(filter(self.offers.is_ahead, self.offers.hours(slots, (clock,))))
            for clock in timed.options
        )
        return self.offers.ask(doubt, firsts, text)


def _number(word: str) -> int | None:
    return int(word) if _NUMBER.fullmatch(word) else None


def _after_on(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words after *on*, one comma before it allowed; none where there is no *on*."""
    match words:
        case ("on", *rest) | (",", "on", *rest):
            return tuple(rest)
    return ()


def _split_until(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    if "until" not in words:
        return words, None
    index = words.index("until")
    body = words[:index]
    return (body[:-1] if body[-1:] == (",",) else body), words[index + 1 :]


def _trailing_hour(words: tuple[str, ...]) -> Hour | None:
    """Return the hour after a rule; where none is typed, the rule is of days."""
    if not words:
        return END_OF_DAY
    if words[0] == ",":
        words = words[1:]
    return read_hour(words[1:] if words and words[0] in _INTRODUCERS else words)
