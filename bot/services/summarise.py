"""A channel's week: what was agreed, kept and changed, for those who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.channel import Channel
from bot.domain.errors import WinwinError
from bot.domain.views import SummaryView
from bot.services.actor import Actor
from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.ports import Renderer, Slack, Store


@dataclass
class NotInChannelError(WinwinError):
    """The bot may not post there; nothing was saved. The reply says /invite."""

    channel: str
    code: str  # Slack's word


@dataclass
class NoChannelError(WinwinError):
    """Summaries are of channels; this was typed elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """What became of a command about the summary."""

    view: SummaryView  # of the week so far
    posted: bool  # False: there is nothing to say, or it is only shown
    channel: Channel  # as stored now; its `summary` says when the next one is


@dataclass(frozen=True, slots=True)
class Summarise:
    """Sums up weeks; a first post is the test whether the bot may post."""

    store: Store
    directory: Directory
    slack: Slack
    renderer: Renderer
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId

    def view(
        self, workspace: int, channel: str, first: date, last: date, *, by: str | None
    ) -> SummaryView:
        """Gather a channel's period, both days included, in the zone of its summary."""
        raise NotImplementedError

    def preview(self, actor: Actor) -> Summed:
        """Show the week so far, to the actor alone."""
        raise NotImplementedError

    def now(self, actor: Actor) -> Summed:
        """Post the week so far, also where nothing was set up; raise NotInChannelError."""
        raise NotImplementedError

    def here(self, actor: Actor, weekday: int, hour: time) -> Summed:
        """Post the week so far and then each week; where that post fails nothing is saved."""
        raise NotImplementedError

    def off(self, actor: Actor) -> Channel | None:
        """Post no more; None where nothing was set up."""
        raise NotImplementedError
