"""Patients registered at a GP practice by LSOA: the NHS England table, where a council has put it in place.

The file is not among the sources as shipped. To use it, save NHS England's `gp-reg-pat-prac-lsoa-all.csv`
("Patients registered at a GP practice", quarterly) in the folder `gp_practices/` of the sources. It needs no
line in manifest.csv; if it has one, its sha256 is checked like any other.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from data.sources import SourceError, SourceFolder

NHS_TABLE = "gp_practices/gp-reg-pat-prac-lsoa-all.csv"
COLUMNS = ["EXTRACT_DATE", "PRACTICE_CODE", "LSOA_CODE", "SEX", "NUMBER_OF_PATIENTS"]

# What NHS England writes for patients whose address has no LSOA, and the first letters of other nations.
WITHOUT_LSOA = {"CLOSED", "EMPTY", "NO2011", "NO2021", "UNKNOWN", ""}
OTHER_NATIONS = ("W", "S", "N", "9", "L", "M")
# A few codes of an older geography linger; more means that the whole file is on other LSOAs.
STRANGE_AT_MOST = 0.02


@dataclass(frozen=True)
class RegisteredPatients:
    """One edition of the table: patients by practice and LSOA 2021 of England, and those who have none."""

    table: pd.DataFrame
    extract_date: str
    total: float
    without_lsoa: float
    outside_england: float
    strange_codes: float
    sha256: str


def nhs_file(sources: SourceFolder) -> Path | None:
    """The NHS table in the source folder, or None where nobody has put it there."""
    path = sources.folder / NHS_TABLE
    if NHS_TABLE in sources.manifest.index:
        return sources.path(NHS_TABLE)
    return path if path.is_file() else None


def read_registered(path: Path, known_lsoas: pd.Index) -> RegisteredPatients:
    """Read and check one file. `table` has `practice_code, lsoa_code, patients`, sorted, whole numbers.

    Raises SourceError, with the row, for a missing column, a count that is not a whole number of 1 or more
    (a suppressed or rounded copy cannot stand for registrations), a pair given twice, two extract dates, or
    LSOA codes of another geography.
    """
    name = path.name
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{name} cannot be read as CSV: {error}") from error
    absent = [column for column in COLUMNS if column not in frame.columns]
    if absent:
        raise SourceError(
            f"{name}: no column {', '.join(map(repr, absent))}; found "
            f"{', '.join(map(repr, frame.columns[:12]))}. Expected NHS England's table "
            "of patients by practice and LSOA as published."
        )
    frame = _one_sex(frame, name)
    patients = _counts(frame, name)
    dates = sorted(set(frame["EXTRACT_DATE"]))
    if len(dates) != 1:
        listed = ", ".join(dates[:3])
        raise SourceError(f"{name}: {len(dates)} extract dates ({listed}), expected one edition")
    code = frame["LSOA_CODE"].str.strip()
    known = code.isin(known_lsoas)
    without = code.str.upper().isin(WITHOUT_LSOA)
    abroad = ~known & ~without & code.str.startswith(OTHER_NATIONS)
    strange = ~(known | without | abroad)
    total = float(patients.sum())
    if patients[strange].sum() > STRANGE_AT_MOST * total:
        row = int(strange.to_numpy().argmax())
        raise SourceError(
            f"{name}: {patients[strange].sum() / total:.1%} of patients have an LSOA code that is not one of "
            f"England's of 2021 (row {row + 2}: {code.iloc[row]!r}). Is it an edition on LSOA 2011?"
        )
    table = pd.DataFrame({"practice_code": frame["PRACTICE_CODE"], "lsoa_code": code, "patients": patients})
    table = table[known].groupby(["practice_code", "lsoa_code"], as_index=False, sort=True)["patients"].sum()
    return RegisteredPatients(
        table=table,
        extract_date=_in_words(dates[0]),
        total=total,
        without_lsoa=float(patients[without].sum()),
        outside_england=float(patients[abroad].sum()),
        strange_codes=float(patients[strange].sum()),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _in_words(date: str) -> str:
    """`01/07/2026` or `01JUL2026` as `1 July 2026`; anything else as it stands."""
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d%b%Y"):
        with contextlib.suppress(ValueError):
            found = datetime.strptime(date, form)
            return f"{found.day} {found:%B %Y}"
    return date


def _one_sex(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows for all persons; women and men where the file has only those; never both added up."""
    sexes = set(frame["SEX"])
    strange = sexes - {"ALL", "MALE", "FEMALE"}
    if strange or not sexes:
        found = ", ".join(sorted(strange)) or "no rows"
        raise SourceError(f"{name}, column 'SEX': found {found}, expected ALL")
    if "ALL" in sexes:
        frame = frame[frame["SEX"] == "ALL"]
    twice = frame.duplicated(["PRACTICE_CODE", "LSOA_CODE", "SEX"])
    if twice.any():
        row = frame[twice].iloc[0]
        raise SourceError(f"{name}: {row['PRACTICE_CODE']} and {row['LSOA_CODE']} are there twice")
    return frame


def _counts(frame: pd.DataFrame, name: str) -> pd.Series:
    patients = pd.to_numeric(frame["NUMBER_OF_PATIENTS"], errors="coerce")
    bad = patients.isna() | (patients < 1) | (patients % 1 != 0)
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise SourceError(
            f"{name}, row {frame.index[row] + 2}, column 'NUMBER_OF_PATIENTS': found "
            f"{frame['NUMBER_OF_PATIENTS'].iloc[row]!r}, expected a whole number of patients. NHS England "
            "suppresses nothing in this table: use its own file, not a copy with counts withheld."
        )
    return patients.astype(float)
