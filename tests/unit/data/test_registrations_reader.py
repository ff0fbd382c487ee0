"""The NHS table of patients by practice and LSOA: what is read, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.ingest.registrations import NHS_TABLE, nhs_file, read_registered
from data.sources import SourceError, SourceFolder

KNOWN = pd.Index(["E01000001", "E01000002", "E01000003"])
HEADER = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS"


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "gp-reg-pat-prac-lsoa-all.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def row(practice="N82001", lsoa="E01000001", patients="10", sex="ALL", date="01/07/2026"):
    return f"GP_PRAC_PAT_LIST,{date},{practice},THE SURGERY,{lsoa},{sex},{patients}"


def test_patients_are_counted_by_where_they_live(tmp_path):
    path = write(
        tmp_path,
        row(patients="600"), row(lsoa="E01000002", patients="390"), row(practice="N82002", patients="5"),
        row(lsoa="CLOSED", patients="3"), row(lsoa="EMPTY", patients="1"),
        row(lsoa="W01000001", patients="2"),
        row(lsoa="E01099999", patients="4"),
    )  # fmt: skip
    found = read_registered(path, KNOWN)
    assert found.table.to_dict("list") == {
        "practice_code": ["N82001", "N82001", "N82002"],
        "lsoa_code": ["E01000001", "E01000002", "E01000001"],
        "patients": [600.0, 390.0, 5.0],
    }
    assert (found.without_lsoa, found.outside_england, found.strange_codes) == (4.0, 2.0, 4.0)
    parts = found.table["patients"].sum() + found.without_lsoa + found.outside_england + found.strange_codes
    assert parts == found.total == 1005.0
    assert found.extract_date == "1 July 2026"


def test_women_and_men_are_added_and_never_added_to_all(tmp_path):
    sexes = [row(sex="FEMALE", patients="6"), row(sex="MALE", patients="4")]
    assert read_registered(write(tmp_path, *sexes), KNOWN).total == 10
    assert read_registered(write(tmp_path, *sexes, row(patients="11")), KNOWN).total == 11


@pytest.mark.parametrize("count", ["*", "<5", "", "0", "-1", "2.5", "1,204"])
def test_a_suppressed_or_broken_count_is_refused_with_its_row(tmp_path, count):
    cell = f'"{count}"' if "," in count else count
    path = write(tmp_path, row(), row(lsoa="E01000002", patients=cell))
    with pytest.raises(SourceError, match=r"row 3, column 'NUMBER_OF_PATIENTS'.*whole number"):
        read_registered(path, KNOWN)


def test_a_missing_column_is_named(tmp_path):
    path = write(tmp_path, "a,b", header="PRACTICE_CODE,NUMBER_OF_PATIENTS")
    with pytest.raises(SourceError, match="no column 'EXTRACT_DATE', 'LSOA_CODE', 'SEX'"):
        read_registered(path, KNOWN)


def test_an_edition_on_other_lsoas_is_refused(tmp_path):
    path = write(tmp_path, row(), row(lsoa="E01012345"))
    with pytest.raises(SourceError, match=r"50.0% of patients.*row 3: 'E01012345'.*LSOA 2011"):
        read_registered(path, KNOWN)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(), row()], "N82001 and E01000001 are there twice"),
        ([row(), row(lsoa="E01000002", date="01/04/2026")], "2 extract dates"),
        ([row(sex="PERSONS")], "found PERSONS, expected ALL"),
        ([], "no rows"),
    ],
)
def test_other_faults_are_refused(tmp_path, rows, words):
    with pytest.raises(SourceError, match=words):
        read_registered(write(tmp_path, *rows), KNOWN)


def folder(tmp_path: Path, listed: str = "") -> SourceFolder:
    (tmp_path / "gp_practices").mkdir()
    (tmp_path / "manifest.csv").write_text(f"path,sha256\n{listed}", encoding="utf-8")
    return SourceFolder(tmp_path)


def test_the_table_needs_no_line_in_the_manifest(tmp_path):
    sources = folder(tmp_path)
    assert nhs_file(sources) is None
    path = tmp_path / NHS_TABLE
    path.write_text("x", encoding="utf-8")
    assert nhs_file(sources) == path


def test_a_table_in_the_manifest_is_held_to_it(tmp_path):
    sources = folder(tmp_path, f"{NHS_TABLE},abc\n")
    with pytest.raises(SourceError, match=r"is listed in manifest\.csv but is not in"):
        nhs_file(sources)
    (tmp_path / NHS_TABLE).write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match=r"is not the file that manifest\.csv lists"):
        nhs_file(sources)
