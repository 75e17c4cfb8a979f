"""What a message or Home shows: values that services gather and the Slack layer words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.asides import Aside
from bot.domain.charter import CharterVersion
from bot.domain.expectation import Action, CheckIn, Event, Expectation, Period
from bot.domain.figures.balance import BalanceNote
from bot.domain.figures.names import Figure
from bot.domain.figures.shared import Shown
from bot.domain.give_and_take import Counts, GiveAndTake
from bot.domain.goal import Carried, Goal
from bot.domain.learnt import Learnt
from bot.domain.member import Member
from bot.domain.messages import MessageState, Moment, Prompt
from bot.domain.opinions import Said
from bot.domain.own_words import OwnWords
from bot.domain.pulse import Pulse
from bot.domain.terms import Terms
from bot.domain.thanks import Thanks

People = Mapping[str, Member]
"""User ids to those among them that are known; who is missing is shown as a mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One expectation at one moment, as its reader sees it.

    `moves` are those open to the reader now on what the message shows; a message whose moment has
    passed (`current` False) shows the present state and no buttons.
    """

    moment: Moment
    expectation: Expectation
    reader: Member
    people: People
    now: datetime
    moves: frozenset[Action]
    event: Event | None = None  # what it tells: actor and note
    current: bool = True
    first_time: bool = False  # adds the two lines of a first meeting
    asked_too: tuple[str, ...] = ()  # who else was asked in the same command
    other_may_close_from: datetime | None = None  # "nothing is counted before"
    closes_on: date | None = None  # without a word: settle's day
    previous: Terms | None = None  # the version that a change replaces
    puts_right: Expectation | None = None  # of a remedy: the one that was not kept
    owed: Expectation | None = None  # what its owner needs from its requester, the latest
    needed_for: Expectation | None = None  # of that: the one that needs it
    goal: Goal | None = None
    period: Period | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    words: tuple[OwnWords, ...] = ()  # the latest of each party, as far as it shows them
    sides: tuple[Terms, ...] = ()  # each party's last suggestion, the reader's first
    learnt: tuple[Learnt, ...] = ()  # lines worth remembering, the oldest first
    statements: tuple[Event, ...] = ()  # how each sees it, where they see it differently


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A notice that a list carries, as one line.

    `card` has what may be answered to it now; None where nothing may, or it is thanks.
    """

    moment: Moment
    expectation: Expectation | None  # None: thanks for nothing in particular
    event: Event | None
    thanks: Thanks | None = None
    channel_name: str | None = None  # whose summary carries the thanks
    summary_on: date | None = None  # when; None: no summary does
    card: CardView | None = None
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One question of a list, with all that its answer needs."""

    prompt: Prompt
    card: CardView


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideView:
    """A small question that rides in a list; what was answered has no buttons any more."""

    kind: Aside
    key: str  # what it is about; its buttons carry it
    expectation: Expectation | None = None
    goal: Goal | None = None
    who: str | None = None  # whom it is about, where that is not said by the others
    people: People = field(default_factory=dict)  # whom it names
    args: Mapping[str, str] = field(default_factory=dict)
    answered: str = ""  # what the reader answered, as a key of its words


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A member's list of one nominal date; one item alone is asked in full."""

    reader: Member
    day: date
    held: tuple[HeldLine, ...]
    items: tuple[AskedItem, ...]
    rest: int  # how many more Home has
    people: People
    now: datetime
    answered: Mapping[int, str] = field(default_factory=dict)  # item number → its state by now
    asides: tuple[AsideView, ...] = ()
    first_time: bool = False  # adds the two lines of a first meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal and where its measure stood a week ago."""

    goal: Goal
    last_week: str | None = None
    weeks: tuple[tuple[date, Decimal], ...] = ()  # the measure at the end of earlier weeks, and now


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """A channel's week: shared agreements only."""

    channel: str
    channel_name: str
    first: date
    last: date
    set_up_by: str | None  # None: posted by hand
    people: People
    goals: tuple[GoalLine, ...] = ()
    agreed: int = 0
    kept: int = 0
    changed_in_time: int = 0
    under_way: int = 0
    due_count: int = 0
    both_gain: int = 0  # of the agreed ones, those that name both gains
    share: Shown | None = None  # how evenly open work is spread; None: not enough to say
    notes: tuple[BalanceNote, ...] = ()  # what those who are counted add to that
    next_week: tuple[Expectation, ...] = ()
    help_wanted: tuple[Expectation, ...] = ()
    thanks: tuple[Thanks, ...] = ()
    learnt: tuple[Learnt, ...] = ()  # where both share
    pulse: tuple[Pulse, ...] = ()  # months that ended in the period
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksView:
    """Thanks as their reader gets them."""

    thanks: Thanks
    reader: Member
    people: People
    channel_name: str | None
    summary_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledView:
    """The one message that whoever installed the app gets."""

    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRefusedView:
    """To who set a channel's summary up: it could not be posted, or may not have been, and why."""

    reader: Member
    channel: str
    reason: str  # in Slack's word
    again_on: date  # when it is tried once more, or the next one comes
    now: datetime
    unclear: bool = False  # nobody knows whether it was posted


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterView:
    """A channel's charter in one version, to one reader or to the channel."""

    channel: str
    words: CharterVersion | None  # None: the channel has no charter yet
    agreed: tuple[str, ...] = ()  # who agreed to these words, and is here
    review_on: date | None = None
    newer: bool = False  # other words are in force by now
    posted: bool = False  # these words stand in the channel already
    people: People
    zone: ZoneInfo
    now: datetime
    reader: Member | None = None  # None: everybody in the channel


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedView:
    """To who looks after a goal: somebody carries most of it, and raises that."""

    reader: Member
    goal: Goal
    said: Carried
    people: People
    now: datetime


