"""Compare in a browser: areas are added by typing, views pass axe, the address reopens what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.driver import LAPTOP, PHONE
from tests.browser.test_accessibility import check

MIXED = "E05015277,LPL-W01,E08000012,E54000008,E92000001"
VIEWS = {
    "spines": f"/compare?areas={MIXED}&view=spines&theme=deprivation",
    "figure": f"/compare?areas={MIXED}&view=figure&indicator=child-poverty-ahc",
    "ages": f"/compare?areas={MIXED}&view=ages",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_no_serious_fault(visitors: Callable[..., Visitor], view: str, scheme: str) -> None:
    visitor = visitors(color_scheme=scheme)
    page = visitor.open(VIEWS[view])
    for size in (LAPTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        visitor.settle(page)
        check(page, f"{view}, {scheme}, {size['width']} wide")
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_a_postcode_adds_its_ward_and_the_address_reopens_it(visitor: Visitor) -> None:
    page = visitor.open("/compare?areas=E08000012")
    field = page.get_by_role("combobox", name="Areas to compare")
    field.click()
    field.fill("L4 0TH")
    field.press("Enter")
    expect(page.locator("h1")).to_contain_text("; ")
    field.press("Escape")  # the list stays open for more, and hides the rest of the page
    expect(page.get_by_role("list", name="Areas compared").get_by_role("listitem")).to_have_count(2)
    visitor.settle(page)
    address = page.url.removeprefix(visitor.server.url)
    assert address.count(",") + address.count("%2C") == 1
    names = page.get_by_role("list", name="Areas compared").inner_text()
    assert visitor.open(address).get_by_role("list", name="Areas compared").inner_text() == names


@pytest.mark.parametrize(
    ("typed", "found"),
    [("newton", ["Liverpool", "Newton-le-Willows East, ward in St Helens"]), ("nonsense", ["Liverpool"])],
)
def test_what_is_typed_adds_one_area_or_none(visitor: Visitor, typed: str, found: list[str]) -> None:
    page = visitor.open("/compare?areas=E08000012")
    field = page.get_by_role("combobox", name="Areas to compare")
    field.click()
    field.fill(typed)
    field.press("Enter")
    if len(found) > 1:
        expect(page).to_have_url(re.compile("areas=E08000012(,|%2C)E05014126"))
    else:
        expect(page.get_by_text(f"Nothing is called “{typed}”")).to_be_visible()
    visitor.settle(page)
    assert page.get_by_test_id("stMultiSelectTagsContainer").locator("[data-tag]").all_inner_texts() == found


def test_the_header_of_the_table_stays_in_sight(visitor: Visitor) -> None:
    page = visitor.open(f"/compare?areas={MIXED}")
    region = page.get_by_role("region", name="compared with England")
    region.evaluate("box => { box.scrollTop = 2000; }")
    expect(region.get_by_role("columnheader", name="Figure")).to_be_in_viewport()
    assert region.evaluate("box => box.scrollTop") > 500
