"""Watches a world: what each request did, whether the model allows it, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.faults.machine import holds
from tests.faults.machine.model import (
    CLOCK,
    Item,
    Verdict,
    follow,
    is_fresh,
    is_stale,
    verdict,
)

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from bot.playground.records import Exchange, Json, Result
    from tests.faults.machine.world import World

ANY = frozenset({(0, "any")})
OPENED_BY = {"request": "request", "offer": "offer", "commitment": "commit"}
REFUSABLE = {"push_limit_reached"}
REPEATED = {"exchanged_trigger_id", "expired_trigger_id", "hash_conflict", "not_found"}
"""What Slack refuses once a trigger is spent: by a request that comes again, or a lost answer."""
LOOKED_FOR = ("conversations.history", "missing_scope")
"""A channel's post of unknown fate is looked for, and the app may not read channels."""
CHECK_INS = {"on_track", "at_risk", "need_help", "later", "offer_help"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request has to do, may do, and otherwise must not do: numbers and verbs."""

    must: frozenset[tuple[int, str]] = frozenset()
    may: frozenset[tuple[int, str]] = frozenset()
    creates: bool = False
    dues: bool = False  # somebody moved, and the ends of their days with them


class Observer:
    """Holds the model of a world beside it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.items: dict[int, Item] = {}
        self.words = holds.Words()
        self.gone: set[str] = set()
        self.struck = False  # something failed, so that messages may stay unknown or dead
        self.unsure = False  # Slack may not say who people are
        self.last: Exchange | None = None
        self.last_at: datetime | None = None
        self._actor = CLOCK
        self._did: frozenset[tuple[int, str]] = frozenset()
        self._known: set[tuple[int, int]] = set()
        self._posts: set[str] = set()
        self._words_noted = 0  # after so many events
        self._repeated = False

    # -- judging -----------------------------------------------------------------------------

    def judge_typed(self, user: str, verb: str, number: int, *, complete: bool) -> Outcome:
        """Return what a typed verb must do: it acts on the present state."""
        item = self.items.get(number)
        if item is None or not complete:
            return Outcome()
        if verb == "drop" and item.status == "active" and user == item.owner and item.requester:
            verb = "let_go"
        outcome = self._outcome(item, verb, user)
        return Outcome(outcome.must, outcome.may, creates=verb == "remedy")

    def judge_pressed(self, user: str, verb: str, value: Json) -> Outcome:
        """Return what a press or form must do, given what it carries."""
        if verb in {"use_that", "all_on_track"}:
            return Outcome(may=ANY, creates=True)
        verb = {"change_day": "change", "end_it": "drop"}.get(verb, verb)
        item = self.items.get(value.get("n", 0))
        if item is None:
            return Outcome()
        seen = value.get("s")
        if seen is None:
            return self._loosely(self._outcome(item, verb, user))
        if user in item.parties and verb not in CHECK_INS and is_stale(item, verb, seen):
            return Outcome()
        outcome = self._outcome(item, verb, user)
        return outcome if is_fresh(item, seen) else self._loosely(outcome)

    def _outcome(self, item: Item, verb: str, user: str) -> Outcome:
        due = self._pending_due(item) if item.pending == "terms" else None
        judged = verdict(item, verb, user, self.world.clock.at, due)
        one = frozenset({(item.number, verb)})
        if judged is Verdict.NOT:
            return Outcome()
        return Outcome(must=one) if judged is Verdict.MUST else Outcome(may=one)

    def _loosely(self, outcome: Outcome) -> Outcome:
        return Outcome(may=outcome.must | outcome.may)

    def _pending_due(self, item: Item) -> datetime:
        due = self.world.ledger.due_of(item.number, item.last_version)
        if "T" in due:
            return datetime.fromisoformat(due)
        midnight = date.fromisoformat(due) + timedelta(days=1)
        return datetime.combine(midnight, time(), self.zone(item.owner)).astimezone(UTC)

    # -- watching ----------------------------------------------------------------------------

    def zone(self, user: str) -> ZoneInfo:
        """Return somebody's zone."""
        return ZoneInfo(self.world.slack.state.people[user].tz)

    def local_day(self, user: str) -> date:
        """Return the day where somebody is."""
        return self.world.clock.at.astimezone(self.zone(user)).date()

    def came(self, user: str, result: Result, outcome: Outcome, *, wrong: bool = False) -> None:
        """Hold that a request was acknowledged and did what it had to; `wrong`: nothing."""
        assert result.acknowledged or self.unsure, f"not acknowledged: {result}"
        self._actor = user
        allowed = Outcome() if wrong else outcome
        did = self._follow(user, allowed)
        self._did = did
        if not (wrong or self.unsure or user in self.gone):
            lost = allowed.must - did
            assert not lost, f"acknowledged and lost: {sorted(lost)}; the answer was {result.body}"
        self.look(user)

    def created(
        self, user: str, result: Result, *, word: str, kind: str | None, whom: str | None,
        shared: bool,
    ) -> None:  # fmt: skip
        """Hold that a line made what it says, or nothing where `kind` is None."""
        before = set(self.items)
        self.came(user, result, Outcome(creates=kind is not None))
        new = [self.items[number] for number in sorted(set(self.items) - before)]
        for item in new:
            self.words.stand_for(word, item)
            owner, requester = (whom, user) if kind == "request" else (user, whom)
            made = (item.kind, item.owner, item.requester, item.shared)
            assert made == (kind, owner, requester, shared), f"E-{item.number} is {made}"
        sure = not self.unsure and not {user, whom} & self.gone
        assert not sure or len(new) == (kind is not None), f"made {len(new)}: {result.body}"
        self.look(user)

    def came_again(self, *, acknowledged: bool) -> None:
        """Hold that what came before did not do anything again."""
        assert acknowledged or self.unsure
        self._repeated = True
        outcome = Outcome() if self._did else Outcome(may=ANY, creates=True)
        self._did |= self._follow(self._actor, outcome)
        self.look(self._actor)

    def later(self) -> None:
        """Hold what must after the bot has planned and sent."""
        self._follow(None, Outcome())
        self.look(self._actor)
        found = holds.posts(self.world.slack.state)
        holds.each_once(found)
        new = [each for each in found if each[0] not in self._posts]
        if new:
            self._posts.update(id_ for id_, _ in new)
            ledger = self.world.ledger
            hours = {row["number"] for row in ledger.terms() if "T" in str(row["due"])}
            holds.in_time(ledger.messages(), new, ledger.members(), hours)

    def look(self, actor: str) -> None:
        """Hold that nobody was shown what they may not see, and that Slack refused nothing."""
        state = self.world.slack.state
        traffic = self.world.traffic()
        came = [each for each in traffic if each.direction == "to_app"]
        if came:
            self.last, self.last_at = came[-1], self.world.clock.at
        if len(self._known) > self._words_noted:
            self._words_noted = len(self._known)
            self._note_words()
        self.words.check(holds.shown(state, actor, traffic))
        allowed = REFUSABLE | (REPEATED if self._repeated or self.struck else set())
        refused = [
            each
            for each in state.refusals
            if each.error not in allowed
            and not (self.struck and (each.method, each.error) == LOOKED_FOR)
        ]
        assert not refused, refused

    def ends(self) -> None:
        """Let Slack be well and everything come to rest; hold that nothing is lost or broken."""
        world = self.world
        world.slack.faults.clear()
        world.advance(world.clock.at + holds.SOON)
        self.later()
        rows, found = world.ledger.messages(), holds.posts(world.slack.state)
        events, held = world.ledger.events(), world.ledger.held()
        holds.at_rest(rows, found, world.clock.at, struck=self.struck)
        holds.nothing_lost(events, rows, held, self.items, self.gone)
        broken = list(world.store.examine())
        assert not broken, broken

    # -- following ---------------------------------------------------------------------------

    def _follow(self, user: str | None, outcome: Outcome) -> frozenset[tuple[int, str]]:
        """Follow what happened in the model; return what `user` did."""
        ledger = self.world.ledger
        events = [e for e in ledger.events() if (e["number"], e["seq"]) not in self._known]
        rows = {row["number"]: row for row in ledger.expectations()} if events or user else {}
        did = set()
        for event in events:
            number, verb, actor = event["number"], event["verb"], event["actor"]
            self._known.add((number, event["seq"]))
            assert actor in {user, CLOCK}, f"{actor} did {verb} to E-{number}, asked by {user}"
            if event["seq"] == 1:
                assert outcome.creates, f"E-{number} was made by {verb}"
                self._open(rows[number], event)
                continue
            item = self.items[number]
            item.seq += 1
            assert event["seq"] == item.seq
            if actor != CLOCK:
                self._allow(item, verb, actor, event["at"], outcome)
                did.add((number, verb))
            follow(item, verb, actor, event["at"])
        changed = {event["number"] for event in events}
        for number, row in rows.items():
            self._compare(self.items[number], row, changed, outcome)
        return frozenset(did)

    def _allow(self, item: Item, verb: str, actor: str, at: datetime, outcome: Outcome) -> None:
        said = f"{actor} did {verb} to E-{item.number}, {item.status}"
        one = (item.number, verb)
        withdrawn = verb == "drop" and item.remedy_of is not None
        if outcome.may != ANY and not withdrawn:
            assert one in outcome.must | outcome.may, said
        elif not withdrawn:
            due = self._pending_due(item) if item.pending == "terms" else None
            assert verdict(item, verb, actor, at, due) is not Verdict.NOT, said

    def _open(self, row: RowMapping, event: RowMapping) -> None:
        kind, commits = row["kind"], row["kind"] == "commitment"
        speaker = row["requester"] if kind == "request" else row["owner"]
        assert (event["verb"], event["actor"]) == (OPENED_BY[kind], speaker)
        number = row["number"]
        assert number == len(self.items) + 1
        self.items[number] = Item(
            number=number,
            kind=kind,
            owner=row["owner"],
            requester=row["requester"],
            channel=row["channel"],
            shared=row["visibility"] == "channel",
            series=self._recurs(number),
            status="active" if commits else "proposed",
            author=speaker,
            due_at=row["due_at"],
            agreed=commits,
            remedy_of=row["remedy_of"],
            word_at={user: event["at"] for user in (row["owner"], row["requester"]) if user},
        )

    def _recurs(self, number: int) -> bool:
        return self.world.ledger.rrule_of(number) is not None

    def _note_words(self) -> None:
        """Note which words stand in terms that people changed or wrote in forms."""
        for terms in self.world.ledger.terms():
            for word in set(holds.WORD.findall(terms["result"])):
                self.words.stand_for(word, self.items[terms["number"]])

    def _compare(self, item: Item, row: RowMapping, changed: set[int], outcome: Outcome) -> None:
        if row["pending_kind"] == "terms" and item.pending is None and item.returns:
            # A return that named a day: it waits as a suggested change.
            item.pending, item.pending_by = "terms", row["pending_author"]
            item.pendings, item.last_version = row["pendings"], row["last_version"]
        is_ = (row["status"], row["version"], row["pending_kind"], row["pending_author"],
               row["reports"], row["returns"], row["owner"], row["requester"])  # fmt: skip
        must = (item.status, item.version, item.pending, item.pending_by,
                item.reports, item.returns, item.owner, item.requester)  # fmt: skip
        assert is_ == must, f"E-{item.number} is {is_}, must be {must}"
        if item.number not in changed and not item.series and not outcome.dues:
            assert row["due_at"] == item.due_at, f"E-{item.number}: its due moved by itself"
        if not item.shared:
            assert row["visibility"] == "private", f"E-{item.number} was private"
        item.shared = row["visibility"] == "channel"
        item.due_at, item.question_by = row["due_at"], row["question_by"]
        item.open_remedy = row["open_remedy"] is not None
        item.repaired = row["outcome"] == "repaired"
