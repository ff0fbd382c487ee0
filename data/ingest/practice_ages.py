"""Age structure of every GP practice list of England (NHS England, quinary bands, persons)."""

from __future__ import annotations

import zipfile

import pandas as pd

from data.ingest.census import AGE_BANDS
from data.ingest.practices import LISTS, SIZED
from data.sources import SourceError, SourceFolder, require_rows

# The publisher's bands, in the bands of the census: it goes on to 95 and over, the census stops at 85.
CENSUS_BAND = {
    **{f"{low}_{low + 4}": f"age-{low:02d}-{low + 4:02d}" for low in range(0, 85, 5)},
    **dict.fromkeys(("85_89", "90_94", "95+"), "age-85-plus"),
}
SEXES = ("FEMALE", "MALE")

# Practices of QOF 2024/25 that the July 2026 lists no longer have: closed or merged in between.
GONE_AT_MOST = 100


def read_ages(sources: SourceFolder) -> pd.DataFrame:
    """Patients by practice (index ``practice_code``) and census age band (18 columns), float64.

    Women and men together: the census table by LSOA has no split by sex, so the model can use none. Raises
    SourceError for an unknown band, a negative count, or bands that do not add up to the printed list size.
    """
    columns = ["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"]
    try:
        frame = sources.csv(LISTS, columns, dtype=str, compression="zip", usecols=columns)
    except zipfile.BadZipFile as error:
        raise SourceError(f"{LISTS} cannot be read as a zip file: {error}") from error
    frame = sources.numbers(frame[frame["ORG_TYPE"] == "GP"], LISTS, ["NUMBER_OF_PATIENTS"])
    if (frame["NUMBER_OF_PATIENTS"] < 0).any():
        raise SourceError(f"{LISTS}: a negative number of patients")
    printed = frame[(frame["SEX"] == "ALL") & (frame["AGE_GROUP_5"] == "ALL")]
    require_rows(printed, file=LISTS, at_least=SIZED, what="practices", why="all of England, about 6,100")
    bands = frame[frame["SEX"].isin(SEXES) & (frame["AGE_GROUP_5"] != "ALL")]
    unknown = set(bands["AGE_GROUP_5"]) - set(CENSUS_BAND)
    if unknown:
        raise SourceError(f"{LISTS}: unknown age bands {', '.join(sorted(unknown))}")
    bands = bands.assign(band=bands["AGE_GROUP_5"].map(CENSUS_BAND))
    table = bands.groupby(["ORG_CODE", "band"])["NUMBER_OF_PATIENTS"].sum().unstack("band")
    table = table.reindex(columns=list(AGE_BANDS)).sort_index()
    # a band is listed for every practice: an absent one is a parsing fault, not an empty band
    if table.isna().any(axis=None):
        raise SourceError(f"{LISTS}: {table.isna().any(axis=1).idxmax()} lacks an age band")
    total = printed.set_index("ORG_CODE")["NUMBER_OF_PATIENTS"].reindex(table.index)
    # a few patients of unspecified sex are in the printed total and in no band
    short = (table.sum(axis=1) - total).abs() > 0.01 * total + 5
    if short.any():
        raise SourceError(f"{LISTS}: the bands of {short.idxmax()} do not add up to its list")
    table.index.name = "practice_code"
    return table.rename_axis(columns=None).astype("float64")
