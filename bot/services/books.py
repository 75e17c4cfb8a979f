"""What the services need from the store besides people, expectations, goals and messages."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.domain.asides import Aside, AskedAside
from bot.domain.channel import Channel
from bot.domain.charter import Charter, CharterVersion
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.shared import Shown, Source
from bot.domain.own_words import OwnWords
from bot.domain.pulse import Answers, Pulse
from bot.domain.thanks import Thanks


class Inbox(Protocol):
    """Keys of what came in and changed something, with what the answer showed; kept 7 days."""

    def answer(self, key: str) -> Mapping[str, str] | None: ...
    def record(self, key: str, answer: Mapping[str, str], at: datetime) -> None: ...
    def forget(self, before: datetime) -> int: ...


class Times(Protocol):
    """Stored times that hold only while the clock goes forward."""

    def planned_at(self) -> datetime | None: ...
    def note(self, at: datetime) -> None:
        """Note that planning has come this far."""
        ...

    def pull_back(self, at: datetime, leased_until: datetime) -> None:
        """Let nothing wait for a moment that only a clock which ran ahead has known."""
        ...


class ThanksBook(Protocol):
    """Thanks."""

    def add(self, thanks: Thanks) -> Thanks:
        """Insert with the next number of its own."""
        ...

    def get(self, number: int) -> Thanks | None: ...
    def save(self, thanks: Thanks) -> None: ...
    def in_channel(self, channel: str, since: datetime, until: datetime) -> list[Thanks]: ...


class Asides(Protocol):
    """The asides that were asked."""

    def add(self, asked: AskedAside) -> bool:
        """Note one that was asked, unless it is noted; tell whether it was new."""
        ...

    def get(self, user: str, kind: Aside, key: str) -> AskedAside | None: ...
    def among(self, user: str, kind: Aside, keys: Collection[str]) -> set[str]:
        """Return those of the keys that somebody was asked."""
        ...

    def of_message(self, message: str) -> list[AskedAside]: ...
    def last(self, user: str, kinds: Collection[Aside]) -> dict[Aside, datetime]:
        """Return when somebody was last asked each of these kinds, where they ever were."""
        ...


class FiguresBook(Protocol):
    """What figures are counted from, by owner; what a channel was shown; notes to its balance."""

    def ended(self, channel: str, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return what ended in the channel and counts: ended, kept, changed."""
        ...

    def reminders(self, channel: str, since: datetime, until: datetime) -> int: ...
    def agreed(self, channel: str, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return what was agreed in the channel: agreed, both_gain."""
        ...

    def open_work(self, channel: str) -> dict[str, int]: ...
    def shown(self, channel: str) -> dict[Source, Shown]: ...
    def show(self, channel: str, source: Source, shown: Shown) -> None: ...
    def notes(self, channel: str, on: date) -> list[BalanceNote]: ...
    def save_note(self, note: BalanceNote) -> None: ...
    def drop_note(self, channel: str, user: str) -> None: ...


class OwnWordsBook(Protocol):
    """What parties added in their own words."""

    def add(self, words: OwnWords) -> None: ...
    def about(self, number: int) -> list[OwnWords]:
        """Return all about an expectation, the oldest first."""
        ...

    def note_read_back(self, words: OwnWords) -> None:
        """Fill in when they were read back, once."""
        ...


class CharterBook(Protocol):
    """Channels' charters, their versions, and who agreed."""

    def get(self, channel: str) -> Charter | None: ...
    def get_for_update(self, channel: str) -> Charter | None: ...
    def version(self, channel: str, version: int) -> CharterVersion | None: ...
    def add_version(self, channel: str, words: CharterVersion) -> None: ...
    def save(self, charter: Charter) -> None:
        """Insert or update all but the words, which `add_version` has stored."""
        ...

    def agree(self, channel: str, version: int, user: str, at: datetime) -> bool: ...
    def take_back(self, channel: str, version: int, user: str) -> bool: ...
    def agreed(self, channel: str, version: int) -> list[str]:
        """Return who agreed to a version, the first one first."""
        ...

    def to_review(self, author: str, day: date, limit: int) -> list[Charter]:
        """Return those whose present words somebody wrote and whose review day has come."""
        ...


class PulseBook(Protocol):
    """The monthly pulse: counts, and while a month is open who has answered."""

    def answer(self, channel: str, month: date, user: str, answers: Answers) -> bool:
        """Add answers to the counts; tell whether they were: not twice, nor to a closed month."""
        ...

    def has_answered(self, channel: str, month: date, user: str) -> bool: ...
    def close(self, at: datetime) -> int:
        """End the months that are over: forget who answered, and counts of too few."""
        ...

    def released(self, channel: str, since: datetime, until: datetime) -> list[Pulse]:
        """Return what may be shown of the months that ended from `since` to before `until`."""
        ...

    def in_it(self, channel: str, since: datetime) -> set[str]:
        """Return the parties of the channel's shared agreements that were open since then."""
        ...


class Channels(Protocol):
    """Channels and their summaries."""

    def get(self, channel: str) -> Channel | None: ...
    def get_for_update(self, channel: str) -> Channel | None: ...
    def save(self, channel: Channel) -> None: ...
    def summed_up(self) -> list[str]:
        """Return the channels that have a weekly summary."""
        ...

    def due_for_summary(self, at: datetime, limit: int) -> list[Channel]: ...
