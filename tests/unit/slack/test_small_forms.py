"""The forms of one or two inputs, each within Slack's limits and read back as it was filled in."""

# ruff: noqa: ANN401 - a view is JSON

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Expectation, Kind, Seen, Status
from bot.domain.goal import Goal, GoalStatus, Measure
from bot.domain.member import Cadence, Stoppable
from bot.domain.messages import Moment
from bot.slack.blocks.forms.answers import (
    Accepted,
    Reported,
    accept_form,
    done_form,
    later_form,
    read_accept,
    read_done,
    read_later,
    read_untold,
    why_modal,
)
from bot.slack.blocks.forms.goals import (
    GoalForm,
    goal_close_form,
    goal_form,
    goal_update_form,
    read_goal,
    read_goal_close,
    read_goal_update,
)
from bot.slack.blocks.forms.notes import note_form, read_note
from bot.slack.blocks.forms.personal import (
    Settings,
    Thanking,
    away_form,
    read_away,
    read_settings,
    read_thanks,
    settings_form,
    thanks_form,
)
from bot.slack.blocks.forms.privacy import forget_form, forgotten_modal, privacy_modal
from bot.slack.fields import block_of
from bot.slack.ids import Origin, Press, Verb
from tests.support.block_limits import broken_view
from tests.unit.slack.given import FRIDAY_FIVE, LENA, NOW, OTTO, asked, terms, view
from tests.unit.slack.screen import Screen

AGREED = asked(Status.ACTIVE)
GOAL = Goal(
    number=3,
    channel="C0",
    title="Move ten customers",
    creator="U0LENA",
    champion="U0LENA",
    day=date(2026, 12, 15),
    created_at=NOW,
    measure=Measure(start=Decimal(0), now=Decimal(7), target=Decimal(10)),
)
NOTES = (
    Verb.ASK,
    Verb.ANSWER,
    Verb.DECLINE,
    Verb.LET_GO,
    Verb.CANNOT,
    Verb.AT_RISK,
    Verb.NEED_HELP,
    Verb.OFFER_HELP,
    Verb.DIFFER,
    Verb.PERIOD_MISSING,
    Verb.DROP_FORM,
    Verb.MISSED_FORM,
    Verb.END_FORM,
)


def about(verb: Verb) -> Origin:
    """Return where a form about E-42 comes from."""
    return Origin(press=Press(verb=verb, number=42, seen=Seen(version=1)))


def opened(view: Any) -> Screen:
    """Return a view that Slack takes."""
    assert broken_view(view) == []
    return Screen(view)


def wrong(action: Any) -> set[str]:
    """Return the inputs that need another value."""
    with pytest.raises(InvalidInputError) as raised:
        action()
    return {str(key) for key in raised.value.errors}


@pytest.mark.parametrize("verb", NOTES)
def test_one_text(verb: Verb) -> None:
    view = note_form(AGREED, about(verb), OTTO, NOW, reads="Lena", asked="which one?")
    screen = opened(view).fill(note="  a line ")
    assert "Lena will read this." in str(view)
    assert "which one?" in str(view)
    assert read_note(screen.state, about(verb)) == "a line"


def test_a_line_with_a_risk_is_optional_and_a_question_is_not() -> None:
    empty = {"note": {"note": {"value": None}}}
    assert read_note(empty, about(Verb.AT_RISK)) == ""
    assert wrong(lambda: read_note(empty, about(Verb.ASK))) == {"note"}


def test_who_cannot_do_it_is_not_told_that_the_reason_is_optional() -> None:
    """It was refused without one, under a label that said it could be left out."""
    screen = opened(note_form(AGREED, about(Verb.CANNOT), OTTO, NOW, reads="Lena"))
    assert "note" not in screen.optional
    empty = {"note": {"note": {"value": None}}}
    assert wrong(lambda: read_note(empty, about(Verb.CANNOT))) == {"note"}


