"""What becomes of a message: it may have to wait, it arrived, or it never will."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.conversation import reached
from bot.domain.expectation import CLOCK, Expectation, Kind
from bot.domain.member import Member
from bot.domain.messages import UNCLEAR, Asked, Held, Message, Moment, Prompt
from bot.domain.schedule import notices
from bot.domain.schedule.candidates import Candidate, Case
from bot.domain.schedule.listing import list_due
from bot.domain.schedule.summary_time import LATEST
from bot.domain.schedule.timed import TimedWay, timed_delivery, wants_hour_before
from bot.domain.views import (
    AskedItem,
    CardView,
    CharterView,
    HeldLine,
    InstalledView,
    ListView,
    MessageView,
    SummaryView,
)
from bot.services.asides import note_asked
from bot.services.asked import prompt_key
from bot.services.compose_list import waiting_for
from bot.services.freshen import NewId, update
from bot.services.notify import notice
from bot.services.ports import UnitOfWork
from bot.services.raised import is_raised
from bot.services.record import next_look, parties
from bot.services.refused_summary import is_of_summary, summary_refused, summary_unclear
from bot.services.shown import marks

What = Literal["proposal", "pending", "report", "overdue"]

_TIMED = frozenset({Moment.HOUR_BEFORE, Moment.ASK_LATER})
_ANY_HOUR = frozenset({Moment.INSTALLED, Moment.TOLD_CHANNEL})

_LATE = timedelta(minutes=15)
"""A timed message this late was not late by chance: the bot had stopped."""

_ARRIVES: Mapping[Moment, What] = {
    Moment.PROPOSAL: "proposal",
    Moment.OFFER: "proposal",
    Moment.REMEDY: "proposal",
    Moment.SUGGESTED_CHANGE: "proposal",
    Moment.CHANGE_TO_AGREED: "pending",
    Moment.ASKS_TO_BE_LET_GO: "pending",
    Moment.RETURNED: "pending",
    Moment.DONE: "report",
}
"""What a message brings to the one who must act."""

_ASKS: Mapping[Prompt, What] = {
    Prompt.PROPOSAL: "proposal",
    Prompt.CHANGE: "pending",
    Prompt.LET_GO: "pending",
    Prompt.DONE: "report",
    Prompt.OVERDUE: "overdue",
}


def put_off(uow: UnitOfWork, message: Message, at: datetime) -> bool:
    """Tell whether a claimed post may not go now; what has to wait is held for the next list."""
    if message.moment in _ANY_HOUR or "now" in message.args:
        return False
    if is_of_summary(message) or is_raised(message):
        return False  # it was planned for when it may be read
    if message.moment is Moment.SUMMARY:
        return at > datetime.fromisoformat(message.args["until"]) + LATEST
    reader = uow.members.get(message.to)
    return reader is None or _waits(uow, message, reader, at)


def _waits(uow: UnitOfWork, message: Message, reader: Member, at: datetime) -> bool:
    if message.moment is Moment.LIST:
        day = date.fromisoformat(message.args["day"])
        return list_due(replace(reader, last_list_on=None), at) != day
    expectation = uow.expectations.get(message.number) if message.number else None
    if expectation is None:
        return True
    if message.moment in _TIMED:
        return _timed_waits(uow, message, reader, expectation, at)
    if notices.delivery(message.moment, reader, expectation, at).at_once:
        return False
    _hold(uow, message, min(message.created_at, at))
    return True


def touched(view: MessageView | None) -> set[int]:
    """Return the numbers of the expectations that `sent` may lock."""
    match view:
        case CardView():
            return {view.expectation.number}
        case ListView():
            lines = (line.expectation for line in view.held if line.expectation is not None)
            asked = (item.card.expectation for item in view.items)
            return {expectation.number for expectation in (*asked, *lines)}
        case _:
            return set()


def sent(
    uow: UnitOfWork, message: Message, view: MessageView, at: datetime, *, new_message_id: NewId
) -> None:
    """Record what a post that arrived began: clocks, what was asked, a first meeting."""
    shown: list[_Shown] = []
    match view:
        case CardView():
            shown = _card_sent(uow, message, view, at)
        case ListView():
            shown = _list_sent(uow, message, view, at)
    if any(marks(before) != marks(now) for before, now in shown):
        uow.messages.add(update(message, at, new_message_id()))
    _met(uow, message, view)


def _met(uow: UnitOfWork, message: Message, view: MessageView) -> None:
    """Note where somebody's direct messages are: the answer to a post says so."""
    if isinstance(view, (SummaryView, InstalledView, CharterView)) or message.channel is None:
        return
    reader = view.reader
    if reader.user == message.to and reader.conversation != message.channel:
        uow.members.note_conversation(reader.user, message.channel)


