"""Where in a line the date is, and whether it leaves the result."""

from dataclasses import dataclass

from bot.domain.language.context import Context
from bot.domain.language.expression import DELIMITERS, LONGEST_PLAIN, Grammar
from bot.domain.language.hours import read_hour
from bot.domain.language.line import Line
from bot.domain.language.readings import Doubt, When
from bot.domain.language.recurrence import STARTS
from bot.domain.language.words import Word, last_words, strip_noise

_TAKEN = frozenset({"today", "tomorrow", "eod", "eow", "eom", "eoq", "eoy"})
_TEXT_BEFORE = frozenset({"from", "of", "for", "about", "since"})
_CONNECTORS = frozenset({"and", "or", "&", "/", "-", "\u2013", "\u2014", ","})
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_DEADLINES = frozenset({"by", "before", "until"})


@dataclass(frozen=True, slots=True)
class Tail:
    """The date that ends a stretch of text, from `start` to `end`; cut from the result or not."""

    when: When
    start: int
    end: int
    cut: bool


@dataclass(frozen=True, slots=True)
class _Match:
    index: int
    when: When


def find_tail(line: Line, start: int, end: int, context: Context) -> Tail | None:
    """Return the date that ends line[start:end], certain or doubted, if there is one."""
    grammar = Grammar(context)
    end = strip_noise(line.mask, start, end)
    words = last_words(line.mask, start, end)
    delimited = _delimited(words, grammar)
    bare = _bare(words, delimited, grammar)
    if bare is not None:
        cut = _is_taken(words, bare.index, grammar)
        match = bare
    elif delimited is not None:
        cut = not (words[delimited.index].text in STARTS and _is_text(words, delimited.index))
        match = delimited
    else:
        return None
    first = words[match.index].start
    if not cut:
        return Tail(_unmarked(match.when, grammar), first, end, cut=False)
    hour = tuple(word.text for word in words[match.index + 1 :])
    hour_alone = match is delimited and read_hour(hour) is not None
    when = _beside_another(match.when, line, start, first, grammar, hour_alone=hour_alone)
    return Tail(when, first, end, cut=True)


def read_whole(line: Line, context: Context) -> When | None:
    """Return what a line means that is wholly one date expression, its delimiter optional."""
    grammar = Grammar(context)
    start = line.skip(0)
    end = strip_noise(line.mask, start, len(line.mask))
    words = tuple(word.text for word in last_words(line.mask, start, end))
    if not words:
        return None
    if words[0] in DELIMITERS:
        return grammar.delimited(words)
    return grammar.plain(words)


def _delimited(words: list[Word], grammar: Grammar) -> _Match | None:
    """Return the longest tail that begins at a delimiter and is wholly one date expression."""
    texts = tuple(word.text for word in words)
    for index, text in enumerate(texts):
        if text in DELIMITERS and (when := grammar.delimited(texts[index:])):
            return _Match(index, when)
    return None


def _bare(words: list[Word], delimited: _Match | None, grammar: Grammar) -> _Match | None:
    """Return the longest tail without a delimiter, where it names the day of a delimited hour."""
    texts = tuple(word.text for word in words)
    if delimited is None:
        return _longest(texts, len(texts), (), grammar)
    stop = delimited.index
    if not read_hour(texts[stop + 1 :]):
        return None  # it names its day
    hour = texts[stop:]
    found = _longest(texts, stop, hour, grammar) or _with_time_of_day(texts, stop, hour, grammar)
    if found is None or hour[0] not in _DEADLINES:
        return found
    month = found.when.doubt is Doubt.VAGUE and found.index == stop - 1
    return None if month or _is_text(words, found.index) else found


def _longest(
    texts: tuple[str, ...], stop: int, hour: tuple[str, ...], grammar: Grammar
) -> _Match | None:
    """Return the longest expression that ends at a word, with an hour that follows it."""
    vague = None
    for index in range(max(0, stop - LONGEST_PLAIN), stop):
        if (texts[index] in DELIMITERS and texts[index] not in STARTS) or texts[index] == ",":
            continue
        when = grammar.plain(texts[index:stop] + hour)
        if when is None or _is_a_mere_number(texts[index:stop] + hour, grammar):
            continue
        if when.doubt is not Doubt.VAGUE:
            return _Match(index, when)
        vague = vague or _Match(index, when)
    return vague


def _with_time_of_day(
    texts: tuple[str, ...], stop: int, hour: tuple[str, ...], grammar: Grammar
) -> _Match | None:
    """Return "tomorrow morning at 9am" and "friday in the evening, at 6pm", to be asked."""
    if texts[stop - 1] == ",":
        stop -= 1
    if texts[stop - 1] not in _TIMES_OF_DAY:
        return None
    stop -= 1
    if texts[max(0, stop - 2) : stop] == ("in", "the"):
        stop -= 2
    return _longest(texts, stop, hour, grammar)


def _is_a_mere_number(texts: tuple[str, ...], grammar: Grammar) -> bool:
    """Tell whether a number only stands before a date: chapter 5 tomorrow, chapter 5."""
    if not texts[0].isdecimal():
        return False
    rest = grammar.plain(texts[1:]) if len(texts) > 1 and texts[1] not in DELIMITERS else None
    return rest is None or rest.doubt is not Doubt.VAGUE


def _is_text(words: list[Word], index: int) -> bool:
    """Tell whether the word before makes a date part of the sentence: a summary of today."""
    return index > 0 and words[index - 1].text in _TEXT_BEFORE


def _is_taken(words: list[Word], index: int, grammar: Grammar) -> bool:
    """Tell whether a date without delimiter is one of the words that need none."""
    texts = tuple(word.text for word in words[index:])
    if texts[0] not in _TAKEN or _is_text(words, index) or grammar.plain(texts) is None:
        return False
    return texts[0] != "eod" or len(texts) == 1 or texts[-1] in _TAKEN


def _unmarked(when: When, grammar: Grammar) -> When:
    """Return the doubt of a date that nothing marks as the due."""
    if when.due is None:
        return when
    return grammar.offers.ask(Doubt.UNMARKED, (when.due,), when.rrule)


def _beside_another(
    when: When, line: Line, start: int, end: int, grammar: Grammar, *, hour_alone: bool
) -> When:
    """Return a doubt that offers both where a certain date stands before a certain one.

    Before an hour alone, which takes its day from nowhere else, a doubtful one is enough.
    """
    if when.due is None:
        return when
    words = last_words(line.mask, start, strip_noise(line.mask, start, end))
    while words and words[-1].text in _CONNECTORS:
        words.pop()
    other = _delimited(words, grammar)
    if other is None or other.when.rrule is not None:
        return when
    if other.when.due is None and not hour_alone:
        return when
    readings = (other.when.due, *other.when.readings, when.due)
    return grammar.offers.ask(Doubt.TWO_DATES, filter(None, readings))
