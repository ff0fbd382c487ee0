"""Gaps and burden against Newcombe's published intervals, statsmodels, arithmetic and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from methods.gap import burden, figure, gap
from methods.results import Estimate, MethodError


@pytest.mark.parametrize(
    ("a", "b", "lower", "upper"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_published_intervals(a, b, lower, upper):
    found = gap(figure(*a, "proportion"), figure(*b, "proportion")).absolute
    assert found.value == pytest.approx(a[0] / a[1] - b[0] / b[1])
    assert found.lower == pytest.approx(lower, abs=6e-5)
    assert found.upper == pytest.approx(upper, abs=6e-5)


@given(st.integers(0, 60), st.integers(60, 90), st.integers(0, 50), st.integers(50, 200))
def test_the_difference_of_proportions_is_that_of_statsmodels(x1, n1, x2, n2):
    found = gap(figure(x1, n1, "proportion"), figure(x2, n2, "proportion")).absolute
    low, high = confint_proportions_2indep(x1, n1, x2, n2, compare="diff", method="newcomb")
    assert (found.lower, found.upper) == pytest.approx((low, high), abs=1e-9)


def test_the_ratio_is_close_to_katz_with_large_counts():
    found = gap(figure(600, 2000, "proportion"), figure(400, 2000, "proportion")).relative
    low, high = confint_proportions_2indep(600, 2000, 400, 2000, compare="ratio", method="log")
    assert found.value == pytest.approx(1.5)
    assert (found.lower, found.upper) == pytest.approx((low, high), rel=2e-3)


def test_turning_the_gap_round_turns_its_limits_round():
    a, b = figure(30, 200, "rate"), figure(12, 190, "rate")
    there, back = gap(a, b), gap(b, a)
    assert (there.absolute.lower, there.absolute.upper) == pytest.approx(
        (-back.absolute.upper, -back.absolute.lower)
    )
    assert (there.relative.lower, there.relative.upper) == pytest.approx(
        (1 / back.relative.upper, 1 / back.relative.lower)
    )


def test_without_a_case_there_is_no_ratio_and_it_says_why():
    found = gap(figure(5, 50, "proportion"), figure(0, 50, "proportion"))
    assert found.relative is None
    assert "above 0" in found.why_not


def test_a_lower_limit_of_0_leaves_the_ratio_open():
    found = gap(Estimate(3, 1, 5, 0.95, "x"), Estimate(1, 0, 2, 0.95, "x")).relative
    assert found.upper == np.inf
    assert 0 < found.lower < 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gap(Estimate(1, 0, 2, 0.95, ""), Estimate(1, 0, 2, 0.998, "")), "cannot be combined"),
        (lambda: gap(Estimate(1, 0, np.nan, 0.95, ""), Estimate(1, 0, 2, 0.95, "")), "limits are missing"),
        (lambda: gap(Estimate(3, 0, 2, 0.95, ""), Estimate(1, 0, 2, 0.95, "")), "outside its limits"),
        (lambda: figure(1, 2, "ratio"), "unknown kind"),
        (lambda: burden([1], [5], "proportion"), "at least 2"),
        (lambda: burden([1, np.nan], [5, 5], "proportion"), "numerator is missing"),
        (
            lambda: burden([6, 1], [5, 5], "proportion"),
            r"larger than its denominator.*position 0 \(value 6\)",
        ),
        (lambda: burden([1, 1], [5, 5], "rate", least=2), "no group at position 2"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()


CASES, PEOPLE = [900, 700, 600, 500, 300], [5000, 5200, 4800, 5100, 4900]


def test_excess_cases_are_those_beyond_the_least_deprived_rate():
    found = burden(CASES, PEOPLE, "proportion", scale=100)
    q = 300 / 4900
    assert found.excess_cases.value == pytest.approx(3000 - 25000 * q)
    assert found.par.value == pytest.approx(100 * (3000 / 25000 - q))
    assert found.par_percent.value == pytest.approx(100 * (3000 / 25000 - q) / (3000 / 25000))
    assert found.excess_cases.lower > 0


def test_limits_agree_with_simulation():
    found = burden(CASES, PEOPLE, "proportion")
    chance = np.random.default_rng(3)
    x = chance.binomial(PEOPLE, np.array(CASES) / PEOPLE, size=(20_000, 5))
    excess = x.sum(axis=1) - sum(PEOPLE) * x[:, -1] / PEOPLE[-1]
    percent = 100 * excess / x.sum(axis=1)
    for estimate, drawn in ((found.excess_cases, excess), (found.par_percent, percent)):
        low, high = np.quantile(drawn, [0.025, 0.975])
        width = high - low
        assert estimate.lower == pytest.approx(low, abs=0.06 * width)
        assert estimate.upper == pytest.approx(high, abs=0.06 * width)


def test_where_the_least_deprived_have_more_the_excess_is_negative():
    found = burden([10, 50], [100, 100], "proportion")
    assert found.excess_cases.upper < 0
    assert found.par_percent.value < 0


def test_equal_groups_have_no_significant_excess():
    found = burden([50, 50, 50], [500, 500, 500], "rate", least=0)
    assert found.excess_cases.value == pytest.approx(0)
    assert not found.excess_cases.excludes(0)


def test_without_a_case_among_the_least_deprived_there_is_no_percentage():
    found = burden([5, 0], [100, 100], "proportion")
    assert found.par_percent is None
    assert found.why_not
    assert found.excess_cases.value == pytest.approx(5)


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(80, 500)), min_size=2, max_size=8))
def test_limits_enclose_their_values(pairs):
    x, n = zip(*pairs, strict=True)
    found = burden(x, n, "proportion")
    for estimate in (found.excess_cases, found.par, found.par_percent):
        if estimate is not None:
            assert estimate.lower - 1e-9 <= estimate.value <= estimate.upper + 1e-9
