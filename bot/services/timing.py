"""How long things take: a parameter of the wiring, so that fault runs can be faster."""

from dataclasses import dataclass, replace
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How fast Slack takes calls: so many a second, and so many at once after a silence."""

    per_second: float
    at_once: float

    def faster(self, times: float) -> "Rate":
        """Return a rate that refills so many times faster."""
        return replace(self, per_second=self.per_second * times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The bot's own patience; no rule that people see depends on it."""

    tick: timedelta = timedelta(seconds=1)  # how often the heartbeat plans
    poll: timedelta = timedelta(seconds=1)  # how often the dispatcher looks unasked
    lease: timedelta = timedelta(seconds=120)  # how long a claimed message is nobody else's
    quiet: timedelta = timedelta(seconds=60)  # before an unknown message is looked for
    miss_gap: timedelta = timedelta(seconds=60)  # between two looks that found nothing
    drain: timedelta = timedelta(seconds=5)  # how long a stop waits for requests in flight
    stop: timedelta = timedelta(seconds=7)  # how long it waits in all, before it closes
    send_timeout: timedelta = timedelta(seconds=10)  # of a call that nobody waits for
    ask_timeout: timedelta = timedelta(seconds=2)  # of a call that a person waits for
    backoff: timedelta = timedelta(seconds=1)  # doubled at each try that failed
    longest_backoff: timedelta = timedelta(minutes=5)
    unreachable: timedelta = timedelta(seconds=5)  # after a connection that was not made
    mendable: timedelta = timedelta(minutes=5)  # after what somebody has to mend
    slow_down: timedelta = timedelta(seconds=30)  # after a 429 that names no time
    longest_slow_down: timedelta = timedelta(hours=1)  # whatever a 429 names
    per_channel: Rate = Rate(per_second=1.0, at_once=10.0)
    per_workspace: Rate = Rate(per_second=8.0, at_once=100.0)
    in_flight: int = 50  # messages claimed and not yet recorded
    batch: int = 100  # items that one round of planning takes
    answer_within: timedelta = timedelta(seconds=2.5)  # Slack gives up after three seconds
    profile_age: timedelta = timedelta(days=1)  # after which a profile is read again
    profile_rest: timedelta = timedelta(minutes=1)  # after reading one failed; a 429 may say more
    inbox_days: int = 7  # how long the keys of what came in are kept

    def faster(self, times: float) -> "Timing":
        """Return the same protocol with patience so many times shorter, for fault runs.

        What people or Slack set stays: answers within three seconds, days of profiles and keys.
        """
        return replace(
            self,
            tick=self.tick / times,
            poll=self.poll / times,
            lease=self.lease / times,
            quiet=self.quiet / times,
            miss_gap=self.miss_gap / times,
            send_timeout=self.send_timeout / times,
            backoff=self.backoff / times,
            longest_backoff=self.longest_backoff / times,
            unreachable=self.unreachable / times,
            mendable=self.mendable / times,
            slow_down=self.slow_down / times,
            profile_rest=self.profile_rest / times,
            longest_slow_down=self.longest_slow_down / times,
            per_channel=self.per_channel.faster(times),
            per_workspace=self.per_workspace.faster(times),
        )
