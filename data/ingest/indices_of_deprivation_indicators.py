"""File 8 of the English Indices of Deprivation 2025: the indicators beneath the domains.

Called by `indices_of_deprivation.measurements`. Counts of people (income, employment) become rates; finished
rates and ratios, whose counts are not published, are averaged by residents for larger areas.
"""

from __future__ import annotations

import pandas as pd

from data.ingest.indices_of_deprivation_files import FILE_8, read_file_8, rows
from data.sources import SourceError, SourceFolder

SOURCE_ID = "iod-2025-indicators"

# Indicator: the count's column in File 8 and the population (File 6) it is a part of.
COUNTS: dict[str, tuple[str, str]] = {
    "income-deprived": ("income_domain_numerator", "residents"),
    "employment-deprived": ("employment_domain_numerator", "working_age"),
    "children-income-deprived": ("income_deprivation_affecting_children_index_idaci_numerator", "children"),
    "older-people-income-deprived": (
        "income_deprivation_affecting_older_people_index_idaopi_numerator",
        "older_people",
    ),
}

# Indicator: its column in File 8, and by how much it is multiplied (a share becomes a percentage).
AVERAGES: dict[str, tuple[str, float]] = {
    "comparative-illness-ratio": ("comparative_illness_and_disability_ratio_indicator", 1),
    "acute-morbidity-ratio": ("acute_morbidity_indicator", 1),
    "mood-and-anxiety-score": ("mental_health_indicator", 1),
    "years-of-life-lost": ("years_of_potential_life_lost_indicator", 1),
    "violence-with-injury": ("violence_with_injury_rate_per_1_000_at_risk_population", 1),
    "violence-without-injury": ("violence_without_injury_rate_per_1_000_at_risk_population", 1),
    "stalking-and-harassment": ("stalking_and_harassment_rate_per_1_000_at_risk_population", 1),
    "burglary": ("burglary_rate_per_1_000_at_risk_properties", 1),
    "theft": ("theft_rate_per_1_000_at_risk_population", 1),
    "criminal-damage": ("criminal_damage_rate_per_1_000_at_risk_population", 1),
    "public-order-offences": ("public_order_and_possession_of_weapons_rate_per_1_000_at_risk_population", 1),
    "anti-social-behaviour": ("anti_social_behaviour_rate_per_1_000_at_risk_population", 1),
    "adult-skills": ("adult_skills_and_english_language_proficiency_indicator", 100),
    "connectivity": ("connectivity_score", 1),
    "patients-per-gp": ("patient_to_gp_ratio", 1),
}

# Published for local authorities and repeated on each of their LSOAs.
LOCAL_AUTHORITY_FIGURES = {
    "homelessness-rate": "homelessness_indicator_rate_per_1_000_households",
    "core-homelessness": "core_homelessness_rate_percent_of_households",
}

# The publisher blanks counts below 10: a few hundred well-off LSOAs for children and older people. Many more
# would mean that a column was lost.
MOST_BLANKS = 1_000


def counts(sources: SourceFolder, edition: pd.DataFrame) -> list[pd.DataFrame]:
    """Income and employment deprivation as counts of people, every LSOA of England.

    Counts are rounded to 5 and blank below 10: blank becomes `suppressed`. Where a count exceeds the mid-2022
    estimate (benefit records and population estimates are different systems) it is taken as everybody.
    """
    table = read_file_8(sources, [column for column, _ in COUNTS.values()], edition.index)
    frames = []
    for indicator, (column, population) in COUNTS.items():
        blanks = int(table[column].isna().sum())
        if blanks > MOST_BLANKS:
            raise SourceError(f"{FILE_8}, column {column!r}: {blanks} blanks, expected {MOST_BLANKS} at most")
        if (table[column] < 10).any():
            raise SourceError(f"{FILE_8}, column {column!r}: a count below 10, which the publisher withholds")
        people = edition[population]
        frames.append(
            rows(
                indicator,
                edition.index,
                source_id=SOURCE_ID,
                numerator=capped(table[column], people),
                denominator=people,
            )
        )
    return frames


def capped(count: pd.Series, population: pd.Series) -> pd.Series:
    """A count that is at most the population; blank stays blank."""
    return count.where(~(count > population), population)


def averages(sources: SourceFolder, edition: pd.DataFrame) -> list[pd.DataFrame]:
    """Finished rates, ratios and scores with residents as the weight, every LSOA of England."""
    table = read_file_8(sources, [column for column, _ in AVERAGES.values()], edition.index)
    return [
        rows(
            indicator,
            edition.index,
            source_id=SOURCE_ID,
            value=table[column] * factor,
            denominator=edition["residents"],
        )
        for indicator, (column, factor) in AVERAGES.items()
    ]


def local_authority_figures(sources: SourceFolder, edition: pd.DataFrame) -> list[pd.DataFrame]:
    """Figures of whole local authorities, as published on each of their LSOAs, with residents as the weight.

    The average of a Place is then its own figure, and that of England an average weighted by residents. The
    catalogue gives these indicators no level below the Place.
    """
    columns = list(LOCAL_AUTHORITY_FIGURES.values())
    table = read_file_8(sources, columns, edition.index)
    if (table.groupby(edition["place_code"]).nunique(dropna=False) != 1).any(axis=None):
        raise SourceError(
            f"{FILE_8}: homelessness differs within a local authority, expected one figure each"
        )
    return [
        rows(
            indicator,
            edition.index,
            source_id=SOURCE_ID,
            value=table[column],
            denominator=edition["residents"],
        )
        for indicator, column in LOCAL_AUTHORITY_FIGURES.items()
    ]
