"""Keys of what came in and changed something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from bot.db.tables import InboxRow

_ROW = InboxRow.__table__.c
_ANSWER = select(_ROW.answer).where(
    _ROW.workspace == bindparam("workspace"), _ROW.key == bindparam("key")
)
_FORGET = delete(InboxRow).where(
    _ROW.workspace == bindparam("workspace"), _ROW.at < bindparam("before")
)
_ONE_AT_A_TIME = select(
    func.pg_advisory_xact_lock(bindparam("workspace"), func.hashtext(bindparam("key")))
)


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """The port `Inbox`."""

    connection: Connection
    workspace: int
    writes: bool

    def answer(self, key: str) -> Mapping[str, str] | None:
        """Return what the first delivery left.

        In a transaction that writes, a second delivery at the same moment waits here for the
        first one's end, so that it finds its answer.
        """
        values = {"workspace": self.workspace, "key": key}
        if self.writes and self.connection.dialect.name == "postgresql":
            self.connection.execute(_ONE_AT_A_TIME, values)
        return self.connection.execute(_ANSWER, values).scalar_one_or_none()

    def record(self, key: str, answer: Mapping[str, str], at: datetime) -> None:
        """Keep the key; it is refused where it is there already."""
        values = {"workspace": self.workspace, "key": key, "answer": dict(answer), "at": at}
        self.connection.execute(insert(InboxRow), values)

    def forget(self, before: datetime) -> int:
        """Delete what is older; return how many they were."""
        values = {"workspace": self.workspace, "before": before}
        return self.connection.execute(_FORGET, values).rowcount
