"""The councillor: types a postcode and reads about the ward."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data.query import Bundle
from data.stands_out import stands_out
from geo.config import ROOT
from tests.browser.conftest import Visitor
from tests.browser.driver import picture

FIND = re.compile("postcode, ward or neighbourhood")
KEY = ["income-deprived", "children-income-deprived", "child-poverty-ahc", "disabled", "overcrowding"]
ENGLAND = "E92000001"
# Text that is too pale for white paper, and parts that are wider than the page.
PAPER = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const seen = (part) => part.checkVisibility({visibilityProperty: true}) && part.innerText?.trim();
  const texts = [...main.querySelectorAll('h1, h2, h3, p, li, td, th, dd, dt, span.said')].filter(seen);
  const pale = texts.filter((part) => light(getComputedStyle(part).color) > 0.45);
  const wide = [...main.querySelectorAll('table, img, svg.main-svg, ul')].filter(
    (part) => part.checkVisibility({visibilityProperty: true})
      && part.getBoundingClientRect().right > innerWidth + 2);
  return {
    background: getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor,
    pale: pale.slice(0, 5).map((part) => part.outerHTML.slice(0, 120)),
    cut: wide.slice(0, 5).map((part) => part.outerHTML.slice(0, 120)),
  };
}
"""


def a_postcode(place_code: str) -> pd.Series:
    """A postcode of a Place from the shipped table, with its areas."""
    table = pd.read_parquet(ROOT / "geo/processed/postcodes.parquet")
    inside = table[(table["place_code"] == place_code) & table["ward_code"].notna()]
    return inside.iloc[len(inside) // 3]


def key_row(page: Page, title: str) -> list[str]:
    """The cells of one row of the figures, open or not: the area, its Place, England."""
    head = page.locator("section.stage tbody th").filter(has_text=re.compile(f"^{re.escape(title)}"))
    return head.first.locator("xpath=..").locator("td").all_text_contents()


@pytest.mark.parametrize(("place_code", "by_enter"), [("E08000012", True), ("E08000013", False)])
def test_a_postcode_leads_to_the_ward_and_its_figures(
    visitor: Visitor, bundle: Bundle, place_code: str, by_enter: bool
) -> None:
    found = a_postcode(place_code)
    ward = found["ward_code"]
    typed = f"{found['postcode'][:-3].lower()} {found['postcode'][-3:].lower()}"
    page = visitor.open("/")
    field = page.get_by_role("textbox", name=FIND)
    field.fill(typed)
    if by_enter:
        field.press("Enter")
    else:
        page.get_by_role("button", name="Find", exact=True).click()
    expect(page).to_have_url(re.compile(f"/profile\\?area={ward}"))
    expect(page.locator("h1")).to_contain_text(bundle.name(ward))
    visitor.settle(page)
    for indicator_id in KEY:
        indicator = bundle.catalogue[indicator_id]
        own = bundle.value(indicator_id, ward)
        cells = key_row(page, indicator.short_title)
        assert f"{own.value:.{indicator.decimals}f}%" in cells[0]
        assert (
            f"between {own.lower:.{indicator.decimals}f}% and {own.upper:.{indicator.decimals}f}%" in cells[0]
        )
        for cell, code in zip(cells[1:], (place_code, ENGLAND), strict=True):
            other = bundle.value(indicator_id, code, own.period)
            assert f"{other.value:.{indicator.decimals}f}%" in cell


@pytest.mark.parametrize("text", ["ZZ1 1ZZ", "Atlantis"])
def test_what_cannot_be_found_is_said_and_the_page_stays(visitor: Visitor, text: str) -> None:
    page = visitor.open("/")
    field = page.get_by_role("textbox", name=FIND)
    field.fill(text)
    field.press("Enter")
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()
    visitor.settle(page)
    assert "profile" not in page.url
    assert page.locator("h1").count() == 1


def test_a_name_of_several_areas_offers_them_as_links(visitor: Visitor) -> None:
    page = visitor.open("/profile")
    field = page.get_by_role("textbox", name=FIND)
    field.fill("everton")
    field.press("Enter")
    offers = page.get_by_role("main").get_by_role("link", name=re.compile("Everton"))
    expect(offers.first).to_be_visible()
    visitor.settle(page)
    assert offers.count() > 1
    name = offers.first.inner_text().split(",")[0]
    offers.first.click()
    expect(page.locator("h1")).to_contain_text(name)
    visitor.settle(page)
    assert "area=E" in page.url or "area=LPL" in page.url


def test_an_unknown_area_in_the_address_is_said_with_a_way_on(visitor: Visitor) -> None:
    page = visitor.open("/profile?area=E99999999")
    expect(page.get_by_role("status").filter(has_text="E99999999")).to_be_visible()
    expect(page.get_by_role("textbox", name=FIND)).to_be_visible()


def in_view(page: Page, text: str) -> bool:
    """Whether a heading stands in the window as it is, without scrolling."""
    box = page.get_by_role("heading", name=text).first.bounding_box()
    size = page.viewport_size
    return (
        box is not None and size is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    )


@pytest.mark.parametrize("code", ["E05015280", "LPL-W03", "E02001347", "E08000013"])
def test_the_first_screen_has_who_what_and_where(visitor: Visitor, bundle: Bundle, code: str) -> None:
    page = visitor.open(f"/profile?area={code}")
    for heading in ("Who lives in", "What stands out", "Where"):
        assert in_view(page, heading), heading
    items = page.locator("ul.standouts > li")
    found = stands_out(bundle, code)
    assert items.count() == len(found) > 0
    last = items.last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 900
    for at, item in enumerate(found):
        expect(items.nth(at)).to_contain_text(item.sentence)
    expect(items.first.locator("details p")).not_to_be_visible()
    items.first.get_by_text("How do we know?").click()
    expect(items.first.locator("details p")).to_be_visible()
    expect(items.first.locator("details p")).to_contain_text(found[0].how[:40])


def test_a_councillor_reads_switches_opens_and_shares(visitor: Visitor) -> None:
    page = visitor.open("/profile?area=E05015280")
    page.get_by_role("radio", name="By the Marmot principles").or_(
        page.get_by_role("button", name="By the Marmot principles")
    ).first.click()
    expect(page.get_by_role("heading", name="Give every child the best start in life")).to_be_visible()
    page.get_by_text("Show the spread of deprivation").click()
    expect(page.get_by_role("heading", name="Residents by tenth of deprivation")).to_be_visible()
    visitor.settle(page)
    expect(page).to_have_url(re.compile("by=marmot"))
    expect(page).to_have_url(re.compile("open=deprivation"))
    page.get_by_role("button", name="Share or print").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text().replace("\n", "")
    assert link.startswith(visitor.server.url)
    other = visitor.open(link.removeprefix(visitor.server.url))
    expect(other.get_by_role("heading", name="Give every child the best start in life")).to_be_visible()
    expect(other.get_by_role("heading", name="Residents by tenth of deprivation")).to_be_visible()
    assert other.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_another_profile_opens_from_a_neighbour_and_from_the_search(visitor: Visitor, bundle: Bundle) -> None:
    page = visitor.open("/profile?area=E05015280")
    page.get_by_text("Show the neighbours").click()
    link = page.get_by_role("table", name="Arundel and its neighbours").get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_contain_text(name)
    visitor.settle(page)
    field = page.get_by_role("textbox", name=FIND)
    field.fill("Aigburth")
    field.press("Enter")
    expect(page.locator("h1")).to_contain_text(bundle.name("E05015277"))


def test_the_map_leads_to_the_profile_and_back(visitor: Visitor, bundle: Bundle) -> None:
    page = visitor.open("/profile?area=E05015280")
    page.get_by_role("link", name="Choose on the map").click()
    expect(page.get_by_role("link", name="Everything about Arundel")).to_be_visible()
    visitor.settle(page)
    page.get_by_role("link", name="Everything about Arundel").click()
    expect(page.get_by_role("heading", name="Who lives in Arundel")).to_be_visible()
    visitor.settle(page)
    expect(page).to_have_url(re.compile("area=E05015280"))


HIDDEN_ON_PAPER = ("stHeader", "stForm", "stPopover", "stDownloadButton", "stButtonGroup", "stPageLink")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_black_on_white_whole_and_without_controls(
    visitors: Callable[..., Visitor], scheme: str
) -> None:
    visitor = visitors(color_scheme=scheme)
    page = visitor.open("/profile?area=E05015280&open=all")
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 700, "height": 990})  # an A4 page in its margins
    visitor.settle(page)
    for part in HIDDEN_ON_PAPER:
        shown = page.get_by_test_id(part).filter(visible=True)
        assert shown.count() == 0, f"{part} is printed"
    colours = page.evaluate(PAPER)
    assert colours["background"] == "rgb(255, 255, 255)"
    assert not colours["pale"], colours["pale"]
    assert not colours["cut"], colours["cut"]
    maps = page.locator("[class*=st-key-locator] img").filter(visible=True)
    assert maps.count() == 1
    assert picture(maps.first).mean() > 150, "a dark map on paper"
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
