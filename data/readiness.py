"""School readiness below the Place: what family income leads one to expect, or a council's own counts.

Nobody publishes the good level of development (GLD) for neighbourhoods. Estimates are made for every LSOA,
MSOA, ward and neighbourhood and for each year since 2021/22; counts named in `config.toml` replace them
where a council has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.columns import OBSERVATION_COLUMNS
from data.geography import Geography
from data.ingest import school_readiness
from data.ingest.council_counts import council_counts
from data.ingest.indices_of_deprivation import measurements as indices
from data.readiness_counts import with_counts
from data.readiness_evidence import Evidence, evidence, place_counts, small_areas
from data.sources import SourceFolder
from methods.small_area.readiness import Expected, PlaceCounts, expected, in_hundredths
from methods.small_area.readiness_error import Areas, Spread, areas_of

INDICATOR = "gld"
CHILDREN = "children-income-deprived"
SOURCE = school_readiness.SOURCE_CURRENT
LEVELS = ("lsoa", "msoa", "ward", "neighbourhood")
# The publisher withholds counts of under 10; each stands as the middle of what it can be.
BLANK = 5.0
# Reliability C needs as many children starting school in a year, and four in five of them in LSOAs whose
# count of children in income-deprived families is given and below its children. Anything less is D.
ENOUGH_CHILDREN = 40
WELL_MEASURED = 0.8

INPUTS = [
    "area_code", "area_level", "period", "children", "income_deprived", "fsm_share", "place_rate_fsm",
    "place_rate_not_fsm", "sd_share", "sd_rates", "sd_differences", "sd_chance",
]  # fmt: skip


@dataclass(frozen=True)
class ReadinessResult:
    """What the build takes up.

    Attributes
    ----------
    rows
        Observations of `gld` at LSOA, MSOA, ward and neighbourhood. Group ``all`` is the best figure there
        is: an estimate (basis ``modelled``, reliability C or D) or, where the council's counts reach, what
        was counted (``published``, ``aggregated`` or ``apportioned``). Only there the estimate stays too, as
        group ``expected``.
    inputs
        What each estimate was made of, to recompute it: children starting school, share of children in
        income-deprived families, the share with free school meals made of it, the Place's two rates (with
        unknown eligibility mixed in), all in percent but the children; and the standard deviations, in
        percentage points, of the four errors in the limits.
    evidence
        What was measured on local authorities.
    notes
        Sentences for whoever builds.
    """

    rows: pd.DataFrame
    inputs: pd.DataFrame
    evidence: Evidence
    notes: tuple[str, ...]


def income_deprived_children(rows: pd.DataFrame) -> pd.DataFrame:
    """Children aged 0 to 15 in income-deprived families (IDACI) of every LSOA of England.

    `rows`: the measurements of the Indices of Deprivation. Returns area_code, numerator (a withheld count
    stands as 5, or as all children where they are fewer), denominator, and `measured` (False where it was
    withheld or exceeds the children).
    """
    found = rows[(rows["indicator_id"] == CHILDREN) & (rows["source_level"] == "lsoa")]
    blank = found["numerator"].isna()
    numerator = found["numerator"].mask(blank, np.minimum(BLANK, found["denominator"]))
    return pd.DataFrame(
        {
            "area_code": found["area_code"],
            "numerator": numerator,
            "denominator": found["denominator"],
            "measured": ~blank & (numerator < found["denominator"]),
        }
    ).reset_index(drop=True)


def readiness(
    sources: SourceFolder, where: Geography, deprivation: pd.DataFrame | None = None
) -> ReadinessResult:
    """Estimates, and the council's counts if `config.toml` names any.

    Parameters
    ----------
    sources, where
        The raw files and the geography of the build.
    deprivation
        The measurements of `data.ingest.indices_of_deprivation`, if already read (saves seconds).

    Raises
    ------
    SourceError
        When a file is not as expected; CountsError, a kind of it, for the council's.
    """
    published = school_readiness.measurements(sources)
    deprived = income_deprived_children(indices(sources) if deprivation is None else deprivation)
    lsoas = small_areas(sources, deprived)
    lsoas["measured"] = deprived.set_index("area_code")["measured"].reindex(lsoas.index)
    counts = place_counts(published)
    found = evidence(sources, lsoas, counts, where.config.country_code)
    parts = [
        made
        for place in where.config.place_codes
        for made in _estimates(lsoas, where, place, counts, found.spread)
    ]
    rows = pd.concat([part[0] for part in parts], ignore_index=True)
    constant = {"indicator_id": INDICATOR, "group": "all", "basis": "modelled", "status": "reported"}
    rows = rows.assign(**constant, source_id=SOURCE)
    inputs = pd.concat([part[1] for part in parts], ignore_index=True)
    notes = tuple(
        f"{place.name}: its good level of development is in no file here, so nothing is estimated below it"
        for place in where.config.places
        if not any(area == place.code for area, _ in counts)
    )
    path = where.config.school_readiness_counts
    if path is not None:
        totals = _totals(published, where.config.place_codes)
        given = council_counts(
            path, pd.DataFrame(where.areas).drop(columns="geometry", errors="ignore"), totals
        )
        rows, said = with_counts(rows, given.rows, where, totals, path.name)
        notes = (*notes, *given.warnings, *said)
    keys = ["area_level", "area_code", "period", "group"]
    return ReadinessResult(
        rows.sort_values(keys).reset_index(drop=True)[OBSERVATION_COLUMNS],
        inputs.sort_values(keys[:3]).reset_index(drop=True)[INPUTS],
        found,
        notes,
    )


def _totals(published: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """place_code, period, children, achieved: the published totals of the Places."""
    own = published[
        (published["indicator_id"] == INDICATOR)
        & (published["group"] == "all")
        & published["area_code"].isin(places)
    ]
    names = {"area_code": "place_code", "denominator": "children", "numerator": "achieved"}
    return own.rename(columns=names)[["place_code", "period", "children", "achieved"]]


def _estimates(
    lsoas: pd.DataFrame,
    where: Geography,
    place: str,
    counts: dict[tuple[str, str], PlaceCounts],
    spread: Spread,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Figures and inputs of the areas of one Place, by level and year."""
    areas = where.areas[where.areas["place_code"] == place]
    own = areas[areas["area_level"] == "lsoa"].sort_values("area_code")
    codes, msoas = own["area_code"].to_numpy(), own["parent_code"].to_numpy()
    local = lsoas.loc[codes]
    share, young = (local["poor"] / local["children"]).to_numpy(), local["young"].to_numpy()
    periods = sorted(period for area, period in counts if area == place)
    models = {period: expected(counts[place, period], share, young) for period in periods}
    for level in LEVELS:
        names = np.array(sorted(areas.loc[areas["area_level"] == level, "area_code"]), dtype=object)
        matrix = _parts(where, level, names, codes)
        weight = matrix * young
        some = weight.sum(axis=1) > 0
        if not some.any():
            continue  # a Place without neighbourhoods, for one
        names, matrix, weight = names[some], matrix[some], weight[some]
        weight = weight / weight.sum(axis=1)[:, None]
        measured = weight @ local["measured"].to_numpy(dtype=float) >= WELL_MEASURED
        for period, model in models.items():
            made = areas_of(model, msoas, matrix, spread)
            keys: dict[str, Any] = {"area_code": names, "area_level": level, "period": period}
            yield _rows(keys, made, measured), _inputs(keys, made, model, weight @ share)


