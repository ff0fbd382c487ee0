"""A long table in a browser: its controls are used by keyboard, and its header stays in sight."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitor

TABLE = "/map?indicator=children-income-deprived&level=lsoa"


def test_a_long_table_is_ordered_and_searched_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(TABLE)
    page.get_by_role("radio", name="Table").click()
    region = page.get_by_role("region", name="Children in income-deprived families by small area")
    first = region.get_by_role("rowheader").first
    expect(region.get_by_role("row")).to_have_count(101)
    title = page.locator("h1").element_handle()
    box = page.get_by_role("combobox", name="Order of small areas")
    box.focus()
    box.fill("Area, Z to A")
    expect(page.get_by_role("option", name="Area, Z to A")).to_have_attribute("data-focused", "true")
    box.press("Enter")
    expect(region.get_by_role("columnheader", name="Area", exact=True)).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(first).to_have_text("Liverpool 062G")
    field = page.get_by_role("textbox", name="Only small areas with")
    field.fill("Liverpool 060")
    field.press("Enter")
    expect(page.get_by_text("small areas with “Liverpool 060”")).to_be_visible()
    for name in region.get_by_role("rowheader").all_inner_texts():
        assert name.startswith("Liverpool 060")
    assert title.evaluate("part => part.isConnected")  # the page around the table was not drawn again


def test_the_header_of_a_long_table_stays_in_sight(visitor: Visitor) -> None:
    page = visitor.open(TABLE)
    page.get_by_role("radio", name="Table").click()
    region = page.get_by_role("region", name="Children in income-deprived families by small area")
    region.focus()
    page.keyboard.press("End")
    expect(region.get_by_role("rowheader").last).to_be_in_viewport()
    expect(region.get_by_role("columnheader", name="Rank")).to_be_in_viewport()
