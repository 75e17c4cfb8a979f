"""The outbox is sent: claim, post, classify, record; no loss, no duplicate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.views import HomeView
from bot.services.notify import NewId
from bot.services.ports import Renderer, Slack, Store
from bot.services.timing import Timing


@dataclass(frozen=True, slots=True)
class Send:
    """Sends what is due in one workspace."""

    store: Store
    slack: Slack
    renderer: Renderer
    home: Callable[[int, str], HomeView]  # workspace and user; Look.home
    clock: Callable[[], datetime]
    new_id: NewId
    timing: Timing = Timing()

    def run(self, workspace: int) -> int:
        """Send a claimed batch; return how many messages were dealt with, 0 when none was due."""
        raise NotImplementedError
