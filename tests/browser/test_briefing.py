"""The briefing in a hall: the first screen on a projector, a laptop and a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.audit_scripts import BEYOND, WIDER
from tests.browser.conftest import Visitor
from tests.browser.driver import LAPTOP, PHONE, PROJECTOR, colours, pages, picture

PATHS = [*pages(), "/profile?area=E05015277"]


def on_screen(page: Page, part: Locator) -> bool:
    """Whether the whole of a part can be seen without scrolling."""
    box = part.bounding_box()
    size = page.viewport_size
    assert size is not None
    if box is None:
        return False
    bottom, right = box["y"] + box["height"], box["x"] + box["width"]
    return box["x"] >= 0 and box["y"] >= 0 and bottom <= size["height"] and right <= size["width"]


def test_the_first_screen_of_a_projector_shows_three_maps_and_says_whose_neighbourhoods(
    visitors: Callable[..., Visitor],
) -> None:
    page = visitors(viewport=PROJECTOR).open("/")
    maps = page.get_by_test_id("stImage").locator("img, svg").all()
    assert len(maps) == 3
    for small in maps:
        assert on_screen(page, small)
        assert colours(picture(small)) > 5
    label = page.get_by_role("main").get_by_text("working grouping").first
    assert on_screen(page, label)
    assert on_screen(page, page.locator("h1"))
    assert on_screen(page, page.get_by_role("textbox").first)


def test_the_map_says_whose_neighbourhoods_it_shows_without_scrolling(visitor: Visitor) -> None:
    page = visitor.open("/map?level=neighbourhood&places=liverpool")
    assert on_screen(page, page.get_by_text("working grouping").first)
    assert on_screen(page, page.locator('[data-testid="stDeckGlJsonChart"]'))


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_over_the_edge_of_a_projector_a_laptop_or_a_phone(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    for size in (PROJECTOR, LAPTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        visitor.settle(page)
        assert max(page.evaluate(WIDER)) <= 0, size
        assert page.evaluate(BEYOND) == [], size


def test_the_check_sees_what_runs_over_the_edge(visitor: Visitor) -> None:
    page = visitor.context.new_page()
    page.set_content('<div data-testid="stMain"><p style="width: 3000px">Wide</p></div>')
    assert page.evaluate(BEYOND) == ["P  Wide"]
    assert max(page.evaluate(WIDER)) > 0
