"""Faults on demand: what the Web API does wrong when a test asks it to."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.records import Json

ANY = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call goes wrong. `handled` says whether it takes effect all the same."""

    status: int = 200
    error: str | None = None
    retry_after: int | str | None = None
    """As the header says it, however absurd; None: there is no such header."""
    delay: float = 0.0
    drop: bool = False
    """The connection is reset instead of an answer."""
    half: bool = False
    """The answer ends in its middle: fewer bytes than its Content-Length says."""
    trickle: float = 0.0
    """Seconds between two bytes of an answer that never ends."""
    garbage: bool = False
    handled: bool = True

    @classmethod
    def http(cls, status: int, *, handled: bool = False) -> Fault:
        """Answer with an HTTP status such as 500 or 503."""
        return cls(status=status, handled=handled)

    @classmethod
    def slack_error(cls, code: str, *, handled: bool = False) -> Fault:
        """Answer `ok: false` with a code such as `fatal_error`."""
        return cls(error=code, handled=handled)

    @classmethod
    def rate_limited(cls, retry_after: int | str | None = 1) -> Fault:
        """Answer 429 with Retry-After in seconds, or as it is given, or without it."""
        return cls(status=429, error="ratelimited", retry_after=retry_after, handled=False)

    @classmethod
    def slow(cls, seconds: float, *, handled: bool = True) -> Fault:
        """Answer rightly, but late; a client that waits less times out."""
        return cls(delay=seconds, handled=handled)

    @classmethod
    def drop_before(cls) -> Fault:
        """Reset the connection with nothing done."""
        return cls(drop=True, handled=False)

    @classmethod
    def drop_after(cls) -> Fault:
        """Reset the connection after the call took effect."""
        return cls(drop=True)

    @classmethod
    def cut(cls, *, handled: bool = True) -> Fault:
        """Send half of an answer and close the connection."""
        return cls(half=True, handled=handled)

    @classmethod
    def trickling(cls, seconds: float, *, handled: bool = True) -> Fault:
        """Answer a byte every so many seconds, for ever."""
        return cls(trickle=seconds, handled=handled)

    @classmethod
    def garbled(cls, *, handled: bool = True) -> Fault:
        """Answer with something that is no JSON."""
        return cls(garbage=True, handled=handled)


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    left: int
    when: Callable[[Json], bool] | None


class Faults:
    """The faults still to come; each is used as often as it was planned for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[_Planned] = []

    def add(
        self,
        method: str,
        fault: Fault,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> None:
        """Plan a fault for the next `times` calls of a method (`*`: any) whose arguments fit."""
        with self._lock:
            self._planned.append(_Planned(method, fault, times, when))

    def clear(self) -> None:
        """Forget all faults still to come."""
        with self._lock:
            self._planned.clear()

    def take(self, method: str, args: Json) -> Fault | None:
        """Return the fault for this call, if one is planned."""
        with self._lock:
            for planned in self._planned:
                fits = planned.method in (ANY, method) and planned.left > 0
                if fits and (planned.when is None or planned.when(args)):
                    planned.left -= 1
                    return planned.fault
            return None
