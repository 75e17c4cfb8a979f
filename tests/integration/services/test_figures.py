"""A channel's figures on a real store: what they count, and what two looks never tell."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.db.engine import SqlStore
from bot.domain.expectation import Kind, Outcome, Status, Visibility
from bot.domain.figures.floor import window
from bot.domain.figures.shared import SharedFigures, Shown
from bot.domain.messages import Asked, Prompt
from bot.domain.own_words import OwnWords
from bot.domain.terms import Gains, Wording
from bot.services.figures import shared_figures
from tests.support.values import expectation, member, terms

HERE = "CTEAM"
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
PERIOD = timedelta(days=90)
NOW = MONDAY + timedelta(days=2, hours=9)
BOTH = Wording(result="the draft", gains=Gains(requester="time", owner="praise"))
KEPT = (Outcome.KEPT, Outcome.KEPT_CHANGED)


@dataclass
class Team:
    """A channel in which things have ended."""

    store: SqlStore
    workspace: int
    number: int = 0

    def ended(
        self, owner: str, at: datetime, outcome: Outcome = Outcome.KEPT, **more: object
    ) -> int:
        status = Status.MISSED if outcome in MISSED else Status.MET
        return self.insert(status, owner=owner, closed_at=at, outcome=outcome, **more)

    def open(self, owner: str, count: int = 1) -> None:
        for _ in range(count):
            self.insert(Status.ACTIVE, owner=owner)

    def insert(self, status: Status, **more: object) -> int:
        self.number += 1
        with self.store.write(self.workspace) as uow:
            uow.expectations.insert(
                expectation(self.number, status, **{"requester": "UEVE", **more})
            )
        return self.number

    def look(self, at: datetime = NOW) -> SharedFigures:
        with self.store.write(self.workspace) as uow:
            return shared_figures(uow, HERE, at)


MISSED = (Outcome.MISSED, Outcome.REPAIRED, Outcome.FORGIVEN)


@pytest.fixture
def team(store: SqlStore) -> Team:
    made = Team(store, store.workspace("T1"))
    with store.write(made.workspace) as uow:
        for user in ("UANA", "UBOB", "UCLEO", "UDAN"):
            uow.members.save(member(user))
    return made


def counts(shown: Shown | None) -> dict[str, int] | None:
    return None if shown is None else dict(shown.counts)


LAST_WEEK = MONDAY - timedelta(days=3)


def test_nothing_is_said_of_nothing_or_of_too_few(team: Team) -> None:
    assert team.look() == SharedFigures()
    for owner in ("UANA", "UBOB", "UCLEO", "UANA"):
        team.ended(owner, LAST_WEEK)
    assert team.look().outcomes is None
    team.ended("UANA", LAST_WEEK)
    assert team.look().outcomes is None, "Ana has over half"


def test_what_counts_and_what_does_not(team: Team) -> None:
    kept = [team.ended(owner, LAST_WEEK) for owner in ("UANA", "UBOB", "UCLEO")]
    team.ended("UANA", LAST_WEEK, Outcome.KEPT_CHANGED)
    team.ended("UCLEO", MONDAY - PERIOD)  # the first instant of the period
    team.ended("UDAN", MONDAY - timedelta(microseconds=1))  # the last one
    missed = team.ended("UBOB", LAST_WEEK, Outcome.MISSED)
    for outcome in (Outcome.LATE, Outcome.FORGIVEN, Outcome.REPAIRED):
        team.ended("UCLEO", LAST_WEEK, outcome)
    team.ended("UBOB", MONDAY - PERIOD - timedelta(microseconds=1))
    team.ended("UANA", MONDAY)
    team.ended("UANA", LAST_WEEK, visibility=Visibility.PRIVATE)
    team.ended("UANA", LAST_WEEK, channel="COTHER")
    team.ended("UANA", LAST_WEEK, kind=Kind.COMMITMENT, requester=None)
    team.insert(Status.RELEASED, owner="UANA", closed_at=LAST_WEEK)
    with team.store.write(team.workspace) as uow:
        for owner, number, prompt in (
            ("UANA", kept[0], Prompt.CHECK_IN),
            ("UANA", kept[0], Prompt.OVERDUE),
            ("UANA", kept[0], Prompt.PROPOSAL),
            ("UEVE", kept[0], Prompt.OVERDUE_TO_ASKER),
            ("UBOB", missed, Prompt.CHECK_IN),
        ):
            uow.messages.add_asked(
                Asked(user=owner, number=number, prompt=prompt, key="v1", ordinal=1, at=LAST_WEEK,
                      message="m1")
            )  # fmt: skip
    assert counts(team.look().outcomes) == {"kept": 6, "changed": 1, "reminders": 2}


@pytest.mark.parametrize("outcome", [*MISSED, Outcome.LATE])
def test_where_none_was_kept_nothing_is_said(team: Team, outcome: Outcome) -> None:
    """A nought beside the floor of five would tell of five that were not kept."""
    for owner in ("UANA", "UBOB", "UCLEO", "UANA", "UBOB"):
        team.ended(owner, LAST_WEEK, outcome)
    assert team.look() == SharedFigures()


def test_one_person_and_two_who_only_ask_each_other_are_not_enough(team: Team) -> None:
    for _ in range(9):
        team.ended("UANA", LAST_WEEK, requester="UBOB")
    assert team.look().outcomes is None
    for _ in range(9):
        team.ended("UBOB", LAST_WEEK, requester="UANA")
    assert team.look().outcomes is None


def test_a_week_ends_at_the_same_instant_for_everybody(team: Team) -> None:
    """Kept on Monday morning in Tokyo is kept on Sunday by the clock of weeks, which is UTC's."""
    in_tokyo = datetime(2026, 11, 30, 8, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    in_new_york = datetime(2026, 11, 29, 20, 0, tzinfo=ZoneInfo("America/New_York"))
    for owner in ("UANA", "UBOB", "UCLEO", "UANA", "UBOB"):
        team.ended(owner, in_tokyo)
    team.ended("UCLEO", in_new_york)
    assert counts(team.look().outcomes) == {"kept": 5, "changed": 0, "reminders": 0}


def test_what_was_not_kept_moves_nothing_that_is_shown(store: SqlStore) -> None:
    """Live through random weeks twice, once with all that was not kept: each look is the same."""
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    with_all, kept_only = (Team(store, store.workspace(name)) for name in ("T1", "T2"))
    owners = ["UANA", "UBOB", "UCLEO", "UDAN"]
    seen = 0
    for week in range(30):
        begins = MONDAY + timedelta(weeks=week)
        for _ in range(chance.choice([0, 1, 2, 4, 8])):
            at, owner = begins + timedelta(hours=chance.randrange(120)), chance.choice(owners)
            outcome = chance.choice([*KEPT, *MISSED, Outcome.LATE])
            with_all.ended(owner, at, outcome)
            if outcome in KEPT:
                kept_only.ended(owner, at, outcome)
        looks = [team.look(begins + timedelta(days=9)).outcomes for team in (with_all, kept_only)]
        assert looks[0] == looks[1], f"seed {seed}"
        seen += looks[0] is not None
    assert seen, f"seed {seed}: nothing was ever shown"


def test_a_gain_that_is_added_alone_moves_nothing_that_is_shown(team: Team) -> None:
    agree_with(team, ("UANA", "UBOB", "UCLEO", "UANA", "UBOB"), BOTH)
    half = agree_with(team, ("UDAN",), Wording(result="x", gains=Gains(owner="praise")))
    assert counts(team.look().agreements) == {"both_gain": 5}
    with team.store.write(team.workspace) as uow:
        uow.own_words.add(own_words(half[0], "UEVE", "time"))
    next_week = team.look(NOW + timedelta(weeks=1)).agreements
    assert counts(next_week) == {"both_gain": 5}, "that Eve gains now is hers"


def agree_with(team: Team, owners: Iterable[str], wording: Wording) -> list[int]:
    said = terms(accepted_at=LAST_WEEK, wording=wording)
    return [team.insert(Status.ACTIVE, owner=owner, terms=said) for owner in owners]


def own_words(number: int, author: str, gain: str) -> OwnWords:
    return OwnWords(
        number=number,
        ordinal=1,
        author=author,
        at=LAST_WEEK,
        version=1,
        understood="so it is",
        gain=gain,
    )


def test_both_sides_gain_where_both_are_named(team: Team) -> None:
    agree_with(team, ("UANA", "UBOB", "UCLEO", "UDAN"), BOTH)
    agree_with(team, ("UANA", "UBOB", "UCLEO"), Wording(result="the draft"))
    assert team.look().agreements is None, "four name both"
    agree_with(team, ("UANA",), BOTH)
    assert team.look().agreements is None, "a week is counted once"
    assert counts(team.look(NOW + timedelta(weeks=1)).agreements) == {"both_gain": 5}


def test_a_gain_in_added_words_counts_as_said(team: Team) -> None:
    agree_with(team, ("UANA", "UBOB", "UCLEO", "UDAN", "UBOB"), BOTH)
    half = Wording(result="the draft", gains=Gains(requester="time"))
    one, two, three = agree_with(team, ("UANA", "UBOB", "UCLEO"), half)
    with team.store.write(team.workspace) as uow:
        for number, author, gain in ((one, "UANA", "praise"), (two, "UEVE", "x"),
                                     (three, "UCLEO", "")):  # fmt: skip
            uow.own_words.add(own_words(number, author, gain))
    assert counts(team.look().agreements) == {"both_gain": 6}
    with team.store.read(team.workspace) as uow:
        of = window(MONDAY)
        assert uow.figures.rows_both_gain(HERE, "UANA", of, 0, 9) == [1, one]
        assert uow.figures.rows_both_gain(HERE, "UBOB", of, 0, 9) == [2, 5]
        assert uow.figures.rows_both_gain(HERE, "UEVE", of, 2, 3) == [3, 4, 5], "a page"


def test_the_share_of_a_week_is_what_its_first_look_found(team: Team) -> None:
    for owner in ("UANA", "UBOB", "UCLEO"):
        team.open(owner, 2)
    assert counts(team.look().share) == {"carried_by": 3, "people": 3}
    team.open("UDAN", 2)
    assert counts(team.look().share) == {"carried_by": 3, "people": 3}
    assert counts(team.look(NOW + timedelta(weeks=1)).share) == {"carried_by": 4, "people": 4}


def test_one_more_is_not_told_by_subtraction(team: Team) -> None:
    for owner in ("UANA", "UBOB", "UCLEO", "UANA", "UBOB"):
        team.ended(owner, LAST_WEEK)
    before = team.look()
    team.ended("UCLEO", MONDAY + timedelta(days=1))
    assert team.look(NOW + timedelta(weeks=1)).outcomes == before.outcomes
    for owner in ("UANA", "UBOB", "UANA", "UBOB"):
        team.ended(owner, MONDAY + timedelta(days=8))
    after = team.look(NOW + timedelta(weeks=2)).outcomes
    assert counts(after) == {"kept": 10, "changed": 0, "reminders": 0}
    assert team.look(NOW + timedelta(weeks=40)).outcomes is None, "what is old is not shown"


def test_no_two_looks_differ_by_too_few(team: Team) -> None:
    """Live through random weeks; whatever two posts show, what lies between them hides each."""
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    owners = ["UANA", "UBOB", "UCLEO", "UDAN"]
    history: list[tuple[datetime, str]] = []
    looks: list[Shown] = []
    for week in range(40):
        begins = MONDAY + timedelta(weeks=week)
        for _ in range(chance.choice([0, 1, 2, 4, 8])):
            at, owner = begins + timedelta(hours=chance.randrange(120)), chance.choice(owners)
            outcome = chance.choice([*KEPT, *KEPT, *MISSED])
            team.ended(owner, at, outcome)
            if outcome in KEPT:
                history.append((at, owner))
        found = team.look(begins + timedelta(days=9)).outcomes
        if found is not None and (not looks or found != looks[-1]):
            looks.append(found)

    def between(since: datetime, until: datetime) -> Counter[str]:
        return Counter(owner for at, owner in history if since <= at < until)

    def hides(part: Counter[str]) -> bool:
        return not part or (len(part) >= 3 and 5 <= part.total() >= 2 * max(part.values()))

    for shown in looks:
        part = between(shown.until - PERIOD, shown.until)
        assert part.total()
        assert hides(part), f"seed {seed}: {shown}"
    for one, other in pairwise(looks):
        if other.until - one.until > PERIOD:
            continue  # nothing of the first is in the second
        came_in, fell_out = (
            between(one.until, other.until),
            between(one.until - PERIOD, other.until - PERIOD),
        )
        assert hides(came_in), f"seed {seed}: {one} then {other}"
        assert hides(fell_out), f"seed {seed}: {one} then {other}"


def test_the_last_between_two_either_way_without_what_was_settled(team: Team) -> None:
    ended = [
        ("UANA", "UBOB", Outcome.KEPT),
        ("UBOB", "UANA", Outcome.FORGIVEN),
        ("UBOB", "UANA", Outcome.MISSED),
        ("UANA", "UBOB", Outcome.REPAIRED),
        ("UANA", "UBOB", Outcome.KEPT_CHANGED),
        ("UANA", "UCLEO", Outcome.LATE),
    ]
    for hour, (owner, requester, outcome) in enumerate(ended):
        at = LAST_WEEK + timedelta(hours=hour)
        team.ended(owner, at, outcome, requester=requester, visibility=Visibility.PRIVATE)
    with team.store.read(team.workspace) as uow:
        assert uow.expectations.last_between("UANA", "UBOB", 5) == [
            Outcome.KEPT_CHANGED,
            Outcome.MISSED,
            Outcome.KEPT,
        ]
        assert uow.expectations.last_between("UBOB", "UANA", 1) == [Outcome.KEPT_CHANGED]
