"""From a message to what it shows, from the present state."""

from datetime import datetime

from bot.domain.messages import Message
from bot.domain.views import MessageView
from bot.services.ports import UnitOfWork


def compose(uow: UnitOfWork, message: Message, at: datetime) -> MessageView | None:
    """Gather what a message shows now; None where nothing is left to say."""
    raise NotImplementedError
