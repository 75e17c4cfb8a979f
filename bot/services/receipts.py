"""When the other reads something that was told before: what a second delivery is answered."""

from datetime import datetime

from bot.domain.conversation import People
from bot.domain.expectation import Expectation
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.schedule.notices import LINES
from bot.domain.schedule.workdays import is_away
from bot.services.notify import Told
from bot.services.ports import UnitOfWork


def told_before(
    uow: UnitOfWork, expectation: Expectation, event: int, by: str, *, people: People, at: datetime
) -> tuple[Told, ...]:
    """Return who reads, or read, of an event when; nobody where nobody was to hear of it."""
    readers = (member for member in people.all if member.user != by)
    found = (_told(uow, expectation.number, event, reader, at) for reader in readers)
    return tuple(told for told in found if told is not None)


def _told(uow: UnitOfWork, number: int, event: int, reader: Member, at: datetime) -> Told | None:
    message = uow.messages.by_slot(f"E-{number}/{event}/{reader.user}")
    if message is not None:
        return Told(reader=reader, moment=message.moment, at_once=True)
    for held in uow.messages.held_for(reader.user):
        if (held.number, held.event) == (number, event):
            away = is_away(reader, local_day(at, reader.zone))
            return Told(
                reader=reader,
                moment=held.moment,
                at_once=False,
                when=reader.next_list_at,
                may_send_now=not away and held.moment not in LINES,
                away_until=reader.away_until if away else None,
            )
    return None
