"""A member's list, from what is open when it is sent; and later, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.asides import are_reason_enough
from bot.domain.expectation import Expectation, Status
from bot.domain.member import Member
from bot.domain.messages import Held, Moment, Prompt
from bot.domain.schedule.candidates import Candidate, Case, Item, Urgency
from bot.domain.schedule.local import local_day
from bot.domain.schedule.prompts import due_prompts, layout, needs_you
from bot.domain.schedule.resting import is_late
from bot.domain.thanks import Thanks
from bot.domain.views import AsideView, AskedItem, HeldLine, ListView, People
from bot.services.asides import asides_due
from bot.services.asked import prompt_key
from bot.services.candidates import candidates_of
from bot.services.cards import Occasion, card
from bot.services.ports import UnitOfWork
from bot.services.shown import is_current

_OPEN = 200
"""So many open ones of one person are looked at for a list."""

ASKING = frozenset(
    {
        Moment.PROPOSAL,
        Moment.OFFER,
        Moment.REMEDY,
        Moment.SUGGESTED_CHANGE,
        Moment.CHANGE_TO_AGREED,
        Moment.ASKS_TO_BE_LET_GO,
        Moment.QUESTION,
        Moment.DONE,
    }
)
"""The notices that want an answer: a list that carries one asks for it."""

FIRST = frozenset({Moment.PROPOSAL, Moment.OFFER})
"""What somebody is asked first: there the bot says who it is."""

_FIRST = frozenset({Prompt.PROPOSAL})


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was held for a reader: lines to carry, moments to ask at, and what is over."""

    lines: tuple[tuple[Held, HeldLine], ...]
    timed: tuple[Held, ...]
    over: tuple[Held, ...]


def waiting_for(uow: UnitOfWork, user: str, at: datetime) -> Waiting:
    """Sort what was held for a reader and whose moment has come."""
    lines: list[tuple[Held, HeldLine]] = []
    timed: list[Held] = []
    over: list[Held] = []
    held_now = [held for held in uow.messages.held_for(user) if held.since <= at]
    subjects = uow.expectations.get_many({held.number for held in held_now if held.number})
    for held in held_now:
        subject = subjects.get(held.number)
        if held.timed:
            (timed if _is_going_on(subject) else over).append(held)
            continue
        line = held_line(uow, held, subject, at)
        if line is None:
            over.append(held)
        else:
            lines.append((held, line))
    return Waiting(tuple(lines), tuple(timed), tuple(over))


def _is_going_on(subject: Expectation | None) -> bool:
    return subject is not None and subject.status is Status.ACTIVE and not subject.is_series


def list_view(uow: UnitOfWork, reader: Member, day: date, at: datetime) -> ListView | None:
    """Compose the list of a nominal date; None where there is neither a question nor a notice."""
    waiting = waiting_for(uow, reader.user, at)
    candidates = candidates_of(uow, reader, uow.expectations.open_of(reader.user, _OPEN))
    items = due_prompts(reader, candidates.values(), at)
    items = _in_order(reader, (*items, *_also_asked(reader, candidates, items, waiting, at)), at)
    plan = layout(items, len(waiting.lines))
    asides = asides_due(uow, reader, at)
    if plan.is_empty and not are_reason_enough(one.kind for one in asides):
        return None
    asked = tuple(
        _asked_item(uow, reader, candidates[item.number], item, at) for item in plan.items
    )
    lines = tuple(line for _, line in waiting.lines)
    asks = {line.moment for line in lines} & FIRST or {item.prompt for item in asked} & _FIRST
    return ListView(
        reader=reader,
        day=day,
        first_time=reader.welcomed_at is None and bool(asks),
        held=lines,
        items=asked,
        rest=plan.rest,
        asides=asides,
        people=people_of(uow, reader, asked, lines, asides),
        now=at,
    )


def held_line(
    uow: UnitOfWork,
    held: Held,
    subject: Expectation | None,
    at: datetime,
    *,
    stale: bool = False,
) -> HeldLine | None:
    """Return a held notice as a line; None where its question is over, unless `stale` ones too."""
    reader = uow.members.get(held.user)
    if held.moment is Moment.THANKS:
        thanks = uow.thanks.get(int(held.args["thanks"]))
        return None if thanks is None or reader is None else _thanks_line(uow, thanks, reader)
    if subject is None or reader is None:
        return None
    event = uow.expectations.event(held.number, held.event)
    current = is_current(held, subject, event)
    if held.moment in ASKING and not current and not stale:
        return None
    occasion = Occasion(moment=held.moment, event=event, args=held.args)
    return HeldLine(
        moment=held.moment,
        expectation=subject,
        event=event,
        card=card(uow, subject, reader, occasion, at) if current else None,
        args=held.args,
    )


