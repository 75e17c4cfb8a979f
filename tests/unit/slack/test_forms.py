"""Forms: the labels that people know, what is typed is kept, and errors stand at their inputs."""

# ruff: noqa: ANN401 - a view is JSON

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Seen, Status, Visibility
from bot.domain.terms import Gains, Wording
from bot.slack.blocks.forms.change import change_form, read_change, read_remedy, read_return
from bot.slack.blocks.forms.details import with_more
from bot.slack.blocks.forms.expect import Form, expectation_form, read_form
from bot.slack.blocks.forms.when import when_fields
from bot.slack.ids import Origin, Press, Verb, due_key
from tests.support.block_limits import broken_view
from tests.unit.slack.given import (
    BERLIN,
    FRIDAY,
    FRIDAY_FIVE,
    FULL,
    LENA,
    MAYA,
    MONDAY,
    NOW,
    OTTO,
    asked,
    suggested,
    terms,
)
from tests.unit.slack.screen import Screen

ASK = Origin(press=Press(verb=Verb.FORM_ASK), channel="C0LAUNCH", channel_kind="channel")
OFFER = Origin(press=Press(verb=Verb.FORM_OFFER), channel="C0LAUNCH", channel_kind="channel")
CHANGE = Origin(press=Press(verb=Verb.CHANGE, number=42, seen=Seen(version=1)))


def form(origin: Origin = ASK, **more: Any) -> Screen:
    """Open the form."""
    return Screen(expectation_form(Form(**more), origin, LENA, NOW))


def errors(action: Any) -> dict[str, str]:
    """Return what is wrong, by input."""
    with pytest.raises(InvalidInputError) as raised:
        action()
    return {str(key): text for key, text in raised.value.errors.items()}


def test_it_asks_four_things() -> None:
    assert form().labels == ["Who", "What", "By when", "Hour", "Why it matters"]
    assert form(OFFER).labels[0] == "For whom"
    assert form().optional == {"hour", "why"}
    assert form(OFFER).optional == {"for_whom", "hour", "why"}


def test_more_and_more_still_add_fields_and_keep_what_is_there() -> None:
    first = form()
    assert first.button == "More"
    second = Screen(with_more(first.view, ASK, Wording(result="")))
    assert second.labels == [
        *first.labels,
        "Done means",
        "What the one who does it gains",
        "What the one who asks gains",
        "What the team gains",
        "What the one who does it needs from the other",
        "Needed by",
        "Who may see it",
        "Tell the channel",
    ]
    assert second.ids[: len(first.ids)] == first.ids
    assert second.button == "More still"
    third = Screen(
        with_more(second.view, Origin.decode(second.view["private_metadata"]), Wording(result=""))
    )
    assert third.labels == [
        *second.labels,
        "Limits",
        "Help you can count on",
        "How we check in",
        "What follows",
    ]
    assert third.ids[: len(second.ids)] == second.ids
    assert third.button is None
    assert Origin.decode(third.view["private_metadata"]).stage == 2
    for screen in (first, second, third):
        assert broken_view(screen.view) == []


def test_what_is_filled_in_is_read_back() -> None:
    screen = form().fill(who=["U0OTTO"], what="the brief", by_when="2026-11-27", why="soon")
    read = read_form(screen.state, ASK, LENA)
    assert read == Form(
        wording=Wording(result="the brief", why="soon"), owners=("U0OTTO",), due=FRIDAY
    )


def test_an_hour_is_the_typists() -> None:
    screen = form().fill(who=["U0OTTO"], what="x", by_when="2026-11-27", hour="17:00")
    assert read_form(screen.state, ASK, LENA).due == FRIDAY_FIVE


def test_all_of_it_is_read_back() -> None:
    staged = replace(ASK, stage=2)
    screen = form(staged, wording=FULL, owners=("U0OTTO",), due=FRIDAY_FIVE)
    assert broken_view(screen.view) == []
    screen.fill(visibility="private", tell=["tell"])
    read = read_form(screen.state, staged, LENA)
    assert read.wording == FULL
    assert read.due == FRIDAY_FIVE
    assert (read.visibility, read.tell_channel) == (Visibility.PRIVATE, True)


