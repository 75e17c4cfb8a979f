"""A database as a team leaves it: every kind of row, written by the bot itself."""

from datetime import UTC, datetime

from tests.support.stage import Stage, staged

USED_UNTIL = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def use(database_url: str) -> None:
    """Let people ask, change, finish, miss, repair, repeat, thank and sum up."""
    with staged(database_url) as stage:
        _set_a_goal(stage)
        stage.expect("lena", "@maya to send the icon set by thursday at 5pm")  # E-1
        stage.expect("maya", "accept E-1")
        stage.expect("maya", "change E-1 by friday at 5pm")  # waits until it lapses
        stage.expect("lena", "@ren @maya to read the brief by friday")  # E-2, E-3
        stage.expect("ren", "accept E-2")
        stage.expect("ren", "done E-2 https://example.org/brief")
        stage.expect("lena", "@ren to send the draft by tuesday")  # E-4
        stage.expect("ren", "accept E-4")
        stage.expect("lena", "@ren to report every monday at 9am")  # E-5
        stage.expect("ren", "accept E-5")
        stage.expect("lena", "I will draft the plan by wednesday")  # E-6
        stage.expect("lena", "done E-6")
        stage.expect("lena", "thanks @maya for the late review")
        stage.expect("lena", "summary here weekly fri 16:00")
        stage.advance(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))
        _miss_and_repair(stage)
        assert stage.slack.open_home("lena").acknowledged
        stage.advance(USED_UNTIL)
        stage.expect("ren", "change E-7 by friday")


def _set_a_goal(stage: Stage) -> None:
    stage.expect("lena", "we will move ten customers by 15 december")  # G-1
    stage.press("lena", stage.slack.visible("lena", "launch")[-1], "Change")
    assert stage.submit("lena", {"Number to reach": "10", "Number now": "2"}) == {}
    stage.expect("lena", "goal update G-1 7")


def _miss_and_repair(stage: Stage) -> None:
    stage.press("ren", stage.last("ren", about="What happened?"), "I cannot do it")
    assert stage.submit("ren", {"note": "The data came late."}) == {}
    stage.expect("ren", "remedy E-4 send it with the data by tuesday")  # E-7
    stage.expect("lena", "accept E-7")
