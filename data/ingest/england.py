"""All England's small areas, wards and districts, and how output areas tie them together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.ingest import geography as ons
from data.sources import SourceError, SourceFolder, require_rows
from geo.weights import locate, shares

WARD_SHAPES = "england/ward25_england.parquet"
DISTRICTS = "lookups/lsoa21_pcon_ward25_lad25.csv.gz"
LSOAS, WARDS, MSOAS = 33_755, 6_827, 6_856
# Councils that run schools and public health themselves, as all nine Places do: unitary authorities,
# metropolitan districts and London boroughs. A district of a shire county is no like of theirs.
ALL_PURPOSE = ("E06", "E08", "E09")
NEAR_DEGREES = 0.01  # more than the distance that `locate` allows
KM_PER_DEGREE = 111.2  # on a sphere of the Earth's mean radius; within 1% over England


@dataclass(frozen=True)
class England:
    """England's areas.

    Attributes
    ----------
    areas
        ``area_code, area_level, area_name, district_code, district_name`` of wards (2025), MSOAs (2021)
        and the
        councils that do all of a council's work.
    output_areas
        ``population, lsoa, ward, msoa, place`` of every output area.
    lsoa_km2
        Land of every LSOA in square kilometres, by code.
    """

    areas: pd.DataFrame
    output_areas: pd.DataFrame
    lsoa_km2: pd.Series
    _shares: dict[str, pd.DataFrame] = field(default_factory=dict)

    def shares(self, level: str) -> pd.DataFrame:
        """LSOAs to areas of a level: ``from_code, to_code, to_level, weight, share`` of the LSOA's people."""
        if level not in self._shares:
            table = shares(self.output_areas, "lsoa", level).rename(columns={"population": "weight"})
            # of all the LSOA's people: those in the ward without a code are in no other
            people = self.output_areas.groupby("lsoa")["population"].sum()
            table["share"] = table["weight"] / table["from_code"].map(people)
            self._shares[level] = table
        return self._shares[level]


def spoken(name: str) -> str:
    """An official name as it is said and as the dashboard writes it: "Bristol, City of" is "Bristol"."""
    return re.sub(r", (?:City|County) of$", "", name.strip()).replace("St. ", "St ")


def _wards(sources: SourceFolder) -> gpd.GeoDataFrame:
    columns = {
        "WD25CD": "area_code",
        "WD25NM": "area_name",
        "LAD25CD": "district_code",
        "LAD25NM": "district_name",
    }
    try:
        frame = gpd.read_parquet(sources.path(WARD_SHAPES))
    except (OSError, ValueError) as error:
        raise SourceError(f"{WARD_SHAPES} cannot be read as GeoParquet: {error}") from error
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise SourceError(f"{WARD_SHAPES}: no column {', '.join(absent)}; found {', '.join(frame.columns)}")
    require_rows(frame, file=WARD_SHAPES, what="wards of England", exactly=WARDS, why="those of May 2025")
    # one shape of the file has no code: the people in it are in none of the wards to compare with
    named = frame.dropna(subset=list(columns))
    return _mended(named.rename(columns=columns)[[*columns.values(), "geometry"]])