@pytest.mark.parametrize(
    ("it", "now", "said"),
    [
        (AGREED, NOW, "Said in time, it is closed and counts nowhere."),
        (
            AGREED,
            NOW + timedelta(days=4),
            "It is closed as not kept this time. You can offer a way to put it right.",
        ),
        (
            asked(Status.ACTIVE, kind=Kind.COMMITMENT, requester=None),
            NOW + timedelta(days=4),
            "It is closed as not kept this time. Commitments are not in the figures.",
        ),
    ],
)
def test_who_cannot_do_it_reads_first_what_becomes_of_it(
    it: Expectation, now: datetime, said: str
) -> None:
    view = note_form(it, about(Verb.CANNOT), OTTO, now, reads="Lena")
    assert said in str(view)


def test_accepting_between_us_tells_no_channel() -> None:
    told = replace(AGREED, tell_channel=True)
    screen = opened(accept_form(view(Moment.PROPOSAL, told, OTTO), about(Verb.ACCEPT_FORM)))
    assert read_accept(screen.state) == Accepted(keep_private=True, untell=True)
    screen.fill(visibility=[], tell=["tell"])
    assert read_accept(screen.state) == Accepted(keep_private=False, untell=False)
    screen.fill(tell=[])
    assert read_accept(screen.state) == Accepted(keep_private=False, untell=True)


def test_the_tick_beside_accept() -> None:
    ticked = {"tell": {"tick.tell": {"selected_options": [{"value": "tell"}]}}}
    assert not read_untold({})
    assert not read_untold(ticked)
    assert read_untold({"tell": {"tick.tell": {"selected_options": []}}})


THANK = ("Anyone to thank?", "Thank them for what?")
REMEMBER = ("Worth remembering", "Share it")


def test_done_by_default_is_now() -> None:
    screen = opened(done_form(AGREED, about(Verb.DONE), OTTO, NOW, reads="Lena"))
    assert screen.labels == ["Link", "Finished on", *THANK, *REMEMBER]
    nothing = Reported(link="", finished_on=None, thanks_to=None, thanks_for="")
    assert read_done(screen.state, OTTO, NOW) == nothing
    screen.fill(finished_on="2026-11-24", link="https://e.org", thank="U0MAYA")
    assert wrong(lambda: read_done(screen.state, OTTO, NOW)) == {"thank_for"}
    screen.fill(thank_for="the keys")
    assert read_done(screen.state, OTTO, NOW) == Reported(
        link="https://e.org",
        finished_on=Due(date(2026, 11, 24)),
        thanks_to="U0MAYA",
        thanks_for="the keys",
    )
    screen.fill(finished_on="2026-11-26")
    assert wrong(lambda: read_done(screen.state, OTTO, NOW)) == {"finished_on"}


def test_done_says_the_hour_where_the_due_has_one() -> None:
    hour = asked(Status.ACTIVE, terms=terms(LENA, FRIDAY_FIVE))
    screen = opened(done_form(hour, about(Verb.DONE), OTTO, NOW, reads="Lena"))
    assert screen.labels == ["Link", "Finished on", "At", *THANK, *REMEMBER]
    finished = read_done(screen.state, OTTO, NOW).finished_on
    assert finished is not None
    assert finished.iso() == "2026-11-25T10:00:00+01:00"
    screen.fill(finished_hour="10:01")
    assert wrong(lambda: read_done(screen.state, OTTO, NOW)) == {"finished_hour"}


def test_later() -> None:
    screen = opened(later_form(AGREED, about(Verb.LATER), OTTO, NOW))
    assert screen.options("choice") == ["In an hour", "Tomorrow", "Next week"]
    assert read_later(screen.fill(choice="next_week").state) == "next_week"


def test_what_only_tells() -> None:
    opened(why_modal(AGREED, OTTO, NOW))
    opened(privacy_modal())
    opened(forgotten_modal())
    said = str(opened(forget_form(about(Verb.FORGET_ME))).view)
    assert "cannot be undone" in said


