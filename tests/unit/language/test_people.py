"""Who is asked, who promises, for whom; and what the rest of the line says."""

import pytest

from bot.domain.language import Question
from tests.unit.language.table import ANA, BOB, context, line

CY = "<@W03CY>"


@pytest.mark.parametrize(
    ("typed", "owners", "result"),
    [
        (f"{ANA} ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA} to ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA} TO ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA}: to ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA} : ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA}, ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA} to to ship it by friday", ["U01ANA"], "to ship it"),
        (f"{ANA} together ship it by friday", ["U01ANA"], "together ship it"),
        (f"{ANA} {BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA}{BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA}, {BOB} and {CY}: ship it by friday", ["U01ANA", "U02BOB", "W03CY"], "ship it"),
        (f"{ANA}, {BOB}, and {CY} ship it by friday", ["U01ANA", "U02BOB", "W03CY"], "ship it"),
        (f"{ANA} & {BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA} &amp; {BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA} AND {BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA} {ANA} {BOB} ship it by friday", ["U01ANA", "U02BOB"], "ship it"),
        (f"{ANA} and ship it by friday", ["U01ANA"], "and ship it"),
        (f"{ANA} and tell {BOB} by friday", ["U01ANA"], "and tell @bob"),
        (f"{ANA} android app by friday", ["U01ANA"], "android app"),
        (f"{ANA} ask {BOB} and {CY} by friday", ["U01ANA"], "ask @bob and @W03CY"),
        (f"{ANA} :tada: ship it by friday", ["U01ANA"], ":tada: ship it"),
        (f"\u200b {ANA}\u200e ship it by friday", ["U01ANA"], "ship it"),
        (f"{ANA}\u00a0ship\u00a0it by friday", ["U01ANA"], "ship it"),
        (f"{ANA} write the brief for {BOB} by friday", ["U01ANA"], "write the brief for @bob"),
        (f"{ANA} I will ship it by friday", ["U01ANA"], "I will ship it"),
    ],
)
def test_owners_are_the_leading_mentions(typed: str, owners: list[str], result: str) -> None:
    assert line(typed).as_json() == {
        "intent": "request",
        "command": None,
        "owners": owners,
        "for": None,
        "result": result,
        "due": "2026-11-27",
        "rrule": None,
        "questions": [],
        "readings": [],
    }


@pytest.mark.parametrize(
    ("typed", "owners", "result"),
    [
        ("<!here> read it by eow", (), "read it"),
        ("<!channel> to read it by eow", (), "read it"),
        ("<!everyone>: read it by eow", (), "read it"),
        ("<!here|here> read it by eow", (), "read it"),
        ("<!subteam^S012AB|@design> read it by eow", (), "read it"),
        ("<!subteam^S012AB> read it by eow", (), "read it"),
        ("@here read it by eow", (), "read it"),
        ("@Channel read it by eow", (), "read it"),
        (f"{ANA} and <!here> read it by eow", ("U01ANA",), "read it"),
        (f"@everyone, {ANA} read it by eow", ("U01ANA",), "read it"),
    ],
)
def test_groups_are_asked_for_keeping_the_people_named(
    typed: str, owners: tuple[str, ...], result: str
) -> None:
    reading = line(typed)
    assert reading.intent == "request"
    assert reading.everyone
    assert reading.owners == owners
    assert reading.result == result
    assert reading.questions == (Question.WHO,)


