"""The export of one person: all that is kept about them, and of others only what they may see."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.visibility import seen_events
from bot.services.export import (
    Values,
    expectation_values,
    goal_values,
    instant,
    member_values,
    thanks_values,
)
from bot.services.keeping import WholeExpectation
from bot.services.ports import UnitOfWork


def person_values(uow: UnitOfWork, user: str) -> Values | None:
    """Return all that is kept about somebody; None where that is nothing."""
    member = uow.members.get(user)
    numbers = uow.forgetting.concerned(user)
    if member is None and not numbers:
        return None
    own: list[WholeExpectation] = []
    seen: list[WholeExpectation] = []
    for whole in uow.export.whole(numbers):
        is_party = user in whole.expectation.parties
        (own if is_party else seen).append(whole)
    personal = uow.export.personal(user)
    elsewhere = {whole.expectation.number for whole in seen}
    said = [row for row in personal["said"] if row["number"] in elsewhere]
    return {
        "expectations": [_of_party(whole, user) for whole in own],
        "goals": [goal_values(goal) for goal in uow.export.goals_of(user)],
        "members": [] if member is None else [member_values(member)],
        "thanks": [thanks_values(one) for one in uow.export.thanks_of(user)],
        "mine": {
            name: [_plain(name, row) for row in rows]
            for name, rows in (personal | {"said": said}).items()
        },
    }


def _of_party(whole: WholeExpectation, user: str) -> Values:
    """Return one as a party may see it: not what the other says, and is asked, by themselves."""
    events = seen_events(user, whole.expectation, whole.events)
    asked = tuple(one for one in whole.asked if one.user == user)
    return expectation_values(replace(whole, events=events, asked=asked))


def _plain(name: str, row: Mapping[str, Any]) -> Values:
    """Return a row as the schema has it: ids as people read them, instants in UTC."""
    named = dict.fromkeys(("measures", "carried"), ("goal", "G")).get(name, ("expectation", "E"))
    plain: Values = {}
    for column, value in row.items():
        if column == "number":
            plain[named[0]] = f"{named[1]}-{value}" if value else None
        elif isinstance(value, datetime):
            plain[column] = instant(value)
        elif isinstance(value, date):
            plain[column] = value.isoformat()
        else:
            plain[column] = value.value if isinstance(value, StrEnum) else value
    return plain
