"""The pace: what may go at once, what rests until when, and that memory of it is bounded."""

from datetime import timedelta

from bot.domain.messages import MessageKind
from bot.services.pace import Pace
from bot.services.timing import Rate, Timing
from tests.support.values import NOON, message

SECOND = timedelta(seconds=1)
HERE, THERE = 1, 2


def pace(*, channel: float = 2.0, workspace: float = 5.0) -> Pace:
    """Return one that lets so many go at once, and one a second after that."""
    return Pace(
        Timing(
            per_channel=Rate(per_second=1.0, at_once=channel),
            per_workspace=Rate(per_second=1.0, at_once=workspace),
        )
    )


def test_a_reader_rests_when_their_bucket_is_empty_and_nobody_else_does() -> None:
    slow = pace()
    assert [slow.take(HERE, message(to="UBOB"), NOON) for _ in range(3)] == [True, True, False]
    assert slow.resting(HERE, NOON) == {"UBOB"}
    assert slow.resting(THERE, NOON) == set()
    assert slow.take(HERE, message(to="UANA"), NOON)
    assert slow.take(THERE, message(to="UBOB"), NOON)


def test_the_next_moment_is_one_at_which_it_goes_on() -> None:
    slow = pace()
    assert slow.next_at(NOON) is None
    while slow.take(HERE, message(to="UBOB"), NOON):
        pass
    moment = slow.next_at(NOON)
    assert moment is not None
    assert NOON + SECOND <= moment <= NOON + SECOND + timedelta(milliseconds=1)
    assert slow.resting(HERE, NOON + SECOND / 2) == {"UBOB"}
    assert slow.resting(HERE, moment) == set()
    assert slow.take(HERE, message(to="UBOB"), moment)


def test_a_workspace_without_tokens_sends_no_posts_but_what_is_idempotent() -> None:
    slow = pace(workspace=2.0)
    assert slow.take(HERE, message(to="UANA"), NOON)
    assert slow.take(HERE, message(to="UBOB"), NOON)
    assert not slow.take(HERE, message(to="UKEN"), NOON)
    assert set(slow.kinds(HERE, NOON)) == {MessageKind.UPDATE, MessageKind.HOME}
    assert set(slow.kinds(THERE, NOON)) == set(MessageKind)
    assert MessageKind.POST in slow.kinds(HERE, NOON + 2 * SECOND)


def test_a_method_is_held_back_in_one_workspace_until_its_moment() -> None:
    slow = pace()
    until = NOON + 30 * SECOND
    slow.hold_back(HERE, MessageKind.UPDATE, NOON, until)
    assert set(slow.kinds(HERE, until - SECOND)) == {MessageKind.POST, MessageKind.HOME}
    assert set(slow.kinds(THERE, NOON)) == set(MessageKind)
    assert slow.held_until(HERE, MessageKind.UPDATE, NOON) == until == slow.next_at(NOON)
    assert set(slow.kinds(HERE, until)) == set(MessageKind)
    assert slow.next_at(until) is None


def test_of_two_holds_the_later_counts() -> None:
    slow = pace()
    until = NOON + 600 * SECOND
    slow.hold_back(HERE, MessageKind.POST, NOON, until)
    slow.hold_back(HERE, MessageKind.POST, NOON, NOON + 5 * SECOND)
    assert slow.held_until(HERE, MessageKind.POST, NOON) == until
    slow.hold_back(HERE, MessageKind.POST, until, until + SECOND)
    assert slow.held_until(HERE, MessageKind.POST, until) == until + SECOND


def test_a_clock_that_is_set_back_prolongs_no_wait() -> None:
    slow = pace()
    slow.hold_back(HERE, MessageKind.POST, NOON, NOON + 30 * SECOND)
    while slow.take(HERE, message(to="UBOB"), NOON):
        pass
    earlier = NOON - timedelta(hours=1)
    assert slow.next_at(earlier) is not None
    assert slow.held_until(HERE, MessageKind.POST, earlier) == earlier + 30 * SECOND
    assert slow.resting(HERE, earlier) == {"UBOB"}
    assert slow.resting(HERE, earlier + 2 * SECOND) == set()


def test_buckets_that_are_full_again_are_forgotten() -> None:
    slow = pace(workspace=1e9)
    for number in range(20_000):
        assert slow.take(HERE, message(to=f"U{number}"), NOON + number * SECOND / 100)
    assert len(slow._lines[HERE].readers) <= 2_000  # noqa: SLF001  # nothing outside tells it
