"""Limits against published vectors, their mathematical properties, and refusals."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from methods import intervals
from methods.intervals import IntervalError, byar, exact_poisson, poisson_limits, wilson


def test_wilson_reproduces_the_published_vector():
    value, lower, upper = wilson(65, 100)
    assert float(value) == pytest.approx(0.65)
    assert float(lower) == pytest.approx(0.552544, abs=5e-7)
    assert float(upper) == pytest.approx(0.736358, abs=5e-7)


def test_wilson_at_control_limits_is_wider():
    _, lower95, upper95 = wilson(65, 100)
    _, lower998, upper998 = wilson(65, 100, confidence=0.998)
    assert lower998 < lower95 < upper95 < upper998
    # the score equation by hand, with z = 3.090232
    assert float(lower998) == pytest.approx(0.495495, abs=5e-6)


def test_wilson_at_the_ends_touches_0_and_1():
    value, lower, upper = wilson([0, 20], [20, 20])
    assert value.tolist() == [0, 1]
    assert lower[0] == 0
    assert upper[1] == 1
    assert upper[0] == pytest.approx(0.161125, abs=5e-6)
    assert lower[1] == pytest.approx(1 - 0.161125, abs=5e-6)


def test_byar_reproduces_the_published_vector():
    lower, upper = byar(65)
    assert float(lower) == pytest.approx(50.16319, abs=5e-6)
    assert float(upper) == pytest.approx(82.84914, abs=5e-6)


def test_exact_limits_hold_the_probability_they_promise():
    counts = np.array([1, 2, 5, 9])
    lower, upper = exact_poisson(counts)
    assert np.allclose(1 - stats.poisson.cdf(counts - 1, lower), 0.025)
    assert np.allclose(stats.poisson.cdf(counts, upper), 0.025)


def test_exact_limits_of_nothing_seen():
    lower, upper = exact_poisson(0)
    assert float(lower) == 0
    assert float(upper) == pytest.approx(-np.log(0.025))


@pytest.mark.parametrize("count", [0, 3, 9, 9.9])
def test_counts_under_ten_take_the_exact_limits(count):
    assert np.allclose(poisson_limits(count), exact_poisson(count))
    assert not np.allclose(poisson_limits(count), byar(count), rtol=1e-6)


@pytest.mark.parametrize("count", [10, 65, 1000])
def test_counts_from_ten_take_byars_limits(count):
    assert np.allclose(poisson_limits(count), byar(count))


def test_byar_stays_close_to_exact_from_ten():
    counts = np.arange(10, 400)
    for approximate, exact in zip(byar(counts), exact_poisson(counts), strict=True):
        assert np.all(np.abs(approximate - exact) / exact < 0.005)


def test_shapes_are_kept():
    assert [part.shape for part in wilson(np.ones((3, 2)), 5.0)] == [(3, 2)] * 3
    assert [part.shape for part in poisson_limits([])] == [(0,)] * 2


@given(
    n=st.floats(min_value=0.5, max_value=1e7),
    share=st.floats(min_value=0, max_value=1),
    confidence=st.sampled_from([0.9, 0.95, 0.998]),
)
def test_wilson_encloses_the_value_and_stays_a_proportion(n, share, confidence):
    value, lower, upper = wilson(n * share, n, confidence)
    assert 0 <= lower <= value <= upper <= 1


@given(
    st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=20), st.sampled_from([0.95, 0.998])
)
def test_poisson_limits_enclose_the_count(counts, confidence):
    lower, upper = poisson_limits(counts, confidence)
    assert np.all(lower >= 0)
    assert np.all(lower <= np.array(counts) + 1e-9)
    assert np.all(np.array(counts) <= upper)


@pytest.mark.parametrize(
    ("numerator", "denominator", "message"),
    [
        (1, 0, "denominator is 0"),
        (5, 4, "larger than its denominator"),
        (-1, 4, "numerator is negative"),
        (1, -4, "denominator is negative"),
        (np.nan, 4, "numerator is missing"),
        (1, np.inf, "denominator is missing or not finite"),
    ],
)
def test_wilson_refuses_what_has_no_limits(numerator, denominator, message):
    with pytest.raises(IntervalError, match=message):
        wilson(numerator, denominator)


def test_a_refusal_says_how_many_and_where():
    with pytest.raises(IntervalError, match=r"2 of 4, first at position 1 \(value 7\)"):
        wilson([1, 7, 2, 9], [5, 5, 5, 5])


@pytest.mark.parametrize("method", [byar, exact_poisson, poisson_limits])
@pytest.mark.parametrize("count", [-1, np.nan, [3, -0.5]])
def test_counts_that_cannot_be_are_refused(method, count):
    with pytest.raises(IntervalError):
        method(count)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_confidence_is_a_probability(confidence):
    for call in (
        lambda: wilson(1, 2, confidence),
        lambda: byar(12, confidence),
        lambda: exact_poisson(2, confidence),
    ):
        with pytest.raises(IntervalError, match="confidence"):
            call()


def test_the_examples_in_the_docstrings_run():
    result = doctest.testmod(intervals)
    assert result.attempted >= 6
    assert result.failed == 0
