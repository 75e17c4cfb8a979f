"""The inputs of a due: the readings to choose from, a date, and an hour beside it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.due import Due
from bot.domain.member import Member
from bot.slack.blocks.kit import Block, Option
from bot.slack.blocks.modal import choice, day_input, field, hour_input
from bot.slack.fields import ANOTHER_DATE, Field
from bot.slack.ids import due_of
from bot.slack.pen import Pen

PICK = "Pick a date."
HOUR_HINT = "No hour means the whole day."


def when_fields(
    due: Due | None,
    me: Member,
    now: datetime,
    *,
    readings: Sequence[str] = (),
    optional: bool = False,
    hint: str = HOUR_HINT,
) -> list[Block]:
    """Return the inputs of a due, in its editor's zone; `readings` as `due_key` writes them."""
    blocks = []
    if readings:
        blocks.append(
            field(
                Field.READING,
                "Which day is meant?",
                _choices(readings, me, now),
                optional=True,  # a date that is picked needs no reading
            )
        )
    day = hour = None
    if due is not None and not readings:
        wall = due.wall
        if isinstance(wall, datetime):
            local = wall.astimezone(me.zone)
            day, hour = local.date(), local.time()
        else:
            day = wall
    free = optional or bool(readings)
    return [
        *blocks,
        field(Field.BY_WHEN, "By when", day_input(day), optional=free),
        field(Field.HOUR, "Hour", hour_input(hour), optional=True, hint=hint),
    ]


def _choices(readings: Sequence[str], me: Member, now: datetime) -> Block:
    pen = Pen.of(me, {}, now)
    options = []
    for key in list(readings)[:5]:
        wall = due_of(key).wall
        label = pen.at(wall) if isinstance(wall, datetime) else pen.day(wall)
        options.append(Option(label=label, value=key))
    options.append(Option(label="Another date", value=ANOTHER_DATE))
    return choice(options, readings[0] if len(readings) == 1 else "")
