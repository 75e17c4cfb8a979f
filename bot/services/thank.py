"""Thanks: one line, carried by the channel's summary unless kept between the two."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.errors import InvalidInputError, UnknownIdError
from bot.domain.expectation import Expectation, Visibility
from bot.domain.member import Member
from bot.domain.schedule.local import local_day
from bot.domain.thanks import Thanks
from bot.domain.visibility import View, may_see
from bot.services import notify
from bot.services.actor import Actor
from bot.services.inbox import answered, remember
from bot.services.notify import NewId, Told
from bot.services.people import Directory
from bot.services.places import note_channel
from bot.services.ports import Store, UnitOfWork

TEXT_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """Thanks that were given, and where they will be read."""

    thanks: Thanks
    me: Member
    other: Member  # who is thanked; or, to who keeps it between, who gave it
    channel_name: str | None  # None: no channel carries it
    summary_on: date | None  # where the channel has a summary, in the actor's zone
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Thank:
    """Gives thanks."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def give(
        self, actor: Actor, to: str, text: str, *, number: int | None = None, private: bool = False
    ) -> Thanked:
        """Thank somebody, for an expectation where `number` is given.

        Raise InvalidInputError (key for), PersonError, or UnknownIdError for the number.
        """
        line = thanks_line(text)
        members = self.directory.askable(actor.workspace, (to,), actor.user)
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            if before is not None:
                return _again(uow, int(before["thanks"]), members[actor.user])
            channel = actor.channel if actor.in_channel else None
            if number is not None:
                about = _about(uow, actor, number)
                channel = _carrier(about)
            note_channel(uow, actor)
            thanks = uow.thanks.add(
                Thanks(
                    number=0,
                    by=actor.user,
                    to=to,
                    text=line,
                    at=at,
                    channel=channel,
                    expectation=number,
                    kept_between=private,
                )
            )
            told = notify.thank(uow, thanks, members[to], at, new_message_id=self.new_id)
            remember(uow, actor, {"thanks": str(thanks.number)}, at)
            thanked = _thanked(uow, thanks, members[actor.user], members[to])
        self.wake()
        return replace(thanked, told=told)

    def keep_between(self, actor: Actor, number: int) -> Thanked:
        """Keep thanks out of the summary; by either of the two, others see no such thanks."""
        me = self.directory.member(actor.workspace, actor.user)
        with self.store.write(actor.workspace) as uow:
            thanks = uow.thanks.get(number)
            if thanks is None or actor.user not in {thanks.by, thanks.to}:
                raise UnknownIdError(str(number))
            if not thanks.kept_between:
                uow.thanks.save(replace(thanks, kept_between=True))
            return _again(uow, number, me)


def thanks_line(text: str) -> str:
    """Return what somebody is thanked for as one line; raise InvalidInputError (key for)."""
    line = " ".join(text.split())
    if not 0 < len(line) <= TEXT_LENGTH:
        words = f"Say what for, in a line of at most {TEXT_LENGTH} characters."
        raise InvalidInputError({"for": words})
    return line


def thank_for_done(
    uow: UnitOfWork,
    done: Expectation,
    reader: Member,
    line: str,
    at: datetime,
    *,
    new_message_id: NewId,
) -> None:
    """Thank somebody whom an owner names when reporting.

    They read the owner's own line: what was agreed may not be theirs to read.
    """
    thanks = uow.thanks.add(
        Thanks(
            number=0,
            by=done.owner,
            to=reader.user,
            text=line,
            at=at,
            channel=_carrier(done),
            expectation=done.number,
            kept_between=_carrier(done) is None,
        )
    )
    notify.thank(uow, thanks, reader, at, new_message_id=new_message_id)


def _about(uow: UnitOfWork, actor: Actor, number: int) -> Expectation:
    found = uow.expectations.get(number)
    if found is None or may_see(actor.user, found, actor.channel) is View.NONE:
        raise UnknownIdError(f"E-{number}")
    return found


def _carrier(about: Expectation) -> str | None:
    """Return the channel that may read thanks for an expectation; None where none may."""
    return about.channel if about.visibility is Visibility.CHANNEL else None


def _again(uow: UnitOfWork, number: int, me: Member) -> Thanked:
    thanks = uow.thanks.get(number)
    if thanks is None:
        raise UnknownIdError(str(number))
    other = uow.members.get(thanks.to if thanks.by == me.user else thanks.by)
    return _thanked(uow, thanks, me, other or me)


def _thanked(uow: UnitOfWork, thanks: Thanks, me: Member, other: Member) -> Thanked:
    """Say which channel's summary carries thanks, and when where one is set up."""
    named = None if thanks.kept_between else thanks.channel
    channel = None if named is None else uow.channels.get(named)
    summary = None if channel is None else channel.summary
    return Thanked(
        thanks=thanks,
        me=me,
        other=other,
        channel_name=None if channel is None else channel.name,
        summary_on=None if summary is None else local_day(summary.next_at, me.zone),
    )
