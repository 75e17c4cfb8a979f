"""What a charter shows: to who asks for it, to its channel, and to its author on the review day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.asides import Aside
from bot.domain.charter import Charter, CharterVersion, next_review, read_key, review_key
from bot.domain.member import Member
from bot.domain.messages import Message, MessageState
from bot.domain.schedule.local import local_day
from bot.domain.views import AsideView, CharterView
from bot.services.ports import UnitOfWork

_REVIEWS = 20
_UTC = ZoneInfo("UTC")


def charter_slot(channel: str, version: int) -> str:
    """Return the key of a version's post in its channel: it is posted once."""
    return f"charter/{channel}/v{version}"


def charter_view(uow: UnitOfWork, channel: str, reader: Member, at: datetime) -> CharterView:
    """Show somebody a channel's charter as it stands."""
    charter = uow.charters.get(channel)
    if charter is None:
        return CharterView(
            channel=channel, words=None, people={}, zone=reader.zone, now=at, reader=reader
        )
    post = uow.messages.by_slot(charter_slot(channel, charter.version))
    return _view(
        uow, charter, charter.words, reader.zone, at, reader=reader, posted=post is not None
    )


def posted_view(uow: UnitOfWork, message: Message, at: datetime) -> CharterView | None:
    """Show a channel the version that was posted; None where it was not, and is out of date."""
    charter = uow.charters.get(message.to)
    words = uow.charters.version(message.to, int(message.args["charter"]))
    if charter is None or words is None:
        return None
    if message.state is not MessageState.SENT and words.version != charter.version:
        return None
    author = uow.members.get(words.author)
    return _view(uow, charter, words, author.zone if author else _UTC, at)


def _view(
    uow: UnitOfWork,
    charter: Charter,
    words: CharterVersion,
    zone: ZoneInfo,
    at: datetime,
    *,
    reader: Member | None = None,
    posted: bool = False,
) -> CharterView:
    agreed = uow.charters.agreed(charter.channel, words.version)
    people = uow.members.get_many({words.author, *agreed})
    return CharterView(
        channel=charter.channel,
        words=words,
        agreed=tuple(user for user in agreed if user in people and people[user].active),
        review_on=charter.review_on,
        newer=words.version != charter.version,
        posted=posted,
        people=people,
        zone=zone,
        now=at,
        reader=reader,
    )


def review_due(uow: UnitOfWork, reader: Member, at: datetime) -> str | None:
    """Return which charter a reader is asked about now: each review day asks once."""
    today = local_day(at, reader.zone)
    for charter in uow.charters.to_review(reader.user, today, _REVIEWS):
        key = review_key(charter)
        if uow.asides.get(reader.user, Aside.CHARTER_REVIEW, key) is None:
            return key
    return None


def review_shown(uow: UnitOfWork, reader: Member, key: str, at: datetime) -> AsideView | None:
    """Show a review as it stands: open, still right, or changed since."""
    channel, version, day = read_key(key)
    charter = uow.charters.get(channel)
    if charter is None:
        return None
    answered = ""
    if charter.version != version:
        answered = "changed"
    elif charter.review_on != day:
        answered = "still_right"
    following: date = next_review(local_day(at, reader.zone))
    return AsideView(
        kind=Aside.CHARTER_REVIEW,
        key=key,
        args={
            "channel": channel,
            "wrote": "1" if charter.words.author == reader.user else "",
            "next": (charter.review_on if answered else following).isoformat(),
        },
        answered=answered,
    )
