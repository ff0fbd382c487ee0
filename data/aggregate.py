"""From publishers' rows to observations at every level: exact sums, apportioned sums, weighted means, limits.

Rates are summed as numerators and denominators, never averaged. Ranks and deciles are never combined.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.catalogue.model import Catalogue, Indicator
from data.columns import OBSERVATION_COLUMNS
from data.geography import Geography
from methods.intervals import IntervalError, poisson_limits, wilson

KEYS = ["indicator_id", "period", "group"]
# The finest figures a publisher gives decide the larger areas; earlier in the list is finer.
BASES = ("practice", "lsoa", "lsoa11", "msoa", "msoa11", "ward", "place")
SCALE = {"percentage": 100.0, "rate-per-1000": 1_000.0, "rate-per-100000": 100_000.0}
WHOLE = 1 - 1e-6
# Reliability B needs four in five people in areas that lie wholly inside (DESIGN section 3).
MOSTLY_INSIDE = 0.8
# An area is shown only when nine in ten of its people live in parts that have a figure.
COVERAGE_FLOOR = 0.9
# The Indices blank counts below 10: in sums they stand as 5, the middle, so the error of a sum is at most 5
# people a blank. Leaving them out of both sides would overstate larger areas. Such a row is suppressed
# and still carries its denominator.
BLANK_COUNT = 5.0


def scale_of(indicator: Indicator) -> float:
    """What a proportion is multiplied by to give the indicator's unit."""
    return SCALE.get(indicator.statistic, 1.0)


def observations(rows: pd.DataFrame, catalogue: Catalogue, geography: Geography) -> pd.DataFrame:
    """Observations at every level from one publisher's measurements.

    Parameters
    ----------
    rows
        Validated measurements; LSOA and MSOA rows cover all England where England's value is their sum.

    Returns
    -------
    DataFrame with the observation columns, including area_level ``practice``.
    """
    parts = []
    for indicator_id, found in rows.groupby("indicator_id", sort=True):
        indicator = catalogue[str(indicator_id)]
        made = _passed_on(found, indicator, geography)
        if indicator.aggregation != "none":
            made = [*made, *_derived(found, indicator, geography)]
        for part in made:
            if len(part):
                parts.append(_finish(part, indicator))
    return pd.concat(parts, ignore_index=True)


def _known_levels(geography: Geography) -> pd.Series:
    return geography.areas.set_index("area_code")["area_level"]


def _passed_on(rows: pd.DataFrame, indicator: Indicator, geography: Geography) -> list[pd.DataFrame]:
    """Rows that stand for an area of ours as they are."""
    levels = _known_levels(geography)
    direct = rows[~rows["source_level"].isin(["lsoa11", "msoa11"])].copy()
    direct["area_level"] = direct["source_level"]
    known = direct["area_code"].map(levels) == direct["area_level"]
    practice = (direct["area_level"] == "practice") & direct["area_code"].isin(
        geography.shares["practice"]["from_code"]
    )
    listed = direct["area_level"].isin([*indicator.levels, "practice"])
    direct = direct[(known | practice) & listed]
    # only counts were given for a large area: the rate is our quotient of a sum, not a printed figure
    summed = direct["value"].isna() & direct["area_level"].isin(["place", "region", "england"])
    direct["basis"] = np.where(summed & (indicator.aggregation != "none"), "aggregated", "published")
    direct["reliability"] = "A"
    return [direct]


def _derived(rows: pd.DataFrame, indicator: Indicator, geography: Geography) -> list[pd.DataFrame]:
    """Sums for the larger areas, period by period from the finest rows there are."""
    present = rows.groupby(KEYS)["source_level"].unique()
    finest = present.map(lambda found: next((base for base in BASES if base in found), None))
    rows = rows.join(finest.rename("base"), on=KEYS)
    given = set(zip(rows["period"], rows["group"], rows["source_level"], strict=True))
    made = []
    for base, part in rows[rows["source_level"] == rows["base"]].groupby("base"):
        terms = _terms(part, indicator)
        made += [_sum_to_areas(terms, str(base), geography), _sum_to_england(terms, str(base), geography)]
    result = []
    for part in made:
        keep = [
            key not in given for key in zip(part["period"], part["group"], part["area_level"], strict=True)
        ]
        result.append(
            part[pd.Series(keep, index=part.index, dtype=bool) & part["area_level"].isin(indicator.levels)]
        )
    return result


