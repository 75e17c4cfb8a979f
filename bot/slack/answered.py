"""Which lines were answered lately: Slack delivers an event again, and one answer is enough."""

import threading
from collections import OrderedDict

_MOST = 10_000


class Answered:
    """The keys of what this process answered with a message of its own.

    After a restart a line may be answered once more: its answer may never have been sent.
    """

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_first(self, key: str) -> bool:
        """Tell whether a key comes for the first time, and keep it."""
        with self._lock:
            if key in self._keys:
                return False
            self._keys[key] = None
            if len(self._keys) > _MOST:
                self._keys.popitem(last=False)
            return True
