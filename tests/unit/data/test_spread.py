"""The spread of a figure over the areas of a kind, and their ranks, against pandas on the same rows."""

from __future__ import annotations

import numpy as np
import pytest

from data.query import Bundle, load_bundle
from data.spread import ranked, spreads

FIGURE = "children-income-deprived"
LIVERPOOL = "E08000012"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


@pytest.mark.parametrize(
    ("level", "place"), [("ward", None), ("ward", LIVERPOOL), ("place", None), ("msoa", None)]
)
def test_ends_and_quarters_are_those_of_the_slice(bundle, level, place):
    period = bundle.periods(FIGURE, level)[-1]
    rows = bundle.slice(FIGURE, level, period, places=[place] if place else ())
    known = rows[rows["value"].notna()]
    found = spreads(bundle, level, place)[(FIGURE, "all", period)]
    assert found.count == len(known)
    quarters = np.percentile(known["value"].to_numpy(float), [0, 25, 50, 75, 100])
    got = [found.low, found.lower_quarter, found.middle, found.upper_quarter, found.high]
    assert got == pytest.approx(quarters)
    by_code = known.set_index("area_code")["value"]
    assert by_code[found.low_code] == found.low
    assert by_code[found.high_code] == found.high


def test_a_place_has_only_its_own_areas(bundle):
    for found in spreads(bundle, "ward", LIVERPOOL).values():
        for code in (found.low_code, found.high_code):
            assert bundle.areas.loc[code, "place_code"] == LIVERPOOL


def test_ranks_are_of_all_areas_with_limits_and_repeat(bundle):
    period = bundle.periods(FIGURE, "ward")[-1]
    first = ranked(bundle, FIGURE, "all", period, "ward")
    again = ranked(bundle, FIGURE, "all", period, "ward")
    assert first is not None
    assert again is not None
    rows = bundle.slice(FIGURE, "ward", period).set_index("area_code")
    expected = rows["value"].rank(method="min", ascending=False).astype(int)
    assert first.ranks.value.tolist() == expected[list(first.codes)].tolist()
    assert (first.ranks.lower == again.ranks.lower).all()
    assert (first.ranks.lower <= first.ranks.value).all()
    assert (first.ranks.value <= first.ranks.upper).all()
    assert first.without == 0


def test_figures_without_limits_are_not_ranked(bundle):
    assert ranked(bundle, "imd-most-deprived-fifth", "all", "2025", "ward") is None
