"""A list that was sent, as it stands by now: nothing answered can be pressed again."""

from datetime import date, datetime

from bot.domain.expectation import CheckIn, Status
from bot.domain.member import Member
from bot.domain.messages import Asked, Message, Moment
from bot.domain.schedule.candidates import Case
from bot.domain.views import AskedItem, ListView
from bot.services.asides import asides_of
from bot.services.asked import spoke_since, still_waits
from bot.services.candidates import candidates_of
from bot.services.cards import Occasion, card
from bot.services.compose_list import held_line, people_of
from bot.services.ports import UnitOfWork


def listed_view(uow: UnitOfWork, message: Message, reader: Member, at: datetime) -> ListView | None:
    """Compose a list that was sent: what it asked, and of what was answered the state by now."""
    shown = uow.expectations.get_many(message.shows)
    candidates = candidates_of(uow, reader, shown.values())
    asked = {
        one.number: one
        for one in uow.messages.asked_of(reader.user, message.shows)
        if one.message == message.id
    }
    items, answered = [], {}
    for number in message.shows:
        candidate, question = candidates.get(number), asked.get(number)
        if candidate is None or question is None:
            continue
        case = Case(member=reader, candidate=candidate, at=at)
        is_open = still_waits(case, question, message)
        items.append(_asked_again(uow, case, question, is_open=is_open))
        if not is_open:
            answered[number] = _state(uow, case, message)
    carried = uow.messages.carried_by(reader.user, message.id)
    subjects = uow.expectations.get_many({held.number for held in carried if held.number})
    found = (held_line(uow, held, subjects.get(held.number), at, stale=True) for held in carried)
    lines = tuple(line for line in found if line is not None)
    asides = asides_of(uow, reader, message, at)
    if not items and not lines and not asides:
        return None
    return ListView(
        reader=reader,
        day=date.fromisoformat(message.args["day"]),
        held=lines,
        items=tuple(items),
        rest=0,
        asides=asides,
        people=people_of(uow, reader, items, lines, asides),
        now=at,
        answered=answered,
    )


def _asked_again(uow: UnitOfWork, case: Case, question: Asked, *, is_open: bool) -> AskedItem:
    args = {"key": question.key, "ordinal": str(question.ordinal)}
    about = (one for one in case.candidate.periods if one.date.isoformat() == question.key)
    period = next(about, None)
    occasion = Occasion(moment=Moment.LIST, current=is_open, period=period, args=args)
    shown = card(uow, case.expectation, case.member, occasion, case.at)
    return AskedItem(prompt=question.prompt, card=shown)


def _state(uow: UnitOfWork, case: Case, message: Message) -> str:
    """Return the key of what an answered one is by now: its status, or what the reader said."""
    expectation = case.expectation
    if expectation.status is not Status.ACTIVE:
        return expectation.status.value
    if expectation.pending is not None:
        return "pending"
    said = [
        event.verb.value
        for event in uow.expectations.events(expectation.number)
        if event.actor == case.member.user
        and isinstance(event.verb, CheckIn)
        and message.sent_at is not None
        and event.at > message.sent_at
    ]
    if said:
        return said[-1]
    return "answered" if spoke_since(case, message) else expectation.status.value
