"""What people read when the database failed."""

import pytest

from bot.domain.trouble import StoreError, Trouble, UncertainError
from bot.slack.blocks.refusals import store_failed


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_is_worded_and_nothing_of_the_database_is_shown(trouble: Trouble) -> None:
    text = store_failed(StoreError(trouble, "connection to db.internal failed")).text
    assert text.count("Nothing was saved; please ") == 1
    assert "db.internal" not in text
    assert len(text.split()) <= 60


def test_where_nobody_knows_nothing_is_claimed() -> None:
    shown = store_failed(UncertainError(Trouble.GONE, "server closed the connection"))
    assert "othing was saved" not in shown.text
    assert "I cannot tell whether it was" in shown.text
    assert "/expect list" in shown.text
    assert "Show my list" in str(shown.blocks)
