"""Between two people: with @who over HTTP, and answers that show once both share."""

from datetime import timedelta

import pytest

from bot.playground import Message
from bot.playground.finding import shown
from tests.scenario.test_figures import finish, newest
from tests.support.stage import Stage


def with_(stage: Stage, user: str, other: str, where: str = "launch") -> str:
    return stage.expect(user, f"with @{other}", where)


def test_two_people_see_what_lies_between_them(stage: Stage) -> None:
    assert "Nothing lies between you and <@U02REN> yet." in with_(stage, "lena", "ren")
    finish(stage, "ren", "draw the icons")
    stage.expect("lena", "@ren to send the draft by friday")
    stage.expect("ren", "accept E-2")
    stage.expect("ren", "I will read the plan for @lena by every friday")
    stage.expect("lena", "thanks @ren for the late review")
    said = with_(stage, "lena", "ren")
    assert said.startswith("*Between you and <@U02REN>*, seen by the two of you only.")
    assert "*<@U02REN> does for you*\n*send the draft* (E-2), by Friday, 27 November" in said
    assert "Finished in the last 90 days: 0 by you, 1 by <@U02REN>.\nNumbers only" in said
    assert "You, Monday, 23 November: “the late review”" in said
    turned = with_(stage, "ren", "lena", "@winwin")
    assert "*You do for <@U01LENA>*\n*send the draft* (E-2)" in turned
    assert "1 by you, 0 by <@U01LENA>" in turned


def test_nobody_else_in_the_channel_sees_it(stage: Stage) -> None:
    finish(stage, "ren", "draw the icons")
    before = len(stage.slack.visible("asha", "launch"))
    with_(stage, "lena", "ren")
    stage.slack.say("lena", "launch", "@winwin with @ren")
    stage.settle()
    theirs = stage.slack.visible("asha", "launch")[before:]
    assert not any("Between you" in message.text for message in theirs)
    assert "Between you" in newest(stage, "lena").text


def test_what_the_other_keeps_to_themselves_is_not_in_it(stage: Stage) -> None:
    stage.expect("lena", "@asha to send the draft by friday")
    card = stage.last("asha", about="draft")
    stage.press("asha", card, "Accept")
    stage.advance_by(minutes=1)
    before = with_(stage, "lena", "asha")
    stage.press("asha", stage.last("asha", about="agreed with"), "Ask me later")
    assert stage.submit("asha", {"choice": "1h"}) == {}
    assert with_(stage, "lena", "asha") == before


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("lena", "That is yourself: choose somebody else."),
        ("winwin", "is an app: nothing lies between an app and you."),
    ],
)
def test_oneself_and_apps_get_clear_answers(stage: Stage, who: str, said: str) -> None:
    assert said in with_(stage, "lena", who)


def test_with_alone_asks_with_whom(stage: Stage) -> None:
    finish(stage, "ren", "draw the icons")
    stage.expect("lena", "with")
    assert stage.submit("lena", {"With whom": "ren"}) == {}
    assert "Between you and <@U02REN>" in newest(stage, "lena").text
    stage.slack.say("lena", "@winwin", "with")
    stage.settle()
    stage.press("lena", newest(stage, "lena", "@winwin"), "Choose a person")
    assert stage.submit("lena", {"With whom": "lena"}) == {
        "who": "That is yourself: choose somebody else."
    }


def test_its_buttons_begin_with_the_other(stage: Stage) -> None:
    with_(stage, "lena", "ren")
    for label, field in (
        ("Ask for something", "who"),
        ("Offer something", "for_whom"),
        ("Say thanks", "who"),
    ):
        stage.press("lena", newest(stage, "lena"), label)
        view = stage.slack.modal("lena")
        assert view is not None
        assert "U02REN" in str(view.values[field][field]), label
        stage.slack.close_modal("lena")


def list_of(stage: Stage, user: str, about: str) -> Message:
    """Go on to somebody's next list that has these words."""
    for _ in range(4):
        found = stage.inbox(user, about=about)
        if found:
            return found[-1]
        stage.advance(stage.clock.at + timedelta(days=1))
    raise AssertionError([message.text for message in stage.inbox(user)])


def both_asked(stage: Stage) -> None:
    """Let two finish something and have something else open, so that each gets a list."""
    finish(stage, "asha", "draw the icons")
    stage.expect("lena", "@asha to send the draft by thursday")
    stage.expect("asha", "accept E-2")
    stage.expect("asha", "@lena to book the room by thursday")
    stage.expect("lena", "accept E-3")


QUESTION = "was it worth it for you, from 1 (no) to 5 (very)?"


def test_worth_it_is_shown_where_both_share(any_stage: Stage) -> None:
    stage = any_stage
    both_asked(stage)
    asked = list_of(stage, "lena", QUESTION)
    assert "Only you see this, unless you both share." in asked.text
    stage.press("lena", asked, "4")
    mine = stage.last("lena", about="*draw the icons* (E-1), with")
    assert "you said 4. Only you see that." in mine.text
    assert "Stop asking" not in shown(mine)
    stage.press("lena", mine, "Share it, if both do")
    assert "until then only you know" in stage.last("lena", about="(E-1), with").text

    theirs = list_of(stage, "asha", QUESTION)
    assert "4" not in with_(stage, "asha", "lena").partition("*Was it worth it?*")[2]
    stage.press("asha", theirs, "2")
    told = stage.last("asha", about="(E-1), with")
    assert "you said 2. Only you see that." in told.text
    assert "said 4" not in told.text
    stage.press("asha", told, "Share it, if both do")
    stage.advance_by(minutes=1)
    assert "you said 2, <@U01LENA> said 4." in stage.last("asha", about="(E-1), with").text
    assert "you said 4, <@U04ASHA> said 2." in stage.last("lena", about="(E-1), with").text
    assert "you said 4, <@U04ASHA> said 2." in with_(stage, "lena", "asha")


