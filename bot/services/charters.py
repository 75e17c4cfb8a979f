"""A channel's charter: written, agreed to, shown to the channel, and found still right."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.asides import Aside
from bot.domain.charter import (
    Charter,
    CharterLine,
    CharterVersion,
    line_of_the_day,
    next_review,
    read_key,
    read_lines,
    review_key,
)
from bot.domain.errors import (
    InvalidInputError,
    NoChannelError,
    NotAllowedError,
    NotYoursError,
    PersonError,
)
from bot.domain.member import Member
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.domain.schedule.local import local_day
from bot.domain.views import CharterView
from bot.services.actor import Actor
from bot.services.asides import refresh_asked
from bot.services.charter_views import charter_slot, charter_view, posted_view
from bot.services.first_post import FirstPost
from bot.services.freshen import NewId, update
from bot.services.inbox import answered, note_done, remember
from bot.services.pace import Pace
from bot.services.people import Directory
from bot.services.places import note_channel
from bot.services.ports import Content, Renderer, Store, UnitOfWork

_NO_EXPECTATION = 0
"""Refusals carry an expectation's number; there is none here."""

_HISTORY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterDraft:
    """What a charter is to say, as it was written in the form."""

    text: str  # an agreement a line
    review_on: date | None  # None: three months on
    heads_form: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterHistory:
    """A charter's last versions, the newest first, each after the words that it replaced."""

    pairs: tuple[tuple[CharterVersion, CharterVersion], ...]  # before and after
    reader: Member
    people: dict[str, Member]
    now: datetime


