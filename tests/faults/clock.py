"""A clock that several processes read and one of them moves: real time and an offset in a file."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OFFSET = struct.Struct("=d")


class SharedClock:
    """Reads the time; it never stands still, and jumps when it is moved."""

    def __init__(self, path: Path, begin: datetime | None = None) -> None:
        if begin is not None:
            path.write_bytes(_OFFSET.pack(begin.timestamp() - time.time()))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _OFFSET.size)

    def __call__(self) -> datetime:
        (offset,) = _OFFSET.unpack(self._shared[:])
        return datetime.fromtimestamp(time.time() + offset, UTC)

    def move(self, to: datetime) -> None:
        """Let it be another time from now on, for all who read it."""
        self._shared[:] = _OFFSET.pack(to.timestamp() - time.time())
