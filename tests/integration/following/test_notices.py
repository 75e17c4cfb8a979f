"""Notices: at once, or held and carried by the next list; Send now; what became of old posts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.conversation import Details
from bot.domain.due import Due
from bot.domain.errors import NotAllowedError
from bot.domain.expectation import Action, CheckIn, Status
from bot.domain.messages import MessageState, Moment, Prompt
from bot.domain.terms import Wording
from bot.domain.views import CardView, ListView
from bot.services.ports import Profile
from tests.integration.following.town import Town
from tests.integration.services.house import ANA, BOB, KEN, LENA, day

MONDAY_NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)  # 21:00 in Berlin
TUESDAY_LIST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 09:30 in Berlin


def test_a_proposal_goes_at_once_with_the_lines_of_a_first_meeting(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    (post,) = town.sent.posts
    assert (post.to, post.moment, post.card.first_time) == (ANA, Moment.PROPOSAL, True)
    assert {Action.ACCEPT, Action.CHANGE, Action.DECLINE, Action.ASK} <= post.card.moves
    assert town.stored(number).reached_at == town.now
    assert town.member(ANA).welcomed_at == town.now
    town.ask()
    town.rest()
    assert town.sent.posts[-1].card.first_time is False


def test_after_yes_the_asker_gets_a_message_and_the_owners_own_is_updated(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.rest()
    assert town.moments(LENA) == [Moment.ACCEPTED]
    assert town.moments(ANA) == [Moment.PROPOSAL]
    ts, view = town.sent.updates[-1]
    assert ts == town.to(ANA)[0].id
    assert isinstance(view, CardView)
    assert (view.moment, view.current) == (Moment.AGREED, True)
    assert Action.DONE in view.moves


def test_the_owners_card_goes_on_to_undo_and_to_how_it_ended(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.DONE)
    town.rest()
    assert town.moments(LENA) == [Moment.ACCEPTED, Moment.DONE]
    assert _card(town, ANA).moment is Moment.YOUR_DONE
    town.answer.act(town.actor(LENA), number, Action.CONFIRM)
    town.rest()
    assert town.moments(ANA) == [Moment.PROPOSAL]
    assert _card(town, ANA).moment is Moment.KEPT
    assert town.held_for(ANA) == [(number, "kept")]
    done = town.to(LENA)[-1].id
    asker = [view for ts, view in town.sent.updates if ts == done][-1]
    assert isinstance(asker, CardView)
    assert (asker.moment, asker.moves) == (Moment.KEPT, frozenset())


def test_a_used_message_shows_the_state_and_no_buttons(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.DECLINE)
    town.rest()
    view = _card(town, ANA)
    assert (view.current, view.moves) == (False, frozenset())
    assert view.expectation.status is Status.DECLINED


def test_updates_coalesce(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.ASK, _note("why?"))
    town.answer.act(town.actor(ANA), number, Action.DECLINE)
    town.send.settle()
    assert [ts for ts, _ in town.sent.updates].count(town.to(ANA)[0].id) == 1


def test_nothing_is_posted_in_quiet_hours_and_the_next_list_carries_it(town: Town) -> None:
    town.now = MONDAY_NIGHT
    created = town.ask()
    (told,) = created.told
    assert (told.at_once, told.when, told.may_send_now) == (False, TUESDAY_LIST, True)
    posts = town.until(TUESDAY_LIST - timedelta(seconds=1))
    assert posts == []
    (post,) = town.until(TUESDAY_LIST)
    assert (post.at, post.to) == (TUESDAY_LIST, ANA)
    (line,) = post.list.held
    assert line.moment is Moment.PROPOSAL
    (item,) = post.list.items
    assert item.prompt is Prompt.PROPOSAL
    assert Action.ACCEPT in item.card.moves
    assert town.held_for(ANA) == []
    assert town.stored(created.expectation.number).reached_at == TUESDAY_LIST


def test_a_carried_notice_is_carried_once(town: Town) -> None:
    town.now = MONDAY_NIGHT
    town.ask()
    town.until(TUESDAY_LIST)
    later = [post.list for post in town.to(ANA, town.until(TUESDAY_LIST + timedelta(days=7)))]
    carried = [line.moment for view in later for line in view.held]
    assert carried == [Moment.ENDED_UNANSWERED]


def test_send_now_goes_at_night(town: Town) -> None:
    town.now = MONDAY_NIGHT
    created = town.ask()
    town.answer.send_now(town.actor(LENA), created.expectation.number, 1)
    town.rest()
    (post,) = town.sent.posts
    assert (post.to, post.moment, post.at) == (ANA, Moment.PROPOSAL, MONDAY_NIGHT)
    assert town.held_for(ANA) == []
    (reminder,) = town.to(ANA, town.until(TUESDAY_LIST))
    assert reminder.list.held == ()


def test_send_now_never_reaches_who_is_away(town: Town) -> None:
    town.ask()
    town.configure.away(town.actor(ANA), date(2026, 12, 1))
    created = town.ask()
    (told,) = created.told
    assert (told.at_once, told.away_until, told.may_send_now) == (False, date(2026, 12, 1), False)
    with pytest.raises(NotAllowedError):
        town.answer.send_now(town.actor(LENA), created.expectation.number, 1)


def test_nothing_is_sent_to_who_is_away_and_the_return_carries_it(town: Town) -> None:
    town.directory.members(town.workspace, [ANA, LENA])
    town.configure.away(town.actor(ANA), date(2026, 12, 1))
    town.ask(due=Due(date(2026, 12, 11)))
    back = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert town.to(ANA, town.until(back - timedelta(seconds=1))) == []
    (post,) = town.to(ANA, town.until(back))
    assert [line.moment for line in post.list.held] == [Moment.PROPOSAL]


def test_an_hour_that_falls_due_before_the_list_goes_at_night(town: Town) -> None:
    town.now = MONDAY_NIGHT
    berlin = town.directory.member(town.workspace, ANA).zone
    hour = Due(datetime(2026, 11, 24, 7, tzinfo=berlin))
    (told,) = town.ask(due=hour).told
    assert told.at_once
    town.rest()
    assert town.moments(ANA) == [Moment.PROPOSAL]


def test_a_day_that_ends_before_the_list_is_said(town: Town) -> None:
    town.now = datetime(2026, 11, 27, 19, tzinfo=UTC)  # Friday, 20:00 in Berlin
    (told,) = town.ask(due=day(27)).told
    assert (told.at_once, told.day_ends_before) == (False, True)


def test_at_once_turns_into_held_where_slack_took_it_too_late(town: Town) -> None:
    town.now = datetime(2026, 11, 23, 17, 59, 30, tzinfo=UTC)  # 18:59:30 in Berlin
    town.directory.members(town.workspace, [ANA, LENA])
    town.ask()
    town.now += timedelta(minutes=1)
    town.rest()
    assert town.sent.posts == []
    assert [moment for _, moment in town.held_for(ANA)] == ["proposal"]


def test_thanks_and_kept_are_lines_of_the_next_list(town: Town) -> None:
    number = town.agree()
    town.answer.act(town.actor(ANA), number, Action.DONE)
    town.answer.act(town.actor(LENA), number, Action.CONFIRM)
    town.thank.give(town.actor(LENA), ANA, "for the draft")
    town.rest()
    assert Moment.LIST not in town.moments(ANA)
    post = town.to(ANA, town.until(TUESDAY_LIST))[-1]
    assert {line.moment for line in post.list.held} == {Moment.KEPT, Moment.THANKS}
    assert post.list.items == ()


def test_on_track_and_later_reach_nobody(town: Town) -> None:
    number = town.agree()
    town.rest()
    before = len(town.sent.posts)
    town.answer.check_in(town.actor(ANA), number, CheckIn.ON_TRACK)
    town.rest()
    assert len(town.sent.posts) == before
    assert town.held_for(LENA) == []
    town.answer.check_in(town.actor(ANA), number, CheckIn.AT_RISK, "the data is late")
    town.rest()
    assert town.moments(LENA)[-1] is Moment.AT_RISK


def test_the_channel_is_told_after_yes_unless_unticked(town: Town) -> None:
    told = town.ask(tell_channel=True).expectation.number
    town.rest()
    assert town.moments("C01LAUNCH") == []
    town.answer.act(town.actor(ANA), told, Action.ACCEPT)
    untold = town.ask(tell_channel=True).expectation.number
    town.answer.act(town.actor(ANA), untold, Action.ACCEPT, untell=True)
    town.rest()
    assert town.moments("C01LAUNCH") == [Moment.TOLD_CHANNEL]
    assert town.to("C01LAUNCH")[0].card.moves == frozenset()


def test_home_follows_once_it_was_opened(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    assert town.sent.homes == []
    town.configure.home_opened(town.workspace, LENA)
    town.rest()
    assert town.sent.homes == [LENA]
    town.answer.act(town.actor(ANA), number, Action.ASK, _note("why?"))
    town.answer.act(town.actor(LENA), number, Action.ANSWER, _note("because"))
    town.rest()
    assert town.sent.homes == [LENA, LENA]


def test_who_left_is_not_written_to_and_the_other_hears_it(town: Town) -> None:
    number = town.agree()
    town.rest()
    town.slack.known[ANA] = _left(town, ANA)
    town.now += timedelta(days=1, minutes=1)
    town.rest()
    assert town.stored(number).status is Status.RELEASED
    assert town.moments(LENA)[-1] is Moment.LEFT
    assert town.moments(ANA) == []


def test_several_owners_read_who_else_was_asked(town: Town) -> None:
    town.ask(LENA, ANA, BOB, KEN, wording=Wording(result="agree owners"))
    town.rest()
    assert town.to(ANA)[0].card.asked_too == (BOB, KEN)


def test_a_list_that_was_answered_shows_it(town: Town) -> None:
    number = town.agree(due=day(24))
    posts = town.until(TUESDAY_LIST)
    (post,) = town.to(ANA, posts)
    assert [item.prompt for item in post.list.items] == [Prompt.CHECK_IN]
    town.now += timedelta(minutes=5)
    town.answer.check_in(town.actor(ANA), number, CheckIn.ON_TRACK)
    town.rest()
    view = [view for ts, view in town.sent.updates if ts == post.id][-1]
    assert isinstance(view, ListView)
    assert view.answered == {number: "on_track"}
    assert view.items[0].card.moves == frozenset()


def test_a_message_withdrawn_before_it_went_is_never_sent(town: Town) -> None:
    created = town.ask()
    town.answer.act(town.actor(LENA), created.expectation.number, Action.DROP)
    town.rest()
    assert Moment.PROPOSAL not in town.moments(ANA)
    message = town.post_of(created.expectation.number, 1, ANA)
    assert message is not None
    assert message.state is MessageState.CANCELLED


def _note(text: str) -> Details:
    return Details(note=text)


def _left(town: Town, user: str) -> Profile:
    return replace(town.slack.known[user], active=False)


def _card(town: Town, user: str) -> CardView:
    """Return what the first post to somebody shows by now."""
    first = town.to(user)[0].id
    view = [view for ts, view in town.sent.updates if ts == first][-1]
    assert isinstance(view, CardView)
    return view
