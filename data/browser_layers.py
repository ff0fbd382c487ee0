"""The browser's geometry files with their values, one a level and Place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.catalogue.model import Catalogue
from geo.config import Config
from geo.layers import ONS, OPEN_INNOVATIONS, features, write
from methods.classify import classify

LEVELS = ("lsoa", "msoa", "ward", "neighbourhood", "place")
NO_DATA = "no data"
SUPPRESSED = "suppressed"


def column_keys(observations: pd.DataFrame, level: str) -> dict[str, str]:
    """Short property keys of a level's series: ``"<indicator_id>|<period>" -> "v0"``, in a fixed order."""
    here = observations[(observations["area_level"] == level) & (observations["group"] == "all")]
    names = sorted({f"{i}|{p}" for i, p in zip(here["indicator_id"], here["period"], strict=True)})
    return {name: f"v{position}" for position, name in enumerate(names)}


def values(observations: pd.DataFrame, level: str, catalogue: Catalogue) -> pd.DataFrame:
    """One row an area with a column for every series: rounded numbers, or the words for why there is none.

    Where the reliability is D a second column ``r<n>`` holds 1, so that the map can fade the estimate.
    """
    keys = column_keys(observations, level)
    here = observations[(observations["area_level"] == level) & (observations["group"] == "all")].copy()
    here["key"] = (here["indicator_id"] + "|" + here["period"]).map(keys)
    decimals = here["indicator_id"].map({i: catalogue[i].decimals for i in here["indicator_id"].unique()})
    factor = np.power(10.0, decimals.to_numpy(dtype=float))
    shown = pd.Series(np.round(here["value"].to_numpy() * factor) / factor, index=here.index).astype(object)
    shown[here["status"] == "suppressed"] = SUPPRESSED
    shown[here["status"] == "missing"] = NO_DATA
    table = here.assign(shown=shown).pivot(index="area_code", columns="key", values="shown")
    table = table.reindex(columns=list(keys.values()))
    table = table.where(table.notna(), NO_DATA)
    weak = here[here["reliability"] == "D"]
    if len(weak):
        marks = weak.assign(key="r" + weak["key"].str.slice(1), mark=1.0).pivot(
            index="area_code", columns="key", values="mark"
        )
        table = table.join(marks)
    return table


def class_breaks(observations: pd.DataFrame, level: str, catalogue: Catalogue) -> dict[str, list[float]]:
    """Lower ends of the second and later classes of every series over all areas of a level.

    Given the figures of the region alone, they are classes of the region. With them a
    colour means the same in every Place, whichever are shown. Missing figures are set aside.
    """
    here = observations[(observations["area_level"] == level) & (observations["group"] == "all")]
    found = {}
    for (name, period), rows in here.groupby(["indicator_id", "period"], sort=True, observed=True):
        indicator = catalogue[str(name)]
        made = classify(rows["value"], indicator.classification, decimals=indicator.decimals)
        if made.size > 1:
            found[f"{name}|{period}"] = [float(cut) for cut in made.breaks]
    return found


def write_layers(
    folder: Path,
    config: Config,
    catalogue: Catalogue,
    areas: gpd.GeoDataFrame,
    observations: pd.DataFrame,
    context: dict[str, tuple[dict[str, Any], str]],
    hexes: gpd.GeoDataFrame,
) -> dict[str, Any]:
    """Write every layer and return the index: ``layers`` by key, ``columns`` and ``breaks`` by level.

    `hexes` (``area_code, geometry``) are the wards once more, all of one size; their layers have the key
    ``hex-<place>`` and the columns of the ward level.
    """
    own = areas.loc[areas["place_code"].isin(config.region_places), "area_code"]
    region = observations[observations["area_code"].isin(set(own))]
    index: dict[str, Any] = {"layers": {}, "columns": {}, "breaks": {}}
    for key, (content, attribution) in context.items():
        index["layers"][key] = write(folder, key, content, attribution)
    for level in LEVELS:
        index["columns"][level] = column_keys(observations, level)
        index["breaks"][level] = class_breaks(region, level, catalogue)
        table = values(observations, level, catalogue)
        frame = areas[areas["area_level"] == level].merge(
            table, left_on="area_code", right_index=True, how="left"
        )
        named = [column for column in table.columns if column.startswith("v")]
        frame[named] = frame[named].where(frame[named].notna(), NO_DATA)
        frame = frame.rename(columns={"area_code": "code", "area_name": "name", "place_code": "place"})
        columns = ["code", "name", "place", *table.columns]
        groups = [("place", frame)] if level == "place" else _by_place(frame, config, level)
        for key, part in groups:
            index["layers"][key] = write(folder, _file_key(key, config), features(part, columns), ONS)
        if level == "ward":
            shape = hexes.set_index("area_code").geometry
            equal = frame.assign(geometry=frame["code"].map(shape))
            equal = equal[equal.geometry.notna()]  # outside the region there is no layout
            for key, part in _by_place(equal, config, "hex"):
                content = features(part, columns)
                index["layers"][key] = write(folder, _file_key(key, config), content, OPEN_INNOVATIONS)
    return index


def _by_place(frame: gpd.GeoDataFrame, config: Config, level: str) -> list[tuple[str, gpd.GeoDataFrame]]:
    found = [(f"{level}-{place.code}", frame[frame["place"] == place.code]) for place in config.places]
    return [(key, part) for key, part in found if len(part)]


def _file_key(key: str, config: Config) -> str:
    """File names carry the Place's name rather than its code: easier to find in a folder."""
    level, _, code = key.partition("-")
    return f"{level}-{config.place(code).slug}" if code else key
