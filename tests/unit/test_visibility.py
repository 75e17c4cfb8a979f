"""Who may see what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Outcome,
    Status,
    Visibility,
)
from bot.domain.goal import Goal
from bot.domain.visibility import View, may_see, seen_events
from tests.unit.schedule.given import agreed

ANA, BOB, CAT = "U01ANA", "U02BOB", "U03CAT"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize("typed_in", [None, "C01", "C02", "D01"])
@pytest.mark.parametrize("status", list(Status))
def test_the_parties_see_all_anywhere(typed_in: str | None, status: Status) -> None:
    for visibility in Visibility:
        item = agreed(status=status, visibility=visibility)
        assert may_see(ANA, item, typed_in) is View.FULL
        assert may_see(BOB, item, typed_in) is View.FULL


@pytest.mark.parametrize(
    ("status", "outcome", "view"),
    [
        (Status.PROPOSED, None, View.NONE),
        (Status.ACTIVE, None, View.AGREED_ONLY),
        (Status.DONE, None, View.AGREED_ONLY),
        (Status.MET, Outcome.KEPT, View.AGREED_ONLY),
        (Status.MET, Outcome.KEPT_CHANGED, View.AGREED_ONLY),
        (Status.MET, Outcome.LATE, View.NONE),
        (Status.MISSED, Outcome.MISSED, View.NONE),
        (Status.MISSED, Outcome.REPAIRED, View.NONE),
        (Status.MISSED, Outcome.FORGIVEN, View.NONE),
        (Status.DECLINED, None, View.NONE),
        (Status.WITHDRAWN, None, View.NONE),
        (Status.LAPSED, None, View.NONE),
        (Status.RELEASED, None, View.NONE),
        (Status.HANDED_BACK, None, View.NONE),
        (Status.UNSETTLED, None, View.NONE),
    ],
)
def test_others_see_in_its_channel_what_was_agreed(
    status: Status, outcome: Outcome | None, view: View
) -> None:
    item = agreed(status=status, outcome=outcome)
    assert may_see(CAT, item, "C01") is view


@pytest.mark.parametrize("typed_in", [None, "C02", "D01"])
def test_others_see_nothing_elsewhere(typed_in: str | None) -> None:
    assert may_see(CAT, agreed(), typed_in) is View.NONE


def test_others_see_nothing_private_nor_what_has_no_channel() -> None:
    assert may_see(CAT, agreed(visibility=Visibility.PRIVATE), "C01") is View.NONE
    assert may_see(CAT, agreed(channel=None), None) is View.NONE


GOAL = Goal(
    number=3,
    channel="C01",
    title="Move ten customers",
    creator=ANA,
    champion=BOB,
    day=date(2026, 12, 15),
    created_at=NOW,
)


def test_a_goal_is_its_channels() -> None:
    assert may_see(CAT, GOAL, "C01") is View.FULL
    assert may_see(CAT, GOAL, "C02") is View.NONE
    assert may_see(CAT, GOAL, None) is View.NONE
    assert may_see(BOB, GOAL, None) is View.FULL
    assert may_see(CAT, GOAL, None, {CAT}) is View.FULL
    private = replace(GOAL, visibility="private")
    assert may_see(CAT, private, "C01") is View.NONE
    assert may_see(ANA, private, "C01") is View.FULL


def test_on_track_and_ask_me_later_stay_with_who_said_them() -> None:
    verbs: tuple[Action | CheckIn, ...] = (
        Action.ACCEPT,
        CheckIn.ON_TRACK,
        CheckIn.LATER,
        CheckIn.AT_RISK,
        CheckIn.NEED_HELP,
    )
    events = [
        Event(number=42, seq=n, at=NOW, actor=BOB, verb=verb) for n, verb in enumerate(verbs, 1)
    ]
    item = agreed()
    assert [one.verb for one in seen_events(BOB, item, events)] == list(verbs)
    assert [one.verb for one in seen_events(ANA, item, events)] == [
        Action.ACCEPT,
        CheckIn.AT_RISK,
        CheckIn.NEED_HELP,
    ]


def test_help_that_somebody_else_offers_is_the_owners_alone() -> None:
    item = agreed()
    assert (item.requester, item.owner) == (ANA, BOB)
    offers = [
        Event(number=42, seq=n, at=NOW, actor=actor, verb=CheckIn.OFFER_HELP)
        for n, actor in enumerate((ANA, CAT), 1)
    ]
    assert [one.actor for one in seen_events(BOB, item, offers)] == [ANA, CAT]
    assert [one.actor for one in seen_events(ANA, item, offers)] == [ANA]
