"""From a message to what it shows, from the present state."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.expectation import OPEN, Event, Expectation, Status
from bot.domain.member import Member
from bot.domain.messages import Message, MessageState, Moment
from bot.domain.schedule.summary_time import summary_period
from bot.domain.views import InstalledView, MessageView, ThanksView
from bot.services.cards import Occasion, card
from bot.services.charter_views import posted_view
from bot.services.compose_list import carrier_of, list_view
from bot.services.listed import listed_view
from bot.services.ports import UnitOfWork
from bot.services.raised import is_raised, raised_view
from bot.services.refused_summary import is_of_summary, refused_view
from bot.services.shown import card_moment, is_current
from bot.services.week import is_empty, week

_ASKS_HOW = frozenset({Moment.HOUR_BEFORE, Moment.ASK_LATER})

_ASKS = frozenset(
    {
        Moment.PROPOSAL,
        Moment.OFFER,
        Moment.REMEDY,
        Moment.SUGGESTED_CHANGE,
        Moment.CHANGE_TO_AGREED,
        Moment.ASKS_TO_BE_LET_GO,
        Moment.QUESTION,
        Moment.DONE,
        Moment.HOUR_BEFORE,
        Moment.ASK_LATER,
        Moment.SERIES_QUESTION,
    }
)
"""What only asks: once that is over before it was sent, nothing is left to say."""


def compose(uow: UnitOfWork, message: Message, at: datetime) -> MessageView | None:
    """Gather what a message shows now; None where nothing is left to say."""
    match message.moment:
        case Moment.INSTALLED:
            return InstalledView(reader=message.to)
        case Moment.SUMMARY:
            return _summary(uow, message, at)
        case Moment.TOLD_CHANNEL:
            return _told_channel(uow, message, at)
        case _ if is_of_summary(message):
            return refused_view(uow, message, at)
        case _:
            reader = uow.members.get(message.to)
            if reader is None or not reader.active:
                return None
            return _to_person(uow, message, reader, at)


def _to_person(
    uow: UnitOfWork, message: Message, reader: Member, at: datetime
) -> MessageView | None:
    if message.moment is Moment.THANKS or is_raised(message):
        return _about_no_expectation(uow, message, reader, at)
    if message.moment is Moment.LIST:
        if message.state is MessageState.SENT:
            return listed_view(uow, message, reader, at)
        return list_view(uow, reader, date.fromisoformat(message.args["day"]), at)
    found = _subject(uow, message)
    if found is None:
        return None
    expectation, event = found
    current = is_current(message, expectation, event)
    moment: Moment = message.moment
    if message.state is MessageState.SENT:
        current = current and not _answered(uow, message, expectation)
        agreed = _agreed_version(uow, expectation)
        became = card_moment(message, expectation, reader, agreed)
        current, moment = current or became is not None, became or moment
    elif moment in _ASKS and not current:
        return None
    occasion = Occasion(
        moment=moment,
        event=event,
        current=current,
        args=message.args,
        words_until=message.sent_at,
    )
    return card(uow, expectation, reader, occasion, at)


def _about_no_expectation(
    uow: UnitOfWork, message: Message, reader: Member, at: datetime
) -> MessageView | None:
    if is_raised(message):
        return raised_view(uow, message, reader, at)
    return _thanks(uow, message, reader)


def _subject(uow: UnitOfWork, message: Message) -> tuple[Expectation, Event | None] | None:
    if message.number is None:
        return None
    expectation = uow.expectations.get(message.number)
    if expectation is None:
        return None
    told = message.event
    event = None if told is None else uow.expectations.event(expectation.number, told)
    return expectation, event


def _answered(uow: UnitOfWork, message: Message, expectation: Expectation) -> bool:
    """Tell whether the owner said how it goes since a message asked them."""
    if message.moment not in _ASKS_HOW or message.sent_at is None:
        return False
    said = uow.expectations.last_said([expectation.number], expectation.owner)
    return any(moment > message.sent_at for moment in said.values())


def _agreed_version(uow: UnitOfWork, expectation: Expectation) -> int | None:
    """Return the version that the first yes was to."""
    accepted = (
        terms.version
        for terms in uow.expectations.terms(expectation.number)
        if terms.accepted_at is not None
    )
    return min(accepted, default=None)


def _told_channel(uow: UnitOfWork, message: Message, at: datetime) -> MessageView | None:
    """Tell the channel what was agreed, by the clock of who asked for it; or show its charter."""
    if "charter" in message.args:
        return posted_view(uow, message, at)
    found = _subject(uow, message)
    if found is None:
        return None
    expectation, event = found
    asker = expectation.owner if expectation.requester is None else expectation.requester
    reader = uow.members.get(asker)
    sent = message.state is MessageState.SENT
    if reader is None or not (sent or expectation.tell_channel):
        return None
    if not sent and expectation.status not in OPEN | {Status.MET}:
        return None
    return card(uow, expectation, reader, _nobody(event), at)


def _nobody(event: Event | None) -> Occasion:
    return Occasion(moment=Moment.TOLD_CHANNEL, event=event)


def _thanks(uow: UnitOfWork, message: Message, reader: Member) -> MessageView | None:
    thanks = uow.thanks.get(int(message.args["thanks"]))
    if thanks is None:
        return None
    channel_name, summary_on = carrier_of(uow, thanks, reader)
    return ThanksView(
        thanks=thanks,
        reader=reader,
        people=uow.members.get_many({thanks.by, thanks.to}),
        channel_name=channel_name,
        summary_on=summary_on,
    )


def _summary(uow: UnitOfWork, message: Message, at: datetime) -> MessageView | None:
    args = message.args
    zone = ZoneInfo(args["zone"])
    day, hour = date.fromisoformat(args["day"]), time.fromisoformat(args["hour"])
    period = summary_period(day, hour, zone)
    view = week(uow, message.to, period, zone, at=at, by=args.get("by"))
    return None if is_empty(view) else view
