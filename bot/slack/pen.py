"""How one reader is written to: people, items, dates and quotations in that reader's terms."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.due import Due
from bot.domain.expectation import Expectation
from bot.domain.forgetting import SOMEBODY, is_tombstone
from bot.domain.member import Member
from bot.domain.views import People
from bot.slack.recurrence import rule_in_words
from bot.slack.text import city, date_token, day_in_words, hour_in_words, typed

ITEM_LIMIT = 1500
"""A result of 300 characters, each of them escaped to five."""
NOTE_LIMIT = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes for one reader, or for a channel's (`reader` None: names instead of mentions).

    `tokens` writes instants as Slack's own dates, for blocks; top-level texts hold dates written
    out.
    """

    reader: str | None
    zone: ZoneInfo
    people: People
    now: datetime
    tokens: bool = False
    item_limit: int = ITEM_LIMIT
    note_limit: int = NOTE_LIMIT

    @classmethod
    def of(cls, reader: Member, people: People, now: datetime) -> "Pen":
        """Return the pen that writes to a member."""
        return cls(reader=reader.user, zone=reader.zone, people=people, now=now)

    def in_blocks(self) -> "Pen":
        """Return the same pen for text that stands in blocks."""
        return replace(self, tokens=True)

    def brief(self) -> "Pen":
        """Return the same pen for lines of a list."""
        return replace(self, item_limit=200, note_limit=150)

    @property
    def today(self) -> date:
        """The reader's calendar day."""
        return self.now.astimezone(self.zone).date()

    def who(self, user: str | None) -> str:
        """Name a person: a mention to a reader, a name in a channel, so that nobody is pinged."""
        if user is None:
            return "the channel"
        if is_tombstone(user):
            return SOMEBODY
        if self.reader is None:
            return self.name(user)
        return f"<@{user}>"

    def you_or(self, user: str) -> str:
        """Name a person at the start of a sentence, the reader as You."""
        if is_tombstone(user):
            return SOMEBODY.capitalize()
        return "You" if user == self.reader else self.who(user)

    def name(self, user: str) -> str:
        """Return a person's name, escaped; their id where it is not known."""
        member = self.people.get(user)
        return typed(member.name if member else user, 80)

    def people_list(self, users: tuple[str, ...]) -> str:
        """Name several people."""
        named = [self.who(user) for user in users]
        if len(named) == 1:
            return named[0]
        return f"{', '.join(named[:-1])} and {named[-1]}"

    def item(self, expectation: Expectation) -> str:
        """Return {item}: it stands apart, whatever language it is in."""
        return f"*{typed(expectation.terms.wording.result, self.item_limit)}* ({expectation.id})"

    def for_outside(self, it: Expectation) -> str:
        """Say whom a commitment is for who is not in Slack; nothing where it names nobody."""
        return f", for {typed(it.outside, 80)} (not in Slack)" if it.outside else ""

    def quote(self, text: str) -> str:
        """Quote people's own words."""
        return f"“{typed(text, self.note_limit)}”"

    def said(self, text: str) -> str:
        """Quote people's own words after a sentence; nothing where there are none."""
        return f" {self.quote(text)}" if text.strip() else ""

    def channel(self, channel: str) -> str:
        """Name a channel."""
        return f"<#{channel}>"

    def day(self, day: date) -> str:
        """Write a day out."""
        return day_in_words(day, self.today)

    def at(self, instant: datetime) -> str:
        """Write an instant out, in the reader's zone."""
        words = hour_in_words(instant, self.zone, self.now)
        return date_token(instant, words) if self.tokens else words

    def when(self, due: Due, owner: str) -> str:
        """Write a due out: an hour in the reader's zone, a day as the owner's day."""
        if isinstance(due.wall, datetime):
            return self.at(due.wall)
        return self.day(due.wall) + self._whose_day(due, owner)

    def _whose_day(self, due: Due, owner: str) -> str:
        member = self.people.get(owner)
        if member is None or is_tombstone(owner):
            return ""
        if due.ends_at(member.zone) == due.ends_at(self.zone):
            return ""
        return f" ({city(member.zone)} time)"

    def by(self, expectation: Expectation) -> str:
        """Return `by {when}`, or a series' rule and its next slot."""
        return self.by_terms(expectation.due, expectation.terms.rrule, expectation.owner)

    def by_terms(self, due: Due, rrule: str | None, owner: str) -> str:
        """Return `by {when}`, or a series' rule and its first slot."""
        when = self.when(due, owner)
        if rrule is None:
            return f"by {when}"
        return f"{rule_in_words(rrule, self.today)}, next on {when}"

    def for_other(self, other: Member) -> "Pen":
        """Return the pen that writes dates as another person reads them."""
        return replace(self, zone=other.zone, tokens=False)
