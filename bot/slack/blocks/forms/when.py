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
from bot.slack.words.refusals import when_typed

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
                "Which day?",
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
    dues = {key: due_of(key) for key in list(readings)[:5]}
    labels = {key: when_typed(due, pen) for key, due in dues.items()}
    options = []
    for key, label in labels.items():
        twice = list(labels.values()).count(label) > 1  # where the clocks are set back
        which = _which(dues[key]) if twice else ""
        options.append(Option(label=label + which, value=key))
    options.append(Option(label="Another date", value=ANOTHER_DATE))
    return choice(options, readings[0] if len(readings) == 1 else "")


def _which(due: Due) -> str:
    """Tell an hour that comes twice from its double."""
    return " (the second)" if isinstance(due.wall, datetime) and due.wall.fold else " (the first)"