def _parts(where: Geography, level: str, names: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Share of each LSOA's people in each area, shape (areas, LSOAs)."""
    if level == "lsoa":
        return np.eye(len(codes))
    table = where.shares["lsoa"]
    table = table[(table["to_level"] == level) & table["to_code"].isin(names)]
    matrix = np.zeros((len(names), len(codes)))
    rows, columns = (
        pd.Index(names).get_indexer(table["to_code"]),
        pd.Index(codes).get_indexer(table["from_code"]),
    )
    matrix[rows[columns >= 0], columns[columns >= 0]] = table["share"].to_numpy()[columns >= 0]
    return matrix


def _rows(keys: dict[str, Any], made: Areas, measured: np.ndarray) -> pd.DataFrame:
    lower, upper = made.limits()
    achieved, children = made.children * made.rate, made.children
    good = measured & (children >= ENOUGH_CHILDREN)
    return pd.DataFrame(
        {
            **keys,
            "value": np.round(100 * made.rate, 4),
            "lower": np.round(100 * lower, 4),
            "upper": np.round(100 * upper, 4),
            "numerator": in_hundredths(achieved, round(float(achieved.sum()), 2)),
            "denominator": in_hundredths(children, round(float(children.sum()), 2)),
            "reliability": np.where(good, "C", "D"),
        }
    )


def _inputs(keys: dict[str, Any], made: Areas, model: Expected, income_deprived: np.ndarray) -> pd.DataFrame:
    percents: dict[str, Any] = {
        "income_deprived": income_deprived, "fsm_share": made.share, "place_rate_fsm": model.place.ends[0],
        "place_rate_not_fsm": model.place.ends[1], "sd_share": made.from_share, "sd_rates": made.from_rates,
        "sd_differences": made.from_differences, "sd_chance": made.from_chance,
    }  # fmt: skip
    rounded = {name: np.round(100 * numbers, 4) for name, numbers in percents.items()}
    return pd.DataFrame({**keys, "children": np.round(made.children, 2), **rounded})
