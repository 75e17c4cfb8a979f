"""What holds for every reading, whatever was typed."""

import json
from datetime import UTC, date, datetime, time
from typing import TypedDict
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.domain.language import Context, Reading

Answer = TypedDict(
    "Answer",
    {
        "intent": str,
        "command": str | None,
        "owners": list[str],
        "for": str | None,
        "result": str,
        "due": str | None,
        "rrule": str | None,
        "questions": list[str],
        "readings": list[str],
    },
)
MAKING = {"request", "offer", "goal", "form", "unknown"}
DATED = {"change", "remedy", "away"}


def check(reading: Reading, context: Context) -> None:
    """Assert everything that must hold for a reading in a context."""
    answer: Answer = json.loads(json.dumps(reading.as_json()))
    assert list(answer) == list(Answer.__annotations__)
    assert answer["intent"] in MAKING | {"command"}
    assert (answer["command"] is None) == (answer["intent"] in MAKING)
    assert answer["questions"] == [q for q in ("who", "what", "when") if q in answer["questions"]]
    assert len(answer["owners"]) == len(set(answer["owners"]))
    assert len(answer["result"]) <= 300
    assert reading.rest == "" or len(answer["result"]) == 300
    _check_questions(answer)
    _check_dates(answer, context)
    if answer["due"] and answer["rrule"]:
        _check_series(answer["due"], answer["rrule"])


def _check_questions(answer: Answer) -> None:
    makes = answer["intent"] in MAKING
    if makes or answer["command"] in DATED:
        assert ("when" in answer["questions"]) == (answer["due"] is None)
    if makes:
        assert ("what" in answer["questions"]) == (not answer["result"])
        assert "who" not in answer["questions"] or answer["intent"] not in {"offer", "goal"}
    assert ("when" in answer["questions"]) == bool(answer["readings"])
    if answer["intent"] == "goal":
        assert answer["rrule"] is None
        assert all("T" not in day for day in [answer["due"] or "", *answer["readings"]])


def _check_dates(answer: Answer, context: Context) -> None:
    assert len(answer["readings"]) <= 5
    assert len(set(answer["readings"])) == len(answer["readings"])
    moments = [_moment(written, context.zone) for written in answer["readings"]]
    assert moments == sorted(moments)
    due = answer["due"]
    for written in [*answer["readings"], *([due] if due else [])]:
        if "T" in written:
            at = datetime.fromisoformat(written)
            assert at > context.now
            assert at.astimezone(UTC).astimezone(context.zone).isoformat() == written
        else:
            assert date.fromisoformat(written) >= context.now.astimezone(context.zone).date()


def _check_series(due: str, rrule: str) -> None:
    """Assert that the first slot is one that the rule itself gives."""
    start = datetime.fromisoformat(due).replace(tzinfo=None)
    assert rrulestr(rrule.partition(";UNTIL=")[0], dtstart=start)[0] == start
    until = rrule.partition(";UNTIL=")[2]
    assert not until or until >= f"{start:%Y%m%d}"


def _moment(written: str, zone: ZoneInfo) -> datetime:
    if "T" in written:
        return datetime.fromisoformat(written).astimezone(UTC)
    return datetime.combine(date.fromisoformat(written), time(), tzinfo=zone).astimezone(UTC)