def test_filled_in_details_open_their_fields() -> None:
    screen = form(wording=Wording(result="x", gains=Gains(team="trust")))
    assert "What the team gains" in screen.labels
    assert "Limits" in form(wording=FULL).labels


def test_the_rest_of_a_long_text_goes_to_done_means() -> None:
    screen = form(wording=Wording(result="a" * 300 + "b" * 2700))
    assert screen.state["what"]["what"]["value"] == "a" * 300
    assert screen.state["done_means"]["done_means"]["value"] == "b" * 2700
    screen = form().fill(who=["U0OTTO"], what="a" * 300 + "b" * 2700, by_when="2026-11-27")
    read = read_form(screen.state, ASK, LENA).wording
    assert (read.result, read.done_means) == ("a" * 300, "b" * 2700)


def test_what_is_missing_is_said_at_its_input() -> None:
    assert errors(lambda: read_form(form().state, ASK, LENA)) == {
        "who": "Choose who is asked.",
        "what": "Write what is expected.",
        "by_when": "Pick a date.",
    }
    assert set(errors(lambda: read_form(form(OFFER).state, OFFER, LENA))) == {"what", "by_when"}


READINGS = replace(ASK, readings=(due_key(FRIDAY), due_key(FRIDAY_FIVE), due_key(MONDAY)))


def test_readings_stand_beside_by_when() -> None:
    screen = Screen(expectation_form(Form(), READINGS, LENA, NOW, asked="03/04"))
    assert screen.labels[:5] == ["Who", "What", "Which day?", "By when", "Hour"]
    assert screen.options("reading") == [
        "Friday, 27 November",
        "Friday, 27 November, 17:00, Berlin time",
        "Monday, 30 November",
        "Another date",
    ]
    assert "by_when" in screen.optional
    first = screen.view["blocks"][0]["text"]["text"]
    assert first == "When is it due? “03/04” can mean more than one day."


@pytest.mark.parametrize(
    ("filled", "due"),
    [
        ({"reading": due_key(FRIDAY)}, FRIDAY),
        ({"reading": due_key(FRIDAY_FIVE)}, FRIDAY_FIVE),
        ({"reading": due_key(FRIDAY), "hour": "17:00"}, FRIDAY_FIVE),
        ({"reading": due_key(FRIDAY), "by_when": "2026-11-30"}, MONDAY),
        ({"reading": "another", "by_when": "2026-11-30"}, MONDAY),
    ],
)
def test_a_date_picked_wins_over_the_readings(filled: dict[str, str], due: Due) -> None:
    screen = Screen(expectation_form(Form(), READINGS, LENA, NOW))
    screen.fill(who=["U0OTTO"], what="x", **filled)
    assert read_form(screen.state, READINGS, LENA).due == due


@pytest.mark.parametrize("filled", [{}, {"reading": "another"}])
def test_no_choice_is_no_date(filled: dict[str, str]) -> None:
    screen = Screen(expectation_form(Form(), READINGS, LENA, NOW))
    screen.fill(who=["U0OTTO"], what="x", **filled)
    assert errors(lambda: read_form(screen.state, READINGS, LENA)) == {"by_when": "Pick a date."}


def test_a_series_keeps_its_rule() -> None:
    origin = replace(ASK, rrule="FREQ=WEEKLY;BYDAY=FR")
    screen = form(origin, due=FRIDAY, owners=("U0OTTO",)).fill(what="log")
    assert read_form(screen.state, origin, LENA).rrule == "FREQ=WEEKLY;BYDAY=FR"
    assert "It recurs, every Friday: this is the first time." in str(screen.view)


def test_asking_again_is_filled_in_without_its_day() -> None:
    again = Form.again(asked(Status.DECLINED))
    screen = Screen(expectation_form(again, ASK, LENA, NOW))
    assert screen.state["who"]["who"]["selected_users"] == ["U0OTTO"]
    assert screen.state["what"]["what"]["value"] == "ship the billing API"
    assert screen.state["by_when"]["by_when"]["selected_date"] is None


