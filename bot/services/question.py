"""Figures questioned: what each is, what counted, and what the numbers miss."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.errors import InvalidInputError, NoChannelError
from bot.domain.expectation import Expectation
from bot.domain.figures.balance import NOTE_LENGTH, BalanceNote
from bot.domain.figures.floor import Window, window
from bot.domain.figures.names import SOURCES, Figure
from bot.domain.figures.share import own_workdays
from bot.domain.figures.shared import PERIOD, Shown, Source
from bot.domain.give_and_take import give_and_take
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.views import BalanceView, CountedView, WhyView
from bot.domain.visibility import View, may_see
from bot.services.actor import Actor
from bot.services.figures import shared_figures
from bot.services.inbox import answered, remember
from bot.services.people import Directory
from bot.services.places import note_channel
from bot.services.ports import Store, UnitOfWork
from bot.services.shared_only import shared_only

PAGE = 10
MOST_FINISHED = 1000
"""So much of what somebody finished in 90 days is counted for give and take."""
NOT_COUNTED = "Whoever has agreed to something here is counted, and can add a line."
LONGEST_NOTE = timedelta(days=92)
"""A note is shown for a quarter at most: then what it says has to be said again."""


@dataclass(frozen=True, slots=True)
class Question:
    """Answers what a figure is, and keeps what those who are counted add."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]

    def why(self, actor: Actor, figure: Figure) -> WhyView:
        """Say what a figure is; raise NoChannelError where it is a channel's and none is named."""
        me, at = self.directory.member(actor.workspace, actor.user), self.clock()
        if figure in OWN:
            with self.store.read(actor.workspace) as uow:
                counts = OWN[figure](uow, me, at)
            shown = Shown(until=at, counts=counts, zone=me.zone)
            return WhyView(figure=figure, reader=me, now=at, shown=shown)
        channel = _channel(actor)
        with self.store.write(actor.workspace) as uow:
            figures = shared_figures(uow, channel, at)
            own = uow.figures.open_work(channel).get(me.user, 0)
        by_source = {
            Source.OUTCOMES: figures.outcomes,
            Source.AGREEMENTS: figures.agreements,
            Source.SHARE: figures.share,
        }
        return WhyView(
            figure=figure,
            reader=me,
            now=at,
            shown=by_source[SOURCES[figure]],
            own=own,
            workdays=own_workdays(me, local_day(at, me.zone)),
        )

    def counted(self, actor: Actor, figure: Figure, page: int = 0) -> CountedView:
        """Show a page of what a figure counts, as far as the actor may see it here."""
        asked = self.why(actor, figure)
        with self.store.read(actor.workspace) as uow:
            numbers = _counted(uow, actor, asked, page * PAGE, PAGE + 1)
            found = uow.expectations.get_many(numbers[:PAGE])
            items = tuple(_as_seen(actor, found[one]) for one in numbers[:PAGE])
            named = {user for one in items for user in one.parties}
            people = uow.members.get_many(named) | {asked.reader.user: asked.reader}
        return CountedView(
            figure=figure,
            reader=asked.reader,
            people=people,
            now=asked.now,
            items=items,
            page=page,
            more=len(numbers) > PAGE,
        )

    def balance(self, actor: Actor) -> BalanceView:
        """Show a channel's balance; raise NoChannelError."""
        channel = _channel(actor)
        me, at = self.directory.member(actor.workspace, actor.user), self.clock()
        today = local_day(at, me.zone)
        with self.store.write(actor.workspace) as uow:
            share = shared_figures(uow, channel, at).share
            notes = uow.figures.notes(channel, today)
            own = uow.figures.open_work(channel).get(me.user, 0)
            people = uow.members.get_many([note.user for note in notes])
            counted = _is_counted(uow, channel, me.user, at)
            stored = uow.channels.get(channel)
        return BalanceView(
            channel_name=actor.channel_name or (stored.name if stored else channel),
            reader=me,
            people=people | {me.user: me},
            now=at,
            share=share,
            own=own,
            workdays=own_workdays(me, today),
            notes=tuple(notes),
            mine=next((note for note in notes if note.user == me.user), None),
            counted=counted,
        )

    def add_note(self, actor: Actor, text: str, until: date | None = None) -> BalanceView:
        """Add what the numbers miss of oneself, until a day; without one for a quarter.

        Raise NoChannelError or InvalidInputError (note, until).
        """
        channel, at = _channel(actor), self.clock()
        me = self.directory.member(actor.workspace, actor.user)
        line, today = " ".join(text.split()), local_day(at, me.zone)
        last = until or today + LONGEST_NOTE
        if not 0 < len(line) <= NOTE_LENGTH:
            words = f"Say it in a line of at most {NOTE_LENGTH} characters."
            raise InvalidInputError({"note": words})
        if not today <= last <= today + LONGEST_NOTE:
            raise InvalidInputError({"until": "Choose a day within the next three months."})
        with self.store.write(actor.workspace) as uow:
            if not _is_counted(uow, channel, me.user, at):
                raise InvalidInputError({"note": NOT_COUNTED})
            if answered(uow, actor) is None:
                note_channel(uow, actor)
                note = BalanceNote(channel=channel, user=me.user, text=line, until=last)
                uow.figures.save_note(note)
                remember(uow, actor, {"note": channel}, at)
        return self.balance(actor)

    def drop_note(self, actor: Actor) -> BalanceView:
        """Take one's own note back."""
        channel = _channel(actor)
        with self.store.write(actor.workspace) as uow:
            uow.figures.drop_note(channel, actor.user)
        return self.balance(actor)


