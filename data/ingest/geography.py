"""Boundaries, output areas and postcodes of the Office for National Statistics, as read from its files.

Everything here comes back in British National Grid (EPSG:27700): distances and areas are metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.sources import SourceError, SourceFolder, require_rows
from geo.areas import RECODED
from geo.config import Config, ConfigError, Place

GRID = "EPSG:27700"
COLUMNS = {
    "ward": ("ward25", "WD25"),
    "lsoa": ("lsoa21", "LSOA21"),
    "msoa": ("msoa21", "MSOA21"),
    "lsoa11": ("lsoa11", "LSOA11"),
}
# Named floors: how many areas each Place must have. A smaller number means a truncated boundary file.
FLOORS = {
    "ward": {"E08000012": 64, "E08000014": 22, "E08000013": 18},
    "lsoa": {"E08000012": 302, "E08000014": 191, "E08000013": 121},
    "msoa": {"E08000012": 61, "E08000014": 38, "E08000013": 24},
    "lsoa11": {"E08000012": 298},
}
MSOA_NAMES = "lookups/msoa21_names.csv"
ENGLAND_LSOAS = "england/lsoa21_england.parquet"
ENGLAND_WARDS = "england/ward25_england.parquet"
ENGLAND_COLUMNS = {  # what is read of them
    ENGLAND_LSOAS: ("LSOA21CD", "LSOA21NM", "LADCD_ACTIVE"),
    ENGLAND_WARDS: ("WD25CD", "WD25NM", "LAD25CD"),
}
OA_POINTS = "england/oa21_population_weighted_centroids.json.gz"
OA_PEOPLE = "england/oa21-population_census2021.csv.gz"
POSTCODES = "postcodes/postcodes_cheshire_merseyside_may2025.csv.gz"


def boundaries(
    sources: SourceFolder, config: Config, level: str, places: Sequence[Place] | None = None
) -> gpd.GeoDataFrame:
    """Official generalised boundaries of one level over the configured Places (or those of `places`).

    Those of Places outside the region are cut from the files of all England.

    Returns columns ``area_code, area_name, place_code, geometry`` in EPSG:27700, sorted by Place and code.
    """
    folder, stem = COLUMNS[level]
    frames = []
    for place in config.places if places is None else places:
        if place in config.outside:
            frames.append(_of_england(sources, place, level))
            continue
        name = f"boundaries/{folder}/{place.code}.geojson"
        try:
            frame = gpd.read_file(sources.path(name))
        except (OSError, RuntimeError, ValueError) as error:
            raise SourceError(f"{name} cannot be read as GeoJSON: {error}") from error
        for column in (f"{stem}CD", f"{stem}NM"):
            if column not in frame.columns:
                raise SourceError(f"{name}: no column {column!r}; found {', '.join(frame.columns[:8])}")
        expected = FLOORS[level].get(place.code)
        require_rows(
            frame, file=name, what=f"{level} areas in {place.name}", exactly=expected,
            at_least=None if expected else 8, why="the number the statistics use",
        )  # fmt: skip
        frame = frame.rename(columns={f"{stem}CD": "area_code", f"{stem}NM": "area_name"})
        frames.append(
            frame.assign(place_code=place.code)[["area_code", "area_name", "place_code", "geometry"]]
        )
    joined = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs="EPSG:4326")
    joined["geometry"] = shapely.make_valid(joined.geometry.to_numpy())
    order = {code: i for i, code in enumerate(config.place_codes)}
    joined = joined.iloc[
        np.lexsort((joined["area_code"].to_numpy(dtype=str), joined["place_code"].map(order).to_numpy()))
    ]
    return joined.reset_index(drop=True).to_crs(GRID)


@lru_cache(maxsize=2)
def _england(sources: SourceFolder, name: str) -> gpd.GeoDataFrame:
    """A layer of all England as it comes (EPSG:4326), read once: never change it."""
    try:
        frame = gpd.read_parquet(sources.path(name), columns=[*ENGLAND_COLUMNS[name], "geometry"])
    except (OSError, ValueError) as error:
        raise SourceError(f"{name} cannot be read as GeoParquet: {error}") from error
    if name == ENGLAND_LSOAS:
        require_rows(
            frame, file=name, what="LSOAs in England", exactly=33_755, why="the number of the 2021 Census"
        )
    return frame


def english_lsoas(sources: SourceFolder) -> gpd.GeoDataFrame:
    """LSOA 2021 of all England as in the file: ``LSOA21CD, LSOA21NM, LADCD_ACTIVE, geometry`` (degrees)."""
    return _england(sources, ENGLAND_LSOAS)


def _of_england(sources: SourceFolder, place: Place, level: str) -> gpd.GeoDataFrame:
    """Areas of one district from the files of all England (EPSG:4326); ConfigError for an unknown district.

    ``area_code, area_name, place_code, geometry``. MSOAs are unions of their LSOAs; of LSOAs 2011 there is no
    boundary, only which of 2021 they became.
    """
    if level == "lsoa11":
        change = lsoa_change(sources)
        own = lsoas_of(sources, place)["area_code"]
        parents = change.loc[change["lsoa21_code"].isin(own), ["lsoa11_code", "lsoa11_name"]]
        frame = parents.drop_duplicates("lsoa11_code").set_axis(["area_code", "area_name"], axis=1)
        return gpd.GeoDataFrame(
            frame.assign(place_code=place.code), geometry=[None] * len(frame), crs="EPSG:4326"
        )
    if level == "ward":
        frame = _england(sources, ENGLAND_WARDS).rename(
            columns={"WD25CD": "area_code", "WD25NM": "area_name"}
        )
        frame = frame[frame["LAD25CD"] == place.code]
    else:
        frame = lsoas_of(sources, place)
    if level == "msoa":
        frame["geometry"] = shapely.make_valid(frame.geometry.to_numpy())
        frame["area_name"] = frame["area_name"].str[:-1]
        frame = frame[["area_name", "geometry"]].dissolve("area_name").reset_index()
        names = sources.csv(MSOA_NAMES, ["msoa21cd", "msoa21nm"])
        frame["area_code"] = frame["area_name"].map(
            dict(zip(names["msoa21nm"], names["msoa21cd"], strict=True))
        )
    if frame.empty or frame["area_code"].isna().any():
        raise SourceError(f"{level}: no boundaries, or no codes, for {place.name} ({place.code})")
    return frame.assign(place_code=place.code)[["area_code", "area_name", "place_code", "geometry"]]


def districts_of_lsoas(sources: SourceFolder) -> gpd.GeoDataFrame:
    """All LSOAs 2021 of England (EPSG:4326): ``place_code`` (the district) and ``geometry``."""
    frame = _england(sources, ENGLAND_LSOAS).copy()
    frame["geometry"] = shapely.make_valid(frame.geometry.to_numpy())
    return frame.assign(place_code=frame["LADCD_ACTIVE"].replace(RECODED))[["place_code", "geometry"]]


def lsoas_of(sources: SourceFolder, place: Place) -> gpd.GeoDataFrame:
    """LSOAs 2021 of one district of England (EPSG:4326): ``area_code, area_name, geometry``.

    ConfigError, with what to write instead, for a code that is no district of England.
    """
    frame = _england(sources, ENGLAND_LSOAS)
    found = frame[frame["LADCD_ACTIVE"].replace(RECODED) == place.code]
    if found.empty:
        raise ConfigError(f"config.toml: {place.name} has the code {place.code!r}: {_wrong(place.code)}")
    found = found.rename(columns={"LSOA21CD": "area_code", "LSOA21NM": "area_name"})
    return found[["area_code", "area_name", "geometry"]].reset_index(drop=True)


def _wrong(code: str) -> str:
    """Why a code is no district of England."""
    expected = (
        "expected the code of a local authority district of England in 2025, such as E08000035 for Leeds"
    )
    if code in RECODED:
        return f"since it was changed the code is {RECODED[code]}"
    if code[:1] in ("S", "W", "N", "9"):
        return f"it is not in England, and the sources cover England only; {expected}"
    kinds = {"E01": "an LSOA", "E02": "an MSOA", "E05": "a ward", "E10": "a county", "E12": "a region"}
    if code[:3] in kinds:
        return f"it is the code of {kinds[code[:3]]}; {expected}"
    return f"no such district; {expected}"


def lsoas_around(sources: SourceFolder, within: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """LSOA 2021 of `within` and of the districts around it, so that a point just outside stays outside."""
    west, south, east, north = within.to_crs("EPSG:4326").total_bounds
    frame = _england(sources, ENGLAND_LSOAS)
    frame = frame.cx[west - 0.05 : east + 0.05, south - 0.05 : north + 0.05].to_crs(GRID)
    frame["geometry"] = shapely.make_valid(frame.geometry.to_numpy())
    return frame.rename(columns={"LSOA21CD": "area_code"})[["area_code", "geometry"]].reset_index(drop=True)


def census_residents(sources: SourceFolder) -> pd.Series:
    """Usual residents at the 2021 Census by LSOA 2021 code."""
    frame = sources.csv("census2021/ts007a_age5_ew_lsoa21.csv.gz", ["lsoa21_code", "Total"])
    return frame.set_index("lsoa21_code")["Total"]


def lsoa_change(sources: SourceFolder) -> pd.DataFrame:
    """LSOA 2011 to LSOA 2021 with the kind of change (U unchanged, S split, M merged, X other)."""
    name = "lookups/lookup_lsoa11_lsoa21_ltla22.csv.gz"
    return sources.csv(name, ["lsoa11_code", "lsoa11_name", "change_code", "lsoa21_code", "ltla22_code"])


def msoa11_lookup(sources: SourceFolder) -> pd.DataFrame:
    """MSOA 2011 names and codes with their local authority: ``name, msoa11_code, place_code``."""
    name = "universal_credit/uc_households_msoa_2015_2022.csv.gz"
    columns = ["area", "msoa11_code", "ltla22_code"]
    frame = sources.csv(name, columns, usecols=columns)
    return frame.rename(columns={"area": "name", "ltla22_code": "place_code"}).drop_duplicates("msoa11_code")


def msoa_names(sources: SourceFolder) -> dict[str, str]:
    """House of Commons Library names by MSOA code."""
    frame = sources.csv(MSOA_NAMES, ["msoa21cd", "msoa21hcln"])
    return dict(zip(frame["msoa21cd"], frame["msoa21hcln"].str.strip(), strict=True))


@lru_cache(maxsize=1)
def english_output_areas(sources: SourceFolder) -> gpd.GeoDataFrame:
    """All England's output areas: ``areacd, pop, geometry`` (degrees); read once a build."""
    points = gpd.read_file(f"/vsigzip/{sources.path(OA_POINTS).resolve()}", engine="pyogrio")
    if "areacd" not in points.columns:
        raise SourceError(f"{OA_POINTS}: no property 'areacd'")
    people = sources.csv(OA_PEOPLE, ["areacd", "pop"])
    require_rows(people, file=OA_PEOPLE, what="output areas", at_least=178_000, why="England has 178,605")
    return points[points["areacd"].str.startswith("E")].merge(people, on="areacd", how="inner")