def _terms(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """What is summed: numerator and denominator (for a weighted mean value x weight and weight)."""
    terms = rows[[*KEYS, "area_code", "numerator", "denominator", "status", "source_id"]].copy()
    if indicator.aggregation == "weighted-mean":
        terms["numerator"] = rows["value"] * rows["denominator"]
    terms["blank"] = (terms["status"] == "suppressed") & terms["denominator"].notna()
    terms["numerator"] = terms["numerator"].mask(
        terms["blank"], np.minimum(BLANK_COUNT, terms["denominator"].to_numpy(dtype=float))
    )
    needed = ["numerator"] if indicator.aggregation == "count" else ["numerator", "denominator"]
    terms["usable"] = terms[needed].notna().all(axis=1)
    terms["blanked"] = terms["numerator"].where(terms["blank"])
    return terms


def _totals(joined: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sums by area; a denominator that is nowhere given stays missing (min_count)."""
    grouped = joined.groupby(by, sort=False)
    total = grouped[["numerator", "denominator", "blanked"]].sum(min_count=1)
    total["covered"] = grouped["weight"].sum()
    total["withheld"] = grouped["withheld"].any()
    total["source_id"] = grouped["source_id"].first()
    return total.reset_index()


def _sum_to_areas(terms: pd.DataFrame, base: str, geography: Geography) -> pd.DataFrame:
    table = geography.shares[base]
    joined = terms.merge(table, left_on="area_code", right_on="from_code")
    for column in ("numerator", "denominator", "blanked"):
        joined[column] = joined[column] * joined["share"]
    joined["withheld"] = (joined["status"] == "suppressed") & ~joined["usable"]
    joined["weight"] = joined["weight"].where(joined["usable"], 0.0)
    unusable = ~joined["usable"]
    joined.loc[unusable, ["numerator", "denominator"]] = np.nan
    total = _totals(joined, [*KEYS, "to_code", "to_level"])
    weight = table.groupby("to_code")["weight"].sum()
    if base == "practice":
        # practices open and close: the ones that reported are the whole
        weight = None
    total["coverage"] = 1.0 if weight is None else total["covered"] / total["to_code"].map(weight)
    whole = table["weight"].where(table["share"] > WHOLE, 0.0).groupby(table["to_code"]).sum()
    total["inside"] = total["to_code"].map(whole / table.groupby("to_code")["weight"].sum())
    total = total.rename(columns={"to_code": "area_code", "to_level": "area_level"})
    if base == "lsoa11":
        # an LSOA that was redrawn has no earlier figure of its own
        total = total[(total["area_level"] != "lsoa") | (total["inside"] > WHOLE)]
    return _graded(total)


def _graded(total: pd.DataFrame) -> pd.DataFrame:
    """Basis, reliability and status from how exactly an area is covered."""
    exact = total["inside"] > WHOLE
    total["basis"] = np.where(exact, "aggregated", "apportioned")
    tier = np.select([exact, total["inside"] >= MOSTLY_INSIDE], [0, 1], 2)
    gaps = (total["coverage"] < WHOLE) | (total["blanked"] > 0.02 * total["numerator"])
    total["reliability"] = np.array(["A", "B", "C"])[np.minimum(tier + gaps.to_numpy(dtype=int), 2)]
    short = total["coverage"] < COVERAGE_FLOOR
    total["status"] = np.where(short, np.where(total["withheld"], "suppressed", "missing"), "reported")
    total["value"] = np.nan
    return total


def _sum_to_england(terms: pd.DataFrame, base: str, geography: Geography) -> pd.DataFrame:
    """England as the sum of all its areas; only bases that are given for the whole country."""
    if base in ("practice", "ward", "place"):
        return pd.DataFrame(columns=[*KEYS, "area_code", "area_level"])
    joined = terms.assign(withheld=(terms["status"] == "suppressed") & ~terms["usable"])
    joined["weight"] = joined["usable"].astype(float)
    joined.loc[~joined["usable"], ["numerator", "denominator"]] = np.nan
    total = _totals(joined, KEYS)
    total["coverage"] = (
        total["covered"]
        / terms.groupby(KEYS)["area_code"].size().reindex(pd.MultiIndex.from_frame(total[KEYS])).to_numpy()
    )
    total["inside"] = 1.0
    total["area_code"] = geography.config.country_code
    total["area_level"] = "england"
    return _graded(total)


def _finish(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Values, limits, and nothing at all where a figure is withheld."""
    rows = rows.reset_index(drop=True)
    for column in ("value", "lower", "upper", "numerator", "denominator"):
        if column not in rows:
            rows[column] = np.nan
        rows[column] = rows[column].astype(float)
    _fill_values(rows, indicator)
    _fill_limits(rows, indicator)
    if indicator.aggregation == "weighted-mean":
        rows["numerator"] = np.nan
    empty = rows["value"].isna() & (rows["status"] == "reported")
    rows.loc[empty, "status"] = "missing"
    withheld = rows["status"] != "reported"
    rows.loc[withheld, ["value", "lower", "upper", "numerator", "denominator"]] = np.nan
    for column in ("value", "lower", "upper"):
        rows[column] = rows[column].round(6)
    rows[["numerator", "denominator"]] = rows[["numerator", "denominator"]].round(4)
    return rows[OBSERVATION_COLUMNS]


def _fill_values(rows: pd.DataFrame, indicator: Indicator) -> None:
    need = rows["value"].isna() & (rows["status"] == "reported") & rows["numerator"].notna()
    if indicator.aggregation == "count" or (
        indicator.statistic == "count" and indicator.aggregation == "none"
    ):
        rows.loc[need, "value"] = rows.loc[need, "numerator"]
        return
    need &= rows["denominator"] > 0
    quotient = rows.loc[need, "numerator"] / rows.loc[need, "denominator"]
    scale = 1.0 if indicator.aggregation == "weighted-mean" else scale_of(indicator)
    rows.loc[need, "value"] = quotient * scale


def _fill_limits(rows: pd.DataFrame, indicator: Indicator) -> None:
    if indicator.interval in ("none", "published"):
        return
    need = (
        rows["lower"].isna() & rows["value"].notna() & rows["numerator"].notna() & (rows["denominator"] > 0)
    )
    # A practice's register and its list are counted on different days: one residential practice has more
    # people on a register than on its list. Such a share has no limits; anywhere else it is a fault.
    need &= (rows["area_level"] != "practice") | (rows["numerator"] <= rows["denominator"])
    counts, base = rows.loc[need, "numerator"].to_numpy(), rows.loc[need, "denominator"].to_numpy()
    if not len(counts):
        return
    if indicator.interval == "wilson":
        try:
            _, lower, upper = wilson(counts, base)
        except IntervalError as error:
            over = rows.loc[need].loc[counts > base, ["area_code", "period", "numerator", "denominator"]]
            raise IntervalError(f"{indicator.id}: {error} {over.head(3).to_dict('records')}") from error
    else:
        lower, upper = (limit / base for limit in poisson_limits(counts))
    scale = scale_of(indicator)
    value = rows.loc[need, "value"].to_numpy()
    # a printed value may be rounded past a very tight limit: the limits always enclose what is shown
    rows.loc[need, "lower"] = np.minimum(lower * scale, value)
    rows.loc[need, "upper"] = np.maximum(upper * scale, value)
