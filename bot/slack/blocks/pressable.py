"""Who may press what is no row of the table: by their role, and by what there is."""

from collections.abc import Callable, Mapping

from bot.domain.expectation import CLOCK, Status
from bot.domain.forgetting import is_tombstone
from bot.domain.messages import Moment
from bot.domain.views import CardView
from bot.slack.blocks import same_page, worth_remembering
from bot.slack.ids import Verb


def talks_to(view: CardView) -> str | None:
    """Return whom *Talk it over* leads to: the other, or whoever offers help."""
    event = view.event
    if view.moment is Moment.HELP_OFFERED and event is not None and event.actor != CLOCK:
        return event.actor
    return view.expectation.other(view.reader.user)


def _is_owners(view: CardView) -> bool:
    it = view.expectation
    return it.status is Status.ACTIVE and view.reader.user == it.owner


def _is_owners_to_tell(view: CardView) -> bool:
    return _is_owners(view) and not view.expectation.is_commitment


def _is_helpers(view: CardView) -> bool:
    it = view.expectation
    return it.status is Status.ACTIVE and view.reader.user == it.requester


def _has_other(view: CardView) -> bool:
    other = talks_to(view)
    return other is not None and not is_tombstone(other)


def _may_be_thanked(view: CardView) -> bool:
    other = view.expectation.other(view.reader.user)
    return other is not None and not is_tombstone(other)


def _may_ask_again(view: CardView) -> bool:
    it = view.expectation
    return view.reader.user in {it.requester, it.terms.author}


CHECKS: Mapping[Verb, Callable[[CardView], bool]] = {
    Verb.TALK: _has_other,
    Verb.SAY_THANKS: _may_be_thanked,
    Verb.ASK_AGAIN: _may_ask_again,
    Verb.ON_TRACK: _is_owners,
    Verb.LATER: _is_owners,
    Verb.WHY: _is_owners,
    Verb.AT_RISK: _is_owners_to_tell,
    Verb.NEED_HELP: _is_owners_to_tell,
    Verb.OFFER_HELP: _is_helpers,
    Verb.READ_BACK: same_page.may_read_back,
    Verb.NOT_QUITE: same_page.may_say_otherwise,
    Verb.ADD_WORDS: same_page.may_add,
    Verb.WHAT_CHANGED: same_page.has_versions,
    Verb.REMEMBER: worth_remembering.may_write,
    Verb.SHARE_LEARNT: worth_remembering.may_share_too,
}
"""Verbs that only some may press, with the check; the others are open to all."""
