"""Ages and registers of England's practices from small made-up files."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.ingest import practice_ages, practice_registers
from data.ingest.census import AGE_BANDS
from data.sources import SourceError, SourceFolder

BANDS = list(practice_ages.CENSUS_BAND)


def lists() -> pd.DataFrame:
    """Two practices; 10 women and 5 men in every band, and the ICB's total, which is not a practice."""
    rows = []
    for kind, code in (("GP", "N82001"), ("GP", "A81001"), ("ICB", "QYG")):
        for sex, number in (("FEMALE", 10), ("MALE", 5)):
            rows.append((kind, code, sex, "ALL", number * len(BANDS)))
            rows += [(kind, code, sex, band, number) for band in BANDS]
        rows.append((kind, code, "ALL", "ALL", 15 * len(BANDS)))
    return pd.DataFrame(rows, columns=["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"])


def folder(tmp_path: Path, frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> SourceFolder:
    monkeypatch.setattr(practice_ages, "SIZED", 2)
    path = tmp_path / practice_ages.LISTS
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ages.csv", frame.to_csv(index=False))
    pd.DataFrame({"path": [practice_ages.LISTS], "sha256": [""]}).to_csv(
        tmp_path / "manifest.csv", index=False
    )
    return SourceFolder(tmp_path, check=False)


def test_bands_are_those_of_the_census_women_and_men_together(tmp_path, monkeypatch):
    ages = practice_ages.read_ages(folder(tmp_path, lists(), monkeypatch))
    assert list(ages.columns) == list(AGE_BANDS)
    assert list(ages.index) == ["A81001", "N82001"]
    assert ages.loc["A81001", "age-40-44"] == 15
    assert ages.loc["A81001", "age-85-plus"] == 45


def test_an_absent_band_is_not_an_empty_one(tmp_path, monkeypatch):
    frame = lists()
    frame = frame[~((frame["ORG_CODE"] == "A81001") & (frame["AGE_GROUP_5"] == "20_24"))]
    with pytest.raises(SourceError, match="A81001 lacks an age band"):
        practice_ages.read_ages(folder(tmp_path, frame, monkeypatch))


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [("AGE_GROUP_5", "20_29", "unknown age bands"), ("NUMBER_OF_PATIENTS", "-4", "negative"),
     ("NUMBER_OF_PATIENTS", "900", "do not add up"), ("NUMBER_OF_PATIENTS", "x", "expected a number")],
)  # fmt: skip
def test_a_strange_file_is_refused(tmp_path, monkeypatch, column, value, message):
    frame = lists().astype(str)
    row = frame.index[(frame["ORG_CODE"] == "N82001") & (frame["AGE_GROUP_5"] == "20_24")][0]
    frame.loc[row, column] = value
    with pytest.raises(SourceError, match=message):
        practice_ages.read_ages(folder(tmp_path, frame, monkeypatch))


def registers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "practice_code": ["A1", "A1", "B2", "B2", "C3"],
            "register": ["AF", "DM", "AF", "DM", "AF"],
            "patients": [20.0, 30.0, np.nan, 40.0, 7.0],
            "listed": [1_000.0, 800.0, 900.0, 700.0, 0.0],
        }
    )


def test_a_suppressed_or_absent_register_stays_missing():
    ages = pd.DataFrame(1.0, index=["A1", "B2", "C3"], columns=list(AGE_BANDS))
    same = pd.Series({"A1": 20.0, "B2": 30.0, "C3": 9.0})
    made = practice_registers.from_rows(registers(), ages, same, same.astype(str))
    assert made.counts.loc["A1", "AF"] == 20
    # withheld, not in the file, and a list of nobody
    for practice, register in (("B2", "AF"), ("C3", "DM"), ("C3", "AF")):
        assert np.isnan(made.counts.loc[practice, register])
        assert np.isnan(made.listed.loc[practice, register])
    assert made.usable().all()


def test_practices_without_ages_are_kept_but_not_used_and_many_of_them_are_a_fault():
    ages = pd.DataFrame(1.0, index=["A1", "B2"], columns=list(AGE_BANDS))
    same = pd.Series({"A1": 20.0, "B2": 30.0, "C3": 9.0})
    made = practice_registers.from_rows(registers(), ages, same, same.astype(str))
    assert made.usable().to_dict() == {"A1": True, "B2": True, "C3": False}
    with pytest.raises(SourceError, match="1 practices"):
        practice_registers.from_rows(registers(), ages, same, same.astype(str), gone=0)
