"""Whole lives at random: what holds whoever does what, in whatever order, at whatever time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.conversation import (
    Change,
    Details,
    People,
    apply,
    at_next_slot,
    check_in,
    check_ins,
    clock_action,
    moves,
    next_clock,
    open_expectation,
    reached,
    with_owner_zone,
)
from bot.domain.conversation.following import What
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError, NotAllowedError, NotYoursError, StaleError
from bot.domain.expectation import (
    CLOCK,
    Action,
    CheckIn,
    Event,
    Expectation,
    Kind,
    Outcome,
    Report,
    Seen,
    Status,
)
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording

REN, LENA, STRANGER = "U0REN", "U0LENA", "U0EVE"
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG_AFTER = datetime(2036, 1, 1, tzinfo=UTC)
BERLIN, DENVER = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Denver")
INSTANT = timedelta(microseconds=1)

FOLLOWS = {
    "proposed": "proposed active declined withdrawn lapsed released",
    "active": "active done met missed released handed_back lapsed unsettled",
    "done": "done met active released unsettled",
    "met": "met active",  # a commitment's undo
    "missed": "missed",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
    "released": "released",
    "handed_back": "handed_back",
    "unsettled": "unsettled",
}
COUNTS = {
    Status.MET: {Outcome.KEPT, Outcome.KEPT_CHANGED, Outcome.LATE},
    Status.MISSED: {Outcome.MISSED, Outcome.FORGIVEN},
}
OPEN = {Status.PROPOSED, Status.ACTIVE, Status.DONE}

humans = st.sampled_from([REN, LENA])
by_people = st.sampled_from([a for a in Action if a not in {Action.LAPSE, Action.SETTLE}])
hours = st.sampled_from([1, 2, 5, 8, 20, 24, 24, 49, 24 * 4, 24 * 9, 24 * 40])
USUAL = (Action.ACCEPT, Action.DONE, Action.RETURN, Action.REMEDY)
ENDS = {Action.DROP, Action.CANNOT, Action.DECLINE}  # tried as well, but not as often


class Life(RuleBasedStateMachine):
    """One expectation, two people, the clock, and messages that arrive or do not."""

    now: Expectation
    people: People

    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.forget()

    def forget(self) -> None:
        self.terms: dict[int, Terms] = {}
        self.events: list[Event] = []
        self.reports: dict[int, Report] = {}
        self.old = Seen(version=1)

    @initialize(
        kind=st.sampled_from(Kind),
        recurs=st.sampled_from([False, False, False, True]),
        days=st.integers(0, 9),
        timed=st.booleans(),
    )
    def begin(self, kind: Kind, days: int, *, recurs: bool, timed: bool) -> None:
        ren = Member(user=REN, name="Ren", zone=BERLIN)
        lena = Member(user=LENA, name="Lena", zone=DENVER)
        alone = kind is Kind.COMMITMENT
        self.people = People(owner=ren, requester=None if alone else lena)
        change = open_expectation(
            kind=kind,
            number=42,
            wording=Wording(result="ship"),
            due=self.due_in(days, timed=timed),
            rrule="FREQ=DAILY" if recurs else None,
            people=self.people,
            by=LENA if kind is Kind.REQUEST else REN,
            at=self.at,
        )
        self.store(change)

    def due_in(self, days: int, *, timed: bool) -> Due:
        moment = (self.at + timedelta(days=days, hours=2)).astimezone(BERLIN)
        return Due(moment if timed else moment.date())

    def store(self, change: Change) -> None:
        """Check a change against what was stored before, as append-only tables would."""
        before = change.before
        for terms in change.new_terms:
            assert terms.version == len(self.terms) + 1
            self.terms[terms.version] = terms
        for terms in change.accepted_terms:
            assert self.terms[terms.version] == replace(terms, accepted_at=None)
            self.terms[terms.version] = terms
        assert change.event.seq == len(self.events) + 1
        self.events.append(change.event)
        if before is not None:
            assert change.after.status.value in FOLLOWS[before.status.value].split()
            self.check_outcome(before, change.after)
        self.now = change.after

    def check_outcome(self, before: Expectation, after: Expectation) -> None:
        first = after.first_report
        if after.reports > before.reports and after.last_report is not None:
            self.reports[after.reports] = after.last_report
        if first is not None:
            assert first.outcome is self.reports[first.ordinal].outcome
        if before.first_report is not None and change_of_first(before, after):
            assert self.events[-1].verb is Action.UNDO
        if before.outcome is Outcome.FORGIVEN:
            assert after.outcome is Outcome.FORGIVEN

    @rule(after=hours)
    def time_passes(self, after: int) -> None:
        self.at += timedelta(hours=after)

    @rule(action=by_people, by=humans, days=st.integers(0, 9), timed=st.booleans())
    def acts(self, action: Action, by: str, days: int, *, timed: bool) -> None:
        self.attempt(action, by, days, timed=timed, seen=None)

    @rule(pick=st.integers(0, 99), by=humans, days=st.integers(0, 9), timed=st.booleans())
    def presses_what_is_offered(self, pick: int, by: str, days: int, *, timed: bool) -> None:
        offered = sorted(moves(self.now, by, self.at, self.people) - ENDS)
        if offered:
            action = offered[pick % len(offered)]
            self.attempt(action, by, days, timed=timed, seen=self.now.seen)

    @rule(days=st.integers(1, 9), after=st.integers(0, 30), rounds=st.integers(1, 3))
    def they_get_on(self, days: int, after: int, rounds: int) -> None:
        """Agree, finish, look: what most people do most of the time."""
        for _ in range(rounds):
            for by, action in product((LENA, REN), USUAL):
                if action in moves(self.now, by, self.at, self.people):
                    self.attempt(action, by, days, timed=False, seen=self.now.seen)
                    break
            self.at += timedelta(hours=after)

    @precondition(lambda self: self.now.status not in OPEN and self.now.outcome is None)
    @rule(kind=st.sampled_from(Kind), days=st.integers(0, 9))
    def another_begins(self, kind: Kind, days: int) -> None:
        self.forget()
        self.begin(kind, days, recurs=False, timed=False)

    @rule(action=by_people, by=humans, days=st.integers(0, 9))
    def presses_something_old(self, action: Action, by: str, days: int) -> None:
        self.attempt(action, by, days, timed=False, seen=self.old)
        self.old = self.now.seen

    def attempt(
        self, action: Action, by: str, days: int, *, timed: bool, seen: Seen | None
    ) -> None:
        due = self.due_in(days, timed=timed)
        finished = action is Action.DONE
        details = Details(note="words", due=None if finished else due, next_slot=due)
        before, offered = self.now, action in moves(self.now, by, self.at, self.people)
        try:
            change = apply(
                before,
                action,
                by=by,
                at=self.at,
                people=self.people,
                last_event=len(self.events),
                details=details,
                seen=seen,
            )
        except (NotAllowedError, NotYoursError):
            assert not offered
        except StaleError:
            assert seen is not None
            agreed_since = seen.proposed != before.seen.proposed
            assert seen != before.seen or agreed_since
        except InvalidInputError:
            assert offered  # the same due once more
        else:
            assert offered
            assert seen is None or seen.version == before.terms.version
            assert (change.event.actor, change.event.verb) == (by, action)
            self.store(change)

    @rule(kind=st.sampled_from(CheckIn), by=humans)
    def says(self, kind: CheckIn, by: str) -> None:
        if kind in check_ins(self.now, by):
            last = len(self.events)
            self.store(check_in(self.now, kind, by=by, at=self.at, last_event=last))

    @rule()
    def messages_arrive(self) -> None:
        for what in get_args(What):
            self.now = reached(self.now, what, self.at)

    @rule(who=humans, days=st.integers(1, 60), zone=st.sampled_from([BERLIN, DENVER]))
    def somebody_travels(self, who: str, days: int, zone: ZoneInfo) -> None:
        first = self.at.date()
        back = first + timedelta(days=days)
        owner, requester = self.people.owner, self.people.requester
        if who == REN:
            owner = replace(owner, away_from=first, away_until=back, zone=zone)
        elif requester is not None:
            requester = replace(requester, away_from=first, away_until=back)
        self.people = People(owner=owner, requester=requester)
        self.now = with_owner_zone(self.now, self.people)

    @rule()
    def the_clock_ticks(self) -> None:
        action = clock_action(self.now, self.at, self.people)
        offered = moves(self.now, CLOCK, self.at, self.people)
        assert offered == ({action} if action else set())
        if action is not None:
            change = apply(
                self.now,
                action,
                by=CLOCK,
                at=self.at,
                people=self.people,
                last_event=len(self.events),
            )
            self.store(change)

    @precondition(lambda self: self.now.is_series and self.now.status is Status.ACTIVE)
    @rule()
    def a_slot_passes(self) -> None:
        if self.at > self.now.due_at:
            self.now = at_next_slot(self.now, self.due_in(1, timed=False), self.people)

    @rule()
    def somebody_leaves(self) -> None:
        if len(self.events) > 6:  # after a full life, so that lives are not short
            owner = replace(self.people.owner, active=False)
            self.people = replace(self.people, owner=owner)

    @invariant()
    def versions_are_appended(self) -> None:
        assert self.now.last_version == len(self.terms)
        assert self.terms[self.now.terms.version] == self.now.terms
        pending = self.now.pending
        if pending is not None and pending.terms is not None:
            assert self.terms[pending.terms.version] == pending.terms

    @invariant()
    def what_waits_waits_for_somebody(self) -> None:
        now = self.now
        assert (now.awaited is not None) == (now.status is Status.PROPOSED)
        if now.pending is not None:
            assert now.status is Status.ACTIVE
            assert now.other(now.pending.author) is not None
            assert now.pending.at <= now.pending.asked_at
        if now.question is not None:
            assert now.status in OPEN

    @invariant()
    def only_what_is_over_counts(self) -> None:
        now = self.now
        assert (now.closed_at is None) == (now.status in OPEN)
        if now.status in COUNTS:
            assert now.outcome in COUNTS[now.status]
        else:
            assert now.outcome is None
        assert not now.self_confirmed or now.is_commitment
        assert not now.unconfirmed or now.status is Status.MET

    @invariant()
    def the_due_ends_where_the_owner_is(self) -> None:
        assert self.now.due_at == self.now.due.ends_at(self.people.owner.zone)

    @invariant()
    def the_clock_is_never_woken_late(self) -> None:
        wakes = next_clock(self.now, self.people)
        quiet_until = LONG_AFTER if wakes is None else wakes - INSTANT
        assert clock_action(self.now, quiet_until, self.people) is None

    @invariant()
    def what_is_over_is_over(self) -> None:
        if self.now.status not in OPEN:
            assert clock_action(self.now, LONG_AFTER, self.people) is None

    @invariant()
    def a_stranger_may_do_nothing(self) -> None:
        assert not moves(self.now, STRANGER, self.at, self.people)


def change_of_first(before: Expectation, after: Expectation) -> bool:
    """Tell whether another report, or none, is the first that stands."""
    one, other = before.first_report, after.first_report
    return one is not None and (other is None or other.ordinal != one.ordinal)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=2000,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
