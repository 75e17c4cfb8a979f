"""The whole story with clicks, through the demo as `winwin demo` runs it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from bot.cli.playing import Demo
    from tests.support.browser import Tab

pytestmark = pytest.mark.browser


def test_from_an_ask_to_the_weeks_summary(page: Tab, demo: Demo) -> None:
    tuesday = demo.now().date()
    friday = tuesday + timedelta(days=3)

    # Tuesday morning in Berlin. Lena sets up the week's summary, and asks Ren for something.
    page.go("launch")
    page.write("/expect summary here weekly fri 16:00")
    page.messages.filter(has_text=re.compile("16:00")).first.wait_for()
    page.write("/expect @ren to check the price list by thursday")
    page.message("check the price list", "Nothing is agreed").wait_for()

    # Ren suggests another day.
    page.act_as("Ren Sato")
    page.go("Winwin")
    page.press(page.message("asks you", "check the price list"), "Suggest a change")
    page.dialog.get_by_label("By when").fill(friday.isoformat())
    page.dialog.get_by_role("button", name="Suggest", exact=True).click()
    page.dialog.wait_for(state="hidden")

    # Lena reads it and accepts.
    page.act_as("Lena Vogt")
    suggested = page.message("check the price list", "instead of")
    expect(suggested).to_contain_text(f"Friday, {friday.day} {friday:%B}")
    page.press(suggested, "Accept")
    page.act_as("Ren Sato")
    page.message("check the price list", "agreed with").wait_for()

    # Time passes; Thursday's list asks Ren what is due on Friday, and he is done.
    for _ in range(2):
        page.move_clock("Next list")
    asked = page.message("things today", "check the price list")
    asked.wait_for()
    asked.get_by_role("combobox", name="Answer").last.select_option("Done")
    page.message("check the price list", "without a word it is closed").wait_for()

    # It fits, says Lena.
    page.act_as("Lena Vogt")
    page.move_clock("Next list")
    done = page.message("check the price list", "Does it fit?")
    page.press(done, "Yes, it fits")
    page.message("check the price list", "kept").wait_for()

    # Friday at 16:00 the channel reads the week.
    page.move_clock("Friday 16:00")
    page.go("launch")
    week = page.message("Set up by")
    expect(week).to_contain_text("1 kept")
    expect(week).not_to_contain_text("Only visible to you")
