"""The table of streets, from made-up wards and a made-up delivery of OS Open Names."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.open_names import ZIP, OpenNames
from data.schemas import streets as schema
from data.sources import SourceError, SourceFolder
from data.streets import MOST_ALSO, street_table, streets
from tests.open_names import members, packed, record

SIDE, X0, Y0 = 1_000, 335_000, 391_000
# Nine made-up wards, three by three: W00 in the south-west, W22 in the north-east.
WARDS = gpd.GeoDataFrame(
    {
        "area_code": [f"W{i}{j}" for i in range(3) for j in range(3)],
        "area_name": [f"Ward {i}{j}" for i in range(3) for j in range(3)],
        "place_code": "P1",
    },
    geometry=[
        shapely.box(X0 + i * SIDE, Y0 + j * SIDE, X0 + (i + 1) * SIDE, Y0 + (j + 1) * SIDE)
        for i in range(3)
        for j in range(3)
    ],
    crs="EPSG:27700",
)
COLUMNS = ["name", "kind", "within", "district", "x", "y", "xmin", "ymin", "xmax", "ymax"]


def names(*rows: tuple) -> OpenNames:
    return OpenNames(pd.DataFrame(rows, columns=COLUMNS), 1, "", "")


def row(name, x, y, half=10, kind="street", within="", district=""):
    """A record with its middle at (x, y), metres from the corner of the wards, in a box twice `half` wide."""
    x, y = X0 + x, Y0 + y
    return (name, kind, within, district, x, y, x - half, y - half, x + half, y + half)


def table(*rows):
    return schema.validate(street_table(names(*rows), WARDS, ["Metropolis"]))


def test_a_street_within_a_ward_leads_there_and_nowhere_else():
    (one,) = table(row("Short Street", 500, 500, within="Inventon", district="ZZ4")).to_dict("records")
    assert one == {
        "name": "Short Street", "kind": "street", "part": False, "within": "Inventon", "district": "ZZ4",
        "ward_code": "W00", "also": "", "reach": 0,
    }  # fmt: skip


def test_a_street_whose_box_touches_other_wards_may_run_through_them():
    (one,) = table(row("Border Road", 990, 500, 20)).to_dict("records")
    assert (one["ward_code"], one["also"], one["reach"]) == ("W00", "W10", 1)


def test_parts_of_a_street_lead_to_each_of_their_wards():
    found = table(
        row("Long Road", 500, 500, 600), row("Long Road", 1_500, 500, kind="section"),
        row("Long Road", 1_600, 600, kind="section"),
        row("Long Road", 400, 400, kind="section"),
    ).set_index("ward_code")  # fmt: skip
    # in W00 lies the middle of the street itself
    assert found["part"].to_dict() == {"W00": False, "W10": True}
    assert found.loc["W00", "also"].split() == ["W01", "W10", "W11"]


def test_a_box_over_more_wards_than_can_be_said_is_only_counted():
    (one,) = table(row("Ring Road", 1_500, 1_500, 1_200)).to_dict("records")
    assert (one["ward_code"], one["also"], one["reach"]) == ("W11", "", 8)
    assert one["reach"] > MOST_ALSO


def test_equal_names_of_one_ward_are_one_row_with_what_tells_them_apart():
    (one,) = table(
        row("Mill Lane", 100, 100, district="ZZ5"),
        row("Mill Lane", 800, 800, within="Inventon", district="ZZ4"),
    ).to_dict("records")  # fmt: skip
    assert (one["within"], one["district"]) == ("Inventon", "ZZ4, ZZ5")


def test_settlements_have_a_middle_only_and_a_place_is_not_one_of_them():
    found = table(
        row("Inventon", 990, 500, 400, kind="suburb"), row("Metropolis", 500, 500, kind="city"),
        row("Metropolis", 500, 500, kind="station"),
    )  # fmt: skip
    assert found[["name", "kind", "reach"]].to_numpy().tolist() == [
        ["Inventon", "suburb", 0], ["Metropolis", "station", 0],
    ]  # fmt: skip


def test_what_lies_outside_all_wards_is_left_out():
    assert table(row("Elsewhere Street", -5, 500, 100)).empty


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["A Road", "B Road"]), st.integers(-200, 3_200), st.integers(-200, 3_200),
        st.integers(0, 2_000), st.sampled_from(["street", "section"]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@given(PARTS)
def test_every_ward_with_a_point_of_a_street_is_named_and_every_ward_it_can_reach_is_counted(parts):
    found = table(*[row(name, x, y, half, kind) for name, x, y, half, kind in parts])
    led = set(zip(found["name"], found["ward_code"], strict=True))
    for name, x, y, half, _ in parts:
        at = WARDS[WARDS.intersects(shapely.Point(X0 + x, Y0 + y))]["area_code"]
        if at.empty:
            continue
        own = [code for code in at if (name, code) in led]
        assert own  # a point on a border may count to either side
        box = shapely.box(X0 + x - half, Y0 + y - half, X0 + x + half, Y0 + y + half)
        touched = set(WARDS[WARDS.intersects(box)]["area_code"])
        one = found[(found["name"] == name) & found["ward_code"].isin(own)]
        said = [{ward, *also.split()} for ward, also in zip(one["ward_code"], one["also"], strict=True)]
        counted = np.array([len(touched - {ward}) for ward in one["ward_code"]])
        assert any(touched <= wards for wards in said) or (one["reach"].to_numpy() >= counted).any()
    assert (
        (found["also"].str.split().str.len() == found["reach"]).where(found["reach"] <= MOST_ALSO, True).all()
    )


CONFIG = SimpleNamespace(places=[SimpleNamespace(name="Metropolis")], place=lambda code: CONFIG.places[0])
EVERYWHERE = [
    record(f"Street {i}{j}", X0 + i * SIDE + 500, Y0 + j * SIDE + 500) for i in range(3) for j in range(3)
]


def sources(tmp_path, rows):
    packed(tmp_path / ZIP, members({"SJ28": rows}))
    (tmp_path / "manifest.csv").write_text("path,sha256\n", encoding="utf-8")
    return SourceFolder(tmp_path)


def test_the_file_is_used_and_what_was_used_is_said(tmp_path):
    found = streets(sources(tmp_path, EVERYWHERE), WARDS, CONFIG)
    assert found is not None
    assert found.table["ward_code"].tolist() == sorted(WARDS["area_code"])
    assert found.used["provider"] == "os-open-names"
    assert (found.used["dated"], len(found.used["sha256"]), found.tiles) == ("July 2026", 64, 1)


def test_a_ward_without_any_street_is_a_missing_table(tmp_path):
    with pytest.raises(
        SourceError, match=r"no street in 2 of the 9 wards, the first is Ward 21 in Metropolis"
    ):
        streets(sources(tmp_path, EVERYWHERE[:-2]), WARDS, CONFIG)


def test_without_the_file_there_is_no_table(tmp_path):
    (tmp_path / "manifest.csv").write_text("path,sha256\n", encoding="utf-8")
    assert streets(SourceFolder(tmp_path), WARDS, CONFIG) is None
