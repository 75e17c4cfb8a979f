"""The machine's clock jumps while the bot plans and sends; people's clocks do not."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db.engine import SqlStore, open_store
from bot.domain.due import Due
from bot.domain.expectation import Kind
from bot.domain.member import Cadence, Member
from bot.domain.messages import Moment
from bot.domain.schedule.timed import Later
from bot.domain.terms import Wording
from bot.services.members import save_member
from bot.services.ports import Content, LaterError, Posted
from bot.services.propose import Draft
from tests.faults.proof import Proof
from tests.integration.following.town import LOST, Recorder, Town
from tests.integration.services.house import profile
from tests.support.databases import Databases, databases

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Asia/Tokyo", "America/New_York")
EVERY_DAY = frozenset(range(7))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_JUMPS: Mapping[str, timedelta] = {
    "seconds": timedelta(seconds=40),
    "minutes": timedelta(minutes=20),
    "an hour": HOUR,
    "a day": DAY,
    "a weekend": timedelta(days=2, hours=12),
    "a year": timedelta(days=365),
}
_AFTER = timedelta(days=6)
_FAR = Due(date(2060, 6, 1))
_POSTGRES = 10
_AT_ONCE = 30
"""No reader gets so many posts in an hour, whatever clocks do."""


class Slack(Recorder):
    """Slack, whose clock is right; now and then an answer is lost, or it wants to be left alone."""

    def __init__(self, town: "Machine", chance: random.Random) -> None:
        super().__init__(town)
        self._machine = town
        self._chance = chance
        self.taken: list[tuple[datetime, datetime]] = []  # right time, and the machine's

    def post(self, to: str, content: Content, message_id: str) -> Posted:
        if self._chance.random() < 0.05:
            raise LaterError("ratelimited", self._chance.choice([30.0, 3600.0]))
        self.taken.append((self._machine.right, self._machine.now))
        posted = super().post(to, content, message_id)
        # Posts are kept by the right time, as Slack's own clock has it.
        self.posts[-1] = replace(self.posts[-1], at=self._machine.right)
        if self._chance.random() < 0.05 and abs(self._machine.ahead) <= HOUR:
            raise LOST
        return posted


class Machine(Town):
    """A town on a machine whose clock may be wrong."""

    ahead = timedelta()
    begun = MONDAY

    slack_took: "Slack"

    def __init__(self, store: SqlStore) -> None:
        super().__init__(store)
        self.sql = store
        self.wrong: list[tuple[date, date]] = []  # dates that a wrong clock has shown somewhere

    @property
    def right(self) -> datetime:
        """The time that it really is."""
        return self.now - self.ahead

    def jump(self, ahead: timedelta) -> None:
        """Set the clock so far ahead of the right time, or behind it."""
        if self.ahead:
            self.wrong.append(((self.begun - DAY).date(), (self.now + DAY).date()))
        self.now = self.begun = self.right + ahead
        self.ahead = ahead

    def pass_until(self, right: datetime) -> None:
        """Let time pass up to a right moment, each due moment in turn."""
        self.settle()
        while self.right < right:
            wake = self.next_wake()
            target = right + self.ahead
            self.now = target if wake is None or wake <= self.now else min(wake, target)
            self.settle()

    def settle(self) -> None:
        """Plan and send what is due until nothing is."""
        for _ in range(500):
            if not self._round():
                return
        msg = "it did not come to rest"
        raise AssertionError(msg)


def run(amount: int, seed: int) -> Mapping[str, int]:
    """Let so many clocks jump, in weeks of a few jumps each."""
    counts: Counter[str] = Counter()
    with databases(in_memory=True) as made:
        place = 0
        while counts["jumps"] < amount:
            kind = "sqlite" if (place + seed) % _POSTGRES else "postgres"
            note = f"seed {seed}, week {place}, {kind}"
            with _machine(made, kind, random.Random(f"{seed}/{place}")) as machine:  # noqa: S311 - no secret
                try:
                    counts += Week(machine, random.Random(f"{seed}/{place}/week")).live()  # noqa: S311 - no secret
                except AssertionError as error:
                    raise AssertionError(f"{note}: {error}") from error
                except Exception as error:
                    error.add_note(note)
                    raise
            place += 1
    return {**counts, "lost": 0, "doubled": 0}


@contextmanager
def _machine(made: Databases, kind: str, chance: random.Random) -> Iterator[Machine]:
    url = made.migrated(kind)
    store = open_store(url)
    try:
        machine = Machine(store)
        machine.sent = machine.slack_took = Slack(machine, chance)
        machine.send = machine.sender()
        yield machine
        assert [str(one) for one in store.examine()] == []
    finally:
        store.close()
        made.drop(url)


class Week:
    """Ten days of three people: jumps in the first six, the right time after that."""

    def __init__(self, machine: Machine, chance: random.Random) -> None:
        self._machine = machine
        self._chance = chance
        self._users = [f"U{n}CLOCK" for n in range(len(ZONES))]
        self._log: list[str] = []

    def live(self) -> Counter[str]:
        """Live through it, and count."""
        machine = self._machine
        machine.now = MONDAY
        for user, zone in zip(self._users, ZONES, strict=True):
            self._move_in(user, zone)
        jumps = self._chance.randint(2, 6)
        moments = sorted(self._chance.random() * 6 for _ in range(jumps))
        for days in moments:
            machine.pass_until(max(MONDAY + timedelta(days=days), machine.right))
            self._act()
            self._jump()
        machine.pass_until(machine.right + self._chance.random() * DAY)
        machine.jump(timedelta())
        self._log.append(f"{machine.right}: right again")
        back = machine.right
        for user in self._users:
            machine.settle()
            self._commit(user)
        machine.pass_until(back + _AFTER)
        return self._compare(back) + Counter({"jumps": jumps + 1, "weeks": 1})

    def _move_in(self, user: str, zone: str) -> None:
        machine = self._machine
        machine.slack.known[user] = profile(user, zone)
        member = Member(
            user=user,
            name=user,
            zone=ZoneInfo(zone),
            workdays=EVERY_DAY,
            cadence=Cadence.DAILY,
            checked_at=machine.now,
        )
        with machine.store.write(machine.workspace) as uow:
            save_member(uow, member, machine.now, new_message_id=machine.new_id)
        self._commit(user)
        for other in self._users:
            if other < user:
                machine.agree(other, user, due=_FAR)

    def _commit(self, user: str) -> None:
        """Let somebody have something to be asked about each day."""
        draft = Draft(kind=Kind.COMMITMENT, wording=Wording(result="this"), due=_FAR)
        self._machine.propose.create(self._machine.actor(user), draft)

    def _act(self) -> None:
        """Let people ask, and ask to be asked later, while it is day for them."""
        machine = self._machine
        by, owner = self._chance.sample(self._users, 2)
        number = machine.agree(by, owner, due=_FAR)
        if self._chance.random() < 0.3:
            machine.answer.later(machine.actor(owner), number, Later.HOUR)

    def _jump(self) -> None:
        """Jump anywhere: away, further away, or back."""
        name = self._chance.choice(sorted(_JUMPS))
        by = _JUMPS[name] * self._chance.choice([1, -1] if name != "a year" else [1])
        ahead = self._chance.choice([by, timedelta(), self._machine.ahead + by])
        self._machine.jump(ahead)
        self._log.append(f"{self._machine.right}: {ahead} ahead")

    def _compare(self, back: datetime) -> Counter[str]:
        machine, log = self._machine, "\n".join(self._log)
        posts = machine.sent.posts
        ids = Counter(post.id for post in posts)

        doubled = [each for each, n in ids.items() if n > 1]
        assert not doubled, f"sent twice: {doubled}\n{log}"
        days = Counter((post.to, post.list.day) for post in posts if post.moment is Moment.LIST)
        assert max(days.values()) == 1, f"two lists of a date: {days}\n{log}"
        for post in posts:
            hour = [
                one for one in posts if one.to == post.to and post.at <= one.at < post.at + HOUR
            ]
            assert len(hour) < _AT_ONCE, f"a storm at {post.at}: {len(hour)}\n{log}"
        for post, (_, shown) in zip(posts, machine.slack_took.taken, strict=True):
            if post.moment is Moment.LIST:
                zone = ZoneInfo(ZONES[self._users.index(post.to)])
                assert post.list.day == shown.astimezone(zone).date(), f"a list too late\n{log}"
        self._nobody_forgotten(back, log)
        self._nothing_waits(log)
        return Counter({"messages": len(posts)})

    def _nobody_forgotten(self, back: datetime, log: str) -> None:
        """Compare lists with dates: from the day after the clock is right each has its own.

        One on which a wrong clock has been was planned then, and may have had nothing to ask.
        """
        machine = self._machine
        for user, zone in zip(self._users, ZONES, strict=True):
            first = back.astimezone(ZoneInfo(zone)).date()
            due = {first + n * DAY for n in range(1, _AFTER.days)}
            fresh = {day for day in due if not any(a <= day <= b for a, b in machine.wrong)}
            with machine.reading() as uow:
                planned = {day for day in due if uow.messages.by_slot(f"list/{user}/{day}")}
            lists = {post.list.day for post in machine.to(user) if post.moment is Moment.LIST}
            assert planned == due, f"{user} has lists planned for {planned}, not for {due}\n{log}"
            assert fresh <= lists, f"{user} has lists of {lists}, not of {fresh}\n{log}"

    def _nothing_waits(self, log: str) -> None:
        """See that all has gone out, and that what comes next is near."""
        machine = self._machine
        outbox = machine.sql.outbox(machine.now)
        left = (outbox.due, outbox.dead)
        assert left == (0, 0), f"due, dead: {left}\n{log}"
        for user in self._users:
            with machine.reading() as uow:
                held = uow.messages.held_for(user)
            assert not held, f"held for {user}: {held}\n{log}"
            next_at = machine.member(user).next_list_at
            assert next_at is not None
            assert next_at <= machine.now + 2 * DAY, f"{user}'s next list: {next_at}\n{log}"


PROOF = Proof(
    name="clock_jumps",
    promise="Whatever the machine's clock does, nothing comes twice, nothing is lost, and nothing "
    "waits for ever",
    unit="jumps",
    long=1000,
    short=50,
    run=run,
)
