"""A series as its two people see it: a tap a date, what is missing, and its end."""

from datetime import UTC, datetime

from bot.playground.finding import shown
from tests.support.stage import Stage

TUESDAY = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""10:30 in Kolkata, where Asha's list came an hour ago; 06:00 in Berlin."""


def agreed(stage: Stage) -> None:
    stage.expect("lena", "@asha to keep the log green every workday until 30 Nov")
    stage.press("asha", stage.last("asha", about="log"), "Accept")


def test_what_is_missing_is_read_by_who_is_asked_again(stage: Stage) -> None:
    agreed(stage)
    stage.advance(TUESDAY)
    stage.press("asha", stage.last("asha", about="done, or not this time?"), "Done")
    stage.advance(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    looked = stage.last("lena", about="Does it fit?")
    # Reported on Tuesday, it stands at the end of Lena's Wednesday.
    assert "closed as fitting on Wednesday, 25 November" in looked.text
    stage.press("lena", looked, "Something is missing")
    assert stage.submit("lena", {"note": "The warnings."}) == {}
    again = stage.last("asha", about="Tuesday, 24 November: done, or not this time?")
    assert "Still missing: “The warnings.”" in again.text


def test_a_date_can_be_answered_where_the_whole_is_shown(stage: Stage) -> None:
    agreed(stage)
    stage.expect("asha", "show E-1")
    assert "Not this time" not in shown(stage.slack.visible("asha", "launch")[-1])
    stage.advance(TUESDAY)
    stage.expect("asha", "show E-1")
    stage.press("asha", stage.slack.visible("asha", "launch")[-1], "Done")
    assert "Tuesday, 24 November: done." in stage.expect("asha", "show E-1")
    stage.expect("lena", "show E-1")
    assert "Something is missing" in shown(stage.slack.visible("lena", "launch")[-1])


def test_a_changed_series_is_not_called_kept(stage: Stage) -> None:
    agreed(stage)
    stage.advance(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    stage.expect("asha", "change E-1 every monday")
    suggested = stage.last("lena", about="suggests every Monday")
    # The dates that went by are no longer "next".
    assert "next on Wednesday, 25 November" in suggested.text
    stage.press("lena", suggested, "Accept")
    told = stage.last("asha", about="agreed, every Monday, next on Monday, 30 November")
    assert "kept" not in told.text


def test_nothing_can_be_pressed_once_it_came_to_its_end(stage: Stage) -> None:
    agreed(stage)
    stage.advance(datetime(2026, 12, 3, 5, 0, tzinfo=UTC))
    assert "came to its end" in stage.expect("lena", "show E-1")
    for message in stage.inbox("asha", about="log"):
        assert "Not this time" not in shown(message), message.text