def test_settings() -> None:
    codes = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABDEGILMNRSTZ"]
    pulse = frozenset({Stoppable.PULSE})
    me = replace(LENA, country="DE", cadence=Cadence.DAILY, stopped=pulse)
    screen = opened(settings_form(me, about(Verb.SETTINGS), codes))
    as_is = Settings(
        check_in=time(9, 30),
        workdays=frozenset(range(5)),
        quiet_from=time(19),
        quiet_until=time(8),
        cadence=Cadence.DAILY,
        country="DE",
        stopped=frozenset({Stoppable.PULSE}),
    )
    assert read_settings(screen.state, me) == as_is
    screen.fill(check_in="07:45", workdays=["0", "6"], country="none", ask_besides=["pulse"])
    changed = read_settings(screen.state, me)
    assert changed.stopped == set(Stoppable) - pulse
    assert (changed.check_in, changed.workdays, changed.country) == (
        time(7, 45),
        frozenset({0, 6}),
        None,
    )
    assert wrong(lambda: read_settings(screen.fill(workdays=[]).state, me)) == {"workdays"}


def test_away() -> None:
    screen = opened(away_form(about(Verb.AWAY))).fill(until="2026-12-07")
    assert read_away(screen.state, LENA, NOW) == date(2026, 12, 7)
    assert wrong(lambda: read_away(screen.fill(until="2026-11-25").state, LENA, NOW)) == {"until"}


def test_thanks() -> None:
    screen = opened(thanks_form(about(Verb.SAY_THANKS), "U0OTTO"))
    assert wrong(lambda: read_thanks(screen.state)) == {"note"}
    screen.fill(note="the review", visibility=["private"])
    assert read_thanks(screen.state) == Thanking(to="U0OTTO", text="the review", private=True)
    assert wrong(lambda: read_thanks(screen.fill(who=None).state)) == {"who"}


def test_a_goal() -> None:
    empty = GoalForm(title="", day=None)
    screen = opened(goal_form(empty, about(Verb.GOAL_NEW)))
    assert screen.labels[:3] == ["What", "Channel", "By when"]
    assert wrong(lambda: read_goal(screen.state)) == {"title"}
    screen.fill(title="Move ten customers", by_when="2026-12-15", target="10,5", channel="C0")
    read = read_goal(screen.state)
    assert (read.title, read.day, read.channel) == (
        "Move ten customers",
        date(2026, 12, 15),
        "C0",
    )
    assert read.measure == Measure(start=Decimal(0), now=Decimal(0), target=Decimal("10.5"))
    assert wrong(lambda: read_goal(screen.fill(target="ten").state)) == {"target"}
    assert wrong(lambda: read_goal(screen.fill(target="", now="3").state)) == {"target"}
    here = replace(about(Verb.GOAL_NEW), channel="C0")
    assert "Channel" not in opened(goal_form(empty, here)).labels


def test_a_goals_measure_and_end() -> None:
    screen = opened(goal_update_form(GOAL, about(Verb.GOAL_UPDATE)))
    assert screen.state["now"]["now"]["value"] == "7"
    assert read_goal_update(screen.fill(now="8").state) == Decimal(8)
    for value in ("", "soon", "NaN", "Infinity"):
        filled = screen.fill(now=value).state
        assert wrong(lambda state=filled: read_goal_update(state)) == {"now"}
    screen = opened(goal_close_form(GOAL, about(Verb.GOAL_CLOSE)))
    assert wrong(lambda: read_goal_close(screen.state)) == {"outcome"}
    screen.fill(outcome="met")
    assert wrong(lambda: read_goal_close(screen.state)) == {"note"}
    assert read_goal_close(screen.fill(note="well").state) == (GoalStatus.MET, "well", "")


def test_what_use_cases_name_has_its_input() -> None:
    assert block_of("when") == "by_when"
    assert block_of("who") == "who"
