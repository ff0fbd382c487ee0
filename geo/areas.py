"""The table of areas: every level with name, parent, Place, residents and light geometry."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.config import Config
from geo.neighbourhoods import NeighbourhoodList
from geo.simplify import dissolve, simplify_coverage, to_degrees

TOLERANCE_METRES = 30.0
COLUMNS = [
    "area_code", "area_name", "area_level", "boundary_year", "parent_code", "place_code", "population",
    "geometry",
]  # fmt: skip
# Barnsley and Sheffield got other codes in April 2025; some files still have the old ones.
RECODED = {"E08000016": "E08000038", "E08000019": "E08000039"}
BOUNDARY_YEAR = {
    "lsoa": 2021,
    "msoa": 2021,
    "ward": 2025,
    "place": 2025,
    "neighbourhood": 2025,
    "region": 2025,
}


def msoa_of(lsoa_names: pd.Series, msoas: pd.DataFrame) -> pd.Series:
    """MSOA code of each LSOA: an LSOA is named after its MSOA with one letter more ("Liverpool 031A")."""
    codes = dict(zip(msoas["area_name"], msoas["area_code"], strict=True))
    found = lsoa_names.str.slice(stop=-1).map(codes)
    if found.isna().any():
        raise ValueError(f"no MSOA for LSOA {lsoa_names[found.isna()].iloc[0]!r}")
    return found


def _simplified(areas: gpd.GeoDataFrame, config: Config) -> gpd.GeoDataFrame:
    """The region's areas as one coverage, those of each Place outside as another, in the order given."""
    part = areas["place_code"].where(~areas["place_code"].isin(config.region_places), "")
    found = [simplify_coverage(own, TOLERANCE_METRES) for _, own in areas.groupby(part, sort=False)]
    return gpd.GeoDataFrame(pd.concat(found).loc[areas.index], geometry="geometry", crs=areas.crs)


def _level(frame: pd.DataFrame, level: str) -> pd.DataFrame:
    frame = frame.assign(area_level=level, boundary_year=BOUNDARY_YEAR[level])
    return frame[COLUMNS]


def assemble(
    config: Config,
    lsoas: gpd.GeoDataFrame,
    msoas: gpd.GeoDataFrame,
    wards: gpd.GeoDataFrame,
    lookup: pd.DataFrame,
    msoa_names: dict[str, str],
    lists: Sequence[NeighbourhoodList],
) -> gpd.GeoDataFrame:
    """Every polygon level of the dashboard, simplified, in longitude and latitude.

    MSOAs are unions of the simplified LSOAs; neighbourhoods, Places and the region are unions of the
    simplified wards: so the outline of a whole always runs along the edges of its parts.

    Parameters
    ----------
    lsoas, msoas, wards
        Official boundaries (EPSG:27700) with ``area_code, area_name, place_code``.
    lookup
        Output areas with ``population, lsoa, ward``.
    msoa_names
        House of Commons Library names by code.
    lists
        Neighbourhood lists of the Places that have one.
    """
    people = {level: lookup.groupby(level)["population"].sum() for level in ("lsoa", "ward")}

    lsoa = _simplified(lsoas, config)
    lsoa["parent_code"] = msoa_of(lsoa["area_name"], msoas)
    lsoa["population"] = lsoa["area_code"].map(people["lsoa"])

    msoa = dissolve(lsoa, "parent_code").merge(
        msoas[["area_code", "area_name", "place_code"]], on="area_code"
    )
    msoa["population"] = msoa["area_code"].map(lsoa.groupby("parent_code")["population"].sum())
    msoa["area_name"] = msoa["area_code"].map(msoa_names).fillna(msoa["area_name"])
    msoa["parent_code"] = msoa["place_code"]

    ward = _simplified(wards, config)
    ward["population"] = ward["area_code"].map(people["ward"])
    ward["parent_code"] = ward["place_code"]

    parts = [_level(lsoa, "lsoa"), _level(msoa, "msoa"), _level(ward, "ward")]
    parts += [_level(_neighbourhoods(ward, found), "neighbourhood") for found in lists]

    place = dissolve(ward, "place_code").assign(place_code=lambda frame: frame["area_code"])
    place["area_name"] = place["area_code"].map({p.code: p.name for p in config.places})
    place["population"] = place["area_code"].map(ward.groupby("place_code")["population"].sum())
    inside = place["area_code"].isin(config.region_places)
    place["parent_code"] = np.where(inside, config.region_code, config.country_code)
    order = {code: i for i, code in enumerate(config.place_codes)}
    parts.append(_level(place.sort_values("area_code", key=lambda code: code.map(order)), "place"))

    place = place[inside]
    region = dissolve(place.assign(region=config.region_code), "region")
    region = region.assign(
        area_name=config.region_name, population=place["population"].sum(), parent_code=config.country_code,
        place_code=None,
    )  # fmt: skip
    parts.append(_level(region, "region"))
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=wards.crs)
    return to_degrees(table)


def _neighbourhoods(ward: gpd.GeoDataFrame, found: NeighbourhoodList) -> pd.DataFrame:
    """The neighbourhoods of one Place as unions of its simplified wards, in the order of their codes."""
    own = ward.merge(found.wards.drop(columns="ward_name"), left_on="area_code", right_on="ward_code")
    shape = dissolve(own, "neighbourhood_code")
    named = found.wards.drop_duplicates("neighbourhood_code").set_index("neighbourhood_code")[
        "neighbourhood_name"
    ]
    return shape.assign(
        area_name=shape["area_code"].map(named),
        population=shape["area_code"].map(own.groupby("neighbourhood_code")["population"].sum()),
        place_code=found.place_code,
        parent_code=found.place_code,
    )
