"""Forgetting, on both databases: no trace stays, others' numbers do; it is whole or not at all."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.db.engine import SqlStore, open_store
from bot.db.forgetting import SqlForgetting
from bot.db.health import findings
from bot.db.tables import Base
from bot.domain.messages import Message, MessageKind, MessageState, Moment
from bot.services.actor import Actor
from bot.services.forget import Forget, Forgotten
from bot.services.openings import Openings
from tests.support.used import use

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 12, 1, 13, tzinfo=UTC)
IDS = count(1)
LENA, MAYA, REN = "U01LENA", "U03MAYA", "U02REN"


@pytest.fixture
def used(database_url: str) -> Iterator[SqlStore]:
    use(database_url)
    with closing(open_store(database_url)) as store:
        yield store
    assert list(findings(database_url)) == []


def forget(store: SqlStore, user: str) -> Forgotten:
    made = Forget(store, lambda: NOW, lambda: None, lambda: f"{next(IDS):032x}")
    return made.forget(Actor(workspace=1, user=user))


def dump(store: SqlStore) -> dict[str, list[dict[str, Any]]]:
    """Return all that is stored, a table each."""
    with store.read(1) as uow:
        return {
            name: [
                {column: row[column] for column in row}
                for row in uow.members.rows(select(*table.columns).order_by(*table.primary_key))
            ]
            for name, table in sorted(Base.metadata.tables.items())
        }


def text(stored: object) -> str:
    return json.dumps(stored, default=str, ensure_ascii=False)


WRITTEN = {
    LENA: ("the icon set", "read the brief", "send the draft", "the late review", "ten customers"),
    REN: ("data came late", "example.org/brief", "send it with the data"),
    MAYA: (),
}
"""What each of them typed in `tests.support.used`."""


@pytest.mark.parametrize("user", WRITTEN)
def test_no_trace_of_a_person_or_their_words_stays(used: SqlStore, user: str) -> None:
    before = text(dump(used))
    assert user in before
    assert all(words in before for words in WRITTEN[user])
    name = user[3:].title()
    assert f'"{name}"' in before
    assert forget(used, user).known
    after = text(dump(used))
    assert user not in after
    assert f'"{name}"' not in after
    assert [words for words in WRITTEN[user] if words in after] == []


def test_the_others_words_stay_and_their_numbers_do(used: SqlStore) -> None:
    before = dump(used)
    forget(used, REN)
    after = dump(used)
    assert "the icon set" in text(after)
    with used.read(1) as uow:
        assert uow.between.finished_of(LENA, datetime.min.replace(tzinfo=UTC), 9)
    outcomes = [(row["number"], row["outcome"]) for row in before["expectation"]]
    assert [(row["number"], row["outcome"]) for row in after["expectation"]] == outcomes


def test_of_events_only_their_own_change_and_only_by_whom_and_what_was_said(used: SqlStore) -> None:
    before = {(row["number"], row["seq"]): row for row in dump(used)["event"]}
    forget(used, REN)
    (stone,) = {row["user"] for row in dump(used)["member"] if row["name"] == "somebody who left"}
    for row in dump(used)["event"]:
        old = before.get((row["number"], row["seq"]))
        if old is None:
            assert (row["actor"], row["verb"]) == ("clock", "gone")
        elif old["actor"] == REN:
            assert row == old | {"actor": stone, "note": ""}
        else:
            assert row == old


def test_what_is_open_is_let_go_and_the_other_is_told(used: SqlStore) -> None:
    opened = [
        row["number"]
        for row in dump(used)["expectation"]
        if row["closed_at"] is None and REN in {row["owner"], row["requester"]}
    ]
    assert opened
    assert forget(used, REN).let_go == len(opened)
    after = dump(used)
    for row in after["expectation"]:
        if row["number"] in opened:
            assert (row["status"], row["outcome"]) == ("released", None)
    told = [(row["to"], row["number"]) for row in after["message"] if row["moment"] == "left"]
    held = [(row["user"], row["number"]) for row in after["held"] if row["moment"] == "left"]
    assert sorted(told + held) == sorted((LENA, number) for number in opened)


def test_nothing_more_is_sent_to_them(used: SqlStore) -> None:
    forget(used, LENA)
    waiting = [row for row in dump(used)["message"] if row["state"] in {"pending", "sending"}]
    assert waiting
    assert {row["to"] for row in waiting} <= {MAYA, REN, "C01LAUNCH"}


def test_twice_is_once(used: SqlStore) -> None:
    forget(used, LENA)
    before = dump(used)
    assert forget(used, LENA) == Forgotten(known=False)
    assert dump(used) == before


def test_everybody_can_be_forgotten(used: SqlStore) -> None:
    for user in (LENA, REN, MAYA):
        forget(used, user)
    after = dump(used)
    assert {row["status"] for row in after["goal"]} == {"dropped"}
    assert not any(user in text(after) for user in (LENA, REN, MAYA))
    assert all(row["closed_at"] for row in after["expectation"])


def test_what_breaks_half_way_leaves_all_as_it_was(
    used: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(used)

    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(SqlForgetting, "_bury_member", broken)
    with pytest.raises(RuntimeError):
        forget(used, LENA)
    assert dump(used) == before


def test_who_only_looked_leaves_nothing(used: SqlStore) -> None:
    with used.write(1) as uow:
        known = uow.members.get(LENA)
        assert known is not None
        uow.members.save(replace(known, user="U09LOOKED", name="Looked"))
    members = len(dump(used)["member"])
    assert forget(used, "U09LOOKED").known
    assert len(dump(used)["member"]) == members - 1


@pytest.mark.parametrize("together", [True, False])
def test_what_was_being_sent_to_them_is_recorded_nowhere(used: SqlStore, *, together: bool) -> None:
    being_sent = Message(
        id="0123",
        kind=MessageKind.POST,
        moment=Moment.INSTALLED,
        to=LENA,
        slot="installed",
        not_before=NOW,
        created_at=NOW,
    )
    only = Openings(kinds=[MessageKind.POST], take=lambda message: message.id == being_sent.id)
    with used.write(1) as uow:
        assert uow.messages.add(being_sent)
        (taken,) = uow.messages.claim(NOW, 50, NOW + timedelta(minutes=2), only)
    forget(used, LENA)
    sent = replace(
        taken, state=MessageState.SENT, lease_until=None, channel="D1", ts="1.1", sent_at=NOW
    )
    with used.write(1) as uow:
        if together:
            assert uow.messages.record([sent], NOW) == set()
        else:
            assert not uow.messages.save_fenced(sent, NOW)
    assert LENA not in text(dump(used))
