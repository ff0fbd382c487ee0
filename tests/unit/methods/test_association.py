"""Rank correlation against scipy, by simulation, and its refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from methods.association import rank_correlation
from methods.results import MethodError


def test_the_value_is_spearmans():
    random = np.random.default_rng(1)
    x = random.normal(size=64)
    y = x + random.normal(size=64)
    found = rank_correlation(x, y)
    assert found.value == pytest.approx(stats.spearmanr(x, y).statistic)
    assert found.lower < found.value < found.upper
    assert rank_correlation(x, -y).value == pytest.approx(-found.value)


def test_unrelated_figures_are_called_related_about_one_time_in_twenty():
    random = np.random.default_rng(2)
    wrong = sum(rank_correlation(*random.normal(size=(2, 40))).excludes(0) for _ in range(600))
    assert 0.02 <= wrong / 600 <= 0.08


def test_the_same_order_is_one_with_finite_limits():
    found = rank_correlation(range(12), range(12))
    assert found.value == pytest.approx(1)
    assert 0.99 < found.lower <= found.upper <= 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ([1.0] * 12, range(12), "the same in all areas"),
        (range(9), range(9), "at least 10"),
        ([*range(11), np.nan], range(12), "missing"),
        (range(12), range(11), "lengths differ"),
    ],
)
def test_bad_input_is_refused(first, second, said):
    with pytest.raises(MethodError, match=said):
        rank_correlation(list(first), list(second))
