"""How small areas add up to larger ones: one table of shares for every kind of area a publisher uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from geo.config import Config
from geo.weights import shares

COLUMNS = ["from_code", "to_code", "to_level", "weight", "share"]


@dataclass(frozen=True)
class Geography:
    """Where every base area goes.

    `shares` holds, by base level (lsoa, lsoa11, msoa, msoa11, ward, practice, place), the columns
    ``from_code, to_code, to_level, weight, share``: `share` of the base area's people who belong to the
    target, `weight` their number (1 where people do not matter). A nested area has the share 1.
    """

    config: Config
    areas: pd.DataFrame
    shares: dict[str, pd.DataFrame]

    def only(self, places: Sequence[str]) -> Geography:
        """The part of it that concerns these Places."""
        areas = self.areas[self.areas["place_code"].isin(list(places)) | self.areas["place_code"].isna()]
        known = set(areas["area_code"])
        own = {
            base: table[table["from_code"].isin(_bases_in(table, places))]
            for base, table in self.shares.items()
        }
        settings = replace(
            self.config, places=tuple(place for place in self.config.places if place.code in places)
        )
        return Geography(
            settings, areas, {base: table[table["to_code"].isin(known)] for base, table in own.items()}
        )


def _bases_in(table: pd.DataFrame, places: Sequence[str]) -> pd.Series:
    """Codes of the base areas that lie in these Places."""
    return table.loc[(table["to_level"] == "place") & table["to_code"].isin(list(places)), "from_code"]


def _nested(
    codes: pd.Series, targets: pd.Series, level: str, weight: pd.Series | float = 1.0
) -> pd.DataFrame:
    table = pd.DataFrame({"from_code": codes.to_numpy(), "to_code": targets.to_numpy()})
    table["weight"] = weight.to_numpy(dtype=float) if isinstance(weight, pd.Series) else float(weight)
    table["share"] = 1.0
    table.insert(2, "to_level", level)
    return table.dropna(subset=["to_code"])


def _region_of(config: Config, places: pd.Series) -> pd.Series:
    """The region's code for areas of its Places, nothing for others."""
    code = pd.Series(config.region_code, index=places.index, dtype=object)
    return code.where(places.isin(config.region_places))


def _weighted(lookup: pd.DataFrame, origin: str, target: str) -> pd.DataFrame:
    known = lookup[lookup[target].notna()]
    table = shares(known, origin, target).rename(columns={"population": "weight"})
    # of all the origin's people: some may live in no target, where a Place has no neighbourhoods
    table["share"] = table["weight"] / table["from_code"].map(lookup.groupby(origin)["population"].sum())
    return table[COLUMNS]


def lsoa11_of(lookup: pd.DataFrame, located: pd.Series, change: pd.DataFrame) -> pd.Series:
    """LSOA 2011 of every output area: from the official lookup where it is certain, else by position.

    `located` is the LSOA 2011 in which the centroid lies. An unchanged or split LSOA has one parent only,
    so a centroid just across a generalised edge cannot mislead.
    """
    parents = change.groupby("lsoa21_code")["lsoa11_code"].agg(["nunique", "first"])
    single = parents.loc[parents["nunique"] == 1, "first"]
    return lookup["lsoa"].map(single).fillna(located)


def geography(
    config: Config,
    areas: gpd.GeoDataFrame,
    lookup: pd.DataFrame,
    lsoa11_place: pd.Series,
    msoa11: pd.DataFrame,
    practices: pd.DataFrame,
) -> Geography:
    """Build the share tables.

    Parameters
    ----------
    areas
        The table of areas.
    lookup
        Output areas: ``population, lsoa, lsoa11, msoa, ward, neighbourhood`` (neighbourhood may be missing).
    lsoa11_place
        Place code by LSOA 2011 code.
    msoa11
        ``msoa11_code, place_code`` of MSOAs 2011 (all England; only this region's are used).
    practices
        ``practice_code, place_code, pcn_code`` of every practice that ever reported here.
    """
    level = dict(list(areas.groupby("area_level")))
    lsoa, msoa, ward, place = level["lsoa"], level["msoa"], level["ward"], level["place"]
    region = _region_of(config, areas["place_code"])
    weight = lookup.groupby("lsoa")["population"].sum()
    own = lsoa["area_code"].map(weight)
    tables: dict[str, list[pd.DataFrame]] = {
        "lsoa": [
            _nested(lsoa["area_code"], lsoa["parent_code"], "msoa", own),
            _nested(lsoa["area_code"], lsoa["place_code"], "place", own),
            _nested(lsoa["area_code"], region[lsoa.index], "region", own),
            _weighted(lookup, "lsoa", "ward"),
            _weighted(lookup, "lsoa", "neighbourhood"),
        ],
        "msoa": [
            _nested(msoa["area_code"], msoa["place_code"], "place", msoa["population"]),
            _nested(msoa["area_code"], region[msoa.index], "region", msoa["population"]),
        ],
        "ward": [
            _weighted(lookup, "ward", "neighbourhood"),
            _nested(ward["area_code"], ward["place_code"], "place", ward["population"]),
            _nested(ward["area_code"], region[ward.index], "region", ward["population"]),
        ],
        "place": [_nested(place["area_code"], region[place.index], "region")],
    }
    old = lookup.groupby("lsoa11")["population"].sum()
    codes = old.index.to_series()
    tables["lsoa11"] = [
        _nested(codes, codes.map(lsoa11_place), "place", old),
        _nested(codes, _region_of(config, codes.map(lsoa11_place)), "region", old),
        *[_weighted(lookup, "lsoa11", to) for to in ("lsoa", "msoa", "ward", "neighbourhood")],
    ]
    here = msoa11[msoa11["place_code"].isin(config.place_codes)]
    same = here["msoa11_code"].where(here["msoa11_code"].isin(set(msoa["area_code"])))
    tables["msoa11"] = [
        _nested(here["msoa11_code"], same, "msoa"),
        _nested(here["msoa11_code"], here["place_code"], "place"),
        _nested(here["msoa11_code"], _region_of(config, here["place_code"]), "region"),
    ]
    ours = practices[practices["place_code"].isin(config.place_codes)]
    tables["practice"] = [
        _nested(ours["practice_code"], ours["pcn_code"], "pcn"),
        _nested(ours["practice_code"], ours["place_code"], "place"),
        _nested(ours["practice_code"], _region_of(config, ours["place_code"]), "region"),
    ]
    return Geography(
        config, areas, {base: pd.concat(found, ignore_index=True)[COLUMNS] for base, found in tables.items()}
    )
