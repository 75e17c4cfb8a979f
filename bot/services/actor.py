"""Who acts, where, and under which key what they sent is known."""

from collections.abc import Callable
from dataclasses import dataclass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who sent something; Slack vouches for all of it.

    `key` is the inbox key: Slack may deliver the same thing twice, and the second time has no
    second effect. None where nothing can be delivered again (reading, the playground's calls).
    """

    workspace: int
    user: str
    channel: str | None = None  # where it was typed or pressed
    channel_kind: str = "im"  # channel, private, im or mpim
    channel_name: str = ""
    key: str | None = None
    expired: Callable[[], bool] = _never  # whether Slack has stopped waiting for the answer

    @property
    def in_channel(self) -> bool:
        """Tell whether it was said in a channel, where others may read along."""
        return self.channel is not None and self.channel_kind in {"channel", "private"}
