"""Weighted means against numpy, scipy and statsmodels, and the two kinds of limits."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from methods.results import MethodError
from methods.weighted_mean import weighted_mean

X = [12.0, 30.5, 21.0, 8.0, 17.5, 40.0]
W = [1500, 1200, 1800, 900, 1600, 1400]


def test_the_spread_is_that_of_a_robust_weighted_regression():
    found = weighted_mean(X, W)
    model = sm.WLS(X, np.ones(len(X)), weights=W).fit(cov_type="HC1", use_t=True)
    assert found.value == pytest.approx(float(model.params[0])) == pytest.approx(np.average(X, weights=W))
    assert (found.lower, found.upper) == pytest.approx(tuple(model.conf_int()[0]))


def test_with_equal_weights_it_is_students_interval():
    found = weighted_mean(X, [1] * len(X), confidence=0.9)
    low, high = stats.t.interval(0.9, len(X) - 1, np.mean(X), stats.sem(X))
    assert (found.lower, found.upper) == pytest.approx((low, high))
    assert "spread" in found.method


def test_with_limits_errors_add_up_in_squares_side_by_side():
    found = weighted_mean([10, 20], [100, 300], lower=[8, 16], upper=[13, 21])
    assert found.value == 17.5
    assert found.value - found.lower == pytest.approx(np.hypot(0.25 * 2, 0.75 * 4))
    assert found.upper - found.value == pytest.approx(np.hypot(0.25 * 3, 0.75 * 1))
    assert "independent" in found.method


def test_one_area_with_limits_keeps_them():
    found = weighted_mean([10], [50], lower=[7], upper=[14])
    assert (found.value, found.lower, found.upper) == (10, 7, 14)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 1e4)), min_size=2, max_size=30))
def test_the_mean_lies_among_the_values_and_within_its_limits(pairs):
    x, w = zip(*pairs, strict=True)
    found = weighted_mean(x, w)
    assert min(x) - 1e-6 <= found.value <= max(x) + 1e-6
    assert found.lower <= found.value <= found.upper


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: weighted_mean([1, np.nan], [1, 1]), "value is missing"),
        (lambda: weighted_mean([1, 2], [1, 0]), "weight is 0 or less"),
        (lambda: weighted_mean([1, 2], [1]), "lengths differ"),
        (lambda: weighted_mean([], []), "at least 1"),
        (lambda: weighted_mean([1], [1]), "one small area has no spread"),
        (lambda: weighted_mean([1, 2], [1, 1], lower=[0, 1]), "come together"),
        (lambda: weighted_mean([1, 2], [1, 1], lower=[2, 1], upper=[3, 3]), "outside its limits"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()
