"""The conversation: how expectations are proposed, agreed, changed, finished and closed."""

from bot.domain.conversation.clocks import clock_action, next_clock
from bot.domain.conversation.facts import (
    may_close_from,
    undo_until,
)
from bot.domain.conversation.following import (
    at_next_slot,
    end_series,
    reached,
    remedy_ended,
    remedy_opened,
    repaired,
    with_owner_zone,
    withdraw_unanswered,
)
from bot.domain.conversation.moving import apply, check_in, check_ins, is_stale, moves, spoken
from bot.domain.conversation.opening import open_expectation
from bot.domain.conversation.people import Change, Details, People
from bot.domain.conversation.set_back import noted_by

__all__ = [
    "Change",
    "Details",
    "People",
    "apply",
    "at_next_slot",
    "check_in",
    "check_ins",
    "clock_action",
    "end_series",
    "is_stale",
    "may_close_from",
    "moves",
    "next_clock",
    "noted_by",
    "open_expectation",
    "reached",
    "remedy_ended",
    "remedy_opened",
    "repaired",
    "spoken",
    "undo_until",
    "with_owner_zone",
    "withdraw_unanswered",
]
