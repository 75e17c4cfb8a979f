"""The outbox: claims, fences, leases, coalescing, what waits and what was shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.db.engine import SqlStore
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from tests.support.values import NOON, expectation, message

LATER = NOON + timedelta(minutes=5)
LEASE = NOON + timedelta(minutes=2)


@pytest.fixture
def workspace(store: SqlStore) -> int:
    return store.workspace("T1")


def claim_one(store: SqlStore, workspace: int) -> Message:
    with store.write(workspace) as uow:
        (claimed,) = uow.messages.claim(LATER, 5, LEASE)
    return claimed


def home(id_: str = "h1") -> Message:
    return message(id_, kind=MessageKind.HOME, moment=Moment.HOME, slot="home/UBOB")


def test_claiming_takes_what_is_due_in_order(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.messages.add(message("late", not_before=NOON + timedelta(seconds=1)))
        uow.messages.add(message("first", not_before=NOON - timedelta(hours=1)))
        uow.messages.add(message("second"))
        uow.messages.add(message("done", state=MessageState.SENT))
        claimed = uow.messages.claim(NOON, 5, LEASE)
        assert [each.id for each in claimed] == ["first", "second"]
        assert [(m.state, m.fence, m.attempts, m.lease_until) for m in claimed] == [
            (MessageState.SENDING, 1, 1, LEASE)
        ] * 2
        assert uow.messages.claim(NOON, 5, LEASE) == []
    assert store.next_wake() == NOON + timedelta(seconds=1)


def test_a_sent_post_tells_where_it_is_and_what_it_shows(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        for number in (1, 2):
            uow.expectations.insert(expectation(number))
        uow.messages.add(message("m1"))
    sent = replace(
        claim_one(store, workspace),
        state=MessageState.SENT,
        lease_until=None,
        channel="D1",
        ts="1.2",
        sent_at=NOON,
        shows=(2, 1),
    )
    with store.write(workspace) as uow:
        assert uow.messages.save_fenced(sent, NOON)
        assert uow.messages.get("m1") == sent
        newer = replace(sent, id="m2", slot="other", ts="1.3", sent_at=LATER, shows=(1,), fence=0)
        assert uow.messages.add(newer)
        assert uow.messages.save_fenced(newer)
        assert uow.messages.posts_showing(1, 5) == [newer, sent]
        assert uow.messages.posts_showing(1, 1) == [newer]
        assert uow.messages.posts_showing(2, 5) == [sent]
        assert uow.messages.posts_showing(3, 5) == []


def test_who_holds_an_old_fence_changes_nothing(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.messages.add(message())
    old = claim_one(store, workspace)
    again = replace(old, state=MessageState.PENDING, lease_until=None, error="ratelimited")
    with store.write(workspace) as uow:
        assert uow.messages.save_fenced(again)
    new = claim_one(store, workspace)
    assert (new.fence, new.attempts) == (2, 2)
    with store.write(workspace) as uow:
        assert not uow.messages.save_fenced(replace(old, state=MessageState.SENT, ts="1.2"))
        assert uow.messages.get("m1") == new


def test_a_lease_that_ran_out(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.messages.add(message("post"))
        uow.messages.add(home())
        post, shown = sorted(uow.messages.claim(NOON, 5, LEASE), key=lambda m: m.id, reverse=True)
        assert uow.messages.expire_leases(LEASE - timedelta(seconds=1), LATER) == 0
        assert uow.messages.expire_leases(LEASE, LATER) == 2
        assert uow.messages.get("post") == replace(
            post, state=MessageState.UNKNOWN, lease_until=None
        )
        assert uow.messages.undelivered("UBOB", 5) == []  # it is looked for
        (look,) = uow.messages.claim_looks(LATER, 5, LATER + timedelta(minutes=2))
        assert (look.message.id, look.misses, look.first_try, look.last_try) == (
            "post",
            0,
            NOON,
            NOON,
        )
        assert uow.messages.end_look(look)
        assert uow.messages.undelivered("UBOB", 5) == [uow.messages.get("post")]
        late = replace(shown, state=MessageState.SENT, lease_until=None)
        assert not uow.messages.save_fenced(late)
        told = replace(post, state=MessageState.SENT, lease_until=None, channel="D1", ts="1.2")
        assert uow.messages.save_fenced(told)
        assert uow.messages.get("post") == told
        assert [each.id for each in uow.messages.claim(NOON, 5, LEASE)] == ["h1"]


def test_a_home_is_pending_once_and_again_after_it_was_sent(
    store: SqlStore, workspace: int
) -> None:
    with store.write(workspace) as uow:
        assert uow.messages.add(home("h1"))
        assert not uow.messages.add(home("h2"))
    sent = replace(claim_one(store, workspace), state=MessageState.SENT, lease_until=None)
    with store.write(workspace) as uow:
        assert uow.messages.save_fenced(sent)
        assert uow.messages.claim(LATER, 5, LEASE) == []
        assert uow.messages.add(replace(home("h3"), args={"page": "2"}))
    claimed = claim_one(store, workspace)
    assert (claimed.id, claimed.args, claimed.fence, claimed.attempts) == (
        "h1",
        {"page": "2"},
        2,
        1,
    )


def test_a_change_while_home_is_being_sent_sends_it_again(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        uow.messages.add(home())
    sending = claim_one(store, workspace)
    with store.write(workspace) as uow:
        assert uow.messages.add(home("h2"))
        assert uow.messages.claim(LATER, 5, LEASE) == []  # never two at a time
        assert uow.messages.save_fenced(
            replace(sending, state=MessageState.SENT, lease_until=None, sent_at=NOON)
        )
    again = claim_one(store, workspace)
    assert (again.id, again.fence, again.attempts) == ("h1", 2, 1)
    with store.write(workspace) as uow:
        assert uow.messages.save_fenced(
            replace(again, state=MessageState.SENT, lease_until=None, sent_at=LATER)
        )
        assert uow.messages.claim(LATER, 5, LEASE) == []


def test_a_posts_slot_is_its_own_for_ever(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        assert uow.messages.add(message("m1", slot="s", state=MessageState.CANCELLED))
        assert not uow.messages.add(message("m2", slot="s"))
        kept = uow.messages.by_slot("s")
    assert kept is not None
    assert (kept.id, kept.state) == ("m1", MessageState.CANCELLED)


def test_workspaces_do_not_see_each_other(store: SqlStore, workspace: int) -> None:
    other = store.workspace("T2")
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(uow.expectations.take_numbers(1)))
        uow.messages.add(message())
        uow.inbox.record("k", {}, NOON)
    with store.write(other) as uow:
        assert uow.expectations.take_numbers(1) == 1
        assert uow.expectations.get(1) is None
        assert uow.expectations.open_of("UANA", 5) == []
        assert uow.inbox.answer("k") is None
        assert uow.messages.get("m1") is None
        assert uow.messages.add(message())
        assert uow.messages.claim(NOON, 5, LEASE) != []
    with store.read(workspace) as uow:
        assert uow.messages.get("m1") == message()
