"""docs/operations.md says of each code what becomes of a message, and what to do."""

from pathlib import Path

from bot.slack.codes import MEANINGS, Fate, Meaning

PAGE = Path("docs/operations.md")
BEGIN, END = "<!-- codes -->\n", "<!-- end of codes -->"

BECOMES = {
    Fate.SLOW_DOWN: "waits, with all of its kind, as long as Slack says",
    Fate.WAITS: "waits, with all of its kind, until it is mended",
    Fate.WAITS_ALONE: "waits until it is mended",
    Fate.REFUSED: "is given up",
    Fate.UNKNOWN: "is of unknown fate, and is looked for",
}


def table() -> str:
    """Return the table, a row for all codes that mean the same."""
    together: dict[Meaning, list[str]] = {}
    for code, found in MEANINGS.items():
        together.setdefault(found, []).append(f"`{code}`")
    rows = ["| code | the message | because | what to do |", "|---|---|---|---|"]
    rows += [
        f"| {', '.join(codes)} | {BECOMES[found.fate]} | {found.says} | {found.do} |"
        for found, codes in together.items()
    ]
    return "\n".join(rows) + "\n"


def test_the_page_has_the_table() -> None:
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    shown, end, _ = rest.partition(END)
    assert end
    assert shown == table(), f"put this between the marks:\n{table()}"
