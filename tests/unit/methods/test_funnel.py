"""Funnel limits against PHEindicatormethods' published test vectors, and agreement with limits of figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.compare import against
from methods.funnel import place, proportion_funnel, rate_funnel
from methods.intervals import poisson_limits, wilson
from methods.results import MethodError

# Rows of the package's file of expected outputs for a baseline of 80.642448%
PROPORTIONS = [
    # population, lower 95, upper 95, lower 99.8, upper 99.8
    (1, 3.204264, 100, 0, 100),
    (16, 61.282902, 100, 50.118675, 100),
    (45, 69.098645, 92.186251, 62.441586, 98.843309),
    (102, 72.974925, 88.309971, 68.553233, 92.731663),
    (1008, 78.203374, 83.081521, 76.796814, 84.488082),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]
# Rows of its expected outputs for rates, three years, baseline 116.1720835 per 100,000: an area of this
# one-year population meets the limit exactly with this many events
RATES = [
    # events, population and rate at the lower 95% limit, then at the upper 99.8% limit
    (1, 1598.675694, 20.85059119, 0.287087625, 116108.569),
    (5, 3348.002593, 49.78092521, 212.14848, 785.6132963),
    (9, 4902.152951, 61.19760093, 703.6760012, 426.3325728),
    (10, 5276.757672, 63.17010446, 849.4639547, 392.4043292),
    (110, 38041.18771, 96.38675572, 23073.38252, 158.91327),
    (1360, 411529.9259, 110.158048, 358342.3275, 126.5084525),
]


@pytest.mark.parametrize("row", PROPORTIONS)
def test_published_limits_of_a_proportion(row):
    n, *expected = row
    found = proportion_funnel([n], 80.642448)
    limits = [found.lower95[0], found.upper95[0], found.lower998[0], found.upper998[0]]
    assert limits == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize("row", RATES)
def test_published_limits_of_a_rate(row):
    events, low_people, low_rate, high_people, high_rate = row
    found = rate_funnel([3 * low_people, 3 * high_people], 116.1720835)
    # the file has exact limits throughout, we have Byar's from 10 events upwards, as everywhere else
    near = 1e-5 if events < 10 else 1e-2 if events == 10 else 2e-4
    assert found.lower95[0] == pytest.approx(low_rate, rel=near)
    assert found.upper998[1] == pytest.approx(high_rate, rel=near)
    assert found.lower95[0] * 3 * low_people / 1e5 == pytest.approx(events, rel=near)


@given(st.integers(0, 400), st.integers(1, 400), st.floats(1, 99))
def test_a_proportion_lies_outside_exactly_where_its_limits_exclude_the_benchmark(x, extra, benchmark):
    n = x + extra
    funnel = proportion_funnel([n], benchmark)
    for level, low, high in (
        (0.95, funnel.lower95, funnel.upper95),
        (0.998, funnel.lower998, funnel.upper998),
    ):
        _, lower, upper = wilson(x, n, level)
        word = str(against(100 * lower, 100 * upper, benchmark))
        value = 100 * x / n
        if min(abs(value - low[0]), abs(value - high[0])) > 1e-6:
            assert (value > high[0], value < low[0]) == (word == "higher", word == "lower")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 400), st.floats(1, 400))
def test_a_rate_lies_outside_exactly_where_its_limits_exclude_the_benchmark(x, expected):
    funnel = rate_funnel([1000], expected, per=1000)
    for level, low, high in (
        (0.95, funnel.lower95, funnel.upper95),
        (0.998, funnel.lower998, funnel.upper998),
    ):
        word = str(against(*poisson_limits(x, level), expected))
        if min(abs(x - low[0]), abs(x - high[0])) > 1e-6:
            assert (x > high[0], x < low[0]) == (word == "higher", word == "lower")


def test_funnels_narrow_as_areas_grow():
    sizes = np.array([50, 500, 5000, 50_000])
    for found in (proportion_funnel(sizes, 20), rate_funnel(sizes, 20, per=100)):
        assert np.all(found.lower998 <= found.lower95)
        assert np.all(found.lower95 < found.benchmark)
        assert np.all(found.upper95 <= found.upper998)
        assert np.all(np.diff(found.upper95 - found.lower95) < 0)


def test_places_in_the_funnel():
    funnel = proportion_funnel([100] * 5, 50)
    found = place([75, 61, 50, 39, 30], [100] * 5, funnel, per=100)
    assert found.tolist() == ["high (99.8%)", "high (95%)", "within", "low (95%)", "low (99.8%)"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion_funnel([0], 50), "denominator is 0 or less"),
        (lambda: proportion_funnel([10], 101), "not between 0 and 100"),
        (lambda: proportion_funnel([10], float("nan")), "not between"),
        (lambda: rate_funnel([10], 0), "above 0"),
        (lambda: rate_funnel([np.nan], 5), "denominator is missing"),
        (lambda: place([1], [10], proportion_funnel([11], 50), per=100), "other denominators"),
        (lambda: place([1, 2], [10, 10], proportion_funnel([10], 50), per=100), "lengths differ"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()
