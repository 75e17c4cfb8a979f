"""What others than the parties see of an expectation: result, names, day, open or kept."""

from dataclasses import replace
from datetime import datetime

from bot.domain.expectation import OPEN, Expectation, Outcome, Status
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.terms import Wording
from bot.domain.views import CardView
from bot.services.ports import UnitOfWork


def shared_only(expectation: Expectation) -> Expectation:
    """Return it without anything that only its parties see; the due is the one agreed on."""
    terms = expectation.terms
    is_open = expectation.status in OPEN
    return Expectation(
        number=expectation.number,
        kind=expectation.kind,
        requester=expectation.requester,
        owner=expectation.owner,
        channel=expectation.channel,
        visibility=expectation.visibility,
        status=Status.ACTIVE if is_open else Status.MET,
        terms=replace(terms, wording=Wording(result=terms.wording.result), note=""),
        last_version=expectation.last_version,
        due=expectation.due,
        due_at=expectation.due_at,
        created_at=expectation.created_at,
        outcome=None if is_open else Outcome.KEPT,
        goal=expectation.goal,
        outside=expectation.outside,
    )


def shared_card(
    uow: UnitOfWork, expectation: Expectation, reader: Member, at: datetime
) -> CardView:
    """Return the card of somebody else's expectation: no moves, nothing but what was agreed."""
    shared = shared_only(expectation)
    return CardView(
        moment=Moment.AGREED if shared.status is Status.ACTIVE else Moment.KEPT,
        expectation=shared,
        reader=reader,
        people=uow.members.get_many(shared.parties),
        now=at,
        moves=frozenset(),
    )
