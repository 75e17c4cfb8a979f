"""An expectation on which somebody acts, inside the transaction, and what they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation import Change, People, moves
from bot.domain.due import Due
from bot.domain.errors import UnknownIdError
from bot.domain.expectation import Action, Event, Expectation, Period
from bot.domain.member import Member
from bot.domain.terms import Terms
from bot.domain.visibility import View, may_see
from bot.services.actor import Actor
from bot.services.day_off import OffDay, off_day
from bot.services.inbox import remember
from bot.services.notify import NewId, Told
from bot.services.ports import UnitOfWork
from bot.services.receipts import told_before
from bot.services.record import lock, owed_of, parties, record
from bot.services.shared_only import shared_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What somebody did; on a second delivery the present state with the first one's event."""

    expectation: Expectation
    me: Member
    people: Mapping[str, Member]
    moves: frozenset[Action]  # those open to the actor now
    event: Event | None = None  # None: a word about a series' dates leaves none; own words: the yes
    told: tuple[Told, ...] = ()  # when the other reads it
    before: Expectation | None = None  # None on a second delivery
    previous: Terms | None = None  # the version that a change replaces
    off_day: OffDay | None = None  # of a day that the actor named
    remedy: Expectation | None = None
    owed: Expectation | None = None  # what its owner needs from its requester
    ask_again_at: datetime | None = None  # of ask me later
    period: Period | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An expectation that the actor may see, locked, among its people."""

    uow: UnitOfWork
    actor: Actor
    me: Member
    expectation: Expectation
    people: People
    at: datetime
    last_event: int
    first_new: int = 0  # the first of the numbers that were taken for this move

    def store(self, change: Change, new_id: NewId) -> tuple[Told, ...]:
        """Store a change; the key of what came in remembers its event."""
        told = record(self.uow, change, self.people, self.at, new_message_id=new_id)
        self.remember(change.event.seq)
        return told

    def remember(self, event: int = 0) -> None:
        """Record the key of what came in; event 0: it left none."""
        answer = {"number": str(self.expectation.number), "event": str(event)}
        remember(self.uow, self.actor, answer, self.at)

    def showing(self, after: Expectation) -> Acted:
        """Return the answer to what left no event."""
        return Acted(
            expectation=after,
            me=self.me,
            people=self.known,
            moves=moves(after, self.actor.user, self.at, self.people),
            before=self.expectation,
            owed=owed_of(self.uow, after),
        )

    def acted(
        self, change: Change, told: tuple[Told, ...] = (), *, named: Due | None = None
    ) -> Acted:
        """Return what the actor is answered; `named` is a day that they named."""
        after = change.after
        if self.actor.user not in after.parties:
            return self._helped(change, told)
        suggests = bool(change.new_terms) and change.before is not None
        return Acted(
            expectation=after,
            event=change.event,
            me=self.me,
            people=self.known,
            told=told,
            moves=moves(after, self.actor.user, self.at, self.people),
            before=change.before,
            previous=change.before.terms if suggests and change.before else None,
            off_day=None if named is None else off_day(named, self.people.owner, self.at),
            owed=owed_of(self.uow, after),
        )

    def _helped(self, change: Change, told: tuple[Told, ...]) -> Acted:
        """Return what somebody who is no party is answered: nothing but what they may see."""
        return Acted(
            expectation=shared_only(change.after),
            me=self.me,
            people=self.known,
            moves=frozenset(),
            event=change.event,
            told=told,
        )

    @property
    def known(self) -> dict[str, Member]:
        """The parties and the actor, by user id."""
        return {member.user: member for member in (*self.people.all, self.me)}


def enter(uow: UnitOfWork, actor: Actor, me: Member, number: int, at: datetime) -> Scene:
    """Lock an expectation for the actor; raise UnknownIdError where they may not see it."""
    expectation = lock(uow, number)
    if expectation is None or _hidden(actor, expectation):
        raise UnknownIdError(f"E-{number}")
    return Scene(
        uow=uow,
        actor=actor,
        me=me,
        expectation=expectation,
        people=parties(uow, expectation),
        at=at,
        last_event=uow.expectations.last_event(number),
    )


def _hidden(actor: Actor, expectation: Expectation) -> bool:
    return may_see(actor.user, expectation, actor.channel) is View.NONE


def acted_before(scene: Scene, answer: Mapping[str, str]) -> Acted:
    """Answer a second delivery from the present state."""
    expectation, people, by = scene.expectation, scene.people, scene.actor.user
    if by not in expectation.parties:
        expectation = shared_only(expectation)
    event = scene.uow.expectations.event(expectation.number, int(answer["event"]))
    if event is None:
        return replace(scene.showing(expectation), before=None, repeated=True)
    return Acted(
        expectation=expectation,
        event=event,
        me=scene.me,
        people=scene.known,
        told=told_before(scene.uow, expectation, event.seq, by, people=people, at=scene.at),
        moves=moves(expectation, by, scene.at, people),
        owed=owed_of(scene.uow, expectation),
        repeated=True,
    )
