"""Population weights: nobody is lost, nobody is counted twice, and strays find their home."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo.weights import contained, locate, output_area_lookup, settle, shares

LEFT, RIGHT = box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)


def areas(shapes: dict[str, object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"area_code": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:27700")


def points(xy: list[tuple[float, float]], people: list[int]) -> gpd.GeoDataFrame:
    codes = [f"O{i}" for i in range(len(xy))]
    return gpd.GeoDataFrame(
        {"oa_code": codes, "population": people}, geometry=[Point(*p) for p in xy], crs="EPSG:27700"
    )


def test_a_point_just_off_the_coast_belongs_to_the_nearest_area_and_a_far_one_to_none():
    where = locate(points([(-100, 500), (-200, 500), (1500, 500)], [1, 1, 1]), areas({"L": LEFT, "R": RIGHT}))
    assert where.tolist() == ["L", None, "R"]


def test_shares_split_people_by_where_they_live():
    lookup = pd.DataFrame(
        {"lsoa": ["A", "A", "A", "B"], "ward": ["W", "W", "X", "X"], "population": [100, 200, 100, 50]}
    )
    table = shares(lookup, "lsoa", "ward").set_index(["from_code", "to_code"])["share"]
    assert table.to_dict() == {("A", "W"): 0.75, ("A", "X"): 0.25, ("B", "X"): 1.0}


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from("WXYZ"), st.integers(1, 500)),
        min_size=1,
        max_size=60,
    )
)
def test_shares_of_one_area_sum_to_one_and_people_are_kept(rows):
    lookup = pd.DataFrame(rows, columns=["lsoa", "ward", "population"])
    table = shares(lookup, "lsoa", "ward")
    assert table.groupby("from_code")["share"].sum().to_numpy() == pytest.approx(1)
    assert table["population"].sum() == lookup["population"].sum()
    assert contained(table).between(0, 1).all()


def test_contained_is_the_share_of_people_in_areas_wholly_inside():
    lookup = pd.DataFrame({"lsoa": ["A", "A", "B"], "ward": ["W", "X", "X"], "population": [100, 100, 300]})
    assert contained(shares(lookup, "lsoa", "ward")).to_dict() == {"W": 0.0, "X": 0.75}


def test_an_output_area_across_a_generalised_edge_goes_where_the_census_total_says():
    # O1's centroid lies 20 m inside L, but R is short of exactly its 300 people
    spots = points([(500, 500), (980, 500), (1500, 500)], [1200, 300, 900])
    lookup = output_area_lookup(spots, {"lsoa": areas({"L": LEFT, "R": RIGHT})})
    assert lookup["lsoa"].tolist() == ["L", "L", "R"]
    settled = settle(lookup, spots, areas({"L": LEFT, "R": RIGHT}), pd.Series({"L": 1203, "R": 1198}))
    assert settled["lsoa"].tolist() == ["L", "R", "R"]


def test_settling_leaves_disclosure_noise_and_far_output_areas_alone():
    spots = points([(500, 500), (600, 500), (1500, 500)], [1200, 300, 900])
    lookup = output_area_lookup(spots, {"lsoa": areas({"L": LEFT, "R": RIGHT})})
    # R is short of 300, but the nearest candidate is 400 m away
    totals = pd.Series({"L": 1200, "R": 1200})
    assert settle(lookup, spots, areas({"L": LEFT, "R": RIGHT}), totals)["lsoa"].tolist() == ["L", "L", "R"]
