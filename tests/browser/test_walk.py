"""Every page from a cold link, with the outside world shut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor
from tests.browser.driver import pages, served

PAGES = pages() | {"/profile?area=E05015277": "Area profile"}


def in_order(visitor: Visitor, path: str) -> None:
    """The page of a path is there: one heading, a title that names it, its entry in the navigation marked."""
    page = visitor.open(path)
    assert page.locator("h1").count() == 1
    assert len(page.locator("h1").inner_text()) > 10
    current = page.get_by_role("navigation", name="App pages").locator('[aria-current="page"]')
    expect(current).to_have_text(PAGES[path])
    name = "" if PAGES[path] == "Overview" else f"{PAGES[path]} - "
    expect(page).to_have_title(f"{name}Neighbourhood health inequalities")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_from_its_address_without_the_outside_world(visitor: Visitor, path: str) -> None:
    in_order(visitor, path)


@pytest.mark.parametrize("path", ["/map", "/profile?area=E05015277"])
def test_a_deep_link_works_as_the_first_request_of_a_fresh_server(browser: Browser, path: str) -> None:
    with served() as fresh:
        visitor = Visitor(browser, fresh)
        try:
            in_order(visitor, path)
        finally:
            visitor.close()


def test_the_navigation_leads_to_every_page(visitor: Visitor) -> None:
    page = visitor.open("/")
    for name in [*list(pages().values())[1:], "Overview"]:
        before = page.locator("h1").inner_text()
        page.get_by_role("navigation", name="App pages").get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).not_to_have_text(before)
        visitor.settle(page)
        expect(page.locator('[aria-current="page"]')).to_have_text(name)
        assert page.locator("h1").count() == 1


def test_no_other_site_is_let_send_the_pages_commands(visitor: Visitor) -> None:
    page = visitor.open("/")
    rules = page.evaluate("fetch('_stcore/host-config').then((answer) => answer.json())")
    assert rules["allowedOrigins"] == []


def test_the_guard_sees_what_leads_outside(visitor: Visitor) -> None:
    page = visitor.context.new_page()
    page.set_content(
        '<img src="http://example.org/x.png"><script>new WebSocket("ws://example.org/")</script>'
    )
    page.wait_for_function("document.images[0].complete")
    assert any("http://example.org/x.png" in asked for asked in visitor.watcher.outside)
    assert any("ws://example.org/" in asked for asked in visitor.watcher.outside)
    with pytest.raises(AssertionError, match=r"example\.org"):
        visitor.watcher.check()
    visitor.watcher.outside.clear()


def test_an_unknown_address_says_so_and_shows_the_overview(visitor: Visitor) -> None:
    page = visitor.open("/no-such-page")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("Liverpool")
