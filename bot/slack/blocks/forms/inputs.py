"""What stands in a modal's inputs: Slack's `state.values`, read by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.due import Due
from bot.domain.errors import InvalidInputError
from bot.slack.fields import ANOTHER_DATE, Field
from bot.slack.ids import due_of

NEW = "~"
"""Before the number of a block that took another's place: `what~2` is read as `what`."""


def field_of(block_id: str) -> str:
    """Return the name of the field that a block is."""
    return block_id.partition(NEW)[0]


@dataclass(frozen=True, slots=True)
class Inputs:
    """A modal's inputs; what is not there or left empty reads as nothing."""

    values: Mapping[str, Mapping[str, Any]]

    def has(self, field: Field) -> bool:
        """Tell whether the modal shows the field."""
        return self._block(field) is not None

    def _element(self, field: Field) -> Mapping[str, Any]:
        element: Mapping[str, Any] = (self._block(field) or {}).get(field, {})
        return element

    def _block(self, field: Field) -> Mapping[str, Any] | None:
        if field in self.values:
            return self.values[field]
        found = (values for block, values in self.values.items() if field_of(block) == field)
        return next(found, None)

    def text(self, field: Field) -> str:
        """Return what was written."""
        return str(self._element(field).get("value") or "").strip()

    def day(self, field: Field) -> date | None:
        """Return the date that was picked."""
        picked = self._element(field).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def hour(self, field: Field) -> time | None:
        """Return the hour that was picked."""
        picked = self._element(field).get("selected_time")
        return time.fromisoformat(picked) if picked else None

    def person(self, field: Field) -> str | None:
        """Return the user id that was chosen."""
        return self._element(field).get("selected_user") or None

    def persons(self, field: Field) -> tuple[str, ...]:
        """Return the user ids that were chosen."""
        return tuple(self._element(field).get("selected_users") or ())

    def channel(self, field: Field) -> str | None:
        """Return the channel id that was chosen."""
        return self._element(field).get("selected_channel") or None

    def option(self, field: Field) -> str | None:
        """Return the value of the option that was chosen."""
        return (self._element(field).get("selected_option") or {}).get("value")

    def ticked(self, field: Field) -> frozenset[str]:
        """Return the values of the boxes that were ticked."""
        chosen = self._element(field).get("selected_options") or ()
        return frozenset(option["value"] for option in chosen)

    def number(self, field: Field) -> Decimal | None:
        """Return the number that was written; raise InvalidInputError where it is none."""
        text = self.text(field).replace(",", ".")
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise InvalidInputError({field: "Write a number, such as 7 or 2.5."}) from None
        if not value.is_finite():
            raise InvalidInputError({field: "Write a number, such as 7 or 2.5."})
        return value

    def due(self, zone: ZoneInfo) -> Due | None:
        """Return the due that was picked, or else the reading that was chosen.

        A date picked wins over the readings; no hour means the day.
        """
        day, hour = self.day(Field.BY_WHEN), self.hour(Field.HOUR)
        reading = self.option(Field.READING)
        if day is None and reading not in {None, ANOTHER_DATE}:
            chosen = due_of(reading or "")
            if hour is None:
                return chosen
            day = chosen.day
        if day is None:
            return None
        return Due(day) if hour is None else Due(self.at(Field.HOUR, day, hour, zone))

    def at(self, field: Field, day: date, hour: time, zone: ZoneInfo) -> datetime:
        """Return an hour on a day; raise InvalidInputError where the clocks skip it there."""
        wall = datetime.combine(day, hour, zone)
        if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
            msg = f"The clocks skip {hour:%H:%M} on that day: choose another hour."
            raise InvalidInputError({field: msg})
        return wall