def output_areas(sources: SourceFolder, within: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Population-weighted centroids of output areas near `within`, with Census 2021 residents.

    Returns ``oa_code, population, geometry`` (points, EPSG:27700).
    """
    points = english_output_areas(sources)
    # narrowed down before it is projected, which would take seconds for the whole country
    west, south, east, north = within.to_crs("EPSG:4326").total_bounds
    points = points.cx[west - 0.05 : east + 0.05, south - 0.05 : north + 0.05].to_crs(GRID)
    west, south, east, north = within.total_bounds
    near = points.cx[west - 500 : east + 500, south - 500 : north + 500]
    return near.rename(columns={"areacd": "oa_code", "pop": "population"}).reset_index(drop=True)


def postcode_points(sources: SourceFolder) -> gpd.GeoDataFrame:
    """Postcode centroids (live and terminated): ``postcode`` without its space, and the point."""
    frame = sources.csv(POSTCODES, ["pcds", "lat", "long"], usecols=["pcds", "lat", "long"])
    frame = sources.numbers(frame, POSTCODES, ["lat", "long"])
    require_rows(
        frame,
        file=POSTCODES,
        what="postcodes",
        at_least=60_000,
        why="Cheshire and Merseyside has over 60,000",
    )
    postcode = frame["pcds"].str.replace(" ", "", regex=False).str.upper()
    return gpd.GeoDataFrame(
        {"postcode": postcode}, geometry=gpd.points_from_xy(frame["long"], frame["lat"]), crs="EPSG:4326"
    ).to_crs(GRID)


def basemap(sources: SourceFolder, name: str) -> gpd.GeoDataFrame:
    """One file of the base map folder, in EPSG:27700, valid geometries only."""
    path = f"basemap/{name}"
    try:
        frame = gpd.read_file(sources.path(path)).to_crs(GRID)
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceError(f"{path} cannot be read as GeoJSON: {error}") from error
    frame["geometry"] = shapely.make_valid(frame.geometry.to_numpy())
    return frame


def place_labels(sources: SourceFolder) -> pd.DataFrame:
    """Built-up area names and centroids: ``name, kind, size, lon, lat`` (size = output areas)."""
    path = "basemap/places_ons_bua_centroids_nw.csv"
    frame = sources.csv(path, ["name", "kind", "n_oa", "lon", "lat"])
    return frame.rename(columns={"n_oa": "size"})
