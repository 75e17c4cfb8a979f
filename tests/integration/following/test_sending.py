"""Sending: what Slack refuses, delays or leaves open; nothing lost, nothing twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.expectation import Action
from bot.domain.messages import MessageState, Moment
from bot.services.ports import Content, LaterError, Posted, RefusedError, UnknownError
from bot.services.send import Send
from tests.integration.following.town import Town
from tests.integration.services.house import ANA, BOB, KEN, LAUNCH, LENA, day

WORKING = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 15:30 in Berlin, 09:30 in New York
TUESDAY_LIST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_what_cannot_be_looked_for_is_never_sent_again_and_the_next_list_carries_it(
    town: Town,
) -> None:
    town.ask()
    town.sent.fails.append(UnknownError("timeout"))
    town.rest()
    assert town.sent.posts == []
    assert town.states(ANA) == []  # it is looked for
    posts = town.to(ANA, town.until(TUESDAY_LIST))
    assert town.sent.looks == []  # nothing tells where her direct messages are
    assert town.states(ANA) == [MessageState.UNKNOWN]
    assert [post.moment for post in posts] == [Moment.LIST]
    assert [line.moment for line in posts[0].list.held] == [Moment.PROPOSAL]
    later = town.to(ANA, town.until(TUESDAY_LIST + timedelta(days=1)))
    assert all(not post.list.held for post in later)


def test_a_crash_while_sending_leaves_it_unknown(town: Town) -> None:
    number = town.ask().expectation.number
    with town.store.write(town.workspace) as uow:
        (claimed,) = uow.messages.claim(town.now, 8, town.now + timedelta(seconds=120))
    town.now += timedelta(seconds=121)
    town.rest()
    assert town.message(claimed.id).state is MessageState.UNKNOWN
    assert town.sent.posts == []
    assert town.stored(number).reached_at is None


def test_a_429_holds_back_that_method_and_nothing_else(town: Town) -> None:
    town.now = WORKING
    number = town.ask().expectation.number
    town.configure.home_opened(town.workspace, ANA)
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.sent.fails_for[LENA] = LaterError("ratelimited", 30)
    start = town.now
    town.send.settle()
    del town.sent.fails_for[LENA]
    town.ask(LENA, BOB)
    town.until(start + timedelta(seconds=29))
    assert (town.moments(BOB), town.moments(LENA)) == ([], [])
    assert [ts for ts, _ in town.sent.updates] == [town.to(ANA)[0].id]
    assert town.sent.homes == [ANA, ANA]
    town.until(start + timedelta(seconds=30))
    assert (town.moments(BOB), town.moments(LENA)) == ([Moment.PROPOSAL], [Moment.ACCEPTED])


def test_an_update_is_tried_again_after_a_time_out(town: Town) -> None:
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.DECLINE)
    town.sent.fails_for["D-" + ANA] = UnknownError("timeout")
    town.rest()
    assert town.sent.updates == []
    town.sent.fails_for.clear()
    town.until(town.now + timedelta(seconds=10))
    assert [ts for ts, _ in town.sent.updates] == [town.to(ANA)[0].id]


def test_who_asked_is_told_that_it_could_not_be_delivered_and_why(town: Town) -> None:
    number = town.ask().expectation.number
    town.sent.fails_for[ANA] = RefusedError("channel_not_found")
    town.rest()
    assert town.states(ANA) == [MessageState.DEAD]
    (post,) = town.sent.posts
    assert (post.to, post.moment) == (LENA, Moment.NOT_DELIVERED)
    assert post.card.expectation.number == number
    assert post.card.args["reason"] == "channel_not_found"
    assert town.stored(number).reached_at is None


def test_who_wanted_the_channel_told_hears_that_it_was_not(town: Town) -> None:
    number = town.ask(tell_channel=True).expectation.number
    town.sent.fails_for[LAUNCH] = RefusedError("not_in_channel")
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.rest()
    assert town.moments(LENA) == [Moment.ACCEPTED, Moment.NOT_DELIVERED]
    args = town.to(LENA)[-1].card.args
    assert (args["reason"], args["channel"]) == ("not_in_channel", LAUNCH)


def test_a_refusal_at_night_waits_for_the_askers_list(town: Town) -> None:
    town.directory.members(town.workspace, [LENA, KEN])
    town.now = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 02:00 in Berlin, 10:00 in Tokyo
    town.ask(LENA, KEN)
    town.sent.fails_for[KEN] = RefusedError("user_not_found")
    town.rest()
    assert town.sent.posts == []
    posts = town.to(LENA, town.until(TUESDAY_LIST))
    assert [line.moment for line in posts[0].list.held] == [Moment.NOT_DELIVERED]


def test_what_cannot_be_rendered_delays_nobody_and_is_dead_in_the_end(town: Town) -> None:
    town.ask()
    town.views.breaks = True
    town.rest()
    town.until(town.now + timedelta(seconds=1))
    town.views.breaks = False
    town.until(town.now + timedelta(seconds=5))
    assert town.moments(ANA) == [Moment.PROPOSAL]


def test_one_that_slack_puts_off_again_and_again_holds_nobody_back_for_ever(town: Town) -> None:
    town.now = WORKING
    town.ask(LENA, ANA, BOB)
    town.sent.fails_for[ANA] = LaterError("ratelimited", 30.0)
    town.until(town.now + timedelta(minutes=5))
    assert town.moments(BOB) == [Moment.PROPOSAL]
    town.sent.fails_for.clear()
    town.until(town.now + timedelta(minutes=1))
    assert town.moments(ANA) == [Moment.PROPOSAL]


def put_off_long(town: Town, reader: str) -> None:
    """Have Slack put off what goes to a reader more often than anything is tried."""
    town.sent.fails_for[reader] = LaterError("token_revoked", 30.0)
    town.until(town.now + timedelta(minutes=10))
    del town.sent.fails_for[reader]


def test_a_post_that_was_put_off_long_is_looked_for_and_sent_as_any_other(town: Town) -> None:
    town.now = WORKING
    town.ask()
    town.rest()
    town.ask()
    put_off_long(town, ANA)
    town.sent.fails.append(UnknownError("http_500"))
    town.until(town.now + timedelta(minutes=10))
    assert town.moments(ANA) == [Moment.PROPOSAL, Moment.PROPOSAL]
    assert town.moments(LENA) == []


def test_an_update_that_was_put_off_long_is_repeated_as_any_other(town: Town) -> None:
    town.now = WORKING
    number = town.ask().expectation.number
    town.rest()
    town.answer.act(town.actor(ANA), number, Action.DECLINE)
    put_off_long(town, "D-" + ANA)
    town.sent.fails.append(UnknownError("http_500"))
    town.until(town.now + timedelta(minutes=10))
    assert [ts for ts, _ in town.sent.updates] == [town.to(ANA)[0].id]


def test_what_was_put_off_long_may_fail_to_be_made_once(town: Town) -> None:
    town.now = WORKING
    town.ask()
    put_off_long(town, ANA)
    town.views.breaks = True
    town.rest()
    town.views.breaks = False
    town.until(town.now + timedelta(minutes=10))
    assert town.moments(ANA) == [Moment.PROPOSAL]


def test_two_dispatchers_never_send_the_same(town: Town) -> None:
    town.now = WORKING
    for _ in range(12):
        town.ask(LENA, ANA, BOB)
    senders = [town.sender() for _ in range(3)]
    gate = threading.Barrier(len(senders))
    raised: list[BaseException] = []

    def work(send: Send) -> None:
        gate.wait()
        try:
            while send.settle():
                pass
        except BaseException as error:
            raised.append(error)
            raise

    threads = [threading.Thread(target=work, args=(send,)) for send in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    town.until(town.now + timedelta(seconds=30))
    ids = [post.id for post in town.sent.posts if post.moment is Moment.PROPOSAL]
    assert len(ids) == len(set(ids)) == 24


def test_a_burst_to_one_person_is_paced_and_complete(town: Town) -> None:
    for _ in range(15):
        town.ask()
    town.send.settle()
    town.rest()
    assert len(town.to(ANA)) == 10
    town.until(town.now + timedelta(seconds=6))
    assert len(town.to(ANA)) == 15


def test_what_changed_while_it_was_being_sent_is_brought_up_to_date(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = town.ask().expectation.number
    real = town.sent.post

    def post_late(to: str, content: Content, message_id: str) -> Posted:
        posted = real(to, content, message_id)
        if to == ANA:
            town.answer.act(town.actor(LENA), number, Action.DROP)
        return posted

    monkeypatch.setattr(town.sent, "post", post_late)
    town.rest()
    assert [ts for ts, _ in town.sent.updates] == [town.to(ANA)[0].id]


def test_with_nothing_due_nothing_is_done(town: Town) -> None:
    town.agree(due=day(27))
    town.rest()
    assert (town.plan.tick(town.workspace), town.send.settle()) == (0, 0)
