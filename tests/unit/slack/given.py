"""Lena and Otto in Berlin, Maya in Tokyo, and what lies between them."""

# ruff: noqa: ANN401 - values are built from their fields' names

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.due import Due
from bot.domain.expectation import (
    Action,
    Event,
    Expectation,
    Kind,
    Outcome,
    Pending,
    PendingKind,
    Report,
    Status,
    Visibility,
)
from bot.domain.goal import Goal, Measure
from bot.domain.member import Member
from bot.domain.messages import Moment
from bot.domain.terms import Gains, Terms, Wording
from bot.domain.views import CardView

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
LENA = Member(user="U0LENA", name="Lena", zone=BERLIN)
MAYA = Member(user="U0MAYA", name="Maya", zone=TOKYO)
OTTO = Member(user="U0OTTO", name="Otto", zone=BERLIN)
PEOPLE = {member.user: member for member in (LENA, MAYA, OTTO)}

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # Wednesday, 10:00 in Berlin
FRIDAY = Due(date(2026, 11, 27))
FRIDAY_FIVE = Due(datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN))
MONDAY = Due(date(2026, 11, 30))
TEAM = "T0TEAM"

CUSTOMERS = Goal(
    number=3,
    channel="C0",
    title="Move ten customers",
    creator="U0LENA",
    champion="U0LENA",
    day=date(2026, 12, 15),
    created_at=NOW,
    measure=Measure(start=Decimal(0), now=Decimal("7.0"), target=Decimal(10)),
)

FULL = Wording(
    result="ship the billing API",
    why="customers wait",
    gains=Gains(requester="fewer calls", owner="a quiet week", team="trust"),
    done_means="it is live",
    needs="the test data",
    needs_by="2026-11-26",
    guidelines="no downtime",
    resources="two days of Otto",
    accountability="a line each morning",
    consequences="we celebrate",
)


def terms(author: Member = LENA, due: Due = FRIDAY, **more: Any) -> Terms:
    """Return terms; Lena asks for the billing API by Friday."""
    wording = Wording(result=more.pop("result", "ship the billing API"))
    values: dict[str, Any] = {"version": 1, "wording": wording, **more}
    return Terms(author=author.user, at=NOW, due=due, **values)


def asked(status: Status = Status.PROPOSED, **more: Any) -> Expectation:
    """Return E-42: Lena asks Otto, in #launch."""
    said = more.pop("terms", terms())
    values: dict[str, Any] = {
        "number": 42,
        "kind": Kind.REQUEST,
        "requester": LENA.user,
        "owner": OTTO.user,
        "channel": "C0LAUNCH",
        "visibility": Visibility.CHANNEL,
        "status": status,
        "terms": said,
        "last_version": said.version,
        "due": said.due,
        "due_at": said.due.ends_at(BERLIN),
        "created_at": NOW,
        **more,
    }
    return Expectation(**values)


def suggested(by: Member = OTTO, due: Due = MONDAY) -> Pending:
    """Return a change that waits: Monday instead of Friday."""
    new = replace(terms(by, due), version=2, note="the tests take longer")
    return Pending(
        ordinal=1, kind=PendingKind.TERMS, author=by.user, at=NOW, asked_at=NOW, terms=new
    )


def let_go(by: Member = OTTO) -> Pending:
    """Return a let-go that waits."""
    return Pending(
        ordinal=1,
        kind=PendingKind.LET_GO,
        author=by.user,
        at=NOW,
        asked_at=NOW,
        note="the plan changed",
    )


def reported(**more: Any) -> Report:
    """Return Otto's report of today."""
    values: dict[str, Any] = {"ordinal": 1, "at": NOW, "outcome": Outcome.KEPT, **more}
    return Report(finished_on=Due(date(2026, 11, 25)), **values)


def event(by: Member, verb: Any, note: str = "") -> Event:
    """Return an event of E-42."""
    return Event(number=42, seq=7, at=NOW, actor=by.user, verb=verb, note=note)


def view(
    moment: Moment,
    expectation: Expectation,
    reader: Member,
    *moves: Action,
    **more: Any,
) -> CardView:
    """Return a card as its reader sees it."""
    return CardView(
        moment=moment,
        expectation=expectation,
        reader=reader,
        people=PEOPLE,
        now=NOW,
        moves=frozenset(moves),
        **more,
    )


def labels(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the labels of all buttons, then of all menus' options, in their order."""
    found: list[str] = []
    for block in blocks:
        parts: list[Mapping[str, Any]] = list(block.get("elements", []))
        parts += [block["accessory"]] if "accessory" in block else []
        for element in parts:
            if element["type"] == "button":
                found.append(element["text"]["text"])
            if element["type"] in {"overflow", "static_select"}:
                found += [option["text"]["text"] for option in element["options"]]
    return found


def shown(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Return what the sections and small print of blocks say."""
    lines: list[str] = []
    for block in blocks:
        if block["type"] == "section":
            parts = [block["text"]] if "text" in block else block["fields"]
            lines += [part["text"] for part in parts]
        if block["type"] == "context":
            lines += [element["text"] for element in block["elements"]]
    return "\n".join(lines)
