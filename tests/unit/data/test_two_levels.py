"""99.8% limits: only where the 95% limits come out again, wider than those, missing where those are."""

from __future__ import annotations

import numpy as np
import pytest

from data.query import Bundle, load_bundle
from data.two_levels import wide_limits
from methods.intervals import wilson


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


@pytest.mark.parametrize("level", ["lsoa", "msoa", "ward", "neighbourhood", "place"])
def test_they_are_wilsons_and_enclose_the_shipped_95(bundle: Bundle, level: str) -> None:
    indicator = bundle.catalogue["children-income-deprived"]
    rows = bundle.slice(indicator.id, level)
    found = wide_limits(indicator, rows)
    assert found is not None
    have = rows["lower"].notna().to_numpy()
    assert np.array_equal(np.isnan(found[0]), ~have)
    assert np.array_equal(np.isnan(found[1]), ~have)
    assert (found[0][have] <= rows["lower"][have] + 1e-6).all()
    assert (found[1][have] >= rows["upper"][have] - 1e-6).all()
    _, lower, upper = wilson(rows["numerator"][have], rows["denominator"][have], 0.998)
    assert found[0][have] == pytest.approx(100 * lower, abs=1e-3)
    assert found[1][have] == pytest.approx(100 * upper, abs=1e-3)


@pytest.mark.parametrize(
    ("indicator", "level"),
    [("qof-dm", "ward"), ("gld", "lsoa"), ("imd-score", "ward"), ("life-expectancy", "place")],
)
def test_estimates_published_limits_and_scores_have_none(bundle: Bundle, indicator: str, level: str) -> None:
    found = bundle.catalogue[indicator]
    group = bundle.groups(indicator)[0]
    assert wide_limits(found, bundle.slice(indicator, level, group=group)) is None


def test_one_pair_of_limits_that_does_not_come_out_again_is_enough_to_refuse(bundle: Bundle) -> None:
    indicator = bundle.catalogue["income-deprived"]
    rows = bundle.slice(indicator.id, "ward").copy()
    rows.loc[rows.index[3], "upper"] += 0.5
    assert wide_limits(indicator, rows) is None
