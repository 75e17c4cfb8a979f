"""What a list or Home may ask somebody about: open expectations with what was asked so far."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from bot.domain.expectation import Expectation, Period, Status
from bot.domain.member import Member
from bot.domain.messages import Asked
from bot.domain.schedule.candidates import Candidate
from bot.domain.schedule.periods import open_period
from bot.domain.schedule.series import next_slot
from bot.domain.trust import IN_A_ROW, are_kept, wants_fewer
from bot.services.ports import UnitOfWork

_INSTANT = timedelta(microseconds=1)


def candidates_of(
    uow: UnitOfWork, member: Member, found: Collection[Expectation]
) -> dict[int, Candidate]:
    """Return expectations as candidates, by number, in the order in which they were found."""
    numbers = [one.number for one in found]
    others = {one.other(member.user) for one in found} - {None}
    known = uow.members.get_many({user for user in others if user is not None})
    said = uow.expectations.last_said(numbers, member.user)
    asked = _by_number(uow.messages.asked_of(member.user, numbers))
    trusted = _trusted_by(uow, member, found)
    return {
        one.number: Candidate(
            expectation=one,
            other=known.get(one.other(member.user) or ""),
            asked=tuple(asked.get(one.number, ())),
            last_said=said.get(one.number),
            periods=periods_of(uow, one, _owner(one, member, known)),
            trusted=one.owner == member.user and one.requester in trusted,
        )
        for one in found
    }


def _trusted_by(uow: UnitOfWork, member: Member, found: Collection[Expectation]) -> frozenset[str]:
    """Return the requesters with whom the last five were kept, where the owner wants that said."""
    if not wants_fewer(member):
        return frozenset()
    requesters = {
        one.requester
        for one in found
        if one.owner == member.user and one.requester and one.status is Status.ACTIVE
    }
    last = ((one, uow.expectations.last_between(member.user, one, IN_A_ROW)) for one in requesters)
    return frozenset(one for one, outcomes in last if are_kept(outcomes))


def periods_of(
    uow: UnitOfWork, expectation: Expectation, owner: Member | None
) -> tuple[Period, ...]:
    """Return a series' periods, also the one whose slot is next, whose row is made by a word."""
    if not expectation.is_series:
        return ()
    periods = uow.expectations.periods(expectation.number)
    if expectation.status is not Status.ACTIVE or owner is None:
        return tuple(periods)
    slot = next_slot(expectation.terms, expectation.due_at - _INSTANT, owner)
    if slot is not None and slot.date not in {period.date for period in periods}:
        periods.append(open_period(expectation.number, slot))
    return tuple(periods)


def _by_number(asked: Collection[Asked]) -> dict[int, list[Asked]]:
    found: defaultdict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        found[one.number].append(one)
    return found


def _owner(expectation: Expectation, member: Member, known: dict[str, Member]) -> Member | None:
    return member if expectation.owner == member.user else known.get(expectation.owner)
