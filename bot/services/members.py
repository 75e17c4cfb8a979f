"""Saving a member: what depends on their zone, days and state moves in the same transaction."""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import People, with_owner_zone
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.schedule.listing import list_due, next_list_at
from bot.domain.schedule.local import local_day
from bot.services.notify import NewId, refresh
from bot.services.ports import UnitOfWork
from bot.services.record import next_look


def save_member(uow: UnitOfWork, member: Member, at: datetime, *, new_message_id: NewId) -> Member:
    """Insert or update a member, with their next list and the clocks of what they are party to.

    The row is locked; `last_list_on`, `welcomed_at` and `conversation` stay as stored.
    """
    numbers = uow.expectations.of_party(member.user)
    locked = [uow.expectations.get_for_update(number) for number in numbers]
    before = uow.members.get_for_update(member.user)
    if before is not None:
        member = replace(
            member,
            last_list_on=before.last_list_on,
            welcomed_at=before.welcomed_at,
            conversation=before.conversation,
        )
    member = replace(member, next_list_at=_list_moment(before, member, at))
    uow.members.save(member)
    for expectation in locked:
        if expectation is not None:
            _follow(uow, expectation, at, new_message_id)
    return member


def list_moment(member: Member, after: datetime) -> datetime | None:
    """Return when the member's next list comes; None for who gets none."""
    if not member.active or member.is_bot:
        return None
    return next_list_at(member, after)


def _list_moment(before: Member | None, member: Member, at: datetime) -> datetime | None:
    """Return when the list comes by the new settings; one that was still to come today stays.

    Who moves to where it is a day whose list they have not had, and past its hour, has it now.
    """
    moment = list_moment(member, at)
    planned = before.next_list_at if before is not None else None
    if before is None or planned is None or moment is None:
        return moment
    day = list_due(member, at)
    has_moved = day is not None and member.zone != before.zone
    is_due = planned <= at or has_moved or day == local_day(planned, before.zone)
    return min(planned, at) if is_due else moment


def _follow(uow: UnitOfWork, expectation: Expectation, at: datetime, new_message_id: NewId) -> None:
    """Move what an expectation's times depend on: where a day ends, and when the clock looks."""
    known = uow.members.get_many(expectation.parties)
    requester = expectation.requester
    if len(known) < len(expectation.parties):
        return
    people = People(
        owner=known[expectation.owner], requester=known[requester] if requester else None
    )
    moved = with_owner_zone(expectation, people)
    moved = replace(moved, next_clock_at=next_look(uow, moved, people))
    if moved != expectation:
        uow.expectations.save(moved)
    if moved.due_at != expectation.due_at:
        refresh(uow, moved, at, new_message_id=new_message_id)
