"""What a person types, as Slack delivers it."""

from __future__ import annotations

import pytest

from bot.playground import workspace
from bot.playground.typed import encoded


@pytest.mark.parametrize(
    ("typed", "delivered"),
    [
        ("@lena to write", "<@U01LENA|lena> to write"),
        ("@Lena, @REN", "<@U01LENA|lena>, <@U02REN|ren>"),
        ("@U03MAYA", "<@U03MAYA|maya>"),
        ("@nobody", "@nobody"),
        ("lena@example.com", "<mailto:lena@example.com|lena@example.com>"),
        ("@here @channel @everyone", "<!here> <!channel> <!everyone>"),
        ("see #launch and #nowhere", "see <#C01LAUNCH|launch> and #nowhere"),
        ("PR #1204", "PR #1204"),
        ("<!channel> & <b>", "&lt;!channel&gt; &amp; &lt;b&gt;"),
        ("(https://x.y/a?b=1&c=2).", "(<https://x.y/a?b=1&amp;c=2>)."),
        ("nothing special", "nothing special"),
        ("", ""),
    ],
)
def test_commands_get_ids_with_names(typed: str, delivered: str) -> None:
    assert encoded(workspace(), typed) == delivered


def test_messages_get_ids_alone() -> None:
    assert encoded(workspace(), "@lena hello", names=False) == "<@U01LENA> hello"