def _is_counted(uow: UnitOfWork, channel: str, user: str, at: datetime) -> bool:
    """Tell whether somebody has open work in a channel, or agreed to some in the last 90 days."""
    if user in uow.figures.open_work(channel):
        return True
    return user in uow.figures.owners(channel, window(at))


def _mine(uow: UnitOfWork, me: Member, at: datetime) -> dict[str, int]:
    own = uow.figures.own(me.user, at - PERIOD)
    return {"kept": own.kept, "changed": own.changed}


def _given_and_taken(uow: UnitOfWork, me: Member, at: datetime) -> dict[str, int]:
    finished = uow.between.finished_of(me.user, at - PERIOD, MOST_FINISHED)
    lately = give_and_take(me.user, finished, me.zone, at).lately
    return {"given": lately.given, "taken": lately.taken}


OWN: Mapping[Figure, Callable[[UnitOfWork, Member, datetime], dict[str, int]]] = {
    Figure.MINE: _mine,
    Figure.GIVE_AND_TAKE: _given_and_taken,
}
"""The figures that one reads of oneself alone."""


def _counted(
    uow: UnitOfWork, actor: Actor, asked: WhyView, offset: int, limit: int
) -> Sequence[int]:
    """Return a page of the numbers of what a figure counts, as far as the actor may see that."""
    rows, me = uow.figures, actor.user
    if asked.figure is Figure.FAIR_SHARE:
        return rows.rows_open(_channel(actor), me, offset, limit)
    if asked.shown is None:
        return ()
    of = window(asked.shown.until)
    if asked.figure is Figure.MINE:
        return rows.rows_own(me, of.since, offset, limit)
    if asked.figure is Figure.GIVE_AND_TAKE:
        finished = uow.between.finished_of(me, of.since, MOST_FINISHED)
        return [one.number for one in finished[offset : offset + limit]]
    return _counted_here(uow, actor, asked.figure, of, offset=offset, limit=limit)


def _counted_here(
    uow: UnitOfWork, actor: Actor, figure: Figure, of: Window, *, offset: int, limit: int
) -> Sequence[int]:
    rows, channel = uow.figures, _channel(actor)
    if figure is Figure.CHANGED:
        return rows.rows_changed(channel, actor.user, of, offset, limit)
    if figure is Figure.BOTH_GAIN:
        return rows.rows_both_gain(channel, actor.user, of, offset, limit)
    return rows.rows_kept(channel, of, offset, limit)


def _as_seen(actor: Actor, item: Expectation) -> Expectation:
    full = may_see(actor.user, item, actor.channel) is View.FULL
    return item if full else shared_only(item)


def _channel(actor: Actor) -> str:
    if actor.channel is None or not actor.in_channel:
        raise NoChannelError
    return actor.channel
