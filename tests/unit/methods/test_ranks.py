"""Ranks: order, ranges against exact probabilities, and what cannot be separated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.gap import figure, gap
from methods.ranks import ranks
from methods.results import MethodError


def test_the_same_seed_gives_the_same_ranges():
    v = np.array([5.0, 4, 4, 1])
    first, second = ranks(v, v - 2, v + 2), ranks(v, v - 2, v + 2)
    assert first.lower.tolist() == second.lower.tolist()
    assert first.upper.tolist() == second.upper.tolist()
    assert first.value.tolist() == [1, 2, 2, 4]


def test_figures_that_are_certain_have_one_rank_each():
    found = ranks([3, 9, 5], [3, 9, 5], [3, 9, 5])
    assert found.lower.tolist() == found.value.tolist() == found.upper.tolist() == [3, 1, 2]
    assert found.cannot_be_separated_from(0) == ()


def test_equal_figures_can_hold_any_rank_and_cannot_be_separated():
    v = np.full(10, 50.0)
    found = ranks(v, v - 5, v + 5)
    assert set(found.lower) == {1}
    assert set(found.upper) == {10}
    assert found.cannot_be_separated_from(4) == (0, 1, 2, 3, 5, 6, 7, 8, 9)


@pytest.mark.parametrize(("distance", "upper"), [(2.7, 2), (2.85, 1)])
def test_a_range_closes_where_the_chance_of_changing_places_falls_below_the_tail(distance, upper):
    # standard error 1 each: the difference has 1.414, and 2.77 of it is where 2.5% change places
    found = ranks([distance, 0], [distance - 1.96, -1.96], [distance + 1.96, 1.96], draws=100_000)
    assert found.upper[0] == upper


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(80, 200)), min_size=2, max_size=8))
def test_separable_is_where_the_gap_excludes_0(pairs):
    figures = [figure(x, n, "proportion") for x, n in pairs]
    v, low, high = ([getattr(f, name) for f in figures] for name in ("value", "lower", "upper"))
    found = ranks(v, low, high, draws=1000)
    for i, a in enumerate(figures):
        for j, b in enumerate(figures):
            expected = gap(a, b).absolute
            if i != j and min(abs(expected.lower), abs(expected.upper)) > 1e-9:
                assert found.separable[i, j] == expected.excludes(0)
    assert np.all(found.lower <= found.value)
    assert np.all(found.value <= found.upper)


def test_limits_of_another_confidence_are_rescaled():
    v = np.array([10.0, 8, 6, 4])
    a = ranks(v, v - 1.959964, v + 1.959964)
    b = ranks(v, v - 3.090232, v + 3.090232, limits_confidence=0.998)
    assert a.upper.tolist() == b.upper.tolist()
    assert np.array_equal(a.separable, b.separable)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ranks([1], [0], [2]), "at least 2"),
        (lambda: ranks([1, np.nan], [0, 0], [2, 2]), r"value is missing.*position 1"),
        (lambda: ranks([1, 5], [0, 0], [2, 2]), "outside its limits"),
        (lambda: ranks([1, 1], [0, 0], [2, 2], draws=10), "at least 1,000 draws"),
        (lambda: ranks([1, 1], [0, 0], [2, 2]).cannot_be_separated_from(2), "no area at position 2"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()
