"""The files of the English Indices of Deprivation, read and checked; and the shape rows leave in.

Used by `indices_of_deprivation` (the Indices themselves) and `indices_of_deprivation_indicators` (File 8).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.ingest.rows import measurement_rows
from data.sources import SourceError, SourceFolder, require_rows
from geo.areas import RECODED

IOD_2025 = "deprivation/iod2025_england_lsoa21.parquet"
FILE_6 = "deprivation/File_6_IoD2025_Population_Denominators.xlsx"
FILE_8 = "deprivation/iod2025_indicators_england_lsoa21.parquet"
SUMMARY_2025 = "deprivation/iod2025_la_summaries.csv"
IOD_2019 = "deprivation/iod2019_england_lsoa11.parquet"
SUMMARY_2019 = "deprivation/iod2019_la_imd_summary.csv"
IMD_2015 = "deprivation/imd2015_england_lsoa11.csv.gz"
LSOA_LOOKUP = "lookups/lookup_lsoa11_lsoa21_ltla22.csv.gz"

LSOAS_2021 = 33_755
LSOAS_2011 = 32_844
# Most LSOAs did not change between the censuses (31,810 of England's).
UNCHANGED_LSOAS = 30_000
# Fixed between censuses: a smaller number means that rows were lost on the way.
LSOAS_IN_PLACE = {
    "E08000012": (302, "Liverpool"),
    "E08000014": (191, "Sefton"),
    "E08000013": (121, "St Helens"),
}

POPULATIONS = {
    "Total population: mid 2022": "residents",
    "Dependent Children aged 0-15: mid 2022": "children",
    "Older population aged 60 and over: mid 2022": "older_people",
    "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022": "working_age",
}


def check_positions(frame: pd.DataFrame, *, file: str, rank: str, decile: str) -> None:
    """Refuse ranks outside 1 to N, many ties, or tenths that do not follow from the ranks.

    A few areas share a rank where their scores are equal; a shifted or mixed-up column shows as hundreds.
    """
    number = len(frame)
    ranks = frame[rank]
    if ranks.isna().any() or ranks.min() < 1 or ranks.max() > number:
        raise SourceError(f"{file}, column {rank!r}: expected ranks from 1 to {number}, none blank")
    tied = int(ranks.duplicated().sum())
    if tied > 60:
        raise SourceError(f"{file}, column {rank!r}: {tied} areas share a rank, expected 60 at most")
    wrong = np.ceil(ranks * 10 / number) != frame[decile]
    if wrong.any():
        code = frame.index[wrong.to_numpy().argmax()]
        found = frame.loc[code, decile]
        raise SourceError(f"{file}, {code}, column {decile!r}: tenth {found} does not follow from its rank")


def _by_lsoa(frame: pd.DataFrame, code: str, *, number: int, file: str) -> pd.DataFrame:
    why = "one for each LSOA of England; the number is fixed between censuses"
    require_rows(frame, file=file, what="rows", why=why, exactly=number)
    require_rows(frame.drop_duplicates(code), file=file, what="different LSOAs", why=why, exactly=number)
    return frame.set_index(code)


def read_2025(sources: SourceFolder) -> pd.DataFrame:
    """The 2025 edition with its populations: one row an LSOA 2021 of England, indexed by code.

    Columns as in the file (IMD_score, IMD_rank, IMD_decile, Income_score, ...), `place_code`, and mid-2022
    `residents`, `children` (0 to 15), `older_people` (60 and over), `working_age` (18 to 66) from File 6.
    """
    frame = sources.parquet(IOD_2025, ["lsoa21_code", "lad24_code", "IMD_score", "IMD_rank", "IMD_decile"])
    frame = _by_lsoa(frame, "lsoa21_code", number=LSOAS_2021, file=IOD_2025)
    frame = frame.rename(columns={"lad24_code": "place_code"})
    frame["place_code"] = frame["place_code"].replace(RECODED)
    for place, (number, name) in LSOAS_IN_PLACE.items():
        rows = frame[frame["place_code"] == place]
        require_rows(rows, file=IOD_2025, what=f"LSOAs in {name}", why="its LSOAs of 2021", exactly=number)
    for rank in [column for column in map(str, frame.columns) if column.endswith("_rank")]:
        check_positions(frame, file=IOD_2025, rank=rank, decile=rank.removesuffix("_rank") + "_decile")
    return frame.join(read_populations(sources, frame.index))


def read_populations(sources: SourceFolder, codes: pd.Index) -> pd.DataFrame:
    """File 6: mid-2022 populations by LSOA, the weights of published averages, for exactly these codes."""
    code = "LSOA code (2021)"
    frame = sources.excel(FILE_6, "ID 2025 Population Denominators", [code, *POPULATIONS])
    frame = _by_lsoa(frame, code, number=LSOAS_2021, file=FILE_6)
    frame = sources.numbers(frame, FILE_6, list(POPULATIONS)).rename(columns=POPULATIONS)
    if not frame.index.symmetric_difference(codes).empty:
        raise SourceError(f"{FILE_6}: its LSOA codes are not those of {IOD_2025}")
    frame = frame[list(POPULATIONS.values())].astype("float64")
    if frame.isna().any(axis=None) or (frame["residents"] <= 0).any():
        raise SourceError(f"{FILE_6}: an LSOA without a population; each has residents")
    return frame


def read_file_8(sources: SourceFolder, columns: list[str], codes: pd.Index) -> pd.DataFrame:
    """File 8, the underlying indicators of 2025: these columns, one row an LSOA, in the order of `codes`."""
    frame = sources.parquet(FILE_8, ["lsoa21_code", *columns])
    frame = _by_lsoa(frame, "lsoa21_code", number=LSOAS_2021, file=FILE_8)
    if not frame.index.symmetric_difference(codes).empty:
        raise SourceError(f"{FILE_8}: its LSOA codes are not those of {IOD_2025}")
    return sources.numbers(frame[columns], FILE_8, columns).reindex(codes).astype("float64")


def read_earlier(sources: SourceFolder) -> dict[str, pd.DataFrame]:
    """IMD rank and decile of 2019 and 2015 with mid-2015 `residents`, by LSOA 2011 code, keyed by edition.

    The 2015 file has no population: both editions use the mid-2015 estimates in the file of 2019.
    """
    columns = ["lsoa11_code", "IMD_rank", "IMD_decile"]
    later = sources.parquet(IOD_2019, [*columns, "pop_total_mid2015"])
    later = _by_lsoa(later, "lsoa11_code", number=LSOAS_2011, file=IOD_2019)
    earlier = sources.csv(IMD_2015, columns)
    earlier = _by_lsoa(earlier, "lsoa11_code", number=LSOAS_2011, file=IMD_2015).reindex(later.index)
    if earlier["IMD_rank"].isna().any():
        raise SourceError(f"{IMD_2015}: its LSOA codes are not those of {IOD_2019}")
    editions = {}
    for period, frame, file in (("2015", earlier, IMD_2015), ("2019", later, IOD_2019)):
        check_positions(frame, file=file, rank="IMD_rank", decile="IMD_decile")
        editions[period] = frame[["IMD_rank", "IMD_decile"]].assign(residents=later["pop_total_mid2015"])
    return editions


def unchanged_lsoas(sources: SourceFolder) -> pd.Index:
    """Codes of LSOAs that are the same in 2011 and 2021 (change code U), England and Wales."""
    lookup = sources.csv(LSOA_LOOKUP, ["lsoa11_code", "lsoa21_code", "change_code"])
    same = lookup[lookup["change_code"] == "U"]
    if (same["lsoa11_code"] != same["lsoa21_code"]).any():
        raise SourceError(f"{LSOA_LOOKUP}: an unchanged LSOA (U) with two codes")
    why = "94% of England's LSOAs did not change between the censuses"
    require_rows(same, file=LSOA_LOOKUP, what="unchanged LSOAs", why=why, at_least=UNCHANGED_LSOAS)
    return pd.Index(same["lsoa21_code"])


def in_places(sources: SourceFolder, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows (with `place_code`) of the Places in the configuration."""
    return frame[frame["place_code"].isin(sources.settings.place_codes)]


def rows(
    indicator_id: str,
    area_codes: pd.Index,
    *,
    source_level: str = "lsoa",
    period: str = "2025",
    group: str = "all",
    source_id: str = "iod-2025",
    value: pd.Series | None = None,
    numerator: pd.Series | None = None,
    denominator: pd.Series | None = None,
) -> pd.DataFrame:
    """Rows of the measurements schema, one an area, with what the Indices have in common filled in.

    A blank numerator is `suppressed` (the publisher withholds counts below 10) and keeps its denominator, so
    that the build knows how many people it concerns; a blank value is `missing`.
    """
    figure = value if numerator is None else numerator
    if figure is None:
        raise ValueError(f"{indicator_id}: neither value nor numerator given")
    blank = "missing" if numerator is None else "suppressed"
    frame = measurement_rows(
        indicator_id=indicator_id,
        source_id=source_id,
        source_level=source_level,
        period=period,
        group=group,
        area_code=area_codes.to_series(),
        value=value,
        numerator=numerator,
        denominator=denominator,
        status=pd.Series(np.where(figure.isna(), blank, "reported")),
    )
    if denominator is not None and blank == "suppressed":
        frame["denominator"] = denominator.to_numpy("float64")
    return frame
