"""What every repository has: a connection, the workspace that leads its keys, rows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping


@dataclass(frozen=True, slots=True)
class Repository:
    """The rows of one workspace, within one transaction."""

    connection: Connection
    workspace: int

    def of(self, **values: object) -> dict[str, Any]:
        """Return the values with the workspace, without which no statement runs."""
        return {"workspace": self.workspace, **values}

    def rows(self, statement: Executable, **values: object) -> list[RowMapping]:
        """Return all rows that a statement gives."""
        return list(self.connection.execute(statement, self.of(**values)).mappings().all())

    def row(self, statement: Executable, **values: object) -> RowMapping | None:
        """Return the first row that a statement gives."""
        return self.connection.execute(statement, self.of(**values)).mappings().first()

    def put(self, statement: Executable, **values: object) -> bool:
        """Insert a row; tell whether it was written, where the statement leaves that open."""
        done = self.connection.execute(
            statement, self.of(**values), execution_options={"preserve_rowcount": True}
        )
        return done.rowcount > 0

    def change(self, statement: Executable, **values: object) -> int:
        """Update or delete; return how many rows.

        What such a statement compares begins with `of_`, since SQLAlchemy takes a parameter with
        a column's name for a new value.
        """
        return self.connection.execute(
            statement, {"of_workspace": self.workspace, **values}
        ).rowcount
