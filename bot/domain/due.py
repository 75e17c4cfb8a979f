"""When something is due: a whole day, or an hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """A day (a date: the whole day where the owner is) or an hour (an aware wall time)."""

    wall: date | datetime

    def __post_init__(self) -> None:
        """Refuse an hour without a zone: it would name no instant."""
        if isinstance(self.wall, datetime) and self.wall.tzinfo is None:
            msg = "an hour needs its zone"
            raise ValueError(msg)

    @property
    def is_hour(self) -> bool:
        """Tell whether an hour was named, not only a day."""
        return isinstance(self.wall, datetime)

    @property
    def day(self) -> date:
        """The calendar day, in the zone in which it was said."""
        return self.wall.date() if isinstance(self.wall, datetime) else self.wall

    @property
    def zone(self) -> str | None:
        """The IANA name of an hour's zone; None for a day, which is the owner's."""
        tz = self.wall.tzinfo if isinstance(self.wall, datetime) else None
        return tz.key if isinstance(tz, ZoneInfo) else None

    def ends_at(self, owner_zone: ZoneInfo) -> datetime:
        """Return the UTC instant after which it is late; a day's is the midnight that ends it."""
        if isinstance(self.wall, datetime):
            return self.wall.astimezone(UTC)
        midnight = datetime.combine(self.wall + timedelta(days=1), time(), owner_zone)
        return midnight.astimezone(UTC)

    def iso(self) -> str:
        """Write it as in exports: 2026-11-27, or 2026-11-27T17:00:00+01:00."""
        if isinstance(self.wall, datetime):
            return self.wall.isoformat(timespec="seconds")
        return self.wall.isoformat()

    @classmethod
    def parse(cls, iso: str, zone: str | None = None) -> "Due":
        """Read what `iso` wrote; an hour's zone is given beside it."""
        if "T" not in iso:
            return cls(date.fromisoformat(iso))
        moment = datetime.fromisoformat(iso)
        return cls(moment.astimezone(ZoneInfo(zone)) if zone else moment)
