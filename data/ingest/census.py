"""Census 2021 (Office for National Statistics): people and households by LSOA and MSOA.

The tables cover England and Wales; only England is kept (codes that start with E). Age is for persons only:
no table here splits it by sex, so nothing made from it may be shown as women and men.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.ingest.rows import measurement_rows, stack
from data.sources import SourceError, SourceFolder, require_rows

PERIOD = "2021"
LSOAS = 33_755
MSOAS = 6_856

AGE_BANDS = {
    "age-00-04": "Aged 4 years and under",
    **{f"age-{low:02d}-{low + 4:02d}": f"Aged {low} to {low + 4} years" for low in range(5, 85, 5)},
    "age-85-plus": "Aged 85 years and over",
}
OVER_65 = ("age-65-69", "age-70-74", "age-75-79", "age-80-84", "age-85-plus")
ETHNIC_GROUPS = {
    "asian": "Asian, Asian British or Asian Welsh",
    "black": "Black, Black British, Black Welsh, Caribbean or African",
    "mixed": "Mixed or Multiple ethnic groups",
    "white": "White",
    "other": "Other ethnic group",
}
TENURES = {
    "owned": ("Owned: Owns outright", "Owned: Owns with a mortgage or loan"),
    "shared-ownership": ("Shared ownership: Shared ownership",),
    "social-rented": (
        "Social rented: Rents from council or Local Authority",
        "Social rented: Other social rented",
    ),
    "private-rented": (
        "Private rented: Private landlord or letting agency",
        "Private rented: Other private rented",
    ),
    "rent-free": ("Lives rent free",),
}
DIMENSIONS = {
    "one-dimension": "Household is deprived in one dimension",
    "two-dimensions": "Household is deprived in two dimensions",
    "three-dimensions": "Household is deprived in three dimensions",
    "four-dimensions": "Household is deprived in four dimensions",
}
NOT_DEPRIVED = "Household is not deprived in any dimension"
OVERCROWDED = ("-1 (overcrowded)", "-2 or less (overcrowded)")
NOT_OVERCROWDED = ("0 (ideal)", "+1 (under-occupied)", "+2 or more (under-occupied)")
DISABLED = "Disabled under the Equality Act"
NOT_DISABLED = "Not disabled under the Equality Act"
NO_CARE = "provides_no_unpaid_care"
CARE = tuple(
    f"provides_{hours}_unpaid_care_a_week"
    for hours in (
        "9_hours_or_less",
        "10_to_19_hours",
        "20_to_34_hours",
        "35_to_49_hours",
        "50_or_more_hours",
    )
)
ENGLISH = "Main language is English (English or Welsh in Wales)"
NOT_ENGLISH = "Main language is not English (English or Welsh in Wales)"
SPEAKS_WELL = (f"{NOT_ENGLISH}: Can speak English very well", f"{NOT_ENGLISH}: Can speak English well")
SPEAKS_NOT_WELL = (f"{NOT_ENGLISH}: Cannot speak English well", f"{NOT_ENGLISH}: Cannot speak English")


@dataclass(frozen=True)
class Table:
    """One census table: its file, source id, code column, printed total (or None) and the parts of it."""

    file: str
    source_id: str
    code: str
    level: str
    total: str | None
    parts: tuple[str, ...]


AGE = Table(
    "census2021/ts007a_age5_ew_lsoa21.csv.gz", "census-2021-age",
    "lsoa21_code", "lsoa", "Total", tuple(AGE_BANDS.values()),
)  # fmt: skip
ETHNICITY = Table(
    "census2021/ts021_ethnic5_ew_lsoa21.csv.gz", "census-2021-ethnic-group",
    "lsoa21_code", "lsoa", "Total: All usual residents", tuple(ETHNIC_GROUPS.values()),
)  # fmt: skip
DISABILITY = Table(
    "census2021/disability21_lsoa21_ew_wide.csv.gz", "census-2021-disability",
    "lsoa21_code", "lsoa", "total_residents", (DISABLED, NOT_DISABLED),
)  # fmt: skip
DEPRIVATION = Table(
    "census2021/household_deprivation21_lsoa21_wide.csv.gz", "census-2021-household-deprivation",
    "lsoa21_code", "lsoa", "total_households", (*DIMENSIONS.values(), NOT_DEPRIVED),
)  # fmt: skip
OCCUPANCY = Table(
    "census2021/household_overcrowding21_lsoa21_wide.csv.gz", "census-2021-occupancy",
    "lsoa21_code", "lsoa", "total_households", (*OVERCROWDED, *NOT_OVERCROWDED),
)  # fmt: skip
TENURE = Table(
    "census2021/household_tenure21_lsoa21_wide.csv.gz", "census-2021-tenure",
    "lsoa21_code", "lsoa", "total_households", tuple(part for parts in TENURES.values() for part in parts),
)  # fmt: skip
UNPAID_CARE = Table(
    "census2021/ts039_unpaid_care_msoa21_ew.csv.gz", "census-2021-unpaid-care",
    "msoa21cd", "msoa", "total", (NO_CARE, *CARE),
)  # fmt: skip
LANGUAGE = Table(
    "census2021/proficiency21_msoa21.csv.gz", "census-2021-language",
    "msoa21_code", "msoa", None, (ENGLISH, *SPEAKS_WELL, *SPEAKS_NOT_WELL),
)  # fmt: skip


@lru_cache(maxsize=8)  # once a build, whoever asks; nobody changes what comes back
def read_table(sources: SourceFolder, table: Table) -> pd.DataFrame:
    """The English areas of one census table as `area_code`, its parts and their `total` (all float64).

    Refuses a missing or extra area, a code twice, a blank, a negative count, and parts which do not add up
    to the printed total: ONS perturbs tables apart from each other, but each of them adds up within itself.
    """
    wanted = [table.code, *table.parts, *([table.total] if table.total else [])]
    frame = sources.csv(table.file, wanted)
    counts = wanted[1:]
    frame = sources.numbers(frame, table.file, counts)
    england = frame.loc[frame[table.code].str.startswith("E", na=False), wanted].reset_index(drop=True)
    areas, name = (LSOAS, "LSOAs") if table.level == "lsoa" else (MSOAS, "MSOAs")
    require_rows(
        england,
        file=table.file,
        what=f"{name} of England",
        why=f"England has {areas:,} {name} in the 2021 geography and the census covers them all",
        exactly=areas,
    )
    _refuse_bad_counts(england, table, counts)
    total = england[list(table.parts)].sum(axis=1, skipna=False)
    if table.total is not None:
        wrong = (total - england[table.total]).abs() > 0
        if wrong.any():
            code = england.loc[wrong, table.code].iloc[0]
            raise SourceError(f"{table.file}, {code}: the categories do not add up to {table.total!r}")
    parts = england[[table.code, *table.parts]].rename(columns={table.code: "area_code"})
    return parts.astype(dict.fromkeys(table.parts, "float64")).assign(total=total.astype("float64"))


def _refuse_bad_counts(england: pd.DataFrame, table: Table, counts: list[str]) -> None:
    twice = england[table.code].duplicated()
    if twice.any():
        raise SourceError(f"{table.file}: {england.loc[twice, table.code].iloc[0]} is there twice")
    for column in counts:
        bad = england[column].isna() | (england[column] < 0)
        if bad.any():
            code = england.loc[bad, table.code].iloc[0]
            raise SourceError(f"{table.file}, {code}, column {column!r}: expected a count of 0 or more")


def _part(
    frame: pd.DataFrame, table: Table, indicator_id: str, columns: tuple[str, ...], group: str = "all"
) -> pd.DataFrame:
    """Rows of a share: some categories of a table out of its total."""
    return measurement_rows(
        indicator_id=indicator_id, source_id=table.source_id, source_level=table.level, period=PERIOD,
        area_code=frame["area_code"], group=group,
        numerator=frame[list(columns)].sum(axis=1), denominator=frame["total"],
    )  # fmt: skip


def _count(
    frame: pd.DataFrame, table: Table, indicator_id: str, column: str, group: str = "all"
) -> pd.DataFrame:
    """Rows of a count of people: a numerator and nothing to divide it by."""
    return measurement_rows(
        indicator_id=indicator_id, source_id=table.source_id, source_level=table.level, period=PERIOD,
        area_code=frame["area_code"], group=group, numerator=frame[column],
    )  # fmt: skip


def _ages(sources: SourceFolder) -> Iterator[pd.DataFrame]:
    frame = read_table(sources, AGE)
    yield _count(frame, AGE, "population", "total")
    for band, column in AGE_BANDS.items():
        yield _count(frame, AGE, "population-by-age", column, band)
    yield _part(frame, AGE, "under-fives", (AGE_BANDS["age-00-04"],))
    yield _part(frame, AGE, "aged-65-and-over", tuple(AGE_BANDS[band] for band in OVER_65))


def _residents(sources: SourceFolder) -> Iterator[pd.DataFrame]:
    frame = read_table(sources, ETHNICITY)
    for group, column in ETHNIC_GROUPS.items():
        yield _part(frame, ETHNICITY, "ethnic-group", (column,), group)
    others = tuple(column for group, column in ETHNIC_GROUPS.items() if group != "white")
    yield _part(frame, ETHNICITY, "ethnic-minority", others)
    yield _part(read_table(sources, DISABILITY), DISABILITY, "disabled", (DISABLED,))


def _households(sources: SourceFolder) -> Iterator[pd.DataFrame]:
    frame = read_table(sources, DEPRIVATION)
    yield _part(frame, DEPRIVATION, "household-deprivation", tuple(DIMENSIONS.values()))
    for group, column in DIMENSIONS.items():
        yield _part(frame, DEPRIVATION, "household-deprivation", (column,), group)
    yield _part(read_table(sources, OCCUPANCY), OCCUPANCY, "overcrowding", OVERCROWDED)
    frame = read_table(sources, TENURE)
    for group, columns in TENURES.items():
        yield _part(frame, TENURE, "tenure", columns, group)
    for indicator_id in ("social-rented", "private-rented"):
        yield _part(frame, TENURE, indicator_id, TENURES[indicator_id])


def _by_msoa(sources: SourceFolder) -> Iterator[pd.DataFrame]:
    yield _part(read_table(sources, UNPAID_CARE), UNPAID_CARE, "unpaid-care", CARE)
    frame = read_table(sources, LANGUAGE)
    yield _part(frame, LANGUAGE, "main-language-not-english", (*SPEAKS_WELL, *SPEAKS_NOT_WELL))
    yield _part(frame, LANGUAGE, "cannot-speak-english-well", SPEAKS_NOT_WELL)


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """All census indicators, all England: LSOA 2021 rows, and MSOA 2021 rows for unpaid care and language.

    Shape: 41 series of 33,755 LSOAs and 3 of 6,856 MSOAs. Shares carry numerator and denominator, counts a
    numerator only; `value` and limits are left to the build.
    """
    parts = (_ages, _residents, _households, _by_msoa)
    return stack([frame for part in parts for frame in part(sources)])
