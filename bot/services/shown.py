"""What a post showed when it was made, and whether that is still so."""

from collections.abc import Mapping

from bot.domain.expectation import Event, Expectation, Outcome, Status
from bot.domain.member import Member
from bot.domain.messages import Held, Message, Moment

_TERMS = frozenset({"status", "version"})
_PENDING = frozenset({"status", "pending"})
_REPORT = frozenset({"status", "report"})
_ALL = frozenset({"status", "version", "pending", "report"})
_STATUS = frozenset({"status"})

_HANGS_ON: Mapping[Moment, frozenset[str]] = {
    Moment.PROPOSAL: _TERMS,
    Moment.OFFER: _TERMS,
    Moment.REMEDY: _TERMS,
    Moment.SUGGESTED_CHANGE: _TERMS,
    Moment.CHANGE_TO_AGREED: _PENDING,
    Moment.ASKS_TO_BE_LET_GO: _PENDING,
    Moment.QUESTION: _STATUS,
    Moment.ANSWER: _ALL,
    Moment.DONE: _REPORT,
    Moment.YOUR_DONE: _REPORT,
    Moment.RETURNED: _ALL,
    Moment.AT_RISK: _ALL,
    Moment.NEED_HELP: _ALL,
    Moment.HELP_OFFERED: _ALL,
    Moment.HOUR_BEFORE: _TERMS,
    Moment.ASK_LATER: _TERMS,
    Moment.CHANGED_IN_TIME: _ALL,
    Moment.KEPT_AS_IT_WAS: _ALL,
    Moment.CHANGE_LAPSED: _ALL,
    Moment.NOT_DELIVERED: _TERMS,
}
"""What a moment's buttons are about; a moment that is not here lasts while the status does."""

_ASKS_TO_MEND = frozenset({Moment.NOT_KEPT, Moment.COULD_NOT})

_CARDS = frozenset(
    {Moment.PROPOSAL, Moment.OFFER, Moment.REMEDY, Moment.SUGGESTED_CHANGE, Moment.AGREED}
)
"""The moments whose post becomes the owner's card of what was agreed."""

_ON_TIME = frozenset({Outcome.KEPT, Outcome.KEPT_CHANGED})


def marks(expectation: Expectation) -> dict[str, str]:
    """Return what a post made now shows, to be kept with it."""
    seen = expectation.seen
    return {
        "status": expectation.status.value,
        "version": str(seen.version),
        "pending": str(seen.pending),
        "report": str(seen.report),
    }


def is_current(message: Message | Held, expectation: Expectation, event: Event | None) -> bool:
    """Tell whether what a post, or a held notice, asks or says is still so."""
    if message.moment in _ASKS_TO_MEND and (
        expectation.outcome is not Outcome.MISSED or expectation.open_remedy is not None
    ):
        return False
    if message.moment is Moment.QUESTION:
        question = expectation.question
        if question is None or event is None or question.at != event.at:
            return False
    now = marks(expectation)
    parts = _HANGS_ON.get(message.moment, _STATUS)
    return all(message.args.get(part, now[part]) == now[part] for part in parts)


def card_moment(
    message: Message, expectation: Expectation, reader: Member, agreed_version: int | None
) -> Moment | None:
    """Return what the post of the owner's yes, or of the yes to the owner, has become.

    It carries Done and the menu while agreed, then Undo, then how it ended; None: it is no card.
    The post in which its requester said that it fits says how it ended.
    """
    if message.moment is Moment.DONE and reader.user == expectation.requester:
        return _ended(expectation)
    if reader.user != expectation.owner or message.moment not in _CARDS:
        return None
    if agreed_version is None or message.args.get("version") != str(agreed_version):
        return None
    if expectation.status is Status.ACTIVE:
        return Moment.AGREED
    if expectation.status is Status.DONE:
        return Moment.YOUR_DONE
    return _ended(expectation)


def _ended(expectation: Expectation) -> Moment | None:
    """Return how something met is told; None where it is not met."""
    if expectation.status is not Status.MET:
        return None
    punctual = expectation.outcome in _ON_TIME and not expectation.unconfirmed
    return Moment.KEPT if punctual else Moment.CLOSED
