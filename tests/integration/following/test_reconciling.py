"""Looking for posts of unknown fate: found, sent anew, or left; never lost, never twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.expectation import Action
from bot.domain.messages import MessageState, Moment
from bot.services.ports import LaterError, Posted, RefusedError, UnknownError
from tests.integration.following.town import LOST, Town
from tests.integration.services.house import ANA, LAUNCH

WORKING = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 15:30 in Berlin
TUESDAY_LIST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
QUIET = timedelta(seconds=60)
GAP = timedelta(seconds=60)


@pytest.fixture
def known(town: Town) -> Town:
    """Return a town in which Ana was written to before, so that her conversation is known."""
    town.now = WORKING
    town.ask()
    town.rest()
    town.sent.posts.clear()
    return town


def lose_answer(town: Town) -> tuple[int, str]:
    """Ask Ana; Slack takes the post, and its answer is lost."""
    number = town.ask().expectation.number
    town.sent.answers_lost.append(LOST)
    town.rest()
    (post,) = town.to(ANA)
    return number, post.id


def lose_post(town: Town) -> tuple[int, str]:
    """Ask Ana; the connection breaks before Slack has read anything."""
    number = town.ask().expectation.number
    town.sent.fails.append(LOST)
    town.rest()
    assert town.sent.posts == []
    with town.reading() as uow:
        (event,) = uow.expectations.events(number)
        found = uow.messages.by_slot(f"E-{number}/{event.seq}/{ANA}")
    assert found is not None
    return number, found.id


def test_one_that_arrived_is_found_after_a_quiet_minute_and_begins_all_that_it_would(
    known: Town,
) -> None:
    number, message_id = lose_answer(known)
    posted_at = known.now
    assert known.store.next_wake() == posted_at + QUIET
    known.until(posted_at + QUIET - timedelta(seconds=1))
    assert known.sent.looks == []
    known.until(posted_at + QUIET)
    found = known.message(message_id)
    assert (found.state, found.channel, found.ts) == (MessageState.SENT, f"D-{ANA}", message_id)
    assert found.shows == (number,)
    assert found.sent_at == known.stored(number).reached_at == posted_at
    known.until(posted_at + timedelta(minutes=10))
    assert len(known.to(ANA)) == len(known.sent.looks) == 1
    known.answer.act(known.actor(ANA), number, Action.ACCEPT)
    known.rest()
    assert known.sent.updates[-1][0] == message_id


def test_one_that_never_arrived_is_sent_once_after_two_misses(known: Town) -> None:
    number, message_id = lose_post(known)
    start = known.now
    known.until(start + QUIET + GAP - timedelta(seconds=1))
    assert len(known.sent.looks) == 1
    assert known.sent.posts == []
    known.until(start + QUIET + GAP)
    assert [at for at, _ in known.sent.looks] == [start + QUIET, start + QUIET + GAP]
    assert [post.id for post in known.to(ANA)] == [message_id]
    assert known.message(message_id).state is MessageState.SENT
    assert known.stored(number).reached_at == start + QUIET + GAP
    known.until(start + timedelta(hours=1))
    assert len(known.to(ANA)) == 1


def test_one_that_history_shows_late_is_found_at_the_second_look(known: Town) -> None:
    _, message_id = lose_answer(known)
    known.sent.hidden.add(message_id)
    start = known.now
    known.until(start + QUIET)
    assert known.message(message_id).state is MessageState.UNKNOWN
    known.sent.hidden.clear()
    known.until(start + timedelta(hours=1))
    assert known.message(message_id).state is MessageState.SENT
    assert len(known.to(ANA)) == 1


def test_of_two_the_later_is_deleted(known: Town) -> None:
    _, message_id = lose_answer(known)
    known.sent.hidden.add(message_id)
    known.sent.answers_lost.append(LOST)
    start = known.now
    known.until(start + QUIET + GAP)
    assert len(known.to(ANA)) == 2  # the first was not to be seen for two minutes
    known.sent.hidden.clear()
    known.until(start + timedelta(hours=1))
    assert known.sent.deleted == [f"{message_id}.1"]
    assert known.message(message_id).ts == message_id


def test_a_list_whose_answer_was_lost_asks_nothing_twice(known: Town) -> None:
    with known.reading() as uow:
        before = uow.messages.asked_of(ANA, [1])
    known.until(TUESDAY_LIST - timedelta(seconds=1))
    known.sent.answers_lost.append(LOST)
    known.until(TUESDAY_LIST + QUIET)
    with known.reading() as uow:
        asked = uow.messages.asked_of(ANA, [1])
    lists = [post for post in known.to(ANA) if post.moment is Moment.LIST]
    assert len(lists) == 1
    assert len(asked) == len(before) + len(lists[0].list.items)
    assert {one.at for one in asked[len(before) :]} <= {lists[0].at}


def test_what_changed_before_it_was_found_began_nothing_and_is_brought_up_to_date(
    known: Town,
) -> None:
    number, message_id = lose_answer(known)
    known.answer.act(known.actor("U01LENA"), number, Action.DROP)
    known.until(known.now + QUIET)
    assert known.message(message_id).state is MessageState.SENT
    assert known.stored(number).reached_at is None


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel", "channel_not_found"])
def test_where_nothing_can_be_read_it_stays_unknown_and_the_list_carries_it(
    known: Town, code: str
) -> None:
    _, message_id = lose_post(known)
    known.sent.unreadable.append(RefusedError(code))
    known.until(known.now + timedelta(hours=2))
    assert known.message(message_id).state is MessageState.UNKNOWN
    assert known.states(ANA) == [MessageState.UNKNOWN]
    assert known.sent.posts == []
    (carried,) = known.to(ANA, known.until(TUESDAY_LIST))
    assert Moment.PROPOSAL in [line.moment for line in carried.list.held]
    assert known.message(message_id).state is MessageState.UNKNOWN


def test_the_first_message_to_somebody_is_looked_for_once_its_conversation_is_known(
    town: Town,
) -> None:
    town.now = WORKING
    _, message_id = lose_answer(town)
    town.until(town.now + timedelta(minutes=20))
    assert town.sent.looks == []
    assert town.states(ANA) == []  # it is still looked for, so that nothing carries it
    town.directory.met_in(town.workspace, ANA, f"D-{ANA}")
    town.until(town.now + timedelta(minutes=1))
    assert town.message(message_id).state is MessageState.SENT
    assert len(town.to(ANA)) == len(town.sent.looks) == 1


def test_a_first_message_that_was_not_there_is_sent_once_somebody_opened_home(
    town: Town,
) -> None:
    town.now = WORKING
    _, message_id = lose_post(town)
    town.until(town.now + timedelta(minutes=20))
    town.directory.met_in(town.workspace, ANA, f"D-{ANA}")
    town.until(town.now + timedelta(minutes=3))
    assert town.message(message_id).state is MessageState.SENT
    assert [post.id for post in town.to(ANA)] == [message_id]


def test_a_second_message_tells_where_the_first_is(town: Town) -> None:
    town.now = WORKING
    _, message_id = lose_answer(town)
    town.ask()
    town.until(town.now + timedelta(minutes=2))
    assert town.message(message_id).state is MessageState.SENT
    assert len(town.to(ANA)) == 2


def test_a_conversation_that_stays_unknown_is_given_up_after_an_hour_and_the_list_carries_it(
    town: Town,
) -> None:
    town.now = WORKING
    _, message_id = lose_post(town)
    town.until(town.now + timedelta(minutes=59))
    assert town.states(ANA) == []
    town.until(town.now + timedelta(minutes=2))
    assert town.states(ANA) == [MessageState.UNKNOWN]
    (carried,) = town.to(ANA, town.until(TUESDAY_LIST))
    assert [line.moment for line in carried.list.held] == [Moment.PROPOSAL]
    town.until(TUESDAY_LIST + timedelta(hours=2))
    assert town.message(message_id).state is MessageState.UNKNOWN
    assert len(town.to(ANA)) == 1


@pytest.mark.parametrize("error", [UnknownError("timeout"), LaterError("ratelimited", 30)])
def test_reading_that_fails_is_no_miss(known: Town, error: UnknownError | LaterError) -> None:
    _, message_id = lose_answer(known)
    known.sent.unreadable.extend([error] * 5)
    known.until(known.now + timedelta(minutes=20))
    assert known.message(message_id).state is MessageState.SENT
    assert len(known.to(ANA)) == 1


def test_reading_that_goes_on_failing_is_given_up(known: Town) -> None:
    lose_answer(known)
    known.sent.unreadable.extend([LOST] * 500)
    known.until(known.now + timedelta(hours=2))
    assert known.states(ANA) == [MessageState.UNKNOWN]
    assert len(known.to(ANA)) == 1
    assert len(known.sent.looks) < 65


def test_after_a_sleep_one_look_that_fails_does_not_end_the_search(known: Town) -> None:
    _, message_id = lose_post(known)
    known.sent.unreadable.append(LOST)
    known.asleep_until(known.now + timedelta(hours=2))
    known.until(known.now + timedelta(minutes=10))
    assert known.message(message_id).state is MessageState.SENT
    assert len(known.to(ANA)) == 1


def test_reading_held_back_is_held_back_for_all(known: Town) -> None:
    lose_post(known)
    known.sent.fails.append(LOST)
    known.ask()
    known.rest()
    known.sent.unreadable.append(LaterError("ratelimited", 30))
    start = known.now
    known.until(start + QUIET + timedelta(seconds=29))
    assert len(known.sent.looks) == 1
    known.until(start + QUIET + timedelta(seconds=30))
    assert len(known.sent.looks) == 3


def test_a_list_does_not_carry_what_is_being_looked_for(known: Town) -> None:
    known.until(TUESDAY_LIST - timedelta(seconds=30))
    known.ask()
    with known.store.write(known.workspace) as uow:
        (claimed,) = uow.messages.claim(known.now, 8, known.now + timedelta(seconds=1))
        uow.messages.expire_leases(known.now + timedelta(seconds=1), known.now + QUIET)
    posts = known.to(ANA, known.until(TUESDAY_LIST))
    assert [post.moment for post in posts] == [Moment.LIST]
    assert Moment.PROPOSAL not in [line.moment for line in posts[0].list.held]
    known.until(TUESDAY_LIST + timedelta(minutes=10))
    assert known.message(claimed.id).state is MessageState.SENT


def test_a_crash_during_a_look_repeats_it(known: Town) -> None:
    _, message_id = lose_answer(known)
    start = known.now
    with known.store.write(known.workspace) as uow:
        (taken,) = uow.messages.claim_looks(
            start + QUIET, 8, start + QUIET + timedelta(seconds=120)
        )
        assert uow.messages.claim_looks(start + QUIET, 8, start + QUIET) == []
    assert taken.message.id == message_id
    known.until(start + QUIET + timedelta(seconds=119))
    assert known.message(message_id).state is MessageState.UNKNOWN
    known.until(start + QUIET + timedelta(seconds=120))
    assert known.message(message_id).state is MessageState.SENT


def while_looking(town: Town, act: Callable[[], None], *, at_look: int) -> None:
    """Have something happen while the n-th look is under way."""

    def hook() -> None:
        if len(town.sent.looks) == at_look:
            act()

    town.sent.while_looking = hook


@pytest.mark.parametrize("at_look", [1, 2])
def test_who_posted_it_may_say_so_during_a_look(known: Town, at_look: int) -> None:
    number, message_id = lose_post(known)
    unknown = known.message(message_id)

    def late_answer() -> None:
        sent = replace(
            unknown,
            state=MessageState.SENT,
            channel=f"D-{ANA}",
            ts="late",
            sent_at=known.now,
            shows=(number,),
        )
        with known.store.write(known.workspace) as uow:
            assert uow.messages.save_fenced(sent)

    while_looking(known, late_answer, at_look=at_look)
    known.until(known.now + timedelta(hours=1))
    assert known.message(message_id).ts == "late"
    assert known.sent.posts == []


def test_a_look_that_was_taken_over_decides_nothing(
    known: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, message_id = lose_post(known)
    start = known.now
    known.until(start + QUIET + GAP - timedelta(seconds=1))
    known.now = start + QUIET + GAP
    other = known.seeker()

    def overtaken() -> None:
        known.now += timedelta(seconds=121)
        other.run(known.workspace)  # the second miss: pending
        known.send.settle()  # sent, and its answer lost
        assert len(known.to(ANA)) == 1

    known.sent.answers_lost.append(LOST)
    real_find = known.sent.find

    def slow(*_: object) -> tuple[Posted, ...]:
        monkeypatch.setattr(known.sent, "find", real_find)
        overtaken()
        return ()

    monkeypatch.setattr(known.sent, "find", slow)
    known.reconcile.run(known.workspace)
    assert known.message(message_id).state is MessageState.UNKNOWN
    known.until(known.now + timedelta(hours=1))
    assert known.message(message_id).state is MessageState.SENT
    assert len(known.to(ANA)) == 1


def test_several_processes_look_once_for_each_and_send_once(known: Town) -> None:
    lost = 6
    for _ in range(lost):
        lose_post(known)
    for looks in (lost, 2 * lost):
        known.now += QUIET
        seekers = [known.seeker() for _ in range(3)]
        with ThreadPoolExecutor(len(seekers)) as pool:
            done = list(pool.map(lambda each: each.run(known.workspace), seekers * lost))
        assert sum(done) == lost
        assert len(known.sent.looks) == looks
    known.rest()
    ids = [post.id for post in known.to(ANA)]
    assert len(ids) == len(set(ids)) == lost


def test_a_late_answer_after_it_was_found_begins_nothing_again(known: Town) -> None:
    _, message_id = lose_answer(known)
    unknown = known.message(message_id)
    known.until(known.now + QUIET)
    with known.store.write(known.workspace) as uow:
        late = replace(unknown, state=MessageState.SENT, channel="D", ts="x", sent_at=known.now)
        assert not uow.messages.save_fenced(late)


def test_one_that_is_never_there_is_dead_in_the_end(known: Town) -> None:
    _, message_id = lose_post(known)
    known.sent.fails_for[ANA] = LOST
    known.until(known.now + timedelta(hours=2))
    assert known.message(message_id).state is MessageState.DEAD
    assert Moment.NOT_DELIVERED in known.moments("U01LENA")


def test_a_channel_that_cannot_be_read_is_asked_once(town: Town) -> None:
    number = town.ask(tell_channel=True).expectation.number
    town.answer.act(town.actor(ANA), number, Action.ACCEPT)
    town.sent.fails_for[LAUNCH] = LOST
    town.sent.unreadable.append(RefusedError("missing_scope"))
    town.until(town.now + timedelta(hours=1))
    assert [channel for _, channel in town.sent.looks] == [LAUNCH]
    assert LAUNCH not in [post.to for post in town.sent.posts]
