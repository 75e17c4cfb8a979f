"""Refusals in words: facts, what stays as it was, and what to do instead."""

from datetime import datetime, timedelta

from bot.domain.due import Due
from bot.domain.expectation import Expectation
from bot.domain.trouble import StoreError, Trouble, UncertainError
from bot.slack.codes import Fate, meaning
from bot.slack.pen import Pen
from bot.slack.text import escape, typed
from bot.slack.words.states import state

NOTHING_CHANGED = "That is not open any more. Nothing was changed."
NO_CHANNEL = "Type it in the channel that you mean. Nothing was changed."
_NO_CHANNEL_FOR = {
    "charter": (
        "A charter belongs to a channel: type `/expect charter` in the channel itself, public or "
        "private. Nothing was changed."
    ),
}
SAVED_ALREADY = "That is saved already. Nothing more to do."
TOO_SLOW = "That took too long, so nothing was saved; please try again."

UNCERTAIN = (
    "The connection to the database broke while this was being saved, and I cannot tell whether "
    "it was. Look with `/expect list` before you try again."
)

_TROUBLES = {
    Trouble.BUSY: "The database is busy. Nothing was saved; please try again in a moment.",
    Trouble.CROSSED: "Somebody changed the same just now. Nothing was saved; please try again.",
    Trouble.GONE: (
        "The database cannot be reached. Nothing was saved; please try again in a few minutes."
    ),
    Trouble.READ_ONLY: (
        "The database takes no changes now. Nothing was saved; please try again in a few minutes."
    ),
    Trouble.FULL: "The database's disk is full. Nothing was saved; please tell your admin.",
    Trouble.BROKEN: "The database's disk fails. Nothing was saved; please tell your admin.",
}

_REASONS = {
    "due_passed": "Its day has passed: suggest another day.",
    "overdue": "Its day has passed, so say what happened.",
    "not_overdue": "It is not due yet, so it cannot be closed as not kept.",
    "series": "It recurs: answer each date instead.",
    "not_a_commitment": "Somebody else is part of it: ask to be let go instead.",
    "commitment": "It is yours alone: nobody else has to answer.",
    "pending": "A suggested change waits for its answer first.",
    "too_early": "It cannot be closed yet: there is one full workday to say what happened first.",
    "too_few_returns": "This opens after it was looked at twice.",
    "undo_over": "The time to undo it is over.",
    "forgiven": "It is settled already.",
    "repaired": "It was put right already.",
    "has_open_remedy": "A remedy waits for its answer already.",
    "away": "Who is away is not written to.",
    "agreed": "It is agreed between two: neither tells the channel alone.",
    "no_channel": "It is private, or was made in no channel.",
    "period_over": "That date is over, or not due yet.",
    "too_late": "It closed over a week ago.",
    "is_open": "It is open.",
    "goal_moved": "It was changed meanwhile: `goal show` has it as it is now.",
    "goal_day": "Its day has come: change it, or close it.",
    "under_way": "It is being posted just now.",
    "charter_moved": "There are other words by now: `/expect charter` in the channel shows them.",
    "pulse_over": "That month is over.",
    "pulse_answered": "Your answer is in. Nobody can tell it apart any more, so it stays.",
}

_PERSONS = {
    "bot": "{who} is an app: ask a person instead.",
    "gone": "{who} has left this workspace: ask somebody else.",
    "stranger": "{who} is of another organisation and cannot be asked here yet.",
    "outside": "Only people of this organisation can ask here.",
    "app": "{who} is an app: nothing lies between an app and you.",
    "oneself": "That is yourself: choose somebody else.",
    "self": "That is yourself: say `I will` instead.",
    "unknown": "I do not know {who}: choose somebody in the form.",
}


def no_channel(what: str) -> str:
    """Say where something that concerns a channel is typed."""
    return _NO_CHANNEL_FOR.get(what, NO_CHANNEL)


def reason(key: str) -> str:
    """Return why a move is not open; empty where it is simply over."""
    return _REASONS.get(key, "")


def moved_on(it: Expectation, pen: Pen, *, pressed: bool) -> str:
    """Return the present state, which a press, or a typed verb, did not change."""
    nothing = "Your press changed nothing." if pressed else "Nothing was changed."
    return f"{pen.item(it)}: {state(it, pen)} by now. {nothing}"


def not_yours(whose: tuple[str, ...], pen: Pen) -> str:
    """Say who can answer."""
    who = " and ".join(pen.who(user) for user in whose) if whose else "those it is between"
    return f"Only {who} can answer this. Nothing changed."


def not_in_channel(channel: str) -> str:
    """Say how the bot comes into a channel."""
    return f"I am not in <#{channel}>: type `/invite @Winwin` there first. Nothing was saved."


def held_back(until: datetime, pen: Pen) -> str:
    """Say how long Slack wants to be left alone, to the end of that minute."""
    minute = until.replace(second=0, microsecond=0)
    when = pen.at(minute if minute == until else minute + timedelta(minutes=1))
    return (
        f"Slack asks me to post nothing before {when}. Nothing was saved or posted; please try "
        "again then."
    )


def unknown_id(name: str) -> str:
    """Answer unknown and hidden ids alike."""
    return f"There is no {typed(name, 40)} that you can see."


def person(user: str, key: str, pen: Pen) -> str:
    """Say who cannot be asked, and what to do instead."""
    template = _PERSONS.get(key, _PERSONS["unknown"])
    return f"{template.format(who=pen.who(user))} Nothing was saved."


def person_at_field(name: str, key: str) -> str:
    """Say the same at a form's field, where mentions are not shown."""
    return _PERSONS.get(key, _PERSONS["unknown"]).format(who=name)


def past(due: Due, pen: Pen) -> str:
    """Say that a due is past."""
    return f"{bad_date(when_typed(due, pen), 'it is past')} Nothing was saved."


def when_typed(due: Due, pen: Pen) -> str:
    """Return a due as its reader knows it."""
    return pen.at(due.wall) if isinstance(due.wall, datetime) else pen.day(due.day)


def bad_date(text: str, why: str) -> str:
    """Say why what was typed cannot be a due date."""
    return f"“{text}” cannot be a due date: {why}."


def sentence(text: str) -> str:
    """Return a sentence of the domain, escaped."""
    return escape(text)


def store_failed(error: StoreError) -> str:
    """Say that the database failed, whether anything was saved, and what to do now."""
    return UNCERTAIN if isinstance(error, UncertainError) else _TROUBLES[error.trouble]


def failed(reference: str) -> str:
    """Say that something failed here, with the id that leads to it."""
    return (
        "Something failed here. Nothing was saved; please try again. "
        f"If it happens twice, tell your admin: {reference}."
    )


def slack_failed(code: str) -> str:
    """Say why Slack did not do it, and who can do something about it."""
    found = meaning(code)
    if found.fate is Fate.UNKNOWN:
        return "Slack did not answer me as it should. Nothing was saved; please try again."
    then = found.do or "Please try again in a minute."
    return f"That did not work: {found.says}. Nothing was saved. {then}"
