"""The legal moves, written out by hand; every other combination is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

import pytest

from bot.domain.conversation import Details, People, apply, moves
from bot.domain.errors import NotAllowedError, NotYoursError
from bot.domain.expectation import (
    CLOCK,
    Action,
    Expectation,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Question,
    Report,
    Side,
    Status,
    Visibility,
)
from bot.domain.terms import Terms, Wording
from tests.unit.conversation.story import FRIDAYS, LENA, REN, at, day, people

STRANGER = "U0EVE"

LEGAL = """
proposed  accept   awaited    due-ahead                                      active
proposed  change   either     -                                              proposed
proposed  decline  awaited    -                                              declined
proposed  drop     author     -                                              withdrawn
proposed  lapse    clock      proposal-over                                  lapsed
proposed  ask      either     -                                              proposed
proposed  answer   asked      -                                              proposed
proposed  gone     clock      someone-left                                   released
active    ask      either     two                                            active
active    answer   asked      -                                              active
active    change   either     -                                              active
active    let_go   owner      two                                            active
active    cannot   owner      in-time                                        handed_back
active    cannot   owner      overdue                                        missed
active    done     owner      single two                                     done
active    done     owner      single alone                                   met
active    drop     requester  -                                              released
active    drop     owner      alone                                          released
active    missed   requester  single overdue nothing-pending asked-long-ago  missed
active    lapse    clock      silent nothing-pending                         lapsed
active    differ   either     returned-twice                                 unsettled
active    gone     clock      someone-left                                   released
active    accept   other      terms-pending new-due-ahead                    active
active    accept   other      let-go-pending                                 released
active    keep     either     something-pending                              active
active    lapse    clock      pending-over                                   active
active    lapse    clock      silent late-pending pending-not-over           lapsed
done      ask      either     -                                              done
done      answer   asked      -                                              done
done      confirm  requester  -                                              met
done      return   requester  -                                              active
done      undo     owner      -                                              active
done      settle   clock      looked-long-enough                             met
done      differ   either     returned-twice                                 unsettled
done      gone     clock      someone-left                                   released
met       undo     owner      self-confirmed next-workday                    active
missed    remedy   owner      two not-forgiven no-remedy                     missed
missed    forgive  requester  not-forgiven                                   missed
unsettled differ   unheard    -                                              unsettled
"""

MOMENTS = {
    "before": at("11-25 10:00"),  # the due is Friday 27 November, a day
    "after": at("11-30 10:00"),  # "what happened?" arrived at 09:30
    "closable": at("12-02 10:00"),
    "far": at("2027-03-01 10:00"),
}
SINCE = at("11-23 10:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts of a combination, as labels from which the test alone concludes."""

    status: Status
    moment: str
    kind: str = "request"  # series, commitment, own series (a commitment that recurs)
    author: str = LENA  # of the latest terms
    question_by: str | None = None
    pending: str = ""  # terms, soon (terms whose due is 26 November), let_go
    pending_by: str = REN
    pending_at: str = "before"  # the due, or after it
    returns: int = 0
    gone: bool = False
    missed: Outcome = Outcome.MISSED
    remedy: int | None = None
    unheard: Side | None = None  # of one seen differently

    @property
    def alone(self) -> bool:
        return self.kind in {"commitment", "own series"}

    @property
    def recurs(self) -> bool:
        return self.kind in {"series", "own series"}

    @property
    def late(self) -> bool:
        return self.moment != "before" and not self.recurs

    @property
    def rests(self) -> bool:
        return bool(self.pending) and self.pending_at == "before"

    @property
    def pending_over(self) -> bool:
        """From Tuesday 24 the other's fifth workday is 1 December; an own question puts it off."""
        if not self.pending or self.gone:
            return False
        other_asked = self.question_by not in {None, self.pending_by}
        slow = self.pending_at == "after" or other_asked
        return self.moment in ({"far"} if slow else {"closable", "far"})

    @property
    def proposal_over(self) -> bool:
        if self.gone:
            return False
        if self.recurs:
            return self.moment == "far"
        awaited_asked = self.question_by not in {None, self.author}
        return self.moment in (
            {"closable", "far"} if awaited_asked else {"after", "closable", "far"}
        )

    @property
    def settles(self) -> bool:
        slow = self.question_by == LENA
        return not self.gone and self.moment in ({"far"} if slow else {"closable", "far"})

    @property
    def silent(self) -> bool:
        return self.moment == "far" and not self.gone