def _thanks_line(uow: UnitOfWork, thanks: Thanks, reader: Member) -> HeldLine:
    channel_name, summary_on = carrier_of(uow, thanks, reader)
    return HeldLine(
        moment=Moment.THANKS,
        expectation=None,
        event=None,
        thanks=thanks,
        channel_name=channel_name,
        summary_on=summary_on,
    )


def carrier_of(uow: UnitOfWork, thanks: Thanks, reader: Member) -> tuple[str | None, date | None]:
    """Return the channel whose summary carries thanks, and when; None where none does."""
    channel = uow.channels.get(thanks.channel) if thanks.channel else None
    summary = channel.summary if channel and not thanks.kept_between else None
    return (
        channel.name if channel else None,
        summary.next_at.astimezone(reader.zone).date() if summary else None,
    )


def _also_asked(
    reader: Member,
    candidates: dict[int, Candidate],
    items: Sequence[Item],
    waiting: Waiting,
    at: datetime,
) -> list[Item]:
    """Ask as well for what a carried notice wants, and what its owner wanted to be asked today."""
    taken = {item.number for item in items}
    found: dict[int, Item] = {}
    wanted = [held for held, line in waiting.lines if line.moment in ASKING]
    for held in (*waiting.timed, *wanted):
        candidate = candidates.get(held.number)
        if candidate is None or held.number in taken:
            continue
        case = Case(member=reader, candidate=candidate, at=at)
        prompt = needs_you(reader, candidate, at)
        if prompt is None and held.timed and case.is_owner and not is_late(case.expectation, at):
            prompt = Prompt.CHECK_IN
        if prompt in {Prompt.PERIOD, Prompt.PERIOD_DONE, None}:
            continue
        found[held.number] = _now(case, prompt)
    return list(found.values())


def _now(case: Case, prompt: Prompt) -> Item:
    key = prompt_key(case, prompt)
    return Item(
        number=case.expectation.number,
        prompt=prompt,
        key=key,
        ordinal=len(case.asked(prompt, key)) + 1,
        urgency=Urgency.DUE_TODAY if prompt is Prompt.CHECK_IN else Urgency.TO_ANSWER,
        since=case.today,
        due_at=case.expectation.due_at,
    )


def _in_order(reader: Member, items: Sequence[Item], at: datetime) -> tuple[Item, ...]:
    """Sort by urgency; what an earlier list left out comes first."""
    today = at.astimezone(reader.zone).date()

    def order(item: Item) -> tuple[bool, Urgency, datetime, int]:
        return (item.since >= today, item.urgency, item.due_at, item.number)

    return tuple(sorted(items, key=order))


def _asked_item(
    uow: UnitOfWork, reader: Member, candidate: Candidate, item: Item, at: datetime
) -> AskedItem:
    args = {"key": item.key, "ordinal": str(item.ordinal)}
    if candidate.trusted and item.prompt is Prompt.CHECK_IN:
        args["trusted"] = "yes"
    ends = candidate.expectation.next_clock_at
    if item.again_on and (ends is None or local_day(ends, reader.zone) > item.again_on):
        args["remind_on"] = item.again_on.isoformat()  # else it lapses before
    about = (one for one in candidate.periods if one.date == item.period)
    occasion = Occasion(moment=Moment.LIST, period=next(about, None), args=args)
    return AskedItem(
        prompt=item.prompt, card=card(uow, candidate.expectation, reader, occasion, at)
    )


def people_of(
    uow: UnitOfWork,
    reader: Member,
    items: Sequence[AskedItem],
    lines: Sequence[HeldLine],
    asides: Sequence[AsideView],
) -> People:
    """Return everybody whom a list names."""
    named = {reader.user: reader}
    for item in items:
        named |= item.card.people
    for aside in asides:
        named |= aside.people
    users: set[str] = set()
    for line in lines:
        users |= set(line.expectation.parties) if line.expectation else set()
        users |= {line.thanks.by, line.thanks.to} if line.thanks else set()
    return named | uow.members.get_many(users - set(named))
