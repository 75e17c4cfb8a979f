"""Every column that can hold text says what it holds of people, and nothing edits an event."""

import ast
from pathlib import Path

from sqlalchemy import JSON, Enum, String

import bot.db
from bot.db.holdings import (
    CHARTERS,
    DROPPED,
    INSIDE,
    NOTHING,
    OWN,
    PEOPLE,
    REMOVED,
    REMOVED_WORDS,
    TERMS,
    WORDS,
)
from bot.db.personal import PERSONAL
from bot.db.tables import Base

SOURCES = sorted(Path(bot.db.__path__[0]).rglob("*.py"))

BY_HAND = {"expectation", "terms", "own_words", "report", "goal", "thanks", "member"}
"""What the export of one person has as it is shown elsewhere: whole, as they may see it."""


CHANGES = {"update", "delete", "upsert", "fill_in"}


def texts() -> set[tuple[str, str]]:
    """Return all columns that can hold text that is none of a few words of ours."""
    return {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, (String, JSON)) and not isinstance(column.type, Enum)
    }


def named() -> list[tuple[str, str]]:
    by_table = [PEOPLE, INSIDE, DROPPED, OWN, NOTHING, REMOVED_WORDS]
    by_table += [{"terms": TERMS, "charter_version": CHARTERS}]
    found = [
        (table, column)
        for each in by_table
        for table, columns in each.items()
        for column in columns
    ]
    return found + [(words.table, column) for words in WORDS for column in words.columns]


def test_every_text_column_says_what_it_holds() -> None:
    missing = texts() - set(named())
    assert not missing, f"name them in bot/db/holdings.py: {sorted(missing)}"


def test_what_is_named_is_there_and_once() -> None:
    columns = named()
    assert set(columns) - texts() == set()
    assert len(columns) == len(set(columns))


def test_a_column_with_words_says_whose() -> None:
    tables = Base.metadata.tables
    for words in WORDS:
        table = tables["expectation" if words.of_expectation else words.table]
        assert set(words.by) <= set(PEOPLE[table.name]), words


def test_what_goes_whole_says_whose_it_is() -> None:
    assert all(column in PEOPLE[table] for table, column in REMOVED.items())
    assert set(REMOVED_WORDS) <= set(REMOVED)


def test_every_table_with_a_person_is_in_their_own_export() -> None:
    assert set(PEOPLE) == BY_HAND | {each.table for each in PERSONAL}


def changed_tables(source: Path) -> set[str]:
    """Return the rows' classes that a module updates or deletes, as its calls name them."""
    calls = (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call))
    return {
        argument.id
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in CHANGES
        for argument in call.args
        if isinstance(argument, ast.Name)
    }


def test_nothing_but_forgetting_edits_an_event() -> None:
    editing = {source.name for source in SOURCES if "EventRow" in changed_tables(source)}
    assert editing == set()
    generic = {source.name for source in SOURCES if "table" in changed_tables(source)}
    assert generic == {"forgetting.py"}
