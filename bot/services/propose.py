"""Asking, offering and committing: the first word of an expectation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.domain.conversation import People, moves, open_expectation
from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.domain.expectation import Action, Expectation, Kind, Visibility
from bot.domain.goal import GoalStatus
from bot.domain.member import Member
from bot.domain.terms import Wording
from bot.domain.visibility import View, may_see
from bot.services import owed
from bot.services.actor import Actor
from bot.services.day_off import OffDay, off_day, refuse_past
from bot.services.inbox import answered, remember
from bot.services.notify import NewId, Told, refresh_homes
from bot.services.pace import Pace
from bot.services.people import Directory
from bot.services.places import default_visibility, note_channel, parties_under
from bot.services.ports import Renderer, Store, UnitOfWork
from bot.services.receipts import told_before
from bot.services.record import parties, record
from bot.services.tell_channel import ChannelTold, TellChannel

RESULT_LENGTH = 300
"""So many characters of what is expected; the form takes the rest into done-means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody asks, offers or commits to, as read and as the form says."""

    kind: Kind
    wording: Wording
    due: Due  # a series: its first nominal slot
    owners: tuple[str, ...] = ()  # a request's; one expectation each
    for_whom: str | None = None  # an offer's
    outside: str = ""  # a commitment's: whom it is for, who is not in Slack
    rrule: str | None = None
    visibility: Visibility | None = None  # None: channel in a channel, private elsewhere
    goal: int | None = None
    link: str = ""  # the message that it was made from
    tell_channel: bool = False

    @property
    def others(self) -> tuple[str, ...]:
        """Who is asked or offered something; each once."""
        if self.kind is Kind.REQUEST:
            return tuple(dict.fromkeys(self.owners))
        return (self.for_whom,) if self.kind is Kind.OFFER and self.for_whom else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedItem:
    """One expectation that was made."""

    expectation: Expectation
    owner: Member
    other: Member | None  # None: a commitment
    told: tuple[Told, ...]  # when the other reads it
    moves: frozenset[Action]  # the author's own
    off_day: OffDay | None = None
    asked_too: tuple[str, ...] = ()  # who else was asked in the same command


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What one command made; `repeated` where it was delivered again."""

    items: tuple[CreatedItem, ...]
    me: Member
    people: Mapping[str, Member]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Propose:
    """Makes requests, offers and commitments."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    renderer: Renderer
    pace: Pace = field(default_factory=Pace)

    def create(
        self, actor: Actor, draft: Draft, known: Mapping[str, Member] = MappingProxyType({})
    ) -> Created:
        """Make what the draft says, one for each owner; `known` as `Directory.askable` has it.

        Raise InvalidInputError (keys who, what, goal, tell_channel), PersonError or PastDueError.
        """
        visibility = draft.visibility or default_visibility(actor)
        _check(actor, draft, visibility)
        members = self.directory.askable(actor.workspace, draft.others, actor.user, known=known)
        at = self.clock()
        sides = _sides(draft, members, actor.user)
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            if before is not None:
                numbers = [int(number) for number in before["numbers"].split(",")]
                return self._again(uow, actor, numbers, members, at)
            for people in sides:
                refuse_past(draft.due, people.owner, (members[actor.user], people.owner), at)
                owed.refuse_past(draft.wording, people.requester, at)
            _check_goal(uow, actor, draft.goal)
            first = uow.expectations.take_numbers(len(sides))
            numbers = list(range(first, first + len(sides)))
            note_channel(uow, actor)
            if len(sides) > 1:  # all Homes in one order: none waits for another in turn
                refresh_homes(uow, members, at, new_message_id=self.new_id)
            items = []
            for number, people in zip(numbers, sides, strict=True):
                change = open_expectation(
                    kind=draft.kind,
                    number=number,
                    wording=draft.wording,
                    due=draft.due,
                    people=people,
                    by=actor.user,
                    at=at,
                    channel=actor.channel,
                    visibility=visibility,
                    rrule=draft.rrule,
                    goal=draft.goal,
                    link=draft.link,
                    tell_channel=draft.tell_channel,
                    outside=" ".join(draft.outside.split()),
                    group=first if len(sides) > 1 else None,
                )
                told = record(uow, change, people, at, new_message_id=self.new_id)
                items.append(
                    _item(change.after, people, actor.user, at, told=told, asked=draft.others)
                )
            remember(uow, actor, {"numbers": ",".join(map(str, numbers))}, at)
        self.wake()
        return Created(items=tuple(items), me=members[actor.user], people=members)

    def tell_channel(self, actor: Actor, number: int, *, tell: bool = True) -> ChannelTold:
        """Let the channel be told once it is agreed; of a commitment, at once.

        Raise as `TellChannel` does.
        """
        telling = TellChannel(
            self.store,
            self.directory,
            self.renderer,
            self.clock,
            self.wake,
            self.new_id,
            self.pace,
        )
        return telling(actor, number, tell=tell)

    def _again(
        self,
        uow: UnitOfWork,
        actor: Actor,
        numbers: list[int],
        members: dict[str, Member],
        at: datetime,
    ) -> Created:
        """Answer a second delivery from the present state."""
        found = uow.expectations.get_many(numbers)
        sides = {number: parties(uow, found[number]) for number in numbers}
        people = members | {m.user: m for side in sides.values() for m in side.all}
        asked = tuple(user for n in numbers for user in found[n].parties if user != actor.user)
        items = [
            _item(
                found[number],
                sides[number],
                actor.user,
                at,
                told=told_before(uow, found[number], 1, actor.user, people=sides[number], at=at),
                asked=asked,
            )
            for number in numbers
        ]
        return Created(items=tuple(items), me=people[actor.user], people=people, repeated=True)


def _check(actor: Actor, draft: Draft, visibility: Visibility) -> None:
    """Refuse what cannot be made, all its faults at once."""
    result = draft.wording.result.strip()
    errors = {}
    if not draft.others and draft.kind is not Kind.COMMITMENT:
        errors["who"] = "Say who it is for: one person or more."
    if not result:
        errors["what"] = "Say what is expected, in a line."
    elif len(result) > RESULT_LENGTH:
        errors["what"] = f"At most {RESULT_LENGTH} characters; put the rest under *Done means*."
    if draft.tell_channel and not (actor.in_channel and visibility is Visibility.CHANNEL):
        errors["tell_channel"] = "A channel is told only what it may see: choose the channel first."
    if errors:
        raise InvalidInputError(errors)


def _check_goal(uow: UnitOfWork, actor: Actor, number: int | None) -> None:
    if number is None:
        return
    goal = uow.goals.get(number)
    under = parties_under(uow, number)
    if goal is None or may_see(actor.user, goal, actor.channel, under) is View.NONE:
        raise InvalidInputError({"goal": "There is no such goal that you can see."})
    if goal.status is not GoalStatus.OPEN:
        raise InvalidInputError({"goal": "That goal is closed: choose an open one, or none."})


def _sides(draft: Draft, members: Mapping[str, Member], by: str) -> tuple[People, ...]:
    """Return the parties of each expectation to make."""
    me = members[by]
    match draft.kind:
        case Kind.REQUEST:
            return tuple(People(owner=members[user], requester=me) for user in draft.others)
        case Kind.OFFER:
            return tuple(People(owner=me, requester=members[user]) for user in draft.others)
        case Kind.COMMITMENT:
            return (People(owner=me, requester=None),)


def _item(
    expectation: Expectation,
    people: People,
    by: str,
    at: datetime,
    *,
    told: tuple[Told, ...] = (),
    asked: tuple[str, ...] = (),
) -> CreatedItem:
    other = expectation.other(by)
    is_open_single = expectation.terms.rrule is None and expectation.closed_at is None
    return CreatedItem(
        expectation=expectation,
        owner=people.owner,
        other=None if other is None else people.member(other),
        told=told,
        moves=moves(expectation, by, at, people),
        off_day=off_day(expectation.due, people.owner, at) if is_open_single else None,
        asked_too=tuple(user for user in asked if user != other),
    )
