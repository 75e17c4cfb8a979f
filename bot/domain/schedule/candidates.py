"""What a list may ask about, and what it asks: the values that its rules work on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from bot.domain.expectation import Expectation, Period, Question
from bot.domain.member import Member
from bot.domain.messages import Asked, Prompt
from bot.domain.schedule.local import local_day
from bot.domain.schedule.workdays import nth_workday

QUESTION_STOPS_WORKDAYS = 5
"""So long an unanswered question spares whoever asked it."""


class Urgency(IntEnum):
    """What comes first in a list."""

    OVERDUE = 0
    DUE_TODAY = 1
    DUE_SOON = 2
    TO_ANSWER = 3
    TO_CHOOSE = 4  # what to do about another's that is overdue
    TO_LOOK_AT = 5  # what another reported
    UNANSWERED = 6  # another owes the answer
    UNDER_WAY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An open expectation that the member is a party to, and what was asked about it so far."""

    expectation: Expectation
    other: Member | None = None  # the other party; None for a commitment
    asked: tuple[Asked, ...] = ()  # earlier prompts to this member about it
    last_said: datetime | None = None  # the member's own last check-in
    periods: tuple[Period, ...] = ()  # a series' latest ones
    trusted: bool = False  # the last five between the two were kept: its owner is asked once


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a list asks; `prompt`, `key` and `ordinal` are never asked twice."""

    number: int
    prompt: Prompt
    key: str
    ordinal: int
    urgency: Urgency
    since: date  # the first list that should have asked; before today: left out, so first
    due_at: datetime
    again_on: date | None = None  # when it would be asked once more
    period: date | None = None  # the nominal date of a series that it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate as a member's list at a moment looks at it."""

    member: Member
    candidate: Candidate
    at: datetime

    @property
    def expectation(self) -> Expectation:
        """The expectation in question."""
        return self.candidate.expectation

    @property
    def today(self) -> date:
        """The list's nominal date."""
        return local_day(self.at, self.member.zone)

    @property
    def is_owner(self) -> bool:
        """Tell whether the member owns it."""
        return self.expectation.owner == self.member.user

    @property
    def is_requester(self) -> bool:
        """Tell whether the member asked for it."""
        return self.expectation.requester == self.member.user

    @property
    def own_question(self) -> Question | None:
        """The member's own open question."""
        question = self.expectation.question
        return question if question and question.by == self.member.user else None

    @property
    def owed_question(self) -> Question | None:
        """The open question that the member is to answer."""
        question = self.expectation.question
        return question if question and question.by != self.member.user else None

    @property
    def is_spared(self) -> bool:
        """Tell whether the member waits for an answer themselves, and not for too long."""
        question, other = self.own_question, self.candidate.other
        if question is None or other is None:
            return False
        return self.today <= nth_workday(other, question.at, QUESTION_STOPS_WORKDAYS)

    def day_of(self, at: datetime) -> date:
        """Return the day of an instant where the member is."""
        return local_day(at, self.member.zone)

    def asked(self, prompt: Prompt, key: str) -> tuple[Asked, ...]:
        """Return the earlier times that the member was asked this, oldest first."""
        found = (
            one
            for one in self.candidate.asked
            if (one.user, one.prompt, one.key) == (self.member.user, prompt, key)
        )
        return tuple(sorted(found, key=lambda one: one.ordinal))

    def item(
        self,
        prompt: Prompt,
        key: str,
        ordinal: int,
        since: date,
        *,
        urgency: Urgency,
        again_on: date | None = None,
        period: date | None = None,
    ) -> Item | None:
        """Return the item once its day has come."""
        if since > self.today:
            return None
        return Item(
            number=self.expectation.number,
            prompt=prompt,
            key=key,
            ordinal=ordinal,
            urgency=urgency,
            since=since,
            due_at=self.expectation.due_at,
            again_on=again_on,
            period=period,
        )
