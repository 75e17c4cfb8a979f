"""What the domain refuses, as types; the Slack layer words them."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.due import Due


class WinwinError(Exception):
    """The base of every refusal that a person caused and can mend."""


@dataclass
class NotAllowedError(WinwinError):
    """The table has no such move from here: the expectation has moved on, or never had it."""

    number: int
    action: str
    reason: str = ""  # a key that the words know, e.g. due_passed, too_early, has_open_remedy


@dataclass
class NotYoursError(WinwinError):
    """The move exists, but it is somebody else's."""

    number: int
    action: str
    whose: tuple[str, ...] = ()  # user ids of those who may


@dataclass
class StaleError(WinwinError):
    """What was pressed shows other terms than the present ones."""

    number: int


@dataclass
class UnknownIdError(WinwinError):
    """No such item, or none that this person may see: one answer for both."""

    id: str


@dataclass
class InvalidInputError(WinwinError):
    """A field's value cannot be taken; `errors` maps field names to sentences."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class PersonError(WinwinError):
    """A person cannot be asked: a bot, gone, of another organisation, or oneself."""

    user: str
    reason: str  # bot, gone, stranger, self, unknown; outside: who asks is a stranger


@dataclass
class PastDueError(WinwinError):
    """A due that is past where one of the two is; `readings` are days to choose instead."""

    due: Due
    user: str  # in whose zone it is past
    readings: tuple[Due, ...] = ()


@dataclass
class NotInChannelError(WinwinError):
    """The bot may not post in a channel; nothing was saved. The reply says /invite."""

    channel: str
    code: str  # Slack's word


@dataclass
class HeldBackError(WinwinError):
    """Slack has asked not to be called before a moment; nothing was saved."""

    until: datetime


@dataclass
class NoChannelError(WinwinError):
    """It concerns a channel and was typed elsewhere."""

    what: str = ""  # what belongs to a channel, where that has words of its own


class AlreadySharedError(WinwinError):
    """Both shared it: it has been read, and cannot be taken back."""
