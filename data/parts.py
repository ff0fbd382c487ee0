"""Which small areas and wards an area is made of, with the share of residents on each side of a boundary."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.query import Bundle, BundleError
from geo.config import ROOT

WEIGHTS = "geo/processed/weights.parquet"
COLUMNS = ["area_code", "area_name", "area_level", "residents", "share"]


def read_weights(root: Path = ROOT) -> pd.DataFrame:
    """The shipped weights: from_code, to_code, to_level, population, share. BundleError when unreadable."""
    try:
        return pd.read_parquet(root / WEIGHTS)
    except (OSError, ValueError) as error:
        raise BundleError(f"{WEIGHTS} cannot be read: {error}") from error


def small_areas(bundle: Bundle, weights: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """The LSOAs with residents in an area: COLUMNS, most residents first.

    `share` is the share (0 to 1) of the LSOA's own residents who live in the area: below 1 if split.
    """
    level = str(bundle.areas.loc[area_code, "area_level"])
    if level in ("ward", "neighbourhood"):
        found = weights[(weights["to_code"] == area_code) & (weights["population"] > 0)]
        table = pd.DataFrame(
            {"area_code": found["from_code"], "residents": found["population"], "share": found["share"]}
        )
    else:
        column = {"msoa": "parent_code", "place": "place_code"}.get(level)
        lsoas = bundle.areas[bundle.areas["area_level"] == "lsoa"]
        inside = lsoas[lsoas[column] == area_code] if column else lsoas.iloc[:0]
        table = pd.DataFrame(
            {"area_code": inside.index.to_numpy(), "residents": inside["population"].to_numpy(), "share": 1.0}
        )
    table["area_name"] = table["area_code"].map(bundle.areas["area_name"])
    table["area_level"] = "lsoa"
    return table.sort_values(["residents", "area_code"], ascending=[False, True])[COLUMNS].reset_index(
        drop=True
    )


def wards(bundle: Bundle, area_code: str) -> pd.DataFrame:
    """The whole wards of a neighbourhood or Place: COLUMNS, in order of name. Empty for other levels."""
    level = str(bundle.areas.loc[area_code, "area_level"])
    every = bundle.areas[bundle.areas["area_level"] == "ward"]
    if level == "neighbourhood":
        every = every.loc[bundle.wards_of(area_code)]
    elif level == "place":
        every = every[every["place_code"] == area_code]
    else:
        every = every.iloc[:0]
    table = pd.DataFrame(
        {
            "area_code": every.index.to_numpy(),
            "area_name": every["area_name"].to_numpy(),
            "area_level": "ward",
            "residents": every["population"].to_numpy(),
            "share": 1.0,
        }
    )
    return table.sort_values("area_name").reset_index(drop=True)[COLUMNS]


def straddling(parts: pd.DataFrame) -> float | None:
    """The share of an area's residents who live in LSOAs that straddle its boundary; None without parts."""
    total = float(parts["residents"].sum())
    if not total:
        return None
    return float(parts.loc[parts["share"] < 1 - 1e-6, "residents"].sum()) / total
