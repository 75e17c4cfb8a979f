"""The bot's forms in the page: errors at their field, nothing that was typed is lost."""

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


def test_what_is_missing_and_what_is_wrong_is_said_at_the_field(page: Tab, demo: Demo) -> None:
    page.go("launch")
    page.write("/expect")
    form = page.dialog
    form.get_by_label("What", exact=True).fill("paint the door")
    form.get_by_role("button", name="Ask", exact=True).click()
    # The page itself, as Slack's, says what is missing.
    expect(form.get_by_label("Who")).to_have_accessible_description(
        re.compile("Please complete this required field")
    )
    form.get_by_role("combobox", name="Who").fill("ren")
    form.get_by_role("option", name="Ren Sato").click()
    past = demo.now().date() - timedelta(days=3)
    form.get_by_label("By when").fill(past.isoformat())
    form.get_by_role("button", name="Ask", exact=True).click()
    # The bot says what is wrong.
    wrong = form.get_by_label("By when")
    expect(wrong).to_have_accessible_description(re.compile("cannot be a due date|past"))
    expect(wrong).to_be_focused()
    expect(form.get_by_label("What", exact=True)).to_have_value("paint the door")
    form.get_by_label("By when").fill((demo.now().date() + timedelta(days=3)).isoformat())
    form.get_by_role("button", name="Ask", exact=True).click()
    form.wait_for(state="hidden")
    page.message("paint the door").wait_for()


def test_more_fields_keep_what_was_typed(page: Tab) -> None:
    page.go("launch")
    page.write("/expect @ren to paint the door soon")
    form = page.dialog
    form.get_by_label("Why it matters").fill("The paint dries out.")
    form.get_by_role("button", name="More", exact=True).click()
    form.get_by_label("Done means").wait_for()
    expect(form.get_by_label("Why it matters")).to_have_value("The paint dries out.")
    expect(form.get_by_label("What", exact=True)).to_have_value("paint the door soon")
