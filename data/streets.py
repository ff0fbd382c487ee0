"""The table of streets, stations and settlements of OS Open Names: the ward of each, and where it may reach.

Open Names gives a street one point, its middle, and a box around it; parts of a long street have points of
their own. So the ward of the middle is known. That a street stays in it is known only where the box does; of
other wards that the box touches it can only be said that the street may run through them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from data.ingest.open_names import OpenNames, open_names_file, read_open_names
from data.sources import SourceError, SourceFolder
from geo.config import Config

SOURCE = "os-open-names"
COLUMNS = ["name", "kind", "part", "within", "district", "ward_code", "also", "reach"]
# A box that touches more wards than this says too little about any of them.
MOST_ALSO = 6
MOST_DISTRICTS = 3


@dataclass(frozen=True)
class Streets:
    """The table, and what `bundle.json` says of it (`provider`, `dated`, `sha256`)."""

    table: pd.DataFrame
    used: dict[str, str]
    tiles: int


@dataclass(frozen=True)
class _Row:
    """One record in its ward; `touched` are the wards that its box touches."""

    section: bool
    within: str
    district: str
    touched: list[str]


def streets(sources: SourceFolder, wards: gpd.GeoDataFrame, config: Config) -> Streets | None:
    """The table made from OS Open Names, or None where the sources do not have it.

    `wards` has ``area_code, area_name, place_code, geometry`` in EPSG:27700. Raises SourceError for a file
    that cannot be used, or that knows no street in one of the wards.
    """
    path = open_names_file(sources)
    if path is None:
        return None
    bounds = wards.total_bounds
    found = read_open_names(path, (bounds[0], bounds[1], bounds[2], bounds[3]))
    table = street_table(found, wards, [place.name for place in config.places])
    bare = ~wards["area_code"].isin(table.loc[table["kind"] == "street", "ward_code"])
    if bare.any():
        first = wards[bare].iloc[0]
        raise SourceError(
            f"{path.name}: no street in {bare.sum()} of the {len(wards)} wards, the first is "
            f"{first['area_name']} in {config.place(first['place_code']).name}. Tables are missing or cut "
            "off. Use OS Open Names for all Great Britain, or remove it to go without."
        )
    return Streets(table, {"provider": SOURCE, "dated": found.dated, "sha256": found.sha256}, found.tiles)


def street_table(found: OpenNames, wards: gpd.GeoDataFrame, places: Iterable[str]) -> pd.DataFrame:
    """One row a name, kind and ward: ``name, kind, part, within, district, ward_code, also, reach``.

    `part` is True where only parts of the street have their middle in the ward; `within` and `district` are
    the settlement and the postcode districts of the point, "" where not given. `also` lists the codes of
    other wards that the box touches, parted by a space, "" where these are more than `MOST_ALSO`; `reach`
    counts them. Settlements called like a Place are left out: the Place itself is found.
    """
    names = found.table
    named = gpd.GeoDataFrame(names, geometry=gpd.points_from_xy(names["x"], names["y"]), crs=wards.crs)
    # no ward nearby instead: next to the border a near ward would be a guess at a street of somebody else's
    placed = gpd.sjoin(named, wards[["area_code", "geometry"]], predicate="intersects")
    placed = placed.rename(columns={"area_code": "ward_code"}).drop(columns="index_right")
    placed = placed[~placed.index.duplicated()]
    placed = placed[
        (placed["kind"].isin(["street", "section", "station"])) | ~placed["name"].isin(list(places))
    ]
    groups: dict[tuple[str, str, str], list[_Row]] = {}
    for row, touched in zip(placed.itertuples(), _touched(placed, wards), strict=True):
        kind = "street" if row.kind == "section" else row.kind
        one = _Row(row.kind == "section", row.within, row.district, touched)
        groups.setdefault((row.name, kind, row.ward_code), []).append(one)
    made = pd.DataFrame([_as_one(key, groups[key]) for key in sorted(groups)], columns=COLUMNS)
    return made.astype({"part": bool, "reach": int})


def _touched(placed: gpd.GeoDataFrame, wards: gpd.GeoDataFrame) -> list[list[str]]:
    """For each row the wards that the box of its street touches, its own included; none but for streets."""
    boxes = shapely.box(placed["xmin"], placed["ymin"], placed["xmax"], placed["ymax"])
    of, at = wards.sindex.query(boxes, predicate="intersects")
    codes = wards["area_code"].to_numpy()
    kind = placed["kind"].to_numpy()
    touched: list[list[str]] = [[] for _ in range(len(placed))]
    for row, ward in zip(of, at, strict=True):
        if kind[row] in ("street", "section"):
            touched[row].append(str(codes[ward]))
    return touched


def _as_one(key: tuple[str, str, str], rows: list[_Row]) -> tuple[str, str, bool, str, str, str, str, int]:
    """The records of one name, kind and ward as one row."""
    name, kind, ward = key
    also = sorted({code for row in rows for code in row.touched} - {ward})
    within = min((row.within for row in rows if row.within), default="")
    districts = sorted({row.district for row in rows} - {""})[:MOST_DISTRICTS]
    told = " ".join(also) if len(also) <= MOST_ALSO else ""
    return name, kind, all(row.section for row in rows), within, ", ".join(districts), ward, told, len(also)
