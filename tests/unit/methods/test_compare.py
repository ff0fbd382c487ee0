"""Comparison by limits: every outcome, the edges, and refusals."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods import compare
from methods.compare import CompareError, against, against_two_levels, direction, judge, judge_levels
from methods.intervals import wilson


def test_every_outcome():
    found = against([60, 52, 40, np.nan, 60], [70, 58, 50, 70, 70], [55, 55, 55, 55, np.nan])
    assert found.tolist() == ["higher", "similar", "lower", "not compared", "not compared"]


def test_a_limit_that_touches_the_benchmark_is_similar():
    assert against([55, 40], [60, 55], 55).tolist() == ["similar", "similar"]


def test_one_benchmark_for_each_figure():
    assert against([1, 1], [2, 2], [0, 3]).tolist() == ["higher", "lower"]


@pytest.mark.parametrize("missing", [(None, 2, 1), (1, None, 1), (1, 2, None), (float("nan"), 2, 1)])
def test_without_a_number_nothing_is_claimed(missing):
    assert direction(*missing) == "not compared"


def test_crossed_limits_are_refused():
    with pytest.raises(CompareError, match="1 lower limits are above"):
        against([1, 5], [2, 4], 3)


@pytest.mark.parametrize(
    ("found", "polarity", "word"),
    [
        ("higher", "high-is-worse", "worse"),
        ("lower", "high-is-worse", "better"),
        ("higher", "high-is-better", "better"),
        ("lower", "high-is-better", "worse"),
        ("higher", "neutral", "higher"),
        ("lower", "neutral", "lower"),
        ("similar", "high-is-worse", "similar"),
        ("similar", "neutral", "similar"),
        ("not compared", "high-is-better", "not compared"),
    ],
)
def test_words_follow_polarity(found, polarity, word):
    assert judge(found, polarity) == word


def test_an_unknown_polarity_is_refused():
    with pytest.raises(CompareError, match="high-is-good"):
        judge("higher", "high-is-good")


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(-1e6, 1e6))
def test_wider_limits_never_turn_similar_into_different(middle, width, mark):
    narrow = direction(middle - width, middle + width, mark)
    wide = direction(middle - 2 * width - 1, middle + 2 * width + 1, mark)
    assert wide in (narrow, "similar")


def test_the_examples_in_the_docstrings_run():
    result = doctest.testmod(compare)
    assert result.attempted >= 4
    assert result.failed == 0


def test_two_levels_and_every_outcome():
    found = against_two_levels(
        [60, 56, 50, 40, 30, np.nan],
        [70, 66, 60, 52, 40, 60],
        [58, 54, 48, 38, 28, 40],
        [72, 68, 62, 58, 42, 70],
        55,
    )
    assert found.tolist() == [
        "higher (99.8%)",
        "higher (95%)",
        "similar",
        "lower (95%)",
        "lower (99.8%)",
        "not compared",
    ]


def test_without_the_wider_limits_nothing_is_claimed_at_two_levels():
    assert against_two_levels(60, 70, np.nan, np.nan, 55).tolist() == "not compared"


def test_limits_that_changed_places_are_refused():
    with pytest.raises(CompareError, match="changed places"):
        against_two_levels(58, 72, 60, 70, 55)


@pytest.mark.parametrize(
    ("found", "polarity", "words"),
    [
        ("higher (99.8%)", "high-is-worse", "worse (99.8%)"),
        ("lower (95%)", "high-is-worse", "better (95%)"),
        ("higher (95%)", "neutral", "higher (95%)"),
        ("similar", "high-is-better", "similar"),
        ("not compared", "high-is-better", "not compared"),
    ],
)
def test_words_of_two_levels_follow_polarity(found, polarity, words):
    assert judge_levels(found, polarity) == words


@given(st.integers(0, 200), st.integers(1, 200), st.floats(0, 1))
def test_the_two_levels_never_contradict_the_one(x, extra, mark):
    _, low95, high95 = wilson(x, x + extra)
    _, low998, high998 = wilson(x, x + extra, 0.998)
    one = str(against(low95, high95, mark))
    assert str(against_two_levels(low95, high95, low998, high998, mark)).split(" ")[0] == one
