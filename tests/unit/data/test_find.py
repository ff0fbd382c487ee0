"""Find my area: what people type, as they type it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.find import normal_postcode, plain, postcode_district, spellings
from data.query import load_bundle


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("l1 8jq", "L18JQ"),
        ("L18JQ", "L18JQ"),
        (" wa10-1hf ", "WA101HF"),
        ("Speke", None),
        ("L1", None),
        ("", None),
    ],
)
def test_postcodes_are_recognised_however_they_are_typed(typed, postcode):
    assert normal_postcode(typed) == postcode


def test_names_lose_signs_not_meaning():
    assert plain("St. John's") == "st johns"
    assert plain("Kensington & Fairfield") == plain("kensington and  fairfield")


@pytest.mark.parametrize(
    ("typed", "level", "name"),
    [
        ("liverpool", "place", "Liverpool"),
        ("ST HELENS", "place", "St Helens"),
        ("speke", "ward", "Speke"),
        ("kensington and fairfield", "ward", "Kensington & Fairfield"),
        ("everton east", "ward", "Everton East"),
        ("E05015277", "ward", "Aigburth"),
        ("e02001347", "msoa", None),
    ],
)
def test_the_first_match_is_what_was_meant(bundle, typed, level, name):
    first = bundle.find(typed)[0]
    assert first.area_level == level
    assert name is None or first.area_name == name


def test_a_postcode_gives_its_areas_smallest_last(bundle):
    levels = [match.area_level for match in bundle.find("L1 8JQ")]
    assert levels == ["neighbourhood", "ward", "msoa", "lsoa", "place"]


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzz", "ZZ1 1ZZ", "(", ".*", "E99999999"])
def test_nonsense_finds_nothing_and_breaks_nothing(bundle, typed):
    assert bundle.find(typed) == []


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("Breck Rd", ["breck rd", "breck road"]),
        ("St John's Rd", ["st johns rd", "st johns road"]),
        ("St", ["st"]),
        ("", [""]),
        ("church rd wavertree", ["church rd wavertree", "church road wavertree"]),
        ("upper st st", ["upper st st", "upper st street", "upper street street"]),
    ],
)
def test_short_words_of_streets_are_written_out_but_never_the_first(typed, spelled):
    assert spellings(typed) == spelled


POSTCODES = pd.DataFrame(
    [("L402AB", "W3"), ("L40TH", "W1"), ("L40TJ", "W2"), ("L40TK", "W2"), ("L49AA", "W1"), ("L41AA", "W2")],
    columns=["postcode", "ward_code"],
).sort_values("postcode")


@pytest.mark.parametrize(
    ("typed", "wards", "count"),
    [
        ("L4", (("W2", 3), ("W1", 2)), 5),
        (" l4 ", (("W2", 3), ("W1", 2)), 5),
        ("L4 0", (("W2", 2), ("W1", 1)), 3),
        ("L40", (("W3", 1),), 1),
        ("L4 9a", (("W1", 1),), 1),
    ],
)
def test_the_beginning_of_a_postcode_gives_its_wards_most_first(typed, wards, count):
    found = postcode_district(POSTCODES, typed)
    assert (found.wards, found.postcodes, found.name) == (wards, count, " ".join(typed.upper().split()))


@pytest.mark.parametrize(
    "typed", ["", "L", "L5", "L4 8", "L4 0TH", "Everton", "4", "M62 motorway", "(", "L4 0 T"]
)
def test_what_begins_no_postcode_gives_none(typed):
    assert postcode_district(POSTCODES, typed) is None


@given(st.text(max_size=8))
def test_whatever_is_typed_breaks_nothing(typed):
    found = postcode_district(POSTCODES, typed)
    assert found is None or sum(count for _, count in found.wards) == found.postcodes > 0


def test_every_district_of_the_shipped_postcodes_is_found_whole(bundle):
    codes = bundle._postcodes["postcode"].astype(str)
    counted = codes.str[:-3].value_counts()
    for outward, count in counted.items():
        assert bundle.postcode_district(outward).postcodes == count
