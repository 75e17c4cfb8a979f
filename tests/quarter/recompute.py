"""The figures, recomputed: `python -m tests.quarter.recompute EXPORT LOOKS`.

It knows nothing of the bot: it reads the JSON export and what was read in the channels, counts anew
by the definitions as docs/how-it-works.md has them, and says where the two differ.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
Counted = tuple["Counter[str]", Row]
"""How many are whose, and what is shown of them."""
Count = Callable[[str, datetime, datetime, datetime], Counted]

DAYS_90 = timedelta(days=90)
WEEK = timedelta(days=7)
KEPT = ("kept", "kept_changed")
ENOUGH, PEOPLE = 5, 3


def instant(text: str | None) -> datetime:
    """Read an instant; one that is not there lies far ahead."""
    return datetime.fromisoformat(text) if text else datetime.max.replace(tzinfo=UTC)


class Recomputed:
    """What each channel had to read, look by look in their order."""

    def __init__(self, export: Row) -> None:
        self.members = {one["id"]: one for one in export["members"]}
        self.items = [self._item(one) for one in export["expectations"]]
        self.outcomes: dict[str, Row] = {}
        self.agreements: dict[str, Row] = {}
        self.shares: dict[str, Row] = {}

    def _item(self, row: Row) -> Row:
        accepted = [version for version in row["terms"] if version["accepted_at"]]
        agreed_at = min((instant(each["accepted_at"]) for each in accepted), default=instant(None))
        return row | {
            "agreed_at": agreed_at,
            "closed": instant(row["closed_at"]),
            "accepted": accepted,
            "two": row["requester"] is not None,
        }

    def of(self, channel: str) -> list[Row]:
        """Return what a channel shares."""
        return [
            one for one in self.items
            if one["channel"] == channel and one["visibility"] == "channel"
        ]  # fmt: skip

    # -- the week ----------------------------------------------------------------------------

    def week(self, channel: str, at: datetime, since: datetime) -> Row:
        """Count a week up to a moment."""
        shared = self.of(channel)
        agreed = [one for one in shared if one["two"] and since <= one["agreed_at"] < at]
        ended = [one for one in shared if since <= one["closed"] < at and one["outcome"] in KEPT]
        ended = [one for one in ended if not one["self_confirmed"]]
        return {
            "agreed": len(agreed),
            "kept": len(ended),
            "changed in time": sum(one["outcome"] == "kept_changed" for one in ended),
            "under way": sum(one["agreed_at"] <= at < one["closed"] for one in shared),
            "both gain": sum(gains(one, at) for one in agreed),
            "share": self.share(channel, at),
        }

    # -- the figures of 90 days ---------------------------------------------------------------

    def look(self, channel: str, at: datetime) -> None:
        """Bring what a channel is shown up to date, as any look does."""
        until = monday(at)
        self._follow(self.outcomes, channel, until, self._outcomes, at)
        self._follow(self.agreements, channel, until, self._agreements, at)
        self.share(channel, at)

    def _follow(
        self, shown: dict[str, Row], channel: str, until: datetime, count: Count, at: datetime
    ) -> None:
        before = shown.get(channel)
        if before is not None and until - before["until"] > DAYS_90:
            before = None
            del shown[channel]
        if before is not None and before["until"] >= until:
            return
        all_, values = count(channel, until - DAYS_90, until, at)
        if not hides(all_):
            return
        if before is not None:
            came, _ = count(channel, before["until"], until, at)
            fell, _ = count(channel, before["until"] - DAYS_90, until - DAYS_90, at)
            moved = [part for part in (came, fell) if part]
            if not moved or not all(map(hides, moved)):
                return
        shown[channel] = {"until": until, **values}

    def _outcomes(self, channel: str, since: datetime, until: datetime, at: datetime) -> Counted:
        kept = [
            one for one in self.of(channel)
            if one["two"] and one["outcome"] in KEPT and since <= one["closed"] < until
        ]  # fmt: skip
        reminders = sum(
            asked["prompt"] in {"check_in", "overdue"} and instant(asked["at"]) <= at
            for one in kept
            for asked in one["asked"]
        )
        changed = sum(one["outcome"] == "kept_changed" for one in kept)
        values = {"kept": len(kept), "changed": changed, "reminders": reminders}
        return Counter(one["owner"] for one in kept), values

    def _agreements(self, channel: str, since: datetime, until: datetime, at: datetime) -> Counted:
        both = [
            one for one in self.of(channel)
            if one["two"] and since <= one["agreed_at"] < until and gains(one, at)
        ]  # fmt: skip
        return Counter(one["owner"] for one in both), {"both gain": len(both)}

    def share(self, channel: str, at: datetime) -> Row | None:
        """Return how evenly open work is spread: what the first look of the week found."""
        week, before = monday(at), self.shares.get(channel)
        if before is not None and before["until"] == week:
            return before
        shared = [one for one in self.of(channel) if one["two"]]
        open_work = Counter(
            one["owner"] for one in shared if one["agreed_at"] <= at < one["closed"]
        )
        agreed = {
            one["owner"] for one in shared
            if week - DAYS_90 <= one["agreed_at"] < week
        }  # fmt: skip
        loads, carried = {}, Counter[str]()
        for user in agreed | set(open_work):
            days = self.workdays(user, at)
            if days:
                loads[user] = Fraction(open_work[user], days)
                carried[user] = open_work[user]
        total = sum(loads.values())
        if not hides(+carried) or max(loads.values()) * 2 > total:
            return None
        carried_by = round(total**2 / sum(load**2 for load in loads.values()))
        self.shares[channel] = {"until": week, "carried": carried_by, "people": len(loads)}
        return self.shares[channel]

    def workdays(self, user: str, at: datetime) -> int:
        """Return somebody's own workdays in the next ten days."""
        member = self.members[user]
        today = at.astimezone(ZoneInfo(member["zone"])).date()
        days = (today + timedelta(days=n) for n in range(10))
        return sum(day.weekday() in member["workdays"] for day in days)


