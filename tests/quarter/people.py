"""Twelve people in three teams: where they are, when they work, what they ask of each other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground import Conversation, Kind, Person


@dataclass(frozen=True, slots=True)
class Team:
    """A channel, its people, and what they work on."""

    channel: str
    names: tuple[str, ...]
    goal: str
    work: tuple[str, ...]


ZONES = {
    "lena": "Europe/Berlin", "ren": "Europe/Berlin", "maya": "America/New_York",
    "asha": "Asia/Kolkata", "jonas": "Europe/Berlin", "noor": "Europe/Amsterdam",
    "tomas": "Europe/Prague", "iris": "Asia/Kolkata", "kofi": "Africa/Accra",
    "wanda": "Europe/Warsaw", "pia": "Europe/Berlin", "yuki": "Asia/Tokyo",
}  # fmt: skip

TEAMS = (
    Team(
        "launch",
        ("lena", "ren", "maya", "asha"),
        "move ten customers",
        ("draft the release notes", "test the billing API", "call three customers",
         "update the price list", "prepare the demo", "review the contract"),
    ),
    Team(
        "support",
        ("jonas", "noor", "tomas", "iris"),
        "answer within a day",
        ("answer the oldest ticket", "write the refund guide", "sort the bug reports",
         "train the new colleague", "tidy up the templates", "call back the school"),
    ),
    Team(
        "events",
        ("kofi", "wanda", "pia", "yuki"),
        "fill eighty seats",
        ("book the hall", "send the invitations", "find a speaker", "print the badges",
         "draw the poster", "ask the caterer"),
    ),
)  # fmt: skip

PART_TIME = {"noor": (0, 1, 2), "pia": (0, 1, 3)}
"""Who works on some days only: Monday is 0."""


def persons() -> list[Person]:
    """Return everybody."""
    return [
        Person(f"U{number:02}{name.upper()}", name, name.title(), zone)
        for number, (name, zone) in enumerate(ZONES.items(), start=1)
    ]


def rooms(people: list[Person], app: str) -> list[Conversation]:
    """Return each team's channel."""
    ids = {person.name: person.id for person in people}
    return [
        Conversation(
            f"C{number:02}{team.channel.upper()}",
            Kind.CHANNEL,
            team.channel,
            {ids[name] for name in team.names} | {app},
        )
        for number, team in enumerate(TEAMS, start=1)
    ]
