"""Random lines, from a seed: `python -m tests.unit.language.fuzz --count 100000`."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.language import Context, read
from tests.unit.language.invariants import check

ZONES = [
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "America/Santiago"),
    *("Africa/Casablanca", "America/St_Johns", "Antarctica/Troll", "Etc/GMT+12"),
]
LOCALES = ["en", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "ja-JP", "ru-RU", "vi-VN", "xx", ""]
OPENINGS = [
    *("", "<@U01ANA|ana> ", "<@U02BOB> to ", "<@U1>, <@U2> and <@U3>: ", "I will ", "we\u2019ll "),
    *("<!here> ", "<!subteam^S1|@team> and <@U1> ", "change e-42 ", "away until ", "remedy E-7 "),
    *("return E-1 ", "done e-3 ", "list ", "goal update g-3 ", "summary ", "thanks <@U2|b> for "),
]
WORDS = [
    *("ship", "the", "draft", "and", "or", "of", "for", "from", "to", "<@U02BOB|bob>", "by", "on"),
    *("at", "in", "before", "until", "every", "daily", "weekly", "monthly", "by", "at", "on", ","),
    *("today", "tomorrow", "yesterday", "eod", "eow", "eom", "eoq", "eoy", "friday", "fri", "mon"),
    *("this", "next", "other", "last", "the", "end", "of", "november", "mar", "dec.", "may"),
    *("5", "25", "12", "31", "29", "999", "0", "1000", "a", "an", "two", "2026", "2027", "9999"),
    *("minutes", "hours", "days", "weeks", "months", "workdays", "years", "day", "week", "workday"),
    *(
        "1st",
        "31st",
        "15th",
        "5pm",
        "5:30",
        "pm",
        "am",
        "14:30",
        "09:30",
        "02:30",
        "00:00",
        "24:00",
    ),
    *("noon", "midnight", "12am", "13/04", "03/04", "25.12.", "04/04", "31/11", "2026-12-25"),
    *(
        "2027-02-29",
        "freitag",
        "vendredi",
        "金曜日",
        "25. Dezember",
        "thứ sáu",
        "soon",
        "asap",
        "!",
    ),
    *(
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "`",
        "'",
        "🎉",
        "👩‍💻",
        ":tada:",
        "5️⃣",
        "\u200b",
        "\u00a0",
        "\n",
    ),
    *(
        "&amp;",
        "&lt;",
        "<",
        ">",
        "<http://a.example|by friday>",
        "<#C1|general>",
        "\u202e",
        "\ud800",
    ),
    *("e-42", "G-3", "team", "now", "here", "x" * 200, "0" * 400, "\u200d", "ß", "İ", "²", "٢٥"),
]
JOINTS = [" ", " ", " ", " ", " ", "", ", ", "  ", "\u00a0", "\u200b", "-", "."]
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MINUTES = 5 * 366 * 24 * 60


def line_and_context(random: Random) -> tuple[str, Context]:
    """Return one random line and who types it, where and when."""
    parts = [random.choice(OPENINGS)]
    for _ in range(random.randrange(12)):
        odd = random.random() < 0.03
        parts.append(chr(random.randrange(0x110000)) if odd else random.choice(WORDS))
        parts.append(random.choice(JOINTS))
    zone = ZoneInfo(random.choice(ZONES))
    now = FIRST + timedelta(minutes=random.randrange(MINUTES), seconds=random.randrange(60))
    workdays = frozenset(random.sample(range(7), random.randint(1, 7)))
    usual = random.random() < 0.7
    return "".join(parts), Context(
        now=now.astimezone(zone),
        zone=zone,
        locale=random.choice(LOCALES),
        workdays=frozenset(range(5)) if usual else workdays,
    )


def run(count: int, seed: int) -> None:
    """Read that many random lines and check each reading."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    for _ in range(count):
        typed, context = line_and_context(random)
        try:
            check(read(typed, context), context)
        except Exception as error:
            error.add_note(f"typed {typed!a} in {context}")
            raise


def main() -> None:
    """Run as asked on the command line."""
    parser = argparse.ArgumentParser(description="Read random lines and check every reading.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    run(asked.count, asked.seed)
    sys.stdout.write(f"{asked.count} lines read, seed {asked.seed}\n")


if __name__ == "__main__":
    main()
