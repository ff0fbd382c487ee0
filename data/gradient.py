"""Which deprivation group every small area lies in, and the figures of those groups.

Small areas (LSOAs) are sorted by their national rank in the Indices of Deprivation, so that a tenth is the
same thing in every Place. Where an indicator is published for larger areas only, those are the units: they
have no national rank, so they are sorted by the average score of their residents and form no tenths.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from data.catalogue.model import Indicator
from data.query import Bundle
from methods.gap import Kind, figure
from methods.intervals import poisson_limits, wilson
from methods.results import Estimate

By = Literal["tenth", "fifth"]
BYS: tuple[By, By] = ("tenth", "fifth")
SIZES: dict[By, int] = {"tenth": 10, "fifth": 5}
UNIT_LEVELS = (
    "lsoa",
    "msoa",
    "ward",
)  # the first with figures is used: the smaller, the less is averaged away
SCALES = {"percentage": 100.0, "rate-per-1000": 1_000.0, "rate-per-100000": 100_000.0}
RATIO_SCALE = ("percentage", "rate-per-1000", "rate-per-100000", "ratio", "years")  # 0 means none of it
RANK, TENTH, SCORE = "imd-rank", "imd-decile", "imd-score"

Reason = Literal["", "deprivation-itself", "position", "count", "places-only", "expected-only"]
ITSELF = (
    SCORE, RANK, TENTH, "imd-national-position", "imd-place-rank", "imd-most-deprived-fifth",
    "imd-most-deprived-tenth", "residents-by-imd-decile",
)  # fmt: skip
# Not taken from the index's own files, but measuring what a part of the index measures.
NEARLY_PART = {
    "household-deprivation": "It counts households by work, qualifications, health and housing, as the "
    "index does",
    "overcrowding": "The index counts overcrowded homes too, from the same census",
    "fuel-poverty": "It depends on income and on the home's energy rating, which the index counts too",
    "child-poverty-ahc": "The index counts children in families on a low income too, from similar records",
    "universal-credit-households": "The index counts people on income-related benefits too",
}
# Below the Place these are what family income leads to expect: a gradient would show the method.
EXPECTED_FROM_INCOME = ("gld",)
PART_SOURCES = ("iod-2025", "iod-2025-indicators")
NUMBERS = ["value", "numerator", "denominator", "deprivation", "tenth", "people"]
GROUP_COLUMNS = ["group", "areas", "set_aside", "people", "share", "numerator", "value", "lower", "upper"]
UNIT_COLUMNS = [
    "area_code", "area_name", "place_code", "place_name", "value", "lower", "upper", "numerator",
    "denominator", "status", "deprivation", "tenth", "people",
]  # fmt: skip


def why_none(bundle: Bundle, indicator: Indicator) -> Reason:
    """Why an indicator has no gradient; "" when it has one."""
    if indicator.id in ITSELF:
        return "deprivation-itself"
    if indicator.statistic in ("rank", "decile"):
        return "position"
    if indicator.aggregation == "count" or indicator.statistic == "count":
        return "count"
    if indicator.id in EXPECTED_FROM_INCOME:
        return "expected-only"
    return "places-only" if unit_level(bundle, indicator.id) is None else ""


def unit_level(bundle: Bundle, indicator_id: str) -> str | None:
    """The smallest level with figures that the gradient can use; None when there is none.

    Of estimates the wards: their limits were carried through the whole estimate, small areas' errors are too
    alike to be added up here.
    """
    if indicator_id in EXPECTED_FROM_INCOME:
        return None
    have = bundle.levels(indicator_id)
    found = next((level for level in UNIT_LEVELS if level in have), None)
    estimated = found is not None and bundle.is_estimate(indicator_id, found)
    return "ward" if estimated and "ward" in have else found


def in_units(bundle: Bundle, indicator_id: str) -> Indicator:
    """The indicator as its units have it: limits of counts do not apply to sums of estimates."""
    indicator, level = bundle.catalogue[indicator_id], unit_level(bundle, indicator_id)
    if level is None or not bundle.is_estimate(indicator_id, level):
        return indicator
    return indicator.model_copy(update={"interval": "published"})


def overlap(indicator: Indicator) -> Literal["part", "nearly", ""]:
    """Whether the indicator is itself part of the index by which areas are sorted."""
    if indicator.source in PART_SOURCES:
        return "part"
    return "nearly" if indicator.id in NEARLY_PART else ""


def order(bundle: Bundle, level: str) -> pd.DataFrame:
    """By area code: ``deprivation`` (larger is more deprived) and ``tenth`` (1 to 10, 1 the most deprived).

    Small areas by national rank; larger areas by average score, without a tenth.
    """
    every = bundle.config.place_codes
    if level != "lsoa":
        scores = bundle.slice(SCORE, level, places=every).set_index("area_code")["value"]
        return pd.DataFrame({"deprivation": scores, "tenth": np.nan})
    ranks = bundle.slice(RANK, level, places=every).set_index("area_code")["value"]
    tenths = bundle.slice(TENTH, level, places=every).set_index("area_code")["value"]
    return pd.DataFrame({"deprivation": -ranks, "tenth": tenths})


def units(
    bundle: Bundle,
    indicator: Indicator,
    period: str,
    group: str = "all",
    places: Sequence[str] = (),
    in_order: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The areas that make a gradient, one row each, in the columns of UNIT_COLUMNS.

    ``tenth`` is NaN for larger areas than LSOAs; ``people`` is the weight, NaN where the figure is missing.
    Missing stays missing. `in_order` is the result of `order`, worked out here when it is not given.
    """
    level = unit_level(bundle, indicator.id)
    if level is None:
        return pd.DataFrame(columns=UNIT_COLUMNS)
    rows = bundle.slice(indicator.id, level, period, group, places)
    positions = order(bundle, level) if in_order is None else in_order
    rows = rows.join(positions, on="area_code")
    rows["people"] = rows["denominator"].where(rows["value"].notna() & (rows["denominator"] > 0))
    return rows[UNIT_COLUMNS]


