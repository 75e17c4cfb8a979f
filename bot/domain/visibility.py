"""Who may see what: one function for every place that shows something."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.domain.expectation import (
    CheckIn,
    Event,
    Expectation,
    Outcome,
    Status,
    Visibility,
)
from bot.domain.goal import Goal


class View(StrEnum):
    """How much of an item somebody may see."""

    FULL = "full"
    AGREED_ONLY = "agreed_only"  # result, names, day, open or kept
    NONE = "none"  # answered like an id that does not exist


KEPT_TO_ONESELF = frozenset({CheckIn.ON_TRACK, CheckIn.LATER})
"""Check-ins that the other party never sees; nor do they see a cadence."""

_KEPT = frozenset({Outcome.KEPT, Outcome.KEPT_CHANGED})


def may_see(
    viewer: str,
    item: Expectation | Goal,
    typed_in: str | None,
    parties_under_goal: Collection[str] = (),
) -> View:
    """Return what `viewer` may see of an item in the conversation in which they asked.

    `typed_in` is a channel's id, which Slack vouches for, or None in Home and the like.
    `parties_under_goal` are the parties of the expectations under a goal.
    """
    if isinstance(item, Goal):
        return _of_goal(viewer, item, typed_in, parties_under_goal)
    if viewer in item.parties:
        return View.FULL
    shared = item.visibility is Visibility.CHANNEL and item.channel is not None
    if shared and typed_in == item.channel and shows_agreed(item):
        return View.AGREED_ONLY
    return View.NONE


def shows_agreed(expectation: Expectation) -> bool:
    """Tell whether others have something to see: agreed and open, or kept; no other end."""
    if expectation.status is Status.MET:
        return expectation.outcome in _KEPT
    return expectation.status in {Status.ACTIVE, Status.DONE}


def seen_events(viewer: str, item: Expectation, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events of an item that a party may see.

    What stays with the other does not show, nor what somebody else offered its owner alone.
    """
    return tuple(one for one in events if one.actor == viewer or not _is_others(viewer, item, one))


def _is_others(viewer: str, item: Expectation, event: Event) -> bool:
    offered = event.verb == CheckIn.OFFER_HELP and event.actor not in item.parties
    return event.verb in KEPT_TO_ONESELF or (offered and viewer != item.owner)


def _of_goal(viewer: str, goal: Goal, typed_in: str | None, parties: Collection[str]) -> View:
    if viewer in {goal.creator, goal.champion} or viewer in parties:
        return View.FULL
    shared = goal.visibility == Visibility.CHANNEL.value
    return View.FULL if shared and typed_in == goal.channel else View.NONE
