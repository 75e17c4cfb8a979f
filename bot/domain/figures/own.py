"""One's own figures: read by oneself alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCounts:
    """What somebody owned, requests and offers only, that ended in a period and counts."""

    finished: int
    kept: int
    changed: int  # of the kept, after an early change
