"""Answering, changing and finishing: every move after the first word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.conversation import Details, apply, check_in, open_expectation
from bot.domain.conversation.owed import Step
from bot.domain.due import Due
from bot.domain.errors import (
    NotAllowedError,
    NotYoursError,
    StaleError,
    UnknownIdError,
    WinwinError,
)
from bot.domain.expectation import Action, CheckIn, Kind, PeriodOutcome, Seen, Status
from bot.domain.schedule.series import next_slot
from bot.domain.schedule.timed import Later, later_at
from bot.domain.terms import Wording
from bot.services import notify, owed, own_words, series
from bot.services.actor import Actor
from bot.services.day_off import refuse_past
from bot.services.inbox import answered, remember
from bot.services.learnt import NO_LINE, Line, write_line
from bot.services.notify import NewId
from bot.services.own_words import Said
from bot.services.people import Directory
from bot.services.ports import Store
from bot.services.record import record
from bot.services.scene import Acted, Scene, acted_before, enter
from bot.services.thank import thank_for_done, thanks_line


@dataclass(frozen=True, slots=True)
class Answer:
    """Does what a party does; anybody else is refused as the domain says.

    Every method raises UnknownIdError for what is not there or not to be seen, and the domain's
    refusals (NotAllowedError, NotYoursError, StaleError, InvalidInputError); nothing changed then.
    """

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def act(
        self,
        actor: Actor,
        number: int,
        action: Action,
        details: Details | None = None,
        *,
        seen: Seen | None = None,
        keep_private: bool = False,
        untell: bool = False,
        line: Line = NO_LINE,
    ) -> Acted:
        """Make a move of the table; `seen` None acts on the present terms (a typed verb).

        `line` is what its owner finds worth remembering. A remedy has its own method. Raise also
        PersonError (who is thanked), InvalidInputError (key for) and PastDueError.
        """
        given = details or Details()
        members, thanks = {}, ""
        if given.thanks_to is not None:
            thanked, thanks = (given.thanks_to,), thanks_line(given.thanks_for)
            members = self.directory.askable(actor.workspace, thanked, actor.user)

        def move(scene: Scene) -> Acted:
            _party_only(scene, action)
            if action is Action.REMEDY:
                raise NotAllowedError(number, action.value, "remedy_has_no_offer")
            if given.due is not None and action in {Action.CHANGE, Action.RETURN}:
                refuse_past(given.due, scene.people.owner, (scene.me, scene.people.owner), scene.at)
            if given.wording is not None:
                owed.refuse_past_need(scene, given.wording)
            is_yes = action is Action.ACCEPT
            step, there = owed.step_at_yes(scene) if is_yes else (Step.NOTHING, None)
            change = apply(
                scene.expectation,
                _meant(scene, action, seen),
                by=actor.user,
                at=scene.at,
                people=scene.people,
                last_event=scene.last_event,
                details=replace(given, next_slot=_next_slot(scene, action, given)),
                seen=seen,
                keep_private=keep_private,
                untell=untell,
            )
            change = owed.linked(change, step, scene.first_new)
            told = scene.store(change, self.new_id)
            owed.follow(scene, change, step, there, self.new_id)
            write_line(scene.uow, change.after, actor.user, line, scene.at)
            if given.thanks_to is not None and action is Action.DONE:
                reader = members[given.thanks_to]
                thank_for_done(
                    scene.uow, change.after, reader, thanks, scene.at, new_message_id=self.new_id
                )
            return scene.acted(change, told, named=given.due)

        takes = owed.numbers_for_yes if action is Action.ACCEPT else owed.no_number
        return self._do(actor, number, move, seen, takes=takes)

    def check_in(
        self,
        actor: Actor,
        number: int,
        kind: CheckIn,
        note: str = "",
        *,
        seen: Seen | None = None,
        ask_channel: bool = False,
    ) -> Acted:
        """Say how it is going: on track, at risk, need help, offer help.

        Who needs help may `ask_channel`: its next summary carries what for.
        """

        def say(scene: Scene) -> Acted:
            return self._check_in(scene, kind, note, seen, ask_channel=ask_channel)

        return self._do(actor, number, say, seen)

    def all_on_track(
        self, actor: Actor, numbers: tuple[int, ...], seen: Mapping[int, Seen] | None = None
    ) -> tuple[int, ...]:
        """Say on track for each that still takes it, as it was seen; return those that did."""
        at = self.clock()
        me = self.directory.member(actor.workspace, actor.user)
        done = []
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            if before is not None:
                return tuple(int(number) for number in before["numbers"].split(",") if number)
            wanted = sorted(set(numbers))
            for number in wanted:  # all, before any message: who holds one never waits for another
                uow.expectations.get_for_update(number)
            for number in wanted:
                try:
                    scene = enter(uow, replace(actor, key=None), me, number, at)
                    self._check_in(scene, CheckIn.ON_TRACK, "", (seen or {}).get(number))
                except WinwinError:
                    continue
                done.append(number)
            if done:
                remember(uow, actor, {"numbers": ",".join(map(str, done))}, at)
        self.wake()
        return tuple(done)

    def later(self, actor: Actor, number: int, choice: Later) -> Acted:
        """Ask me later: the other never sees it."""

        def put_off(scene: Scene) -> Acted:
            acted = self._check_in(scene, CheckIn.LATER, "", None)
            when = later_at(choice, scene.me, scene.at)
            notify.ask_later(
                scene.uow,
                acted.expectation,
                scene.last_event + 1,
                actor.user,
                when,
                scene.at,
                new_message_id=self.new_id,
            )
            return replace(acted, ask_again_at=when)

        return self._do(actor, number, put_off)

    def period(
        self, actor: Actor, number: int, day: date, outcome: PeriodOutcome, note: str = ""
    ) -> Acted:
        """Say how one date of a series went: kept, not this time, or open (what is missing)."""
        return self._do(
            actor,
            number,
            lambda scene: series.report_period(scene, day, outcome, note, self.new_id),
        )

    def go_on(self, actor: Actor, number: int) -> Acted:
        """Go on with a series of which three dates in a row were not kept."""

        def go(scene: Scene) -> Acted:
            _party_only(scene, Action.KEEP)
            return scene.showing(series.speak(scene, self.new_id))

        return self._do(actor, number, go)

    def end_series(self, actor: Actor, number: int, note: str = "") -> Acted:
        """End a series of which three dates in a row were not kept; either may."""

        def end(scene: Scene) -> Acted:
            _party_only(scene, Action.DROP)
            return series.end_after_three(scene, note, self.new_id)

        return self._do(actor, number, end)

    def add_words(
        self, actor: Actor, number: int, said: Said, *, seen: Seen | None = None
    ) -> Acted:
        """Say in one's own words how it is understood, what one gains and what one needs."""
        return self._do(
            actor, number, lambda scene: own_words.say(scene, said, seen, self.new_id), seen
        )

    def read_back(self, actor: Actor, number: int, ordinal: int) -> Acted:
        """Say that the other's own words are meant so."""
        return self._do(
            actor, number, lambda scene: own_words.read_back(scene, ordinal, self.new_id)
        )

    def send_now(self, actor: Actor, number: int, event: int) -> Acted:
        """Send at once what would wait for the other's list; not to who is away."""

        def send(scene: Scene) -> Acted:
            said = scene.uow.expectations.event(number, event)
            if said is None:
                raise UnknownIdError(scene.expectation.id)
            if said.actor != actor.user and not own_words.are_added_to(scene, said):
                raise NotYoursError(number, "send_now", (said.actor,))
            told = tuple(
                each
                for reader in scene.people.all
                if reader.user != actor.user
                for each in notify.send_now(
                    scene.uow, reader, number, event, scene.at, new_message_id=self.new_id
                )
            )
            acted = acted_before(scene, {"number": str(number), "event": str(event)})
            return replace(acted, told=told or acted.told)

        return self._do(replace(actor, key=None), number, send)

    def remedy(
        self,
        actor: Actor,
        number: int,
        wording: Wording,
        due: Due,
        *,
        seen: Seen | None = None,
        line: Line = NO_LINE,
    ) -> Acted:
        """Offer a way to put a missed one right: a linked offer. Raise also PastDueError.

        `line` is what its owner learnt from the missed one.
        """

        def offer(scene: Scene) -> Acted:
            _party_only(scene, Action.REMEDY)
            new_number = scene.first_new
            missed, people, at = scene.expectation, scene.people, scene.at
            change = apply(
                missed,
                Action.REMEDY,
                by=actor.user,
                at=at,
                people=people,
                last_event=scene.last_event,
                details=Details(remedy=new_number),
                seen=seen,
            )
            refuse_past(due, people.owner, people.all, at)
            offered = open_expectation(
                kind=Kind.OFFER,
                number=new_number,
                wording=wording,
                due=due,
                people=people,
                by=actor.user,
                at=at,
                channel=missed.channel,
                visibility=missed.visibility,
                goal=missed.goal,
                remedy_of=missed.number,
            )
            told = scene.store(change, self.new_id)
            write_line(scene.uow, change.after, actor.user, line, at)
            told += record(scene.uow, offered, people, at, new_message_id=self.new_id)
            return replace(scene.acted(change, told, named=due), remedy=offered.after)

        return self._do(actor, number, offer, seen, takes=lambda _uow, _number, _at: 1)

    def _check_in(
        self,
        scene: Scene,
        kind: CheckIn,
        note: str,
        seen: Seen | None,
        *,
        ask_channel: bool = False,
    ) -> Acted:
        change = check_in(
            scene.expectation,
            kind,
            by=scene.actor.user,
            at=scene.at,
            last_event=scene.last_event,
            note=note,
            seen=seen,
            ask_channel=ask_channel,
        )
        return scene.acted(change, scene.store(change, self.new_id))

    def _do(
        self,
        actor: Actor,
        number: int,
        move: Callable[[Scene], Acted],
        seen: Seen | None = None,
        *,
        takes: owed.Takes = owed.no_number,
    ) -> Acted:
        """Make a move in one transaction; a second delivery is answered without a second effect.

        The new numbers that it `takes` are taken before any row is locked. A press that is refused
        because things have moved on brings old messages up to date.
        """
        me = self.directory.member(actor.workspace, actor.user)
        at = self.clock()
        try:
            with self.store.write(actor.workspace) as uow:
                before = answered(uow, actor)
                if before is not None:
                    return acted_before(enter(uow, actor, me, number, at), before)
                count = takes(uow, number, at)
                first_new = uow.expectations.take_numbers(count) if count else 0
                scene = enter(uow, actor, me, number, at)
                acted = move(replace(scene, first_new=first_new))
        except (StaleError, NotAllowedError):
            if seen is not None:
                self._bring_up_to_date(actor, number, at)
            raise
        self.wake()
        return acted

    def _bring_up_to_date(self, actor: Actor, number: int, at: datetime) -> None:
        """Update the messages that offered what is no longer open."""
        with self.store.write(actor.workspace) as uow:
            expectation = uow.expectations.get(number)
            if expectation is not None and actor.user in expectation.parties:
                notify.refresh(uow, expectation, at, new_message_id=self.new_id)
        self.wake()


