"""Figures over HTTP: asked for by name, questioned, and completed by those who are counted."""

import re
from datetime import timedelta

from bot.playground import Message
from tests.support.stage import Stage

CROWD = ("ren", "maya", "asha")
TOO_FEW = "Not enough to say: five answers from three people are needed"


def agree(stage: Stage, owner: str, what: str) -> str:
    """Let Lena ask and somebody accept; return the id."""
    said = stage.expect("lena", f"@{owner} to {what} by friday")
    found = re.search(r"E-[0-9]+", said)
    assert found is not None, said
    stage.expect(owner, f"accept {found[0]}")
    return found[0]


def finish(stage: Stage, owner: str, what: str) -> None:
    """Let somebody keep what Lena asks."""
    id_ = agree(stage, owner, what)
    stage.expect(owner, f"done {id_}")
    stage.expect("lena", f"confirm {id_}")


def newest(stage: Stage, user: str, where: str = "launch") -> Message:
    return stage.slack.visible(user, where)[-1]


def test_a_figure_says_too_few_until_nobody_can_be_picked_out(stage: Stage) -> None:
    assert TOO_FEW in stage.expect("lena", "why kept")
    for n, owner in enumerate((*CROWD, "ren", "maya")):
        finish(stage, owner, f"do part {n}")
    assert TOO_FEW in stage.expect("lena", "why KEPT"), "this week is not whole yet"
    stage.advance(stage.clock.at + timedelta(weeks=1))
    said = stage.expect("asha", "why Kept")
    assert "Kept, 1 September to 29 November: 5." in said
    assert "It cannot see how hard it was." in said
    stage.press("asha", newest(stage, "asha"), "Show what counted")
    rows = newest(stage, "asha").text
    assert [f"do part {n}" in rows for n in range(5)] == [True] * 5
    assert "Reminders, 1 September to 29 November: 0 for 5 kept promises." in stage.expect(
        "asha", "why reminders"
    )
    assert TOO_FEW in stage.expect("asha", "why both-gain"), "nobody has named both"


def test_ones_own_figure_is_for_oneself_anywhere(stage: Stage) -> None:
    finish(stage, "ren", "send the draft")
    said = stage.expect("ren", "why mine", where="@winwin")
    assert said.startswith("Kept by you, 25 August to 23 November: 1.")
    assert "Only you see this." in said
    stage.press("ren", newest(stage, "ren", "@winwin"), "Show what counted")
    assert "send the draft" in newest(stage, "ren", "@winwin").text
    assert "23 November: 0." in stage.expect("lena", "why mine")
    assert "1 by you for others, 0 by others for you" in stage.expect("ren", "why give and take")
    assert "0 by you for others, 1 by others for you" in stage.expect("lena", "why give-and-take")


def test_a_name_that_is_none_lists_them_and_a_channels_needs_its_channel(stage: Stage) -> None:
    assert "`why fair share`" in stage.expect("lena", "why")
    assert "I did not understand" in stage.expect("lena", "why is the sky so blue")
    assert "Type it in the channel that you mean." in stage.expect(
        "lena", "why kept", where="@winwin"
    )
    assert "Type it in the channel that you mean." in stage.expect(
        "lena", "balance", where="@winwin"
    )


def test_the_balance_has_room_for_what_the_numbers_miss(stage: Stage) -> None:
    assert TOO_FEW in stage.expect("ren", "balance")
    for owner in CROWD * 2:
        agree(stage, owner, "carry a part")
    said = stage.expect("ren", "balance")
    assert "3 of 3 carry the open work, each by their own days. Numbers only, not weight." in said
    assert "Yours: 2 open, 8 workdays; only you see this." in said
    stage.press("ren", newest(stage, "ren"), "Add what they miss")
    assert stage.submit("ren", {"What the numbers miss": ""}) != {}
    assert stage.submit("ren", {"What the numbers miss": "I also do on-call & repairs"}) == {}
    line = "“I also do on-call &amp; repairs”"
    assert line in newest(stage, "ren").text
    assert newest(stage, "ren").text.startswith("*#launch, balance*")  # a form knows no name
    seen = stage.expect("maya", "balance")
    assert f"<@U02REN>: {line}" in seen
    buttons = [one["text"]["text"] for one in newest(stage, "maya").blocks[-1]["elements"]]
    assert buttons == ["How is this counted?", "Add what they miss"]
    stage.expect("lena", "balance")  # who only asks is not counted
    buttons = [one["text"]["text"] for one in newest(stage, "lena").blocks[-1]["elements"]]
    assert buttons == ["How is this counted?"]
    stage.expect("ren", "balance")
    stage.press("ren", newest(stage, "ren"), "Take mine back")
    assert line not in stage.expect("maya", "balance")


def test_of_changes_and_gains_one_sees_ones_own_rows(stage: Stage) -> None:
    """Others see of an item neither a change nor a gain; the count tells of none in particular."""
    for n, owner in enumerate((*CROWD, "ren", "maya")):
        id_ = agree(stage, owner, f"do part {n}")
        stage.expect(owner, f"change {id_} by 1 december")
        stage.expect("lena", f"accept {id_}")
        stage.expect(owner, f"done {id_}")
        stage.expect("lena", f"confirm {id_}")
    stage.advance(stage.clock.at + timedelta(weeks=1))
    for asker, parts in (("lena", range(5)), ("asha", (2,)), ("ren", (0, 3))):
        said = stage.expect(asker, "why changed")
        assert "Changed in time, 1 September to 29 November: 5." in said
        stage.press(asker, newest(stage, asker), "Show what counted")
        rows = newest(stage, asker).text
        assert [f"do part {n}" in rows for n in range(5)] == [n in parts for n in range(5)], asker


def test_rows_come_ten_a_page(stage: Stage) -> None:
    for n in range(12):
        finish(stage, CROWD[n % 3], f"do part {n:02}")
    stage.advance(stage.clock.at + timedelta(weeks=1))
    stage.expect("asha", "why kept")
    stage.press("asha", newest(stage, "asha"), "Show what counted")
    assert newest(stage, "asha").text.count("do part") == 10
    stage.press("asha", newest(stage, "asha"), "Next 10")
    assert newest(stage, "asha").text.count("do part") == 2


def test_who_is_away_is_left_out_and_told_so_alone(stage: Stage) -> None:
    for owner in CROWD * 2:
        agree(stage, owner, "carry a part")
    stage.expect("ren", "away until 20 December")
    assert "Yours: 2 open, 0 workdays, so you are left out;" in stage.expect("ren", "balance")
    said = stage.expect("maya", "balance")
    assert TOO_FEW in said, "four of two are left"
    assert "left out;" not in said
