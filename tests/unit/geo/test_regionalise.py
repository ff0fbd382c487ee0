"""The working grouping: contiguous, even, compact, and the same every time."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo.config import ROOT
from geo.regionalise import SPREAD, _connected, group_wards, neighbours

LIVERPOOL = "E08000012"


def grid(width: int, height: int, people: int = 1000) -> gpd.GeoDataFrame:
    cells = [(x, y) for y in range(height) for x in range(width)]
    return gpd.GeoDataFrame(
        {
            "area_code": [f"W{i:02d}" for i in range(len(cells))],
            "area_name": [f"Ward {i}" for i in range(len(cells))],
            "population": people,
        },
        geometry=[box(x * 1000, y * 1000, x * 1000 + 1000, y * 1000 + 1000) for x, y in cells],
        crs="EPSG:27700",
    )


def liverpool() -> gpd.GeoDataFrame:
    areas = gpd.read_parquet(ROOT / "geo/processed/areas.parquet")
    wards = areas[(areas["area_level"] == "ward") & (areas["place_code"] == LIVERPOOL)]
    return wards.to_crs("EPSG:27700").reset_index(drop=True)


def test_wards_that_meet_in_a_corner_are_not_neighbours():
    assert neighbours(grid(2, 2)) == [{1, 2}, {0, 3}, {0, 3}, {1, 2}]


def test_four_groups_of_a_square_are_its_quarters():
    table = group_wards(grid(4, 4), 4, "T")
    sizes = table.groupby("neighbourhood_code").size()
    assert sizes.tolist() == [4, 4, 4, 4]
    cells = {
        code: sorted(int(w[1:]) for w in part["ward_code"])
        for code, part in table.groupby("neighbourhood_code")
    }
    assert [0, 1, 4, 5] in cells.values()
    assert [10, 11, 14, 15] in cells.values()


def test_codes_run_from_north_to_south():
    table = group_wards(grid(1, 6), 3, "T")
    assert table.loc[table["ward_code"] == "W05", "neighbourhood_code"].item() == "T01"
    assert table.loc[table["ward_code"] == "W00", "neighbourhood_code"].item() == "T03"


def test_the_shipped_working_list_obeys_its_rules():
    wards = liverpool()
    shipped = pd.read_csv(ROOT / "geo/neighbourhoods/liverpool.csv")
    assert sorted(shipped["ward_code"]) == sorted(wards["area_code"])
    assert shipped["neighbourhood_code"].nunique() == 13
    group = wards["area_code"].map(shipped.set_index("ward_code")["neighbourhood_code"])
    people = wards.groupby(group)["population"].sum()
    assert (np.abs(people / people.mean() - 1) <= SPREAD).all()
    links = neighbours(wards)
    for code in people.index:
        assert _connected(set(np.flatnonzero(group == code).tolist()), links), code
    largest = wards.loc[wards.groupby(group)["population"].idxmax()]
    names = shipped.drop_duplicates("neighbourhood_code").set_index("neighbourhood_code")[
        "neighbourhood_name"
    ]
    for code, name in zip(group[largest.index], largest["area_name"], strict=True):
        assert names[code] == f"{name} area"


def test_too_uneven_a_place_is_refused():
    wards = grid(3, 1)
    wards["population"] = [10_000, 100, 100]
    with pytest.raises(ValueError, match="within 25% of the mean"):
        group_wards(wards, 3, "T")
