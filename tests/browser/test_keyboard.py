"""The page without a mouse: everything can be reached, and one sees where one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.browser import Tab

pytestmark = pytest.mark.browser
MOST_STEPS = 80
_FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return "";
  const label = document.querySelector(`label[for="${at.id}"]`);
  return at.getAttribute("aria-label") || label?.innerText || at.innerText || at.title || "";
}"""
_IS_SEEN = """() => {
  if (document.activeElement === document.body) return true;
  for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) {
    const look = getComputedStyle(at);
    const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    if (outlined || look.boxShadow !== "none") return true;
  }
  return false;
}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on what has this name; the focus is to be seen all the way."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        said = re.sub(r"\s+", " ", page.evaluate(_FOCUSED)).strip()
        passed.append(said)
        assert page.evaluate(_IS_SEEN), f"no focus to be seen on {said!r}"
        if re.search(name, said):
            return
    raise AssertionError(f"Tab does not reach {name!r}, only {passed}")


def test_ask_answer_and_move_on_without_a_mouse(page: Tab) -> None:
    shown, keys = page.page, page.page.keyboard
    tab_to(shown, "Skip to the conversation")
    tab_to(shown, r"^(# )?support")
    keys.press("Enter")
    shown.get_by_role("heading", level=1, name="#support").wait_for()
    tab_to(shown, "Skip to the box")
    keys.press("Enter")
    expect(page.box).to_be_focused()
    keys.type("/e")
    shown.get_by_role("option", name=re.compile("expect")).wait_for()
    keys.press("Tab")
    expect(page.box).to_have_value("/expect ")
    keys.type("@re")
    shown.get_by_role("option", name=re.compile("Ren Sato")).wait_for()
    keys.press("Enter")
    expect(page.box).to_have_value("/expect @ren ")
    keys.type("to call the printer by friday")
    keys.press("Enter")
    page.message("call the printer").wait_for()

    tab_to(shown, "Act as Ren", "Shift+Tab")
    keys.press("Enter")
    tab_to(shown, r"Winwin( \d|$)")
    keys.press("Enter")
    asked = page.message("asks you", "call the printer")
    asked.wait_for()
    tab_to(shown, "^Ask a question")
    keys.press("Enter")
    page.dialog.wait_for()
    keys.type("Which one?")
    keys.press("Escape")
    page.dialog.wait_for(state="hidden")
    # The focus is where it was: one step back to Accept.
    tab_to(shown, "^Accept", "Shift+Tab")
    keys.press("Enter")
    page.message("call the printer", "agreed").wait_for()


def test_menus_and_forms_without_a_mouse(page: Tab) -> None:
    shown, keys = page.page, page.page.keyboard
    # A menu opens downwards, and Escape gives the focus back.
    tab_to(shown, "^Shortcuts")
    keys.press("ArrowDown")
    shown.get_by_role("menuitem", name="Ask for something").wait_for()
    keys.press("Escape")
    shown.get_by_role("menuitem").first.wait_for(state="hidden")
    assert shown.evaluate(_FOCUSED) == "Shortcuts"
    keys.press("Enter")
    keys.press("Enter")
    page.dialog.wait_for()
    # Who is found by typing; the form is sent from a field.
    keys.type("may")
    shown.get_by_role("option", name="Maya Brooks").wait_for()
    keys.press("Enter")
    tab_to(shown, "^What")
    keys.type("count the chairs")
    tab_to(shown, "^Ask$")
    keys.press("Enter")
    page.dialog.get_by_role("alert").first.wait_for()
    expect(page.dialog.get_by_label("By when")).to_be_focused()
    keys.press("Escape")
    page.dialog.wait_for(state="hidden")


def test_the_drawer_is_opened_and_left_with_the_keyboard(page: Tab) -> None:
    shown, keys = page.page, page.page.keyboard
    shown.set_viewport_size({"width": 390, "height": 780})
    sidebar = shown.get_by_role("navigation", name="Conversations")
    sidebar.wait_for(state="hidden")
    tab_to(shown, "^Conversations$")
    keys.press("Enter")
    sidebar.get_by_role("button", name="launch").wait_for()
    keys.press("Escape")
    sidebar.wait_for(state="hidden")
    assert shown.evaluate(_FOCUSED) == "Conversations"
    keys.press("Enter")
    tab_to(shown, r"^(# )?support")
    keys.press("Enter")
    shown.get_by_role("heading", level=1, name="#support").wait_for()
    sidebar.wait_for(state="hidden")
