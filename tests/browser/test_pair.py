"""Two figures side by side: whatever moves one map moves the other, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from data.query import Bundle
from tests.browser.conftest import Visitor
from tests.browser.driver import NO_WEBGL, PHONE, choose, launch
from tests.browser.test_accessibility import check

pytestmark = pytest.mark.browser
ADDRESS = "/map?indicator=children-income-deprived&level=ward&second=disabled&view=side"
AREA = "E05015303"


def views(page: Page) -> list[tuple[float, ...]]:
    """What part of its drawing each map shows: left, top, width, height."""
    boxes = page.eval_on_selector_all(".maps-frame svg", "all => all.map(e => e.getAttribute('viewBox'))")
    return [tuple(float(part) for part in box.split()) for box in boxes]


def together(page: Page) -> tuple[float, ...]:
    """The one view of both maps."""
    first, second = views(page)
    assert first == second
    return first


def middle(page: Page, number: int) -> tuple[float, float]:
    """The middle of one of the maps on the screen."""
    box = page.locator(".maps-frame").nth(number).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_wheel_and_drag_on_either_map_move_both(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    expect(page.locator(".maps-frame svg")).to_have_count(2)
    check(page, "two maps side by side")
    whole = together(page)
    page.mouse.move(*middle(page, 0))
    page.mouse.wheel(0, -400)
    near = together(page)
    assert near[2] < whole[2] / 2
    x, y = middle(page, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 70, y - 40, steps=5)
    page.mouse.up()
    moved = together(page)
    assert moved[0] > near[0]
    assert moved[1] > near[1]
    assert moved[2:] == near[2:]
    page.get_by_role("button", name="Show all").click()
    assert together(page) == whole


def test_keys_move_both_and_an_area_pointed_at_is_named_in_both(visitor: Visitor, bundle: Bundle) -> None:
    page = visitor.open(ADDRESS)
    whole = together(page)
    page.locator(".maps-frame").nth(1).focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    found = together(page)
    assert found[2] < whole[2]
    assert found[0] + found[2] / 2 > whole[2] / 2
    page.keyboard.press("0")
    assert together(page) == whole
    page.mouse.move(*middle(page, 0))
    said = page.locator(".maps-said").all_inner_texts()
    names = {text.split(":")[0] for text in said}
    assert len(names) == 1
    assert names <= set(bundle.areas["area_name"])
    assert all("between" in text for text in said)
    expect(page.locator(".maps-frame .lit")).to_have_count(2)


def test_the_view_stays_when_an_area_is_chosen_and_goes_to_it_when_asked(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    page.get_by_role("button", name="Zoom in").click()
    near = together(page)
    choose(page, "Chosen area", "Festival Gardens")
    visitor.settle(page)
    assert together(page) == near
    page.get_by_role("button", name="Chosen area").click()
    there = together(page)
    assert there != near
    box = page.eval_on_selector(
        f".maps-frame svg [data-code={AREA}]", "e => { const b = e.getBBox(); return [b.x, b.y]; }"
    )
    assert there[0] <= box[0] <= there[0] + there[2]
    assert there[1] <= box[1] <= there[1] + there[3]


def test_two_fingers_on_a_phone_move_both(visitors) -> None:
    visitor = visitors(viewport=PHONE, has_touch=True)
    page = visitor.open(ADDRESS)
    whole = together(page)
    page.locator(".maps-frame").first.scroll_into_view_if_needed()
    x, y = middle(page, 0)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": x + by, "y": y, "id": i} for i, by in enumerate(apart)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", -30)
    fingers("touchStart", -30, 30)
    for far in (45, 60, 75, 90):
        fingers("touchMove", -far, far)
    fingers("touchEnd")
    assert together(page)[2] < whole[2] / 2


def test_the_pair_needs_no_webgl(visitors, playwright) -> None:
    own = launch(playwright, NO_WEBGL)
    try:
        page = visitors(own=own).open(ADDRESS)
        page.get_by_role("button", name="Zoom in").click()
        assert together(page)[0] > 0
    finally:
        own.close()