CONDITIONS: dict[str, Callable[[Situation], bool]] = {
    "-": lambda _: True,
    "two": lambda s: not s.alone,
    "alone": lambda s: s.alone,
    "single": lambda s: not s.recurs,
    "due-ahead": lambda s: not s.late,
    "in-time": lambda s: not s.late or s.rests,
    "overdue": lambda s: s.late and not s.rests,
    "nothing-pending": lambda s: not s.pending,
    "something-pending": lambda s: bool(s.pending),
    "terms-pending": lambda s: s.pending in {"terms", "soon"},
    "let-go-pending": lambda s: s.pending == "let_go",
    "new-due-ahead": lambda s: s.pending == "terms" or not s.late,
    "late-pending": lambda s: bool(s.pending) and s.pending_at == "after",
    "pending-over": lambda s: s.pending_over,
    "pending-not-over": lambda s: not s.pending_over,
    "asked-long-ago": lambda s: s.moment in {"closable", "far"},
    "silent": lambda s: s.silent,
    "returned-twice": lambda s: s.returns == 2,
    "proposal-over": lambda s: s.proposal_over,
    "looked-long-enough": lambda s: s.settles,
    "someone-left": lambda s: s.gone,
    "self-confirmed": lambda s: s.alone,
    "next-workday": lambda s: s.moment == "before",
    "not-forgiven": lambda s: s.missed is Outcome.MISSED,
    "no-remedy": lambda s: s.remedy is None,
}


def who(party: str, s: Situation) -> set[str]:
    lena = set() if s.alone else {LENA}
    both = {REN} | lena
    parties: dict[str, set[str]] = {
        "owner": {REN},
        "requester": lena,
        "either": both,
        "author": {s.author},
        "awaited": both - {s.author},
        "other": both - {s.pending_by},
        "asked": both - {s.question_by} if s.question_by else set(),
        "clock": {CLOCK},
        "unheard": {Side.OWNER: {REN}, Side.REQUESTER: {LENA}, None: set[str]()}[s.unheard],
    }
    return parties[party]


def expected(s: Situation) -> dict[tuple[str, str], set[str]]:
    """Return the legal (action, user) pairs and where each may lead."""
    legal: dict[tuple[str, str], set[str]] = {}
    for line in LEGAL.strip().splitlines():
        status, action, party, *conditions, to = line.split()
        if status == s.status.value and all(CONDITIONS[word](s) for word in conditions):
            for user in who(party, s):
                legal.setdefault((action, user), set()).add(to)
    return legal


def _terms(s: Situation) -> Terms:
    rrule = FRIDAYS if s.recurs else None
    return Terms(
        version=3,
        author=REN if s.alone else s.author,
        at=SINCE,
        wording=Wording(result="ship"),
        due=day("11-27"),
        rrule=rrule,
        accepted_at=None if s.status is Status.PROPOSED else SINCE,
    )


def _pending(s: Situation, terms: Terms) -> Pending | None:
    if not s.pending:
        return None
    proposed = at("11-24 10:00") if s.pending_at == "before" else at("11-30 09:00")
    due = day("11-26") if s.pending == "soon" else day("2027-06-01")
    new = replace(terms, version=4, author=s.pending_by, due=due, accepted_at=None)
    return Pending(
        ordinal=2,
        kind=PendingKind.LET_GO if s.pending == "let_go" else PendingKind.TERMS,
        author=s.pending_by,
        at=proposed,
        asked_at=proposed,
        reached_at=proposed,
        terms=None if s.pending == "let_go" else new,
    )


def _report(s: Situation) -> Report | None:
    if s.status not in {Status.DONE, Status.MET}:
        return None
    reported = at("11-24 10:00")
    return Report(
        ordinal=1,
        at=reported,
        reached_at=reported,
        finished_on=day("11-24"),
        outcome=Outcome.KEPT,
    )


def build(s: Situation) -> Expectation:
    terms = _terms(s)
    report = _report(s)
    asked = s.question_by and Question(by=s.question_by, at=at("11-23 11:00"), text="Which API?")
    late = s.moment != "before" and s.status is Status.ACTIVE
    outcome = {Status.MET: Outcome.KEPT, Status.MISSED: s.missed}.get(s.status)
    is_over = s.status not in {Status.PROPOSED, Status.ACTIVE, Status.DONE}
    return Expectation(
        number=42,
        kind=Kind.COMMITMENT if s.alone else Kind.REQUEST,
        requester=None if s.alone else LENA,
        owner=REN,
        channel="C1",
        visibility=Visibility.CHANNEL,
        status=s.status,
        terms=terms,
        last_version=4,
        due=day("11-27"),
        due_at=at("11-28 00:00"),
        created_at=SINCE,
        pending=_pending(s, terms),
        pendings=2,
        reached_at=SINCE,
        owner_word_at=SINCE,
        requester_word_at=SINCE,
        question=asked or None,
        asked=(at("11-30 09:30"),) if late else (),
        reports=1,
        returns=s.returns,
        first_report=report,
        last_report=report,
        outcome=outcome,
        self_confirmed=s.status is Status.MET and s.alone,
        closed_at=at("11-24 10:00") if is_over else None,
        open_remedy=s.remedy,
        unheard=s.unheard,
    )