@pytest.mark.parametrize(
    ("typed", "intent", "for_whom", "result", "questions"),
    [
        ("I will ship it by friday", "offer", None, "ship it", ()),
        ("i WILL ship it by friday", "offer", None, "ship it", ()),
        ("I'll ship it by friday", "offer", None, "ship it", ()),
        ("I\u2019ll ship it by friday", "offer", None, "ship it", ()),
        ("I  will\u00a0ship it by friday", "offer", None, "ship it", ()),
        ("we will ship it by friday", "goal", None, "ship it", ()),
        ("We'll ship it by friday", "goal", None, "ship it", ()),
        ("we\u2019ll ship it by friday", "goal", None, "ship it", ()),
        ("Ill ship it by friday", "form", None, "Ill ship it", ("who",)),
        ("will ship it by friday", "form", None, "will ship it", ("who",)),
        ("I willingly ship it by friday", "form", None, "I willingly ship it", ("who",)),
        (f"I will ship it for {ANA} by friday", "offer", "U01ANA", "ship it", ()),
        (f"I will ship it by friday for {ANA}", "offer", "U01ANA", "ship it", ()),
        (f"I will ship it by friday for {ANA}!", "offer", "U01ANA", "ship it", ()),
        (f"I will ship it by friday, for {ANA}.", "offer", "U01ANA", "ship it", ()),
        (f"I will ship it for {ANA}, by friday", "offer", "U01ANA", "ship it", ()),
        (f"I will ship it FOR {ANA} by friday", "offer", "U01ANA", "ship it", ()),
        (
            f"I will ask for {ANA} at the desk by friday",
            "offer",
            None,
            "ask for @ana at the desk",
            (),
        ),
        (
            f"I will ship it for {ANA} and {BOB} by friday",
            "offer",
            None,
            "ship it for @ana and @bob",
            (),
        ),
        (f"I will ship it for {ANA} {BOB} by friday", "offer", None, "ship it for @ana @bob", ()),
        ("I will ship it for <!here> by friday", "offer", None, "ship it for @here", ()),
        (f"we will ship it for {ANA} by friday", "goal", None, "ship it for @ana", ()),
        (f"I will wait therefor {ANA} by friday", "offer", None, "wait therefor @ana", ()),
        (f"I will ship it for {ANA}", "offer", "U01ANA", "ship it", ("when",)),
        (f"I will for {ANA} by friday", "offer", "U01ANA", "", ("what",)),
        (f"we will ship it for {ANA}", "goal", None, "ship it for @ana", ("when",)),
        (f"{ANA} ship it for {BOB}", "request", None, "ship it for @bob", ("when",)),
        (
            f"{ANA} ship it by friday for {BOB}",
            "request",
            None,
            "ship it by friday for @bob",
            ("when",),
        ),
        ("I will", "offer", None, "", ("what", "when")),
        ("we'll", "goal", None, "", ("what", "when")),
        (ANA, "request", None, "", ("what", "when")),
        (f"{ANA} to", "request", None, "", ("what", "when")),
        (f"{ANA} by friday", "request", None, "", ("what",)),
        ("by friday", "form", None, "", ("who", "what")),
        ("tomorrow", "form", None, "", ("who", "what")),
        ("ship it friday", "form", None, "ship it friday", ("who", "when")),
        (f"ship it with {ANA}", "form", None, "ship it with @ana", ("who", "when")),
        ("ship it", "unknown", None, "ship it", ("who", "when")),
        ("drop it", "unknown", None, "drop it", ("who", "when")),
        ("", "form", None, "", ("who", "what", "when")),
        (" \u00a0\n\u200b", "form", None, "", ("who", "what", "when")),
    ],
)
def test_intents(
    typed: str, intent: str, for_whom: str | None, result: str, questions: tuple[str, ...]
) -> None:
    reading = line(typed)
    assert reading.as_json()["intent"] == intent
    assert reading.for_whom == for_whom
    assert reading.result == result
    assert tuple(reading.questions) == questions


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("we will launch by friday 5pm", ["2026-11-27"]),
        ("we will launch in 2 hours", ["2026-11-25"]),
        ("we will sync every friday", ["2026-11-27"]),
        ("we will sync every wednesday", ["2026-11-25", "2026-12-02"]),
        ("we will launch by 9:30", ["2026-11-25", "2026-11-26"]),
        ("we will launch by 03/04", ["2027-03-04", "2027-04-03"]),
    ],
)
def test_a_goal_has_a_day(typed: str, readings: list[str]) -> None:
    answer = line(typed).as_json()
    assert answer["intent"] == "goal"
    assert (answer["due"], answer["rrule"]) == (None, None)
    assert answer["questions"] == ["when"]
    assert answer["readings"] == readings


def test_an_offer_keeps_a_doubted_date_but_not_whom_it_is_for() -> None:
    reading = line(f"I will ship it for {ANA} friday")
    assert reading.for_whom == "U01ANA"
    assert reading.result == "ship it friday"
    assert reading.questions == (Question.WHEN,)


def test_a_day_off_is_taken_and_said() -> None:
    assert line(f"{ANA} ship it by saturday").off_day
    assert line(f"{ANA} ship it by saturday 5pm").off_day
    assert not line(f"{ANA} ship it by friday").off_day
    assert not line(f"{ANA} ship it every saturday").off_day


def test_later_mentions_and_links_are_told_apart() -> None:
    reading = line(f"{ANA} send {BOB} <https://a.example/x?a=1&amp;b=2|the plan> by friday")
    assert reading.mentions == ("U02BOB",)
    assert reading.links == ("https://a.example/x?a=1&b=2",)
    assert reading.result == "send @bob the plan"
    assert reading.typed_date == "by friday"


def test_what_is_over_300_characters_goes_into_done_means() -> None:
    what = "word " * 600
    reading = line(f"{ANA} {what}by friday")
    assert reading.result == what[:300]
    assert reading.result + reading.rest == what.strip()
    assert reading.due is not None
    assert reading.due.iso() == "2026-11-27"
    assert line(f"{ANA} {'x' * 300} by friday").rest == ""


def test_the_moment_counts_not_its_offset() -> None:
    assert line("by tomorrow", context("2026-11-25T23:30:00+00:00")).readings == ()
