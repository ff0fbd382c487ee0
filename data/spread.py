"""How a figure is spread over all areas of one kind: ends, middle half, ranks with their ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.query import Bundle
from methods.ranks import DRAWS, Ranks, ranks

# 10,000 draws of 1,600 small areas would need most of a gigabyte; the ranges do not change visibly with fewer
MOST_DRAWN = 1_000_000
FEWEST_DRAWS = 1000


@dataclass(frozen=True)
class Spread:
    """A figure over the areas of a level: `count` areas with a figure, in the unit of the figure."""

    count: int
    low: float
    lower_quarter: float
    middle: float
    upper_quarter: float
    high: float
    low_code: str
    high_code: str


SpreadKey = tuple[str, str, str]  # indicator, group, period


def _of_level(bundle: Bundle, level: str, place: str | None) -> pd.DataFrame:
    rows = bundle.observations
    keep = (rows["area_level"] == level) & (rows["status"] == "reported") & rows["value"].notna()
    rows = rows[keep]
    places = [place] if place else list(bundle.config.region_places)
    if not place and not bundle.config.outside:
        return rows
    inside = bundle.areas.index[
        bundle.areas["place_code"].isin(places) & (bundle.areas["area_level"] == level)
    ]
    return rows[rows["area_code"].isin(inside)]


def spreads(bundle: Bundle, level: str, place: str | None = None) -> dict[SpreadKey, Spread]:
    """Every figure's spread over the areas of a level, in Cheshire and Merseyside or in one Place.

    Quarters are interpolated linearly. Areas without a figure are left out, never counted as 0.
    """
    rows = _of_level(bundle, level, place)
    grouped = rows.groupby(["indicator_id", "group", "period"], observed=True, sort=False)["value"]
    table = grouped.quantile([0.0, 0.25, 0.5, 0.75, 1.0]).unstack()
    table.columns = ["low", "lower_quarter", "middle", "upper_quarter", "high"]
    table["count"] = grouped.size()
    codes = rows["area_code"].astype("str")
    table["low_code"] = codes.loc[grouped.idxmin()].to_numpy()
    table["high_code"] = codes.loc[grouped.idxmax()].to_numpy()
    found = {}
    for key, row in zip(table.index, table.itertuples(index=False), strict=True):
        found[tuple(str(part) for part in key)] = Spread(
            int(row.count), row.low, row.lower_quarter, row.middle, row.upper_quarter, row.high,
            str(row.low_code), str(row.high_code),
        )  # fmt: skip
    return found  # type: ignore[return-value]


@dataclass(frozen=True)
class RankedLevel:
    """Ranks of all areas of a level that have limits; `codes` in the order of the ranks' arrays.

    ``without`` counts the areas that have a figure but no limits.
    """

    codes: tuple[str, ...]
    ranks: Ranks
    without: int


def ranked(
    bundle: Bundle, indicator_id: str, group: str, period: str, level: str, place: str | None = None
) -> RankedLevel | None:
    """Ranks with 95% ranges among the areas of a level (1 is the highest figure).

    None where fewer than three areas have limits: there is nothing to rank.
    """
    rows = bundle.slice(indicator_id, level, period, group, [place] if place else ())
    rows = rows[rows["value"].notna()]
    sure = rows[rows["lower"].notna() & rows["upper"].notna()]
    if len(sure) < 3:
        return None
    draws = int(np.clip(MOST_DRAWN // len(sure), FEWEST_DRAWS, DRAWS))
    found = ranks(
        sure["value"].to_numpy(float),
        sure["lower"].to_numpy(float),
        sure["upper"].to_numpy(float),
        draws=draws,
    )
    return RankedLevel(tuple(str(code) for code in sure["area_code"]), found, len(rows) - len(sure))
