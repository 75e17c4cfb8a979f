"""Domain values for tests of the store: each optional field once filled, once empty."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.channel import Channel, Summary
from bot.domain.due import Due
from bot.domain.expectation import (
    OPEN,
    Expectation,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Question,
    Report,
    Status,
    Visibility,
)
from bot.domain.goal import Goal, GoalStatus, Measure
from bot.domain.member import Cadence, Member, Stoppable
from bot.domain.messages import Message, MessageKind, Moment
from bot.domain.terms import Gains, Terms, Wording

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def terms(version: int = 1, author: str = "UANA", **changes: object) -> Terms:
    values: dict[str, object] = {
        "version": version,
        "author": author,
        "at": NOON,
        "wording": Wording(result=f"the draft, version {version}"),
        "due": Due(date(2026, 11, 27)),
    }
    return Terms(**(values | changes))  # type: ignore[arg-type]  # fields by name


FULL_WORDING = Wording(
    result="Die Prüfung „fertig“ 🎉",
    why="why",
    gains=Gains(requester="time", owner="praise", team="trust"),
    done_means="all green",
    needs="access",
    needs_by="2026-11-26",
    guidelines="limits",
    resources="help",
    accountability="weekly",
    consequences="a party",
)


def expectation(
    number: int = 1, status: Status = Status.PROPOSED, **changes: object
) -> Expectation:
    """Return a request of Ana's to Bob in a channel, as it may stand in this status."""
    outcome = {Status.MET: Outcome.KEPT, Status.MISSED: Outcome.MISSED}.get(status)
    values: dict[str, object] = {
        "number": number,
        "kind": Kind.REQUEST,
        "requester": "UANA",
        "owner": "UBOB",
        "channel": "CTEAM",
        "visibility": Visibility.CHANNEL,
        "status": status,
        "terms": terms(accepted_at=None if status is Status.PROPOSED else NOON),
        "last_version": 1,
        "due": Due(date(2026, 11, 27)),
        "due_at": NOON + timedelta(days=2),
        "created_at": NOON,
        "outcome": outcome,
        "closed_at": None if status in OPEN else NOON,
    }
    return Expectation(**(values | changes))  # type: ignore[arg-type]  # fields by name


def full_expectation(number: int, goal: int, other: int) -> Expectation:
    """Return an active one with every field that an active one may have."""
    report = Report(
        ordinal=2,
        at=NOON,
        finished_on=Due(datetime(2026, 11, 26, 17, 0, tzinfo=BERLIN)),
        outcome=Outcome.KEPT_CHANGED,
        link="https://example.org/draft",
        thanks_to="UCID",
        reached_at=NOON + timedelta(minutes=1),
    )
    first = Report(ordinal=1, at=NOON, finished_on=Due(date(2026, 11, 26)), outcome=Outcome.LATE)
    return expectation(
        number,
        Status.ACTIVE,
        kind=Kind.OFFER,
        terms=terms(
            2,
            "UBOB",
            wording=FULL_WORDING,
            due=Due(datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)),
            rrule="FREQ=WEEKLY;BYDAY=FR",
            note="a better day",
            accepted_at=NOON,
        ),
        last_version=3,
        due=Due(datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)),
        pending=Pending(
            ordinal=2,
            kind=PendingKind.TERMS,
            author="UANA",
            at=NOON,
            asked_at=NOON + timedelta(hours=1),
            terms=terms(3),
            note="please",
            reached_at=NOON + timedelta(hours=2),
        ),
        pendings=2,
        reached_at=NOON,
        owner_word_at=NOON,
        requester_word_at=NOON,
        question=Question(by="UANA", at=NOON, text="how far?"),
        rested=True,
        asked=(NOON, NOON + timedelta(days=2)),
        reports=2,
        returns=2,
        first_report=first,
        last_report=report,
        moved_in_time=True,
        moved_late=True,
        remedy_of=other,
        group=other,
        goal=goal,
        link="https://example.org/p1",
        tell_channel=True,
        outside="Mrs Weber",
        next_clock_at=NOON + timedelta(days=3),
    )


def member(user: str = "UANA", **changes: object) -> Member:
    values: dict[str, object] = {"user": user, "name": user.title(), "zone": BERLIN}
    return Member(**(values | changes))  # type: ignore[arg-type]  # fields by name


def full_member(user: str) -> Member:
    return member(
        user,
        locale="de-DE",
        check_in=time(10, 15),
        workdays=frozenset({0, 6}),
        quiet_from=time(18, 30),
        quiet_until=time(9),
        away_from=date(2026, 12, 24),
        away_until=date(2027, 1, 2),
        cadence=Cadence.WEEKLY,
        stopped=frozenset({Stoppable.PULSE, Stoppable.GAIN_HINT}),
        country="DE",
        holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}),
        active=False,
        is_bot=True,
        is_stranger=True,
        conversation="D1",
        welcomed_at=NOON,
        checked_at=NOON,
        last_list_on=date(2026, 11, 25),
        next_list_at=NOON + timedelta(days=1),
        worth="a quiet afternoon",
    )


def goal(number: int = 1, status: GoalStatus = GoalStatus.OPEN, **changes: object) -> Goal:
    values: dict[str, object] = {
        "number": number,
        "channel": "CTEAM",
        "title": "Fewer tickets",
        "creator": "UANA",
        "champion": "UBOB",
        "day": date(2026, 12, 31),
        "created_at": NOON,
        "status": status,
        "closed_at": None if status is GoalStatus.OPEN else NOON,
    }
    return Goal(**(values | changes))  # type: ignore[arg-type]  # fields by name


def full_goal(number: int) -> Goal:
    return goal(
        number,
        GoalStatus.MET,
        visibility="private",
        why="calm",
        gain="sleep",
        measure=Measure(start=Decimal("0.10"), now=Decimal(7), target=Decimal("-3.5")),
        review_on=date(2026, 12, 1),
        note="done",
        learnt="ask earlier",
    )


def channel(name: str = "CTEAM", **changes: object) -> Channel:
    values: dict[str, object] = {"channel": name, "name": "team"}
    return Channel(**(values | changes))  # type: ignore[arg-type]  # fields by name


def summary(**changes: object) -> Summary:
    values: dict[str, object] = {
        "weekday": 4,
        "hour": time(16),
        "zone": "Europe/Berlin",
        "by": "UANA",
        "next_at": NOON,
        "last_on": date(2026, 11, 20),
    }
    return Summary(**(values | changes))  # type: ignore[arg-type]  # fields by name


def message(id_: str = "m1", **changes: object) -> Message:
    values: dict[str, object] = {
        "id": id_,
        "kind": MessageKind.POST,
        "moment": Moment.PROPOSAL,
        "to": "UBOB",
        "slot": f"slot of {id_}",
        "not_before": NOON,
        "created_at": NOON,
    }
    return Message(**(values | changes))  # type: ignore[arg-type]  # fields by name