ASKED: tuple[str | None, ...] = (None, REN, LENA)
KINDS = ("request", "commitment")


def proposed(moment: str, *, gone: bool) -> Iterator[Situation]:
    for kind, author, by in product(("request", "series"), (REN, LENA), ASKED):
        yield Situation(
            status=Status.PROPOSED,
            moment=moment,
            kind=kind,
            author=author,
            question_by=by,
            gone=gone,
        )


def active(moment: str, *, gone: bool) -> Iterator[Situation]:
    for kind, by, returns in product(("request", "series"), ASKED, (0, 1, 2)):
        agreed = Situation(
            status=Status.ACTIVE,
            moment=moment,
            kind=kind,
            question_by=by,
            returns=returns,
            gone=gone,
        )
        yield agreed
        yield replace(agreed, pending="let_go")
        for pending, author in product(("terms", "soon"), (REN, LENA)):
            yield replace(agreed, pending=pending, pending_by=author)
        if agreed.late:
            yield replace(agreed, pending="let_go", pending_at="after")
            yield replace(agreed, pending="terms", pending_at="after")
    for kind in ("commitment", "own series"):
        yield Situation(status=Status.ACTIVE, moment=moment, kind=kind, author=REN, gone=gone)


def reported(moment: str, *, gone: bool) -> Iterator[Situation]:
    for by, returns in product(ASKED, (0, 1, 2)):
        yield Situation(
            status=Status.DONE, moment=moment, question_by=by, returns=returns, gone=gone
        )


def over(moment: str, *, gone: bool) -> Iterator[Situation]:
    for status, kind in product(set(Status) - {Status.PROPOSED, Status.ACTIVE, Status.DONE}, KINDS):
        author = REN if kind == "commitment" else LENA
        ended = Situation(status=status, moment=moment, kind=kind, author=author, gone=gone)
        yield ended
        if status is Status.MISSED:
            yield replace(ended, missed=Outcome.FORGIVEN)
            yield replace(ended, missed=Outcome.REPAIRED)
            yield replace(ended, remedy=43)
        if status is Status.UNSETTLED and kind == "request":
            yield from (replace(ended, unheard=side) for side in Side)


SITUATIONS = [
    situation
    for moment, gone in product(MOMENTS, (False, True))
    for some in (proposed, active, reported, over)
    for situation in some(moment, gone=gone)
]


def among(s: Situation) -> People:
    both = people(alone=s.alone)
    return replace(both, owner=replace(both.owner, active=not s.gone))


def outcomes(s: Situation, moment: datetime) -> dict[tuple[str, str], set[str]]:
    """Try every action by everyone and return what was allowed and where it led."""
    expectation, everyone = build(s), among(s)
    found: dict[tuple[str, str], set[str]] = {}
    details = Details(note="words", due=day("2027-06-08"), next_slot=day("2027-06-11"))
    for action, user in product(Action, (REN, LENA, CLOCK, STRANGER)):
        given = details if action is not Action.DONE else Details()
        try:
            change = apply(
                expectation,
                action,
                by=user,
                at=moment,
                people=everyone,
                last_event=7,
                details=given,
            )
        except (NotAllowedError, NotYoursError):
            continue
        found[action.value, user] = {change.after.status.value}
    return found


@pytest.mark.parametrize("status", Status)
def test_only_the_legal_moves_are_made(status: Status) -> None:
    for s in (s for s in SITUATIONS if s.status is status):
        assert outcomes(s, MOMENTS[s.moment]) == expected(s), s


@pytest.mark.parametrize("status", Status)
def test_what_is_offered_is_what_is_legal(status: Status) -> None:
    for s in (s for s in SITUATIONS if s.status is status):
        for user in (REN, LENA, CLOCK, STRANGER):
            offered = moves(build(s), user, MOMENTS[s.moment], among(s))
            assert {a.value for a in offered} == {a for a, by in expected(s) if by == user}, s


def test_there_are_enough_combinations() -> None:
    assert len(SITUATIONS) * len(Action) * 4 > 50_000


def test_a_stranger_may_do_nothing() -> None:
    assert not any(moves(build(s), STRANGER, MOMENTS[s.moment], among(s)) for s in SITUATIONS)
