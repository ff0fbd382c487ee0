"""Pioneer Places in a browser: everything opened passes axe, the address follows the switches and reopens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.driver import LAPTOP, PHONE
from tests.browser.test_accessibility import check

PATHS = {
    "wards": "/pioneers?place=st-helens",
    "networks": "/pioneers?place=sefton&level=pcn&area=nonsense",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("what", PATHS)
def test_the_page_with_all_parts_open_has_no_serious_fault(
    visitors: Callable[..., Visitor], what: str, scheme: str
) -> None:
    visitor = visitors(color_scheme=scheme)
    page = visitor.open(PATHS[what])
    for size in (LAPTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.locator("details").evaluate_all("parts => parts.forEach(part => { part.open = true; })")
        visitor.settle(page)
        check(page, f"{what}, {scheme}, {size['width']} wide")
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_the_first_screen_answers_where_how_sure_and_who(visitor: Visitor) -> None:
    page = visitor.open("/pioneers")
    for ask in ("Where is the burden?", "How sure is it?", "Who serves it?"):
        expect(page.get_by_text(ask, exact=True)).to_be_in_viewport()
    first = page.get_by_role("region", name="Register entries per 100 adults").get_by_role("row").nth(1)
    expect(first).to_be_in_viewport()
    expect(page.get_by_role("img", name="Map. Register entries").first).to_be_in_viewport()


def test_the_switches_write_the_address_and_it_reopens_the_view(visitor: Visitor) -> None:
    page = visitor.open("/pioneers?place=sefton&area=E05000935")
    before = page.locator("h1").inner_text()
    page.get_by_role("radio", name="St Helens").click()
    expect(page.locator("h1")).not_to_have_text(before)
    visitor.settle(page)
    assert "place=st-helens" in page.url
    assert "area=" not in page.url  # an area of the Place before
    page.get_by_role("radio", name="Networks (PCNs)").click()
    expect(page.locator("h1")).to_contain_text("networks")
    visitor.settle(page)
    again = visitor.open(page.url.removeprefix(visitor.server.url))
    assert again.locator("h1").inner_text() == page.locator("h1").inner_text()
