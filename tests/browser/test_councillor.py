"""The councillor: types a postcode and reads about the ward."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data.query import Bundle
from geo.config import ROOT
from tests.browser.conftest import Visitor

FIND = re.compile("postcode, ward or neighbourhood")
KEY = ["income-deprived", "children-income-deprived", "child-poverty-ahc", "disabled", "overcrowding"]
ENGLAND = "E92000001"


def a_postcode(place_code: str) -> pd.Series:
    """A postcode of a Place from the shipped table, with its areas."""
    table = pd.read_parquet(ROOT / "geo/processed/postcodes.parquet")
    inside = table[(table["place_code"] == place_code) & table["ward_code"].notna()]
    return inside.iloc[len(inside) // 3]


def key_row(page: Page, title: str) -> list[str]:
    """The cells of one row of the key figures: the area, its Place, England."""
    table = page.get_by_role("table", name="Key figures")
    row = table.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=re.compile(f"^{re.escape(title)}"))
    )
    return row.first.get_by_role("cell").all_inner_texts()


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
