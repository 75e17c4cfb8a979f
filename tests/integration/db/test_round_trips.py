"""What is saved comes back the same, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.db.engine import SqlStore
from bot.domain.asides import RARE, Aside, AskedAside
from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    CheckIn,
    Event,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Period,
    PeriodOutcome,
    Report,
    Status,
    Visibility,
)
from bot.domain.goal import GoalStatus
from bot.domain.member import Cadence
from bot.domain.messages import Asked, Held, MessageKind, MessageState, Moment, Prompt
from bot.domain.thanks import Thanks
from tests.support.values import (
    BERLIN,
    NOON,
    channel,
    expectation,
    full_expectation,
    full_goal,
    full_member,
    goal,
    member,
    message,
    summary,
    terms,
)


@pytest.fixture
def workspace(store: SqlStore) -> int:
    return store.workspace("T1")


def test_members(store: SqlStore, workspace: int) -> None:
    full = full_member("UBOB")
    people = [member("UANA"), full, *(member(f"U{c}", cadence=c) for c in Cadence)]
    with store.write(workspace) as uow:
        for person in people:
            uow.members.save(person)
    with store.read(workspace) as uow:
        assert uow.members.get_many([p.user for p in people]) == {p.user: p for p in people}
        assert uow.members.get("UNOBODY") is None
    changed = replace(full, away_until=None, away_from=None, next_list_at=None)
    with store.write(workspace) as uow:
        uow.members.save(changed)
        assert uow.members.get_for_update("UBOB") == changed


@pytest.mark.parametrize("status", list(Status))
def test_expectations_of_every_status(store: SqlStore, workspace: int, status: Status) -> None:
    made = expectation(1, status)
    with store.write(workspace) as uow:
        uow.expectations.insert(made)
    with store.read(workspace) as uow:
        assert uow.expectations.get(1) == made
        assert uow.expectations.get(2) is None
        assert uow.expectations.terms(1) == [made.terms]


def test_an_expectation_with_every_field(store: SqlStore, workspace: int) -> None:
    full = full_expectation(2, goal=1, other=1)
    with store.write(workspace) as uow:
        uow.goals.insert(goal(1))
        uow.expectations.insert(expectation(1, Status.MISSED))
        uow.expectations.insert(full)
        uow.expectations.save(replace(expectation(1, Status.MISSED), open_remedy=2))
    with store.read(workspace) as uow:
        assert uow.expectations.get_many([1, 2, 3]) == {
            1: replace(expectation(1, Status.MISSED), open_remedy=2),
            2: full,
        }
        assert [each.version for each in uow.expectations.terms(2)] == [2, 3]


def test_an_update_keeps_every_field_and_fills_in_what_comes_later(
    store: SqlStore, workspace: int
) -> None:
    report = Report(ordinal=1, at=NOON, finished_on=Due(date(2026, 11, 26)), outcome=Outcome.KEPT)
    first = expectation(1)
    with store.write(workspace) as uow:
        uow.expectations.insert(first)
    agreed = replace(
        first, status=Status.ACTIVE, terms=replace(first.terms, accepted_at=NOON), reached_at=NOON
    )
    done = replace(agreed, status=Status.DONE, reports=1, first_report=report, last_report=report)
    reached = replace(report, reached_at=NOON)
    confirmed = replace(
        done,
        status=Status.MET,
        outcome=Outcome.KEPT,
        closed_at=NOON,
        first_report=reached,
        last_report=reached,
    )
    for version in (agreed, done, confirmed):
        with store.write(workspace) as uow:
            uow.expectations.save(version)
            assert uow.expectations.get_for_update(1) == version


def test_every_kind_visibility_pending_and_outcome(store: SqlStore, workspace: int) -> None:
    let_go = Pending(
        ordinal=1, kind=PendingKind.LET_GO, author="UBOB", at=NOON, asked_at=NOON, note=""
    )
    several = [
        expectation(1, kind=Kind.REQUEST, visibility=Visibility.PRIVATE, channel=None),
        expectation(2, kind=Kind.OFFER),
        expectation(3, Status.ACTIVE, kind=Kind.COMMITMENT, requester=None),
        expectation(4, Status.ACTIVE, pending=let_go, pendings=1),
        *(
            expectation(5 + place, Status.MET, outcome=outcome, unconfirmed=True)
            for place, outcome in enumerate((Outcome.KEPT, Outcome.KEPT_CHANGED, Outcome.LATE))
        ),
        *(
            expectation(8 + place, Status.MISSED, outcome=outcome)
            for place, outcome in enumerate((Outcome.MISSED, Outcome.REPAIRED, Outcome.FORGIVEN))
        ),
    ]
    with store.write(workspace) as uow:
        for each in several:
            uow.expectations.insert(each)
    with store.read(workspace) as uow:
        assert list(uow.expectations.get_many(range(1, 11)).values()) == several


def test_events_of_every_verb(store: SqlStore, workspace: int) -> None:
    verbs: list[Action | CheckIn] = [*Action, *CheckIn]
    history = [
        Event(number=1, seq=seq, at=NOON, actor="UBOB", verb=verb, note=f"{verb}!", version=1)
        for seq, verb in enumerate(verbs, start=1)
    ]
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
        assert uow.expectations.last_event(1) == 0
        for event in history:
            uow.expectations.add_event(event)
    with store.read(workspace) as uow:
        assert uow.expectations.events(1) == history
        assert uow.expectations.event(1, 2) == history[1]
        assert uow.expectations.event(1, 99) is None
        assert uow.expectations.last_event(1) == len(verbs)


def test_periods_of_every_outcome(store: SqlStore, workspace: int) -> None:
    dates = [
        Period(
            number=1,
            date=date(2026, 11, day),
            slot_at=NOON,
            outcome=outcome,
            reported_at=NOON,
            settled_at=NOON + timedelta(days=1),
            note="well",
        )
        for day, outcome in enumerate(PeriodOutcome, start=1)
    ]
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1, Status.ACTIVE))
        for period in dates:
            uow.expectations.save_period(replace(period, outcome=PeriodOutcome.OPEN))
            uow.expectations.save_period(period)
    with store.read(workspace) as uow:
        assert uow.expectations.periods(1) == dates


@pytest.mark.parametrize(
    "due",
    [
        Due(date(2026, 2, 28)),
        Due(datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)),
        Due(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)),  # the first of two
        Due(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN)),
        Due(datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)),  # in the gap
        Due(datetime(2026, 3, 29, 2, 30, fold=1, tzinfo=BERLIN)),
        Due(datetime(2026, 11, 27, 17, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))),
        Due(datetime(2026, 11, 27, 17, 0, 1, 5, tzinfo=ZoneInfo("Asia/Kathmandu"))),
    ],
    ids=str,
)
def test_dues_keep_wall_time_zone_and_instant(store: SqlStore, workspace: int, due: Due) -> None:
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1, due=due, terms=terms(due=due)))
        kept = uow.expectations.get(1)
    assert kept is not None
    for each in (kept.due, kept.terms.due):
        assert each == due
        assert each.ends_at(BERLIN) == due.ends_at(BERLIN)
        assert each.zone == due.zone


def test_instants_come_back_in_utc_and_naive_ones_are_refused(
    store: SqlStore, workspace: int
) -> None:
    local = datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1, due_at=local))
        kept = uow.expectations.get(1)
    assert kept is not None
    assert kept.due_at == local
    assert kept.due_at.utcoffset() == timedelta(0)
    naive = datetime(2026, 11, 27, 17, 0, tzinfo=UTC).replace(tzinfo=None)
    with (
        pytest.raises(Exception, match="a naive time names no instant"),
        store.write(workspace) as uow,
    ):
        uow.expectations.insert(expectation(2, due_at=naive))


def test_goals_of_every_status_and_the_updates_of_their_measure(
    store: SqlStore, workspace: int
) -> None:
    several = [goal(number, status) for number, status in enumerate(GoalStatus, start=1)]
    full = full_goal(9)
    with store.write(workspace) as uow:
        for each in (*several, full):
            uow.goals.insert(each)
        assert [uow.goals.get(each.number) for each in several] == several
        assert uow.goals.get_for_update(9) == full
        uow.goals.save(replace(full, measure=None, note="again"))
        assert uow.goals.get(9) == replace(full, measure=None, note="again")
        uow.goals.add_update(9, "UANA", NOON, "1")
        uow.goals.add_update(9, "UBOB", NOON + timedelta(hours=1), "2")
        uow.goals.add_update(1, "UBOB", NOON, "5")
        for at, stood in (
            (NOON - timedelta(seconds=1), {}),
            (NOON + timedelta(minutes=1), {1: "5", 9: "1"}),
            (NOON + timedelta(days=1), {1: "5", 9: "2"}),
        ):
            assert uow.goals.values_at([1, 2, 9], at) == stood
        assert uow.goals.values_at([], NOON) == {}
        assert uow.goals.in_channel("CTEAM", 1) == [several[0]]
        assert uow.goals.of_user("UBOB", 1, 2) == several[1:3]
        assert uow.goals.of_user("UNOBODY", 0, 2) == []


@pytest.mark.parametrize("kind", ["channel", "private", "im", "mpim"])
def test_channels(store: SqlStore, workspace: int, kind: str) -> None:
    plain, summed = channel("C1", kind=kind), channel("C1", kind=kind, summary=summary())
    with store.write(workspace) as uow:
        for each in (plain, summed, plain):
            uow.channels.save(each)
            assert uow.channels.get("C1") == each
            assert uow.channels.get_for_update("C1") == each


def test_thanks_number_themselves(store: SqlStore, workspace: int) -> None:
    given = Thanks(number=0, by="UANA", to="UBOB", text="for the review", at=NOON)
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
        first = uow.thanks.add(given)
        second = uow.thanks.add(replace(given, channel="CTEAM", expectation=1, kept_between=True))
        assert (first.number, second.number) == (1, 2)
        assert [uow.thanks.get(1), uow.thanks.get(2), uow.thanks.get(3)] == [first, second, None]
        assert uow.thanks.in_channel("CTEAM", NOON, NOON + timedelta(days=1)) == []
        shared = replace(second, kept_between=False)
        uow.thanks.save(shared)
        assert uow.thanks.in_channel("CTEAM", NOON, NOON + timedelta(days=1)) == [shared]
        assert uow.thanks.in_channel("CTEAM", NOON - timedelta(days=1), NOON) == []


def test_messages_of_every_kind_moment_and_state(store: SqlStore, workspace: int) -> None:
    several = [
        *(message(f"kind {kind}", kind=kind) for kind in MessageKind),
        *(message(f"moment {moment}", moment=moment) for moment in Moment),
        *(
            message(
                f"state {state}",
                state=state,
                lease_until=NOON if state is MessageState.SENDING else None,
            )
            for state in MessageState
        ),
        message("full", number=1, event=3, args={"day": "2026-11-27", "text": "„é“ 🎉"}, error="x"),
    ]
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
        assert all(uow.messages.add(each) for each in several)
        assert [uow.messages.get(each.id) for each in several] == several
        assert uow.messages.by_slot("slot of full") == several[-1]
        assert uow.messages.get("none") is None


def test_held_notices_and_prompts(store: SqlStore, workspace: int) -> None:
    held = [
        Held(user="UBOB", number=1, event=event, moment=moment, since=NOON, timed=event % 2 == 0)
        for event, moment in enumerate(Moment)
    ]
    asked = [
        Asked(user="UBOB", number=1, prompt=prompt, key="v1", ordinal=1, at=at, message="m1")
        for prompt, at in ((p, NOON + timedelta(minutes=i)) for i, p in enumerate(Prompt))
    ]
    with store.write(workspace) as uow:
        uow.expectations.insert(expectation(1))
        assert all(uow.messages.hold(each) for each in held)
        assert not uow.messages.hold(held[0])
        assert uow.messages.held_for("UBOB") == held
        assert uow.messages.take_held(held[0], "m7")
        assert not uow.messages.take_held(held[0], "m8")
        assert uow.messages.held_for("UBOB") == held[1:]
        assert not uow.messages.take_held(replace(held[1], moment=held[0].moment), "m8")
        later = replace(held[0], since=NOON + timedelta(days=1), args={"words": "1"})
        uow.messages.hold_again(later)
        assert uow.messages.held_for("UBOB") == [*held[1:], later]
        assert all(uow.messages.add_asked(each) for each in asked)
        assert not uow.messages.add_asked(asked[0])
        assert uow.messages.asked_of("UBOB", [1, 2]) == asked
        assert uow.messages.asked_of("UBOB", []) == []


def test_the_inbox_answers_and_forgets(store: SqlStore, workspace: int) -> None:
    with store.write(workspace) as uow:
        assert uow.inbox.answer("k1") is None
        uow.inbox.record("k1", {"number": "7"}, NOON)
        assert uow.inbox.answer("k1") == {"number": "7"}
    with store.read(workspace) as uow:
        assert uow.inbox.answer("k1") == {"number": "7"}
    with store.write(workspace) as uow:
        assert uow.inbox.forget(NOON) == 0
        assert uow.inbox.forget(NOON + timedelta(seconds=1)) == 1
        assert uow.inbox.answer("k1") is None


@pytest.mark.parametrize("kind", Aside)
def test_asides_are_noted_once(store: SqlStore, workspace: int, kind: Aside) -> None:
    asked = AskedAside(user="UANA", kind=kind, key="E-42", at=NOON, message="m1")
    again = replace(asked, at=NOON + timedelta(days=1), message="m2")
    with store.write(workspace) as uow:
        assert uow.asides.add(asked)
        assert not uow.asides.add(again)
        assert uow.asides.add(replace(again, user="UBOB"))
        assert uow.asides.add(replace(again, key="E-43"))
    with store.read(workspace) as uow:
        assert uow.asides.get("UANA", kind, "E-42") == asked
        assert uow.asides.get("UANA", kind, "E-44") is None
        assert uow.asides.of_message("m1") == [asked]
        assert uow.asides.last("UANA", [kind]) == {kind: again.at}
        assert uow.asides.last("UANA", RARE - {kind}) == {}
        assert uow.asides.among("UANA", kind, ["E-43", "E-42", "E-44"]) == {"E-42", "E-43"}
        assert uow.asides.among("UEVE", kind, ["E-42"]) == set()
        assert uow.asides.among("UANA", kind, []) == set()
        assert uow.asides.latest("UEVE", kind, 9) == []
