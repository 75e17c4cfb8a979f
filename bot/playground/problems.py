"""Collecting what is wrong with blocks, each with a pointer to the place, as Slack answers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(slots=True)
class Problems:
    """Everything found wrong so far."""

    found: list[str] = field(default_factory=list)

    def add(self, pointer: str, problem: str) -> None:
        """Note a problem at a place."""
        self.found.append(f"{problem} [json-pointer:{pointer}]")


@dataclass(frozen=True, slots=True)
class Place:
    """A JSON object under examination: where it is, and where to note what is wrong."""

    value: dict[str, object]
    pointer: str
    problems: Problems

    def wrong(self, problem: str, key: str = "") -> None:
        """Note a problem with the object, or with what stands under one of its keys."""
        self.problems.add(f"{self.pointer}/{key}" if key else self.pointer, problem)

    def allow(self, keys: Collection[str]) -> None:
        """Refuse keys that Slack does not know."""
        for key in sorted(self.value.keys() - set(keys)):
            self.wrong(f"invalid additional property: {key}")

    def under(self, key: str, *, required: bool = False) -> Place | None:
        """Return the object under a key, if there is one."""
        value = self.value.get(key)
        if isinstance(value, dict):
            return Place(value, f"{self.pointer}/{key}", self.problems)
        if value is not None:
            self.wrong("must be an object", key)
        elif required:
            self.wrong(f"missing required field: {key}")
        return None

    def listed(self, key: str, least: int, most: int, *, required: bool = True) -> list[Place]:
        """Return the objects of the list under a key, which holds so many."""
        value = self.value.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, list):
            self.wrong(f"missing required field: {key}")
            return []
        if len(value) < least:
            self.wrong(f"no fewer than {least} items allowed", key)
        if len(value) > most:
            self.wrong(f"no more than {most} items allowed", key)
        places = []
        for index, item in enumerate(value):
            pointer = f"{self.pointer}/{key}/{index}"
            if isinstance(item, dict):
                places.append(Place(item, pointer, self.problems))
            else:
                self.problems.add(pointer, "must be an object")
        return places

    def string(self, key: str, most: int, *, least: int = 1, required: bool = False) -> str | None:
        """Return the string under a key, whose length has bounds."""
        value = self.value.get(key)
        if value is None:
            if required:
                self.wrong(f"missing required field: {key}")
            return None
        if not isinstance(value, str):
            self.wrong("must be a string", key)
            return None
        if len(value) < least:
            self.wrong(f"must be more than {least - 1} characters", key)
        if len(value) > most:
            self.wrong(f"must be less than {most + 1} characters", key)
        return value

    def one_of(self, key: str, allowed: Collection[object]) -> None:
        """Refuse what is not one of the values that Slack knows."""
        if key in self.value and self.value[key] not in allowed:
            self.wrong(f"must be one of {', '.join(map(str, sorted(allowed, key=str)))}", key)

    def text(self, key: str, most: int, *, plain: bool = False, required: bool = False) -> None:
        """Check the text object under a key."""
        place = self.under(key, required=required)
        if place is not None:
            place.text_object(most, plain=plain)

    def text_object(self, most: int, *, plain: bool = False) -> None:
        """Check the object itself as a text object."""
        kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
        if self.value.get("type") not in kinds:
            self.wrong(f"must be a {' or '.join(kinds)} object", "type")
            return
        extra = "emoji" if self.value["type"] == "plain_text" else "verbatim"
        self.allow(("type", "text", extra))
        self.string("text", most, required=True)