def test_sharing_is_taken_back_and_the_question_stopped(stage: Stage) -> None:
    both_asked(stage)
    stage.press("lena", list_of(stage, "lena", QUESTION), "5")
    with_(stage, "lena", "asha")
    stage.press("lena", newest(stage, "lena"), "Share it, if both do")
    assert "It shows once <@U04ASHA> shares as well" in newest(stage, "lena").text
    stage.press("lena", newest(stage, "lena"), "Keep it to myself")
    assert "Only you see that." in newest(stage, "lena").text
    theirs = list_of(stage, "asha", QUESTION)
    stage.press("asha", theirs, "Stop asking")
    assert "I do not ask that any more." in newest(stage, "asha", "@winwin").text


def test_fairness_comes_after_three_and_is_shown_where_both_share(stage: Stage) -> None:
    for what in ("draw the icons", "write the plan"):
        finish(stage, "asha", what)
    both_asked_again(stage)
    asked = list_of(stage, "lena", "does the give and take feel fair?")
    stage.press("lena", asked, "Not lately")
    stage.press("lena", stage.last("lena", about="Give and take with"), "Share it, if both do")
    theirs = list_of(stage, "asha", "does the give and take feel fair?")
    assert "not lately" not in with_(stage, "asha", "lena")
    stage.press("asha", theirs, "Mostly")
    stage.press("asha", stage.last("asha", about="Give and take with"), "Share it, if both do")
    assert "you said mostly, <@U01LENA> said not lately." in with_(stage, "asha", "lena")


def both_asked_again(stage: Stage) -> None:
    finish(stage, "asha", "call the client")
    stage.expect("lena", "@asha to send the draft by thursday")
    stage.expect("asha", "accept E-4")
    stage.expect("asha", "@lena to book the room by thursday")
    stage.expect("lena", "accept E-5")


TICK = {"Share it": ["share"]}


def test_what_was_learnt_reaches_the_summary_once_both_share_it(any_stage: Stage) -> None:
    stage = any_stage
    stage.expect("lena", "@asha to draw the icons by friday")
    stage.expect("asha", "accept E-1")
    stage.expect("asha", "show E-1")
    stage.press("asha", newest(stage, "asha"), "Done, with a link or day")
    line = "Agree the test data before the date."
    assert stage.submit("asha", {"Worth remembering": line, **TICK}) == {}
    done = stage.last("lena", about="is done")
    assert f"Worth remembering. <@U04ASHA>: “{line}” <@U04ASHA> would share it" in done.text
    stage.press("lena", done, "Yes, it fits")
    assert line not in stage.expect("lena", "summary preview")
    kept = stage.last("lena", about="You say it fits")
    assert {"Say thanks", "Worth remembering", "Share it too"} <= set(shown(kept))
    stage.press("lena", kept, "Share it too")
    stage.advance_by(minutes=1)
    assert "The channel's summary carries it." in stage.last("lena", about="You say it fits").text
    assert "Share it too" not in shown(stage.last("lena", about="You say it fits"))
    assert f"“{line}”" in stage.expect("ren", "summary preview")


def test_who_confirms_may_write_a_line_which_stays_between_the_two(stage: Stage) -> None:
    finish(stage, "asha", "draw the icons")
    stage.press("lena", stage.last("lena", about="You say it fits"), "Worth remembering")
    assert stage.submit("lena", {"Worth remembering": "Ask sooner."}) == {}
    stage.advance_by(minutes=1)
    assert (
        "You: “Ask sooner.” Between the two of you."
        in stage.last("lena", about="You say it fits").text
    )
    card = stage.last("asha", about="<@U01LENA> says it fits")
    assert "<@U01LENA>: “Ask sooner.”" in card.text
    assert "Share it too" not in shown(card)
    assert "“Ask sooner.”" not in stage.expect("lena", "summary preview")
    assert "<@U01LENA>: “Ask sooner.” Between the two of you. (E-1)" in with_(stage, "asha", "lena")
    stage.press("asha", newest(stage, "asha"), "Share it")
    assert "once <@U01LENA> shares it too" in newest(stage, "asha").text
    stage.press("asha", newest(stage, "asha"), "Keep it between us")
    assert "Between the two of you." in newest(stage, "asha").text


def test_what_a_miss_taught_is_written_with_the_remedy(stage: Stage) -> None:
    stage.expect("lena", "@asha to send the draft by tuesday")
    stage.expect("asha", "accept E-1")
    stage.advance_by(days=2)
    stage.expect("asha", "cannot E-1 I was ill")
    stage.expect("asha", "remedy E-1")
    values: dict[str, object] = {
        "What": "send two",
        "By when": "2026-11-27",
        "Worth remembering": "Say it a day before.",
        **TICK,
    }
    assert stage.submit("asha", values) == {}
    remedy = stage.last("lena", about="send two")
    assert "Worth remembering. <@U04ASHA>: “Say it a day before.”" in remedy.text
    stage.press("lena", remedy, "Share it too")
    assert "“Say it a day before.”" in stage.expect("ren", "summary preview")
    assert "not kept" not in stage.expect("ren", "summary preview")


def test_thanks_from_what_lies_between_two_stay_there(stage: Stage) -> None:
    stage.expect("lena", "@asha to ship it by friday")
    stage.expect("lena", "with @asha")
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Say thanks")
    assert stage.submit("lena", {"For what": "the quiet word"}) == {}
    assert "quiet word" not in stage.expect("ren", "summary preview")
    stage.expect("lena", "thanks @asha for the loud word")
    assert "loud word" in stage.expect("ren", "summary preview")
