"""English Indices of Deprivation (MHCLG): the Index, its domains, and who lives in the most deprived areas.

Editions 2025 (LSOA 2021) and, for positions only, 2019 and 2015 (LSOA 2011). Scores of larger areas are
averages weighted by File 6 populations: total residents for the Index and six domains, ages 18 to 66 for
Employment. These are the weights that reproduce the averages which the publisher prints for local
authorities (tests/contract/test_deprivation_published.py).
"""

from __future__ import annotations

import pandas as pd

from data.ingest import indices_of_deprivation_indicators as file_8
from data.ingest.indices_of_deprivation_files import (
    LSOAS_2011,
    LSOAS_2021,
    SUMMARY_2019,
    SUMMARY_2025,
    in_places,
    read_2025,
    read_earlier,
    rows,
    unchanged_lsoas,
)
from data.ingest.rows import stack
from data.sources import SourceFolder, require_rows
from geo.areas import RECODED

# Indicator prefix: the file's column prefix and the population with which the publisher averages it.
SCORES: dict[str, tuple[str, str]] = {
    "imd": ("IMD", "residents"),
    "income-domain": ("Income", "residents"),
    "employment-domain": ("Employment", "working_age"),
    "education-domain": ("Education", "residents"),
    "health-domain": ("Health", "residents"),
    "crime-domain": ("Crime", "residents"),
    "barriers-domain": ("Housing_and_Services", "residents"),
    "living-environment-domain": ("Environment", "residents"),
    # The publisher prints no averages of sub-domains. Children's is weighted by children: it says what the
    # area is like for the average child who lives there.
    "children-education": ("children_and_young_people", "children"),
    "indoors-environment": ("indoors", "residents"),
    "outdoors-environment": ("outdoors", "residents"),
}
# Of these only the order is published or wanted by small area.
RANKS_ONLY = {"idaci": "IDACI", "idaopi": "IDAOPI"}
WITHOUT_RANKS = {"indoors-environment", "outdoors-environment"}


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """All rows from the Indices of Deprivation, File 8 included, in the measurements schema.

    Rates and scores are given for every LSOA of England (the build sums them upwards); ranks and deciles only
    for LSOAs of the configured Places. Raises SourceError when a file is not as expected.
    """
    edition = read_2025(sources)
    earlier = read_earlier(sources)
    frames = [
        *_scores(edition),
        *_positions(in_places(sources, edition)),
        *_most_deprived(edition, earlier),
        *_residents_by_decile(edition),
        *_national_position(in_places(sources, edition), earlier, unchanged_lsoas(sources)),
        *_place_ranks(sources),
        *file_8.counts(sources, edition),
        *file_8.averages(sources, edition),
        *file_8.local_authority_figures(sources, edition),
    ]
    return stack(frames)


def _scores(edition: pd.DataFrame) -> list[pd.DataFrame]:
    return [
        rows(f"{prefix}-score", edition.index, value=edition[f"{column}_score"], denominator=edition[weight])
        for prefix, (column, weight) in SCORES.items()
    ]


def _positions(local: pd.DataFrame) -> list[pd.DataFrame]:
    ranked = RANKS_ONLY | {prefix: column for prefix, (column, _) in SCORES.items()}
    return [
        rows(f"{prefix}-{figure}", local.index, value=local[f"{column}_{figure}"])
        for prefix, column in ranked.items()
        if prefix not in WITHOUT_RANKS
        for figure in ("rank", "decile")
    ]


def residents_in(frame: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Residents of each LSOA if it is in these national tenths of the Index, else 0: a true zero."""
    return frame["residents"].where(frame["IMD_decile"].between(first, last), 0.0)


def _most_deprived(edition: pd.DataFrame, earlier: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    frames = []
    for name, last in (("imd-most-deprived-tenth", 1), ("imd-most-deprived-fifth", 2)):
        for period, frame in (earlier | {"2025": edition}).items():
            frames.append(
                rows(
                    name,
                    frame.index,
                    source_level="lsoa" if period == "2025" else "lsoa11",
                    period=period,
                    source_id=f"iod-{period}",
                    numerator=residents_in(frame, 1, last),
                    denominator=frame["residents"],
                )
            )
    return frames


def _residents_by_decile(edition: pd.DataFrame) -> list[pd.DataFrame]:
    return [
        rows(
            "residents-by-imd-decile",
            edition.index,
            group=f"decile-{decile:02d}",
            numerator=residents_in(edition, decile, decile),
            denominator=edition["residents"],
        )
        for decile in range(1, 11)
    ]


def _national_position(
    local: pd.DataFrame, earlier: dict[str, pd.DataFrame], unchanged: pd.Index
) -> list[pd.DataFrame]:
    """Rank as a percentage of all LSOAs of England; earlier editions only where the LSOA has not changed."""
    name = "imd-national-position"
    frames = []
    for period, frame in earlier.items():
        # Unchanged LSOAs keep their code, so the 2011 code is the 2021 code.
        same = frame.loc[local.index.intersection(unchanged)]
        position = same["IMD_rank"] / LSOAS_2011 * 100
        frames.append(rows(name, same.index, period=period, source_id=f"iod-{period}", value=position))
    position = local["IMD_rank"] / LSOAS_2021 * 100
    return [*frames, rows(name, local.index, value=position)]


def _place_ranks(sources: SourceFolder) -> list[pd.DataFrame]:
    """Published rank of each Place's average score among the local authorities of England."""
    files = {
        "2019": (SUMMARY_2019, "Local Authority District code (2019)", "IMD - Rank of average score", 317),
        "2025": (SUMMARY_2025, "ltla24_code", "imd_rank_of_average_score", 296),
    }
    frames = []
    for period, (file, code, rank, number) in files.items():
        table = sources.csv(file, [code, rank])
        why = f"local authority districts of England in the {period} edition"
        require_rows(table, file=file, what="local authorities", why=why, exactly=number)
        table = sources.numbers(table.set_index(code), file, [rank]).rename(index=RECODED)
        region = table.reindex(sources.settings.region_places)
        require_rows(
            region.dropna(subset=[rank]), file=file, what="Places", why="those of the region in config.toml",
            exactly=len(region),
        )  # fmt: skip
        # a district outside the region may be younger than the edition: it has no rank then
        outside = table[table.index.isin([place.code for place in sources.settings.outside])]
        table = pd.concat([region, outside.dropna(subset=[rank])])
        frames.append(
            rows(
                "imd-place-rank",
                table.index,
                source_level="place",
                period=period,
                source_id=f"iod-{period}",
                value=table[rank],
            )
        )
    return frames
