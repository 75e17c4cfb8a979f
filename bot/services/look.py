"""Reading: one item, lists, Home; nothing here changes anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import InvalidInputError, UnknownIdError
from bot.domain.expectation import CheckIn, Expectation, Status
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.schedule.prompts import date_to_answer
from bot.domain.views import HomeView, ShowView
from bot.domain.visibility import View, may_see, seen_events
from bot.services.actor import Actor
from bot.services.candidates import candidates_of
from bot.services.cards import Occasion, card
from bot.services.home import Pages, home_view
from bot.services.people import Directory
from bot.services.ports import Store, UnitOfWork
from bot.services.shared_only import shared_card, shared_only

PAGE = 10
"""Items on one page of a list."""

_MOMENTS: Mapping[Status, Moment] = {
    Status.PROPOSED: Moment.PROPOSAL,
    Status.ACTIVE: Moment.AGREED,
    Status.DONE: Moment.DONE,
    Status.MET: Moment.KEPT,
    Status.MISSED: Moment.NOT_KEPT,
    Status.DECLINED: Moment.DECLINED,
    Status.WITHDRAWN: Moment.TAKEN_BACK,
    Status.LAPSED: Moment.ENDED_UNANSWERED,
    Status.RELEASED: Moment.LET_GO,
    Status.HANDED_BACK: Moment.HANDED_BACK,
    Status.UNSETTLED: Moment.DIFFERENT,
}
"""As what `show` shows an expectation."""

_BY_OWNER = frozenset({CheckIn.ON_TRACK, CheckIn.AT_RISK, CheckIn.NEED_HELP, CheckIn.LATER})
_BY_OTHER = frozenset({CheckIn.OFFER_HELP})


class Scope(StrEnum):
    """Which list."""

    MINE = "mine"  # everything open that the reader is a party to
    TEAM = "team"  # what was agreed in this channel and its members may see
    WHO = "who"  # what lies between the reader and one other


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; every item may be seen by the reader where it was typed."""

    scope: Scope
    items: tuple[Expectation, ...]
    reader: Member
    people: Mapping[str, Member]
    page: int  # from 0
    more: bool
    now: datetime
    who: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Gathers what views show."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]

    def show(self, actor: Actor, number: int) -> ShowView:
        """Show one item; raise UnknownIdError where it is not there or not to be seen here."""
        me, at = self.directory.member(actor.workspace, actor.user), self.clock()
        with self.store.read(actor.workspace) as uow:
            found = uow.expectations.get(number)
            seen = View.NONE if found is None else may_see(actor.user, found, actor.channel)
            if found is None or seen is View.NONE:
                raise UnknownIdError(f"E-{number}")
            if seen is View.AGREED_ONLY:
                shared = shared_card(uow, found, me, at)
                return ShowView(card=shared, full=False, history=(), terms=())
            candidate = candidates_of(uow, me, (found,))[number]
            occasion = Occasion(
                moment=_MOMENTS[found.status],
                period=date_to_answer(me, candidate, at),
                args={"trusted": "yes"} if candidate.trusted else {},
            )
            return ShowView(
                card=card(uow, found, me, occasion, at),
                full=True,
                history=seen_events(me.user, found, uow.expectations.events(number)),
                terms=tuple(uow.expectations.terms(number)),
                check_ins=_check_ins(found, me.user),
                words=tuple(uow.own_words.about(number)),
                periods=tuple(uow.expectations.periods(number)) if found.is_series else (),
            )

    def listing(
        self, actor: Actor, scope: Scope = Scope.MINE, who: str | None = None, page: int = 0
    ) -> Listing:
        """Show a page of a list.

        Raise InvalidInputError for a team list outside a channel (key channel), and where nobody
        is named (key who).
        """
        me = self.directory.member(actor.workspace, actor.user)
        first, last = page * PAGE, (page + 1) * PAGE
        with self.store.read(actor.workspace) as uow:
            found = _found(uow, actor, scope, who, last + 1)
            items = tuple(found[first:last])
            named = {user for item in items for user in item.parties} | ({who} if who else set())
            people = uow.members.get_many(named)
        return Listing(
            scope=scope,
            items=items,
            reader=me,
            people=people | {me.user: me},
            page=page,
            more=len(found) > last,
            now=self.clock(),
            who=who,
            channel=actor.channel,
        )

    def home(self, workspace: int, user: str, pages: Pages | None = None) -> HomeView:
        """Show somebody's Home."""
        me, at = self.directory.member(workspace, user), self.clock()
        with self.store.read(workspace) as uow:
            return home_view(uow, me, pages or Pages(), at)


def _found(
    uow: UnitOfWork, actor: Actor, scope: Scope, who: str | None, limit: int
) -> list[Expectation]:
    """Return the first ones of a list, by due, and only what the actor may see here."""
    match scope:
        case Scope.MINE:
            return uow.expectations.open_of(actor.user, limit)
        case Scope.WHO:
            if who is None:
                raise InvalidInputError({"who": "Name one person."})
            return uow.expectations.between(actor.user, who, limit)
        case Scope.TEAM:
            if actor.channel is None or not actor.in_channel:
                raise InvalidInputError({"channel": "Type it in the channel that you mean."})
            return [
                item if actor.user in item.parties else shared_only(item)
                for item in uow.expectations.agreed_in(actor.channel, limit)
            ]


def _check_ins(expectation: Expectation, user: str) -> frozenset[CheckIn]:
    """Return how a party may say that an agreed one is going."""
    if expectation.status is not Status.ACTIVE:
        return frozenset()
    return _BY_OWNER if user == expectation.owner else _BY_OTHER
