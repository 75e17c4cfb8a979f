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
    retry_after: int | None = None
    delay: float = 0.0
    drop: bool = False
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
    def rate_limited(cls, retry_after: int = 1) -> Fault:
        """Answer 429 with Retry-After in seconds."""
        return cls(status=429, error="ratelimited", retry_after=retry_after, handled=False)

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """Answer rightly, but late."""
        return cls(delay=seconds)

    @classmethod
    def drop_before(cls) -> Fault:
        """Break the connection with nothing done."""
        return cls(drop=True, handled=False)

    @classmethod
    def drop_after(cls) -> Fault:
        """Break the connection after the call took effect."""
        return cls(drop=True)

    @classmethod
    def garbled(cls) -> Fault:
        """Do what was asked and answer with something that is no JSON."""
        return cls(garbage=True)


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
