"""What lies between two people, gathered for one of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import PersonError
from bot.domain.expectation import Expectation, Status
from bot.domain.give_and_take import give_and_take
from bot.domain.member import Member
from bot.domain.opinions import Topic
from bot.domain.views import BetweenView, NeededView
from bot.services.actor import Actor
from bot.services.people import Directory
from bot.services.ports import Store, UnitOfWork

SHOWN = 5
"""So many of each are shown; the rest is in `list @who`."""

_OPEN = 200
_FINISHED = 5000
"""So many finished are counted, the latest; two people hardly get there in a working life."""


@dataclass(frozen=True, slots=True)
class Between:
    """Shows one of two people what lies between them; nobody else sees it."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]

    def view(self, actor: Actor, who: str) -> BetweenView:
        """Gather it; raise PersonError for oneself, an app, and who is unknown or a stranger.

        Who has left can be looked back on.
        """
        found = self.directory.members(actor.workspace, (actor.user, who))
        me, other = found.get(actor.user), found.get(who)
        reason = _why_not(other, actor.user)
        if me is None or other is None or reason is not None:
            raise PersonError(who, reason or "unknown")
        with self.store.read(actor.workspace) as uow:
            return between_view(uow, me, other, self.clock())


def _why_not(other: Member | None, by: str) -> str | None:
    """Return why nothing can lie between the two."""
    if other is None:
        return "unknown"
    if other.user == by:
        return "oneself"
    if other.is_bot:
        return "app"
    return "stranger" if other.is_stranger else None


def between_view(uow: UnitOfWork, me: Member, other: Member, at: datetime) -> BetweenView:
    """Gather what lies between two, as one of them sees it: nothing that the other keeps back."""
    both = (me.user, other.user)
    found = uow.expectations.between(*both, _OPEN)
    single = [it for it in found if not it.is_series]
    put_right = uow.expectations.get_many(uow.between.put_right(*both, SHOWN))
    worth = uow.opinions.seen_between(Topic.WORTH_IT, *both, 2 * SHOWN)
    learnt = uow.learnt.between(*both, SHOWN)
    about = {int(said.about.removeprefix("E-")) for said in worth}
    about |= {line.number for line in learnt}
    return BetweenView(
        reader=me,
        other=other,
        you_do=tuple(it for it in single if it.owner == me.user),
        they_do=tuple(it for it in single if it.owner == other.user),
        series=tuple(it for it in found if it.is_series),
        needs=tuple(_needs(uow, found)),
        counts=give_and_take(me.user, uow.between.finished(*both, _FINISHED), me.zone, at),
        put_right=tuple(sorted(put_right.values(), key=_latest, reverse=True)),
        thanks=tuple(uow.between.thanks(*both, SHOWN)),
        learnt=tuple(learnt),
        fairness=tuple(uow.opinions.seen_between(Topic.FAIRNESS, *both, 2 * SHOWN)),
        worth=tuple(worth),
        about=uow.expectations.get_many(about),
        people={me.user: me, other.user: other},
        now=at,
    )


def _needs(uow: UnitOfWork, found: Sequence[Expectation]) -> Iterator[NeededView]:
    """Yield what one of two still needs from the other: by the terms, or in their own words."""
    open_now = {it.number for it in found}
    words = uow.own_words.among(open_now)
    for it in found:
        if it.status is not Status.ACTIVE or it.requester is None:
            continue
        needed = [(it.owner, it.terms.wording.needs.strip())]
        if it.owed is not None and it.owed not in open_now:
            needed = []  # it was given, or let go
        needed += {one.author: one.need for one in words if one.number == it.number}.items()
        yield from (NeededView(expectation=it, by=by, text=text) for by, text in needed if text)


def _latest(it: Expectation) -> tuple[datetime, int]:
    return (it.closed_at or it.created_at, it.number)
