"""Somebody who knows a place only by its name finds the ward, and goes on to the ward next door."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data.beside import neighbours
from data.query import Bundle
from data.spots import find_spots
from tests.browser.audit import reflow
from tests.browser.conftest import Visitor

FIND = re.compile("postcode, ward or neighbourhood")
TYPED = "Calderstones Park"


def test_a_park_leads_to_its_ward_and_the_ward_to_its_neighbour(visitor: Visitor, bundle: Bundle) -> None:
    (spot,) = find_spots(bundle, TYPED)
    page = visitor.open("/profile")
    field = page.get_by_role("textbox", name=FIND)
    field.fill(TYPED.lower())
    field.press("Enter")
    page.get_by_role("link", name=re.compile(f"^{TYPED}, park or open space")).click()
    expect(page).to_have_url(re.compile(f"/profile\\?area={spot.ward_code}"))
    expect(page.locator("h1")).to_contain_text(spot.ward_name)
    visitor.settle(page)
    expect(page.get_by_role("heading", name="Beside areas like it in England")).to_be_visible()
    page.get_by_text("Show the areas like it").click()
    page.get_by_text("What makes them alike").click()
    alike = page.get_by_role("table", name="What makes these areas alike")
    expect(alike).to_contain_text("Residents to a square kilometre")
    next_door = neighbours(bundle, spot.ward_code)[0]
    page.get_by_text("Show the neighbours").click()
    table = page.get_by_role("table", name=f"{spot.ward_name} and its neighbours")
    table.get_by_role("link", name=bundle.name(next_door), exact=True).click()
    expect(page).to_have_url(re.compile(f"/profile\\?area={next_door}"))
    expect(page.locator("h1")).to_contain_text(bundle.name(next_door))
    visitor.settle(page)


@pytest.mark.parametrize("typed", ["Church Road", "L4", "Bold Street"])
def test_on_the_narrowest_phone_the_ward_at_the_end_of_a_link_can_be_read(
    visitors: Callable[..., Visitor], typed: str
) -> None:
    visitor = visitors(viewport={"width": 320, "height": 800})
    page = visitor.open("/profile")
    field = page.get_by_role("textbox", name=FIND)
    field.fill(typed)
    field.press("Enter")
    expect(
        page.get_by_role("status").filter(has_text=re.compile("match|beginning|do not know"))
    ).to_be_visible()
    visitor.settle(page)
    assert reflow(page) == []
    cut = page.locator("[data-testid=stMain] [data-testid=stPageLink] a span").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert cut == []
