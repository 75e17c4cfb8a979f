"""The inputs of modals, by name."""

from enum import StrEnum


class Field(StrEnum):
    """The inputs of modals: block id and action id alike, so that an error finds its place."""

    WHO = "who"
    FOR_WHOM = "for_whom"
    OUTSIDE = "outside"
    WHAT = "what"
    READING = "reading"
    BY_WHEN = "by_when"
    HOUR = "hour"
    WHY = "why"
    DONE_MEANS = "done_means"
    GAIN_REQUESTER = "gain_requester"
    GAIN_OWNER = "gain_owner"
    GAIN_TEAM = "gain_team"
    NEEDS = "needs"
    NEEDS_BY = "needs_by"
    GOAL = "goal"
    VISIBILITY = "visibility"
    TELL = "tell"
    GUIDELINES = "guidelines"
    RESOURCES = "resources"
    ACCOUNTABILITY = "accountability"
    CONSEQUENCES = "consequences"
    NOTE = "note"
    UNDERSTOOD = "understood"
    GAIN = "gain"
    NEED = "need"
    WORTH = "worth"
    LINK = "link"
    FINISHED_ON = "finished_on"
    FINISHED_HOUR = "finished_hour"
    THANK = "thank"
    THANK_FOR = "thank_for"
    CHOICE = "choice"
    CHECK_IN = "check_in"
    WORKDAYS = "workdays"
    QUIET_FROM = "quiet_from"
    QUIET_UNTIL = "quiet_until"
    CADENCE = "cadence"
    COUNTRY = "country"
    ASK_BESIDES = "ask_besides"
    ASK_CHANNEL = "ask_channel"
    UNTIL = "until"
    TITLE = "title"
    CHAMPION = "champion"
    START = "start"
    NOW = "now"
    TARGET = "target"
    REVIEW = "review"
    OUTCOME = "outcome"
    CHANNEL = "channel"
    LEARNT = "learnt"
    SHARE = "share"
    LINES = "lines"
    HEADS_FORM = "heads_form"
    CLEAR = "clear"
    FAIR_SHARE = "fair_share"
    SAY_NO = "say_no"


ANOTHER_DATE = "another"
"""The value of the reading *Another date*."""

_OF_SERVICES = {
    "when": Field.BY_WHEN,
    "quiet": Field.QUIET_FROM,
    "measure": Field.NOW,
    "for": Field.NOTE,
    "text": Field.NOTE,
}


def block_of(name: str) -> str:
    """Return the block id of the input in which a use case's field is asked."""
    return _OF_SERVICES.get(name, name)
