"""The store as a whole: workspaces, transactions, numbers and times."""

from bot.db.engine import SqlStore


def test_a_workspace_is_made_once(store: SqlStore) -> None:
    first = store.workspace("T1")
    assert store.workspace("T1") == first
    assert store.workspace("T2") != first
    assert store.workspace("T1", "E1") == first
    assert [(w.team_id, w.enterprise_id) for w in store.workspaces()] == [
        ("T1", "E1"),
        ("T2", None),
    ]
    with store.write(first) as uow:
        assert uow.expectations.take_numbers(3) == 1
        assert uow.expectations.take_numbers(1) == 4
    assert store.next_wake() is None
