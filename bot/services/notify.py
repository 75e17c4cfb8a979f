"""Who hears of a change and when: makes its messages, holds what has to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.conversation import Change, People
from bot.domain.errors import NotAllowedError
from bot.domain.expectation import Action, Expectation, Status, Visibility
from bot.domain.member import Member
from bot.domain.messages import Held, Message, MessageKind, Moment
from bot.domain.schedule import notices
from bot.domain.schedule.listing import list_at
from bot.domain.schedule.local import local_day
from bot.domain.schedule.quiet import is_away_at
from bot.domain.schedule.timed import hour_before, hour_slot
from bot.domain.thanks import Thanks
from bot.services.freshen import NewId, freshen, refresh, refresh_homes, show_home
from bot.services.ports import UnitOfWork
from bot.services.shown import marks

__all__ = [
    "NewId",
    "Told",
    "ask_later",
    "installed",
    "notice",
    "refresh",
    "refresh_homes",
    "send_now",
    "show_home",
    "tell",
    "thank",
]


_WORDS = "words"
"""The argument that names the own words because of which a notice is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When somebody reads of a change, as whoever made it is told."""

    reader: Member
    moment: Moment
    at_once: bool
    when: datetime | None = None  # the list that carries it; None: at once
    may_send_now: bool = False
    away_until: date | None = None
    day_ends_before: bool = False  # a day that is due is over before that list


def tell(
    uow: UnitOfWork, change: Change, people: People, at: datetime, *, new_message_id: NewId
) -> tuple[Told, ...]:
    """Make all that follows from a change that was saved; return who reads of it when.

    Called inside the transaction of the change, after the expectation, terms and event are saved:
    notices (at once or held), the channel's post, timed messages, updates of the posts that show
    the expectation, and the Home of the parties who have opened it.
    """
    after, event = change.after, change.event
    left = {member.user for member in people.all if not member.active}
    told = tuple(
        notice(
            uow,
            people.member(each.reader),
            each.moment,
            after,
            event.seq,
            at=at,
            new_message_id=new_message_id,
        )
        for each in notices.told(change.before, after, event, left=left)
    )
    if _is_told_to_channel(change):
        uow.messages.add(_to_channel(after, event.seq, at, new_message_id()))
    moment = hour_before(after, people.owner, at)
    if moment is not None:
        uow.messages.add(_an_hour_before(after, moment, at, new_message_id()))
    freshen(uow, change, at, new_message_id=new_message_id)
    return told


def notice(
    uow: UnitOfWork,
    reader: Member,
    moment: Moment,
    expectation: Expectation,
    event: int,
    *,
    at: datetime,
    new_message_id: NewId,
    more: dict[str, str] | None = None,
    words: int | None = None,
) -> Told:
    """Tell one reader of an event: now, or with their next list where it has to wait.

    `words` is the ordinal of own words that were added to the event: they are told although the
    event itself was.
    """
    way = notices.delivery(moment, reader, expectation, at)
    args = marks(expectation) | (more or {})
    if words is not None:
        args[_WORDS] = str(words)
    if way.at_once:
        slot = _slot(reader, expectation.number, event, args)
        if moment is Moment.NOT_DELIVERED:
            slot = f"undelivered/{slot}"
        uow.messages.add(
            Message(
                id=new_message_id(),
                kind=MessageKind.POST,
                moment=moment,
                to=reader.user,
                slot=slot,
                not_before=at,
                created_at=at,
                number=expectation.number,
                event=event,
                args=args,
            )
        )
    else:
        held = Held(
            user=reader.user,
            number=expectation.number,
            event=event,
            moment=moment,
            since=at,
            args=args,
        )
        if words is None:
            uow.messages.hold(held)
        else:
            uow.messages.hold_again(held)
    return Told(
        reader=reader,
        moment=moment,
        at_once=way.at_once,
        when=way.held_until,
        may_send_now=way.may_send_now,
        away_until=way.away_until,
        day_ends_before=way.day_ends_before,
    )


def send_now(
    uow: UnitOfWork, reader: Member, number: int, event: int, at: datetime, *, new_message_id: NewId
) -> tuple[Told, ...]:
    """Send at once what waits for the reader's next list; what was sent before stays for that.

    Raise NotAllowedError (reason away) where the reader is away.
    """
    if is_away_at(reader, at):
        raise NotAllowedError(number, "send_now", "away")
    told = []
    for held in uow.messages.held_for(reader.user):
        if (held.number, held.event) != (number, event) or held.moment in notices.LINES:
            continue
        message = Message(
            id=new_message_id(),
            kind=MessageKind.POST,
            moment=held.moment,
            to=reader.user,
            slot=_slot(reader, number, event, held.args),
            not_before=at,
            created_at=at,
            number=number,
            event=event,
            args={**held.args, "now": "1"},
        )
        if uow.messages.add(message):
            uow.messages.take_held(held, message.id)
            told.append(Told(reader=reader, moment=held.moment, at_once=True))
    return tuple(told)


def _slot(reader: Member, number: int, event: int, args: Mapping[str, str]) -> str:
    """Return the key of a notice: an event is told once, and each addition of words to it."""
    if _WORDS in args:
        return f"words/E-{number}/{args[_WORDS]}/{reader.user}"
    return f"E-{number}/{event}/{reader.user}"


def ask_later(  # noqa: PLR0917 - the case, whose, when, and now
    uow: UnitOfWork,
    expectation: Expectation,
    event: int,
    user: str,
    when: datetime,
    at: datetime,
    *,
    new_message_id: NewId,
) -> None:
    """Ask again at `when`; `event` is the seq of the "ask me later" that chose it.

    At a check-in time the list of that moment asks it, so that there are never two messages.
    """
    number = expectation.number
    args = marks(expectation)
    reader = uow.members.get(user)
    if reader is not None and list_at(reader, local_day(when, reader.zone)) == when:
        uow.messages.hold(
            Held(
                user=user,
                number=number,
                event=event,
                moment=Moment.ASK_LATER,
                since=when,
                timed=True,
                args=args,
            )
        )
        return
    uow.messages.add(
        Message(
            id=new_message_id(),
            kind=MessageKind.POST,
            moment=Moment.ASK_LATER,
            to=user,
            slot=f"later/{expectation.id}/{event}/{user}",
            not_before=when,
            created_at=at,
            number=number,
            event=event,
            args=args,
        )
    )


def thank(
    uow: UnitOfWork, thanks: Thanks, reader: Member, at: datetime, *, new_message_id: NewId
) -> Told:
    """Tell somebody that they were thanked: a line in their next list, never a message of its own.

    `number` 0 says that it is about no event of an expectation; `event` is the thanks' own number.
    """
    way = notices.delivery(Moment.THANKS, reader, None, at)
    uow.messages.hold(
        Held(
            user=reader.user,
            number=0,
            event=thanks.number,
            moment=Moment.THANKS,
            since=at,
            args={"thanks": str(thanks.number)},
        )
    )
    refresh_homes(uow, (reader.user,), at, new_message_id=new_message_id)
    return Told(
        reader=reader,
        moment=Moment.THANKS,
        at_once=False,
        when=way.held_until,
        away_until=way.away_until,
    )


def installed(uow: UnitOfWork, user: str, at: datetime, *, new_message_id: NewId) -> bool:
    """Write the one message to whoever installed the app; tell whether it is the first."""
    return uow.messages.add(
        Message(
            id=new_message_id(),
            kind=MessageKind.POST,
            moment=Moment.INSTALLED,
            to=user,
            slot="installed",
            not_before=at,
            created_at=at,
        )
    )


def _is_told_to_channel(change: Change) -> bool:
    after, verb = change.after, change.event.verb
    if not after.tell_channel or after.channel is None:
        return False
    if after.visibility is not Visibility.CHANNEL:
        return False
    before = change.before
    agreed = before is not None and before.status is Status.PROPOSED and verb is Action.ACCEPT
    return agreed or verb is Action.COMMIT


def _to_channel(expectation: Expectation, event: int, at: datetime, message_id: str) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.TOLD_CHANNEL,
        to=expectation.channel or "",
        slot=f"tell/{expectation.id}",
        not_before=at,
        created_at=at,
        number=expectation.number,
        event=event,
    )


def _an_hour_before(
    expectation: Expectation, moment: datetime, at: datetime, message_id: str
) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.HOUR_BEFORE,
        to=expectation.owner,
        slot=hour_slot(expectation),
        not_before=moment,
        created_at=at,
        number=expectation.number,
        args=marks(expectation),
    )