MessageView = (
    CardView
    | ListView
    | SummaryView
    | SummaryRefusedView
    | ThanksView
    | InstalledView
    | CharterView
    | RaisedView
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of ten of a list."""

    items: tuple[Expectation, ...]
    number: int  # from 0
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """What a message was about that did not reach the reader, may not have, or cannot yet."""

    expectation: Expectation
    state: MessageState
    error: str | None  # why, in Slack's word or ours


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """App Home of one person."""

    reader: Member
    needs_you: tuple[AskedItem, ...]
    you_do: Page
    others_do: Page
    goals: tuple[Goal, ...]
    goals_page: int
    goals_more: bool
    finished: int  # one's own finished agreements
    kept: int  # of them, as owner
    lately: Counts  # what they finished for others, and others for them, in the last 90 days
    undelivered: tuple[Undelivered, ...]
    people: People
    now: datetime
    list_put_off: str | None = None  # why a list of theirs waits, in Slack's word or ours
    needs_page: int = 0
    needs_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowView:
    """What `show E-42` answers: everything to a party, only what was agreed to others."""

    card: CardView
    full: bool
    history: tuple[Event, ...]
    terms: tuple[Terms, ...]
    words: tuple[OwnWords, ...] = ()  # all, the oldest first
    check_ins: frozenset[CheckIn] = frozenset()  # those open to the reader
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededView:
    """What one of two needs from the other for what they agreed, in words."""

    expectation: Expectation
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenView:
    """What lies between a reader and one other: nothing that the other keeps to themselves."""

    reader: Member
    other: Member
    you_do: tuple[Expectation, ...]
    they_do: tuple[Expectation, ...]
    series: tuple[Expectation, ...]
    needs: tuple[NeededView, ...]  # but for what was given
    counts: GiveAndTake
    put_right: tuple[Expectation, ...]
    thanks: tuple[Thanks, ...]
    learnt: tuple[Learnt, ...]
    fairness: tuple[Said, ...]  # one's own answers; the other's where both share
    worth: tuple[Said, ...]  # the same
    about: Mapping[int, Expectation]  # what the answers and lines are about
    people: People
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """A figure with what it says now; `shown` None: not enough to say."""

    figure: Figure
    reader: Member
    now: datetime
    shown: Shown | None  # of one's own figures never None
    own: int = 0  # of a fair share: how much of the open work is the reader's own
    workdays: int = 0  # the reader's own in the next ten days


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedView:
    """A page of what counted, as the reader may see it."""

    figure: Figure
    reader: Member
    people: People
    now: datetime
    items: tuple[Expectation, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceView:
    """How evenly a channel's open work is spread, and what the numbers miss."""

    channel_name: str
    reader: Member
    people: People
    now: datetime
    share: Shown | None
    own: int
    workdays: int
    notes: tuple[BalanceNote, ...]
    mine: BalanceNote | None
    counted: bool  # the reader is: only then may they add a note
