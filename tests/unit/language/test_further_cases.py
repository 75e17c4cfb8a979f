"""Lines of every kind, each with its whole JSON answer."""

import pytest

from tests.unit.language.table import ANA, BOB, line

THREE_WORKDAYS = ["2026-11-26", "2026-11-27", "2026-11-30"]
NOTHING: dict[str, object] = {
    "intent": "request",
    "command": None,
    "owners": [],
    "for": None,
    "result": "",
    "due": None,
    "rrule": None,
    "questions": [],
    "readings": [],
}

CASES: dict[str, dict[str, object]] = {
    f"{ANA} to ship billing API by friday": {
        "owners": ["U01ANA"],
        "result": "ship billing API",
        "due": "2026-11-27",
    },
    "I will draft the brief by tomorrow noon": {
        "intent": "offer",
        "result": "draft the brief",
        "due": "2026-11-26T12:00:00+01:00",
    },
    f"{BOB} to march through the sat nav backlog by fri 5pm": {
        "owners": ["U02BOB"],
        "result": "march through the sat nav backlog",
        "due": "2026-11-27T17:00:00+01:00",
    },
    f"{BOB} to stand by the deploy by next friday": {
        "owners": ["U02BOB"],
        "result": "stand by the deploy",
        "questions": ["when"],
        "readings": ["2026-11-27", "2026-12-04"],
    },
    f"{ANA} {BOB} to agree owners by 03/04": {
        "owners": ["U01ANA", "U02BOB"],
        "result": "agree owners",
        "questions": ["when"],
        "readings": ["2027-03-04", "2027-04-03"],
    },
    f"{ANA} to keep log green every friday at 10am": {
        "owners": ["U01ANA"],
        "result": "keep log green",
        "due": "2026-11-27T10:00:00+01:00",
        "rrule": "FREQ=WEEKLY;BYDAY=FR",
    },
    "ship it by friday at noon": {
        "intent": "form",
        "result": "ship it",
        "due": "2026-11-27T12:00:00+01:00",
        "questions": ["who"],
    },
    "meet at 9am on friday": {
        "intent": "form",
        "result": "meet",
        "due": "2026-11-27T09:00:00+01:00",
        "questions": ["who"],
    },
    f"{BOB} to fix the 500 error eod": {
        "owners": ["U02BOB"],
        "result": "fix the 500 error",
        "due": "2026-11-25",
    },
    f"{ANA} ship it by yesterday": {
        "owners": ["U01ANA"],
        "result": "ship it",
        "questions": ["when"],
        "readings": THREE_WORKDAYS,
    },
    f'{ANA} "write the guide by Tolkien" by Nov 31': {
        "owners": ["U01ANA"],
        "result": '"write the guide by Tolkien"',
        "questions": ["when"],
        "readings": ["2026-11-30", "2026-12-01"],
    },
    f"{ANA} to review PR #1204 by 5": {
        "owners": ["U01ANA"],
        "result": "review PR #1204",
        "questions": ["when"],
        "readings": [
            "2026-11-25T17:00:00+01:00",
            "2026-11-26T05:00:00+01:00",
            "2026-12-05",
        ],
    },
    f"{ANA} to tell {BOB} by monday that we may slip in march": {
        "owners": ["U01ANA"],
        "result": "tell @bob by monday that we may slip",
        "questions": ["when"],
        "readings": THREE_WORKDAYS,
    },
    f"{ANA} to help by being on time": {
        "owners": ["U01ANA"],
        "result": "help by being on time",
        "questions": ["when"],
        "readings": THREE_WORKDAYS,
    },
    "<!here> read the charter by eow": {
        "result": "read the charter",
        "due": "2026-11-27",
        "questions": ["who"],
    },
    "": {
        "intent": "form",
        "questions": ["who", "what", "when"],
        "readings": THREE_WORKDAYS,
    },
    "we will launch by 15 Dec": {
        "intent": "goal",
        "result": "launch",
        "due": "2026-12-15",
    },
    f"I will check it for {ANA} by 5pm": {
        "intent": "offer",
        "for": "U01ANA",
        "result": "check it",
        "due": "2026-11-25T17:00:00+01:00",
    },
    "hello there": {
        "intent": "unknown",
        "result": "hello there",
        "questions": ["who", "when"],
        "readings": THREE_WORKDAYS,
    },
}


@pytest.mark.parametrize("typed", CASES)
def test_case_is_read_as_ordered(typed: str) -> None:
    assert line(typed).as_json() == NOTHING | CASES[typed]