@dataclass(frozen=True, slots=True)
class Charters:
    """Everything one does with a charter, in its channel; its author's review also elsewhere."""

    store: Store
    directory: Directory
    renderer: Renderer
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    pace: Pace = field(default_factory=Pace)

    def show(self, actor: Actor) -> CharterView:
        """Show the channel's; raise NoChannelError elsewhere, PersonError to a stranger."""
        channel, me = _in_channel(actor), self._member(actor)
        with self.store.read(actor.workspace) as uow:
            return charter_view(uow, channel, me, self.clock())

    def of_the_day(self, actor: Actor) -> CharterLine | None:
        """Return the agreement at the head of the form here today; None where there is none."""
        if not actor.in_channel or actor.channel is None:
            return None
        me = self.directory.member(actor.workspace, actor.user)
        with self.store.read(actor.workspace) as uow:
            charter = uow.charters.get(actor.channel)
        if charter is None or not charter.heads_form or me.is_stranger:
            return None
        return line_of_the_day(charter.words.lines, local_day(self.clock(), me.zone))

    def to_change(self, actor: Actor, key: str) -> tuple[Charter | None, Member]:
        """Return what the form begins with, and who fills it in; raise as `write` does."""
        me = self._member(actor)
        channel, version, _ = read_key(key)
        with self.store.read(actor.workspace) as uow:
            charter = uow.charters.get(channel)
            _may_write(uow, actor, channel)
        _refuse_other_words(charter, version)
        return charter, me

    def write(self, actor: Actor, key: str, draft: CharterDraft) -> CharterView:
        """Write the first words, or others: a new version, to which nobody has agreed yet.

        `key` names the words that the writer had before them. Raise NoChannelError, PersonError or
        InvalidInputError (lines, review).
        """
        me, at = self._member(actor), self.clock()
        channel, version, _ = read_key(key)
        lines = read_lines(draft.text)
        review_on = _review_day(draft.review_on, local_day(at, me.zone))
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            if actor.in_channel:
                note_channel(uow, actor)
            charter = uow.charters.get_for_update(channel)
            if before is not None:
                return charter_view(uow, channel, me, at)
            _may_write(uow, actor, channel)
            if (0 if charter is None else charter.version) != version:
                raise InvalidInputError({"lines": _NEWER})
            reviewer = uow.charters.reviewer(channel)
            words = _next_words(charter, actor.user, lines, at)
            if charter is None or words.version != charter.version:
                uow.charters.add_version(channel, words)
            after = Charter(
                channel=channel, words=words, review_on=review_on, heads_form=draft.heads_form
            )
            uow.charters.save(after)
            if charter is not None:
                self._refresh(uow, channel, charter.version, at)
                self._refresh_review(uow, charter, reviewer, at)
            remember(uow, actor, {"charter": channel}, at)
            view = charter_view(uow, channel, me, at)
        self.wake()
        return view

    def agree(self, actor: Actor, key: str) -> CharterView:
        """Say yes to the words that were read.

        Raise NoChannelError, PersonError, or NotAllowedError (charter_moved) once there are others.
        """

        def say(uow: UnitOfWork, charter: Charter | None, channel: str, version: int) -> bool:
            _refuse_other_words(charter, version)
            return uow.charters.agree(channel, version, actor.user, self.clock())

        return self._answer(actor, key, say)

    def take_back(self, actor: Actor, key: str) -> CharterView:
        """Take one's yes back, whatever the present words are; nothing of it is kept."""

        def say(uow: UnitOfWork, _: Charter | None, channel: str, version: int) -> bool:
            return uow.charters.take_back(channel, version, actor.user)

        return self._answer(actor, key, say)

    def still_right(self, actor: Actor, key: str) -> date:
        """Have the charter looked at again in three months; by whoever is asked about its words.

        Return that day. Raise NotYoursError, or NotAllowedError (charter_moved).
        """
        me, at = self._member(actor), self.clock()
        channel, _, _ = read_key(key)
        with self.store.write(actor.workspace) as uow:
            before = answered(uow, actor)
            charter = uow.charters.get_for_update(channel)
            if before is not None and charter is not None:
                return charter.review_on
            if charter is None or review_key(charter) != key:
                raise NotAllowedError(_NO_EXPECTATION, "charter_still", "charter_moved")
            reviewer = uow.charters.reviewer(channel)
            if reviewer != actor.user:
                others = () if reviewer is None else (reviewer,)
                raise NotYoursError(_NO_EXPECTATION, "charter_still", others)
            after = replace(charter, review_on=next_review(local_day(at, me.zone)))
            uow.charters.save(after)
            self._refresh(uow, channel, charter.version, at)
            self._refresh_review(uow, charter, actor.user, at)
            remember(uow, actor, {"charter": channel}, at)
        self.wake()
        return after.review_on

    def history(self, actor: Actor) -> CharterHistory:
        """Return what the last versions changed; raise NoChannelError, PersonError."""
        channel, me = _in_channel(actor), self._member(actor)
        with self.store.read(actor.workspace) as uow:
            charter = uow.charters.get(channel)
            last = 0 if charter is None else charter.version
            numbers = range(last, max(last - _HISTORY - 1, 0), -1)
            found = [uow.charters.version(channel, number) for number in numbers]
            versions = [one for one in found if one is not None]
            people = uow.members.get_many({one.author for one in versions})
        pairs = tuple(zip(versions[1:], versions, strict=False))
        return CharterHistory(pairs=pairs, reader=me, people=people, now=self.clock())

    def post(self, actor: Actor, key: str) -> bool:
        """Show the charter to its channel, each version once; tell whether it stands there now.

        Raise NoChannelError, PersonError, NotInChannelError, HeldBackError, or NotAllowedError
        (charter_moved, under_way).
        """
        self._member(actor)
        begun = self._begin(actor, key)
        if begun is None:
            return True
        posted = self._first.post(actor.workspace, *begun)
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            answered(uow, actor)  # its copies wait, before they lock what is written here
            note_channel(uow, actor)
            self._first.record(uow, posted)
            if posted.state is MessageState.SENT:
                uow.messages.add(update(posted, at, self.new_id()))  # somebody may have agreed
            note_done(uow, actor, {"message": posted.id}, at)
        self.wake()
        return posted.state is MessageState.SENT

    def _begin(self, actor: Actor, key: str) -> tuple[Message, Content] | None:
        """Claim the version's post, rendered; None where it was posted before."""
        channel, version = _read_here(actor, key)
        at = self.clock()
        with self.store.write(actor.workspace) as uow:
            if answered(uow, actor) is not None:
                return None
            _refuse_other_words(uow.charters.get(channel), version)
            message = _post(channel, version, at, self.new_id())
            begun = self._first.begin(uow, actor, message, _NO_EXPECTATION, "charter_post")
            view = posted_view(uow, message, at)
        return None if begun is None or view is None else (begun, self.renderer.message(view))

    def _answer(
        self,
        actor: Actor,
        key: str,
        say: Callable[[UnitOfWork, Charter | None, str, int], bool],
    ) -> CharterView:
        me, at = self._member(actor), self.clock()
        channel, version = _read_here(actor, key)
        with self.store.write(actor.workspace) as uow:
            if answered(uow, actor) is None:
                charter = uow.charters.get_for_update(channel)
                if say(uow, charter, channel, version):
                    self._refresh(uow, channel, version, at)
                remember(uow, actor, {"charter": channel}, at)
            view = charter_view(uow, channel, me, at)
        self.wake()
        return view

    def _member(self, actor: Actor) -> Member:
        me = self.directory.member(actor.workspace, actor.user)
        if me.is_stranger:
            raise PersonError(actor.user, "outside")
        return me

    def _refresh(self, uow: UnitOfWork, channel: str, version: int, at: datetime) -> None:
        """Bring the post of a version up to date, where it was posted."""
        post = uow.messages.by_slot(charter_slot(channel, version))
        if post is not None and post.sent_at is not None:
            uow.messages.add(update(post, at, self.new_id()))

    def _refresh_review(
        self, uow: UnitOfWork, before: Charter, reviewer: str | None, at: datetime
    ) -> None:
        kind, key = Aside.CHARTER_REVIEW, review_key(before)
        if reviewer is not None:
            refresh_asked(uow, reviewer, kind, key, at, new_message_id=self.new_id)

    @property
    def _first(self) -> FirstPost:
        directory = self.directory
        return FirstPost(self.store, directory.slack, self.clock, self.pace, directory.timing)


