"""Where something is said: the channel as stored, and who may see what is made there."""

from dataclasses import replace

from bot.domain.channel import Channel
from bot.domain.expectation import Visibility
from bot.services.actor import Actor
from bot.services.ports import UnitOfWork

UNDER_GOAL = 500
"""So many expectations under a goal are looked at."""


def default_visibility(actor: Actor) -> Visibility:
    """Return who may see what is made here where nothing else was chosen."""
    return Visibility.CHANNEL if actor.in_channel else Visibility.PRIVATE


def note_channel(uow: UnitOfWork, actor: Actor) -> None:
    """Store the conversation in which something was made; its name may have changed."""
    if actor.channel is None:
        return
    stored = uow.channels.get(actor.channel)
    if stored is None:
        name = actor.channel_name or actor.channel
        uow.channels.save(Channel(channel=actor.channel, name=name, kind=actor.channel_kind))
        return
    said = (actor.channel_name or stored.name, actor.channel_kind)
    if said != (stored.name, stored.kind):
        locked = uow.channels.get_for_update(actor.channel) or stored
        uow.channels.save(replace(locked, name=said[0], kind=said[1]))


def parties_under(uow: UnitOfWork, goal: int) -> frozenset[str]:
    """Return the parties of what is under a goal: they see it anywhere."""
    items = uow.expectations.of_goal(goal, UNDER_GOAL)
    return frozenset(user for item in items for user in item.parties)
