"""Which column holds what of people: the one registry that forgetting and its tests go by.

A table that is added has its text columns here, or a test fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.forgetting import FORGOTTEN

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "aside": ("user",),
    "asked": ("user",),
    "balance_note": ("user",),
    "carried": ("user",),
    "channel": ("summary_by",),
    "charter_version": ("author",),
    "charter_yes": ("user",),
    "event": ("actor",),
    "expectation": ("requester", "owner", "pending_author", "question_by"),
    "goal": ("creator", "champion"),
    "goal_update": ("by",),
    "held": ("user",),
    "learnt": ("by", "other"),
    "member": ("user",),
    "message": ("to",),
    "opinion": ("by", "other"),
    "own_words": ("author",),
    "pulse_answered": ("user",),
    "report": ("thanks_to",),
    "terms": ("author",),
    "thanks": ("by", "to"),
}
"""Columns that hold a user id: the tombstone takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Columns with what people wrote, and where it says whose they are."""

    table: str
    columns: tuple[str, ...]
    by: tuple[str, ...]  # columns of the table, or of the expectation that `number` names
    of_expectation: bool = False
    stays: str = ""  # what stands in their place


WORDS: tuple[Words, ...] = (
    Words(table="carried", columns=("note",), by=("user",)),
    Words(table="event", columns=("note",), by=("actor",)),
    Words(table="expectation", columns=("pending_note",), by=("pending_author",)),
    Words(table="expectation", columns=("question_text",), by=("question_by",)),
    Words(table="expectation", columns=("help_wanted", "outside"), by=("owner",)),
    Words(table="expectation", columns=("link",), by=("owner", "requester")),
    Words(table="goal", columns=("title",), by=("creator",), stays=FORGOTTEN),
    Words(table="goal", columns=("why", "gain"), by=("creator",)),
    Words(table="goal", columns=("note", "learnt"), by=("creator", "champion")),
    Words(table="own_words", columns=("understood", "gain", "need"), by=("author",)),
    Words(table="period", columns=("note",), by=("owner", "requester"), of_expectation=True),
    Words(table="report", columns=("link",), by=("owner",), of_expectation=True),
    Words(table="thanks", columns=("text",), by=("by",)),
)
"""Of two who may have written it, either takes it along: a doubt is forgotten with it."""

TERMS = (
    "result", "why", "gain_requester", "gain_owner", "gain_team", "done_means", "needs",
    "needs_by", "guidelines", "resources", "accountability", "consequences", "note",
)  # fmt: skip
"""Words of terms: each version's are its author's but for what an earlier one said already."""

INSIDE: Mapping[str, tuple[str, ...]] = {
    "aside": ("key",),
    "held": ("args",),
    "message": ("slot", "args"),
}
"""Columns of ours in which an id may stand among other things."""

REMOVED: Mapping[str, str] = {
    "balance_note": "user",
    "charter_yes": "user",
    "learnt": "by",
    "opinion": "by",
    "pulse_answered": "user",
}
"""Rows that are nothing but what one person said, by the column that says who: they go whole."""

CHARTERS = ("lines",)
"""The lines of a charter's versions; each is whose version had it first."""

REMOVED_WORDS: Mapping[str, tuple[str, ...]] = {"balance_note": ("text",), "learnt": ("text",)}
"""The words in these; in what another said, only a mention is taken out."""

DROPPED: Mapping[str, tuple[str, ...]] = {"inbox": ("key", "answer")}
"""Rows that go where a column names the person."""

OWN: Mapping[str, tuple[str, ...]] = {
    "member": ("name", "zone", "locale", "workdays", "stopped", "country", "holidays",
               "conversation", "worth"),
    "message": ("channel",),
}  # fmt: skip
"""What belongs to a person's own row alone: it is as new, or theirs no more."""

NOTHING: Mapping[str, tuple[str, ...]] = {
    "aside": ("message",),
    "asked": ("key", "message"),
    "attempt": ("message",),
    "balance_note": ("channel",),
    "carried": ("quarter", "message"),
    "channel": ("channel", "name", "kind", "summary_zone"),
    "charter": ("channel",),
    "charter_version": ("channel",),
    "charter_yes": ("channel",),
    "counter": ("kind",),
    "expectation": ("channel", "due", "due_zone", "asked"),
    "goal": ("channel", "measure_start", "measure_now", "measure_target"),
    "goal_update": ("value",),
    "held": ("carried_by",),
    "look": ("message",),
    "opinion": ("about",),
    "message": ("id", "ts", "error"),
    "message_subject": ("message",),
    "pulse": ("channel",),
    "pulse_answered": ("channel",),
    "report": ("finished_on", "finished_on_zone"),
    "shown_figure": ("channel", "counts"),
    "terms": ("due", "due_zone", "rrule"),
    "thanks": ("channel",),
    "workspace": ("team_id", "enterprise_id"),
}
"""Text that is neither a person's id nor their words."""
