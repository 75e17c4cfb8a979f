"""Saving a member: what depends on their zone, days and state moves in the same transaction."""

from datetime import datetime

from bot.domain.member import Member
from bot.services.notify import NewId
from bot.services.ports import UnitOfWork


def save_member(uow: UnitOfWork, member: Member, at: datetime, *, new_message_id: NewId) -> Member:
    """Insert or update a member, with their next list and the clocks of what they are party to.

    The row is locked; `last_list_on` and `welcomed_at` stay as stored.
    """
    raise NotImplementedError
