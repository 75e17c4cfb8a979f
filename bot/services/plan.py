"""What falls due: lists, clocks, periods, summaries, and people read again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.notify import NewId
from bot.services.people import Directory
from bot.services.ports import Store
from bot.services.timing import Timing


@dataclass(frozen=True, slots=True)
class Plan:
    """Plans; it never sends. Each item's failure stays its own, and puts only that one off."""

    store: Store
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    new_id: NewId
    timing: Timing = Timing()

    def tick(self, workspace: int) -> int:
        """Do what is due now, a bounded batch of each kind; return how much was done."""
        raise NotImplementedError
