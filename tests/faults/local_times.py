"""Every change of every zone's clocks, with people who live through it and people who travel."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.db.engine import open_store
from tests.faults.proof import Proof
from tests.faults.townspeople import AFTER, BEFORE, Townspeople
from tests.faults.wall_clock import changes
from tests.integration.following.town import Town
from tests.support.databases import Databases, databases

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
_AROUND = timedelta(days=15)
_LOOK = timedelta(days=4)
"""No zone sets its clocks twice within so few days; the odd ones are looked at by the hour."""
_ODD = 3
"""At least so many odd ones are lived through."""

_POSTGRES = 12
"""Of so many crowds one is on PostgreSQL."""

ODDITIES: Mapping[str, tuple[str, datetime]] = {
    name: (zone, datetime.fromisoformat(f"{when}+00:00"))
    for name, zone, when in (
        ("Apia skips a Friday", "Pacific/Apia", "2011-12-30 10:00"),
        ("Fakaofo skips a Friday", "Pacific/Fakaofo", "2011-12-30 11:00"),
        ("Kwajalein skips a Saturday", "Pacific/Kwajalein", "1993-08-21 12:00"),
        ("Kiritimati skips a Saturday", "Pacific/Kiritimati", "1994-12-31 10:40"),
        ("Lord Howe's half an hour ahead", "Australia/Lord_Howe", "2026-10-03 15:30"),
        ("Lord Howe's half an hour back", "Australia/Lord_Howe", "2027-04-03 15:00"),
        ("Casablanca's Ramadan begins", "Africa/Casablanca", "2026-02-15 02:00"),
        ("Casablanca's Ramadan ends", "Africa/Casablanca", "2026-03-22 02:00"),
        ("El Aaiun's Ramadan begins", "Africa/El_Aaiun", "2027-02-07 02:00"),
        ("Troll's two hours ahead", "Antarctica/Troll", "2027-03-28 01:00"),
        ("Troll's two hours back", "Antarctica/Troll", "2027-10-31 01:00"),
        ("Scoresbysund's gap before midnight", "America/Scoresbysund", "2027-03-28 01:00"),
        ("Havana's two midnights", "America/Havana", "2027-11-07 05:00"),
        ("Pyongyang's other half hour", "Asia/Pyongyang", "2018-05-04 15:00"),
        ("Caracas' other half hour", "America/Caracas", "2016-05-01 07:00"),
        ("Volgograd's new hour", "Europe/Volgograd", "2020-12-26 22:00"),
        ("Almaty's new hour", "Asia/Almaty", "2024-02-29 18:00"),
        ("Bougainville's new hour", "Pacific/Bougainville", "2014-12-27 16:00"),
        ("Kathmandu's new quarter of an hour", "Asia/Kathmandu", "1985-12-31 18:30"),
        ("Casey's three hours", "Antarctica/Casey", "2018-03-10 17:00"),
    )
}


@dataclass(frozen=True, slots=True)
class Change:
    """A change of clocks, and the zones in which it looks the same for weeks around."""

    at: datetime
    zones: tuple[str, ...]


def run(amount: int, seed: int) -> Mapping[str, int]:
    """Live through so many percent of all changes, and of what is odd."""
    chance = random.Random(seed)  # noqa: S311 - what may happen, no secret
    found = _all_changes()
    drawn = sorted(chance.sample(found, -(-len(found) * amount // 100)), key=lambda one: one.at)
    names = chance.sample(sorted(ODDITIES), max(_ODD, len(ODDITIES) * amount // 100))
    odd = [Change(at, (zone,)) for zone, at in map(ODDITIES.__getitem__, names)]
    counts: Counter[str] = Counter()
    with databases(in_memory=True) as made:
        for place, crowd in enumerate([*_crowds(drawn), *([one] for one in odd)]):
            kind = "sqlite" if (place + seed) % _POSTGRES else "postgres"
            with _town(made, kind) as town:
                live = random.Random(f"{seed}/{place}")  # noqa: S311 - what may happen, no secret
                people = Townspeople(town, live, f"seed {seed}, {kind}")
                counts += people.live([(one.zones[0], one.at) for one in crowd])
    zones = {zone for one in drawn for zone in one.zones}
    looked_at = len(available_timezones())
    return {
        "zones looked at": looked_at,
        "zones whose clocks change": len(zones),
        "changes": sum(len(one.zones) for one in drawn),
        "of them different": len(drawn),
        "odd ones": len(odd),
        **counts,
        "wrong": 0,
    }


def _all_changes() -> list[Change]:
    """Return all changes of all zones; those that look the same are one."""
    alike: defaultdict[tuple[datetime, object, object], list[str]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        found = list(changes(zone, SINCE - _AROUND, UNTIL + _AROUND, _LOOK))
        shown = [(at, at.astimezone(ZoneInfo(zone)).utcoffset()) for at in found]
        for at in found:
            if SINCE <= at < UNTIL:
                ahead = (at - _AROUND).astimezone(ZoneInfo(zone)).utcoffset()
                near = tuple(one for one in shown if abs(one[0] - at) < _AROUND)
                alike[at, ahead, near].append(zone)
    return [Change(at, tuple(zones)) for (at, *_), zones in alike.items()]


def _crowds(found: Sequence[Change]) -> Iterator[list[Change]]:
    """Yield changes that lie so close together that one town lives through them."""
    crowd: list[Change] = []
    for change in found:
        if crowd and change.at - BEFORE > crowd[-1].at + AFTER:
            yield crowd
            crowd = []
        crowd.append(change)
    if crowd:
        yield crowd


@contextmanager
def _town(made: Databases, kind: str) -> Iterator[Town]:
    url = made.migrated(kind)
    store = open_store(url)
    try:
        yield Town(store)
    finally:
        store.close()
        made.drop(url)


PROOF = Proof(
    name="local_times",
    promise="Whatever clocks do, each date has one list and each week one summary, at the hour "
    "that was agreed",
    unit="percent of all changes of clocks from 2026 to 2036",
    long=100,
    short=10,
    run=run,
)
