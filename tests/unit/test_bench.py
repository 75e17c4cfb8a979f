"""The figures of `make bench`: names, order and goals as the project promises to report them."""

import pytest

from bench.goals import GOALS
from bench.measuring import Measured, medians
from bench.report import as_json, in_order

NAMES = [
    "create_in_process",
    "create_over_http",
    "slowest_over_http",
    "drain_vs_apscheduler",
    "drain_vs_procrastinate",
    "claim_and_record",
    "send_in_flight",
    "create_at_million",
    "list_at_million",
    "home_at_million",
    "tick_at_million",
    "summary_over_100000",
    "start_to_ready",
    "idle_memory",
]


def test_every_ratio_has_its_goal() -> None:
    assert [goal.name for goal in GOALS] == NAMES


def test_a_report_is_in_the_order_of_the_goals() -> None:
    found = [
        Measured(name="idle_memory", database="sqlite", ours=1.0, theirs=1.0),
        Measured(name="create_over_http", database="postgres", ours=1.0, theirs=1.0),
        Measured(name="create_over_http", database="sqlite", ours=1.0, theirs=1.0),
    ]
    ordered = [(one.name, one.database) for one in in_order(found)]
    assert ordered == [
        ("create_over_http", "sqlite"),
        ("create_over_http", "postgres"),
        ("idle_memory", "sqlite"),
    ]


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "ok"),
    [
        ("create_over_http", 40.0, 100.0, True),  # a rate: at least 0.40
        ("create_over_http", 39.0, 100.0, False),
        ("create_in_process", 1.3, 1.0, True),  # a time: at most 1.3
        ("create_in_process", 1.31, 1.0, False),
    ],
)
def test_a_goal_holds_or_is_missed(name: str, ours: float, theirs: float, *, ok: bool) -> None:
    row = as_json(Measured(name=name, database="sqlite", ours=ours, theirs=theirs))
    assert row["ok"] is ok
    assert list(row) == ["name", "database", "ours", "theirs", "ratio", "goal", "ok"]


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    turns: list[str] = []
    figures = iter([9.0, 9.0, 1.0, 4.0, 3.0, 6.0, 2.0, 5.0])

    def side(name: str) -> float:
        turns.append(name)
        return next(figures)

    assert medians([lambda: side("a"), lambda: side("b")], 3) == [2.0, 5.0]
    assert turns == ["a", "b"] * 4
