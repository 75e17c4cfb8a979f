"""What happened in a channel in a week."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCounts:
    """What happened in a channel in a period, of what its members may see."""

    agreed: int  # requests and offers whose terms were accepted for the first time
    kept: int  # confirmed by the other side
    changed_in_time: int  # of those, after an early change
    under_way: int  # agreed and not closed, now
    due: int  # closed, or fell due
