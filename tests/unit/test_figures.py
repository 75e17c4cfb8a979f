"""Figures: when one may be shown, how evenly work is spread, and by which names they go."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures.floor import Window, is_enough, may_show
from bot.domain.figures.names import Figure, find
from bot.domain.figures.share import Share, fair_share, own_workdays
from bot.domain.figures.shared import Shown, whole_week_before
from tests.support.values import member


@pytest.mark.parametrize(
    ("per_owner", "enough"),
    [
        ({}, False),
        ({"ana": 1}, False),
        ({"ana": 5}, False),
        ({"ana": 3, "bob": 3}, False),  # two who only ask each other
        ({"ana": 2, "bob": 1, "cleo": 1}, False),  # four
        ({"ana": 2, "bob": 2, "cleo": 1}, True),
        ({"ana": 3, "bob": 1, "cleo": 1}, False),  # one has over half
        ({"ana": 3, "bob": 2, "cleo": 1}, True),  # exactly half
        ({"ana": 2, "bob": 2, "cleo": 1, "dan": 0}, True),
        ({"ana": 5, "bob": 0, "cleo": 0}, False),
    ],
)
def test_five_outcomes_of_three_none_with_over_half(
    per_owner: dict[str, int], *, enough: bool
) -> None:
    assert is_enough(per_owner) is enough


WEEK = timedelta(weeks=1)
PERIOD = timedelta(days=90)
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
ENOUGH = {"ana": 2, "bob": 2, "cleo": 1}
Kept = tuple[datetime, str]


def per_owner(history: Iterable[Kept], since: datetime, until: datetime) -> Counter[str]:
    return Counter(owner for at, owner in history if since <= at < until)


def counting(history: Iterable[Kept]) -> Callable[[Window], Counter[str]]:
    kept = list(history)
    return lambda of: per_owner(kept, of.since, of.until)


def crowd(at: datetime, counts: Mapping[str, int]) -> list[Kept]:
    return [(at, owner) for owner, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("came_in", "fell_out", "may"),
    [
        ({}, {}, False),  # nothing is new
        ({"ana": 1}, {}, False),  # the difference would be Ana's
        ({}, {"ana": 1}, False),
        (ENOUGH, {}, True),
        ({}, ENOUGH, True),
        (ENOUGH, {"bob": 1}, False),
        (ENOUGH, ENOUGH, True),
    ],
)
def test_the_difference_of_two_posts_stands_above_the_floor_too(
    came_in: dict[str, int], fell_out: dict[str, int], *, may: bool
) -> None:
    before = MONDAY - WEEK
    history = crowd(MONDAY - 4 * WEEK, ENOUGH) + crowd(before, came_in)
    history += crowd(before - PERIOD, fell_out)
    assert may_show(MONDAY, before, counting(history)) is may
    assert may_show(MONDAY, None, counting(history))


def test_nothing_new_is_shown_below_the_floor_or_of_a_time_that_was_shown() -> None:
    enough = counting(crowd(MONDAY - WEEK, ENOUGH))
    assert not may_show(MONDAY, None, counting(crowd(MONDAY - WEEK, {"ana": 9})))
    assert not may_show(MONDAY, MONDAY, enough)
    assert not may_show(MONDAY, MONDAY + WEEK, enough), "the clock was set back"


OWNERS = ("ana", "bob", "cleo", "dan", "eve")


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 6), st.sampled_from(OWNERS)), max_size=9),
        min_size=1,
        max_size=40,
    ),
    st.data(),
)
def test_no_two_looks_ever_differ_by_too_few(
    weeks: list[list[tuple[int, str]]], data: st.DataObject
) -> None:
    """Any history, looked at in any weeks: each pair of looks, not only neighbours."""
    begin = MONDAY
    history = [
        (begin + n * WEEK + timedelta(days=day), owner)
        for n, week in enumerate(weeks)
        for day, owner in week
    ]
    looks: list[datetime] = []
    for n in range(1, len(weeks) + 1):
        if not data.draw(st.booleans()):
            continue
        until = begin + n * WEEK
        last = looks[-1] if looks and until - looks[-1] <= PERIOD else None
        if may_show(until, last, counting(history)):
            looks.append(until)
    for one, other in combinations(looks, 2):
        if other - one > PERIOD:
            continue  # nothing of the first is in the second
        came_in = per_owner(history, one, other)
        fell_out = per_owner(history, one - PERIOD, other - PERIOD)
        for part in (came_in, fell_out, came_in + fell_out):
            assert not part or hides(part), f"{one} and {other}"
    for look in looks:
        assert hides(per_owner(history, look - PERIOD, look))


def hides(part: Counter[str]) -> bool:
    return len(part) >= 3 and 5 <= part.total() >= 2 * max(part.values())


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)))
def test_who_takes_one_person_out_never_lifts_what_is_shown_over_the_floor(
    per_owner: dict[str, int],
) -> None:
    if not is_enough(per_owner):
        return
    total = sum(per_owner.values())
    for count in per_owner.values():
        assert total - count >= count, "the rest would not hide them"


@pytest.mark.parametrize(
    ("open_work", "share"),
    [
        ({}, None),
        ({"ana": 0, "bob": 0, "cleo": 0}, None),
        ({"ana": 3, "bob": 3}, None),
        ({"ana": 1, "bob": 1, "cleo": 1}, None),  # three open ones are too few
        ({"ana": 2, "bob": 2, "cleo": 2}, Share(carried_by=3, people=3)),
        ({"ana": 4, "bob": 4, "cleo": 0}, None),  # of two: one could be subtracted
        ({"ana": 4, "bob": 4, "cleo": 1, "dan": 0}, Share(carried_by=2, people=4)),
        ({"ana": 5, "bob": 2, "cleo": 2}, None),  # over half: told to nobody but Ana
        ({"ana": 3, "bob": 2, "cleo": 2, "dan": 1}, Share(carried_by=4, people=4)),
    ],
)
def test_fair_share_of_equal_days(open_work: dict[str, int], share: Share | None) -> None:
    assert fair_share(open_work, dict.fromkeys(open_work, 8)) == share


def test_part_time_counts_by_own_days_and_who_has_none_is_left_out() -> None:
    open_work = {"ana": 4, "bob": 2, "cleo": 4, "dan": 9}
    workdays = {"ana": 8, "bob": 4, "cleo": 8, "dan": 0}
    assert fair_share(open_work, workdays) == Share(carried_by=3, people=3)
    assert fair_share(open_work, {"ana": 8, "bob": 4}) is None
    half_time = {"ana": 3, "bob": 3, "cleo": 3}  # as many each: it is Bob's days that are fewer
    days = {"ana": 8, "bob": 2, "cleo": 8}
    assert fair_share(half_time, days) is None, "Bob carries over half of it by his days"


def test_exactly_half_is_not_over_half_whatever_the_days_are() -> None:
    """Sixths and sevenths do not add up in binary fractions."""
    open_work = {"ana": 3, "bob": 1, "cleo": 2}
    assert fair_share(open_work, dict.fromkeys(open_work, 7)) == Share(carried_by=3, people=3)
    open_work = {"ana": 6, "bob": 1, "cleo": 5}
    for days in range(1, 11):
        assert fair_share(open_work, dict.fromkeys(open_work, days)) is not None, days


def test_own_workdays_of_the_next_ten_days() -> None:
    wednesday = date(2026, 11, 25)
    assert own_workdays(member("UANA"), wednesday) == 8
    assert own_workdays(member("UANA", workdays=frozenset({0, 1})), wednesday) == 2
    away = member("UANA", away_from=date(2026, 11, 20), away_until=date(2026, 12, 3))
    assert own_workdays(away, wednesday) == 2
    away = member("UANA", away_from=date(2026, 11, 20), away_until=date(2027, 1, 3))
    assert own_workdays(away, wednesday) == 0


@pytest.mark.parametrize(
    ("at", "ended"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
        (datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)),
    ],
)
def test_figures_end_with_the_last_whole_week(at: datetime, ended: datetime) -> None:
    assert whole_week_before(at) == ended


def test_a_period_says_its_first_and_last_day() -> None:
    shown = Shown(until=datetime(2026, 11, 30, tzinfo=UTC), counts={})
    assert (shown.first, shown.last) == (date(2026, 9, 1), date(2026, 11, 29))
    tokyo = Shown(
        until=datetime(2026, 11, 29, 20, tzinfo=UTC), counts={}, zone=ZoneInfo("Asia/Tokyo")
    )
    assert (tokyo.first, tokyo.last) == (date(2026, 9, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("KEPT", Figure.KEPT),
        ("kept?", Figure.KEPT),
        ("fair-share", Figure.FAIR_SHARE),
        ("Fair  Share", Figure.FAIR_SHARE),
        ("remindres", Figure.REMINDERS),
        ("both_gain", Figure.BOTH_GAIN),
        ("changed in time", Figure.CHANGED),
        ("mine", Figure.MINE),
        ("OWN KEPT", Figure.MINE),
        ("Give-and-take", Figure.GIVE_AND_TAKE),
        ("give and tke", Figure.GIVE_AND_TAKE),
        ("pulse of spring", None),
        ("", None),
        ("is the sky blue", None),
    ],
)
def test_names_as_people_type_them(typed: str, figure: Figure | None) -> None:
    assert find(typed) is figure
