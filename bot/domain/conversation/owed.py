"""What an owner needs from the requester: with a day, the same yes agrees to that too."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.conversation.moving import apply
from bot.domain.conversation.opening import open_expectation
from bot.domain.conversation.people import Change, Details, People
from bot.domain.due import Due
from bot.domain.expectation import Action, Event, Expectation, Kind, Status
from bot.domain.terms import Terms, Wording

RESULT_LENGTH = 300
"""So much of a need is the result; the rest says when it is done."""

_GIVEN = frozenset({Status.DONE, Status.MET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What terms say that the owner needs, with its day."""

    text: str
    day: date

    @property
    def wording(self) -> Wording:
        """Return it as what is expected of the requester."""
        return said_of_need(self.text)

    @property
    def due(self) -> Due:
        """Return its day as a due."""
        return Due(self.day)


def said_of_need(text: str) -> Wording:
    """Return how a need is said as an expectation of its own: nothing of it is lost."""
    said = text.strip()
    return Wording(result=said[:RESULT_LENGTH], done_means=said[RESULT_LENGTH:])


class Step(StrEnum):
    """What a yes does to what is owed back."""

    NOTHING = "nothing"
    MAKE = "make"
    CHANGE = "change"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What became of what is owed back: its state, and the events that led there."""

    after: Expectation
    events: tuple[Event, ...]


def need_of(terms: Terms) -> Need | None:
    """Return what terms say is owed back; None without a day: that is only words."""
    wording = terms.wording
    if not (wording.needs.strip() and wording.needs_by):
        return None
    return Need(text=wording.needs.strip(), day=date.fromisoformat(wording.needs_by))


def to_be_agreed(expectation: Expectation) -> Terms | None:
    """Return the terms to which a yes agrees now; None where nothing waits for one."""
    if expectation.status is Status.PROPOSED:
        return expectation.terms
    pending = expectation.pending
    return pending.terms if pending is not None else None


def need_at_yes(expectation: Expectation) -> Need | None:
    """Return what a yes agrees to besides now: a need that is new, or said anew."""
    terms = to_be_agreed(expectation)
    if terms is None or expectation.requester is None:
        return None
    need = need_of(terms)
    return None if need == _agreed(expectation) else need


def is_let_go_at_yes(expectation: Expectation) -> bool:
    """Tell whether a yes says that what was owed back is needed no more."""
    terms = to_be_agreed(expectation)
    agreed = expectation.owed is not None and _agreed(expectation) is not None
    return agreed and terms is not None and need_of(terms) is None


def step_at_yes(
    expectation: Expectation, owed: Expectation | None, people: People, at: datetime
) -> Step:
    """Return what a yes to what waits now does to what is owed back.

    A day that has passed by then is not agreed to, and nothing is owed to or by who has left.
    """
    terms, requester = to_be_agreed(expectation), people.requester
    if terms is None or requester is None:
        return Step.NOTHING
    need, before = need_of(terms), _agreed(expectation)
    open_now = owed is not None and owed.status is Status.ACTIVE and not owed.is_series
    if need == before or (need is None and not open_now):
        return Step.NOTHING
    if need is None:
        return Step.LET_GO
    if need.due.ends_at(requester.zone) < at or (owed is not None and _says(owed, need, before)):
        return Step.NOTHING
    if open_now:
        return Step.CHANGE
    return Step.MAKE if all(member.active for member in people.all) else Step.NOTHING


def _says(owed: Expectation, need: Need, before: Need | None) -> bool:
    """Tell whether what is owed back covers a need: it says the same, or was given already."""
    if owed.status in _GIVEN:
        return _is_same(need, before)
    said = (owed.terms.wording.result, owed.due)
    return owed.status is Status.ACTIVE and said == (need.wording.result, need.due)


def is_given(expectation: Expectation, owed: Expectation | None) -> bool:
    """Tell whether what a yes would ask for besides was given already."""
    need = need_at_yes(expectation)
    given = owed is not None and owed.status in _GIVEN
    return given and need is not None and _is_same(need, _agreed(expectation))


def _is_same(need: Need, before: Need | None) -> bool:
    return before is not None and need.text == before.text


def make(
    agreed: Expectation, terms: Terms, *, number: int, by: str, people: People, at: datetime
) -> Followed:
    """Return what is owed back, agreed by the yes of `by` to these terms of the first one.

    Who wrote the terms asked for it, or offered it.
    """
    need = _present(terms)
    asked = terms.author == agreed.owner
    other_way = _other_way(people)
    opened = open_expectation(
        kind=Kind.REQUEST if asked else Kind.OFFER,
        number=number,
        wording=need.wording,
        due=need.due,
        people=other_way,
        by=terms.author,
        at=at,
        channel=agreed.channel,
        visibility=agreed.visibility,
        goal=agreed.goal,
    )
    accepted = apply(opened.after, Action.ACCEPT, by=by, at=at, people=other_way, last_event=1)
    after = replace(accepted.after, owed_for=agreed.number)
    return Followed(after=after, events=(opened.event, accepted.event))


def change(
    owed: Expectation,
    terms: Terms,
    *,
    proposed_at: datetime,
    by: str,
    people: People,
    at: datetime,
    last_event: int,
) -> Followed:
    """Return what is owed back as these terms of the first one say by now; both said yes to it.

    `proposed_at` is when the change of the first one was: in time there is in time here.
    """
    need, other_way = _present(terms), _other_way(people)
    asked = _moved(
        replace(owed, pending=None),  # what waits there is settled by this
        Action.CHANGE,
        terms.author,
        other_way,
        at,
        last_event,
        Details(wording=_reworded(owed, need), due=need.due),
    )
    waiting = asked.after
    if waiting.pending is not None:
        since = min(waiting.pending.at, proposed_at)
        waiting = replace(waiting, pending=replace(waiting.pending, at=since))
    accepted = _moved(waiting, Action.ACCEPT, by, other_way, at, last_event + 1)
    return Followed(after=accepted.after, events=(asked.event, accepted.event))


def let_go(owed: Expectation, *, people: People, at: datetime, last_event: int) -> Followed:
    """Return what is owed back, let go by who needed it: both agreed that it is needed no more."""
    by = owed.requester or owed.owner
    dropped = _moved(owed, Action.DROP, by, _other_way(people), at, last_event)
    return Followed(after=dropped.after, events=(dropped.event,))


def _agreed(expectation: Expectation) -> Need | None:
    """Return what is owed back by what is agreed already."""
    return need_of(expectation.terms) if expectation.status is Status.ACTIVE else None


def _present(terms: Terms) -> Need:
    need = need_of(terms)
    if need is None:
        raise LookupError(terms.version)
    return need


def _reworded(owed: Expectation, need: Need) -> Wording:
    said, agreed = need.wording, owed.terms.wording
    if said.result == agreed.result:
        return agreed
    return replace(agreed, result=said.result, done_means=said.done_means)


def _other_way(people: People) -> People:
    if people.requester is None:
        raise LookupError(people.owner.user)
    return People(owner=people.requester, requester=people.owner)


def _moved(  # noqa: PLR0917 - one move, as `apply` takes it
    owed: Expectation,
    action: Action,
    by: str,
    people: People,
    at: datetime,
    last_event: int,
    details: Details | None = None,
) -> Change:
    return apply(owed, action, by=by, at=at, people=people, last_event=last_event, details=details)
