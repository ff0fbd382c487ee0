"""GP practices of the Places outside the region: those whose surgery stands in the district.

The July 2026 list of NHS England has no position. Positions of 2023 decide in which district a surgery
stands; they have terms of their own, so nothing but the Place is taken from them.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.ingest.geography import GRID, boundaries
from data.sources import SourceError, SourceFolder
from geo.weights import locate

POSITIONS = "gp_practices/practice_coordinates_england_2023.parquet"
COLUMNS = ["practice_code", "practice_name", "postcode", "place_code", "pcn_code", "pcn_name", "sub_icb"]
# A surgery that opened since 2023 is taken to stand where most of its network does.
MOST = 0.5


def practices_elsewhere(sources: SourceFolder, mapping: pd.DataFrame) -> pd.DataFrame:
    """Practices of the Places outside the region, open or closed since 2023; COLUMNS, sorted by code.

    `mapping` is the July 2026 list of all England (practice_code, practice_name, postcode, pcn_code,
    pcn_name, sub_icb; null without a network). A practice that it no longer has keeps a code and a Place
    only. SourceError for a Place in which no practice stands.
    """
    outside = sources.settings.outside
    if not outside:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    standing = _standing(sources)
    listed = mapping.assign(place_code=mapping["practice_code"].map(standing))
    placed = listed["practice_code"].isin(standing.index)
    unknown = listed[~placed & listed["pcn_code"].notna()]
    for index, pcn in unknown["pcn_code"].items():
        members = listed[(listed["pcn_code"] == pcn) & placed]["place_code"]
        most = members.fillna("").value_counts(normalize=True)
        if len(most) and most.iloc[0] > MOST and most.index[0]:
            listed.loc[index, "place_code"] = most.index[0]
    closed = standing[~standing.index.isin(mapping["practice_code"])].dropna()
    gone = pd.DataFrame({"practice_code": closed.index, "place_code": closed.to_numpy()})
    found = pd.concat([listed.dropna(subset=["place_code"]), gone], ignore_index=True)
    for place in outside:
        if not (found["place_code"] == place.code).any():
            raise SourceError(f"{POSITIONS}: no GP practice stands in {place.name}")
    return found.sort_values("practice_code", ignore_index=True)[COLUMNS]


def _standing(sources: SourceFolder) -> pd.Series:
    """Place outside the region by practice code, None where the surgery stands in none of them."""
    frame = sources.parquet(POSITIONS, ["practice_code", "lat", "lon"])
    frame = frame.dropna(subset=["lat", "lon"]).drop_duplicates("practice_code")
    points = gpd.GeoDataFrame(
        frame[["practice_code"]], geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs="EPSG:4326"
    ).to_crs(GRID)
    points = points[~points.geometry.is_empty].reset_index(drop=True)
    settings = sources.settings
    areas = boundaries(sources, settings, "lsoa", settings.outside)
    place = dict(zip(areas["area_code"], areas["place_code"], strict=True))
    return locate(points, areas).map(place).set_axis(points["practice_code"])
