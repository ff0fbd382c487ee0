"""The five-point test: Fingertips' own vectors, statsmodels, and every way of not being a trend."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from methods.compare import CompareError
from methods.results import MethodError
from methods.trend import Trend, independent_periods, span, trend_of_proportions, trend_of_values

YEARS = ["2014", "2015", "2016", "2017", "2018"]
# Vectors with which Fingertips tests its own trend markers (PholioVisualisation and the trend service of
# FingertipsNext): statistics 46.77 and 47.9; no trend; and series as published with their marker
CASES, PEOPLE = [994, 1023, 1199, 1332, 1367], [40299, 41527, 42811, 44064, 44701]
RATE = [24.67, 24.6, 28, 30.2, 30.6], [23.16, 23.15, 26.44, 28.63, 28.98], [26.25, 26.19, 29.64, 31.9, 32.25]


def test_fingertips_vector_for_values():
    found = trend_of_values(YEARS, *RATE)
    assert round(found.chi_squared, 2) == 46.77
    assert found.outcome == "increasing"


def test_fingertips_vector_for_proportions():
    found = trend_of_proportions(YEARS, CASES, PEOPLE)
    assert round(found.chi_squared, 2) == 47.9
    assert found.outcome == "increasing"


def test_fingertips_vector_without_a_trend():
    found = trend_of_values(
        YEARS,
        [20.5506, 19.5952, 19.0349, 21.3966, 18.4372],
        [18.1803, 17.3444, 16.8421, 19.0918, 16.2925],
        [23.1427, 22.0602, 21.4394, 23.8975, 20.7941],
    )
    assert found.outcome == "no significant change"


@pytest.mark.parametrize(
    ("cases", "people", "outcome"),
    [
        # recorded diabetes, England, 2020 to 2024
        (
            [3455176, 3491868, 3625401, 3774801, 3938080],
            [48783947, 49122259, 49956777, 50649129, 51441896],
            "increasing",
        ),
        # first MMR dose at 2 years, Yorkshire and the Humber
        ([57274, 55865, 53681, 51767, 53185], [61834, 60511, 59074, 57508, 59028], "decreasing"),
    ],
)
def test_series_as_published_with_their_marker(cases, people, outcome):
    assert trend_of_proportions(["2020", "2021", "2022", "2023", "2024"], cases, people).outcome == outcome


def test_a_published_rate_that_rises_after_a_dip():
    found = trend_of_values(
        ["2020", "2021", "2022", "2023", "2024"],
        [2.935, 1.93028, 2.7567, 2.8701, 3.0121],
        [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
        [3.0919, 2.058, 2.9082, 3.0237, 3.1683],
    )
    assert found.outcome == "increasing"


def test_the_statistic_is_that_of_a_weighted_regression():
    y, low, high = (np.array(part) for part in RATE)
    error = (high - low) / 3.92
    model = sm.WLS(y, sm.add_constant(np.arange(5.0)), weights=error**-2).fit(cov_type="fixed scale")
    found = trend_of_values(YEARS, *RATE)
    assert found.slope == pytest.approx(model.params[1])
    assert found.chi_squared == pytest.approx((model.params[1] / model.bse[1]) ** 2, rel=1e-6)


def test_the_statistic_is_the_score_test_of_a_logistic_regression():
    x, n = np.array(CASES), np.array(PEOPLE)
    p, t = x.sum() / n.sum(), np.arange(5.0)
    score = ((x - n * p) * t).sum()
    information = p * (1 - p) * ((n * t**2).sum() - (n * t).sum() ** 2 / n.sum())
    assert trend_of_proportions(YEARS, CASES, PEOPLE).chi_squared == pytest.approx(score**2 / information)


def test_one_odd_year_makes_no_trend():
    found = trend_of_proportions(YEARS, [100, 102, 101, 103, 300], [10_000] * 5)
    assert found.outcome == "increasing"  # each of the others rises a little as well
    found = trend_of_proportions(YEARS, [103, 102, 101, 100, 300], [10_000] * 5)
    assert found.chi_squared > 9.55
    assert found.outcome == "no significant change"
    assert "one year alone" in found.why


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        ("high-is-worse", "increasing and getting worse"),
        ("high-is-better", "increasing and getting better"),
        ("neutral", "increasing"),
    ],
)
def test_words_follow_polarity(polarity, words):
    assert trend_of_values(YEARS, *RATE).words(polarity) == words


def test_words_of_a_test_that_found_nothing_claim_nothing():
    for outcome in ("no significant change", "not enough years"):
        assert Trend(outcome, None, None, (), 0.998, "").words("high-is-worse") == outcome
    with pytest.raises(CompareError, match="high-is-good"):
        trend_of_values(YEARS, *RATE).words("high-is-good")


def test_fewer_than_five_years_are_not_enough():
    found = trend_of_proportions(YEARS[1:], CASES[1:], PEOPLE[1:])
    assert found.outcome == "not enough years"
    assert found.chi_squared is None
    assert found.why == "4 independent years in a row, 5 are needed"


def test_a_gap_in_the_years_ends_the_run():
    years = ["2013/14", "2014/15", "2015/16", "2016/17", "2018/19", "2021/22"]
    assert trend_of_proportions(years, [*CASES, 1400], [*PEOPLE, 45000]).outcome == "not enough years"


def test_only_the_latest_five_are_tested_in_any_order():
    years = ["2018", "2012", "2016", "2014", "2013", "2015", "2017"]
    cases = {"2012": 5000, "2013": 4000, **dict(zip(YEARS, CASES, strict=True))}
    people = {"2012": 40000, "2013": 40000, **dict(zip(YEARS, PEOPLE, strict=True))}
    found = trend_of_proportions(years, [cases[y] for y in years], [people[y] for y in years])
    assert found.periods == tuple(YEARS)
    assert round(found.chi_squared, 2) == 47.9


def test_rolling_periods_are_thinned_until_they_do_not_overlap():
    rolling = [f"{year} - {(year + 2) % 100:02d}" for year in range(2001, 2023)]
    kept = [rolling[i] for i in independent_periods(rolling)]
    assert kept == ["2010 - 12", "2013 - 15", "2016 - 18", "2019 - 21", "2022 - 24"]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2025", (2025, 1)),
        ("2024/25", (2024, 1)),
        ("1999/00", (1999, 1)),
        ("2022 - 24", (2022, 3)),
        ("1999 - 01", (1999, 3)),
        ("2021-12", (2021, 1)),
    ],
)
def test_every_form_of_period_in_the_bundle(period, expected):
    assert span(period) == expected


@pytest.mark.parametrize("period", ["", "20", "2021 Q3", "latest", "2020 - 99"])
def test_other_periods_are_refused(period):
    with pytest.raises(MethodError, match="period"):
        span(period)


def test_all_or_none_is_no_trend_and_no_crash():
    assert trend_of_proportions(YEARS, [0] * 5, [100] * 5).outcome == "no significant change"
    assert trend_of_proportions(YEARS, [0, 20, 40, 60, 100], [100] * 5).outcome == "increasing"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trend_of_proportions(YEARS, [1, 2, np.nan, 4, 5], [9] * 5), "numerator is missing"),
        (lambda: trend_of_proportions(YEARS, [1, 2, 3, 4, 5], [9, 9, 9, 9, 0]), "denominator is 0 or less"),
        (lambda: trend_of_proportions(YEARS, [1, 2, 3, 4, 10], [9] * 5), r"larger.*position 4"),
        (lambda: trend_of_proportions(["2014"] * 5, [1] * 5, [9] * 5), "same year"),
        (lambda: trend_of_proportions(YEARS[:4], [1] * 5, [9] * 5), "lengths differ"),
        (lambda: trend_of_values(YEARS, [1] * 5, [1] * 5, [1] * 5), "no width"),
        (lambda: trend_of_values(YEARS, [3] * 5, [1] * 5, [2] * 5), "outside its limits"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()


@given(st.lists(st.integers(1, 99), min_size=5, max_size=5))
def test_turning_time_or_the_figure_round_turns_the_outcome_round(cases):
    turned = {"increasing": "decreasing", "decreasing": "increasing"}
    found = trend_of_proportions(YEARS, cases, [100] * 5)
    back = trend_of_proportions(YEARS, cases[::-1], [100] * 5)
    others = trend_of_proportions(YEARS, [100 - x for x in cases], [100] * 5)
    assert back.outcome == others.outcome == turned.get(found.outcome, found.outcome)
    assert back.chi_squared == pytest.approx(found.chi_squared, abs=1e-9)


def test_a_false_alarm_is_rare():
    chance = np.random.default_rng(5)
    found = [
        trend_of_proportions(YEARS, chance.binomial(500, 0.2, 5), [500] * 5).outcome for _ in range(1500)
    ]
    assert sum(outcome != "no significant change" for outcome in found) <= 10
