"""Questions to the shipped tables. Everything the pages show comes through here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.bundle import (
    BundleError,
    RegistrationsUsed,
    StreetNamesUsed,
    registrations_used,
    street_names_used,
    verify,
)
from data.catalogue.model import Catalogue, Indicator, read_catalogue
from data.figures import TEXT, Figures, Observation, text_of
from data.find import District, Match, by_name, normal_postcode, plain, postcode_district
from data.neighbourhood_status import NeighbourhoodStatus, status_of
from geo.config import ROOT, Config, read_config

__all__ = ["Bundle", "BundleError", "Match", "NeighbourhoodStatus", "Observation", "load_bundle"]

FINDER_LEVELS = {
    "lsoa": "lsoa_code",
    "msoa": "msoa_code",
    "ward": "ward_code",
    "neighbourhood": "neighbourhood_code",
}


@dataclass(frozen=True, eq=False)
class Bundle:
    """The shipped tables in memory, and the questions that pages ask of them.

    Two bundles are the same where they are one object, so that what is worked out of one can be kept by it.
    """

    version: str
    config: Config
    catalogue: Catalogue
    areas: pd.DataFrame
    layers: dict[str, Any]
    figures: Figures
    practice_observations: pd.DataFrame
    registrations: RegistrationsUsed
    _shapes: gpd.GeoDataFrame
    _hexes: gpd.GeoDataFrame
    _postcodes: pd.DataFrame
    _practices: pd.DataFrame
    _schools: pd.DataFrame
    _lists: dict[str, Any]
    place_names: pd.DataFrame
    similar_areas: pd.DataFrame
    similar_figures: pd.DataFrame
    similar_measures: pd.DataFrame
    _by_level: dict[str, pd.DataFrame] = field(default_factory=dict)
    street_names: StreetNamesUsed | None = None

    # -- areas ---------------------------------------------------------------------------------------

    def geometry(self, level: str, places: Sequence[str] = ()) -> gpd.GeoDataFrame:
        """Simplified shapes of one level (EPSG:4326): ``area_code, area_name, place_code, geometry``.

        Of the region where no Places are named.

        The level ``hex`` gives the wards as hexagons of one size.
        """
        shapes = self._hexes if level == "hex" else self._shapes[self._shapes["area_level"] == level]
        shapes = shapes[self._in_places(shapes["place_code"], places)]
        return shapes[["area_code", "area_name", "place_code", "geometry"]].reset_index(drop=True)

    def in_region(self, area_code: str) -> bool:
        """Whether an area belongs to the region: False in a Place outside it, and for England."""
        place = self.areas.loc[area_code, "place_code"]
        return place in self.config.region_places or area_code == self.config.region_code

    def _in_places(self, codes: pd.Series, places: Sequence[str]) -> pd.Series:
        """Which rows lie in these Places or, where none is named, in the region (or in no Place at all)."""
        if len(places):
            return codes.isin(list(places))
        return codes.isin(self.config.region_places) | codes.isna()

    def name(self, area_code: str) -> str:
        """Name of an area; KeyError when there is none."""
        return str(self.areas.loc[area_code, "area_name"])

    def place_name(self, place_code: str | None) -> str:
        """Name of a Place, or an empty text."""
        return self.name(place_code) if place_code and place_code in self.areas.index else ""

    def comparators(self, area_code: str) -> list[str]:
        """Codes to compare an area with: its Place, the region if it is in it, England; never itself."""
        if area_code == self.config.country_code:
            return []
        place = self.areas.loc[area_code, "place_code"]
        region = self.config.region_code if self.in_region(area_code) else None
        chain = [place, region, self.config.country_code]
        return [code for code in chain if isinstance(code, str) and code != area_code]

    def find(self, text: str, limit: int = 8) -> list[Match]:
        """Areas that fit what was typed, best first. A known postcode gives its areas, smallest last."""
        where = self.postcode(text)
        if where is None:
            names = {code: self.name(code) for code in self.config.place_codes}
            return by_name(self.areas, names, text, limit)
        found = []
        for level in ("neighbourhood", "ward", "msoa", "lsoa", "place"):
            code = where.get(f"{level}_code")
            if code:
                place = self.place_name(where["place_code"])
                found.append(Match(code, self.name(code), level, place, f"postcode {where['postcode']}"))
        return found[:limit]

    def postcode(self, text: str) -> dict[str, str | None] | None:
        """The areas of a postcode, or None when it is not one of Cheshire and Merseyside."""
        wanted = normal_postcode(text)
        if wanted is None:
            return None
        at = int(self._postcodes["postcode"].searchsorted(wanted))
        if at >= len(self._postcodes) or self._postcodes["postcode"].iloc[at] != wanted:
            return None
        row = self._postcodes.iloc[at]
        return {name: (str(cell) if isinstance(cell, str) else None) for name, cell in row.items()}

    def postcode_district(self, text: str) -> District | None:
        """The wards of the first half of a postcode; None where it is none of Cheshire and Merseyside."""
        return postcode_district(self._postcodes, text)

    def practices(self, area_code: str) -> pd.DataFrame:
        """GP practices that stand in an area (of a PCN: its members; of England: all in the tables)."""
        level = self.areas.loc[area_code, "area_level"]
        if level == "pcn":
            return self._practices[self._practices["pcn_code"] == area_code].reset_index(drop=True)
        if level == "place":
            # by where the surgery stands, as for every other level here; registers go by NHS membership
            stands = self._practices["ward_code"].map(self.areas["place_code"])
            # of a Place outside the region it is only known that they stand in it
            inside = stands.fillna(self._practices["place_code"]) == area_code
            return self._practices[inside].reset_index(drop=True)
        if level == "region":
            inside = self._practices["place_code"].isin(self.config.region_places)
            return self._practices[inside].reset_index(drop=True)
        return self._standing(self._practices, area_code)

    def schools(self, area_code: str) -> pd.DataFrame:
        """Open schools that stand in an area."""
        return self._standing(self._schools, area_code)

    def _standing(self, table: pd.DataFrame, area_code: str) -> pd.DataFrame:
        level = str(self.areas.loc[area_code, "area_level"])
        if level in ("region", "england"):
            return table.reset_index(drop=True)
        column = FINDER_LEVELS.get(level, "place_code")
        if column not in table:
            return table.iloc[:0]
        return table[table[column] == area_code].reset_index(drop=True)

    def neighbourhood_status(self, place_code: str) -> NeighbourhoodStatus | None:
        """What to say of a Place's neighbourhoods; None where no list is configured."""
        entry = self._lists.get(place_code)
        if entry is None:
            return None
        slug = self.config.place(place_code).slug
        return status_of(place_code, self.place_name(place_code), slug, entry)

    def wards_of(self, neighbourhood_code: str) -> list[str]:
        """Ward codes of a neighbourhood, by name."""
        found = [
            (ward["ward_name"], ward["ward_code"])
            for entry in self._lists.values()
            for ward in entry["wards"]
            if ward["neighbourhood_code"] == neighbourhood_code
        ]
        return [code for _, code in sorted(found)]

    # -- figures -------------------------------------------------------------------------------------

    @property
    def observations(self) -> pd.DataFrame:
        """All figures but those of practices, text as categories."""
        return self.figures.frame

    def indicators(self, level: str | None = None, theme: str | None = None) -> list[Indicator]:
        """Indicators that have figures (at a level, in a theme), in catalogue order."""
        found = [item for item in self.catalogue.indicators.values() if self.figures.known(item.id)]
        if theme:
            found = [item for item in found if item.theme == theme]
        return [item for item in found if level is None or level in self.levels(item.id)]

    def levels(self, indicator_id: str) -> list[str]:
        """Levels at which an indicator has reported figures."""
        return self.figures.levels(indicator_id)

    def periods(self, indicator_id: str, level: str | None = None, group: str = "all") -> list[str]:
        """Periods with figures, oldest first."""
        return self.figures.periods(indicator_id, level, group)

    def is_estimate(self, indicator_id: str, level: str) -> bool:
        """True where an indicator's figures of a level come from a model (basis ``modelled``)."""
        return self.figures.is_estimate(indicator_id, level)

    def groups(self, indicator_id: str, level: str | None = None) -> list[str]:
        """Subgroups with figures (at a level); ``all`` first where it is there."""
        return self.figures.groups(indicator_id, level)

    def slice(
        self,
        indicator_id: str,
        level: str,
        period: str | None = None,
        group: str = "all",
        places: Sequence[str] = (),
    ) -> pd.DataFrame:
        """One row for every area of a level, in the order of the areas table.

        Without `places` those of the region. Areas without a row come with status ``missing``. `period` None
        takes the latest. Columns: those of
        an observation, then ``area_name, place_code, place_name``.
        """
        if period is None:
            have = self.periods(indicator_id, level, group)
            period = have[-1] if have else ""
        areas = self._by_level.get(level, self._by_level["england"].iloc[:0])
        areas = areas[self._in_places(areas["place_code"], places)]
        return self.figures.slice(indicator_id, level, period, group, areas)

    def value(
        self, indicator_id: str, area_code: str, period: str | None = None, group: str = "all"
    ) -> Observation | None:
        """One figure (the latest where no period is named); None when there is no row."""
        return self.figures.value(indicator_id, area_code, period, group)

    def series(self, indicator_id: str, area_code: str, group: str = "all") -> pd.DataFrame:
        """All periods of an indicator in an area, oldest first."""
        return self.figures.series(indicator_id, area_code, group)

    def profile(self, area_code: str) -> pd.DataFrame:
        """Every figure of one area."""
        return text_of(self.figures.area(area_code)).reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise BundleError(f"{path.name} cannot be read: {error}") from error


