"""The slides read as a page: on a narrow screen, zoomed, with larger type, by keyboard, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from reports.briefing.model import KINDS, ROOMS
from tests.browser import audit
from tests.browser.audit_scripts import OUTLINE, TWO_FRAMES
from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import NARROW, ZOOMED, check

READ, SLIDES = "Read as a page", "Show as slides"
WINDOWS = {"320 pixels": NARROW, "a phone": {"width": 390, "height": 844}}
# The audit looks at the main part of a page of the dashboard, which Streamlit calls so.
AS_MAIN = "document.querySelector('main').dataset.testid = 'stMain'"
TYPE = """
() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !part.checkVisibility({visibilityProperty: true})) continue;
    const scale = part instanceof SVGElement ? part.getScreenCTM().a : 1;
    found.push(parseFloat(getComputedStyle(part).fontSize) * scale);
  }
  return found;
}
"""

# Pixels left to the end of the page, when it stands there or after a second.
LEFT_TO_SCROLL = """
() => new Promise((go) => {
  const until = performance.now() + 1000;
  const look = () => {
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    if (left < 2 || performance.now() > until) go(left); else requestAnimationFrame(look);
  };
  look();
})
"""


def is_page(page: Page) -> bool:
    """Whether the deck is read as a page; AssertionError where its slides are not on show accordingly."""
    found = bool(page.evaluate("document.documentElement.classList.contains('page')"))
    count = page.locator(".slide").count()
    assert page.locator(".slide:visible").count() == (count if found else 1)
    return found


def words(file: Path) -> dict[str, list[str]]:
    """Every text of every slide in the file itself, without notes and the names inside the map."""
    found = {}
    for kind, inside in re.findall(
        r'<section class="[^"]*" id="(\w+)"[^>]*>(.*?)</section>', file.read_text(encoding="utf-8"), re.DOTALL
    ):
        plain = re.sub(r"<template>.*?</template>|<svg.*?</svg>", "", inside, flags=re.DOTALL)
        found[kind] = [unescape(text).strip() for text in re.findall(r">([^<>]+)<", f">{plain}<")]
    return found


def opened(context: BrowserContext, file: Path, size: dict[str, int]) -> Page:
    """A deck in a new window of a size in CSS pixels."""
    page = context.new_page()
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(file.as_uri())
    page.evaluate(AS_MAIN)
    return page


@pytest.fixture
def loose(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which a test may add a style to a deck, which its own policy forbids."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="en-GB")
    yield context
    context.close()


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS)
def test_a_narrow_window_reads_every_deck_as_a_page_with_nothing_cut_off(
    offline: BrowserContext, files: dict[str, Path], size: dict[str, int]
) -> None:
    for code, file in files.items():
        page = opened(offline, file, size)
        assert is_page(page)
        faults = audit.reflow(page)
        assert not faults, f"{code}\n" + "\n".join(faults)
        for kind, texts in words(file).items():
            shown = page.locator(f"#{kind}").inner_text()
            assert [text for text in texts if text not in shown] == [], f"{code} {kind}"
        assert min(page.evaluate(TYPE)) >= 16
        page.close()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("size", [NARROW, {"width": 1280, "height": 720}], ids=["narrow", "wide"])
def test_the_page_keeps_the_rules(
    offline: BrowserContext, files: dict[str, Path], room: str, size: dict[str, int]
) -> None:
    page = opened(offline, files["LPL-W03"], size)
    if room != "dark":
        page.keyboard.press("d")
    if not is_page(page):
        page.keyboard.press("r")
    assert is_page(page)
    check(page, f"the slides as a page, {room}, {size}")
    assert audit.pictures(page) == []
    levels = [level for level, _ in page.evaluate(OUTLINE)["heads"]]
    assert levels == [1] + [2] * (len(KINDS) - 1)
    assert audit.reflow(page) == []
    assert audit.motion(page) == []


def test_200_percent_of_a_laptop_is_read_as_a_page_and_the_zoom_makes_it_larger(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = opened(offline, files["LPL-W03"], {"width": 1280, "height": 1024})
    assert not is_page(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    devtools = offline.new_cdp_session(page)
    devtools.send("Emulation.setDeviceMetricsOverride", ZOOMED)
    page.locator("html.page").wait_for()
    assert is_page(page)
    assert page.evaluate("[innerWidth, devicePixelRatio]") == [640, 2]
    # where the reader was
    assert page.evaluate("Math.abs(document.querySelector('#people').getBoundingClientRect().top)") < 120
    assert min(page.evaluate(TYPE)) * 2 >= 32
    assert audit.reflow(page) == []
    page.evaluate("document.querySelector('#well').scrollIntoView()")
    devtools.send("Emulation.clearDeviceMetricsOverride")
    page.locator("html:not(.page)").wait_for()
    assert not is_page(page)
    expect(page.locator(".slide:not([hidden])")).to_have_attribute("id", "well")


def test_type_of_twice_the_size_and_wider_spacing_fit(loose: BrowserContext, files: dict[str, Path]) -> None:
    page = opened(loose, files["LPL-W03"], {"width": 640, "height": 512})
    once = page.evaluate(TYPE)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(TYPE) == pytest.approx([2 * size for size in once], rel=1e-4)
    assert audit.reflow(page) == []
    page = opened(loose, files["LPL-W03"], NARROW)
    assert audit.spaced(page) == []


@pytest.mark.parametrize(
    ("size", "page_form"),
    [((1920, 1080), False), ((1280, 720), False), ((1024, 768), False), ((720, 540), False),
     ((719, 540), True), ((1280, 359), True), ((640, 360), True)],
)  # fmt: skip
def test_projectors_keep_slides_and_small_windows_do_not(
    offline: BrowserContext, files: dict[str, Path], size: tuple[int, int], page_form: bool
) -> None:
    page = opened(offline, files["LPL-W03"], {"width": size[0], "height": size[1]})
    assert is_page(page) is page_form


def test_the_button_is_reached_by_keyboard_shows_the_focus_and_keeps_the_place(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = opened(offline, files["LPL-W03"], {"width": 1280, "height": 720})
    names, faults = audit.walk(page)
    assert faults == []
    assert READ in names
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name=READ).focus()
    page.keyboard.press("Enter")
    assert is_page(page)
    button = page.get_by_role("button", name=SLIDES)
    expect(button).to_be_focused()
    assert button.evaluate("part => getComputedStyle(part).outlineStyle") == "solid"
    expect(button).to_be_in_viewport()
    assert page.evaluate("document.querySelector('#well').getBoundingClientRect().top") < 120
    names, faults = audit.walk(page)
    assert faults == []
    assert names == ["Dark or light room (D)", SLIDES]
    button.focus()
    page.keyboard.press("Enter")
    assert not is_page(page)
    expect(page.locator(".slide:not([hidden])")).to_have_attribute("id", "well")


def test_r_goes_to_the_page_and_back_and_the_page_scrolls_by_the_keys_of_the_browser(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = opened(offline, files["LPL-W03"], {"width": 1280, "height": 720})
    page.keyboard.press("r")
    assert is_page(page)
    expect(page.locator(".said")).to_have_text("All slides, as one page.")
    page.keyboard.press("b")
    expect(page.locator(".black")).to_be_hidden()
    for _ in range(10):  # a key that comes before the browser has laid the page out scrolls nothing
        page.keyboard.press("End")
        if page.evaluate(LEFT_TO_SCROLL) < 2:  # and it scrolls in steps: R shows the slide where it stands
            break
    expect(page.locator("#sources")).to_be_in_viewport()
    page.keyboard.press("r")
    assert not is_page(page)
    expect(page.locator(".slide:not([hidden])")).to_have_attribute("id", "sources")
    expect(page.locator(".said")).to_have_text(re.compile("^Slide 11 of 11"))


def test_a_choice_made_by_hand_outlasts_a_larger_window(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = opened(offline, files["LPL-W03"], {"width": 1280, "height": 720})
    page.keyboard.press("r")
    for size in (NARROW, {"width": 1280, "height": 720}):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.evaluate(TWO_FRAMES)  # the window tells of its size before a frame
        assert is_page(page)


def test_without_a_script_a_deck_is_a_page(browser: Browser, files: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["LPL-W03"].as_uri())
    assert page.locator(".slide:visible").count() == len(KINDS)
    expect(page.locator("nav")).to_be_hidden()
    context.close()


def test_the_checks_see_a_deck_that_does_not_flow(loose: BrowserContext, files: dict[str, Path]) -> None:
    page = opened(loose, files["LPL-W03"], NARROW)
    page.add_style_tag(content=".page .slide { height: 300px; overflow: hidden } .page .key { width: 900px }")
    found = "\n".join(audit.reflow(page))
    assert "cut off" in found
    page.add_style_tag(content=".page .slide { overflow: visible; height: 90px }")
    found = "\n".join(audit.reflow(page))
    assert "scrolls sideways" in found
    assert "overlap" in found


def test_the_preview_shows_slides_on_a_laptop_and_a_page_on_a_phone(visitors: Callable[..., Visitor]) -> None:
    visitor = visitors()
    page = visitor.open("/briefing?area=LPL-W03")
    inside = page.frame_locator("iframe")
    expect(inside.locator(".slide:visible")).to_have_count(1)
    page.set_viewport_size({"width": 1024, "height": 768})
    visitor.settle(page)
    expect(inside.locator(".slide:visible")).to_have_count(1)
    page.set_viewport_size(NARROW)
    visitor.settle(page)
    expect(inside.locator(".slide:visible")).to_have_count(len(KINDS))
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()  # the deck has not scrolled the page
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] >= 400
