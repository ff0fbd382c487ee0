"""Concentration index and the spread within neighbourhoods, by definition, simulation and property."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.concentration import concentration, within_spread
from methods.results import MethodError

CASES, PEOPLE, RANK = [90, 70, 60, 50, 30], [500, 520, 480, 510, 490], [5, 4, 3, 2, 1]


def test_the_index_is_twice_the_area_between_diagonal_and_curve():
    found = concentration(CASES, PEOPLE, RANK)
    area = np.trapezoid(found.cases - found.people, found.people)
    assert found.index.value == pytest.approx(-2 * area)
    assert found.index.value < 0
    assert found.index.excludes(0)


def test_it_is_the_covariance_formula_of_the_literature():
    found = concentration(CASES, PEOPLE, RANK)
    x, n = np.array(CASES), np.array(PEOPLE)
    h, share = x / n, n / n.sum()
    rank = np.cumsum(share) - share / 2  # from the most deprived
    mean = (share * h).sum()
    assert found.index.value == pytest.approx(2 * (share * (h - mean) * (rank - 0.5)).sum() / mean)


def test_limits_agree_with_simulation():
    found = concentration(CASES, PEOPLE, RANK).index
    chance = np.random.default_rng(4)
    drawn = chance.binomial(PEOPLE, np.array(CASES) / PEOPLE, size=(5000, 5))
    values = [concentration(row, PEOPLE, RANK).index.value for row in drawn[:2000]]
    assert (found.lower, found.upper) == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.012)


def test_the_error_is_that_of_the_delta_method():
    cases, people, rank = np.array([80.0, 15, 5]), np.array([100, 100, 100]), [3, 2, 1]
    found = concentration(cases, people, rank).index
    steps = [concentration(cases + 1e-4 * unit, people, rank).index.value for unit in np.eye(3)]
    slopes = (np.array(steps) - found.value) / 1e-4
    error = np.sqrt((slopes**2 * cases * (1 - cases / people)).sum())
    assert found.upper - found.value == pytest.approx(1.959964 * error, rel=1e-4)


def test_events_that_repeat_have_wider_limits():
    once = concentration(CASES, PEOPLE, RANK).index
    often = concentration(CASES, PEOPLE, RANK, proportion=False).index
    assert often.value == once.value
    assert often.lower < once.lower


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(90, 500)), min_size=3, max_size=12))
def test_order_does_not_matter_and_turning_round_changes_the_sign(rows):
    x, n = (np.array(part) for part in zip(*rows, strict=True))
    rank = np.arange(x.size)
    found = concentration(x, n, rank)
    mixed = np.random.default_rng(0).permutation(x.size)
    assert concentration(x[mixed], n[mixed], rank[mixed]).index.value == pytest.approx(found.index.value)
    assert concentration(x, n, -rank).index.value == pytest.approx(-found.index.value, abs=1e-12)
    assert -1 <= found.index.lower <= found.index.value <= found.index.upper <= 1
    assert np.all(np.diff(found.cases) >= 0)


def test_ties_are_taken_together():
    apart = concentration([30, 10, 20], [100, 100, 100], [2, 2, 1])
    together = concentration([40, 20], [200, 100], [2, 1])
    assert apart.index.value == pytest.approx(together.index.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: concentration([1], [5], [1]), "at least 2"),
        (lambda: concentration([1, np.nan], [5, 5], [1, 2]), "cases is missing"),
        (lambda: concentration([0, 0], [5, 5], [1, 2]), "no case"),
        (lambda: concentration([6, 0], [5, 5], [1, 2]), "more than people"),
        (lambda: concentration([1, 2], [5, 5], [1, 1]), "equally deprived"),
        (lambda: within_spread([1, np.inf], [1, 1], ["a", "b"]), "infinite"),
        (lambda: within_spread([1, 2], [1, 0], ["a", "b"]), "population is 0 or less"),
        (lambda: within_spread([1, 2], [1, 1], ["a"]), "lengths differ"),
        (lambda: within_spread([np.nan], [1], ["a"]), "every value is missing"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()


def test_the_spread_of_one_neighbourhood_by_hand():
    found = within_spread([10, 20, 40, 30], [100, 100, 100, 300], ["a"] * 4).table.loc["a"]
    assert found[["areas", "missing", "lowest", "highest"]].tolist() == [4, 0, 10, 40]
    assert found["mean"] == pytest.approx((10 + 20 + 40 + 90) / 6)
    # of 600 people, 100 live at 10, 200 at 20 or below, 500 at 30 or below
    assert found[["lower_quarter", "median", "upper_quarter"]].tolist() == [20, 30, 30]


def test_missing_areas_are_set_aside_and_counted_never_taken_as_0():
    table = within_spread([10, np.nan, np.nan], [5, 5, 5], ["a", "a", "b"]).table
    assert table.loc["a", ["areas", "missing", "mean"]].tolist() == [1, 1, 10]
    assert table.loc["b", "missing"] == 1
    assert np.isnan(table.loc["b", "mean"])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-100, 100), st.floats(1, 1000), st.sampled_from("abc")), min_size=2, max_size=40
    )
)
def test_variance_within_and_between_make_the_whole(rows):
    x, n, groups = zip(*rows, strict=True)
    found = within_spread(x, n, groups)
    mean = np.average(x, weights=n)
    total = np.average((np.array(x) - mean) ** 2, weights=n)
    if total < 1e-9:
        return
    people = {g: sum(w for w, other in zip(n, groups, strict=True) if other == g) for g in set(groups)}
    between = sum(people[g] * (found.table.loc[g, "mean"] - mean) ** 2 for g in people) / sum(n)
    assert found.within_share == pytest.approx(1 - between / total, abs=1e-6)