def known(frame: pd.DataFrame) -> pd.DataFrame:
    """The units with a figure, people and a place in the order of deprivation."""
    return frame[frame["people"].notna() & frame["deprivation"].notna()]


def has_counts(indicator: Indicator) -> bool:
    """True where sums of counts are exact and limits apply to them."""
    return indicator.aggregation == "rate" and indicator.interval in ("wilson", "byar", "exact-poisson")


def kind(indicator: Indicator) -> Kind:
    """Whether the counts behind a figure are people out of people, or events."""
    return "proportion" if indicator.interval == "wilson" else "rate"


def summed(indicator: Indicator, frame: pd.DataFrame) -> Estimate | None:
    """The figure of several units together in the indicator's unit; limits are NaN where none apply."""
    rows = known(frame)
    if rows.empty:
        return None
    scale = SCALES.get(indicator.statistic, 1.0)
    if has_counts(indicator):
        found = figure(float(rows["numerator"].sum()), float(rows["people"].sum()), kind(indicator))
        return Estimate(
            found.value * scale, found.lower * scale, found.upper * scale, found.confidence, found.method
        )
    if indicator.aggregation == "rate":
        value = float(rows["numerator"].sum() / rows["people"].sum()) * scale
        return Estimate(value, np.nan, np.nan, 0.95, "sum of counts; no limits apply")
    value = float(np.average(rows["value"], weights=rows["people"]))
    return Estimate(value, np.nan, np.nan, 0.95, "average weighted by people; no limits apply")


def groups(indicator: Indicator, frame: pd.DataFrame, by: By) -> pd.DataFrame:
    """Figures by national tenth or fifth: one row a group, 1 the most deprived, groups without areas
    missing.

    Columns: GROUP_COLUMNS; ``set_aside`` are areas without a figure, ``share`` is in per cent of people.
    Empty when the units have no national tenths.
    """
    if frame["tenth"].isna().all():
        return pd.DataFrame(columns=GROUP_COLUMNS)
    size = SIZES[by]
    ranked = frame["tenth"].notna().to_numpy()
    of = np.ceil(frame["tenth"].to_numpy()[ranked] * size / 10).astype(int) - 1
    people = frame["people"].to_numpy(dtype=float)[ranked]
    counted = ~np.isnan(people)

    def total(of_what: np.ndarray) -> np.ndarray:
        return np.bincount(of[counted], weights=of_what[counted], minlength=size)

    areas, every = np.bincount(of[counted], minlength=size), np.bincount(of, minlength=size)
    have, n = areas > 0, total(people)
    cases = total(frame["numerator"].to_numpy(dtype=float)[ranked])
    value, lower, upper = (np.full(size, np.nan) for _ in range(3))
    scale = SCALES.get(indicator.statistic, 1.0)
    if indicator.aggregation == "rate":
        value[have] = scale * cases[have] / n[have]
    else:
        value[have] = (total(frame["value"].to_numpy(dtype=float)[ranked] * people) / np.where(have, n, 1))[
            have
        ]
    if has_counts(indicator) and kind(indicator) == "proportion":
        lower[have], upper[have] = (scale * end for end in wilson(cases[have], n[have])[1:])
    elif has_counts(indicator):
        lower[have], upper[have] = (scale * end / n[have] for end in poisson_limits(cases[have]))
    return pd.DataFrame(
        {
            "group": np.arange(1, size + 1),
            "areas": areas,
            "set_aside": every - areas,
            "people": np.where(have, n, np.nan),
            "share": np.where(have, 100 * n / n.sum(), np.nan),
            "numerator": np.where(have & (indicator.aggregation == "rate"), cases, np.nan),
            "value": value,
            "lower": lower,
            "upper": upper,
        }
    )


def in_fifth(frame: pd.DataFrame, fifth: int) -> pd.DataFrame:
    """The units of one national fifth, 1 the most deprived."""
    return frame[np.ceil(frame["tenth"] / 2) == fifth]


def steady(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Units of several periods, cut to those with a figure in every one of them: a gap that changes must not
    do so because areas came and went.
    """
    common: set[str] | None = None
    for frame in frames.values():
        codes = set(known(frame)["area_code"])
        common = codes if common is None else common & codes
    return {
        period: frame[frame["area_code"].isin(common or set())].reset_index(drop=True)
        for period, frame in frames.items()
    }
