"""A workspace as the sender serves it."""

from dataclasses import dataclass

from bot.services.ports import Renderer, Slack
from bot.services.reconcile import Reconcile


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A workspace, how it is spoken to, and who looks there for posts of unknown fate."""

    workspace: int
    slack: Slack
    renderer: Renderer
    reconcile: Reconcile
