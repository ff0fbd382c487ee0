"""The ward list: every fault is named, nothing is guessed."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.neighbourhoods import NeighbourhoodError, read_neighbourhoods
from geo.neighbourhoods import check as check_list

WARDS = gpd.GeoDataFrame(
    {"area_code": ["W1", "W2", "W3", "W4"], "area_name": ["One", "Two", "Three", "Four"]},
    geometry=[box(i * 100, 0, i * 100 + 100, 100) for i in range(4)],
    crs="EPSG:27700",
)
GOOD = [("W1", "One", "N1", "North"), ("W2", "Two", "N1", "North"), ("W3", "Three", "N2", "South"), ("W4", "Four", "N2", "South")]  # fmt: skip  # noqa: E501
HEADER = 'status = "official"\nsource = "Council, Neighbourhood Model"\ndate = "2025-05-01"\n'


def write(folder: Path, rows: list[tuple[str, ...]], header: str | None = HEADER) -> Path:
    path = folder / "town.csv"
    columns = ["ward_code", "ward_name", "neighbourhood_code", "neighbourhood_name"]
    pd.DataFrame(rows, columns=columns).to_csv(path, index=False)
    if header is not None:
        (folder / "town.toml").write_text(header)
    return path


def test_a_good_list_is_read_with_its_header(tmp_path):
    found = read_neighbourhoods(write(tmp_path, GOOD), "P", WARDS)
    assert (found.status, found.source, found.date, found.count) == (
        "official", "Council, Neighbourhood Model", "2025-05-01", 2,
    )  # fmt: skip
    assert found.warnings == ()


def test_the_official_ward_name_wins_over_the_typed_one(tmp_path):
    rows = [("W1", "Onne", "N1", "North"), *GOOD[1:]]
    assert read_neighbourhoods(write(tmp_path, rows), "P", WARDS).wards["ward_name"].tolist()[0] == "One"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([*GOOD[:3], ("W9", "Nine", "N2", "South"), GOOD[3]], ["line 5", "W9", "Nine", "is no ward"]),
        ([*GOOD, ("W2", "Two", "N2", "South")], ["W2", "more than once", "lines 3, 6"]),
        (GOOD[:3], ["W4", "Four", "missing"]),
        ([*GOOD[:3], ("W4", "Four", "N2", "Sowth")], ["N2", "2 names", "South, Sowth"]),
        ([*GOOD[:3], ("W4", "Four", "", "South")], ["line 5", "neighbourhood_code is empty"]),
    ],
)
def test_a_bad_list_is_refused_and_says_where(tmp_path, rows, words):
    with pytest.raises(NeighbourhoodError) as caught:
        read_neighbourhoods(write(tmp_path, rows), "P", WARDS)
    for word in words:
        assert word in str(caught.value)


def test_all_faults_come_at_once():
    table = pd.DataFrame(
        [("W9", "Nine", "N1", "North"), ("W1", "One", "N1", "North"), ("W1", "One", "N1", "North")],
        columns=["ward_code", "ward_name", "neighbourhood_code", "neighbourhood_name"],
    )
    with pytest.raises(
        NeighbourhoodError, match=r"W9.*W1.*more than once.*W2.*missing.*W3.*missing.*W4.*missing"
    ):
        check_list(table, WARDS, "town.csv")


def test_a_neighbourhood_in_two_pieces_is_a_warning_not_a_refusal(tmp_path):
    rows = [
        ("W1", "One", "N1", "North"),
        ("W2", "Two", "N2", "South"),
        ("W3", "Three", "N1", "North"),
        GOOD[3],
    ]
    found = read_neighbourhoods(write(tmp_path, rows), "P", WARDS)
    assert [warning for warning in found.warnings if "North (N1) is in 2 pieces" in warning]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (None, "town.toml is missing"),
        ('status = "draft"\nsource = "x"\ndate = "y"\n', "'draft'; expected 'official' or 'working'"),
        ('status = "working"\ndate = "y"\n', "'source' is missing"),
        ("status = working\n", "cannot be read as TOML"),
    ],
)
def test_the_header_must_say_what_the_list_is(tmp_path, header, words):
    with pytest.raises(NeighbourhoodError, match=words):
        read_neighbourhoods(write(tmp_path, GOOD, header), "P", WARDS)


def test_a_file_without_its_columns_or_not_there_is_refused(tmp_path):
    path = tmp_path / "town.csv"
    path.write_text("ward,neighbourhood\nW1,N1\n")
    with pytest.raises(NeighbourhoodError, match="no column ward_code"):
        read_neighbourhoods(path, "P", WARDS)
    with pytest.raises(NeighbourhoodError, match="is missing"):
        read_neighbourhoods(tmp_path / "other.csv", "P", WARDS)
