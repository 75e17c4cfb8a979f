"""The transition table of the conversation: what it lacks is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.domain.expectation import Action, Expectation, Status


class From(StrEnum):
    """A row's first column; PENDING is an active expectation with a waiting change."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PENDING = "pending"
    DONE = "done"
    MET = "met"
    MISSED = "missed"
    UNSETTLED = "unsettled"


class Party(StrEnum):
    """A row's third column."""

    OWNER = auto()
    REQUESTER = auto()
    EITHER = auto()
    AWAITED = auto()  # did not write the latest terms
    AUTHOR = auto()  # wrote the latest terms
    OTHER = auto()  # did not write what is pending
    ASKED = auto()  # owes the answer to the open question
    UNHEARD = auto()  # sees it differently too, and has not said how
    CLOCK = auto()  # from the instant that clocks.py names for this row


class Need(StrEnum):
    """What a row asks for besides its party; the value is the reason of a refusal."""

    DUE_AHEAD = "due_passed"  # of what would be accepted
    IN_TIME = "overdue"
    OVERDUE = "not_overdue"
    SINGLE = "series"
    COMMITMENT = "not_a_commitment"
    TWO = "commitment"  # there is a requester
    TERMS = "not_terms"
    LET_GO = "not_let_go"
    NOTHING_PENDING = "pending"
    MAY_CLOSE = "too_early"
    RETURNED_TWICE = "too_few_returns"
    UNDO_OPEN = "undo_over"
    NOT_FORGIVEN = "forgiven"
    NOT_REPAIRED = "repaired"
    NO_REMEDY = "has_open_remedy"


@dataclass(frozen=True, slots=True)
class Rule:
    """The rest of a row: who may, where it leads, and what it needs."""

    by: Party
    to: Status
    needs: tuple[Need, ...] = ()


TRANSITIONS: Mapping[tuple[From, Action], tuple[Rule, ...]] = {
    # Waiting for an answer.
    (From.PROPOSED, Action.ACCEPT): (Rule(Party.AWAITED, Status.ACTIVE, (Need.DUE_AHEAD,)),),
    (From.PROPOSED, Action.CHANGE): (Rule(Party.EITHER, Status.PROPOSED),),
    (From.PROPOSED, Action.DECLINE): (Rule(Party.AWAITED, Status.DECLINED),),
    (From.PROPOSED, Action.DROP): (Rule(Party.AUTHOR, Status.WITHDRAWN),),
    (From.PROPOSED, Action.LAPSE): (Rule(Party.CLOCK, Status.LAPSED),),
    (From.PROPOSED, Action.ASK): (Rule(Party.EITHER, Status.PROPOSED),),
    (From.PROPOSED, Action.ANSWER): (Rule(Party.ASKED, Status.PROPOSED),),
    (From.PROPOSED, Action.GONE): (Rule(Party.CLOCK, Status.RELEASED),),
    # Agreed.
    (From.ACTIVE, Action.CHANGE): (Rule(Party.EITHER, Status.ACTIVE),),
    (From.ACTIVE, Action.LET_GO): (Rule(Party.OWNER, Status.ACTIVE, (Need.TWO,)),),
    (From.ACTIVE, Action.CANNOT): (
        Rule(Party.OWNER, Status.HANDED_BACK, (Need.IN_TIME,)),
        Rule(Party.OWNER, Status.MISSED, (Need.OVERDUE,)),
    ),
    (From.ACTIVE, Action.DONE): (
        Rule(Party.OWNER, Status.DONE, (Need.SINGLE, Need.TWO)),
        Rule(Party.OWNER, Status.MET, (Need.SINGLE, Need.COMMITMENT)),
    ),
    (From.ACTIVE, Action.DROP): (
        Rule(Party.REQUESTER, Status.RELEASED),
        Rule(Party.OWNER, Status.RELEASED, (Need.COMMITMENT,)),
    ),
    (From.ACTIVE, Action.MISSED): (
        Rule(
            Party.REQUESTER,
            Status.MISSED,
            (Need.TWO, Need.SINGLE, Need.NOTHING_PENDING, Need.OVERDUE, Need.MAY_CLOSE),
        ),
    ),
    (From.ACTIVE, Action.DIFFER): (Rule(Party.EITHER, Status.UNSETTLED, (Need.RETURNED_TWICE,)),),
    (From.ACTIVE, Action.LAPSE): (Rule(Party.CLOCK, Status.LAPSED),),
    (From.ACTIVE, Action.ASK): (Rule(Party.EITHER, Status.ACTIVE, (Need.TWO,)),),
    (From.ACTIVE, Action.ANSWER): (Rule(Party.ASKED, Status.ACTIVE),),
    (From.ACTIVE, Action.GONE): (Rule(Party.CLOCK, Status.RELEASED),),
    # The rows of ACTIVE hold as well while something is pending.
    (From.PENDING, Action.ACCEPT): (
        Rule(Party.OTHER, Status.ACTIVE, (Need.TERMS, Need.DUE_AHEAD)),
        Rule(Party.OTHER, Status.RELEASED, (Need.LET_GO,)),
    ),
    (From.PENDING, Action.KEEP): (Rule(Party.EITHER, Status.ACTIVE),),
    (From.PENDING, Action.CHANGE): (Rule(Party.EITHER, Status.ACTIVE),),
    (From.PENDING, Action.LET_GO): (Rule(Party.OWNER, Status.ACTIVE),),
    (From.PENDING, Action.LAPSE): (Rule(Party.CLOCK, Status.ACTIVE),),
    # Reported.
    (From.DONE, Action.CONFIRM): (Rule(Party.REQUESTER, Status.MET),),
    (From.DONE, Action.RETURN): (Rule(Party.REQUESTER, Status.ACTIVE),),
    (From.DONE, Action.UNDO): (Rule(Party.OWNER, Status.ACTIVE),),
    (From.DONE, Action.SETTLE): (Rule(Party.CLOCK, Status.MET),),
    (From.DONE, Action.DIFFER): (Rule(Party.EITHER, Status.UNSETTLED, (Need.RETURNED_TWICE,)),),
    (From.DONE, Action.ASK): (Rule(Party.EITHER, Status.DONE),),
    (From.DONE, Action.ANSWER): (Rule(Party.ASKED, Status.DONE),),
    (From.DONE, Action.GONE): (Rule(Party.CLOCK, Status.RELEASED),),
    # Closed.
    (From.MET, Action.UNDO): (Rule(Party.OWNER, Status.ACTIVE, (Need.COMMITMENT, Need.UNDO_OPEN)),),
    (From.MISSED, Action.REMEDY): (
        Rule(
            Party.OWNER,
            Status.MISSED,
            (Need.TWO, Need.NOT_FORGIVEN, Need.NOT_REPAIRED, Need.NO_REMEDY),
        ),
    ),
    (From.MISSED, Action.FORGIVE): (
        Rule(Party.REQUESTER, Status.MISSED, (Need.TWO, Need.NOT_FORGIVEN, Need.NOT_REPAIRED)),
    ),
    (From.UNSETTLED, Action.DIFFER): (Rule(Party.UNHEARD, Status.UNSETTLED),),
}


def stages(expectation: Expectation) -> tuple[From, ...]:
    """Return the rows that hold now: what is pending comes before what is agreed."""
    if expectation.status is Status.ACTIVE and expectation.pending is not None:
        return (From.PENDING, From.ACTIVE)
    return tuple(stage for stage in From if stage.value == expectation.status.value)