def _mended(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sorted by code, with the handful of broken shapes made valid."""
    shapes = areas.geometry.to_numpy()
    broken = ~shapely.is_valid(shapes)
    areas = areas.copy()
    areas.loc[broken, "geometry"] = shapely.make_valid(shapes[broken])
    return areas.sort_values("area_code", ignore_index=True)


def _within(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """`locate` in degrees, with the few points beside every area looked at again in metres."""
    inside = gpd.sjoin(points[["geometry"]], areas[["area_code", "geometry"]], predicate="within")
    found = inside[~inside.index.duplicated()]["area_code"].reindex(points.index).astype(object)
    lost = points[found.isna()]
    if len(lost):
        around = shapely.buffer(lost.geometry.to_numpy(), NEAR_DEGREES, quad_segs=2)
        touched = np.unique(areas.sindex.query(around, predicate="intersects")[1])
        found[lost.index] = locate(lost.to_crs(ons.GRID), areas.iloc[touched].to_crs(ons.GRID))
    return found


def _square_km(areas: gpd.GeoDataFrame) -> pd.Series:
    shapes = areas.geometry.to_numpy()
    _, south, _, north = shapely.bounds(shapes).T
    land = shapely.area(shapes) * np.cos(np.radians((south + north) / 2)) * KM_PER_DEGREE**2
    return pd.Series(land, index=areas["area_code"])


def _areas(sources: SourceFolder, wards: gpd.GeoDataFrame, district: pd.DataFrame) -> pd.DataFrame:
    names = sources.csv(ons.MSOA_NAMES, ["msoa21cd", "msoa21nm", "msoa21hcln"])
    names = names[names["msoa21cd"].str.startswith("E")]
    require_rows(names, file=ons.MSOA_NAMES, what="MSOAs of England", exactly=MSOAS, why="2021 geography")
    parent = district.drop_duplicates("msoa").set_index("msoa")[["district_code", "district_name"]]
    msoas = names.rename(columns={"msoa21cd": "area_code", "msoa21hcln": "area_name"})
    msoas = msoas[["area_code", "area_name"]].join(parent, on="area_code")
    councils = district.drop_duplicates("district_code")[["district_code", "district_name"]]
    councils = councils[councils["district_code"].str.startswith(ALL_PURPOSE)]
    councils = councils.assign(area_code=councils["district_code"], area_name=councils["district_name"])
    levels = {"ward": pd.DataFrame(wards.drop(columns="geometry")), "msoa": msoas, "place": councils}
    table = pd.concat([frame.assign(area_level=level) for level, frame in levels.items()])
    columns = ["area_code", "area_level", "area_name", "district_code", "district_name"]
    for column in ("area_name", "district_name"):
        table[column] = table[column].map(spoken)
    return table[columns].sort_values(["area_level", "area_code"], ignore_index=True)


def england(sources: SourceFolder, own: pd.DataFrame) -> England:
    """Read England's areas.

    `own` is the build's table of output areas here (``oa_code, lsoa, ward``): where it says in which LSOA and
    ward an output area lies it is followed, so that our areas have here the people they have everywhere else.
    """
    lsoas = _mended(
        ons.english_lsoas(sources).rename(columns={"LSOA21CD": "area_code", "LSOA21NM": "area_name"})
    )
    wards = _wards(sources)
    codes = sources.csv(DISTRICTS, ["lsoa21cd", "lad25cd", "lad25nm"]).drop_duplicates("lsoa21cd")
    codes = codes[codes["lsoa21cd"].str.startswith("E")].set_index("lsoa21cd")
    require_rows(codes, file=DISTRICTS, what="LSOAs of England", exactly=LSOAS, why="the 2021 geography")
    names = sources.csv(ons.MSOA_NAMES, ["msoa21cd", "msoa21nm"]).set_index("msoa21nm")["msoa21cd"]
    district = pd.DataFrame(
        {
            "lsoa": lsoas["area_code"],
            # an LSOA is named after its MSOA with one letter more
            "msoa": lsoas["area_name"].str.slice(stop=-1).map(names),
            "district_code": lsoas["area_code"].map(codes["lad25cd"]),
            "district_name": lsoas["area_code"].map(codes["lad25nm"]),
        }
    )
    if district.isna().any(axis=None):
        lost = district.loc[district.isna().any(axis=1), "lsoa"].iloc[0]
        raise SourceError(f"{DISTRICTS} or {ons.MSOA_NAMES}: no district or MSOA for LSOA {lost}")
    points = ons.english_output_areas(sources).reset_index(drop=True)
    found = pd.DataFrame({"oa_code": points["areacd"], "population": points["pop"]})
    found["lsoa"], found["ward"] = _within(points, lsoas), _within(points, wards)
    found = found.set_index("oa_code")
    settled = own.set_index("oa_code")[["lsoa", "ward"]]
    found.loc[settled.index, ["lsoa", "ward"]] = settled
    found = found.dropna(subset=["lsoa"]).reset_index()
    require_rows(found, file=ons.OA_POINTS, what="output areas placed", at_least=178_000, why="178,605")
    where = district.set_index("lsoa")
    found["msoa"] = found["lsoa"].map(where["msoa"])
    found["place"] = found["lsoa"].map(where["district_code"])
    return England(_areas(sources, wards, district), found, _square_km(lsoas))
