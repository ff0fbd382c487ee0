"""Every output area of the Places with the areas it lies in: the region at once, each other Place by itself.

So that what is added outside the region can change nothing inside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from data.geography import lsoa11_of
from data.ingest import geography as ons
from data.sources import SourceFolder
from geo.areas import msoa_of
from geo.config import Config
from geo.weights import locate, output_area_lookup, settle


def parts_of(config: Config) -> list[list[str]]:
    """Codes of the Places that are worked out together: those of the region, then each outside it."""
    return [list(config.region_places), *[[place.code] for place in config.outside]]


def output_areas_in(
    sources: SourceFolder, config: Config, found: Mapping[str, gpd.GeoDataFrame]
) -> pd.DataFrame:
    """``oa_code, population, lsoa, ward, lsoa11, msoa`` of the Places; `found` are boundaries by level.

    Areas that an output area lies in are None where none is found.
    """
    change, residents = ons.lsoa_change(sources), ons.census_residents(sources)
    parts = []
    for codes in parts_of(config):
        own = {level: frame[frame["place_code"].isin(codes)] for level, frame in found.items()}
        parts.append(_part(sources, own, change, residents))
    return pd.concat(parts, ignore_index=True)


def _part(
    sources: SourceFolder, found: Mapping[str, gpd.GeoDataFrame], change: pd.DataFrame, residents: pd.Series
) -> pd.DataFrame:
    points = ons.output_areas(sources, found["lsoa"])
    lookup = output_area_lookup(points, {"lsoa": ons.lsoas_around(sources, found["lsoa"])})
    lookup = lookup[lookup["lsoa"].isin(set(found["lsoa"]["area_code"]))]
    lookup = settle(lookup, points, found["lsoa"], residents).reset_index(drop=True)
    own = points.set_index("oa_code").loc[lookup["oa_code"]].reset_index()
    lookup["ward"] = locate(own, found["ward"]).to_numpy()
    drawn = found["lsoa11"].geometry.notna().all()
    located = locate(own, found["lsoa11"]) if drawn else _dealt_out(lookup, change)
    lookup["lsoa11"] = lsoa11_of(lookup, located, change)
    msoa = msoa_of(found["lsoa"]["area_name"], found["msoa"])
    lookup["msoa"] = lookup["lsoa"].map(dict(zip(found["lsoa"]["area_code"], msoa, strict=True)))
    return lookup


def _dealt_out(lookup: pd.DataFrame, change: pd.DataFrame) -> pd.Series:
    """LSOA 2011 of every output area where there are no boundaries of 2011.

    Needed for the few LSOAs (100 in England) made of several of 2011: their output areas, in the order of
    their codes, are dealt out to the earlier LSOAs in equal numbers of people. Both orders go back to the
    same numbering of 2001. Sums over the LSOA, and all that it nests in, are exact whichever way they fall.
    """
    parents = change.groupby("lsoa21_code")["lsoa11_code"].agg(lambda codes: sorted(set(codes)))
    ordered = lookup.sort_values("oa_code")
    people = ordered.groupby("lsoa")["population"]
    middle = (people.cumsum() - ordered["population"] / 2) / people.transform("sum")
    chosen = [
        parents[lsoa][min(int(at * len(parents[lsoa])), len(parents[lsoa]) - 1)]
        for lsoa, at in zip(ordered["lsoa"], np.nan_to_num(middle), strict=True)
    ]
    return pd.Series(chosen, index=ordered.index, dtype=object).reindex(lookup.index)
