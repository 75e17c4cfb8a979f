"""A story told in Berlin: Ren (owner) and Lena (requester), from Monday 23 November 2026."""

from dataclasses import replace
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from bot.domain.conversation import (
    Change,
    Details,
    People,
    apply,
    at_next_slot,
    check_in,
    clock_action,
    open_expectation,
    reached,
)
from bot.domain.due import Due
from bot.domain.expectation import CLOCK, Action, CheckIn, Expectation, Kind, Seen, Visibility
from bot.domain.member import Member
from bot.domain.terms import Wording

BERLIN = ZoneInfo("Europe/Berlin")
REN = "U0REN"
LENA = "U0LENA"
FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"


def at(text: str) -> datetime:
    """Read "11-25 10:00" as a moment in Berlin in 2026; "2027-01-04 10:00" names its year."""
    full = text if text.startswith("20") else f"2026-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=BERLIN)


def day(text: str) -> Due:
    """Read "11-27" as a due day in 2026; "2027-01-04" names its year."""
    return Due(date.fromisoformat(text if text.startswith("20") else f"2026-{text}"))


def hour(text: str) -> Due:
    """Read "11-27 17:00" as a due hour in Berlin."""
    return Due(at(text))


def people(*, alone: bool = False) -> People:
    """Return Ren and Lena, Monday to Friday, or Ren alone."""
    ren = Member(user=REN, name="Ren", zone=BERLIN)
    lena = Member(user=LENA, name="Lena", zone=BERLIN)
    return People(owner=ren, requester=None if alone else lena)


class Story:
    """An expectation and what happens to it, one line a step."""

    def __init__(
        self,
        kind: Kind = Kind.REQUEST,
        due: Due | None = None,
        *,
        rrule: str | None = None,
        opened: str = "11-23 10:00",
        remedy_of: int | None = None,
        number: int = 42,
        tell_channel: bool = False,
    ) -> None:
        self.people = people(alone=kind is Kind.COMMITMENT)
        self.change = open_expectation(
            kind=kind,
            number=number,
            wording=Wording(result="ship billing API"),
            due=due or day("11-27"),
            people=self.people,
            by=LENA if kind is Kind.REQUEST else REN,
            at=at(opened),
            rrule=rrule,
            channel="C1",
            visibility=Visibility.CHANNEL,
            remedy_of=remedy_of,
            tell_channel=tell_channel,
        )

    @property
    def now(self) -> Expectation:
        return self.change.after

    def away(self, user: str, until: str, since: str | None = None) -> Self:
        """Let somebody be away until their day of return."""
        first = date.fromisoformat(f"2026-{since}") if since else None
        back = date.fromisoformat(until if until.startswith("20") else f"2026-{until}")
        owner, requester = self.people.owner, self.people.requester
        if user == REN:
            owner = replace(owner, away_from=first, away_until=back)
        elif requester is not None:
            requester = replace(requester, away_from=first, away_until=back)
        self.people = People(owner=owner, requester=requester)
        return self

    def did(
        self,
        action: Action,
        by: str,
        when: str,
        *,
        details: Details | None = None,
        seen: Seen | None = None,
        keep_private: bool = False,
        untell: bool = False,
    ) -> Self:
        """Let somebody make a move."""
        self.change = apply(
            self.now,
            action,
            by=by,
            at=at(when),
            people=self.people,
            last_event=self.change.event.seq,
            details=details or Details(note="words"),
            seen=seen,
            keep_private=keep_private,
            untell=untell,
        )
        return self

    def suggested(self, by: str, when: str, due: Due) -> Self:
        return self.did(Action.CHANGE, by, when, details=Details(due=due))

    def done(self, when: str, finished_on: Due | None = None) -> Self:
        return self.did(Action.DONE, REN, when, details=Details(finished_on=finished_on))

    def agreed(self, when: str = "11-23 11:00") -> Self:
        """Let who is awaited accept; a series starts on the Friday."""
        who = self.now.awaited
        assert who is not None
        slot = day("11-27") if self.now.is_series else None
        return self.did(Action.ACCEPT, who, when, details=Details(next_slot=slot))

    def said(self, kind: CheckIn, by: str, when: str) -> Self:
        self.change = check_in(self.now, kind, by=by, at=at(when), last_event=self.change.event.seq)
        return self

    def reached(self, what: str, when: str) -> Self:
        """Let a message arrive."""
        match what:
            case "proposal" | "pending" | "report" | "overdue":
                after = reached(self.now, what, at(when))
            case _:
                raise ValueError(what)
        self.change = Change(before=self.now, after=after, event=self.change.event)
        return self

    def moved_on(self, slot: Due) -> Self:
        """Let a series go on to its next slot."""
        after = at_next_slot(self.now, slot, self.people)
        self.change = Change(before=self.now, after=after, event=self.change.event)
        return self

    def clock(self, when: str) -> Action | None:
        """Tell what the clock would do."""
        return clock_action(self.now, at(when), self.people)

    def ticked(self, when: str) -> Self:
        """Let the clock do what it would do."""
        action = self.clock(when)
        assert action is not None
        return self.did(action, CLOCK, when)
