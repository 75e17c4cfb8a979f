"""Somebody is forgotten: the only place that changes what was written once, events among it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    bindparam,
    cast,
    delete,
    or_,
    select,
    union,
    update,
)

from bot.db.copies import forget_copies
from bot.db.holdings import (
    CHARTERS,
    DROPPED,
    INSIDE,
    PEOPLE,
    REMOVED,
    REMOVED_WORDS,
    TERMS,
    WORDS,
    Words,
)
from bot.db.members import SqlMembers
from bot.db.repository import Repository
from bot.db.tables import (
    AttemptRow,
    Base,
    CarriedRow,
    CharterVersionRow,
    CharterYesRow,
    ExpectationRow,
    GoalRow,
    HeldRow,
    LookRow,
    MessageRow,
    MessageSubjectRow,
    TermsRow,
    ThanksRow,
)
from bot.domain.forgetting import (
    FORGOTTEN,
    MARK,
    buried,
    swapped,
    unnamed,
    without_lines,
    without_words,
)
from bot.domain.goal import GoalStatus
from bot.domain.messages import MessageKind, MessageState, Moment

_TABLES = Base.metadata.tables
_C = CharterVersionRow.__table__.c
_Y = CharterYesRow.__table__.c
_E = ExpectationRow.__table__.c
_G = GoalRow.__table__.c
_T = TermsRow.__table__.c
_M = MessageRow.__table__.c
_S = MessageSubjectRow.__table__.c
_H = HeldRow.__table__.c
_K = CarriedRow.__table__.c
_X = ThanksRow.__table__.c

_WORKSPACE: BindParameter[Any] = bindparam("workspace")
_USER: BindParameter[Any] = bindparam("user")
_OF_WORKSPACE: BindParameter[Any] = bindparam("of_workspace")
_OF_USER: BindParameter[Any] = bindparam("of_user")
_POSTED = and_(_M.kind == MessageKind.POST, _M.state == MessageState.SENT)


def _numbers() -> Select[Any]:
    """Return a query for the expectations in which somebody has a part, or said something."""
    found = []
    for name in ("expectation", "terms", "event", "report", "own_words"):
        table = _TABLES[name]
        named = or_(*(table.c[column] == _USER for column in PEOPLE[name]))
        found.append(select(table.c.number).where(table.c.workspace == _WORKSPACE, named))
    return select(union(*found).subquery().c.number)


_CONCERNED = _numbers()
_PARTIES = select(_E.owner, _E.requester).where(
    _E.workspace == _WORKSPACE, _E.number.in_(_CONCERNED)
)
_POSTS = (
    select(_M.id)
    .where(_M.workspace == _WORKSPACE, _POSTED, _M.to != _USER)
    .where(
        or_(
            _M.id.in_(
                select(_S.message).where(
                    _S.workspace == _WORKSPACE,
                    _S.number.in_(_CONCERNED),
                )
            ),
            _M.id.in_(
                select(_H.carried_by)
                .join_from(
                    HeldRow, ThanksRow, and_(_X.workspace == _H.workspace, _X.number == _H.event)
                )
                .where(
                    _H.workspace == _WORKSPACE,
                    _H.moment == Moment.THANKS,
                    _H.carried_by.is_not(None),
                    or_(_X.by == _USER, _X.to == _USER),
                )
            ),
            and_(
                _M.slot.startswith("charter/"),
                _M.to.in_(
                    union(
                        select(_C.channel).where(_C.workspace == _WORKSPACE, _C.author == _USER),
                        select(_Y.channel).where(_Y.workspace == _WORKSPACE, _Y.user == _USER),
                    )
                ),
            ),
            _M.id.in_(
                select(_K.message).where(
                    _K.workspace == _WORKSPACE, _K.user == _USER, _K.message.is_not(None)
                )
            ),
        )
    )
    .order_by(_M.id)
)
_UNSENT = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN)
_TO_THEM = select(_M.id).where(
    _M.workspace == _OF_WORKSPACE, _M.to == _OF_USER, _M.state.in_(_UNSENT)
)
_END_ATTEMPTS = (
    update(AttemptRow)
    .where(
        AttemptRow.workspace == _OF_WORKSPACE,
        AttemptRow.message.in_(_TO_THEM),
        AttemptRow.result.is_(None),
    )
    .values(result=MessageState.CANCELLED, ended_at=bindparam("new_ended_at"))
)
_END_LOOKS = delete(LookRow).where(
    LookRow.workspace == _OF_WORKSPACE, LookRow.message.in_(_TO_THEM)
)
_CANCEL = (
    update(MessageRow)
    .where(_M.workspace == _OF_WORKSPACE, _M.to == _OF_USER, _M.state.in_(_UNSENT))
    .values(state=MessageState.CANCELLED, again=False, lease_until=None)
)
"""A late answer to what was being sent finds it cancelled, and records nothing."""

_NOWHERE = (
    update(MessageRow)
    .where(_M.workspace == _OF_WORKSPACE, _M.to == _OF_USER, _M.channel.is_not(None))
    .values(channel=bindparam("new_channel"))
)
_HAND_OVER = (
    update(GoalRow)
    .where(_G.workspace == _OF_WORKSPACE, _G.champion == _OF_USER, _G.creator != _OF_USER)
    .values(champion=_G.creator)
)
_DROP_GOALS = (
    update(GoalRow)
    .where(
        _G.workspace == _OF_WORKSPACE,
        _G.champion == _OF_USER,
        or_(_G.creator == _OF_USER, _G.creator.startswith(MARK, autoescape=True)),
        _G.status == GoalStatus.OPEN,
    )
    .values(status=GoalStatus.DROPPED, closed_at=bindparam("new_closed_at"))
)
_VERSIONS = (
    select(_T.number, _T.version, _T.author, *(_T[name] for name in TERMS))
    .where(
        _T.workspace == _WORKSPACE,
        _T.number.in_(select(_T.number).where(_T.workspace == _WORKSPACE, _T.author == _USER)),
    )
    .order_by(_T.number, _T.version)
)
_CHARTERS = (
    select(_C.channel, _C.version, _C.author, _C.lines)
    .where(
        _C.workspace == _WORKSPACE,
        _C.channel.in_(select(_C.channel).where(_C.workspace == _WORKSPACE, _C.author == _USER)),
    )
    .order_by(_C.channel, _C.version)
)
_REWRITE_CHARTER = update(CharterVersionRow).where(
    _C.workspace == _OF_WORKSPACE,
    _C.channel == bindparam("of_channel"),
    _C.version == bindparam("of_version"),
)


@dataclass(frozen=True, slots=True)
class SqlForgetting(Repository):
    """The port `Forgetting`; all of it belongs into one transaction."""

    write_first: Callable[[], None]
    """Writes what this transaction has saved and not written yet, or that would come after."""

    def concerned(self, user: str) -> list[int]:
        """Return the numbers of what somebody has a part in, or said something about."""
        return sorted(row["number"] for row in self.rows(_CONCERNED, user=user))

    def others(self, user: str) -> set[str]:
        """Return who else is a party to these."""
        rows = self.rows(_PARTIES, user=user)
        return {each for row in rows for each in row.values() if each not in {None, user}}

    def posts(self, user: str) -> list[str]:
        """Return the ids of sent posts to others that show somebody or their words."""
        return [row["id"] for row in self.rows(_POSTS, user=user)]

    def silence(self, user: str, at: datetime) -> None:
        """Cancel all that waits to be sent to somebody; what is being sent is not recorded."""
        self.change(_END_ATTEMPTS, of_user=user, new_ended_at=at)
        self.change(_END_LOOKS, of_user=user)
        self.change(_CANCEL, of_user=user)

    def bury(self, user: str, name: str, stone: str, at: datetime) -> bool:
        """Put a tombstone in the place of somebody and of their words; tell whether one stays.

        Where nothing names them but their own row, that is gone, and so is every trace.
        """
        self.write_first()
        self._forget_terms(user)
        self._forget_charters(user)
        for words in WORDS:
            self._forget(words, user)
        for table, column in REMOVED.items():
            self._remove(_TABLES[table], column, user)
        for table, columns in DROPPED.items():
            self._drop(_TABLES[table], columns, user)
        for table, columns in INSIDE.items():
            self._replace_inside(
                _TABLES[table], columns, user, lambda text: swapped(text, user, stone)
            )
        for table, columns in _texts().items():
            for sought in (user, f"@{name}") if name.strip() else (user,):
                self._replace_inside(
                    _TABLES[table], columns, sought, lambda text: unnamed(text, user, name)
                )
        self.change(_NOWHERE, of_user=user, new_channel=stone)
        self.change(_DROP_GOALS, of_user=user, new_closed_at=at)
        self.change(_HAND_OVER, of_user=user)
        stays = self._put_in_place(user, stone)
        self._bury_member(user, stone if stays else None)
        return stays

    def _forget(self, words: Words, user: str) -> None:
        table = _TABLES[words.table]
        whose = ExpectationRow.__table__ if words.of_expectation else table
        theirs: ColumnElement[bool] = or_(*(whose.c[name] == _OF_USER for name in words.by))
        if words.of_expectation:
            theirs = table.c.number.in_(
                select(_E.number).where(_E.workspace == _OF_WORKSPACE, theirs)
            )
        for name in words.columns:
            column = table.c[name]
            statement = update(table).where(
                table.c.workspace == _OF_WORKSPACE, theirs, column.is_not(None), column != ""
            )
            self.change(statement.values({name: words.stays}), of_user=user)

    def _forget_terms(self, user: str) -> None:
        """Take out of every version what somebody wrote first, and the copies of it in thanks."""
        found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows(_VERSIONS, user=user):
            found[row["number"]].append({name: row[name] for name in row})
        for number, versions in found.items():
            authors = [row["author"] for row in versions]
            changes = without_words(versions, authors, TERMS, user)
            for version, change in zip(versions, changes, strict=True):
                if not change:
                    continue
                forget_copies(self, number, version, set(change))
                if "result" in change:
                    change["result"] = FORGOTTEN
                statement = update(TermsRow).where(
                    _T.workspace == _OF_WORKSPACE,
                    _T.number == bindparam("of_number"),
                    _T.version == bindparam("of_version"),
                )
                self.change(
                    statement.values(change), of_number=number, of_version=version["version"]
                )

    def _forget_charters(self, user: str) -> None:
        """Take out of every version the lines that somebody was the first to write."""
        found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows(_CHARTERS, user=user):
            found[row["channel"]].append({name: row[name] for name in row})
        for channel, versions in found.items():
            lines = without_lines([(row["author"], row["lines"]) for row in versions], user)
            for version, left in zip(versions, lines, strict=True):
                if left != version["lines"]:
                    this = {"of_channel": channel, "of_version": version["version"]}
                    self.change(_REWRITE_CHARTER.values(lines=left), **this)

    def _remove(self, table: Table, column: str, user: str) -> None:
        theirs = (table.c.workspace == _OF_WORKSPACE, table.c[column] == _OF_USER)
        self.change(delete(table).where(*theirs), of_user=user)

    def _drop(self, table: Table, columns: Iterable[str], user: str) -> None:
        named = or_(*(_text(table.c[name]).contains(user, autoescape=True) for name in columns))
        self.change(delete(table).where(table.c.workspace == _OF_WORKSPACE, named))

    def _replace_inside(
        self,
        table: Table,
        columns: Iterable[str],
        sought: str,
        replaced: Callable[[str], str],
    ) -> None:
        key = [column for column in table.primary_key if column.name != "workspace"]
        for name in columns:
            column = table.c[name]
            held = _text(column).icontains(sought, autoescape=True)
            rows = self.rows(_held(table, key, column, held))
            for row in rows:
                value = _each(row["_held"], replaced)
                if value == row["_held"]:
                    continue
                this = (each == row[each.name] for each in key)
                statement = update(table).where(table.c.workspace == _OF_WORKSPACE, *this)
                self.change(statement.values({name: value}))

    def _put_in_place(self, user: str, stone: str) -> bool:
        changed = 0
        for name, columns in PEOPLE.items():
            if name == "member":
                continue
            table = _TABLES[name]
            for column in columns:
                theirs = (table.c.workspace == _OF_WORKSPACE, table.c[column] == _OF_USER)
                changed += self.change(
                    update(table).where(*theirs).values({column: bindparam("new_user")}),
                    of_user=user,
                    new_user=stone,
                )
        return changed > 0

    def _bury_member(self, user: str, stone: str | None) -> None:
        table = _TABLES["member"]
        self.change(
            delete(table).where(table.c.workspace == _OF_WORKSPACE, table.c.user == _OF_USER),
            of_user=user,
        )
        if stone is not None:
            SqlMembers(self.connection, self.workspace).save(buried(stone))


def _texts() -> dict[str, tuple[str, ...]]:
    """Return all columns with people's words, by table."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for words in WORDS:
        found[words.table] += words.columns
    for name, columns in (("terms", TERMS), ("charter_version", CHARTERS), *REMOVED_WORDS.items()):
        found[name] += columns
    return found


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(column, String)


def _held(
    table: Table, key: list[Any], column: ColumnElement[Any], held: ColumnElement[bool]
) -> Select[Any]:
    return select(*key, column.label("_held")).where(table.c.workspace == _WORKSPACE, held)


def _each(value: Any, replaced: Callable[[str], str]) -> Any:  # noqa: ANN401 - text, or JSON of ours
    """Return a text, or all texts within JSON, with something replaced."""
    match value:
        case str():
            return replaced(value)
        case Mapping():
            return {key: _each(each, replaced) for key, each in value.items()}
        case list():
            return [_each(each, replaced) for each in value]
        case _:
            return value
