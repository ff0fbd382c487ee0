"""The census measures by which areas of England are alike, for every ward, MSOA and council.

None of them is among the figures that are then compared (`data.similar.FIGURES`): those come from the Indices
of Deprivation and from records of families' incomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data.ingest import census
from data.ingest.england import England
from data.sources import SourceFolder
from geo.weights import shares

Scale = Literal["as it is", "square root", "logarithm"]


@dataclass(frozen=True)
class Measure:
    """One measure: a share (0 to 1) of a census table, or the density.

    `weight` is its part of its subject's weight of 1; `scale` is how it is stretched before it is standardised,
    so that a few areas far out do not decide every distance.
    """

    key: str
    subject: str
    words: str
    weight: float
    scale: Scale
    table: census.Table | None = None
    parts: tuple[str, ...] = ()


def _ages(first: int, last: int | None) -> tuple[str, ...]:
    bands = {int(band[4:6]): column for band, column in census.AGE_BANDS.items()}
    return tuple(column for low, column in bands.items() if low >= first and (last is None or low < last))


def _ethnic(group: str) -> tuple[str, ...]:
    return (census.ETHNIC_GROUPS[group],)


MEASURES: tuple[Measure, ...] = (
    Measure("aged-0-14", "Age", "residents aged under 15", 1 / 4, "as it is", census.AGE, _ages(0, 15)),
    Measure("aged-15-24", "Age", "residents aged 15 to 24", 1 / 4, "square root", census.AGE, _ages(15, 25)),
    Measure("aged-25-44", "Age", "residents aged 25 to 44", 1 / 4, "as it is", census.AGE, _ages(25, 45)),
    Measure("aged-65", "Age", "residents aged 65 and over", 1 / 4, "as it is", census.AGE, _ages(65, None)),
    *(
        Measure(group, "Ethnic group", f"residents of {words}", 1 / 4, "square root", census.ETHNICITY, _ethnic(group))
        for group, words in (
            ("asian", "Asian ethnic groups"),
            ("black", "Black ethnic groups"),
            ("mixed", "Mixed ethnic groups"),
            ("other", "other ethnic groups, white groups aside"),
        )
    ),
    Measure(
        "social-rented", "Tenure", "households in social housing", 1 / 2, "square root",
        census.TENURE, census.TENURES["social-rented"],
    ),
    Measure(
        "private-rented", "Tenure", "households who rent privately", 1 / 2, "square root",
        census.TENURE, census.TENURES["private-rented"],
    ),
    Measure(
        "overcrowded", "Overcrowding", "households with too few bedrooms", 1, "square root",
        census.OCCUPANCY, census.OVERCROWDED,
    ),
    Measure(
        "deprived-household", "Household deprivation",
        "households deprived in work, learning, health or housing", 1, "as it is",
        census.DEPRIVATION, tuple(census.DIMENSIONS.values()),
    ),
    Measure(
        "disabled", "Disability", "residents who are disabled", 1, "as it is", census.DISABILITY, (census.DISABLED,)
    ),
    Measure("density", "Density", "residents to a square kilometre where people live", 1, "logarithm"),
)  # fmt: skip
# Below this an area's shares say little: a few wards of the City of London have under 200 residents.
LEAST_PEOPLE = 1_000
LEVELS = ("ward", "msoa", "place")


def _counts(sources: SourceFolder) -> pd.DataFrame:
    """Numerator and denominator of every share by LSOA: columns ``key`` and ``key/of``."""
    tables: dict[str, pd.DataFrame] = {}
    found = {}
    for measure in MEASURES:
        if measure.table is None:
            continue
        if measure.table.file not in tables:
            tables[measure.table.file] = census.read_table(sources, measure.table).set_index("area_code")
        table = tables[measure.table.file]
        found[measure.key] = table[list(measure.parts)].sum(axis=1)
        found[f"{measure.key}/of"] = table["total"]
    return pd.DataFrame(found)


def summed(counts: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Counts of LSOAs as those of other areas, shared out by people; indexed by area code.

    `weights` has ``from_code, to_code, share`` (`geo.weights.shares`).
    """
    parts = counts.loc[weights["from_code"]].to_numpy() * weights["share"].to_numpy()[:, None]
    return pd.DataFrame(parts, columns=counts.columns).groupby(weights["to_code"].to_numpy()).sum()


def measures(sources: SourceFolder, where: England) -> pd.DataFrame:
    """Every measure of every area: the columns of `where.areas`, ``residents`` and one for each measure.

    Shares are of 1. Density is residents to a square kilometre in the small area (LSOA) of the middling resident:
    the geometric mean over residents, so that a ward's empty moor does not count.
    """
    counts = _counts(sources)
    people = where.output_areas.groupby("lsoa")["population"].sum().reindex(counts.index)
    counts["residents"] = people
    counts["log-density"] = people * np.log(people / where.lsoa_km2.reindex(counts.index))
    parts = [summed(counts, shares(where.output_areas, "lsoa", level)) for level in LEVELS]
    totals = pd.concat(parts)
    table = where.areas.join(totals["residents"], on="area_code", how="inner")
    for measure in MEASURES:
        if measure.table is None:
            value = np.exp(totals["log-density"] / totals["residents"])
        else:
            value = totals[measure.key] / totals[f"{measure.key}/of"]
        table[measure.key] = table["area_code"].map(value)
    return table.reset_index(drop=True)


def stretched(table: pd.DataFrame, keys: Sequence[Measure] = MEASURES) -> np.ndarray:
    """The measures as they enter the distance, shape (areas, measures), before they are standardised."""
    change = {"as it is": np.asarray, "square root": np.sqrt, "logarithm": np.log}
    columns = [change[measure.scale](table[measure.key].to_numpy(dtype=float)) for measure in keys]
    return np.column_stack(columns)
