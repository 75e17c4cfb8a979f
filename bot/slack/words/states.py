"""Where an expectation stands, in words: never the code's own."""

from bot.domain.expectation import Expectation, Outcome, PendingKind, Status
from bot.slack.pen import Pen

_ENDED = {
    Status.DECLINED: "declined",
    Status.WITHDRAWN: "taken back",
    Status.LAPSED: "ended unanswered",
    Status.RELEASED: "let go",
    Status.HANDED_BACK: "said in time that it cannot be done",
    Status.UNSETTLED: "seen differently",
}


def state(expectation: Expectation, pen: Pen) -> str:
    """Return the state's word: waiting for {who}, agreed, kept, let go, and so on."""
    status = expectation.status
    if status is Status.PROPOSED:
        return f"waiting for {_you_or(expectation.awaited, pen)}"
    if status is Status.ACTIVE:
        return _agreed(expectation, pen)
    if status is Status.DONE:
        looker = _you_or(expectation.requester, pen)
        return f"done, {looker} look" + ("" if looker == "you" else "s")
    if status is Status.MET:
        return "closed" if _is_plain_close(expectation) else "kept"
    if status is Status.MISSED:
        return _missed(expectation)
    return _ENDED[status]


def _agreed(expectation: Expectation, pen: Pen) -> str:
    pending = expectation.pending
    if pending is None:
        return "agreed"
    waiting = _you_or(expectation.other(pending.author), pen)
    change = "a suggested change" if pending.kind is PendingKind.TERMS else "letting it go"
    return f"agreed; {change} waits for {waiting}"


def _missed(expectation: Expectation) -> str:
    if expectation.outcome is Outcome.FORGIVEN:
        return "settled"
    return "put right" if expectation.outcome is Outcome.REPAIRED else "not kept"


def _is_plain_close(expectation: Expectation) -> bool:
    return expectation.outcome is Outcome.LATE or expectation.unconfirmed


def _you_or(user: str | None, pen: Pen) -> str:
    if user is None:
        return "nobody"
    return "you" if user == pen.reader else pen.who(user)


def present(expectation: Expectation, pen: Pen) -> list[str]:
    """Return what a message says once its moment has passed: the present state."""
    item, status = pen.item(expectation), expectation.status
    if status is Status.MET and expectation.requester is not None:
        return [f"{item}: {_met(expectation, pen)}"]
    if status is Status.LAPSED:
        return [f"{item}: ended unanswered. It counts nowhere."]
    if status is Status.ACTIVE:
        item += pen.for_outside(expectation)
        return [f"{item}, {pen.by(expectation)}: {state(expectation, pen)}."]
    return [f"{item}: {state(expectation, pen)}."]


def _met(expectation: Expectation, pen: Pen) -> str:
    mends = expectation.remedy_of
    text = _closed(expectation, pen)
    return text if mends is None else f"{text} E-{mends} is put right."


def _closed(expectation: Expectation, pen: Pen) -> str:
    who = expectation.requester or ""
    fits = "You say it fits." if who == pen.reader else f"{pen.who(who)} says it fits."
    if not _is_plain_close(expectation):
        return f"kept. {fits} Nothing more to do."
    return "closed. Nobody objected." if expectation.unconfirmed else f"closed. {fits}"


def agreed_line(expectation: Expectation, pen: Pen) -> str:
    """Return what others may read of it: result, names, day, open or kept."""
    who = pen.who(expectation.owner)
    if expectation.requester is not None:
        who += f", for {pen.who(expectation.requester)}"
    who += pen.for_outside(expectation)
    word = "kept" if expectation.status is Status.MET else "open"
    return f"{pen.item(expectation)}: {who}, {pen.by(expectation)}; {word}."
