"""How long things take: a parameter of the wiring, so that fault runs can be faster."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The bot's own patience; no rule that people see depends on it."""

    tick: timedelta = timedelta(seconds=1)  # how often the heartbeat plans
    poll: timedelta = timedelta(seconds=1)  # how often the dispatcher looks unasked
    lease: timedelta = timedelta(seconds=120)  # how long a claimed message is nobody else's
    quiet: timedelta = timedelta(seconds=60)  # before an unknown message is looked for
    miss_gap: timedelta = timedelta(seconds=60)  # between two looks that found nothing
    drain: timedelta = timedelta(seconds=5)  # how long a stop waits for what is in flight
    in_flight: int = 8  # messages claimed at once
    batch: int = 100  # items that one round of planning takes
    answer_within: timedelta = timedelta(seconds=2.5)  # Slack gives up after three seconds
    profile_age: timedelta = timedelta(days=1)  # after which a profile is read again
    inbox_days: int = 7  # how long the keys of what came in are kept
