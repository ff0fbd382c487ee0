"""Likeness: what a distance must be, whatever the measures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from methods.results import MethodError
from methods.similarity import closest, nearest, standardised

TABLES = arrays(float, st.tuples(st.integers(4, 12), st.just(3)), elements=st.floats(-5, 5, width=16)).filter(
    lambda table: bool((table.std(axis=0) > 1e-3).all())
)


def apart(points: np.ndarray) -> np.ndarray:
    return np.linalg.norm(points[:, None] - points[None], axis=2)


@given(TABLES)
def test_distance_is_symmetric_and_none_from_oneself(table):
    groups = [str(i) for i in range(len(table))]
    points = standardised(table, [1, 2, 3])
    found, distance = nearest(points, groups, np.arange(len(table)), len(table) - 1)
    assert all(i not in row for i, row in enumerate(found))
    there = {(i, int(j)): d for i, row in enumerate(found) for j, d in zip(row, distance[i], strict=True)}
    assert all(there[i, j] == pytest.approx(there[j, i], abs=1e-12) for i, j in there)
    assert (np.diff(distance, axis=1) >= 0).all()


@given(TABLES, st.floats(0.1, 50), st.floats(-10, 10))
def test_neither_the_unit_of_a_measure_nor_the_size_of_all_weights_matters(table, factor, shift):
    changed = table.copy()
    changed[:, 0] = changed[:, 0] * factor + shift
    one, other = standardised(table, [1, 2, 3]), standardised(changed, [10, 20, 30])
    np.testing.assert_allclose(apart(one), apart(other), atol=1e-6)


def test_a_distance_is_the_weighted_root_mean_square_difference_in_standard_deviations():
    table = np.array([[0.0, 10.0], [2.0, 30.0], [4.0, 20.0]])
    points = standardised(table, [3, 1])
    z = (table - table.mean(axis=0)) / table.std(axis=0)
    by_hand = np.sqrt(0.75 * (z[0, 0] - z[1, 0]) ** 2 + 0.25 * (z[0, 1] - z[1, 1]) ** 2)
    _, distance = nearest(points, ["a", "b", "c"], [0], 2)
    assert by_hand == pytest.approx(apart(points)[0, 1])
    assert min(abs(distance[0] - by_hand)) < 1e-12


def test_the_own_group_is_left_out_even_where_it_is_nearest():
    points = np.array([[0.0], [0.1], [5.0], [9.0]])
    found, distance = nearest(points, ["x", "x", "y", "z"], [0, 2], 2)
    assert found.tolist() == [[2, 3], [3, 1]]
    assert distance[0].tolist() == [5.0, 9.0]
    assert closest(points, ["x", "x", "y", "z"]).tolist() == pytest.approx([5.0, 4.9, 4.0, 4.0])


@pytest.mark.parametrize(
    ("table", "weights", "words"),
    [
        ([[1.0, np.nan], [2.0, 3.0]], [1, 1], "missing"),
        ([[1.0, 2.0], [2.0, 3.0]], [1, 0], "above 0"),
        ([[1.0, 2.0], [1.0, 3.0]], [1, 1], "same everywhere"),
        ([[1.0, 2.0], [2.0, 3.0]], [1], "do not fit"),
    ],
)
def test_what_cannot_be_compared_is_refused(table, weights, words):
    with pytest.raises(MethodError, match=words):
        standardised(table, weights)


def test_too_few_others_are_refused():
    with pytest.raises(MethodError, match="fewer than 2"):
        nearest(np.array([[0.0], [1.0], [2.0]]), ["x", "x", "y"], [0], 2)
