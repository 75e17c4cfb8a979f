"""How an expectation begins: asked for, offered, or committed to."""

from datetime import datetime

from bot.domain.conversation.people import Change, People
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError, NotYoursError, PersonError
from bot.domain.expectation import (
    Action,
    Event,
    Expectation,
    Kind,
    Status,
    Visibility,
)
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording

_VERBS = {
    Kind.REQUEST: Action.REQUEST,
    Kind.OFFER: Action.OFFER,
    Kind.COMMITMENT: Action.COMMIT,
}


def open_expectation(
    *,
    kind: Kind,
    number: int,
    wording: Wording,
    due: Due,
    people: People,
    by: str,
    at: datetime,
    channel: str | None = None,
    visibility: Visibility = Visibility.PRIVATE,
    rrule: str | None = None,
    goal: int | None = None,
    link: str = "",
    tell_channel: bool = False,
    remedy_of: int | None = None,
    group: int | None = None,
    note: str = "",
    outside: str = "",
) -> Change:
    """Make a request, an offer or a commitment; its event has seq 1.

    `outside` names whom a commitment is for who is not in Slack; nothing is ever sent to them.

    A commitment is active at once, and has no requester. A series' `due` is its first slot.
    Raise PersonError where the other cannot be asked, NotYoursError where somebody speaks for
    another, InvalidInputError without a result or with a due that is over.
    """
    verb = _VERBS[kind]
    speaker, other = _roles(kind, people)
    if by != speaker.user:
        raise NotYoursError(number, verb.value, (speaker.user,))
    if other is not None:
        _can_be_asked(speaker, other)
    if not wording.result.strip():
        raise InvalidInputError({"what": "Say what is expected."})
    due_at = due.ends_at(people.owner.zone)
    if at > due_at:
        raise InvalidInputError({"when": "That is over: name a day to come."})
    committed = kind is Kind.COMMITMENT
    terms = Terms(
        version=1,
        author=by,
        at=at,
        wording=wording,
        due=due,
        rrule=rrule or None,
        note=note,
        accepted_at=at if committed else None,
    )
    requester = people.requester
    after = Expectation(
        number=number,
        kind=kind,
        requester=None if requester is None else requester.user,
        owner=people.owner.user,
        channel=channel,
        visibility=visibility,
        status=Status.ACTIVE if committed else Status.PROPOSED,
        terms=terms,
        last_version=terms.version,
        due=due,
        due_at=due_at,
        created_at=at,
        owner_word_at=at if by == people.owner.user else None,
        requester_word_at=None if by == people.owner.user else at,
        remedy_of=remedy_of,
        group=group,
        goal=goal,
        link=link,
        tell_channel=tell_channel,
        outside=outside if committed else "",
    )
    event = Event(number=number, seq=1, at=at, actor=by, verb=verb, note=note, version=1)
    return Change(before=None, after=after, event=event, new_terms=(terms,))


def _roles(kind: Kind, people: People) -> tuple[Member, Member | None]:
    """Return who speaks first and who is spoken to."""
    owner, requester = people.owner, people.requester
    if kind is Kind.COMMITMENT:
        if requester is not None:
            raise PersonError(requester.user, "commitment")
        return owner, None
    if requester is None:
        raise InvalidInputError({"who": "Say who it is for."})
    return (requester, owner) if kind is Kind.REQUEST else (owner, requester)


def _can_be_asked(speaker: Member, other: Member) -> None:
    """Refuse oneself, bots, people who left and people of other organisations."""
    reasons = {
        "self": other.user == speaker.user,
        "bot": other.is_bot,
        "gone": not other.active,
        "stranger": other.is_stranger,
    }
    for reason, holds in reasons.items():
        if holds:
            raise PersonError(other.user, reason)
