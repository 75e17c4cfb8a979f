"""A simulated Slack, for trying the bot and for its tests."""

from bot.playground.delivery import sign
from bot.playground.errors import DrivingError
from bot.playground.faults import Fault, Faults
from bot.playground.records import (
    App,
    Conversation,
    Exchange,
    Kind,
    Message,
    Person,
    Refusal,
    Result,
    Team,
    View,
)
from bot.playground.served import Time
from bot.playground.slack import Slack, snapshot
from bot.playground.state import State
from bot.playground.workspaces import app_of, workspace

__all__ = [
    "App",
    "Conversation",
    "DrivingError",
    "Exchange",
    "Fault",
    "Faults",
    "Kind",
    "Message",
    "Person",
    "Refusal",
    "Result",
    "Slack",
    "State",
    "Team",
    "Time",
    "View",
    "app_of",
    "sign",
    "snapshot",
    "workspace",
]
