"""Keys of what came in and changed something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    held: list[str] = field(default_factory=list)
    """The keys that other transactions wait for until this one ends; PostgreSQL only."""
    recorded: list[str] = field(default_factory=list)
    """The keys that this transaction keeps: what tells later whether it was committed."""

    def answer(self, key: str) -> Mapping[str, str] | None:
        """Return what the first delivery left.

        In a transaction that writes, a second delivery at the same moment waits here for the
        first one's end, so that it finds its answer.
        """
        if self.writes:
            self._wait_for_others(key)
        row = self.row(_ANSWER, key=key)
        return None if row is None else dict(row["answer"])

    def record(self, key: str, answer: Mapping[str, str], at: datetime) -> None:
        """Keep the key; it is refused where it is there already."""
        self._wait_for_others(key)  # where nobody asked for its answer in this transaction
        self.put(insert(InboxRow), key=key, answer=dict(answer), at=at)
        self.recorded.append(key)

    def was_recorded(self, key: str) -> bool:
        """Tell whether another transaction committed the key; wait for the end of one that may.

        The row is locked, which is a write: so this transaction's COMMIT waits for a synchronous
        standby too, and once it has returned the standby has all that went before.
        """
        self._wait_for_others(key)
        return self.row(_ANSWER.with_for_update(key_share=True), key=key) is not None

    def forget(self, before: datetime) -> int:
        """Delete what is older; return how many they were."""
        return self.change(_FORGET, of_before=before)

    def _wait_for_others(self, key: str) -> None:
        if self.connection.dialect.name == "postgresql" and key not in self.held:
            self.row(_ONE_AT_A_TIME, key=key)
            self.held.append(key)
