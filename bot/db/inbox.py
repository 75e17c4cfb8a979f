"""Keys of what came in and changed something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from bot.db.repository import Repository
from bot.db.tables import InboxRow

_ROW = InboxRow.__table__.c
_ANSWER = select(_ROW.answer).where(
    _ROW.workspace == bindparam("workspace"), _ROW.key == bindparam("key")
)
_FORGET = delete(InboxRow).where(
    _ROW.workspace == bindparam("of_workspace"), _ROW.at < bindparam("of_before")
)
_ONE_AT_A_TIME = select(
    func.pg_advisory_xact_lock(bindparam("workspace"), func.hashtext(bindparam("key")))
)


@dataclass(frozen=True, slots=True)
class SqlInbox(Repository):
    """The port `Inbox`."""

    writes: bool

    def answer(self, key: str) -> Mapping[str, str] | None:
        """Return what the first delivery left.

        In a transaction that writes, a second delivery at the same moment waits here for the
        first one's end, so that it finds its answer.
        """
        if self.writes and self.connection.dialect.name == "postgresql":
            self.row(_ONE_AT_A_TIME, key=key)
        row = self.row(_ANSWER, key=key)
        return None if row is None else dict(row["answer"])

    def record(self, key: str, answer: Mapping[str, str], at: datetime) -> None:
        """Keep the key; it is refused where it is there already."""
        self.put(insert(InboxRow), key=key, answer=dict(answer), at=at)

    def forget(self, before: datetime) -> int:
        """Delete what is older; return how many they were."""
        return self.change(_FORGET, of_before=before)