def change(it: Any = None, me: Any = OTTO, **more: Any) -> Screen:
    """Open the form that suggests a change."""
    return Screen(change_form(it or asked(Status.ACTIVE), CHANGE, me, NOW, reads="Lena", **more))


def test_a_change_starts_from_the_terms_and_says_who_reads_it() -> None:
    screen = change()
    first = "What would make this good for both of you?"
    assert screen.labels == [first, "What", "By when", "Hour", "Why it matters"]
    assert screen.state["by_when"]["by_when"]["selected_date"] == "2026-11-27"
    assert "Lena will read this." in str(screen.view)
    assert broken_view(screen.view) == []


def test_a_change_reads_what_is_different_only() -> None:
    it = asked(Status.ACTIVE)
    read = read_change(change().fill(by_when="2026-11-30", note="tests").state, it, OTTO)
    assert (read.wording, read.due, read.note) == (None, MONDAY, "tests")
    read = read_change(change().fill(what="the first half").state, it, OTTO)
    assert read.wording == Wording(result="the first half")
    assert read.due is None


def test_an_hour_shown_in_another_zone_is_no_change() -> None:
    hour = asked(Status.ACTIVE, terms=terms(LENA, FRIDAY_FIVE))
    screen = change(hour, MAYA)
    assert screen.state["by_when"]["by_when"]["selected_date"] == "2026-11-28"
    assert screen.state["hour"]["hour"]["selected_time"] == "01:00"
    wrong = errors(lambda: read_change(screen.state, hour, MAYA))
    assert wrong == {"what": "This says what is there already: change something."}


def test_a_counter_starts_from_what_waits() -> None:
    it = asked(Status.ACTIVE, pending=suggested())
    assert change(it).state["by_when"]["by_when"]["selected_date"] == "2026-11-30"


def test_details_that_are_not_shown_stay() -> None:
    it = asked(Status.ACTIVE, terms=replace(terms(), wording=FULL))
    screen = change(it).fill(why="it is urgent")
    read = read_change(screen.state, it, OTTO)
    assert read.wording == replace(FULL, why="it is urgent")


def test_a_series_changes_its_words_here_and_its_rhythm_in_a_line() -> None:
    weekly = asked(Status.ACTIVE, terms=terms(rrule="FREQ=WEEKLY;BYDAY=FR"))
    screen = change(weekly)
    assert "By when" not in screen.labels
    assert read_change(screen.fill(what="y").state, weekly, OTTO).due is None


def test_a_remedy_needs_both() -> None:
    state = {"what": {"what": {"value": "a fix"}}, "by_when": {"by_when": {}}}
    assert errors(lambda: read_remedy(state, OTTO)) == {"by_when": "Pick a date."}
    state["by_when"] = {"by_when": {"selected_date": "2026-11-30"}}
    assert read_remedy(state, OTTO) == (Wording(result="a fix"), MONDAY)


def test_what_is_missing_may_come_with_a_day() -> None:
    note = {"note": {"note": {"value": "the docs"}}}
    assert read_return(note, LENA) == ("the docs", None)
    picked: dict[str, Any] = {"by_when": {"by_when": {"selected_date": "2026-11-30"}}}
    assert read_return(note | picked, LENA) == ("the docs", MONDAY)
    hour: dict[str, Any] = {"hour": {"hour": {"selected_time": "10:00"}}}
    assert set(errors(lambda: read_return(note | hour, LENA))) == {"by_when"}
    at = Due(datetime.combine(date(2026, 11, 30), datetime(2026, 1, 1, 10).time(), BERLIN))  # noqa: DTZ001 - a time of day
    assert read_return(note | picked | hour, LENA) == ("the docs", at)


def test_an_hour_that_comes_twice_is_offered_as_two() -> None:
    """The clocks are set back: both are at 02:30 in Berlin."""
    keys = ("2026-10-25T02:30:00+02:00|Europe/Berlin", "2026-10-25T02:30:00+01:00|Europe/Berlin")
    fields: Any = when_fields(None, LENA, NOW, readings=keys)
    texts = [option["text"]["text"] for option in fields[0]["element"]["options"]]
    day = "Sunday, 25 October, 02:30, Berlin time"
    assert texts == [f"{day} (the first)", f"{day} (the second)", "Another date"]