def dead(uow: UnitOfWork, message: Message, at: datetime, *, new_message_id: NewId) -> None:
    """Tell whoever asked that a message could not be delivered, and why."""
    if message.moment is Moment.SUMMARY:
        summary_refused(uow, message, at, new_id=new_message_id)
    if message.number is not None and message.moment is not Moment.NOT_DELIVERED:
        _tell_asker(uow, message, message.number, {}, at=at, new_message_id=new_message_id)


def left_unknown(uow: UnitOfWork, message: Message, at: datetime, *, new_message_id: NewId) -> None:
    """Tell whose post to a channel stays of unknown fate: no list and no Home carries it."""
    if message.moment is Moment.SUMMARY:
        summary_unclear(uow, message, at, new_id=new_message_id)
    if message.number is not None and message.moment is Moment.TOLD_CHANNEL:
        fate = {UNCLEAR: "yes"}
        _tell_asker(uow, message, message.number, fate, at=at, new_message_id=new_message_id)


def _tell_asker(
    uow: UnitOfWork,
    message: Message,
    number: int,
    fate: Mapping[str, str],
    *,
    at: datetime,
    new_message_id: NewId,
) -> None:
    seq = message.event or 0
    expectation = uow.expectations.get(number)
    event = uow.expectations.event(number, seq)
    if expectation is None:
        return
    more = {"reason": message.error or "", **fate}
    if message.moment is Moment.TOLD_CHANNEL:
        user = expectation.requester if expectation.kind is Kind.REQUEST else expectation.owner
        more["channel"] = message.to
    else:
        user = event.actor if event else None
    asker = uow.members.get(user) if user and user not in {CLOCK, message.to} else None
    if asker is None or not asker.active:
        return
    notice(
        uow,
        asker,
        Moment.NOT_DELIVERED,
        expectation,
        seq,
        at=at,
        new_message_id=new_message_id,
        more=more,
    )


def carry_undelivered(uow: UnitOfWork, user: str, at: datetime) -> None:
    """Hold what may not have arrived, or did not, so that the next list carries it, once."""
    for message in uow.messages.undelivered(user, _UNDELIVERED):
        if message.number is not None and message.event is not None:
            _hold(uow, message, at)


_UNDELIVERED = 50


def _hold(uow: UnitOfWork, message: Message, since: datetime) -> None:
    uow.messages.hold(
        Held(
            user=message.to,
            number=message.number or 0,
            event=message.event or 0,
            moment=message.moment,
            since=since,
            timed=message.moment in _TIMED,
            args=message.args,
        )
    )


def _timed_waits(
    uow: UnitOfWork, message: Message, reader: Member, expectation: Expectation, at: datetime
) -> bool:
    """Decide about a timed message whose moment is now; True: not now, or not at all."""
    said = uow.expectations.last_said([expectation.number], reader.user).get(expectation.number)
    if message.moment is Moment.HOUR_BEFORE:
        if not wants_hour_before(expectation, reader, said, at):
            return True
    elif said is not None and said > message.created_at:
        return True
    late = at - message.not_before > _LATE
    way = timed_delivery(reader, at, expectation.due_at, late=late).way
    if way is TimedWay.INTO_LIST:
        _hold(uow, message, min(message.created_at, at))
    return way is not TimedWay.SEND