def _named_hexes(hexes: gpd.GeoDataFrame, areas: pd.DataFrame) -> gpd.GeoDataFrame:
    return hexes.assign(area_name=hexes["area_code"].map(areas["area_name"]))


def _read_compact(path: Path, text: Sequence[str]) -> pd.DataFrame:
    """A table with its columns `text` as sorted categories: a tenth of the memory, and faster to compare.

    Read as such: as text first, the table would fill 80 MB that the process then keeps.
    """
    try:
        table = pq.read_table(path, read_dictionary=list(text))
    except (OSError, ValueError) as error:
        raise BundleError(f"{path.name} cannot be read: {error}") from error
    frame = table.unify_dictionaries().combine_chunks().to_pandas()
    for name in text:
        known = frame[name].cat
        frame[name] = known.set_categories(known.categories.astype("str").sort_values())
    return frame


def load_bundle(root: Path | None = None) -> Bundle:
    """Read and verify the shipped tables below `root` (this checkout when None).

    Raises BundleError when a table is missing, changed or half-written.
    """
    root = root or ROOT
    version = verify(root)
    config = read_config(root / "config.toml")
    shapes = gpd.read_parquet(root / "geo/processed/areas.parquet")
    areas = pd.DataFrame(shapes.drop(columns="geometry")).set_index("area_code")
    areas["plain_name"] = areas["area_name"].map(plain)
    bounds = shapes.geometry.bounds.to_numpy()
    called = areas["area_name"]
    listed = areas[["area_name", "area_level", "place_code"]].reset_index()
    listed["place_name"] = listed["place_code"].map(called)
    areas["bounds"] = [None if np.isnan(box[0]) else tuple(box.round(5).tolist()) for box in bounds]
    table = _read_compact(root / "data/processed/observations.parquet", TEXT)
    names = _read(root / "geo/processed/place_names.parquet")
    found = Bundle(
        version=version,
        config=config,
        catalogue=read_catalogue(),
        areas=areas,
        layers=json.loads((root / "geo/processed/layers.json").read_text(encoding="utf-8")),
        figures=Figures(table),
        practice_observations=_read_compact(root / "data/processed/practice_observations.parquet", TEXT),
        registrations=registrations_used(root),
        _shapes=shapes,
        _hexes=_named_hexes(gpd.read_parquet(root / "geo/processed/hexes.parquet"), areas),
        _postcodes=_read_compact(
            root / "geo/processed/postcodes.parquet", [*FINDER_LEVELS.values(), "place_code"]
        ),
        _practices=_read(root / "data/processed/practices.parquet"),
        _schools=_read(root / "data/processed/schools.parquet"),
        place_names=names.assign(plain_name=names["name"].map(plain)),
        similar_areas=_read(root / "data/processed/similar_areas.parquet"),
        similar_figures=_read(root / "data/processed/similar_figures.parquet"),
        similar_measures=_read(root / "data/processed/similar_measures.parquet"),
        _lists=json.loads((root / "geo/processed/neighbourhoods.json").read_text(encoding="utf-8")),
        _by_level={str(level): part for level, part in listed.groupby("area_level", sort=False)},
        street_names=street_names_used(root),
    )
    pa.default_memory_pool().release_unused()  # what reading needed on the way
    return found
