"""Rates against published vectors, the definition worked by hand, and the count-under-10 rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.intervals import IntervalError, byar
from methods.results import MethodError
from methods.standardise import (
    ESP2013,
    ESP2013_BANDS,
    crude_rate,
    directly_standardised_rate,
    standard_population,
)

# Births with Down's syndrome in Michigan, 1950 to 1964, to mothers of five or more, by age of mother; Fay MP,
# Feuer EJ (1997), Statistics in Medicine 16:791-801, table II.
CASES = [0, 8, 63, 112, 262, 295]
BIRTHS = [327, 30666, 123419, 149919, 104088, 34392]
STANDARD = [319933, 931318, 786511, 488235, 237863, 61313]


def test_the_standard_population_is_the_published_one():
    assert len(ESP2013) == len(ESP2013_BANDS) == 19
    assert sum(ESP2013) == sum(standard_population(18)) == 100_000
    assert ESP2013[0] == 5000
    assert ESP2013[ESP2013_BANDS.index("50-54")] == 7000
    assert ESP2013[-1] == 1000
    with pytest.raises(MethodError, match="not 20"):
        standard_population(20)


def test_the_published_rate_of_5_in_100():
    rate = crude_rate(5, 100, per=100)
    assert (round(rate.lower, 5), round(rate.upper, 5)) == (1.62349, 11.66833)
    assert rate.method == "exact Poisson"


def test_the_published_limits_of_65():
    rate = crude_rate(65, 1, per=1)
    assert (round(rate.lower, 5), round(rate.upper, 5)) == (50.16319, 82.84914)
    assert "Byar" in rate.method


def test_down_syndrome_births_by_the_definition():
    rate = directly_standardised_rate(CASES, BIRTHS, standard=STANDARD)
    # by hand, band by band: w * x / n and w**2 * x / n**2, then Byar's limits of 740 cases
    total = sum(STANDARD)
    value = sum(s / total * x / n for s, x, n in zip(STANDARD, CASES, BIRTHS, strict=True))
    variance = sum((s / total) ** 2 * x / n**2 for s, x, n in zip(STANDARD, CASES, BIRTHS, strict=True))
    low = 740 * (1 - 1 / (9 * 740) - 1.959964 / (3 * 740**0.5)) ** 3
    high = 741 * (1 - 1 / (9 * 741) + 1.959964 / (3 * 741**0.5)) ** 3
    assert rate.value == pytest.approx(value * 1e5)
    assert rate.lower == pytest.approx((value + (variance / 740) ** 0.5 * (low - 740)) * 1e5, rel=1e-6)
    assert rate.upper == pytest.approx((value + (variance / 740) ** 0.5 * (high - 740)) * 1e5, rel=1e-6)


def test_with_the_standards_own_age_structure_it_is_the_crude_rate():
    population = np.array(ESP2013) * 3.0
    events = np.arange(19.0)
    rate = directly_standardised_rate(events, population, per=1000)
    crude = crude_rate(events.sum(), population.sum(), per=1000)
    assert (rate.value, rate.lower, rate.upper) == pytest.approx((crude.value, crude.lower, crude.upper))


@given(
    st.lists(st.integers(1, 500), min_size=19, max_size=19),
    st.lists(st.integers(100, 10_000), min_size=19, max_size=19),
    st.floats(0.1, 50),
)
def test_the_rate_lies_among_the_rates_of_its_ages_and_scales(events, people, factor):
    rate = directly_standardised_rate(events, people)
    bands = np.array(events) / np.array(people) * 1e5
    assert bands.min() - 1e-6 <= rate.value <= bands.max() + 1e-6
    assert 0 <= rate.lower < rate.value < rate.upper
    wide = directly_standardised_rate(events, people, confidence=0.998)
    assert wide.lower < rate.lower < rate.upper < wide.upper
    doubled = directly_standardised_rate(events, people, standard=np.array(ESP2013) * factor)
    assert doubled.value == pytest.approx(rate.value)


def test_under_ten_events_no_rate_is_given():
    events = [0.0] * 18 + [9.0]
    with pytest.raises(MethodError, match="9 events are too few"):
        directly_standardised_rate(events, [1000] * 19)
    events[0] = 1
    assert directly_standardised_rate(events, [1000] * 19).value > 0


@pytest.mark.parametrize(
    ("events", "people", "message"),
    [
        ([np.nan] * 19, [1] * 19, "events is missing"),
        ([5] * 19, [0] + [100] * 18, r"population is 0 or less.*position 0"),
        ([-1] + [5] * 18, [100] * 19, "events is negative"),
        ([5] * 19, [100] * 18, "lengths differ"),
        ([5] * 10, [100] * 10, "19 or 18 bands, not 10"),
    ],
)
def test_bad_input_is_refused(events, people, message):
    with pytest.raises(MethodError, match=message):
        directly_standardised_rate(events, people)


def test_limits_follow_byars_upper_tail():
    rate = directly_standardised_rate([10] + [0] * 18, [1000] * 19)
    low, high = byar(10)
    ratio = (rate.upper - rate.value) / (rate.value - rate.lower)
    assert ratio == pytest.approx(float((high - 10) / (10 - low)))


def test_a_confidence_beyond_1_is_refused():
    with pytest.raises((MethodError, IntervalError), match="confidence"):
        crude_rate(5, 100, confidence=95)
