"""The tables of areas alike in England: who they are, how alike, and their figures to compare with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data import schemas
from data.aggregate import observations
from data.catalogue.model import Catalogue
from data.geography import COLUMNS, Geography
from data.ingest.england import England, england
from data.likeness import MEASURES
from data.similar_measures import LEAST_PEOPLE, LEVELS, measures, stretched
from data.sources import SourceFolder
from methods.similarity import closest, nearest, standardised

COUNT = 5
# How near the nearest is, measured by how near the nearest of all areas of England of the kind is: nearer
# than
# half of theirs is close, further than 19 in 20 of theirs is no likeness.
CLOSE, FAR = 0.5, 0.95
# What is compared. None of these is a measure of likeness.
FIGURES = (
    "imd-most-deprived-fifth",
    "income-deprived",
    "children-income-deprived",
    "older-people-income-deprived",
    "employment-deprived",
    "comparative-illness-ratio",
)
SHOWN_DIGITS = 4
SHOWN = ["value", "lower", "upper", "denominator"]


def closeness(distance: pd.Series, nearest_of_all: np.ndarray) -> pd.Series:
    """ "close", "fair" or "far" for each distance, by the spread of the nearest distances of all areas."""
    close, far = np.quantile(nearest_of_all, [CLOSE, FAR])
    return pd.Series(
        np.select([distance <= close, distance <= far], ["close", "fair"], "far"), index=distance.index
    )


def similar(table: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """The areas most like each of ours, of one level.

    Parameters
    ----------
    table
        `measures` of one level.
    places
        Codes of our Places: their areas get a list.

    Returns
    -------
    DataFrame ``area_code, rank, similar_code, similar_name, district_name, distance, closeness``. Areas of
    the same
    council are left out: the page compares with those anyway.
    """
    own = table["district_code"].isin(places)
    table = table[own | (table["residents"] >= LEAST_PEOPLE)].reset_index(drop=True)
    points = standardised(stretched(table), [measure.weight for measure in MEASURES])
    first = closest(points, table["district_code"])
    ours = np.flatnonzero(table["district_code"].isin(places))
    found, distance = nearest(points, table["district_code"], ours, COUNT)
    flat = found.ravel()
    rows = pd.DataFrame(
        {
            "area_code": table["area_code"].to_numpy()[np.repeat(ours, COUNT)],
            "rank": np.tile(np.arange(1, COUNT + 1), len(ours)),
            "similar_code": table["area_code"].to_numpy()[flat],
            "similar_name": table["area_name"].to_numpy()[flat],
            "district_name": table["district_name"].to_numpy()[flat],
            "distance": distance.ravel().round(SHOWN_DIGITS),
        }
    )
    rows["closeness"] = closeness(pd.Series(distance.ravel()), first)
    return rows


def _shares(where: England, wanted: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Share tables as the build's own, from all England's small areas to the areas wanted."""
    tables = []
    for level in LEVELS:
        table = where.shares(level)
        tables.append(table[table["to_code"].isin(wanted["area_code"])][COLUMNS])
    joined = pd.concat(tables, ignore_index=True)
    return {"lsoa": joined, "practice": joined.iloc[:0]}


def figures(
    parts: list[pd.DataFrame],
    catalogue: Catalogue,
    geography: Geography,
    where: England,
    wanted: pd.DataFrame,
) -> pd.DataFrame:
    """The latest figures of the areas wanted, made as all our figures are.

    `parts` are publishers' measurements for all England; `wanted` has ``area_code, area_level``.
    """
    here = replace(geography, areas=wanted, shares=_shares(where, wanted))
    known = here.shares["lsoa"]["from_code"].unique()
    found = []
    for indicator_id in FIGURES:
        rows = pd.concat([part[part["indicator_id"] == indicator_id] for part in parts])
        rows = rows[(rows["period"] == rows["period"].max()) & rows["area_code"].isin(known)]
        found.append(observations(rows, catalogue, here))
    table = pd.concat(found, ignore_index=True)
    table = table[table["area_code"].isin(wanted["area_code"]) & (table["area_level"] != "england")]
    table = table[table["status"] == "reported"]
    table = table[["area_code", "indicator_id", "period", *SHOWN]].round(dict.fromkeys(SHOWN, SHOWN_DIGITS))
    return table.sort_values(["area_code", "indicator_id"], ignore_index=True)


def tables(
    sources: SourceFolder,
    own: pd.DataFrame,
    parts: list[pd.DataFrame],
    catalogue: Catalogue,
    geography: Geography,
) -> dict[str, pd.DataFrame]:
    """The shipped tables by name: ``similar_areas``, ``similar_figures``, ``similar_measures``."""
    where = england(sources, own)
    every = measures(sources, where)
    places = geography.config.place_codes
    listed = pd.concat([similar(every[every["area_level"] == level], places) for level in LEVELS])
    listed = listed.sort_values(["area_code", "rank"], ignore_index=True)
    theirs = every[every["area_code"].isin(listed["similar_code"])]
    shown = every[every["area_code"].isin({*listed["similar_code"], *listed["area_code"]})]
    shown = shown.drop(columns=["area_name", "district_code", "district_name", "residents"])
    keys = [measure.key for measure in MEASURES]
    shown = shown.assign(**{key: shown[key].round(3 if key != "density" else 0) for key in keys})
    found = figures(parts, catalogue, geography, where, theirs[["area_code", "area_level"]])
    return {
        "similar_areas": schemas.similar_areas.validate(listed),
        "similar_figures": schemas.similar_figures.validate(found),
        "similar_measures": shown.sort_values("area_code", ignore_index=True).astype(
            dict.fromkeys(keys, "float32")
        ),
    }
