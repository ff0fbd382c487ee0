"""OS Open Names: what is read of a (made-up) delivery, and what is refused with which words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.open_names import TILE_METRES, UNPACKED, ZIP, corner, open_names_file, read_open_names
from data.sources import SourceError, SourceFolder
from tests.open_names import COLUMNS, HEADER, members, packed, record, unpacked

HERE = (330_000.0, 380_000.0, 350_000.0, 400_000.0)
STREET = record(
    "Made-up  Lane", 335_100, 391_200, box=(335_000, 391_000, 335_300, 391_500), POPULATED_PLACE="Inventon",
    POSTCODE_DISTRICT="ZZ4",
)  # fmt: skip


def delivery(tmp_path: Path, *rows: dict[str, str], **more: list[dict[str, str]]) -> Path:
    return packed(tmp_path / "opname_csv_gb.zip", members({"SJ28": list(rows), **more}))


def test_a_street_is_read_with_its_middle_its_box_and_what_tells_it_apart(tmp_path):
    found = read_open_names(delivery(tmp_path, STREET), HERE)
    assert found.table.to_dict("records") == [
        {
            "name": "Made-up Lane", "kind": "street", "within": "Inventon", "district": "ZZ4", "x": 335_100.0,
            "y": 391_200.0, "xmin": 335_000.0, "ymin": 391_000.0, "xmax": 335_300.0, "ymax": 391_500.0,
        }
    ]  # fmt: skip
    assert (found.tiles, found.dated, len(found.sha256)) == (1, "July 2026", 64)


def test_only_named_roads_stations_and_settlements_within_the_extent_are_taken(tmp_path):
    at = (335_000, 391_000)
    path = delivery(
        tmp_path,
        record("A1", *at, "Numbered Road"), record("ZZ4 1AA", *at, "Postcode"), record("", *at),
        record("Far Street", 335_000, 401_000), record("Section", *at, "Section Of Named Road"),
        record("Halt", *at, "Railway Station"), record("Inventon", *at, "Suburban Area"),
        SJ48=[record("Next Table", 341_000, 391_000)], TQ28=[record("Too Far", *at)],
    )  # fmt: skip
    found = read_open_names(path, HERE)
    assert dict(zip(found.table["name"], found.table["kind"], strict=True)) == {
        "Section": "section", "Halt": "station", "Inventon": "suburb", "Next Table": "street",
    }  # fmt: skip
    assert found.tiles == 2


def test_without_a_box_the_point_is_all_that_is_known(tmp_path):
    row = read_open_names(delivery(tmp_path, record("A Street", 335_000, 391_000)), HERE).table.iloc[0]
    assert (row["xmin"], row["ymin"], row["xmax"], row["ymax"]) == (335_000, 391_000, 335_000, 391_000)


def test_an_unpacked_folder_says_the_same_as_the_zip(tmp_path):
    files = members({"SJ28": [STREET], "SJ48": [record("Other Road", 341_000, 391_000)]})
    zipped = read_open_names(packed(tmp_path / "a.zip", files), HERE)
    folder = read_open_names(unpacked(tmp_path / "b", files), HERE)
    assert folder.table.equals(zipped.table)
    assert (folder.dated, folder.sha256) == ("", "")


def test_a_zip_without_dates_has_none(tmp_path):
    path = packed(tmp_path / "a.zip", members({"SJ28": [STREET]}), dated=(1980, 1, 1))
    assert read_open_names(path, HERE).dated == ""


@pytest.mark.parametrize(
    ("tile", "metres"),
    [("SJ28", (320_000, 380_000)), ("SD20", (320_000, 400_000)), ("TQ28", (520_000, 180_000)),
     ("HP40", (440_000, 1_200_000)), ("SV80", (80_000, 0)), ("Doc", None), ("SI28", None)],
)  # fmt: skip
def test_a_table_is_named_after_its_square(tile, metres):
    assert corner(tile) == metres


@given(
    x=st.integers(320_000, 359_999), y=st.integers(380_000, 399_999),
    wide=st.integers(0, 3_000), high=st.integers(0, 3_000),
)  # fmt: skip
def test_whatever_the_square_a_point_within_the_extent_is_found(tmp_path_factory, x, y, wide, high):
    tile = f"SJ{x // TILE_METRES * 2 % 10}8"
    path = packed(tmp_path_factory.mktemp("z") / "a.zip", members({tile: [record("X", x, y)]}))
    found = read_open_names(path, (x - wide, y - high, x + wide, y + high)).table
    assert found[["x", "y"]].to_numpy().tolist() == [[x, y]]


@pytest.mark.parametrize("column", ["NAME1", "LOCAL_TYPE", "GEOMETRY_X", "MBR_YMAX", "POPULATED_PLACE"])
def test_a_missing_column_is_named(tmp_path, column):
    header = [f"OLD_{name}" if name == column else name for name in COLUMNS]
    path = packed(tmp_path / "a.zip", members({"SJ28": [STREET]}, header))
    with pytest.raises(SourceError, match=rf"a\.zip, {Path(HEADER).name}: no column '{column}'"):
        read_open_names(path, HERE)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("GEOMETRY_X", "-2.98"), ("GEOMETRY_Y", "1400000"), ("GEOMETRY_X", ""), ("GEOMETRY_Y", "north"),
     ("MBR_XMAX", "700001"), ("MBR_YMAX", "1300001"), ("MBR_YMIN", "?"), ("GEOMETRY_X", "nan")],
)  # fmt: skip
def test_a_coordinate_outside_britain_is_refused_with_its_row(tmp_path, column, cell):
    path = delivery(tmp_path, STREET, STREET | {column: cell})
    words = rf"opname_csv_gb\.zip, SJ28\.csv, row 2, column '{column}': found '.*', expected metres of the"
    with pytest.raises(SourceError, match=words) as refused:
        read_open_names(path, HERE)
    assert repr(cell) in str(refused.value)
    assert "Fetch OS Open Names" in str(refused.value)


def test_a_cut_off_or_changed_zip_is_refused(tmp_path):
    whole = delivery(tmp_path, *[record(f"Street {n}", 335_000 + n, 391_000) for n in range(500)])
    bytes_of = whole.read_bytes()
    for broken in (
        bytes_of[: len(bytes_of) // 2],
        b"not a zip",
        b"",
        bytes_of[:900] + b"xxxx" + bytes_of[904:],
    ):
        whole.write_bytes(broken)
        with pytest.raises(SourceError, match=r"opname_csv_gb\.zip cannot be read .*Fetch OS Open Names"):
            read_open_names(whole, HERE)


def files_with(name: str, content: str | None) -> dict[str, str]:
    files = members({"SJ28": [STREET]})
    return {key: value for key, value in (files | {name: content}).items() if value is not None}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (HEADER, None, "no OS_Open_Names_Header.csv, which names the columns"),
        (HEADER, "", "no column 'NAME1'"),
        ("Data/SJ28.csv", None, r"no table for this part of the country \(such as SJ28.csv\)"),
        ("Data/SJ28.csv", "", "SJ28.csv is empty"),
        ("Data/SJ28.csv", "a,b,c\r\n", "SJ28.csv, row 1: 3 cells, OS_Open_Names_Header.csv names 34 columns"),
        ("Data/SJ28.csv", "," * 33 + "\r\nosgb1,http\r\n", "SJ28.csv, row 2: 2 cells"),
        ("Data/SJ28.csv", "," * 33 + "\r\n" + "," * 40, "SJ28.csv, row 2: 41 cells"),
    ],
)
def test_other_faults_are_refused(tmp_path, name, content, words):
    path = packed(tmp_path / "a.zip", files_with(name, content))
    with pytest.raises(SourceError, match=words):
        read_open_names(path, HERE)


def test_a_table_in_another_encoding_is_refused(tmp_path):
    path = delivery(tmp_path, STREET)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Data/SJ48.csv", ("Caf\xe9" + "," * 33).encode("latin-1"))
    with pytest.raises(SourceError, match=r"SJ48\.csv cannot be read as CSV"):
        read_open_names(path, HERE)


def sources(tmp_path: Path, listed: str = "") -> SourceFolder:
    (tmp_path / "manifest.csv").write_text(f"path,sha256\n{listed}", encoding="utf-8")
    return SourceFolder(tmp_path)


def test_the_file_is_used_where_it_is_and_needs_no_line_in_the_manifest(tmp_path):
    folder = sources(tmp_path)
    assert open_names_file(folder) is None
    (tmp_path / "place_names").mkdir()
    assert open_names_file(folder) is None
    unpacked(tmp_path / UNPACKED, members({"SJ28": [STREET]}))
    assert open_names_file(folder) == tmp_path / UNPACKED
    packed(tmp_path / ZIP, members({"SJ28": [STREET]}))
    assert open_names_file(folder) == tmp_path / ZIP


def test_a_file_under_another_name_is_not_passed_over_in_silence(tmp_path):
    packed(tmp_path / "place_names/opname_csv_gb (1).zip", {})
    with pytest.raises(
        SourceError, match=r"place_names/ holds opname_csv_gb \(1\)\.zip but not OS Open Names"
    ):
        open_names_file(sources(tmp_path))


def test_a_zip_in_the_manifest_is_held_to_it(tmp_path):
    packed(tmp_path / ZIP, members({"SJ28": [STREET]}))
    with pytest.raises(SourceError, match=r"is not the file that manifest\.csv lists"):
        open_names_file(sources(tmp_path, f"{ZIP},abc\n"))
