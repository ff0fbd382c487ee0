"""The search in a list of streets: areas as shipped, streets made up."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.finder import beside
from components.finder_streets import credit, describe_street, nothing_found, other_wards
from data import street_search
from data.bundle import StreetNamesUsed
from data.query import Bundle, load_bundle
from data.spots import find_spots
from data.street_search import find_streets, is_street, may_be_meant, streets_alike

FIRST, SECOND, THIRD, VICTORIA = "E05015277", "E05015303", "E05015290", "E05000953"
COLUMNS = ["name", "kind", "part", "within", "district", "ward_code", "also", "reach"]


@pytest.fixture(scope="module")
def shipped() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="module")
def bundle(shipped, tmp_path_factory) -> Bundle:
    file = tmp_path_factory.mktemp("streets") / "streets.parquet"
    wards = shipped.areas.index[shipped.areas["area_level"] == "ward"]
    rows = [
        ("Made-up Lane", "street", False, "Liverpool", "L4", FIRST, f"{SECOND} {THIRD}", 2),
        ("Made-up Lane", "street", True, "Liverpool", "L5", SECOND, "", 0),
        ("Inventon", "suburb", False, "", "L4", FIRST, "", 0),
        ("Inventon", "station", False, "Liverpool", "L4", FIRST, "", 0),
        ("Inventon Street", "street", False, "Inventon", "L4", THIRD, "", 0),
        ("Old Inventon Row", "street", False, "", "", THIRD, "", 9),
        ("Crosby", "town", False, "", "L23", VICTORIA, "", 0),
        *(
            ("Church Road", "street", False, "Nowhere", f"L{n}", ward, "", 0)
            for n, ward in enumerate(sorted(wards)[::9][:30])
        ),
    ]
    pd.DataFrame(rows, columns=COLUMNS).to_parquet(file)
    return dataclasses.replace(shipped, street_names=StreetNamesUsed("os-open-names", "July 2026", file))


def test_a_street_leads_to_the_ward_of_its_middle_and_says_so(bundle):
    found = find_streets(bundle, "made up ln")
    assert [describe_street(street) for street in found.streets] == [
        f"Made-up Lane (L4), the middle of the street: ward {bundle.name(FIRST)}, Liverpool",
        f"Made-up Lane (L5), the middle of a part of the street: ward {bundle.name(SECOND)}, Liverpool",
    ]
    assert found.total == 2


def test_the_other_wards_that_it_may_run_through_are_offered_once(bundle):
    found = find_streets(bundle, "Made-up Lane")
    # the second ward has a part of it for certain, so that only the third is left to say
    assert [(street.ward.code, ward.code) for street, ward in other_wards(found.streets)] == [(FIRST, THIRD)]
    assert other_wards(find_streets(bundle, "Made-up").streets) == []
    assert other_wards(find_streets(bundle, "Church Road").streets) == []


def test_the_larger_thing_of_a_name_comes_first_and_parts_of_names_last(bundle):
    found = find_streets(bundle, "Inventon")
    assert [(street.name, street.kind) for street in found.streets] == [
        ("Inventon", "suburb"), ("Inventon", "station"), ("Inventon Street", "street"),
        ("Old Inventon Row", "street"),
    ]  # fmt: skip
    assert [street.exact for street in found.streets] == [True, True, False, False]


@pytest.mark.parametrize("typed", ["church road L7", "Church Rd, l7", "church road nowhere l7"])
def test_equal_names_are_told_apart_by_town_and_postcode_district(bundle, typed):
    (one,) = find_streets(bundle, typed).streets
    assert (one.name, one.district, one.exact) == ("Church Road", "L7", True)


def test_a_common_name_says_how_many_more_there_are(bundle):
    found = find_streets(bundle, "church road", 8)
    assert (len(found.streets), found.total) == (8, 30)
    places = [street.ward.place for street in find_streets(bundle, "church road", 30).streets]
    order = [place.name for place in bundle.config.places]
    assert places == sorted(places, key=order.index)


def test_what_both_lists_have_is_listed_once(bundle):
    spots = find_spots(bundle, "Crosby", 8)
    assert "town" in {spot.kind for spot in spots}
    left = beside(spots, find_streets(bundle, "Crosby"))
    assert {spot.kind for spot in spots} - {spot.kind for spot in left} == {"town", "locality"}
    assert any(spot.kind == "school" for spot in left)


def test_a_postcode_or_nonsense_finds_no_street_and_breaks_nothing(bundle):
    for typed in ("L4 0TH", "", "ab", "(((", ".*", "\\", "zzz"):
        assert find_streets(bundle, typed).streets == ()


@given(st.text(max_size=60))
def test_whatever_is_typed_leads_to_known_wards(bundle, typed):
    for street in find_streets(bundle, typed).streets:
        assert bundle.areas.loc[street.ward.code, "area_level"] == "ward"
    streets_alike(bundle, typed)


def test_a_slip_of_the_finger_is_met_with_the_street_meant(bundle):
    assert streets_alike(bundle, "Inventon Stret") == ["Inventon Street"]
    text = nothing_found(bundle, "Inventno Street")
    assert "Did you mean “Inventon Street”" in text
    assert "surgery" not in text


def test_the_credit_is_that_of_the_catalogue_with_the_year_of_the_list(bundle, shipped):
    assert "Contains OS data © Crown copyright and database right 2026. Contains Royal Mail" in credit(bundle)
    undated = dataclasses.replace(bundle.street_names, dated="")
    text = credit(dataclasses.replace(bundle, street_names=undated))
    assert "Contains OS data © Crown copyright and database right. " in text
    assert credit(shipped) == ""


def test_the_list_is_not_opened_before_a_search_needs_it(bundle):
    street_search._index.cache_clear()
    find_streets(bundle, "L4 0TH")
    assert street_search._index.cache_info().currsize == 0
    find_streets(bundle, "Inventon")
    assert street_search._index.cache_info().currsize == 1


def test_the_bundle_as_shipped_has_no_list_and_says_where_streets_are_known_from(shipped):
    assert shipped.street_names is None
    assert find_streets(shipped, "Made-up Lane").total == 0
    text = nothing_found(shipped, "Bold Street")
    assert "only where a GP surgery stands in it" in text
    assert "Instead, type a full postcode" in text
    assert "Did you mean" not in text
    assert "GP surgery" in nothing_found(shipped, "Wavertree Mystery")


def test_an_unknown_postcode_is_called_one(shipped):
    text = nothing_found(shipped, "L4 9ZZ")
    assert text.startswith("We know no postcode “L4 9ZZ” in Cheshire and Merseyside")
    assert "street" not in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("Bold Street", True), ("Menlove Ave", True), ("the brow", True), ("Everton", False), ("Street", False),
     ("", False)],
)  # fmt: skip
def test_a_text_that_ends_like_a_street_is_taken_for_one(typed, told):
    assert is_street(typed) is told


def test_a_suggestion_is_near_in_more_than_the_word_street():
    assert not may_be_meant("Bold Street", "Laird Street")
    assert may_be_meant("Pilsh Lane", "Pilch Lane")
    assert may_be_meant("Pilch Lne", "Pilch Lane")
