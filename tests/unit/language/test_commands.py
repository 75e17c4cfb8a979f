"""Which lines are commands, and which are sentences that begin like one."""

import pytest

from bot.domain.language import COMMANDS, USAGE, nearest, read_date
from tests.unit.language.table import ANA, BOB, context, line, when

VERBS_OF_AN_EXPECTATION = (
    *("show", "done", "accept", "change", "ask", "answer", "decline", "keep", "drop", "cannot"),
    *("confirm", "return", "undo", "missed", "differ", "remedy", "forgive"),
)


def test_the_verbs_are_those_built() -> None:
    others = (
        *("list", "help", "goal", "summary", "thanks", "with", "away", "back", "settings"),
        *("balance", "why", "charter", "export", "forget-me"),
    )
    assert sorted(COMMANDS) == sorted((*VERBS_OF_AN_EXPECTATION, *others))


@pytest.mark.parametrize("verb", VERBS_OF_AN_EXPECTATION)
def test_a_verb_takes_an_id_or_nothing(verb: str) -> None:
    for typed, result in (("", ""), ("E-42", "E-42"), ("e-42", "E-42"), ("e42", "E-42")):
        reading = line(f"{verb} {typed}")
        assert (reading.intent, reading.command, reading.result) == ("command", verb, result)
    assert line(f"{verb.upper()} g-3 well").result == "G-3 well"
    assert line(f"{verb} the filter by friday").as_json()["intent"] == "form"
    assert line(f"{verb} the filter").as_json()["intent"] == "unknown"
    assert line(f"{verb} E-42nd by friday").as_json()["intent"] == "form"


@pytest.mark.parametrize(
    ("typed", "command", "result"),
    [
        ("list", "list", ""),
        ("List", "list", ""),
        ("list!", "list", ""),
        ("list team", "list", "team"),
        (f"list {ANA}", "list", "@ana"),
        ("help", "help", ""),
        ("help?", "help", ""),
        ("help change", "help", "change"),
        ("goal", "goal", ""),
        ("goal list", "goal", "list"),
        ("goal show g-3", "goal", "show G-3"),
        ("goal update G-3 7", "goal", "update G-3 7"),
        ("goal close g-3 we made it", "goal", "close G-3 we made it"),
        ("goal update", "goal", "update"),
        ("summary", "summary", ""),
        ("summary preview", "summary", "preview"),
        ("summary now", "summary", "now"),
        ("summary off", "summary", "off"),
        ("summary here weekly fri 16:00", "summary", "here weekly fri 16:00"),
        (f"thanks {BOB} for the late review", "thanks", "@bob for the late review"),
        ("thanks", "thanks", ""),
        (f"with {BOB}", "with", "@bob"),
        ("with", "with", ""),
        ("away until friday", "away", "until friday"),
        ("away", "away", ""),
        ("back", "back", ""),
        ("settings", "settings", ""),
        ("charter", "charter", ""),
        ("Charter edit", "charter", "edit"),
        ("done E-42 <https://a.example|the doc>", "done", "E-42 the doc"),
        ("ask e-42 is it like e-7?", "ask", "E-42 is it like E-7?"),
        ('answer e-42 "like e-7"', "answer", 'E-42 "like e-7"'),
        ("decline e-42: no time", "decline", "E-42: no time"),
        ("show\u00a0e-42", "show", "E-42"),
        ("\u200bshow e-42", "show", "E-42"),
    ],
)
def test_commands(typed: str, command: str, result: str) -> None:
    reading = line(typed)
    assert (reading.intent, reading.command, reading.result) == ("command", command, result)
    assert reading.owners == ()


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("list the risks by friday", "form"),
        ("list the risks", "unknown"),
        ("list <!here>", "form"),
        ("help me with the deck by friday", "form"),
        ("help me", "unknown"),
        ("goal setting by friday", "form"),
        ("goal list the risks", "unknown"),
        ("summary of the meeting by friday", "form"),
        ("summary now please", "unknown"),
        ("thanks for all", "unknown"),
        ("with love", "unknown"),
        (f"with {ANA} and Otto", "form"),
        ("away from my desk", "unknown"),
        ("back up the database by friday", "form"),
        ("settings page by friday", "form"),
        ("balance the books by friday", "form"),
        ("why is the sky blue", "unknown"),
        ("charter the boat by friday", "form"),
        ("charter edited", "unknown"),
        ('"list"', "unknown"),
        ("lists", "unknown"),
        (f"{ANA} list the risks by friday", "request"),
        ("I will list the risks by friday", "offer"),
    ],
)
def test_sentences_are_no_commands(typed: str, intent: str) -> None:
    reading = line(typed)
    assert reading.as_json()["intent"] == intent
    assert reading.command is None


