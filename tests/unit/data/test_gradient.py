"""Deprivation groups: sums that agree with published totals, missing kept missing, and results on them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components import store
from data import findings, gradient
from geo.config import config
from methods.results import Estimate

LIVERPOOL = "E08000012"


@pytest.fixture(scope="module")
def disabled() -> pd.DataFrame:
    bundle = store.bundle()
    return gradient.units(bundle, bundle.catalogue["disabled"], "2021", places=[LIVERPOOL])


@pytest.mark.parametrize("by", gradient.BYS)
def test_groups_add_up_to_the_place(disabled, by):
    bundle = store.bundle()
    whole = bundle.value("disabled", LIVERPOOL)
    groups = gradient.groups(bundle.catalogue["disabled"], disabled, by)
    assert groups["numerator"].sum() == whole.numerator
    assert groups["people"].sum() == whole.denominator
    assert groups["areas"].sum() == 302
    assert groups["share"].sum() == pytest.approx(100)
    assert (groups["lower"] < groups["value"]).all()
    assert (groups["value"] < groups["upper"]).all()


def test_most_deprived_comes_first(disabled):
    first = disabled[disabled["tenth"] == 1]
    assert len(first) == 111
    assert first["deprivation"].min() > disabled.loc[disabled["tenth"] == 2, "deprivation"].max()


def test_a_place_without_areas_in_a_tenth_has_no_figure_there():
    bundle = store.bundle()
    indicator = bundle.catalogue["disabled"]
    knowsley = gradient.groups(
        indicator, gradient.units(bundle, indicator, "2021", places=["E08000011"]), "tenth"
    )
    last = knowsley.iloc[-1]
    assert last["areas"] == 0
    assert last[["value", "lower", "upper", "people", "share", "numerator"]].isna().all()


def test_withheld_areas_are_set_aside_and_counted():
    bundle = store.bundle()
    indicator = bundle.catalogue["children-income-deprived"]
    frame = gradient.units(bundle, indicator, "2025", places=[LIVERPOOL])
    groups = gradient.groups(indicator, frame, "fifth")
    assert groups["set_aside"].sum() == 7
    assert findings.find(indicator, frame, frame).set_aside == 7


def test_averages_get_no_limits():
    bundle = store.bundle()
    indicator = bundle.catalogue["comparative-illness-ratio"]
    frame = gradient.units(bundle, indicator, "2025", places=[LIVERPOOL])
    groups = gradient.groups(indicator, frame, "tenth")
    assert groups["value"].notna().all()
    assert groups[["lower", "upper"]].isna().all().all()
    found = findings.find(indicator, frame, frame)
    assert found.gap is None
    assert "no confidence limits" in found.no_gap
    assert found.excess is None
    assert found.slope is not None


def test_areas_larger_than_small_ones_have_no_tenths():
    bundle = store.bundle()
    indicator = bundle.catalogue["child-poverty-ahc"]
    frame = gradient.units(bundle, indicator, "2024/25", places=[LIVERPOOL])
    assert len(frame) == 64
    assert frame["tenth"].isna().all()
    assert gradient.groups(indicator, frame, "tenth").empty
    assert findings.find(indicator, frame, frame).slope is not None


@pytest.mark.parametrize(
    ("indicator_id", "reason"),
    [
        ("imd-score", "deprivation-itself"), ("idaci-rank", "position"), ("population", "count"),
        ("gld", "expected-only"), ("qof-dm", ""), ("disabled", ""), ("unpaid-care", ""),
    ],
)  # fmt: skip
def test_every_indicator_has_a_gradient_or_a_reason(indicator_id, reason):
    bundle = store.bundle()
    assert gradient.why_none(bundle, bundle.catalogue[indicator_id]) == reason


def test_without_least_deprived_areas_the_region_stands_in():
    bundle = store.bundle()
    indicator = bundle.catalogue["disabled"]
    region = gradient.units(bundle, indicator, "2021", places=config().place_codes)
    few = region[(region["place_code"] == "E08000011") & (region["tenth"] < 9)]
    found = findings.find(indicator, few, region)
    assert found.reference == "region"
    assert found.gap is None
    assert "no small areas here" in found.no_gap


def test_a_gap_over_time_is_over_the_same_areas():
    frame = pd.DataFrame(
        {"area_code": list("abc"), "people": [1.0, 1, 1], "deprivation": [1.0, 2, 3], "value": [1.0, 2, 3]}
    )
    later = frame.assign(people=[1.0, np.nan, 1])
    cut = gradient.steady({"2021": frame, "2022": later})
    assert [list(part["area_code"]) for part in cut.values()] == [["a", "c"], ["a", "c"]]


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [((10, 9, 11), (20, 19, 21), "wider"), ((20, 19, 21), (10, 9, 11), "narrower"),
     ((10, 5, 15), (12, 7, 17), "none"), ((-10, -11, -9), (-20, -21, -19), "wider")],
)  # fmt: skip
def test_a_change_of_the_gap_is_claimed_only_beyond_its_limits(first, last, verdict):
    table = pd.DataFrame([("2021", *first), ("2022", *last)], columns=["period", "gap", "lower", "upper"])
    assert findings.change(table)[0] == verdict


def test_a_gap_without_limits_is_not_tested():
    table = pd.DataFrame({"period": ["2021", "2022"], "gap": [1.0, 9.0], "lower": np.nan, "upper": np.nan})
    assert findings.change(table) == ("untested", None)


def test_directions_need_limits_that_leave_nothing_out():
    assert findings.direction(Estimate(1, 0.1, 2, 0.95, "")) == "more"
    assert findings.direction(Estimate(-1, -2, -0.1, 0.95, "")) == "less"
    assert findings.direction(Estimate(1, -0.1, 2, 0.95, "")) == "none"


def test_the_gap_between_groups_uses_their_counts():
    bundle = store.bundle()
    indicator = bundle.catalogue["gld"]
    pair = [findings.series_of(bundle, indicator, [LIVERPOOL], group) for group in ("fsm", "not-fsm")]
    table = findings.between_groups(*pair)
    assert table["period"].tolist() == bundle.periods("gld", "place")
    assert (table["gap"] < 0).all()
    assert (table["upper"] < 0).all()
    two = findings.series_of(bundle, indicator, [LIVERPOOL, "E08000014"], "fsm")
    ends = [bundle.value("gld", code, "2024/25", "fsm") for code in (LIVERPOOL, "E08000014")]
    share = 100 * sum(end.numerator for end in ends) / sum(end.denominator for end in ends)
    assert two.iloc[-1]["value"] == pytest.approx(share)
