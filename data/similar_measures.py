"""The measures of likeness of every ward, MSOA and council of England, from census counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.ingest import census
from data.ingest.england import England
from data.likeness import MEASURES, Measure
from data.sources import SourceFolder


def _ages(first: int, last: int | None) -> tuple[str, ...]:
    bands = {int(band[4:6]): column for band, column in census.AGE_BANDS.items()}
    return tuple(column for low, column in bands.items() if low >= first and (last is None or low < last))


PARTS: dict[str, tuple[census.Table, tuple[str, ...]]] = {
    "aged-0-14": (census.AGE, _ages(0, 15)),
    "aged-15-24": (census.AGE, _ages(15, 25)),
    "aged-25-44": (census.AGE, _ages(25, 45)),
    "aged-65": (census.AGE, _ages(65, None)),
    **{
        group: (census.ETHNICITY, (census.ETHNIC_GROUPS[group],))
        for group in ("asian", "black", "mixed", "other")
    },
    "social-rented": (census.TENURE, census.TENURES["social-rented"]),
    "private-rented": (census.TENURE, census.TENURES["private-rented"]),
    "overcrowded": (census.OCCUPANCY, census.OVERCROWDED),
    "deprived-household": (census.DEPRIVATION, tuple(census.DIMENSIONS.values())),
    "disabled": (census.DISABILITY, (census.DISABLED,)),
}
# Below this an area's shares say little: a few wards of the City of London have under 200 residents.
LEAST_PEOPLE = 1_000
LEVELS = ("ward", "msoa", "place")


def _counts(sources: SourceFolder) -> pd.DataFrame:
    """Numerator and denominator of every share by LSOA: columns ``key`` and ``key/of``."""
    tables: dict[str, pd.DataFrame] = {}
    found = {}
    for key, (source, parts) in PARTS.items():
        if source.file not in tables:
            tables[source.file] = census.read_table(sources, source).set_index("area_code")
        table = tables[source.file]
        found[key] = table[list(parts)].sum(axis=1)
        found[f"{key}/of"] = table["total"]
    return pd.DataFrame(found)


def summed(counts: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Counts of LSOAs as those of other areas, shared out by people; indexed by area code.

    `weights` has ``from_code, to_code, share`` (`England.shares`).
    """
    parts = counts.loc[weights["from_code"]].to_numpy() * weights["share"].to_numpy()[:, None]
    return pd.DataFrame(parts, columns=counts.columns).groupby(weights["to_code"].to_numpy()).sum()


def measures(sources: SourceFolder, where: England) -> pd.DataFrame:
    """Every measure of every area: the columns of `where.areas`, ``residents`` and one for each measure.

    Shares are of 1. Density is residents to a square kilometre in the small areas (LSOAs) in which they live,
    as the geometric mean over residents: a ward's empty moor does not count.
    """
    counts = _counts(sources)
    people = where.output_areas.groupby("lsoa")["population"].sum().reindex(counts.index)
    counts["residents"] = people
    counts["log-density"] = people * np.log(people / where.lsoa_km2.reindex(counts.index))
    parts = [summed(counts, where.shares(level)) for level in LEVELS]
    totals = pd.concat(parts)
    table = where.areas.join(totals["residents"], on="area_code", how="inner")
    for measure in MEASURES:
        if measure.key not in PARTS:
            value = np.exp(totals["log-density"] / totals["residents"])
        else:
            value = totals[measure.key] / totals[f"{measure.key}/of"]
        table[measure.key] = table["area_code"].map(value)
    return table.reset_index(drop=True)


def stretched(table: pd.DataFrame, keys: Sequence[Measure] = MEASURES) -> np.ndarray:
    """The measures as they enter the distance, shape (areas, measures), before they are standardised."""
    columns = []
    for measure in keys:
        values = table[measure.key].to_numpy(dtype=float)
        if measure.scale == "square root":
            values = np.sqrt(values)
        elif measure.scale == "logarithm":
            values = np.log(values)
        columns.append(values)
    return np.column_stack(columns)
