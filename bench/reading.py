"""How long a line takes to read as it doubles: `python -m bench.reading`."""

from datetime import UTC, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.domain.language import Context, read

CONTEXT = Context(now=datetime(2026, 11, 25, 10, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
SIZES = (12_500, 25_000, 50_000, 100_000)
PARTS = ("words and by friday ", "<@U02BOB|bob> ", "x", "!", ":tada:", '"', "<", "\u200b ", "&amp;")


def best_of(typed: str, times: int = 5) -> float:
    """Return the shortest of several readings, in milliseconds."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        read(typed, CONTEXT)
        spent.append(perf_counter() - start)
    return min(spent) * 1000


def main() -> None:
    """Print a row of milliseconds for each kind of text."""
    print(f"{'text repeated':<24}" + "".join(f"{size:>10}" for size in SIZES) + "   ms")
    for part in PARTS:
        rows = [best_of(f"<@U1> to {part * (size // len(part))}by friday") for size in SIZES]
        print(f"{part!a:<24}" + "".join(f"{row:>10.2f}" for row in rows))


if __name__ == "__main__":
    main()
