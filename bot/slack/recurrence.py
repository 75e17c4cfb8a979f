"""A series' rule in words: every other Monday, every month on the last Friday."""

from datetime import date, datetime

from bot.slack.text import day_in_words

_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
_WORKWEEK = "MO,TU,WE,TH,FR"


def rule_in_words(rrule: str, today: date) -> str:
    """Return an RRULE of ours in words, with its last day where it has one."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    words = _every(parts) + _on(parts)
    if "UNTIL" in parts:
        last = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date()  # noqa: DTZ007 - a day
        words += f" until {day_in_words(last, today)}"
    return words


def _every(parts: dict[str, str]) -> str:
    frequency, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    days = parts.get("BYDAY", "")
    unit = _UNITS.get(frequency, "time")
    if interval == 1 and days == _WORKWEEK and frequency in {"WEEKLY", "DAILY"}:
        return "every workday"
    if frequency == "WEEKLY" and days and interval <= 2:  # noqa: PLR2004 - every other
        return ("every " if interval == 1 else "every other ") + _named(days)
    return f"every {unit}" if interval == 1 else f"every {interval} {unit}s"


def _on(parts: dict[str, str]) -> str:
    frequency, interval = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    if "BYMONTHDAY" in parts:
        return f" on day {parts['BYMONTHDAY'].replace(',', ' and ')}"
    days = parts.get("BYDAY", "")
    if frequency == "MONTHLY" and days:
        return f" on the {_nth(days, parts.get('BYSETPOS', ''))}"
    if frequency == "WEEKLY" and days and interval > 2:  # noqa: PLR2004 - else said already
        return f" on {_named(days)}"
    return ""


def _nth(days: str, position: str) -> str:
    code = days[-2:]
    ordinal = days[:-2].lstrip("+") or position
    return f"{_ORDINALS.get(ordinal, ordinal)} {_DAYS.get(code, code)}".strip()


def _named(days: str) -> str:
    named = [_DAYS.get(each, each) for each in days.split(",")]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
