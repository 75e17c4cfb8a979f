"""Asides of a list: what may be asked besides, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.asides import IN_ONE_LIST, RARE, Aside, AskedAside, pressing, wanted
from bot.domain.member import Member
from bot.domain.messages import Message
from bot.domain.views import AsideView
from bot.services.charter_views import review_due, review_shown
from bot.services.freshen import NewId, update
from bot.services.goal_asides import (
    concentration_due,
    concentration_shown,
    goal_review_due,
    goal_review_shown,
)
from bot.services.pair_asides import (
    fairness_due,
    fairness_shown,
    worth_it_due,
    worth_it_shown,
)
from bot.services.ports import UnitOfWork
from bot.services.pulse import pulse_due, pulse_shown


@dataclass(frozen=True, slots=True)
class Source:
    """Where asides of a kind come from.

    `due` returns the key of what is to be asked of a reader now, if any; it leaves out what was
    asked already. `show` returns what a key is about as it stands now; None where that is gone.
    """

    due: Callable[[UnitOfWork, Member, datetime], str | None]
    show: Callable[[UnitOfWork, Member, str, datetime], AsideView | None]


SOURCES: Mapping[Aside, Source] = {
    Aside.GOAL_REVIEW: Source(due=goal_review_due, show=goal_review_shown),
    Aside.CONCENTRATION: Source(due=concentration_due, show=concentration_shown),
    Aside.WORTH_IT: Source(due=worth_it_due, show=worth_it_shown),
    Aside.FAIRNESS: Source(due=fairness_due, show=fairness_shown),
    Aside.CHARTER_REVIEW: Source(due=review_due, show=review_shown),
    Aside.PULSE: Source(due=pulse_due, show=pulse_shown),
}
"""One row a kind."""


def asides_due(uow: UnitOfWork, reader: Member, at: datetime) -> tuple[AsideView, ...]:
    """Return what a list asks besides, the most pressing first; of the rare ones one at most."""
    found: list[AsideView] = []
    for kind in wanted(reader, uow.asides.last(reader.user, RARE), at):
        if len(found) == IN_ONE_LIST:
            break
        if kind in RARE and any(one.kind in RARE for one in found):
            break
        shown = _due(uow, reader, kind, at)
        if shown is not None:
            found.append(shown)
    return tuple(found)


def want_a_list(uow: UnitOfWork, reader: Member, at: datetime) -> bool:
    """Tell whether there is an aside that a list goes out for; the rare ones are not looked for."""
    return any(_due(uow, reader, kind, at) is not None for kind in pressing(reader))


def asides_of(
    uow: UnitOfWork, reader: Member, message: Message, at: datetime
) -> tuple[AsideView, ...]:
    """Return what a list that was sent asked besides, as it stands by now."""
    asked = {(one.kind, one.key) for one in uow.asides.of_message(message.id)}
    found = (SOURCES[kind].show(uow, reader, key, at) for kind, key in sorted(asked, key=_order))
    return tuple(one for one in found if one is not None)


def note_asked(
    uow: UnitOfWork, reader: Member, message: Message, views: tuple[AsideView, ...], at: datetime
) -> None:
    """Note the asides that a list carried."""
    for view in views:
        asked = AskedAside(
            user=reader.user, kind=view.kind, key=view.key, at=at, message=message.id
        )
        uow.asides.add(asked)


def refresh_asked(
    uow: UnitOfWork, user: str, kind: Aside, key: str, at: datetime, *, new_message_id: NewId
) -> None:
    """Bring up to date the list that carried an aside, once that was answered."""
    asked = uow.asides.get(user, kind, key)
    post = None if asked is None else uow.messages.get(asked.message)
    if post is not None and post.sent_at is not None:
        uow.messages.add(update(post, at, new_message_id()))


def _due(uow: UnitOfWork, reader: Member, kind: Aside, at: datetime) -> AsideView | None:
    """Return what is to be asked of a reader now, if anything of a kind is."""
    key = SOURCES[kind].due(uow, reader, at)
    return None if key is None else SOURCES[kind].show(uow, reader, key, at)


def _order(asked: tuple[Aside, str]) -> tuple[int, str]:
    kind, key = asked
    return (list(Aside).index(kind), key)
