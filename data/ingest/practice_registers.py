"""All practices of England with what the prevalence model needs: registers, ages, deprivation, ICB."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

import pandas as pd

from data.ingest import qof
from data.ingest.practice_ages import GONE_AT_MOST, read_ages
from data.ingest.practices import MAPPING
from data.sources import SourceError, SourceFolder, require_rows

YEAR = "2024/25"
IMD = "gp_practices/fingertips-imd-2025-gp-practice.csv"
# The youngest patient a register counts, by the publisher's name of its base.
YOUNGEST = {"TOTAL": 0, "06OV": 6, "16OV": 16, "17OV": 17, "18OV": 18, "50OV": 50}
USABLE = 6_000


@dataclass(frozen=True)
class PracticeRegisters:
    """England's practices in QOF 2024/25 (index practice_code, sorted).

    `counts` and `listed` by register (NaN where a practice has no figure: missing, never 0); `ages` by census
    age band, `imd` (score) and `icb`, NaN where the July 2026 files no longer know the practice. `lists` are
    the ages of all practices of July 2026, also those without QOF figures.
    """

    counts: pd.DataFrame
    listed: pd.DataFrame
    ages: pd.DataFrame
    imd: pd.Series
    icb: pd.Series
    lists: pd.DataFrame

    def usable(self) -> pd.Series:
        """True for practices with everything the model needs."""
        return self.ages.notna().all(axis=1) & self.imd.notna() & self.icb.notna()


def read_imd(sources: SourceFolder) -> pd.Series:
    """IMD 2025 score of every practice: the mean over its registered patients' small areas."""
    frame = sources.csv(IMD, ["PRACTICE_CODE", "IMD_SCORE"])
    frame = sources.numbers(frame, IMD, ["IMD_SCORE"])
    require_rows(frame, file=IMD, at_least=USABLE, what="practices", why="all of England, about 6,100")
    if frame["PRACTICE_CODE"].duplicated().any() or not frame["IMD_SCORE"].dropna().between(0, 100).all():
        raise SourceError(f"{IMD}: a practice is there twice, or a score is not between 0 and 100")
    return frame.set_index("PRACTICE_CODE")["IMD_SCORE"]


def _icb(sources: SourceFolder) -> pd.Series:
    columns = ["PRACTICE_CODE", "ICB_CODE"]
    try:
        frame = sources.csv(MAPPING, columns, dtype=str, compression="zip", usecols=columns)
    except zipfile.BadZipFile as error:
        raise SourceError(f"{MAPPING} cannot be read as a zip file: {error}") from error
    return frame.drop_duplicates("PRACTICE_CODE").set_index("PRACTICE_CODE")["ICB_CODE"]


def from_rows(
    rows: pd.DataFrame, ages: pd.DataFrame, imd: pd.Series, icb: pd.Series, gone: int = GONE_AT_MOST
) -> PracticeRegisters:
    """Put together what `read` reads; a list of nobody, or a register that is absent, is missing."""
    counts = rows.pivot(index="practice_code", columns="register", values="patients").sort_index()
    listed = rows.pivot(index="practice_code", columns="register", values="listed").sort_index()
    counts, listed = counts.astype("float64"), listed.astype("float64")
    known = counts.notna() & (listed > 0)
    lost = counts.index.difference(ages.index)
    if len(lost) > gone:
        raise SourceError(
            f"{len(lost)} practices of QOF {YEAR} have no age structure, expected {gone} at most"
        )
    return PracticeRegisters(
        counts.where(known), listed.where(known), ages.reindex(counts.index), imd.reindex(counts.index),
        icb.reindex(counts.index), ages,
    )  # fmt: skip


def read(sources: SourceFolder) -> PracticeRegisters:
    """All practices of England in QOF 2024/25. Raises SourceError when a file is not as expected."""
    return from_rows(qof.read_practices(sources, YEAR), read_ages(sources), read_imd(sources), _icb(sources))
