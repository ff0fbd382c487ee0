"""Every page against axe, light and dark, on a laptop's and a phone's screen."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.driver import LAPTOP, PHONE, pages

PAGES = [path.replace("/profile", "/profile?area=E05015277") for path in pages()]
STATES = [
    "/profile",
    "/profile?area=E08000012",
    "/profile?area=E05015280&open=all&by=marmot",
    "/map?indicator=gld&level=ward&area=E05015277",
    "/map?indicator=disabled&level=lsoa&places=liverpool,sefton&view=simple",
    "/map?indicator=nonsense",
]
NODES = 6  # of each rule, in a message


def violations(page: Page, serious: bool) -> list[str]:
    """What axe finds, as lines of rule, impact and the parts of the page; `serious` includes critical."""
    found = Axe().run(page).response["violations"]
    lines = []
    for rule in found:
        if (rule["impact"] in ("serious", "critical")) is serious:
            nodes = [f"    {node['target']}  {node['html'][:160]}" for node in rule["nodes"][:NODES]]
            lines.append(f"{rule['id']} ({rule['impact']}, {len(rule['nodes'])} parts): {rule['help']}")
            lines += nodes
    return lines


def check(page: Page, what: str) -> None:
    """AssertionError with rules and parts; what is minor or moderate goes to the warnings of the report."""
    faults = violations(page, serious=True)
    for line in violations(page, serious=False):
        if not line.startswith(" "):
            warnings.warn(f"axe, {what}: {line}", stacklevel=2)
    assert not faults, f"{what}\n" + "\n".join(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_fault(visitors: Callable[..., Visitor], path: str, scheme: str) -> None:
    visitor = visitors(color_scheme=scheme)
    page = visitor.open(path)
    for name, size in (("laptop", LAPTOP), ("phone", PHONE)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        visitor.settle(page)
        check(page, f"{path}, {scheme}, {name}")


@pytest.mark.parametrize("path", STATES)
def test_other_states_of_a_page_have_no_serious_fault(visitor: Visitor, path: str) -> None:
    check(visitor.open(path), path)


def test_what_opens_over_the_map_has_no_serious_fault(visitor: Visitor) -> None:
    page = visitor.open("/map")
    page.get_by_test_id("stPopover").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").wait_for()
    visitor.settle(page)
    check(page, "the choice of Places")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Indicator").click()
    page.get_by_role("listbox").wait_for()
    visitor.settle(page)
    check(page, "the list of indicators")


def test_the_check_sees_a_fault(visitor: Visitor) -> None:
    page = visitor.context.new_page()
    page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        check(page, "a page made for this test")
