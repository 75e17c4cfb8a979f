"""Queries of charters, their versions, and who agreed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, and_, bindparam, case, delete, exists, insert, select

from bot.db.repository import Repository
from bot.db.tables import CharterRow, CharterVersionRow, CharterYesRow, MemberRow
from bot.db.upsert import insert_new, upsert
from bot.domain.charter import Charter, CharterLine, CharterVersion

_ROW = CharterRow.__table__.c
_WORDS = CharterVersionRow.__table__.c
_YES = CharterYesRow.__table__.c
_M = MemberRow.__table__.c
_PRESENT = and_(
    _WORDS.workspace == _ROW.workspace,
    _WORDS.channel == _ROW.channel,
    _WORDS.version == _ROW.version,
)
_ALL = (
    select(_ROW.review_on, _ROW.heads_form, *_WORDS)
    .join_from(CharterRow, CharterVersionRow, _PRESENT)
    .where(_ROW.workspace == bindparam("workspace"))
)
_ONE = _ALL.where(_ROW.channel == bindparam("channel"))
_LOCKED = _ONE.with_for_update(key_share=True, of=CharterRow)
_AUTHOR_IS_HERE = exists().where(
    _M.workspace == _WORDS.workspace, _M.user == _WORDS.author, _M.active
)
_FIRST_YES = (
    select(_YES.user)
    .join(MemberRow, and_(_M.workspace == _YES.workspace, _M.user == _YES.user))
    .where(
        _YES.workspace == _WORDS.workspace,
        _YES.channel == _WORDS.channel,
        _YES.version == _WORDS.version,
        _M.active,
    )
    .order_by(_YES.at, _YES.user)
    .limit(1)
    .correlate(CharterVersionRow)
    .scalar_subquery()
)
_REVIEWER = case((_AUTHOR_IS_HERE, _WORDS.author), else_=_FIRST_YES)
_WHO_REVIEWS = (
    select(_REVIEWER.label("user"))
    .join_from(CharterRow, CharterVersionRow, _PRESENT)
    .where(_ROW.workspace == bindparam("workspace"), _ROW.channel == bindparam("channel"))
)
_TO_REVIEW = (
    _ALL.where(_ROW.review_on <= bindparam("day"), bindparam("reviewer") == _REVIEWER)
    .order_by(_ROW.review_on, _ROW.channel)
    .limit(bindparam("limit"))
)
_VERSION = select(*_WORDS).where(
    _WORDS.workspace == bindparam("workspace"),
    _WORDS.channel == bindparam("channel"),
    _WORDS.version == bindparam("version"),
)
_AGREED = (
    select(_YES.user)
    .where(
        _YES.workspace == bindparam("workspace"),
        _YES.channel == bindparam("channel"),
        _YES.version == bindparam("version"),
    )
    .order_by(_YES.at, _YES.user)
)
_TAKE_BACK = delete(CharterYesRow).where(
    _YES.workspace == bindparam("of_workspace"),
    _YES.channel == bindparam("of_channel"),
    _YES.version == bindparam("of_version"),
    _YES.user == bindparam("of_user"),
)


@dataclass(frozen=True, slots=True)
class SqlCharters(Repository):
    """The port `CharterBook`."""

    def get(self, channel: str) -> Charter | None:
        """Return a channel's charter with its present words."""
        row = self.row(_ONE, channel=channel)
        return None if row is None else _read(row)

    def get_for_update(self, channel: str) -> Charter | None:
        """Return it, which nobody else can change until the transaction ends."""
        row = self.row(_LOCKED, channel=channel)
        return None if row is None else _read(row)

    def version(self, channel: str, version: int) -> CharterVersion | None:
        """Return the words of one version."""
        row = self.row(_VERSION, channel=channel, version=version)
        return None if row is None else _read_words(row)

    def add_version(self, channel: str, words: CharterVersion) -> None:
        """Insert the words of a new version; they are refused where that number is there."""
        self.put(
            insert(CharterVersionRow),
            channel=channel,
            version=words.version,
            author=words.author,
            at=words.at,
            lines=[[line.title, line.text] for line in words.lines],
        )

    def save(self, charter: Charter) -> None:
        """Insert or update which words are in force, and when they are looked at again."""
        self.put(
            upsert(self.connection, CharterRow),
            channel=charter.channel,
            version=charter.version,
            review_on=charter.review_on,
            heads_form=charter.heads_form,
        )

    def agree(self, channel: str, version: int, user: str, at: datetime) -> bool:
        """Note somebody's yes; tell whether it was new."""
        return self.put(
            insert_new(self.connection, CharterYesRow),
            channel=channel,
            version=version,
            user=user,
            at=at,
        )

    def take_back(self, channel: str, version: int, user: str) -> bool:
        """Forget somebody's yes; tell whether there was one."""
        return self.change(_TAKE_BACK, of_channel=channel, of_version=version, of_user=user) > 0

    def agreed(self, channel: str, version: int) -> list[str]:
        """Return who agreed to a version, the first one first."""
        return [row["user"] for row in self.rows(_AGREED, channel=channel, version=version)]

    def reviewer(self, channel: str) -> str | None:
        """Return who is asked about the present words: their author, or once they left the first.

        That is whoever agreed to them first, and is still here; None where nobody is.
        """
        row = self.row(_WHO_REVIEWS, channel=channel)
        return None if row is None else row["user"]

    def to_review(self, reviewer: str, day: date, limit: int) -> list[Charter]:
        """Return those whose review day has come, and that somebody is asked about."""
        found = self.rows(_TO_REVIEW, reviewer=reviewer, day=day, limit=limit)
        return [_read(row) for row in found]


def _read(row: RowMapping) -> Charter:
    return Charter(
        channel=row["channel"],
        words=_read_words(row),
        review_on=row["review_on"],
        heads_form=row["heads_form"],
    )


def _read_words(row: RowMapping) -> CharterVersion:
    return CharterVersion(
        version=row["version"],
        author=row["author"],
        at=row["at"],
        lines=tuple(CharterLine(title=title, text=text) for title, text in row["lines"]),
    )
