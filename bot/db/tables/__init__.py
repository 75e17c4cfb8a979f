"""The tables, typed; imported together, so that their metadata is whole."""

from bot.db.tables.asides import AsideRow
from bot.db.tables.base import Base
from bot.db.tables.charters import CharterRow, CharterVersionRow, CharterYesRow
from bot.db.tables.expectations import (
    EventRow,
    ExpectationRow,
    OwnWordsRow,
    PeriodRow,
    ReportRow,
    TermsRow,
)
from bot.db.tables.figures import BalanceNoteRow, ShownFigureRow
from bot.db.tables.goals import CarriedRow, GoalRow, GoalUpdateRow, ThanksRow
from bot.db.tables.messages import (
    AskedRow,
    AttemptRow,
    HeldRow,
    InboxRow,
    LookRow,
    MessageRow,
    MessageSubjectRow,
)
from bot.db.tables.pairs import LearntRow, OpinionRow
from bot.db.tables.people import ChannelRow, CounterRow, MemberRow, WorkspaceRow
from bot.db.tables.pulse import PulseAnsweredRow, PulseRow

__all__ = [
    "AsideRow",
    "AskedRow",
    "AttemptRow",
    "BalanceNoteRow",
    "Base",
    "CarriedRow",
    "ChannelRow",
    "CharterRow",
    "CharterVersionRow",
    "CharterYesRow",
    "CounterRow",
    "EventRow",
    "ExpectationRow",
    "GoalRow",
    "GoalUpdateRow",
    "HeldRow",
    "InboxRow",
    "LearntRow",
    "LookRow",
    "MemberRow",
    "MessageRow",
    "MessageSubjectRow",
    "OpinionRow",
    "OwnWordsRow",
    "PeriodRow",
    "PulseAnsweredRow",
    "PulseRow",
    "ReportRow",
    "ShownFigureRow",
    "TermsRow",
    "ThanksRow",
    "WorkspaceRow",
]
