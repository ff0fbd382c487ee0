"""The slides in a real browser without a network: every slide, read from the file as on a stick.

Nothing overflows, no picture is blank, type is at least 28 pixels high and its contrast at least 7 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from house_style.palette import contrast
from reports.briefing.model import KINDS, ROOMS
from tests import pdf_check
from tests.browser.conftest import Visitor
from tests.browser.driver import colours, picture

HALL, SMALL, SQUARE = (1920, 1080), (1280, 720), (1024, 768)
SMALLEST = 28  # pixels
LEAST_CONTRAST = 7
# Texts of the slide on show (size as drawn, colours), its blocks, the parts of its picture.
MEASURE = """
() => {
  const slide = document.querySelector('.slide:not([hidden])');
  const box = (part) => {
    const found = part.getBoundingClientRect();
    return [found.left, found.top, found.right, found.bottom];
  };
  const ground = (part) => {
    for (let up = part; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'none';
  };
  // a picture may stand out of its block: what is drawn counts
  const reach = (part) => {
    const found = box(part);
    for (const svg of part.querySelectorAll('svg')) found[3] = Math.max(found[3],
      svg.getBoundingClientRect().bottom);
    return found;
  };
  const texts = [];
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, part = node.parentElement;
    if (!node.data.trim() || !part.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const style = getComputedStyle(part);
    const svg = part instanceof SVGElement;
    const scale = svg ? part.getScreenCTM().a : 1;
    texts.push({
      text: node.data.slice(0, 60), size: parseFloat(style.fontSize) * scale, box: box(range),
      ink: svg ? style.fill : style.color, ground: ground(svg ? part.ownerSVGElement.parentElement : part),
    });
  }
  const blocks = [...slide.children, document.querySelector('nav')].filter((part) => part.checkVisibility());
  const figure = slide.querySelector('figure');
  const drawn = figure ? [...figure.querySelectorAll('svg path, svg rect, svg use, svg circle')] : [];
  return {
    kind: slide.id, texts, blocks: blocks.map((part) => [part.className || part.tagName, ...reach(part)]),
    over: [slide.scrollWidth - slide.clientWidth, slide.scrollHeight - slide.clientHeight,
      document.documentElement.scrollWidth - innerWidth],
    slide: box(slide), figure: figure ? box(figure) : null,
    drawn: drawn.map(box).filter(([left, top, right, bottom]) => right - left > 1 && bottom - top > 1).length,
  };
}
"""


def hexadecimal(colour: str) -> str:
    """`rgb(1, 2, 3)` as #010203. AssertionError for what is not opaque."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert found is not None, colour
    return "#" + "".join(f"{int(part):02x}" for part in found.groups())


def faults(found: dict[str, Any]) -> list[str]:
    """What is wrong with the slide on show."""
    wrong = []
    left, top, right, bottom = found["slide"]
    if max(found["over"]) > 0:
        wrong.append(f"overflows by {found['over']}")
    for text in found["texts"]:
        a, b, c, d = text["box"]
        if a < left or b < top or c > right or d > bottom:
            wrong.append(f"outside the slide: {text}")
        if text["size"] < SMALLEST:
            wrong.append(f"{text['size']:.1f} pixels: {text['text']}")
        if contrast(hexadecimal(text["ink"]), hexadecimal(text["ground"])) < LEAST_CONTRAST:
            wrong.append(f"{text['ink']} on {text['ground']}: {text['text']}")
    for above, below in zip(found["blocks"], found["blocks"][1:], strict=False):
        if above[4] > below[2] + 1:
            wrong.append(f"{above} runs into {below}")
    figure = found["figure"]
    if figure is None:
        if found["kind"] != "sources":
            wrong.append("has no picture")
    elif figure[2] - figure[0] < 200 or figure[3] - figure[1] < 120 or found["drawn"] < 3:
        wrong.append(f"picture {figure} with {found['drawn']} parts")
    return wrong


def show(page: Page, file: Path, size: tuple[int, int], room: str = "dark") -> None:
    """Open a deck at its first slide."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("about:blank")
    page.goto(file.as_uri())
    if room != "dark":
        page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.room") == room


@pytest.mark.parametrize("size", [HALL, SMALL, SQUARE], ids=["1920x1080", "1280x720", "1024x768"])
def test_every_slide_of_every_deck_fits_and_can_be_read_from_row_ten(
    offline: BrowserContext, files: dict[str, Path], size: tuple[int, int]
) -> None:
    page, wrong, count = offline.new_page(), [], 0
    for at, (code, file) in enumerate(files.items()):
        show(page, file, size, ROOMS[at % 2])
        for kind in KINDS:
            found = page.evaluate(MEASURE)
            assert found["kind"] == kind
            assert found["texts"]
            wrong += [f"{code} {kind}: {fault}" for fault in faults(found)]
            count += 1
            page.keyboard.press("ArrowRight")
    assert count == len(files) * len(KINDS)
    assert not wrong, "\n".join(wrong[:40])


def test_the_measuring_finds_faults(offline: BrowserContext, files: dict[str, Path]) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    page.keyboard.press("ArrowRight")
    assert not faults(page.evaluate(MEASURE))
    for change, words in (
        ("document.querySelector('#where .source').style.fontSize = '20px'", "20.0 pixels"),
        (
            "document.querySelector('#where .source').style.color = 'rgb(120, 120, 120)'",
            "rgb(120, 120, 120) on",
        ),
        ("document.querySelector('#where h2').textContent += ' and on'.repeat(60)", "runs into"),
        ("document.querySelector('#where figure').innerHTML = ''", "picture"),
    ):
        page.evaluate(change)
        assert words in "\n".join(faults(page.evaluate(MEASURE)))


def test_both_rooms_are_drawn(offline: BrowserContext, files: dict[str, Path]) -> None:
    page, pictures = offline.new_page(), []
    for room in ROOMS:
        show(page, files["LPL-W03"], SMALL, room)
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        pictures.append(picture(page.locator("#people")))
        assert colours(pictures[-1]) >= 3
    assert pictures[0].mean() < 100 < 180 < pictures[1].mean()


@pytest.mark.parametrize("room", ROOMS)
def test_no_slide_has_a_fault_of_access(offline: BrowserContext, files: dict[str, Path], room: str) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL, room)
    for kind in KINDS:
        found = Axe().run(page).response["violations"]
        assert not found, f"{kind}: {[(rule['id'], rule['nodes'][0]['html'][:200]) for rule in found]}"
        page.keyboard.press("ArrowRight")


def test_keys_buttons_and_dots_step_and_the_change_is_said(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    shown = page.locator(".slide:not([hidden])")
    order = list(KINDS)
    for key, kind in (
        ("Space", order[1]), ("PageDown", order[2]), ("ArrowDown", order[3]), ("ArrowLeft", order[2]),
        ("PageUp", order[1]), ("Shift+Space", order[0]), ("ArrowUp", order[0]), ("End", order[-1]),
        ("ArrowRight", order[-1]), ("Home", order[0]), ("Enter", order[1]),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(shown).to_have_attribute("id", kind)
    expect(page.locator(".said")).to_have_text(re.compile(r"^Slide 2 of 11\. The Anfield area is in the "))
    page.get_by_role("button", name="Next").click()
    expect(shown).to_have_attribute("id", order[2])
    page.keyboard.press("Space")  # the button has the focus: its own press, once
    expect(shown).to_have_attribute("id", order[3])
    page.get_by_role("button", name="11: Sources").click()
    expect(shown).to_have_attribute("id", "sources")
    expect(page.locator("nav [aria-current]")).to_have_attribute("aria-label", "11: Sources")
    page.reload()
    expect(shown).to_have_attribute("id", "sources")


def test_b_makes_the_screen_black_and_any_step_brings_it_back(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    page.keyboard.press("b")
    assert picture(page.locator("body")).max() == 0
    page.keyboard.press("b")
    assert picture(page.locator("body")).max() > 200
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".black")).to_be_hidden()
    expect(page.locator(".slide:not([hidden])")).to_have_attribute("id", "where")


def test_f_fills_the_screen(offline: BrowserContext, files: dict[str, Path]) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


def test_p_opens_the_presenters_window_with_notes_and_a_clock(
    offline: BrowserContext, files: dict[str, Path]
) -> None:
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    desk = opened.value
    expect(desk.locator("#clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(desk.locator("h1")).to_have_text("1 of 11: Anfield area")
    desk.keyboard.press("ArrowRight")  # the presenter's own keys step the hall's screen
    expect(page.locator(".slide:not([hidden])")).to_have_attribute("id", "where")
    expect(desk.locator("h1")).to_have_text(re.compile("^2 of 11: The Anfield area"))
    expect(desk.locator("body")).to_contain_text("They are not the council's own list")
    expect(desk.locator("body")).to_contain_text("Next: About 42,500 people live here")


@pytest.mark.parametrize("form", ["slides", "page"])
def test_the_slides_print_one_a_page(offline: BrowserContext, files: dict[str, Path], form: str) -> None:
    """From the browser's own Print, in whichever form they stand; the PDF to download is another test's."""
    page = offline.new_page()
    show(page, files["LPL-W03"], SMALL)
    if form == "page":
        page.keyboard.press("r")
        expect(page.locator(".slide:visible")).to_have_count(len(KINDS))
    text = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", text)) == len(KINDS)
    # points: 1280 px
    assert {float(size) for size in re.findall(rb"/MediaBox\s*\[0 0 (\d+)", text)} == {960.0}
    assert b"/Lang (en-GB)" in text


def test_the_page_opens_the_deck_that_it_shows(visitors: Callable[..., Visitor]) -> None:
    visitor = visitors()
    page = visitor.open("/briefing?area=LPL-W03&slides=where,people&room=light")
    expect(page.get_by_role("heading", level=1)).to_have_text("Briefing: Anfield area")
    inside = page.frame_locator("iframe")
    expect(inside.locator(".slide:not([hidden]) h2")).to_contain_text("Anfield area is in the")
    link = page.get_by_role("link", name="Open the briefing full screen")
    assert link.get_attribute("target") == "_blank"
    with visitor.context.expect_page() as opened:
        link.click()
    hall = opened.value
    expect(hall.locator(".slide")).to_have_count(2)
    assert hall.evaluate("document.documentElement.dataset.room") == "light"
    hall.keyboard.press("ArrowRight")
    expect(hall.locator(".slide:not([hidden])")).to_have_attribute("id", "people")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as one file").click()
    assert saved.value.suggested_filename == "briefing-anfield-area.html"
    assert Path(saved.value.path()).read_text(encoding="utf-8").count('<section class="slide') == 2
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as PDF").click()
    assert saved.value.suggested_filename == "briefing-anfield-area.pdf"
    assert pdf_check.faults(Path(saved.value.path()).read_bytes(), pages=2) == []


def test_the_page_keeps_the_choice_in_the_address(visitor: Visitor) -> None:
    page = visitor.open("/briefing?area=LPL-W03")
    page.get_by_text("Light room").click()
    visitor.settle(page)
    page.wait_for_url(re.compile(r"room=light"))
    page = visitor.open("/briefing?area=NOPE")
    expect(page.locator(".notice").first).to_contain_text("There is no area with the code “NOPE”")