_NEWER = "There are other words by now. Copy yours, and look at the present ones first."


def _in_channel(actor: Actor) -> str:
    if actor.channel is None or not actor.in_channel:
        raise NoChannelError("charter")
    return actor.channel


def _read_here(actor: Actor, key: str) -> tuple[str, int]:
    """Return which words are meant; raise NoChannelError outside their channel."""
    channel, version, _ = read_key(key)
    if _in_channel(actor) != channel:
        raise NoChannelError("charter")
    return channel, version


def _may_write(uow: UnitOfWork, actor: Actor, channel: str) -> None:
    """Refuse who is not in the channel now and is not asked about its present words."""
    if actor.in_channel and actor.channel == channel:
        return
    if uow.charters.reviewer(channel) != actor.user:
        raise NoChannelError("charter")


def _refuse_other_words(charter: Charter | None, version: int) -> None:
    if (0 if charter is None else charter.version) != version:
        raise NotAllowedError(_NO_EXPECTATION, "charter", "charter_moved")


def _review_day(chosen: date | None, today: date) -> date:
    day = chosen or next_review(today)
    if day <= today:
        raise InvalidInputError({"review": "Choose a day after today."})
    return day


def _next_words(
    charter: Charter | None, author: str, lines: tuple[CharterLine, ...], at: datetime
) -> CharterVersion:
    """Return the words that are in force now: the present ones where they say the same."""
    if charter is not None and charter.words.lines == lines:
        return charter.words
    version = 1 if charter is None else charter.version + 1
    return CharterVersion(version=version, author=author, at=at, lines=lines)


def _post(channel: str, version: int, at: datetime, message_id: str) -> Message:
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.TOLD_CHANNEL,
        to=channel,
        slot=charter_slot(channel, version),
        not_before=at,
        created_at=at,
        args={"charter": str(version)},
    )
