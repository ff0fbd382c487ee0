"""Map classes: missing stands apart, legend and map agree, natural breaks are the best there are."""

from __future__ import annotations

from itertools import combinations

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.classify import METHODS, MISSING, Classes, classify, natural_breaks

FREE = [method for method in METHODS if method != "national-decile"]
numbers = st.lists(
    st.one_of(st.floats(-1e6, 1e6, allow_nan=False), st.just(float("nan"))), min_size=1, max_size=60
)


def agrees(result: Classes, values: np.ndarray) -> None:
    """Ranges, counts, classes and breaks say the same."""
    assert sum(result.counts) + result.missing == len(values)
    for i, span in enumerate(result.ranges):
        members = values[result.of == i]
        assert len(members) == result.counts[i]
        if span is None:
            assert len(members) == 0
            continue
        assert span == (members.min(), members.max())
        if i:
            assert span[0] >= result.breaks[i - 1]
        if i < len(result.breaks):
            assert span[1] < result.breaks[i]


@given(numbers, st.sampled_from(FREE), st.integers(1, 5))
def test_classes_breaks_ranges_and_counts_agree(values, method, most):
    array = np.array(values)
    result = classify(array, method, most=most)
    agrees(result, array)
    assert result.size <= most
    assert (result.of[np.isnan(array)] == MISSING).all()
    assert (result.of[~np.isnan(array)] >= 0).all()
    assert all(count > 0 for count in result.counts)


@given(numbers, st.sampled_from(FREE))
def test_a_larger_value_is_never_in_a_lower_class(values, method):
    array = np.array([value for value in values if value == value])
    result = classify(array, method)
    order = np.argsort(array)
    assert (np.diff(result.of[order]) >= 0).all()


def test_missing_is_not_in_the_top_class():
    result = classify([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, np.nan], "quantile")
    assert result.of[-1] == MISSING
    assert result.missing == 1
    assert result.counts[-1] == 2


def test_all_missing_gives_no_classes():
    result = classify([np.nan, np.nan], "quantile")
    assert result.size == 0
    assert result.breaks == ()
    assert result.missing == 2


def test_quantiles_split_evenly():
    result = classify(np.arange(100.0), "quantile")
    assert result.counts == (20, 20, 20, 20, 20)


def test_ties_give_fewer_classes_and_never_an_empty_one():
    result = classify([0.0] * 90 + [float(x) for x in range(1, 11)], "quantile")
    assert result.size < 5
    assert min(result.counts) > 0


def test_few_different_values_have_a_class_each():
    result = classify([3.0, 1.0, 2.0, 2.0], "quantile")
    assert result.breaks == (2.0, 3.0)
    assert result.counts == (1, 2, 1)


def test_equal_interval():
    result = classify([0.0, 1.0, 9.9, 10.0, 49.0, 50.0, 29.0], "equal-interval")
    assert result.of.tolist() == [0, 0, 0, 1, 4, 4, 2] or result.of[-2] == result.size - 1
    assert result.of[0] == result.of[2]
    assert result.of[0] != result.of[3]


def test_national_tenths_are_cut_at_fifths():
    result = classify([float(x) for x in range(1, 11)], "national-decile")
    assert result.of.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert classify([1.0, 10.0], "national-decile").counts == (1, 0, 0, 0, 1)


def test_values_are_rounded_as_they_are_shown():
    result = classify([1.04, 0.96, 2.0], "quantile", decimals=1)
    assert result.of[0] == result.of[1]


def test_given_cuts_are_used_as_they_are():
    result = classify([5.0, 15.0, 25.0], "quantile", cuts=[10, 20])
    assert result.of.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="ascend"):
        classify([1.0], "quantile", cuts=[20, 10])


@pytest.mark.parametrize("bad", [{"method": "jenks"}, {"method": "quantile", "most": 6}])
def test_unknown_methods_and_numbers_of_classes_are_refused(bad):
    with pytest.raises(ValueError, match=r"unknown classification|1 to 5"):
        classify([1.0, 2.0], **bad)


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        classify([1.0, np.inf], "quantile")


def within(values: np.ndarray, breaks: tuple[float, ...]) -> float:
    """Sum of squared distances to class means."""
    of = np.searchsorted(np.array(breaks), values, side="right")
    return float(sum(((values[of == i] - values[of == i].mean()) ** 2).sum() for i in np.unique(of)))


@given(st.lists(st.integers(0, 40), min_size=6, max_size=14), st.integers(2, 4))
def test_no_other_cut_beats_natural_breaks(values, classes):
    array = np.array(values, dtype=float)
    distinct = np.unique(array)
    if len(distinct) < classes:
        with pytest.raises(ValueError, match="distinct"):
            natural_breaks(array, classes)
        return
    best = min(within(array, cuts) for cuts in combinations(distinct[1:], classes - 1))
    assert within(array, natural_breaks(array, classes)) == pytest.approx(best, abs=1e-6)


def test_natural_breaks_are_those_of_mapclassify():
    values = np.random.default_rng(20251).gamma(2.0, 10.0, 300)
    theirs = mapclassify.FisherJenks(values, k=5)
    ours = classify(values, "natural-breaks")
    assert ours.counts == tuple(theirs.counts)
    assert ours.of.tolist() == theirs.yb.tolist()


def test_large_values_far_from_zero_keep_their_breaks():
    values = np.array([1.0, 2.0, 11.0, 12.0, 21.0, 22.0])
    assert natural_breaks(values + 1e9, 3) == (11 + 1e9, 21 + 1e9)
