"""Neighbours of one area: a stretch of border counts, a corner does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from methods.contiguity import queen, sharing_edge
from methods.results import MethodError


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_on_a_grid_the_neighbours_are_those_beside_above_and_below(width, height, data):
    at = data.draw(st.integers(0, width * height - 1))
    grid = [box(i % width, i // width, i % width + 1, i // width + 1) for i in range(width * height)]
    x, y = at % width, at // width
    beside = {(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)}
    expected = sorted(b * width + a for a, b in beside if 0 <= a < width and 0 <= b < height)
    found = sharing_edge(grid, at)
    assert list(found) == expected
    assert all(at in sharing_edge(grid, other) for other in found)
    assert set(found) <= set(queen(grid).of[at])


def test_an_island_has_none():
    assert sharing_edge([box(0, 0, 1, 1), box(5, 5, 6, 6)], 0) == ()


def test_no_polygon_is_refused():
    with pytest.raises(MethodError, match="no polygon"):
        sharing_edge([box(0, 0, 1, 1), Polygon()], 0)
    with pytest.raises(MethodError, match="no polygon at 2"):
        sharing_edge([box(0, 0, 1, 1), box(1, 0, 2, 1)], 2)
