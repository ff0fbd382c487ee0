"""Simplified areas still share their edges."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from geo.simplify import dissolve, simplify_coverage, to_degrees

EDGE = [(1000 + 5 * (-1) ** i, y) for i, y in enumerate(range(0, 1001, 20))]


def two_areas() -> gpd.GeoDataFrame:
    """Two areas with a jagged common edge, near Liverpool so that the grid makes sense."""
    move = lambda ring: [(x + 335_000, y + 390_000) for x, y in ring]  # noqa: E731
    left = Polygon(move([(0, 0), *EDGE, (0, 1000)]))
    right = Polygon(move([(2000, 0), (2000, 1000), *reversed(EDGE)]))
    return gpd.GeoDataFrame(
        {"area_code": ["L", "R"], "place_code": ["P", "P"]}, geometry=[left, right], crs="EPSG:27700"
    )


def test_a_common_edge_stays_common_and_gets_lighter():
    areas = two_areas()
    light = to_degrees(simplify_coverage(areas, 40))
    assert shapely.coverage_is_valid(light.geometry.to_numpy())
    assert light.is_valid.all()
    before = shapely.get_num_coordinates(areas.geometry.to_numpy()).sum()
    assert shapely.get_num_coordinates(light.geometry.to_numpy()).sum() < before / 3


def test_the_whole_is_outlined_by_its_parts():
    light = simplify_coverage(two_areas(), 40)
    whole = dissolve(light, "place_code")
    assert whole["area_code"].tolist() == ["P"]
    assert shapely.union_all(light.geometry.to_numpy()).equals(whole.geometry.iloc[0])


def test_coordinates_have_five_decimals():
    light = to_degrees(simplify_coverage(two_areas(), 40))
    xy = shapely.get_coordinates(light.geometry.to_numpy())
    assert np.array_equal(xy, np.round(xy, 5))


def test_overlapping_areas_are_refused():
    areas = gpd.GeoDataFrame(
        {"area_code": ["A", "B"]}, geometry=[box(0, 0, 10, 10), box(5, 0, 15, 10)], crs="EPSG:27700"
    )
    with pytest.raises(ValueError, match="overlap"):
        simplify_coverage(areas, 1)