_Shown = tuple[Expectation, Expectation]
"""What a message showed of an expectation, and what it is by now."""


def _card_sent(uow: UnitOfWork, message: Message, view: CardView, at: datetime) -> list[_Shown]:
    shown = view.expectation
    what = _ARRIVES.get(message.moment)
    now = _arrived(uow, shown, what, at) if what else uow.expectations.get(shown.number)
    if message.moment in _TIMED:
        _note_asked(uow, message, AskedItem(prompt=Prompt.CHECK_IN, card=view), at)
    if view.first_time:
        _welcomed(uow, view.reader.user, at)
    return [(shown, now)] if now else []


def _welcomed(uow: UnitOfWork, user: str, at: datetime) -> None:
    """Note that somebody has read the two lines of a first meeting."""
    reader = uow.members.get_for_update(user)
    if reader is not None and reader.welcomed_at is None:
        uow.members.save(replace(reader, welcomed_at=at))


def _list_sent(uow: UnitOfWork, message: Message, view: ListView, at: datetime) -> list[_Shown]:
    """Record what a list brought and asked; rows are locked in the order of their numbers."""
    _carry(uow, message, view)
    note_asked(uow, view.reader, message, view.asides, at)
    brought: list[tuple[Expectation, What | None, AskedItem | None]] = [
        (item.card.expectation, _ASKS.get(item.prompt), item) for item in view.items
    ]
    brought += [
        (line.expectation, _ARRIVES.get(line.moment), None)
        for line in view.held
        if line.expectation is not None
    ]
    pairs = []
    for shown, what, item in sorted(brought, key=lambda each: each[0].number):
        now = _arrived(uow, shown, what, at)
        if item is not None:
            _note_asked(uow, message, item, at)
        if now is not None:
            pairs.append((shown, now))
    if view.first_time:
        _welcomed(uow, view.reader.user, at)
    return pairs


def _carry(uow: UnitOfWork, message: Message, view: ListView) -> None:
    """Note which held notices the list carried."""
    told = {_key(line) for line in view.held}
    asked = {item.card.expectation.number for item in view.items}
    waiting = waiting_for(uow, view.reader.user, view.now)
    carried = [held for held, line in waiting.lines if _key(line) in told]
    carried += [held for held in waiting.timed if held.number in asked]
    for held in carried:
        uow.messages.take_held(held, message.id)


def _key(line: HeldLine) -> tuple[Moment, int, int]:
    if line.thanks is not None:
        return (line.moment, 0, line.thanks.number)
    number = line.expectation.number if line.expectation else 0
    return (line.moment, number, line.event.seq if line.event else 0)


def _arrived(
    uow: UnitOfWork, shown: Expectation, what: What | None, at: datetime
) -> Expectation | None:
    """Start the clock of the one who must act, unless things have moved on meanwhile."""
    now = uow.expectations.get_for_update(shown.number)
    if now is None or what is None:
        return now
    after = reached(now, what, at, seen=shown.seen)
    if after != now:
        people = parties(uow, after)
        after = replace(after, next_clock_at=next_look(uow, after, people))
        uow.expectations.save(after)
    return after


def _note_asked(uow: UnitOfWork, message: Message, item: AskedItem, at: datetime) -> None:
    """Note that a prompt reached its reader, with the next ordinal of its key."""
    card = item.card
    user, number = card.reader.user, card.expectation.number
    candidate = Candidate(expectation=card.expectation)
    case = Case(member=card.reader, candidate=candidate, at=card.now)
    key = card.args.get("key") or prompt_key(case, item.prompt)
    before = [
        asked
        for asked in uow.messages.asked_of(user, [number])
        if (asked.prompt, asked.key) == (item.prompt, key)
    ]
    uow.messages.add_asked(
        Asked(
            user=user,
            number=number,
            prompt=item.prompt,
            key=key,
            ordinal=len(before) + 1,
            at=at,
            message=message.id,
        )
    )
