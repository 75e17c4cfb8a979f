"""Settings, absences, first meetings, and what Slack says has changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import InvalidInputError
from bot.domain.member import Cadence
from bot.domain.messages import MessageKind
from bot.services.configure import Preferences
from tests.integration.services.house import ANA, BOB, KEN, LENA, House, day, profile

USUAL = Preferences(
    check_in=time(9, 30),
    workdays=frozenset(range(5)),
    quiet_from=time(19),
    quiet_until=time(8),
)


def test_who_is_met_first_has_the_usual_settings(house: House) -> None:
    me = house.configure.current(house.workspace, BOB)
    assert (me.zone, me.check_in) == (ZoneInfo("America/New_York"), time(9, 30))
    assert me.next_list_at == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert me.welcomed_at is None


def test_settings_move_the_next_list(house: House) -> None:
    me = house.configure.save(
        house.actor(LENA),
        replace(USUAL, check_in=time(14), workdays=frozenset({1, 3}), cadence=Cadence.WEEKLY),
    )
    assert me.cadence is Cadence.WEEKLY
    assert me.next_list_at == datetime(2026, 11, 24, 13, tzinfo=UTC)  # Tuesday, 14:00
    assert house.member(LENA) == me


def test_public_holidays_are_days_off_once_chosen(house: House) -> None:
    me = house.configure.save(house.actor(KEN), replace(USUAL, country="JP"))
    assert date(2026, 11, 23) in me.holidays  # Labour Thanksgiving Day
    assert house.member(KEN).next_list_at == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert house.configure.save(house.actor(KEN), USUAL).holidays == frozenset()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(USUAL, check_in=time(7)), "check_in"),
        (replace(USUAL, workdays=frozenset()), "workdays"),
        (replace(USUAL, country="XX"), "country"),
    ],
)
def test_settings_that_make_no_sense_are_named_by_field(
    house: House, wrong: Preferences, field: str
) -> None:
    before = house.configure.current(house.workspace, LENA)
    with pytest.raises(InvalidInputError) as refused:
        house.configure.save(house.actor(LENA), wrong)
    assert set(refused.value.errors) == {field}
    assert house.member(LENA) == before


def test_workdays_move_the_clock_of_what_waits(house: House) -> None:
    house.ask(LENA, ANA, due=day(27))
    before = house.stored(1).next_clock_at
    house.configure.save(house.actor(ANA), replace(USUAL, workdays=frozenset({0})))
    after = house.stored(1).next_clock_at
    assert before is not None
    assert after is not None
    assert after > before


def test_away_counts_from_today_until_the_day_of_return(house: House) -> None:
    me = house.configure.away(house.actor(LENA), date(2026, 12, 1))
    assert (me.away_from, me.away_until) == (date(2026, 11, 23), date(2026, 12, 1))
    assert me.next_list_at == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    back = house.configure.back(house.actor(LENA))
    assert (back.away_from, back.away_until) == (None, None)
    assert back.next_list_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2026, 11, 1), date(2028, 1, 1)])
def test_away_until_needs_a_day_to_come_within_a_year(house: House, until: date) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.configure.away(house.actor(LENA), until)
    assert set(refused.value.errors) == {"until"}


def test_a_second_delivery_is_no_second_absence(house: House) -> None:
    actor = house.actor(LENA, key="a1")
    house.configure.away(actor, date(2026, 12, 1))
    house.configure.back(house.actor(LENA))
    assert house.configure.away(actor, date(2026, 12, 1)).away_until is None


def test_a_moved_zone_moves_the_due_and_the_lists(house: House) -> None:
    house.agree(LENA, ANA, due=day(27))
    assert house.stored(1).due_at == datetime(2026, 11, 27, 23, tzinfo=UTC)
    house.configure.user_changed(house.workspace, profile(ANA, "America/New_York"), "e:1")
    assert house.stored(1).due_at == datetime(2026, 11, 28, 5, tzinfo=UTC)
    assert house.member(ANA).next_list_at == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


def test_settings_outlive_what_slack_says(house: House) -> None:
    house.configure.save(house.actor(ANA), replace(USUAL, check_in=time(11)))
    house.configure.away(house.actor(ANA), date(2026, 12, 1))
    house.configure.user_changed(house.workspace, replace(profile(ANA), name="Ana B"), "e:2")
    me = house.member(ANA)
    assert (me.name, me.check_in, me.away_until) == ("Ana B", time(11), date(2026, 12, 1))


def test_who_left_gets_no_list_and_the_clock_looks_at_what_they_leave(house: House) -> None:
    house.agree(LENA, ANA)
    house.configure.user_changed(house.workspace, replace(profile(ANA), active=False), "e:3")
    assert house.member(ANA).next_list_at is None
    clock = house.stored(1).next_clock_at
    assert clock is not None
    assert clock <= house.now


def test_an_unknown_zone_keeps_the_one_before(house: House) -> None:
    house.configure.current(house.workspace, ANA)
    house.configure.user_changed(house.workspace, profile(ANA, "Mars/Olympus"), "e:4")
    assert house.member(ANA).zone == ZoneInfo("Europe/Berlin")


def test_what_was_said_of_somebody_before_changes_nothing_when_it_comes_again(
    house: House,
) -> None:
    house.configure.current(house.workspace, ANA)
    tokyo, new_york = profile(ANA, "Asia/Tokyo"), profile(ANA, "America/New_York")
    house.configure.user_changed(house.workspace, tokyo, "e:1")
    house.configure.user_changed(house.workspace, new_york, "e:2")
    house.configure.user_changed(house.workspace, tokyo, "e:1")
    assert house.member(ANA).zone == ZoneInfo("America/New_York")


def test_strangers_to_the_store_are_not_taken_in(house: House) -> None:
    house.configure.user_changed(house.workspace, profile("U77NEW"), "e:5")
    with house.reading() as uow:
        assert uow.members.get("U77NEW") is None


def test_only_the_first_installer_is_written_to(house: House) -> None:
    house.configure.installed(house.workspace, LENA)
    house.configure.installed(house.workspace, ANA)
    with house.reading() as uow:
        message = uow.messages.by_slot("installed")
    assert message is not None
    assert message.to == LENA


def test_opening_home_shows_it_and_writes_to_nobody(house: House) -> None:
    house.configure.home_opened(house.workspace, LENA)
    house.configure.home_opened(house.workspace, LENA)
    with house.store.write(house.workspace) as uow:
        waiting = uow.messages.claim(house.now, 10, house.now)
    assert [message.kind for message in waiting] == [MessageKind.HOME]
