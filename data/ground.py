"""The geography of one build: areas with their shapes, output areas, shares, practices placed, hexagons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from data.geography import Geography, geography
from data.ingest import geography as ons
from data.ingest import practices
from data.ingest.hex_layouts import hex_layout
from data.output_areas import output_areas_in
from data.sources import SourceFolder
from geo.areas import assemble
from geo.config import Config
from geo.hexes import hexes
from geo.neighbourhoods import NeighbourhoodList, read_neighbourhoods
from geo.simplify import to_degrees
from geo.weights import locate


class BuildError(ValueError):
    """The build's own checks failed; nothing was changed."""


@dataclass(frozen=True)
class Ground:
    """The geography of one build."""

    areas: gpd.GeoDataFrame
    lookup: pd.DataFrame
    boundaries: dict[str, gpd.GeoDataFrame]
    lists: list[NeighbourhoodList]
    england: int


def make_ground(sources: SourceFolder, config: Config) -> Ground:
    """Boundaries, output areas, neighbourhood lists and the table of areas."""
    found = {level: ons.boundaries(sources, config, level) for level in ("lsoa", "msoa", "ward", "lsoa11")}
    lookup = output_areas_in(sources, config, found)
    lost = lookup[lookup[["ward", "lsoa11"]].isna().any(axis=1)]
    if len(lost):
        raise BuildError(f"{len(lost)} output areas lie in no ward, the first is {lost['oa_code'].iloc[0]}")
    lists = [
        read_neighbourhoods(
            place.neighbourhoods, place.code, found["ward"][found["ward"]["place_code"] == place.code]
        )
        for place in config.places
        if place.neighbourhoods
    ]
    wards = {row.ward_code: row.neighbourhood_code for one in lists for row in one.wards.itertuples()}
    lookup["neighbourhood"] = lookup["ward"].map(wards)
    areas = assemble(
        config, found["lsoa"], found["msoa"], found["ward"], lookup, ons.msoa_names(sources), lists
    )
    england = sources.csv(ons.OA_PEOPLE, ["areacd", "pop"])
    people = int(england.loc[england["areacd"].str.startswith("E"), "pop"].sum())
    return Ground(areas, lookup, found, lists, people)


def make_practices(sources: SourceFolder, ground: Ground) -> pd.DataFrame:
    """Practices with the areas in which they stand."""
    return (
        standing_in(practices.practices(sources), ground).sort_values("practice_code").reset_index(drop=True)
    )


def standing_in(frame: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """Add ``lsoa_code, msoa_code, ward_code, neighbourhood_code`` by point in polygon."""
    placed = frame.dropna(subset=["lon", "lat"])  # outside the region there is no position
    points = gpd.GeoDataFrame(
        placed, geometry=gpd.points_from_xy(placed["lon"], placed["lat"]), crs="EPSG:4326"
    ).to_crs(ons.GRID)
    frame = frame.copy()
    frame["lsoa_code"] = locate(points, ground.boundaries["lsoa"]).reindex(frame.index)
    frame["ward_code"] = locate(points, ground.boundaries["ward"]).reindex(frame.index)
    lookup = ground.lookup
    frame["msoa_code"] = frame["lsoa_code"].map(dict(zip(lookup["lsoa"], lookup["msoa"], strict=True)))
    wards = {row.ward_code: row.neighbourhood_code for one in ground.lists for row in one.wards.itertuples()}
    frame["neighbourhood_code"] = frame["ward_code"].map(wards)
    return frame


def make_areas(ground: Ground, gps: pd.DataFrame, config: Config) -> gpd.GeoDataFrame:
    """The polygon areas plus primary care networks and England, which have no shape here."""
    by_pcn = gps.dropna(subset=["pcn_code", "place_code"]).sort_values(["pcn_code", "practice_code"])
    main = by_pcn.groupby(["pcn_code", "place_code"])["list_size"].sum().reset_index()
    main = main.sort_values(["pcn_code", "list_size"], ascending=[True, False]).drop_duplicates("pcn_code")
    names = by_pcn.groupby("pcn_code")["pcn_name"].first()
    pcn = pd.DataFrame(
        {
            "area_code": main["pcn_code"], "area_name": main["pcn_code"].map(names), "area_level": "pcn",
            "boundary_year": 2026, "parent_code": main["place_code"], "place_code": main["place_code"],
        }
    )  # fmt: skip
    country = pd.DataFrame(
        {
            "area_code": [config.country_code], "area_name": [config.country_name], "area_level": ["england"],
            "boundary_year": [2025], "population": [ground.england],
        }
    )  # fmt: skip
    joined = pd.concat([ground.areas, pcn, country], ignore_index=True)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=ground.areas.crs)


def make_geography(
    sources: SourceFolder, config: Config, ground: Ground, areas: gpd.GeoDataFrame
) -> Geography:
    """The share tables."""
    old = ground.boundaries["lsoa11"].set_index("area_code")["place_code"]
    return geography(
        config, areas, ground.lookup, old, ons.msoa11_lookup(sources), practices.place_of_practice(sources)
    )


def make_hexes(sources: SourceFolder, config: Config, ground: Ground) -> gpd.GeoDataFrame:
    """The wards as hexagons of one size, in longitude and latitude."""
    wards = ground.boundaries["ward"]
    wards = wards[wards["place_code"].isin(config.region_places)]
    points = wards.geometry.representative_point()
    middle = {code: (point.x, point.y) for code, point in zip(wards["area_code"], points, strict=True)}
    return to_degrees(hexes(hex_layout(sources, config, set(wards["area_code"])), middle))


def neighbourhood_index(lists: list[NeighbourhoodList]) -> dict[str, Any]:
    """What the dashboard needs to say about each list, and the lists themselves."""
    return {
        one.place_code: {
            "status": one.status, "source": one.source, "date": one.date, "warnings": list(one.warnings),
            "wards": one.wards.to_dict("records"),
        }
        for one in lists
    }  # fmt: skip