@pytest.mark.parametrize(
    ("typed", "result", "expected"),
    [
        ("change E-42 by friday", "E-42 by friday", "2026-11-27"),
        (
            "change e-42 the new draft by fri 5pm",
            "E-42 the new draft by fri 5pm",
            "2026-11-27T17:00:00+01:00",
        ),
        ("change E-42 every friday", "E-42 every friday", "2026-11-27 FREQ=WEEKLY;BYDAY=FR"),
        ("change E-42 by 03/04", "E-42 by 03/04", "? 2027-03-04 2027-04-03"),
        ("change E-42 friday", "E-42 friday", "? 2026-11-27"),
        ("change E-42", "E-42", "? 2026-11-26 2026-11-27 2026-11-30"),
        ("return E-42 the logo by friday", "E-42 the logo by friday", "2026-11-27"),
        ("remedy E-42 a new logo by friday", "E-42 a new logo by friday", "2026-11-27"),
        ("away until friday", "until friday", "2026-11-27"),
        ("away until friday 5pm", "until friday 5pm", "2026-11-27T17:00:00+01:00"),
        ("away until 03/04", "until 03/04", "? 2027-03-04 2027-04-03"),
        ("away", "", "? 2026-11-26 2026-11-27 2026-11-30"),
    ],
)
def test_dated_commands(typed: str, result: str, expected: str) -> None:
    reading = line(typed)
    assert (reading.result, when(reading)) == (result, expected)
    assert tuple(reading.questions) == (("when",) if reading.due is None else ())


@pytest.mark.parametrize(
    "typed", ["return E-42 the logo", "done E-42 by friday", "ask E-42 is it by 03/04"]
)
def test_other_commands_ask_for_no_date(typed: str) -> None:
    answer = line(typed).as_json()
    assert (answer["due"], answer["questions"], answer["readings"]) == (None, [], [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("friday", "2026-11-27"),
        ("by friday", "2026-11-27"),
        ("until friday, 5pm!", "2026-11-27T17:00:00+01:00"),
        ("in 2 weeks", "2026-12-09"),
        ("every friday", "2026-11-27 FREQ=WEEKLY;BYDAY=FR"),
        ("03/04", "? 2027-03-04 2027-04-03"),
        ("ship it by friday", "? 2026-11-26 2026-11-27 2026-11-30"),
        ("", "? 2026-11-26 2026-11-27 2026-11-30"),
    ],
)
def test_one_date_expression_alone(typed: str, expected: str) -> None:
    read = read_date(typed, context())
    if read.due is not None:
        assert " ".join(filter(None, (read.due.iso(), read.rrule))) == expected
    else:
        assert " ".join(["?", *(due.iso() for due in read.readings)]) == expected


@pytest.mark.parametrize(
    ("typed", "usage"),
    [
        ("lst", "list [team|@who]"),
        ("dnoe E-42", "done E-42 [LINK]"),
        ("chnage the filter", "change E-42 [TEXT] by WHEN"),
        ("drop it", "drop E-42 [WHY]"),
        ("i wil do it", "I will WHAT by WHEN"),
        ("we wil do it", "we will WHAT by WHEN"),
        ("e-42", "show E-42"),
        ("zzz", "@who to WHAT by WHEN"),
        ("", "@who to WHAT by WHEN"),
        ("x" * 100_000, "@who to WHAT by WHEN"),
    ],
)
def test_nearest_usage(typed: str, usage: str) -> None:
    assert nearest(typed) == usage


def test_every_verb_has_a_usage_that_begins_with_it() -> None:
    assert all(usage.split()[0] == verb for verb, usage in USAGE.items())


@pytest.mark.parametrize(
    ("now", "workdays", "said"),
    [
        ("2026-11-25T10:00:00", {0}, "offset"),
        ("1969-01-01T10:00:00+00:00", {0}, "year"),
        ("9001-01-01T10:00:00+00:00", {0}, "year"),
        ("2026-11-25T10:00:00+00:00", set(), "workday"),
        ("2026-11-25T10:00:00+00:00", {7}, "workday"),
    ],
)
def test_a_context_that_cannot_be_is_refused(now: str, workdays: set[int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        context(now, workdays=frozenset(workdays))


@pytest.mark.parametrize("typed", ["balance", "Balance.", "why", "why KEPT", "why fair-share?"])
def test_figures_are_questioned(typed: str) -> None:
    assert line(typed).command == typed.split(maxsplit=1)[0].strip(".").casefold()
