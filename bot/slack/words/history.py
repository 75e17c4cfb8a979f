"""What happened to an expectation, a line each."""

from collections.abc import Mapping

from bot.domain.expectation import CLOCK, Action, CheckIn, Event, Expectation, Period, PeriodOutcome
from bot.slack.pen import Pen

_DID: Mapping[Action | CheckIn, str] = {
    Action.REQUEST: "asked",
    Action.OFFER: "offered",
    Action.COMMIT: "took it on",
    Action.ACCEPT: "accepted",
    Action.CHANGE: "suggested a change",
    Action.DECLINE: "said no",
    Action.DROP: "closed it",
    Action.ASK: "asked a question",
    Action.ANSWER: "answered",
    Action.LET_GO: "asked to be let go",
    Action.KEEP: "kept it as it was",
    Action.CANNOT: "could not do it",
    Action.DONE: "reported it as done",
    Action.MISSED: "closed it as not kept",
    Action.CONFIRM: "said it fits",
    Action.RETURN: "said what is missing",
    Action.UNDO: "took the report back",
    Action.DIFFER: "saw it differently",
    Action.REMEDY: "offered a remedy",
    Action.FORGIVE: "said it is settled",
    Action.GONE: "left the workspace",
    CheckIn.ON_TRACK: "said it is on track",
    CheckIn.AT_RISK: "saw a risk",
    CheckIn.NEED_HELP: "asked for help",
    CheckIn.OFFER_HELP: "offered help",
    CheckIn.LATER: "asked to be asked later",
}

_BY_CLOCK: Mapping[Action | CheckIn, str] = {
    Action.LAPSE: "ended unanswered",
    Action.SETTLE: "closed, nobody objected",
    Action.DROP: "the series came to its end",
    Action.GONE: "closed, since somebody left",
}

_PERIODS = {
    PeriodOutcome.OPEN: "open",
    PeriodOutcome.KEPT: "done",
    PeriodOutcome.NOT_THIS_TIME: "not this time",
    PeriodOutcome.UNANSWERED: "no answer",
    PeriodOutcome.SKIPPED: "left out",
}


def event_line(event: Event, pen: Pen) -> str:
    """Return one event: day, who, what, and their own words."""
    day = pen.day(event.at.astimezone(pen.zone).date())
    if event.actor == CLOCK:
        return f"{day}: {_BY_CLOCK.get(event.verb, 'moved on')}."
    did = _DID.get(event.verb, "moved it on")
    return f"{day}: {pen.you_or(event.actor)} {did}.{pen.said(event.note)}"


def period_line(period: Period, pen: Pen) -> str:
    """Return how one date of a series went."""
    return f"{pen.day(period.date)}: {_PERIODS[period.outcome]}.{pen.said(period.note)}"


def parties_line(it: Expectation, pen: Pen) -> str:
    """Name the parties."""
    if it.requester is None:
        return f"{pen.you_or(it.owner)} took it on{pen.for_outside(it)}."
    return f"{pen.you_or(it.owner)}, for {pen.who(it.requester)}."
