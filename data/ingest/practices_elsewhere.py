"""GP practices of the Places outside the region, as the NHS divides them where it divides by district.

The July 2026 list of NHS England has no position. Positions of 2023 decide in which district a surgery
stands; they have terms of their own, so nothing but the Place is taken from them. Where nearly all surgeries
of a sub-ICB location stand in one district, it is that Place of the NHS and has them all, as in the region.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.ingest.geography import districts_of_lsoas
from data.sources import SourceError, SourceFolder

POSITIONS = "gp_practices/practice_coordinates_england_2023.parquet"
COLUMNS = ["practice_code", "practice_name", "postcode", "place_code", "pcn_code", "pcn_name", "sub_icb"]
# A sub-ICB location with this share of its surgeries in one district is that district's.
NEARLY_ALL = 0.9
# A surgery that opened since 2023, of another sub-ICB location, stands where most of its network does.
MOST = 0.5


def practices_elsewhere(sources: SourceFolder, mapping: pd.DataFrame) -> pd.DataFrame:
    """Practices of the Places outside the region, open or closed since 2023; COLUMNS, sorted by code.

    `mapping` is the July 2026 list of all England (practice_code, practice_name, postcode, pcn_code,
    pcn_name, sub_icb; null without a network). A practice that it no longer has keeps a code and a Place
    only. SourceError for a Place in which no practice stands.
    """
    outside = [place.code for place in sources.settings.outside]
    if not outside:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    standing = _standing(sources)
    listed = mapping.assign(place_code=mapping["practice_code"].map(standing))
    by_area = _mostly_in(listed, "sub_icb", NEARLY_ALL)
    by_network = _mostly_in(listed, "pcn_code", MOST)
    listed["place_code"] = by_area.fillna(listed["place_code"]).fillna(by_network)
    closed = standing[~standing.index.isin(mapping["practice_code"])]
    gone = pd.DataFrame({"practice_code": closed.index, "place_code": closed.to_numpy()})
    found = pd.concat([listed, gone], ignore_index=True)
    found = found[found["place_code"].isin(outside)]
    for place in sources.settings.outside:
        if not (found["place_code"] == place.code).any():
            raise SourceError(f"{POSITIONS}: no GP practice stands in {place.name}")
    return found.sort_values("practice_code", ignore_index=True)[COLUMNS]


def _mostly_in(listed: pd.DataFrame, group: str, least: float) -> pd.Series:
    """For each practice the district with more than `least` of the placed practices of its group, or None."""
    placed = listed.dropna(subset=["place_code", group])
    share = placed.groupby(group)["place_code"].value_counts(normalize=True)
    main = share[share > least].reset_index().set_index(group)["place_code"]
    return listed[group].map(main)


def _standing(sources: SourceFolder) -> pd.Series:
    """District of England by practice code."""
    frame = sources.parquet(POSITIONS, ["practice_code", "lat", "lon"])
    frame = frame.dropna(subset=["lat", "lon"]).drop_duplicates("practice_code")
    points = gpd.GeoDataFrame(
        frame[["practice_code"]], geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs="EPSG:4326"
    )
    areas = districts_of_lsoas(sources)
    inside = gpd.sjoin(points, areas, predicate="within").drop_duplicates("practice_code")
    return inside.set_index("practice_code")["place_code"].sort_index()
