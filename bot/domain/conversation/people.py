"""What a move is given, and what it did."""

from dataclasses import dataclass

from bot.domain.due import Due
from bot.domain.expectation import Event, Expectation
from bot.domain.member import Member
from bot.domain.terms import Terms, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The parties as members: their zones, workdays and absences decide the clocks."""

    owner: Member
    requester: Member | None  # None: a commitment

    @property
    def all(self) -> tuple[Member, ...]:
        """The owner and, unless it is a commitment, the requester."""
        return (self.owner,) if self.requester is None else (self.owner, self.requester)

    def member(self, user: str) -> Member:
        """Return the party with this user id; anybody else is a LookupError."""
        for member in self.all:
            if member.user == user:
                return member
        raise LookupError(user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a move may carry; each move reads only its own."""

    note: str = ""  # a reason, a question, an answer, what is missing, what happened
    wording: Wording | None = None  # change: None leaves it
    due: Due | None = None  # change, return; None leaves it
    rrule: str | None = None  # change: None leaves it, "" makes a series a single one
    next_slot: Due | None = None  # accept of a series: its first slot after now
    finished_on: Due | None = None  # done; None is now
    link: str = ""  # done
    thanks_to: str | None = None  # done
    thanks_for: str = ""  # done: a line that who is thanked reads
    remedy: int | None = None  # remedy: the number of the linked offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a move did, for the service to store."""

    before: Expectation | None
    after: Expectation
    event: Event
    new_terms: tuple[Terms, ...] = ()  # rows to insert, some already accepted
    accepted_terms: tuple[Terms, ...] = ()  # rows that exist and whose accepted_at is now set
