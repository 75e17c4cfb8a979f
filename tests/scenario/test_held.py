"""What had to wait for the morning can be answered in the list that carries it."""

from datetime import UTC, datetime

from bot.playground.finding import shown
from tests.support.stage import Stage

MAYAS_MORNING = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
"""Her list, at 09:30 in New York; it was 04:00 when people began to write to her."""


def test_what_was_agreed_at_night_can_be_reported_done_in_the_list(stage: Stage) -> None:
    stage.expect("maya", "I will draw the icons for @lena by thursday")
    stage.press("lena", stage.last("lena", about="icons"), "Accept")
    assert stage.inbox("maya") == []
    stage.advance(MAYAS_MORNING)
    carried = stage.last("maya", about="agreed with")
    stage.press("maya", carried, "Done")
    assert "is done" in stage.last("lena", about="icons").text
    # Used, it offers nothing any more.
    assert "Done" not in shown(stage.last("maya", about="agreed with"))


def test_who_hears_in_the_morning_that_it_was_not_kept_can_put_it_right(stage: Stage) -> None:
    stage.expect("lena", "@ren to send the draft by tuesday")
    stage.press("ren", stage.last("ren", about="draft"), "Accept")
    stage.advance(datetime(2026, 11, 26, 20, 0, tzinfo=UTC))  # past Ren's full workday; his night
    assert "not kept" in stage.expect("lena", "missed E-1")
    stage.advance(datetime(2026, 11, 27, 0, 30, tzinfo=UTC))
    told = stage.last("ren", about="not kept this time")
    stage.press("ren", told, "Offer a remedy")
    assert stage.slack.modal("ren") is not None


def test_two_notices_about_one_thing_have_one_menu(stage: Stage) -> None:
    stage.expect("maya", "@lena to book the room by friday")
    stage.press("lena", stage.last("lena", about="room"), "Accept")
    for label in ("At risk", "Need help"):
        stage.press("lena", stage.last("lena", about="agreed with"), label)
        assert stage.submit("lena", {"note": "The rooms are few."}) == {}
    stage.advance(MAYAS_MORNING)
    carried = stage.last("maya", about="asks for help")
    assert "sees a risk" in carried.text
    assert shown(carried).count("Answer") == 1
    stage.press("maya", carried, "Offer help")
    assert stage.slack.modal("maya") is not None


def test_thanks_say_where_they_will_be_read_and_can_stay_between_the_two(stage: Stage) -> None:
    stage.expect("lena", "summary here weekly fri 16:00")
    stage.expect("lena", "thanks @maya for the late review")
    stage.advance(MAYAS_MORNING)
    thanked = stage.last("maya", about="thanks you")
    assert "On Friday, 27 November the summary of #launch carries it." in thanked.text
    stage.press("maya", thanked, "Keep it between us")
    stage.expect("lena", "summary now")
    assert "late review" not in stage.slack.messages("launch")[-1].text


def test_where_no_summary_is_set_up_thanks_can_stay_between_the_two_all_the_same(
    stage: Stage,
) -> None:
    """Somebody may sum the week up by hand."""
    said = stage.expect("lena", "thanks @maya for the late review")
    assert "A summary of #launch may carry it." in said
    stage.advance(MAYAS_MORNING)
    thanked = stage.last("maya", about="thanks you")
    assert "A summary of #launch may carry it." in thanked.text
    stage.press("maya", thanked, "Keep it between us")
    assert "late review" not in stage.expect("ren", "summary preview")


def test_no_reminder_is_promised_for_after_it_has_lapsed(stage: Stage) -> None:
    """Asked on Tuesday, it would be asked again on Thursday; but it ends with its Wednesday."""
    stage.expect("lena", "@asha to send the draft by wednesday")
    stage.expect("maya", "@asha to send the fonts by friday")
    stage.expect("asha", "accept E-2")
    stage.advance(datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC))
    reminder = stage.last("asha", about="waits for your answer")
    assert "draft" in reminder.text
    assert "once more" not in reminder.text


def test_what_is_new_in_the_morning_is_asked_once_and_whole(stage: Stage) -> None:
    stage.expect("lena", "@maya to send the icon set by thursday")
    stage.advance(MAYAS_MORNING)
    asked = stage.last("maya", about="icon set")
    assert asked.text.count("icon set") == 1
    assert "asks you" in asked.text
    assert "no is a good answer too" in asked.text
    stage.press("maya", asked, "Accept")
    stage.expect("maya", "done E-1")
    assert "is done" in stage.last("lena", about="icon set").text


def test_who_is_first_met_by_a_list_is_told_who_writes(stage: Stage) -> None:
    stage.expect("lena", "@maya to send the icon set by thursday")
    stage.advance(MAYAS_MORNING)
    first = stage.last("maya", about="icon set")
    assert "Winwin keeps what people agree. I write at 09:30 on Monday to Friday." in first.text
    assert "Change days and hours" in shown(first)
    # Once is enough.
    stage.expect("lena", "@maya to send the fonts by thursday")
    assert "Winwin keeps" not in stage.last("maya", about="fonts").text
