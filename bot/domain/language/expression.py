"""One whole date expression: a day, an hour, both in either order, an offset or a series."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.due import Due
from bot.domain.language import dates
from bot.domain.language.context import Context
from bot.domain.language.dates import DayGrammar
from bot.domain.language.hours import END_OF_DAY, Hour, read_hour
from bot.domain.language.hours import LONGEST as LONGEST_HOUR
from bot.domain.language.names import names_of
from bot.domain.language.offers import Offers
from bot.domain.language.offsets import clock_offset
from bot.domain.language.readings import Doubt, When
from bot.domain.language.recurrence import STARTS, Recurrence

INTRODUCERS = frozenset({"by", "on", "at"})
DELIMITERS = INTRODUCERS | {"in", "before", "until"} | STARTS
LONGEST_PLAIN = dates.LONGEST + LONGEST_HOUR + 2


@dataclass(frozen=True)
class Grammar:
    """Reads whole date expressions for one typist at one moment."""

    context: Context

    @cached_property
    def _days(self) -> DayGrammar:
        return DayGrammar(self.context, names_of(self.context.locale))

    @cached_property
    def offers(self) -> Offers:
        """Return what decides between taking and asking."""
        return Offers(self.context)

    @cached_property
    def _series(self) -> Recurrence:
        names = names_of(self.context.locale)
        return Recurrence(self.context, names, self._days, self.offers)

    def delimited(self, words: tuple[str, ...]) -> When | None:
        """Return what words from a delimiter on mean, when they are wholly one expression."""
        head, rest = words[0], words[1:]
        if head in STARTS or head == "in":
            return self.plain(words)
        if not rest or rest[0] in INTRODUCERS:
            return None
        if head == "before":
            return self._before(rest)
        if rest[0] == "in" or rest[0] in STARTS:
            return None
        return self.plain(rest)

    def plain(self, words: tuple[str, ...]) -> When | None:
        """Return what words without a leading delimiter mean, when wholly one expression."""
        if words[0] in STARTS:
            return self._series.read(words)
        if offset := clock_offset(words):
            instant = self.context.at_instant(self.context.now.replace(microsecond=0) + offset)
            return self.offers.take(Due(instant))
        found = list(dict.fromkeys(self._readings(words)))
        plain = [when for when in found if when.doubt is not Doubt.VAGUE]
        return self._only(plain or found)

    def _readings(self, words: tuple[str, ...]) -> Iterator[When]:
        if day := self._days.read(words):
            yield self.offers.of_day(day)
        if (hour := read_hour(words)) and hour != END_OF_DAY:
            yield self._hour_alone(hour)
        if len(words) > LONGEST_PLAIN and not STARTS & set(words):
            return
        for index in range(1, min(len(words), dates.LONGEST + 1)):
            left, right = words[:index], _introduced(words[index:])
            if not right:
                continue
            if (day := self._days.read(left)) and (hour := read_hour(right)):
                yield self.offers.of_both(day, hour)
            if hour := read_hour(left):
                if day := self._days.read(right):
                    yield self.offers.of_both(day, hour)
                elif right[0] in STARTS and (when := self._series.read(right, hour)):
                    yield when

    def _hour_alone(self, hour: Hour) -> When:
        when = self.offers.of_hour(hour)
        if hour.number is None:
            return when
        numbered = map(Due, self._days.next_numbered(hour.number))
        return self.offers.ask(Doubt.AMBIGUOUS, (*when.readings, *numbered))

    def _before(self, words: tuple[str, ...]) -> When | None:
        """Return an hour as it is; before a day may include that day or not: asked."""
        when = self.plain(words)
        if when is None:
            return None
        if when.due is None:
            return replace(when, rrule=None)
        if when.due.is_hour and when.rrule is None:
            return when
        eve = self.context.workday_before(when.due.day) if when.rrule is None else None
        earlier = (Due(eve),) if eve else ()
        return self.offers.ask(Doubt.BEFORE, (*earlier, when.due))

    def _only(self, found: list[When]) -> When | None:
        """Return the one meaning, or a doubt that offers them all."""
        match found:
            case []:
                return None
            case [when]:
                return when
        readings = [due for when in found for due in (when.due, *when.readings) if due]
        return self.offers.ask(Doubt.AMBIGUOUS, readings)


def _introduced(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a second part without its comma and its introducing at, on or by."""
    if words[0] == ",":
        words = words[1:]
    if len(words) > 1 and words[0] in INTRODUCERS and words[1] != "in":
        words = words[1:]
    return words
