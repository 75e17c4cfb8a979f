"""Who sees what of what a figure counts: the matrix, above the floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.scenario.matrix import BOT, LAUNCH, NAMES, ROLES, WHY, ask, cast, may_type

if TYPE_CHECKING:
    from tests.support.stage import Stage


def test_what_counted_shows_others_what_was_agreed_and_nothing_private(stage: Stage) -> None:
    """Above the floors, where figures name what they count."""
    cast(stage)
    owners = ("asha", "asha", "maya", "ren", "ren", "asha")
    for number, owner in enumerate(owners, start=1):
        ask(stage, "shared" if number < len(owners) else "direct", owner)
        for who, line in ((owner, "accept"), (owner, "done"), ("lena", "confirm")):
            stage.expect(who, f"{line} E-{number}", BOT)
    stage.advance_by(days=7)
    found = {}
    for role in ROLES:
        if may_type(role, LAUNCH):
            assert "Kept, 1 September to 29 November: 5." in stage.expect(NAMES[role], "why kept")
            stage.press(
                NAMES[role], stage.slack.visible(NAMES[role], LAUNCH)[-1], "Show what counted"
            )
            rows = stage.slack.visible(NAMES[role], LAUNCH)[-1].text
            found[role] = ("E-1)" in rows, "E-6)" in rows, WHY in rows)
    assert found == dict.fromkeys((role for role in ROLES if role != "other"), (True, False, False))
