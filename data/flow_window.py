"""The people and practices between which patients flow: a set of LSOAs with a margin around it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from data.ingest import geography as ons
from data.ingest.indices_of_deprivation_files import read_2025
from data.ingest.practice_positions import practice_positions
from data.sources import SourceError, SourceFolder, require_rows
from methods.small_area.flows import Decay, Flows, Pairs, fit, kernel, make_pairs

LSOA_POINTS = "england/lsoa21_population_weighted_centroids.json.gz"
MARGIN_M = 15_000.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Country:
    """All England: `lsoas` (x, y, residents, imd, msoa), `practices` and `points` (x, y, people; OAs)."""

    lsoas: pd.DataFrame
    practices: pd.DataFrame
    points: pd.DataFrame


@dataclass(frozen=True)
class Window:
    """Part of the country: its LSOAs and practices (tables) and the pairs between them."""

    lsoas: pd.DataFrame
    practices: pd.DataFrame
    pairs: Pairs

    def lsoa_values(self, column: str) -> Floats:
        """One column of the LSOAs as numbers."""
        return self.lsoas[column].to_numpy(dtype="float64")

    def practice_values(self, column: str) -> Floats:
        """One column of the practices as numbers."""
        return self.practices[column].to_numpy(dtype="float64")

    def fit(self, decay: Decay, target: Floats | None = None, start: Flows | None = None) -> Flows:
        """Flows of this window; `target` is the mean IMD by practice to be met (NaN: none)."""
        return fit(
            self.pairs, kernel(self.pairs, decay), self.lsoa_values("residents"),
            self.practice_values("list_size"), row_pull=decay.row_pull,
            area_value=self.lsoa_values("imd"), target=target, start=start,
        )  # fmt: skip

    def frame(self, patients: Floats) -> pd.DataFrame:
        """`practice_code, lsoa_code, patients` of every pair."""
        return pd.DataFrame(
            {
                "practice_code": self.practices.index.to_numpy()[self.pairs.practice],
                "lsoa_code": self.lsoas.index.to_numpy()[self.pairs.area],
                "patients": patients,
            }
        )


def read_points(sources: SourceFolder, name: str) -> pd.DataFrame:
    """Newline-delimited GeoJSON points of England: `x, y` in metres by area code, each code once."""
    codes, places = [], []
    try:
        with gzip.open(sources.path(name), "rt", encoding="utf-8") as lines:
            for line in lines:
                found = json.loads(line)
                code = found["properties"]["areacd"]
                if code.startswith("E"):
                    codes.append(code)
                    places.append(found["geometry"]["coordinates"])
    except (OSError, EOFError, KeyError, json.JSONDecodeError) as error:
        raise SourceError(f"{name} cannot be read as newline-delimited points: {error!r}") from error
    degrees = np.asarray(places, dtype="float64").reshape(-1, 2)
    points = gpd.GeoSeries(gpd.points_from_xy(degrees[:, 0], degrees[:, 1]), crs="EPSG:4326").to_crs(ons.GRID)
    frame = pd.DataFrame({"x": points.x.to_numpy(), "y": points.y.to_numpy()}, index=codes)
    return frame[~frame.index.duplicated()].sort_index()


def read_country(sources: SourceFolder, edition: pd.DataFrame | None = None) -> Country:
    """LSOAs of England with mid-2022 residents and IMD 2025, practices of July 2026, output areas of 2021.

    `edition` is the frame of `indices_of_deprivation_files.read_2025`, where the caller has it already.
    """
    iod = read_2025(sources) if edition is None else edition
    centroids = read_points(sources, LSOA_POINTS)
    lsoas = iod[["IMD_score", "residents", "lsoa21_name", "place_code"]].join(centroids)
    require_rows(
        lsoas.dropna(subset=["x", "y"]), file=LSOA_POINTS, what="LSOAs with a centroid",
        exactly=len(iod), why="one for each LSOA of England",
    )  # fmt: skip
    lsoas = lsoas.assign(imd=lsoas["IMD_score"].astype(float), msoa=lsoas["lsoa21_name"].str[:-1])
    people = sources.csv(ons.OA_PEOPLE, ["areacd", "pop"]).set_index("areacd")["pop"].astype(float)
    points = read_points(sources, ons.OA_POINTS).join(people.rename("people")).dropna(subset=["people"])
    columns = ["x", "y", "residents", "imd", "msoa", "place_code"]
    return Country(lsoas[columns].sort_index(), practice_positions(sources), points)


def make_window(
    sources: SourceFolder, country: Country, core: Sequence[str], margin: float = MARGIN_M
) -> Window:
    """The LSOAs of `core`, everything within `margin` metres of them, and the pairs between them."""
    unknown = sorted(set(core) - set(country.lsoas.index))
    if unknown or not len(core):
        raise SourceError(f"no LSOA of 2021 in England: {', '.join(unknown[:5]) or 'none given'}")
    near = cKDTree(country.lsoas.loc[sorted(core), ["x", "y"]])
    lsoas = country.lsoas[near.query(country.lsoas[["x", "y"]])[0] <= margin]
    placed = country.practices.dropna(subset=["x", "y"])
    practices = placed[near.query(placed[["x", "y"]])[0] <= margin]
    pairs = make_pairs(
        lsoas[["x", "y"]].to_numpy(dtype="float64"),
        practices[["x", "y"]].to_numpy(dtype="float64"),
        points=_points_in(sources, country, lsoas),
    )
    return Window(lsoas, practices, pairs)


def _points_in(
    sources: SourceFolder, country: Country, lsoas: pd.DataFrame
) -> tuple[Floats, npt.NDArray[np.int64], Floats]:
    """Output areas of these LSOAs: coordinates, position of their LSOA, residents."""
    corner = gpd.GeoSeries(
        gpd.points_from_xy(lsoas[["x"]].agg(["min", "max"])["x"], lsoas[["y"]].agg(["min", "max"])["y"]),
        crs=ons.GRID,
    )
    polygons = ons.lsoas_around(sources, gpd.GeoDataFrame(geometry=corner))
    polygons = polygons[polygons["area_code"].isin(lsoas.index)]
    west, south, east, north = polygons.total_bounds
    near = country.points[country.points["x"].between(west, east) & country.points["y"].between(south, north)]
    points = gpd.GeoDataFrame(near, geometry=gpd.points_from_xy(near["x"], near["y"]), crs=ons.GRID)
    found = gpd.sjoin(points, polygons, predicate="within")
    found = found[~found.index.duplicated()].sort_index()
    return (
        found[["x", "y"]].to_numpy(dtype="float64"),
        lsoas.index.get_indexer(found["area_code"]).astype(np.int64),
        found["people"].to_numpy(dtype="float64"),
    )
