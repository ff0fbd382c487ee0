"""Output areas where there are no boundaries of 2011: dealt out to the areas that were merged."""

from __future__ import annotations

import dataclasses

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.output_areas import _dealt_out, parts_of
from geo.config import Place, config

PARENTS = {"L1": ["P1"], "L2": ["P2", "P3"], "L3": ["P4", "P5", "P6"]}
CHANGE = pd.DataFrame(
    [(lsoa, parent) for lsoa, own in PARENTS.items() for parent in own],
    columns=["lsoa21_code", "lsoa11_code"],
)


@given(st.lists(st.tuples(st.sampled_from(sorted(PARENTS)), st.integers(1, 400)), min_size=1, max_size=40))
def test_everybody_goes_to_an_earlier_area_of_their_own_and_in_order(cells):
    lookup = pd.DataFrame(cells, columns=["lsoa", "population"])
    lookup["oa_code"] = [f"O{number:03d}" for number in range(len(lookup), 0, -1)]
    found = _dealt_out(lookup, CHANGE)
    assert list(found.index) == list(lookup.index)
    for lsoa, part in lookup.assign(parent=found).groupby("lsoa"):
        ordered = part.sort_values("oa_code")["parent"].tolist()
        assert set(ordered) <= set(PARENTS[lsoa])
        assert ordered == sorted(ordered), "one earlier area after the other"


def test_equal_output_areas_are_dealt_out_evenly():
    lookup = pd.DataFrame({"oa_code": [f"O{n}" for n in range(6)], "lsoa": "L3", "population": 100})
    assert _dealt_out(lookup, CHANGE).tolist() == ["P4", "P4", "P5", "P5", "P6", "P6"]


def test_the_region_is_worked_out_at_once_and_each_other_place_by_itself():
    settings = config()
    far = [Place(code, code, code, "pioneer", None) for code in ("E08000035", "E06000052")]
    more = dataclasses.replace(settings, places=(far[0], *settings.places, far[1]))
    assert parts_of(settings) == [list(settings.region_places)]
    assert parts_of(more) == [list(settings.region_places), ["E08000035"], ["E06000052"]]
