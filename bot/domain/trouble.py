"""What a database can fail at, as types: the store raises them, the Slack layer words them."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why a database did not do it."""

    BUSY = "busy"  # locked, or too many at once
    CROSSED = "crossed"  # two transactions that could not both go on
    GONE = "gone"  # not to be reached, shut down, its file deleted
    READ_ONLY = "read_only"
    FULL = "full"  # its disk
    BROKEN = "broken"  # its disk fails, or its file is damaged


class StoreError(Exception):
    """The database did not do it: nothing of the transaction is saved."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(f"{trouble}: {said}")
        self.trouble = trouble
        self.said = said  # the database's own first line, without values

    @property
    def passes(self) -> bool:
        """Tell whether it concerns this one transaction: others, and another try, may succeed."""
        return self.trouble in {Trouble.BUSY, Trouble.CROSSED}


class UncertainError(StoreError):
    """The answer to a COMMIT was lost: nobody can say whether the transaction is saved."""
