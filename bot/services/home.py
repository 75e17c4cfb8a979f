"""App Home: what needs somebody, what they do, what others do for them, goals and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.expectation import Expectation, Kind, Period, PeriodOutcome
from bot.domain.give_and_take import PERIOD, Counts, give_and_take
from bot.domain.member import Member
from bot.domain.messages import Message, Moment, Prompt
from bot.domain.schedule.prompts import Candidate, needs_you
from bot.domain.views import AskedItem, HomeView, Page, Undelivered
from bot.services.candidates import candidates_of
from bot.services.cards import Occasion, card
from bot.services.ports import UnitOfWork

PAGE = 10
"""Items on one page of each part."""

_OPEN = 500
"""So many open ones are looked through for what needs somebody."""

_FINISHED = 1000
"""So many finished ones of the last 90 days are counted."""

_PROMPTED: Mapping[Prompt, Moment] = {
    Prompt.CHANGE: Moment.CHANGE_TO_AGREED,
    Prompt.LET_GO: Moment.ASKS_TO_BE_LET_GO,
    Prompt.QUESTION: Moment.QUESTION,
    Prompt.DONE: Moment.DONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Which page of each part of Home is open, from 0."""

    needs: int = 0
    you: int = 0
    others: int = 0
    goals: int = 0


def home_view(uow: UnitOfWork, me: Member, pages: Pages, at: datetime) -> HomeView:
    """Gather somebody's Home."""
    rows = uow.expectations
    waiting = _waiting(uow, me, at)
    first = pages.needs * PAGE
    shown = waiting[first : first + PAGE]
    you_do = _page(rows.owned_by(me.user, pages.you * PAGE, PAGE + 1), pages.you)
    others_do = _page(rows.requested_by(me.user, pages.others * PAGE, PAGE + 1), pages.others)
    goals = uow.goals.of_user(me.user, pages.goals * PAGE, PAGE + 1)
    own = uow.figures.own(me.user, at - PERIOD)
    put_off = uow.messages.put_off(me.user, PAGE)
    lost = _undelivered(uow, uow.messages.undelivered(me.user, PAGE) + put_off)
    about = [one.expectation for one in lost]
    needs = tuple(_asked(uow, me, need, at) for need in shown)
    named = {user for item in (*you_do.items, *others_do.items, *about) for user in item.parties}
    asked = {user: one for item in needs for user, one in item.card.people.items()}
    return HomeView(
        reader=me,
        needs_you=needs,
        you_do=you_do,
        others_do=others_do,
        goals=tuple(goals[:PAGE]),
        goals_page=pages.goals,
        goals_more=len(goals) > PAGE,
        finished=own.finished,
        kept=own.kept,
        lately=_lately(uow, me, at),
        undelivered=lost,
        people=asked | uow.members.get_many(named) | {me.user: me},
        now=at,
        list_put_off=next((one.error for one in put_off if one.moment is Moment.LIST), None),
        needs_page=pages.needs,
        needs_more=len(waiting) > first + PAGE,
    )


@dataclass(frozen=True, slots=True)
class _Need:
    """Something that waits for somebody."""

    prompt: Prompt
    candidate: Candidate


def _waiting(uow: UnitOfWork, me: Member, at: datetime) -> list[_Need]:
    """Return what waits for somebody, by due."""
    found = candidates_of(uow, me, uow.expectations.open_of(me.user, _OPEN))
    prompts = ((needs_you(me, candidate, at), candidate) for candidate in found.values())
    return [_Need(prompt, candidate) for prompt, candidate in prompts if prompt is not None]


def _asked(uow: UnitOfWork, me: Member, need: _Need, at: datetime) -> AskedItem:
    item = need.candidate.expectation
    occasion = Occasion(moment=_moment(need.prompt, item), period=_period(need))
    return AskedItem(prompt=need.prompt, card=card(uow, item, me, occasion, at))


def _period(need: _Need) -> Period | None:
    """Return the date of a series that waits: to be reported, or to be looked at."""
    wanted = {Prompt.PERIOD: PeriodOutcome.OPEN, Prompt.PERIOD_DONE: PeriodOutcome.KEPT}
    outcome = wanted.get(need.prompt)
    open_ones = (one for one in need.candidate.periods if one.settled_at is None)
    return next((one for one in open_ones if one.outcome is outcome), None)


def _moment(prompt: Prompt, item: Expectation) -> Moment:
    """Return as what a question about an item is shown; a list says what it asks itself."""
    if prompt is not Prompt.PROPOSAL:
        return _PROMPTED.get(prompt, Moment.LIST)
    if item.last_version > 1:
        return Moment.SUGGESTED_CHANGE
    if item.remedy_of is not None:
        return Moment.REMEDY
    return Moment.PROPOSAL if item.kind is Kind.REQUEST else Moment.OFFER


def _page(found: list[Expectation], number: int) -> Page:
    return Page(items=tuple(found[:PAGE]), number=number, more=len(found) > PAGE)


def _lately(uow: UnitOfWork, me: Member, at: datetime) -> Counts:
    finished = uow.between.finished_of(me.user, at - PERIOD, _FINISHED)
    return give_and_take(me.user, finished, me.zone, at).lately


def _undelivered(uow: UnitOfWork, failed: list[Message]) -> tuple[Undelivered, ...]:
    """Return what messages to somebody were about that failed, while it is open; each once."""
    by_number = {message.number: message for message in failed if message.number is not None}
    found = uow.expectations.get_many(by_number)
    return tuple(
        Undelivered(expectation=item, state=message.state, error=message.error)
        for number, message in by_number.items()
        if (item := found.get(number)) is not None and item.closed_at is None
    )
