"""A council's file of counts: what is accepted, and every refusal by file, row and column."""

import pandas as pd
import pytest

from data.ingest.council_counts import CountsError, council_counts

LIVERPOOL, SEFTON = "E08000012", "E08000014"
AREAS = pd.DataFrame(
    [
        (LIVERPOOL, "Liverpool", "place", LIVERPOOL),
        (SEFTON, "Sefton", "place", SEFTON),
        ("E05000001", "Anfield", "ward", LIVERPOOL),
        ("E05000002", "Breck", "ward", LIVERPOOL),
        ("E05000003", "Crosby", "ward", SEFTON),
        ("E01000001", "Liverpool 001A", "lsoa", LIVERPOOL),
        ("E01000002", "Liverpool 001B", "lsoa", LIVERPOOL),
        ("N1", "North", "neighbourhood", LIVERPOOL),
        ("E02000001", "Liverpool 001", "msoa", LIVERPOOL),
    ],
    columns=["area_code", "area_name", "area_level", "place_code"],
)
PUBLISHED = pd.DataFrame(
    [
        (LIVERPOOL, "2023/24", 210.0, 130.0),
        (LIVERPOOL, "2024/25", 200.0, 120.0),
        (SEFTON, "2024/25", 90.0, 60.0),
    ],
    columns=["place_code", "period", "children", "achieved"],
)
HEADING = "area_code,period,children,achieved\n"
WHOLE = "E05000001,2024/25,120,70\nE05000002,2024/25,80,50\n"


@pytest.fixture
def read(tmp_path):
    def reader(body: str, heading: str = HEADING, encoding: str = "utf-8"):
        path = tmp_path / "counts.csv"
        path.write_bytes((heading + body).encode(encoding))
        return council_counts(path, AREAS, PUBLISHED)

    return reader


def test_a_whole_file_is_read_without_a_warning(read):
    found = read(WHOLE)
    assert found.warnings == ()
    assert found.rows["area_level"].tolist() == ["ward", "ward"]
    assert found.rows[["children", "achieved"]].to_numpy().tolist() == [[120, 70], [80, 50]]
    assert set(found.rows["status"]) == {"reported"}


def test_levels_may_be_mixed_and_a_spreadsheet_may_have_saved_it(read):
    found = read(WHOLE + "N1,2024/25,200,120\r\nE01000001,2023/24,30,20\n", encoding="utf-8-sig")
    assert sorted(found.rows["area_level"]) == ["lsoa", "neighbourhood", "ward", "ward"]


@pytest.mark.parametrize("mark", ["c", "C", "*", "suppressed", "Suppressed", " c "])
def test_either_cell_suppressed_withholds_both(read, mark):
    for line in (f"E05000001,2024/25,{mark},{mark}\n", f"E05000001,2024/25,120,{mark}\n"):
        row = read(line).rows.iloc[0]
        assert row["status"] == "suppressed"
        assert pd.isna(row["children"])
        assert pd.isna(row["achieved"])


def test_an_empty_cell_is_missing_and_never_none(read):
    row = read("E05000001,2024/25,120,\n").rows.iloc[0]
    assert row["status"] == "missing"
    assert pd.isna(row["children"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("E05999999,2024/25,10,5\n", r"counts\.csv, row 2, column 'area_code': 'E05999999' is no area"),
        ("E01000001,2024/25,10,5\nE05012345,2024/25,10,5\n", r"row 3, column 'area_code'.*Places in config"),
        (f"{LIVERPOOL},2024/25,10,5\n", r"row 2, column 'area_code': E08000012 is a place, expected an LSOA"),
        ("E02000001,2024/25,10,5\n", "is a msoa, expected an LSOA, ward or neighbourhood"),
        ("E05000001,2024/25,10,11\n", r"row 2, column 'achieved': 11 of 10 children.*swapped"),
        ("E05000001,2024/25,-3,1\n", r"row 2, column 'children': found -3, expected 0 or more"),
        ("E05000001,2024/25,10,-1\n", r"column 'achieved': found -1"),
        ("E05000001,2024/25,ten,5\n", r"column 'children': found 'ten', expected a whole number.*'c' where"),
        ("E05000001,2024/25,10.5,5\n", "found '10.5', expected a whole number"),
        (WHOLE + "E05000001,2024/25,10,5\n", r"row 4: E05000001 in 2024/25 is already in row 2"),
        ("E05000001,2024-25,10,5\n", r"row 2, column 'period': found '2024-25'.*2023/24, 2024/25"),
        ("E05000001,2019/20,10,5\n", "expected an academic year with published figures"),
        ("E05000001,2024/25,10\n", "row 2: 3 cells, expected 4"),
        ("", "no counts below its heading"),
        (
            "E05000001,2024/25,150,70\nE05000002,2024/25,80,40\n",
            "ward counts of Liverpool.*230 in column 'chil",
        ),
        (
            "E05000001,2024/25,100,90\nE05000002,2024/25,80,50\n",
            "140 in column 'achieved', more than the 120",
        ),
        ("E05000001,2024/25,195,95\n", "leave 5 of the published children but 25 of those who achieved"),
        ("E05000003,2023/24,10,5\n", "ward counts of Sefton in 2023/24 cannot be checked"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(read, body, words):
    with pytest.raises(CountsError, match=words):
        read(body)


def test_a_wrong_heading_and_a_missing_file_say_what_to_do(read, tmp_path):
    with pytest.raises(CountsError, match=r"row 1: no column 'achieved'; found 'area_code'"):
        read("E05000001,2024/25,10,5\n", heading="area_code,period,children,reached\n")
    with pytest.raises(CountsError, match="put the council's counts there, or remove"):
        council_counts(tmp_path / "none.csv", AREAS, PUBLISHED)


def test_an_incomplete_file_is_read_with_the_difference(read):
    found = read("E05000001,2024/25,120,70\n")
    assert found.warnings == (
        "counts.csv: the ward counts of Liverpool in 2024/25 are 80 children and 50 who achieved short of "
        "the published total; 1 areas are not given",
    )


def test_no_warning_gives_a_suppressed_count_away(read):
    found = read("E05000001,2024/25,120,70\nE05000002,2024/25,c,c\n")
    assert len(found.warnings) == 1
    assert "80" not in found.warnings[0]
    assert "50" not in found.warnings[0]
    assert "1 suppressed" in found.warnings[0]
