"""People and expectations for the tests of the schedule, in Berlin unless said otherwise.

23 November 2026 is a Monday.
"""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.due import Due
from bot.domain.expectation import Expectation, Kind, Status, Visibility
from bot.domain.member import Member
from bot.domain.messages import Asked, Prompt
from bot.domain.terms import Terms, Wording

BERLIN = ZoneInfo("Europe/Berlin")
BOB = Member(user="U02BOB", name="Bob", zone=BERLIN)
"""The owner."""
ANA = Member(user="U01ANA", name="Ana", zone=BERLIN)
"""The requester."""


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def at(
    month: int, number: int, hour: int = 9, minute: int = 30, *, zone: ZoneInfo = BERLIN
) -> datetime:
    return datetime(2026, month, number, hour, minute, tzinfo=zone)


MONDAY = at(11, 23, 10, 0)


def request(
    due: date | datetime = date(2026, 12, 4),
    *,
    made: datetime = MONDAY,
    owner: Member = BOB,
    number: int = 42,
    rrule: str | None = None,
    **facts: object,
) -> Expectation:
    """Return Ana's request to Bob, proposed and read at once."""
    terms = Terms(
        version=1,
        author=ANA.user,
        at=made,
        wording=Wording(result="ship billing API"),
        due=Due(due),
        rrule=rrule,
    )
    proposed = Expectation(
        number=number,
        kind=Kind.REQUEST,
        requester=ANA.user,
        owner=owner.user,
        channel="C01",
        visibility=Visibility.CHANNEL,
        status=Status.PROPOSED,
        terms=terms,
        last_version=1,
        due=Due(due),
        due_at=Due(due).ends_at(owner.zone),
        created_at=made,
        reached_at=made,
    )
    return replace(proposed, **facts)  # type: ignore[arg-type]  # each test names its own facts


def agreed(
    due: date | datetime = date(2026, 12, 4),
    *,
    on: datetime = MONDAY,
    owner: Member = BOB,
    number: int = 42,
    rrule: str | None = None,
    **facts: object,
) -> Expectation:
    """Return the same, accepted on a day."""
    proposed = request(due, made=on, owner=owner, number=number, rrule=rrule)
    accepted = replace(proposed.terms, accepted_at=on)
    active = replace(proposed, status=Status.ACTIVE, terms=accepted)
    return replace(active, **facts)  # type: ignore[arg-type]  # each test names its own facts


def asked(member: Member, prompt: Prompt, key: str, when: datetime, ordinal: int = 1) -> Asked:
    """Return an earlier prompt about number 42."""
    return Asked(
        user=member.user, number=42, prompt=prompt, key=key, ordinal=ordinal, at=when, message="m"
    )


def working(**settings: object) -> Member:
    """Return Bob with other settings."""
    return replace(BOB, **settings)  # type: ignore[arg-type]  # each test names its own settings


def clock(text: str) -> time:
    return time.fromisoformat(text)