def _party_only(scene: Scene, action: Action) -> None:
    """Refuse somebody who may see it but is no party, whatever its state is."""
    parties = scene.expectation.parties
    if scene.actor.user not in parties:
        raise NotYoursError(scene.expectation.number, action.value, parties)


def _meant(scene: Scene, action: Action, seen: Seen | None) -> Action:
    """Return what is meant: an owner who drops what another counts on asks to be let go.

    Not so who pressed to take an offer back, and it was accepted meanwhile: that is refused.
    """
    expectation = scene.expectation
    if seen is not None and seen.proposed:
        return action
    owes = expectation.owner == scene.actor.user and not expectation.is_commitment
    if action is Action.DROP and owes and expectation.status is Status.ACTIVE:
        return Action.LET_GO
    return action


def _next_slot(scene: Scene, action: Action, given: Details) -> Due | None:
    """Return the first slot from now of a series that is agreed by this; None for a single one."""
    expectation = scene.expectation
    waiting = expectation.pending.terms if expectation.pending else None
    terms = waiting or expectation.terms
    if action is Action.CHANGE and expectation.is_commitment:
        rrule = terms.rrule if given.rrule is None else given.rrule or None
        terms = replace(terms, rrule=rrule, due=given.due or terms.due)
    elif action is not Action.ACCEPT:
        return None
    slot = None if terms.rrule is None else next_slot(terms, scene.at, scene.people.owner)
    return None if slot is None else slot.due
