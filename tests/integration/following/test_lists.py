"""Lists: one a member and nominal date, made when they are sent, after any stop and any move."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.due import Due
from bot.domain.expectation import Action, CheckIn
from bot.domain.member import Member
from bot.domain.messages import MessageState, Moment, Prompt
from bot.domain.schedule.listing import list_due
from bot.domain.schedule.timed import Later
from bot.services import plan_lists
from tests.integration.following.town import Town
from tests.integration.services.house import ANA, LENA, day

TUESDAY_LIST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 09:30 in Berlin
THURSDAY_LIST = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
FRIDAY_LIST = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)


def test_nothing_to_ask_and_nothing_held_sends_nothing(town: Town) -> None:
    town.agree(due=day(27))
    town.rest()
    before = len(town.sent.posts)
    town.until(THURSDAY_LIST - timedelta(seconds=1))
    assert len(town.sent.posts) == before


def test_agreed_work_is_asked_the_workday_before_and_on_the_day(town: Town) -> None:
    town.agree(due=day(27))
    posts = town.to(ANA, town.until(FRIDAY_LIST))
    assert [(post.at, post.list.items[0].prompt) for post in posts] == [
        (THURSDAY_LIST, Prompt.CHECK_IN),
        (FRIDAY_LIST, Prompt.CHECK_IN),
    ]


def test_what_was_said_that_day_is_not_asked(town: Town) -> None:
    number = town.agree(due=day(27))
    town.until(THURSDAY_LIST - timedelta(minutes=30))
    town.answer.check_in(town.actor(ANA), number, CheckIn.ON_TRACK)
    posts = town.to(ANA, town.until(FRIDAY_LIST))
    assert [post.at for post in posts] == [FRIDAY_LIST]


def test_more_than_one_is_up_to_five_and_the_rest_comes_first_next(town: Town) -> None:
    numbers = [town.agree(due=day(27)) for _ in range(7)]
    (first,) = town.to(ANA, town.until(THURSDAY_LIST))
    shown = [item.card.expectation.number for item in first.list.items]
    assert (len(shown), first.list.rest) == (5, 2)
    (second,) = town.to(ANA, town.until(FRIDAY_LIST))
    left_out = sorted(set(numbers) - set(shown))
    assert [item.card.expectation.number for item in second.list.items][:2] == left_out


def test_a_list_says_once_per_nominal_date_whatever_the_zone(town: Town) -> None:
    town.agree(due=day(25))
    town.until(TUESDAY_LIST)
    assert len(town.to(ANA)) == 1
    town.slack.known[ANA] = replace(town.slack.known[ANA], zone="America/New_York")
    town.directory.refresh(town.workspace, [ANA])
    posts = town.to(ANA, town.until(TUESDAY_LIST + timedelta(hours=15)))
    assert posts == []
    assert town.member(ANA).last_list_on == date(2026, 11, 24)


def test_a_move_east_and_back_sends_no_second_one(town: Town) -> None:
    town.agree(due=day(25))
    town.until(TUESDAY_LIST)
    for zone in ("Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles", "Europe/Berlin"):
        town.slack.known[ANA] = replace(town.slack.known[ANA], zone=zone)
        town.directory.refresh(town.workspace, [ANA])
        town.until(town.now + timedelta(hours=1))
    dates = [post.list.day for post in town.to(ANA) if post.moment is Moment.LIST]
    assert len(dates) == len(set(dates))


def test_a_clock_set_back_sends_no_second_one(town: Town) -> None:
    town.agree(due=day(25))
    town.until(TUESDAY_LIST)
    town.now = TUESDAY_LIST - timedelta(hours=2)
    assert town.to(ANA, town.until(TUESDAY_LIST + timedelta(hours=1))) == []


def test_after_a_stop_todays_list_goes_out_while_its_day_is_on(town: Town) -> None:
    town.agree(due=day(25))
    town.rest()
    posts = town.to(ANA, town.asleep_until(TUESDAY_LIST + timedelta(hours=5)))
    assert [(post.list.day, post.moment) for post in posts] == [(date(2026, 11, 24), Moment.LIST)]


def test_after_a_stop_into_quiet_hours_the_next_one_carries_it(town: Town) -> None:
    town.agree(due=day(25))
    town.rest()
    assert town.to(ANA, town.asleep_until(TUESDAY_LIST + timedelta(hours=11))) == []
    posts = town.to(ANA, town.until(TUESDAY_LIST + A_DAY))
    assert [post.list.day for post in posts] == [date(2026, 11, 25)]


def test_a_weekend_asleep_is_caught_up_once(town: Town) -> None:
    town.agree(due=day(26))
    town.until(TUESDAY_LIST)
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    posts = town.to(ANA, town.asleep_until(monday))
    assert [(post.list.day, [item.prompt for item in post.list.items]) for post in posts] == [
        (date(2026, 11, 30), [Prompt.OVERDUE])
    ]
    assert town.to(ANA, town.until(monday + timedelta(hours=8))) == []


def test_overdue_is_asked_again_and_then_the_asker_chooses(town: Town) -> None:
    number = town.agree(due=day(24))
    town.until(datetime(2026, 12, 1, 20, tzinfo=UTC))
    asked = [
        (post.to, post.at.date().day, item.prompt)
        for post in town.sent.posts
        if post.moment is Moment.LIST
        for item in post.list.items
        if item.prompt in {Prompt.OVERDUE, Prompt.OVERDUE_TO_ASKER}
    ]
    assert asked == [
        (ANA, 25, Prompt.OVERDUE),
        (ANA, 27, Prompt.OVERDUE),
        (LENA, 30, Prompt.OVERDUE_TO_ASKER),
    ]
    assert [moment.day for moment in town.stored(number).asked] == [25, 27]


def test_what_was_left_out_was_not_asked(town: Town) -> None:
    numbers = [town.agree(due=day(23)) for _ in range(6)]
    town.until(TUESDAY_LIST)
    asked = [number for number in numbers if town.stored(number).asked]
    assert len(asked) == 5


def test_the_one_asked_is_reminded_twice_and_the_asker_told_once(town: Town) -> None:
    town.ask(due=Due(date(2026, 12, 11)))
    town.until(datetime(2026, 12, 3, 20, tzinfo=UTC))
    prompts = [
        (post.to, post.at.date().day, item.prompt)
        for post in town.sent.posts
        if post.moment is Moment.LIST
        for item in post.list.items
    ]
    assert prompts == [
        (ANA, 24, Prompt.PROPOSAL),
        (LENA, 25, Prompt.UNANSWERED_TO_ASKER),
        (ANA, 26, Prompt.PROPOSAL),
    ]


def test_an_hour_before_goes_out_unless_something_was_said_that_day(town: Town) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    town.agree(due=Due(datetime(2026, 11, 23, 17, tzinfo=berlin)))
    quiet = town.agree(due=Due(datetime(2026, 11, 23, 17, tzinfo=berlin)))
    town.rest()
    town.answer.check_in(town.actor(ANA), quiet, CheckIn.ON_TRACK)
    posts = town.to(ANA, town.until(datetime(2026, 11, 23, 16, 30, tzinfo=UTC)))
    assert [(post.moment, post.at) for post in posts] == [
        (Moment.HOUR_BEFORE, datetime(2026, 11, 23, 15, tzinfo=UTC))
    ]


def test_an_hour_before_in_quiet_hours_falls_away(town: Town) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    town.agree(due=Due(datetime(2026, 11, 24, 7, tzinfo=berlin)))
    posts = town.to(ANA, town.until(TUESDAY_LIST - timedelta(seconds=1)))
    assert posts == []
    assert town.held_for(ANA) == []


@pytest.mark.parametrize("asleep", [False, True])
def test_ask_me_later_asks_in_an_hour_or_joins_the_next_list(town: Town, *, asleep: bool) -> None:
    number = town.agree(due=Due(date(2026, 12, 11)))
    town.rest()
    acted = town.answer.later(town.actor(ANA), number, Later.HOUR)
    assert acted.ask_again_at == town.now + timedelta(hours=1)
    if asleep:
        assert town.to(ANA, town.asleep_until(town.now + timedelta(hours=5))) == []
        (post,) = town.to(ANA, town.until(TUESDAY_LIST))
        assert [item.prompt for item in post.list.items] == [Prompt.CHECK_IN]
    else:
        (post,) = town.to(ANA, town.until(town.now + timedelta(hours=5)))
        assert post.moment is Moment.ASK_LATER


def test_ask_me_tomorrow_is_part_of_that_list(town: Town) -> None:
    number = town.agree(due=Due(date(2026, 12, 11)))
    town.rest()
    town.answer.later(town.actor(ANA), number, Later.TOMORROW)
    (post,) = town.to(ANA, town.until(TUESDAY_LIST + timedelta(hours=5)))
    assert (post.at, post.moment) == (TUESDAY_LIST, Moment.LIST)
    assert [item.prompt for item in post.list.items] == [Prompt.CHECK_IN]
    assert town.held_for(ANA) == []


def test_what_is_open_when_it_is_sent_decides(town: Town) -> None:
    number = town.agree(due=day(24))
    town.until(TUESDAY_LIST - timedelta(seconds=1))
    town.now = TUESDAY_LIST
    town.plan.tick(town.workspace)
    town.answer.act(town.actor(ANA), number, Action.DONE)
    town.rest()
    assert Moment.LIST not in town.moments(ANA)
    with town.reading() as uow:
        message = uow.messages.by_slot(f"list/{ANA}/2026-11-24")
    assert message is not None
    assert message.state is MessageState.CANCELLED


def test_one_failure_delays_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.agree(due=day(24))
    town.agree(by=ANA, owner=LENA, due=day(24))
    town.until(TUESDAY_LIST - timedelta(seconds=1))

    def broken(member: Member, at: datetime) -> date | None:
        if member.user == ANA:
            msg = "this member cannot be planned"
            raise ValueError(msg)
        return list_due(member, at)

    monkeypatch.setattr(plan_lists, "list_due", broken)
    assert [post.to for post in town.until(TUESDAY_LIST)] == [LENA]
    monkeypatch.undo()
    posts = town.until(TUESDAY_LIST + timedelta(minutes=20))
    assert [(post.to, post.list.day) for post in posts] == [(ANA, date(2026, 11, 24))]
