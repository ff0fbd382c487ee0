"""Find my area: what people type, as they type it."""

import pytest

from data.find import normal_postcode, plain
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
