"""By keyboard alone: the way past the navigation, and to an area without the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

MOST = 60  # presses of the Tab key to a control


def go_to(page: Page, name: str) -> None:
    """Press Tab until a control with this name (its start) has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent || ''")
        if found.startswith(name):
            return
    raise AssertionError(f"{MOST} presses of Tab do not lead to {name!r}")


@pytest.mark.parametrize(
    ("path", "control", "typed", "heading"),
    [
        ("/", "Find your area", "Aigburth", None),
        ("/profile", "Find your area", "L4 0TH", None),
        ("/profile", "Or choose a ward", "Aigburth", "Aigburth"),
        ("/map?indicator=disabled&level=ward", "Chosen area", "Aigburth", None),
    ],
)
def test_an_area_is_chosen_without_the_map(
    visitor: Visitor, path: str, control: str, typed: str, heading: str | None
) -> None:
    page = visitor.open(path)
    go_to(page, control)
    page.keyboard.type(typed, delay=20)
    if control.startswith("Find"):
        page.keyboard.press("Enter")
    else:
        expect(page.get_by_role("option").first).to_contain_text(typed)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"area=E05\d{6}"))
    visitor.settle(page)
    if heading:
        expect(page.locator("h1")).to_contain_text(heading)


def test_the_first_step_leads_past_the_navigation(visitor: Visitor) -> None:
    page = visitor.open("/data")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_list_that_opens_is_left_with_escape(visitor: Visitor) -> None:
    page = visitor.open("/map")
    go_to(page, "Areas")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("combobox", name="Areas")).to_be_focused()
