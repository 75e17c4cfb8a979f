"""Queries of what parties added in their own words."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, insert, select, update

from bot.db.repository import Repository
from bot.db.tables import OwnWordsRow
from bot.domain.own_words import OwnWords

_ROW = OwnWordsRow.__table__.c
_ALL = select(*_ROW).where(_ROW.workspace == bindparam("workspace"))
_OF_ONE = _ALL.where(_ROW.number == bindparam("number")).order_by(_ROW.ordinal)
OWN_WORDS_OF_MANY = _ALL.where(_ROW.number.in_(bindparam("numbers", expanding=True))).order_by(
    _ROW.number, _ROW.ordinal
)
_READ_BACK = (
    update(OwnWordsRow)
    .where(
        _ROW.workspace == bindparam("of_workspace"),
        _ROW.number == bindparam("of_number"),
        _ROW.ordinal == bindparam("of_ordinal"),
        _ROW.read_back_at.is_(None),
    )
    .values(read_back_at=bindparam("new_read_back_at"))
)


@dataclass(frozen=True, slots=True)
class SqlOwnWords(Repository):
    """The port `OwnWordsBook`."""

    def add(self, words: OwnWords) -> None:
        """Insert them."""
        self.put(
            insert(OwnWordsRow),
            number=words.number,
            ordinal=words.ordinal,
            author=words.author,
            at=words.at,
            version=words.version,
            understood=words.understood,
            gain=words.gain,
            need=words.need,
            read_back_at=words.read_back_at,
        )

    def about(self, number: int) -> list[OwnWords]:
        """Return all about an expectation, the oldest first."""
        return [read_own_words(row) for row in self.rows(_OF_ONE, number=number)]

    def among(self, numbers: Collection[int]) -> list[OwnWords]:
        """Return all about any of these, of each the oldest first."""
        rows = self.rows(OWN_WORDS_OF_MANY, numbers=numbers)
        return [read_own_words(row) for row in rows]

    def note_read_back(self, words: OwnWords) -> None:
        """Fill in when they were read back, once."""
        self.change(
            _READ_BACK,
            of_number=words.number,
            of_ordinal=words.ordinal,
            new_read_back_at=words.read_back_at,
        )


def read_own_words(row: RowMapping) -> OwnWords:
    """Return a row's own words."""
    return OwnWords(
        number=row["number"],
        ordinal=row["ordinal"],
        author=row["author"],
        at=row["at"],
        version=row["version"],
        understood=row["understood"],
        gain=row["gain"],
        need=row["need"],
        read_back_at=row["read_back_at"],
    )
