"""Every page, from a cold link, with the outside world shut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

PAGES = {
    "/": "Overview",
    "/map": "Map",
    "/profile": "Area profile",
    "/profile?area=E05015277": "Area profile",
    "/data": "Data and methods",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_from_its_address(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    assert page.locator("h1").count() == 1
    assert len(page.locator("h1").inner_text()) > 10
    current = page.get_by_role("navigation", name="App pages").locator('[aria-current="page"]')
    expect(current).to_have_text(PAGES[path])
    assert "Neighbourhood health inequalities" in page.title()
