"""The message to a goal's champion in which somebody raises that most of it is with them."""

from datetime import datetime

from bot.domain.goal import Carried
from bot.domain.member import Member
from bot.domain.messages import Message, MessageKind, Moment
from bot.domain.schedule.notices import Delivery
from bot.domain.views import RaisedView
from bot.services.ports import UnitOfWork

_RAISED = "raised"
"""The argument that says of which goal."""


def raised(carried: Carried, to: Member, way: Delivery, at: datetime, message_id: str) -> Message:
    """Return the message; one that may not go now waits for the reader's next list time."""
    return Message(
        id=message_id,
        kind=MessageKind.POST,
        moment=Moment.NEED_HELP,
        to=to.user,
        slot=f"raised/G-{carried.goal}/{carried.quarter}/{carried.user}",
        not_before=at if way.at_once else way.held_until or at,
        created_at=at,
        args={_RAISED: str(carried.goal), "by": carried.user, "quarter": carried.quarter},
    )


def is_raised(message: Message) -> bool:
    """Tell whether a message is one of these."""
    return message.moment is Moment.NEED_HELP and _RAISED in message.args


def raised_view(
    uow: UnitOfWork, message: Message, reader: Member, at: datetime
) -> RaisedView | None:
    """Gather what the reader is told; None where nothing was raised."""
    args = message.args
    goal = uow.goals.get(int(args[_RAISED]))
    said = uow.carried.get(int(args[_RAISED]), args["by"], args["quarter"])
    if goal is None or said is None:
        return None
    return RaisedView(
        reader=reader,
        goal=goal,
        said=said,
        people=uow.members.get_many({said.user, reader.user}),
        now=at,
    )
