"""Who is read from Slack, and when."""

from dataclasses import replace

import pytest

from bot.domain.errors import PersonError
from bot.services.ports import LaterError, UnknownError
from tests.integration.services.house import ANA, BOB, KEN, LENA, House


def test_people_are_read_once_a_day(house: House) -> None:
    house.directory.members(house.workspace, (ANA, BOB, ANA))
    house.directory.members(house.workspace, (ANA,))
    assert house.slack.asked == [ANA, BOB]
    house.passes(days=1)
    house.directory.members(house.workspace, (ANA,))
    assert house.slack.asked == [ANA, BOB, ANA]


def test_known_people_stay_as_they_were_while_slack_is_down(house: House) -> None:
    before = house.directory.members(house.workspace, (ANA,))
    house.passes(days=2)
    house.slack.is_down = True
    assert house.directory.members(house.workspace, (ANA,)) == before
    with pytest.raises(UnknownError):
        house.directory.members(house.workspace, (BOB,))


def test_who_slack_no_longer_shows_is_asked_about_once_a_day(house: House) -> None:
    house.directory.members(house.workspace, (ANA,))
    house.passes(days=2)
    del house.slack.known[ANA]
    for _ in range(3):
        assert house.directory.members(house.workspace, (ANA,))[ANA].active
    assert house.slack.asked == [ANA, ANA]


def test_refreshing_reads_whatever_the_age(house: House) -> None:
    house.directory.members(house.workspace, (ANA,))
    house.slack.known[ANA] = replace(house.slack.known[ANA], name="Ana B")
    assert house.directory.refresh(house.workspace, (ANA,))[ANA].name == "Ana B"


def test_nobody_acts_without_being_known_to_slack(house: House) -> None:
    with pytest.raises(PersonError) as refused:
        house.directory.askable(house.workspace, (ANA,), "U99NOBODY")
    assert (refused.value.user, refused.value.reason) == ("U99NOBODY", "unknown")
    assert house.directory.member(house.workspace, LENA).user == LENA


def test_who_left_keeps_the_zone_and_locale_that_slack_no_longer_gives(house: House) -> None:
    """A closed day would end elsewhere once its owner's zone was lost."""
    before = house.directory.members(house.workspace, (ANA,))[ANA]
    left = replace(house.slack.known[ANA], zone="", locale="", active=False)
    after = house.directory.take(house.workspace, left, "e:1")
    assert after is not None
    assert not after.active
    assert (after.zone, after.locale) == (before.zone, before.locale)


def known_a_day_ago(house: House, *users: str) -> None:
    house.directory.members(house.workspace, users)
    house.passes(days=2)
    house.slack.asked.clear()


def test_after_one_failure_who_is_stored_is_not_read_for_a_minute(house: House) -> None:
    known_a_day_ago(house, LENA, ANA, BOB)
    house.slack.is_down = True
    assert set(house.directory.members(house.workspace, (LENA, ANA, BOB))) == {LENA, ANA, BOB}
    house.directory.refresh(house.workspace, (ANA, BOB))
    house.passes(seconds=59)
    house.directory.members(house.workspace, (ANA,))
    assert house.slack.asked == [LENA]
    house.passes(seconds=1)
    house.slack.is_down = False
    house.directory.members(house.workspace, (ANA,))
    assert house.slack.asked == [LENA, ANA]


def test_what_slack_holds_back_rests_as_long_as_it_says(house: House) -> None:
    known_a_day_ago(house, ANA, BOB)
    house.slack.fails_for = {user: LaterError("ratelimited", 3600) for user in (ANA, BOB)}
    house.directory.members(house.workspace, (ANA, BOB))
    house.passes(minutes=59)
    house.directory.members(house.workspace, (ANA, BOB))
    assert house.slack.asked == [ANA]
    house.passes(minutes=1)
    house.directory.members(house.workspace, (BOB,))
    assert house.slack.asked == [ANA, BOB]


def test_a_clock_that_is_set_back_prolongs_no_rest(house: House) -> None:
    known_a_day_ago(house, ANA)
    house.slack.fails_for = {ANA: LaterError("ratelimited", 3600)}
    house.directory.members(house.workspace, (ANA,))
    house.passes(hours=-1)
    house.directory.members(house.workspace, (ANA,))
    assert house.slack.asked == [ANA, ANA]


def test_who_is_not_stored_is_read_all_the_same_and_first(house: House) -> None:
    known_a_day_ago(house, ANA)
    house.slack.fails_for = {ANA: UnknownError("timeout")}
    house.directory.members(house.workspace, (ANA,))
    found = house.directory.members(house.workspace, (ANA, BOB))
    assert set(found) == {ANA, BOB}
    house.passes(minutes=2)
    house.directory.members(house.workspace, (ANA, KEN))
    assert house.slack.asked == [ANA, BOB, KEN, ANA]


def test_people_whose_profiles_always_fail_keep_nobody_elses_from_being_read(
    house: House,
) -> None:
    known_a_day_ago(house, ANA, BOB, KEN)
    house.slack.fails_for = {user: UnknownError("internal_error") for user in (ANA, BOB)}
    for _ in range(3):
        house.directory.refresh(house.workspace, (ANA, BOB, KEN))
        house.passes(minutes=2)
    assert KEN in house.slack.asked


def test_slow_answers_are_waited_for_no_longer_than_one_call_may_take(house: House) -> None:
    known_a_day_ago(house, LENA, ANA, BOB)
    house.slack.while_reading = lambda: house.passes(seconds=1.5)
    assert set(house.directory.members(house.workspace, (LENA, ANA, BOB))) == {LENA, ANA, BOB}
    assert house.slack.asked == [LENA, ANA]
    house.directory.members(house.workspace, (LENA, ANA, BOB))
    assert house.slack.asked == [LENA, ANA, BOB]
