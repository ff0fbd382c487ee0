"""The profile beside other areas, for every kind of area; and the search by what is smaller than a ward."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest

from components import store
from data.bundle import StreetNamesUsed
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
    assert "Type a full postcode: it always leads to its ward" in words(app)
    assert store.bundle_fault() is None


def test_a_street_that_is_not_known_is_said_to_be_so_and_the_postcode_is_offered():
    app = search("Bold Street")
    assert not app.exception
    assert "Our data have the name of a street only where a GP surgery stands in it" in words(app)
    assert "type a full postcode" in words(app)


def test_the_beginning_of_a_postcode_leads_to_its_wards():
    app = search("l4")
    labels = [link.label for link in app.get("page_link")]
    assert any(re.match(r"Anfield, ward in Liverpool: \d+ of the \d+ postcodes$", label) for label in labels)
    assert re.search(r"L4 is the beginning of \d+ postcodes in \d+ wards", words(app))


@pytest.fixture
def with_streets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The shipped bundle with a list of two made-up streets."""
    columns = ["name", "kind", "part", "within", "district", "ward_code", "also", "reach"]
    rows = [
        ("Made-up Lane", "street", False, "Liverpool", "L4", "E05015277", "E05015303", 1),
        ("Made-up Road", "street", False, "Liverpool", "L4", "E05015277", "", 0),
    ]
    pd.DataFrame(rows, columns=columns).to_parquet(tmp_path / "streets.parquet")
    used = StreetNamesUsed("os-open-names", "July 2026", tmp_path / "streets.parquet")
    new = dataclasses.replace(store.bundle(), street_names=used)
    monkeypatch.setattr(store, "bundle", lambda: new)


@pytest.mark.usefixtures("with_streets")
def test_a_listed_street_leads_to_its_ward_and_is_credited():
    app = search("Made-up Ln")
    assert not app.exception
    labels = [link.label for link in app.get("page_link") if link.label.startswith("Made-up")]
    assert labels[0].startswith("Made-up Lane (L4), the middle of the street: ward ")
    assert labels[1].startswith("Made-up Lane may also run through: ward ")
    found, _, footer = words(app).partition('<footer class="site">')
    for text in (found, footer):
        assert "Contains OS data © Crown copyright and database right 2026" in text
    assert "A long street runs on: a postcode is surer" in found
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2026" in footer


@pytest.mark.usefixtures("with_streets")
def test_an_unknown_street_is_not_blamed_on_surgeries_where_there_is_a_list():
    app = search("Bold Street")
    assert "surgery" not in words(app)
    assert "You can also type a street" in words(app)


def test_without_a_list_nobody_is_credited_for_one():
    assert "Royal Mail" not in words(search("Station Road"))
