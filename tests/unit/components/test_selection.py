"""Addresses become selections, selections become addresses, and nothing unknown is swallowed silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import store
from components.selection import known_area, parse_places, quoted, read_selection
from geo.config import config

LIVERPOOL, SEFTON, ST_HELENS = "E08000012", "E08000014", "E08000013"


def test_an_empty_address_opens_the_configured_view(bundle):
    view = config().view
    found = read_selection({}, bundle)
    assert (found.indicator, found.level, found.places) == (view.indicator, view.level, view.places)
    assert found.period == bundle.periods(view.indicator, view.level)[-1]
    assert found.notes == ()


def test_a_selection_reopens_from_its_own_parameters(bundle):
    asked = {
        "indicator": "gld",
        "level": "place",
        "places": "sefton,liverpool",
        "period": "2022/23",
        "group": "fsm",
        "area": SEFTON,
    }
    found = read_selection(asked, bundle)
    assert found.notes == ()
    assert found.places == (LIVERPOOL, SEFTON)
    assert read_selection(found.params(), bundle) == found


@pytest.mark.parametrize(
    ("asked", "named", "shown"),
    [
        ({"indicator": "phrenology"}, "“phrenology”", "instead"),
        ({"level": "galaxy"}, "“galaxy”", "neighbourhoods"),
        ({"indicator": "obesity-year-6", "level": "ward"}, "not available for wards", "Places"),
        ({"places": "atlantis,sefton"}, "“atlantis”", "Sefton"),
        ({"places": "atlantis"}, "“atlantis”", "Liverpool"),
        ({"period": "1066"}, "“1066”", "“2025”"),
        ({"group": "unicorns"}, "“unicorns”", "“all”"),
        ({"area": "E99999999"}, "“E99999999”", "Search"),
    ],
)
def test_what_is_unknown_is_named_with_what_is_shown_instead(bundle, asked, named, shown):
    found = read_selection(asked, bundle)
    assert len(found.notes) == 1
    assert named in found.notes[0]
    assert shown in found.notes[0]


def test_a_level_that_the_address_did_not_name_is_replaced_quietly(bundle):
    found = read_selection({"indicator": "obesity-year-6"}, bundle)
    assert found.level == "place"
    assert found.notes == ()


def test_an_area_code_may_be_in_small_letters(bundle):
    notes: list[str] = []
    assert known_area({"area": " e05015277 "}, bundle, notes) == "E05015277"
    assert notes == []


def test_places_keep_the_display_order_and_take_codes_or_slugs():
    chosen, unknown = parse_places("st-helens, e08000012 ,SEFTON,,mars", config())
    assert chosen == (LIVERPOOL, SEFTON, ST_HELENS)
    assert unknown == ["mars"]


def test_long_unknown_values_are_shortened():
    assert quoted("x" * 500) == f"“{'x' * 40}…”"


words = st.text(max_size=30)


@given(st.dictionaries(st.sampled_from(["indicator", "level", "places", "period", "group", "area"]), words))
def test_no_address_breaks_the_page(asked):
    bundle = store.bundle()
    found = read_selection(asked, bundle)
    assert found.indicator in {item.id for item in bundle.indicators()}
    assert found.level in bundle.levels(found.indicator)
    assert found.places
    assert found.area is None or found.area in bundle.areas.index
    assert read_selection(found.params(), bundle).notes == ()
