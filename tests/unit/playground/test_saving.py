"""A workspace written to a file and read again is the same; nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.playground import Message, State, workspace
from bot.playground.records import App
from bot.playground.saving import SavedError, read, restored, saved, write

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BLOCKS = [{"type": "actions", "elements": []}]


def clock() -> datetime:
    return NOW


def lived_in() -> State:
    state = workspace(clock=clock)
    direct = state.direct("U01LENA", state.app.bot_user_id)
    message = state.post(Message(direct.id, "", "U0WINWIN", "Hi ✓", BLOCKS, by_app=True))
    state.post(Message("C01LAUNCH", "", "U0WINWIN", "For you", to="U02REN"))
    state.person("ren").tz = "Europe/Lisbon"
    state.message_values["U01LENA", direct.id, message.ts] = {"b": {"a": {"value": "x"}}}
    state.read["U01LENA", direct.id] = message.ts
    state.tour.since, state.tour.left = message.ts, True
    state.screens.publish("U01LENA", {"type": "home", "blocks": BLOCKS})
    state.screens.open("U01LENA", {"type": "modal", "blocks": BLOCKS})
    return state


def test_what_was_written_is_found_again(tmp_path: Path) -> None:
    before = lived_in()
    path = tmp_path / "workspace.json"
    write(path, saved(before))
    after = restored(read(path), app=App(name="Renamed"), clock=clock)
    assert after.people.keys() == before.people.keys()
    assert after.person("ren").tz == "Europe/Lisbon"
    assert after.conversations == before.conversations
    assert after.messages == before.messages
    assert after.message_values == before.message_values
    assert after.read == before.read
    assert after.tour == before.tour
    assert after.screens.homes == before.screens.homes
    assert after.app.name == "Renamed"  # the app is the program's, not the file's


def test_open_modals_and_traffic_do_not_outlast_a_restart() -> None:
    after = restored(saved(lived_in()), app=App(), clock=clock)
    assert after.screens.top("U01LENA") is None
    assert list(after.traffic) == []


def test_ids_are_not_given_twice() -> None:
    before = lived_in()
    after = restored(saved(before), app=App(), clock=clock)
    newest = before.messages["C01LAUNCH"][-1].ts
    assert after.next_ts() > newest
    assert after.direct("U01LENA", "U02REN").id not in before.conversations
    opened = after.screens.open("U01LENA", {"type": "modal", "blocks": BLOCKS})
    assert opened.id not in {view.id for view in before.screens.homes.values()}


@pytest.mark.parametrize(
    "text", ["", "[]", '"x"', "{", '{"version": 99}', '{"version": 1}', '{"people": 3}']
)
def test_a_file_that_is_no_workspace_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "workspace.json"
    path.write_text(text)
    with pytest.raises(SavedError):
        restored(read(path), app=App(), clock=clock)


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SavedError):
        read(tmp_path / "workspace.json")


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    write(path, {"version": 1})
    with pytest.raises(TypeError):
        write(path, {"version": object()})
    assert read(path) == {"version": 1}