def gains(item: Row, at: datetime) -> bool:
    """Tell whether an agreement named both gains by a moment."""
    in_force = [one for one in item["accepted"] if instant(one["accepted_at"]) <= at]
    said = {one["author"] for one in item["own_words"] if one["gain"] and instant(one["at"]) <= at}
    terms = in_force[-1]["gains"] if in_force else {"owner": "", "requester": ""}
    owner = bool(terms["owner"]) or item["owner"] in said
    return owner and (bool(terms["requester"]) or item["requester"] in said)


def hides(owners: Counter[str]) -> bool:
    """Tell whether nobody can be picked out: five of three, none with over half."""
    total = owners.total()
    return total >= ENOUGH and len(owners) >= PEOPLE and 2 * max(owners.values()) <= total


def monday(at: datetime) -> datetime:
    """Return the midnight, UTC, with which the last whole week ended."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


# -- reading what was read ------------------------------------------------------------------------

THIS_WEEK = re.compile(r"\*This week\*\n(.*)")
COUNT = re.compile(r"([0-9]+) (agreed|kept|changed in time|under way)")
BOTH = re.compile(r"([0-9]+) of the ([0-9]+) says? what each side gains")
CARRY = re.compile(r"([0-9]+) of ([0-9]+) carr(?:y|ies) the open work")
FIGURE = {
    "kept": re.compile(r"Kept, .* to (.*): ([0-9]+)\."),
    "changed": re.compile(r"Changed in time, .* to (.*): ([0-9]+)\."),
    "both gain": re.compile(r"Both sides gain, .* to (.*): ([0-9]+) agreements"),
    "reminders": re.compile(r"Reminders, .* to (.*): ([0-9]+) for ([0-9]+) kept promises?"),
    "fair share": re.compile(r"Fair share, .*: carried by about ([0-9]+) of ([0-9]+)"),
}


def read_week(text: str) -> Row:
    """Read a summary's counts."""
    line = THIS_WEEK.search(text)
    counts = {name: int(count) for count, name in COUNT.findall(line[1] if line else "")}
    both, carry = BOTH.search(text), CARRY.search(text)
    return {
        **{
            name: counts.get(name, 0) for name in ("agreed", "kept", "changed in time", "under way")
        },
        "both gain": int(both[1]) if both else 0,
        "share": (int(carry[1]), int(carry[2])) if carry else None,
    }


def read_figure(kind: str, text: str) -> tuple[str, ...] | None:
    """Read what a why says; None where there is not enough to say."""
    found = FIGURE[kind].search(text)
    return None if found is None else found.groups()


def last_day(until: datetime) -> str:
    """Write a period's last day as the bot does."""
    day: date = (until - timedelta(microseconds=1)).date()
    return f"{day.day} {day:%B}"


def expected(
    kind: str, recomputed: Recomputed, channel: str, at: datetime
) -> tuple[str, ...] | None:
    """Return what a why had to say."""
    if kind == "fair share":
        share = recomputed.share(channel, at)
        return None if share is None else (str(share["carried"]), str(share["people"]))
    shown = (recomputed.agreements if kind == "both gain" else recomputed.outcomes).get(channel)
    if shown is None:
        return None
    day = last_day(shown["until"])
    if kind == "both gain":
        return (day, str(shown["both gain"]))
    if kind == "reminders":
        return (day, str(shown["reminders"]), str(shown["kept"]))
    return (day, str(shown[kind]))


def compare(export: Row, looks: list[Row]) -> tuple[Counter[str], list[str]]:
    """Return how many figures were compared, and those that differ."""
    recomputed, done, wrong = Recomputed(export), Counter[str](), []
    for look in sorted(looks, key=lambda one: one["at"]):
        channel, kind, at = look["channel"], look["kind"], instant(look["at"])
        recomputed.look(channel, at)
        if kind == "summary":
            week = recomputed.week(channel, at, at - WEEK)
            share = week["share"]
            must = week | {"share": share and (share["carried"], share["people"])}
            is_ = read_week(look["text"])
            pairs = [(name, is_[name], must[name]) for name in must]
        else:
            pairs = [
                (kind, read_figure(kind, look["text"]), expected(kind, recomputed, channel, at))
            ]
        for name, read, counted in pairs:
            done[f"{'summary: ' if kind == 'summary' else ''}{name}"] += 1
            if read != counted:
                wrong.append(
                    f"{look['at']} {channel} {kind} {name}: read {read}, counted {counted}"
                )
    return done, wrong


def main() -> int:
    """Compare; return 1 where anything differs."""
    export, looks = (json.loads(Path(path).read_text()) for path in sys.argv[1:3])
    done, wrong = compare(export, looks)
    for name, count in sorted(done.items()):
        sys.stdout.write(f"{name}: {count} compared\n")
    sys.stdout.writelines(f"DIFFERS {line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
