"""Reads a typed line, whole."""

from dataclasses import replace

from bot.domain.due import Due
from bot.domain.language.command import DATED, NEEDS_DATE, Command, parse_command, with_capital_ids
from bot.domain.language.context import Context
from bot.domain.language.expression import Grammar
from bot.domain.language.line import Kind, Line, parse_line
from bot.domain.language.names import INVISIBLE
from bot.domain.language.readings import Doubt, Intent, Question, Reading, When
from bot.domain.language.speech import Opening, for_whom, parse_opening
from bot.domain.language.tails import Tail, find_tail, read_whole

LONGEST_RESULT = 300


def read(text: str, context: Context) -> Reading:
    """Return what a line typed after /expect means, as Slack sends it (mentions as <@U…>).

    Nothing is raised for anything typed: what is not certain is among the questions.
    """
    line = parse_line(text)
    start = line.skip(0)
    if start == len(line.mask):
        return _with_result(_making(Intent.FORM, line, None, context), "")
    if command := parse_command(line):
        return _read_command(line, command, context)
    opening = parse_opening(line)
    if opening is not None:
        return _read_expected(line, opening, context)
    tail = find_tail(line, 0, len(line.mask), context)
    mentioned = any(span.kind in {Kind.MENTION, Kind.EVERYONE} for span in line.spans)
    intent = Intent.FORM if tail is not None or mentioned else Intent.UNKNOWN
    return _with_result(_making(intent, line, tail, context), _without(line, 0, tail))


def read_date(text: str, context: Context) -> When:
    """Return what one date expression alone means; anything else is a doubt with offers."""
    return read_whole(parse_line(text), context) or Grammar(context).offers.ask(Doubt.MISSING)


def _read_command(line: Line, command: Command, context: Context) -> Reading:
    start = command.start
    arguments = with_capital_ids(line.shown[start:], line.mask[start:])
    reading = Reading(
        intent=Intent.COMMAND,
        command=command.name,
        mentions=_values(line, Kind.MENTION, start),
        links=_values(line, Kind.LINK, start),
    )
    if command.name in DATED:
        tail = find_tail(line, start, len(line.mask), context)
        if tail is not None or command.name in NEEDS_DATE:
            reading = _dated(reading, line, tail, context)
    return _with_result(reading, arguments)


def _read_expected(line: Line, opening: Opening, context: Context) -> Reading:
    start, end = opening.start, len(line.mask)
    named = for_whom(line, start, end) if opening.intent is Intent.OFFER else None
    if named is not None:
        end = named[1]
    tail = find_tail(line, start, end, context)
    result = _between(line, start, end, tail)
    if opening.intent is Intent.OFFER and named is None and tail is not None:
        named = for_whom(line, start, _before_comma(line, start, tail.start))
        if named is not None:
            kept = "" if tail.cut else line.shown[tail.start : end]
            result = " ".join(filter(None, (_trimmed(line, start, named[1]), kept)))
    reading = _making(opening.intent, line, tail, context, start)
    questions = reading.questions
    if opening.intent is not Intent.REQUEST or (opening.owners and not opening.everyone):
        questions = tuple(question for question in questions if question is not Question.WHO)
    reading = replace(
        reading,
        owners=opening.owners,
        for_whom=named[0] if named else None,
        everyone=opening.everyone,
        questions=questions,
    )
    return _with_result(reading, result)


def _making(
    intent: Intent, line: Line, tail: Tail | None, context: Context, start: int = 0
) -> Reading:
    """Return a reading of what makes something, who and what still asked."""
    reading = Reading(
        intent=intent,
        questions=(Question.WHO, Question.WHAT),
        mentions=_values(line, Kind.MENTION, start),
        links=_values(line, Kind.LINK, start),
    )
    return _dated(reading, line, tail, context)


def _dated(reading: Reading, line: Line, tail: Tail | None, context: Context) -> Reading:
    """Return a reading with its date, or with the question for it."""
    offers = Grammar(context).offers
    when = tail.when if tail is not None else offers.ask(Doubt.MISSING)
    if reading.intent is Intent.GOAL:
        when = _day_of_goal(when, context)
    asked = () if when.due is not None else (Question.WHEN,)
    return replace(
        reading,
        due=when.due,
        rrule=when.rrule,
        readings=when.readings,
        questions=reading.questions + asked,
        typed_date=line.shown[tail.start : tail.end] if tail is not None else "",
        reason=when.doubt,
        off_day=when.off_day,
    )


def _day_of_goal(when: When, context: Context) -> When:
    """Return a goal's date: an hour or a series is asked, and only days are offered."""
    doubt = when.doubt
    if when.rrule is not None:
        doubt = Doubt.GOAL_SERIES
    elif when.due is not None and when.due.is_hour:
        doubt = Doubt.GOAL_HOUR
    if doubt is None:
        return when
    offered = (when.due, *when.readings)
    days = [Due(due.day) for due in offered if due is not None]
    return Grammar(context).offers.ask(doubt, days)


def _with_result(reading: Reading, result: str) -> Reading:
    """Return a reading with its result, of which the form takes what is over the limit."""
    if not result.strip(INVISIBLE + " "):
        result = ""
    questions = tuple(
        question for question in reading.questions if question is not Question.WHAT or not result
    )
    return replace(
        reading,
        result=result[:LONGEST_RESULT],
        rest=result[LONGEST_RESULT:],
        questions=questions,
    )


def _without(line: Line, start: int, tail: Tail | None) -> str:
    return _between(line, start, len(line.mask), tail)


def _between(line: Line, start: int, end: int, tail: Tail | None) -> str:
    """Return what is shown between two places, without a date that is cut."""
    if tail is None or not tail.cut:
        return line.shown[start:end].strip()
    return _trimmed(line, start, tail.start)


def _trimmed(line: Line, start: int, end: int) -> str:
    """Return what is shown before something that was cut, without the comma that led to it."""
    return line.shown[start : _before_comma(line, start, end)]


def _before_comma(line: Line, start: int, end: int) -> int:
    while end > start and line.mask[end - 1] in " ,;":
        end -= 1
    return end


def _values(line: Line, kind: Kind, start: int) -> tuple[str, ...]:
    return tuple(span.value for span in line.spans if span.kind is kind and span.start >= start)
