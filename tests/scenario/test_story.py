"""The whole story: ask, change, accept, list, done, confirm, summary; everywhere it can run."""

from datetime import UTC, datetime, timedelta

from tests.support.stage import Stage


def test_an_expectation_from_the_first_word_to_the_summary(any_stage: Stage) -> None:
    stage = any_stage
    slack = stage.slack

    # Monday, 10:00 in Berlin. Lena asks Maya in New York, where it is 04:00: a quiet hour.
    said = stage.expect("lena", "@maya to send the icon set by thursday at 5pm")
    assert "E-1" in said
    assert "Thursday, 26 November" in said
    assert stage.inbox("maya") == []

    # Maya's list at 09:30 in New York carries it.
    stage.advance(datetime(2026, 11, 23, 14, 30, tzinfo=UTC))
    asked = stage.last("maya", about="icon set")
    assert "E-1" in asked.text

    # She suggests Friday; Lena, at her desk, reads it at once and accepts.
    asked_in_full = stage.slack.command("maya", "launch", "/expect", "change E-1 by friday at 5pm")
    assert asked_in_full.acknowledged
    stage.settle()
    suggested = stage.last("lena", about="icon set")
    assert "Friday, 27 November" in suggested.text
    stage.press("lena", suggested, "Accept")
    agreed = stage.last("maya", about="agreed")
    assert "E-1" in agreed.text

    # Wednesday: she is done. Lena looks, and it fits.
    stage.advance(datetime(2026, 11, 25, 15, 0, tzinfo=UTC))
    stage.expect("maya", "done E-1 https://example.org/icons")
    done = stage.last("lena", about="is done")
    assert "https://example.org/icons" in done.text
    stage.press("lena", done, "Yes, it fits")
    assert "kept" in stage.expect("lena", "show E-1")

    # The week is summed up on Friday at 16:00, where it was set up.
    stage.expect("lena", "summary here weekly fri 16:00")
    stage.advance(datetime(2026, 11, 27, 15, 0, 1, tzinfo=UTC))
    summary = slack.messages("launch")[-1]
    assert "1 kept" in summary.text
    assert "Set up by Lena" in summary.text


def test_what_was_missed_is_asked_about_put_right_and_repaired(any_stage: Stage) -> None:
    stage = any_stage
    stage.expect("lena", "@ren to send the draft by wednesday")
    stage.press("ren", stage.last("ren", about="draft"), "Accept")

    # Thursday's list asks what happened; nothing has been said to have gone wrong.
    stage.advance(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))
    overdue = stage.last("ren", about="What happened?")
    assert "missed" not in overdue.text.lower()
    assert "not kept" not in overdue.text.lower()

    stage.press("ren", overdue, "I cannot do it")
    assert stage.submit("ren", {"note": "The data came late."}) == {}
    # It is 02:00 where Lena is: her list carries it.
    stage.advance(datetime(2026, 11, 26, 8, 30, tzinfo=UTC))
    told = stage.last("lena", about="could not do it")
    assert "The data came late." in told.text

    stage.expect("ren", "remedy E-1 send it with the data by tuesday")
    offered = stage.last("lena", about="send it with the data")
    assert "*send the draft* (E-1): “The data came late.”" in offered.text
    stage.press("lena", offered, "Accept")
    stage.expect("ren", "done E-2")
    stage.press("lena", stage.last("lena", about="Does it fit?"), "Yes, it fits")
    assert "put right" in stage.expect("lena", "show E-1")


def test_everyone_keeps_their_own_evening(any_stage: Stage) -> None:
    """Nothing but Send now and due hours is sent in quiet hours."""
    stage = any_stage
    # 10:00 in Berlin is 18:00 in Tokyo; an hour and a half later Ren's day has ended.
    stage.advance_by(hours=1, minutes=30)
    said = stage.expect("lena", "@ren to check the numbers by friday")
    assert stage.inbox("ren") == []
    assert "Tuesday" in said  # when Ren reads it
    stage.advance(datetime(2026, 11, 24, 0, 30, tzinfo=UTC))
    assert "numbers" in stage.last("ren").text
    assert stage.clock.at - datetime(2026, 11, 24, 0, 30, tzinfo=UTC) < timedelta(minutes=1)
