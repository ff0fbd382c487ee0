"""What is not there: figures that nobody publishes, and browsers that cannot draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.conftest import Visitor
from tests.browser.driver import NO_WEBGL, colours, launch, picture


@pytest.fixture(scope="module")
def without_webgl(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that cannot draw the interactive map."""
    found = launch(playwright, NO_WEBGL)
    yield found
    found.close()


def test_a_level_without_figures_says_so_and_offers_where_there_are_some(visitor: Visitor) -> None:
    page = visitor.open("/map?indicator=eyfs-literacy&level=ward&places=liverpool")
    expect(page.locator("h1")).to_contain_text("no figures for wards")
    expect(page.get_by_role("status").filter(has_text="exists for Places, not for wards")).to_be_visible()
    page.get_by_role("button", name="Show Places").click()
    expect(page.locator("h1")).not_to_contain_text("no figures")
    visitor.settle(page)
    assert "level=place" in page.url
    expect(page.get_by_role("list", name="Classes of the map")).to_be_visible()


def test_a_companion_is_offered_for_the_level_asked_for(visitor: Visitor) -> None:
    page = visitor.open("/map?indicator=eyfs-literacy&level=ward&places=liverpool")
    fetched = len(visitor.watcher.geometry())
    page.get_by_role("button", name=re.compile("by ward")).first.click()
    expect(page).not_to_have_url(re.compile("indicator=eyfs-literacy(&|$)"))
    visitor.settle(page)
    assert "level=ward" in page.url
    expect(page.get_by_role("list", name="Classes of the map")).to_be_visible()
    assert visitor.watcher.geometry()[fetched:] == []


def test_a_place_without_a_list_of_neighbourhoods_says_how_to_add_one(visitor: Visitor) -> None:
    page = visitor.open("/map?level=neighbourhood&places=sefton")
    expect(page.get_by_role("status").filter(has_text="geo/neighbourhoods/sefton.csv")).to_be_visible()
    page.get_by_role("button", name=re.compile("Show wards of Sefton")).click()
    expect(page).to_have_url(re.compile("level=ward"))
    visitor.settle(page)
    expect(page.get_by_role("list", name="Classes of the map")).to_be_visible()


def test_without_webgl_the_simple_map_can_be_reached(
    visitors: Callable[..., Visitor], without_webgl: Browser
) -> None:
    visitor = visitors(without_webgl)
    visitor.watcher.expected = "Failed to create WebGL context"
    page = visitor.open("/map?level=ward&places=liverpool")
    assert page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    hint = page.get_by_text("this browser cannot draw it")
    expect(hint).to_be_visible()
    page.get_by_role("radio", name="Simple map").click()
    simple = page.get_by_test_id("stImage").locator("img, svg")
    expect(simple).to_be_visible()
    visitor.settle(page)
    assert "view=simple" in page.url
    assert colours(picture(simple)) > 5
    again = visitors(without_webgl).open(page.url.removeprefix(visitor.server.url))
    assert colours(picture(again.get_by_test_id("stImage").locator("img, svg"))) > 5
