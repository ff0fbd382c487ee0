"""Names that lead to a ward: found as people type them, placed where they are, honest about what they are."""

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.finder import describe_spot, nothing_found
from data.query import load_bundle
from data.spots import find_spots, names_alike


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("bootle", "Bootle", "town"),
        ("knotty ash", "Knotty Ash", "locality"),
        ("CALDERSTONES PARK", "Calderstones Park", "park"),
        ("royal albert", "Royal Albert Dock", "dock"),
        ("Pilch Lane", "Pilch Lane", "street"),
        ("st george's primary", "St George's Primary School", "school"),
    ],
)
def test_what_was_meant_comes_first(bundle, typed, name, kind):
    first = find_spots(bundle, typed)[0]
    assert first.name.startswith(name)
    assert first.kind == kind


def test_accents_and_signs_do_not_matter(bundle):
    assert find_spots(bundle, "Cáldërstones  pàrk") == find_spots(bundle, "calderstones park") != []


def test_a_name_of_several_places_is_listed_with_each(bundle):
    found = [spot for spot in find_spots(bundle, "station road", 50) if spot.name == "Station Road"]
    assert len({spot.place_name for spot in found}) > 1
    assert len({describe_spot(spot) for spot in found}) == len(found)


def test_a_street_says_which_surgery_it_is_known_from(bundle):
    (spot, *_) = find_spots(bundle, "Pilch Lane")
    assert spot.of
    assert f"street of {spot.of}" in describe_spot(spot)


def test_a_slip_of_the_finger_is_met_with_the_name_meant(bundle):
    assert "Calderstones Park" in names_alike(bundle, "caldrestones park")
    assert "Aigburth" in names_alike(bundle, "Aigbirth")
    text = nothing_found(bundle, "Aigbirth")
    assert "Did you mean “Aigburth”" in text
    assert "full postcode" in text


@pytest.mark.parametrize("typed", ["", "  ", "ab", "(", ".*", "\\", "zzzzzz", "ZZ1 1ZZ"])
def test_nonsense_finds_nothing_and_breaks_nothing(bundle, typed):
    assert find_spots(bundle, typed) == []


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_list_of_known_wards(typed):
    known = load_once()
    for spot in find_spots(known, typed):
        assert known.areas.loc[spot.ward_code, "area_level"] == "ward"


def load_once(kept=[]):  # noqa: B006 one bundle for all examples
    kept[:] = kept or [load_bundle()]
    return kept[0]


def test_every_name_stands_in_areas_that_belong_together(bundle):
    names = bundle.place_names
    areas = bundle.areas
    assert set(names["ward_code"]) <= set(areas.index[areas["area_level"] == "ward"])
    assert (names["ward_code"].map(areas["place_code"]) == names["place_code"]).all()
    assert (names["lsoa_code"].map(areas["parent_code"]) == names["msoa_code"]).all()
    assert set(names["source_id"]) <= set(bundle.catalogue.sources)
    of_surgeries = names["kind"].isin(["street", "locality"])
    assert ((names["of"] != "") == of_surgeries).all()


def test_schools_and_surgeries_are_where_their_own_tables_say(bundle):
    names = bundle.place_names
    schools = bundle._schools.drop_duplicates(["school_name", "ward_code"])
    found = names[names["kind"] == "school"].set_index(["name", "ward_code"]).index
    assert set(found) == set(zip(schools["school_name"], schools["ward_code"], strict=True))


def test_no_position_is_shipped_with_a_name(bundle):
    """Some positions came with terms of their own; areas are enough to lead to a profile."""
    assert not {"lon", "lat", "geometry", "postcode"} & set(bundle.place_names.columns)


def test_parks_carry_the_source_that_must_be_credited(bundle):
    names = bundle.place_names
    credited = names["source_id"] == "osm-parks-and-docks"
    assert (names["kind"].isin(["park", "dock"]) == credited).all()
    assert "© OpenStreetMap contributors" in bundle.catalogue.sources["osm-parks-and-docks"].attribution


def test_a_park_lies_in_the_place_whose_sources_know_it(bundle):
    parks = bundle.place_names[bundle.place_names["kind"] == "park"]
    shapes = bundle.geometry("place")
    assert isinstance(shapes, gpd.GeoDataFrame)
    assert (parks["place_code"] == "E08000012").mean() > 0.9
