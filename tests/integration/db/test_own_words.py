"""Own words are kept as they were said; only when they were read back is filled in, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.db.engine import SqlStore
from bot.domain.own_words import OwnWords
from tests.support.values import expectation, member

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_own_words_as_they_were_said(store: SqlStore) -> None:
    workspace = store.workspace("T1")
    first = OwnWords(
        number=1,
        ordinal=1,
        author="UBOB",
        at=NOON,
        version=2,
        understood="the API & <docs>",
        gain="請求書",
        need="numbers",
    )
    second = replace(first, ordinal=2, author="UANA", understood="", need="")
    other = replace(first, number=2)
    with store.write(workspace) as uow:
        for number in (1, 2):
            uow.expectations.insert(expectation(number))
        for words in (second, first, other):
            uow.own_words.add(words)
    read_back = replace(first, read_back_at=NOON + timedelta(hours=1))
    with store.write(workspace) as uow:
        assert uow.own_words.about(1) == [first, second]
        assert uow.own_words.about(3) == []
        uow.own_words.note_read_back(read_back)
        uow.own_words.note_read_back(replace(read_back, read_back_at=NOON + timedelta(days=9)))
    with store.read(workspace) as uow:
        assert uow.own_words.about(1) == [read_back, second]
        assert uow.own_words.about(2) == [other]
        whole = list(uow.export.expectations())
        assert [one.words for one in whole] == [(read_back, second), (other,)]


def test_ones_own_line(store: SqlStore) -> None:
    workspace = store.workspace("T1")
    ana = replace(member(), worth="a quiet afternoon")
    with store.write(workspace) as uow:
        uow.members.save(ana)
        assert uow.members.get(ana.user) == ana
        uow.members.save(replace(ana, worth=None))
        assert uow.members.get(ana.user) == replace(ana, worth=None)
