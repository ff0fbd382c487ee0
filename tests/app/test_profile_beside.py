"""The profile beside other areas, for every kind of area; and the search by what is smaller than a ward."""

from __future__ import annotations

import pytest

from components import store
from tests.app.page import headings
from tests.app.test_profile import first_of, profile, words

TITLES = ("Beside its neighbours", "Beside areas like it in England")


@pytest.mark.parametrize("level", ["ward", "msoa", "place", "neighbourhood"])
def test_the_profile_stands_beside_its_neighbours_and_its_likes(level):
    app = profile(area=first_of(level))
    assert not app.exception
    assert set(TITLES) <= set(headings(app, 2))


@pytest.mark.parametrize("level", ["lsoa", "pcn", "region", "england"])
def test_other_areas_have_neither(level):
    app = profile(area=first_of(level))
    assert not app.exception
    assert not set(TITLES) & set(headings(app, 2))


def search(text: str):
    app = profile()
    app.text_input(key="find").input(text)
    return app.button[0].click().run()


def test_a_park_leads_to_its_ward_and_is_credited():
    app = search("Calderstones Park")
    assert not app.exception
    assert any("Calderstones Park, park or open space: ward" in link.label for link in app.get("page_link"))
    assert "© OpenStreetMap contributors" in words(app)


def test_a_street_names_its_surgery_and_several_wards_are_listed():
    app = search("Station Road")
    labels = [link.label for link in app.get("page_link") if link.label.startswith("Station Road")]
    assert len(labels) > 1
    assert all("street of" in label for label in labels)
    assert "a postcode is surer" in words(app)


def test_a_misspelled_name_is_answered_with_the_right_one_and_what_can_be_typed():
    app = search("Caldrestones Parc")
    assert not app.exception
    assert "Did you mean “Calderstones Park”" in words(app)
    assert "a postcode always works" in words(app)
    assert store.bundle_fault() is None
