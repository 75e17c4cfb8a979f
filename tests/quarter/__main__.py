"""Live through the whole quarter and write it down: `python -m tests.quarter [--seed N]`.

It writes docs/example-quarter.md with every summary, and three pictures of the playground's page.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.quarter.living import Lived, at_the_90th, lived
from tests.quarter.people import TEAMS
from tests.support.browser import WIDE, chromium, tab

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS, WANTED = 13, 400
PAGE = Path("docs/example-quarter.md")
PICTURES = Path("docs/pictures")
SHOTS = (
    ("Ren", "launch", "light", "summary"),
    ("Lena", "Winwin", "light", "list"),
    ("Jonas", "support", "dark", "figures"),
)


def main() -> int:
    """Live through it; return 1 where a figure differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.quarter", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    seed = parser.parse_args().seed
    with lived(WEEKS, WANTED, seed) as found:
        _pictures(found)
        PAGE.write_text("\n".join(_page(found, seed)) + "\n", encoding="utf-8")
        for line in (*found.differs, *found.refused):
            sys.stdout.write(f"{line}\n")
        sys.stdout.write(f"{found.compared.total()} compared, {len(found.differs)} differ\n")
        return 1 if found.differs else 0


def _pictures(found: Lived) -> None:
    with chromium() as browser:
        for who, place, theme, name in SHOTS:
            with tab(browser, size=WIDE, theme=theme) as page:  # type: ignore[arg-type]  # one of the two
                page.visit(found.stage.slack.url)
                page.act_as(who)
                page.go(place)
                page.messages.last.wait_for()
                page.page.wait_for_load_state("networkidle")
                page.page.screenshot(
                    path=PICTURES / f"quarter-{name}.png", animations="disabled", scale="css"
                )


def _page(found: Lived, seed: int) -> Iterator[str]:
    items = found.export["expectations"]
    counts = found.per_day
    yield "# An example: a quarter of three teams"
    yield ""
    yield (
        "Twelve people in three teams live through thirteen weeks in the playground, and the bot "
        "follows up. Every figure that a channel read was then counted anew by a script that knows "
        "nothing of the bot and reads the [export](export.md) alone: "
        f"{found.compared.total()} figures, {len(found.differs) or 'none'} of them differ. The "
        f"page is written by `python -m tests.quarter --seed {seed}`."
    )
    yield ""
    yield (
        f"- **Expectations**: {len(items)}, with remedies and each team's weekly report; of those "
        "that people asked, offered or promised:"
    )
    for fate, count in found.fates.most_common():
        yield f"  - {fate}: {count}"
    yield (
        f"- **Messages**: {sum(counts) / len(counts):.1f} a person and workday on average, "
        f"{at_the_90th(counts)} at the 90th percentile, {max(counts)} at most."
    )
    yield (
        "- **Compared**: "
        + ", ".join(f"{name} {count}" for name, count in sorted(found.compared.items()))
        + "."
    )
    yield ""
    for *_, name in SHOTS:
        yield f"![{name}](pictures/quarter-{name}.png)"
        yield ""
    for team in TEAMS:
        yield f"## #{team.channel}"
        yield ""
        for look in found.looks:
            if look.channel == team.channel and look.kind == "summary":
                yield from (f"> {line}  " for line in look.text.splitlines())
                yield ""
        yield "On the last Friday its figures said:"
        yield ""
        last = [one for one in found.looks if one.channel == team.channel and one.kind != "summary"]
        yield from (f"> {one.text}  " for one in last[-5:])
        yield ""


if __name__ == "__main__":
    sys.exit(main())
