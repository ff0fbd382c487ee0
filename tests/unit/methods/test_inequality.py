"""Slope and relative index against statsmodels, simulation and arithmetic; the direction; refusals."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from methods.inequality import LINKS, ridit, slope_index
from methods.results import MethodError

# Life expectancy by tenth of deprivation (1 the most deprived), people and standard errors: area 2 of the
# example in the documentation of phe_sii, R package PHEindicatormethods
VALUE = [70.5, 71.6, 72.5, 73.5, 73.1, 76.2, 78.7, 80.6, 80.9, 80.0]
PEOPLE = [21675, 20065, 19750, 24713, 20112, 19618, 22408, 19752, 18939, 19312]
ERROR = np.array([0.23, 0.26, 0.3, 0.16, 0.79, 0.78, 0.4, 0.28, 0.23, 0.35])
TENTH = np.arange(1, 11)
LOWER, UPPER = (np.array(VALUE) + sign * 1.959964 * ERROR for sign in (-1, 1))


def as_phe(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """SII and RII as phe_sii has them: rank from the most deprived, each row times its root share."""
    share = np.array(PEOPLE) / sum(PEOPLE)
    rank = np.cumsum(share) - share / 2
    root = np.sqrt(share)
    design = np.column_stack([root, rank * root])
    start, slope = np.linalg.lstsq(design, (np.atleast_2d(values) * root).T, rcond=None)[0]
    return slope, (start + slope) / start  # least minus most deprived; least over most deprived


def test_it_is_phes_index_turned_to_most_minus_least_deprived():
    found = slope_index(VALUE, PEOPLE, -TENTH, lower=LOWER, upper=UPPER)
    sii, rii = as_phe(np.array(VALUE))
    assert found.sii.value == pytest.approx(-sii[0])
    assert found.rii.value == pytest.approx(1 / rii[0])
    assert found.sii.value < 0  # the most deprived live shorter lives
    assert "most deprived minus least" in found.sii.method
    assert "most deprived over least" in found.rii.method


def test_exact_limits_are_what_phes_simulation_tends_to():
    found = slope_index(VALUE, PEOPLE, -TENTH, lower=LOWER, upper=UPPER)
    drawn = np.random.default_rng(1).normal(VALUE, ERROR, size=(100_000, 10))
    sii, rii = as_phe(drawn)
    assert (found.sii.lower, found.sii.upper) == pytest.approx(np.quantile(-sii, [0.025, 0.975]), abs=0.02)
    assert (found.rii.lower, found.rii.upper) == pytest.approx(np.quantile(1 / rii, [0.025, 0.975]), abs=4e-4)


FAMILY = {
    "identity": sm.families.Gaussian(),
    "log": sm.families.Poisson(),
    "logit": sm.families.Binomial(),
}


@pytest.mark.parametrize("link", LINKS)
def test_the_line_is_that_of_statsmodels(link):
    y = np.array(VALUE) / 100
    design = sm.add_constant(ridit(PEOPLE, -TENTH))
    model = sm.GLM(y, design, family=FAMILY[link], var_weights=PEOPLE).fit()
    found = slope_index(y, PEOPLE, -TENTH, link=link, whole=1)
    least, most = model.predict([[1, 0], [1, 1]])
    assert found.ends == pytest.approx((least, most))
    assert found.sii.value == pytest.approx(most - least)
    assert found.rii.value == pytest.approx(most / least)
    assert found.predicted == pytest.approx(model.fittedvalues)
    if link == "log":
        assert found.rii.value == pytest.approx(np.exp(model.params[1]))


@pytest.mark.parametrize("link", LINKS)
def test_percentages_and_fractions_give_the_same(link):
    percent = slope_index(VALUE, PEOPLE, -TENTH, link=link)
    fraction = slope_index(np.array(VALUE) / 100, PEOPLE, -TENTH, link=link, whole=1)
    assert percent.sii.value == pytest.approx(100 * fraction.sii.value)
    assert percent.sii.upper == pytest.approx(100 * fraction.sii.upper)
    assert percent.rii.lower == pytest.approx(fraction.rii.lower)


def test_the_scatter_of_a_straight_line_is_hc3_of_statsmodels():
    design = sm.add_constant(ridit(PEOPLE, -TENTH))
    model = sm.WLS(VALUE, design, weights=PEOPLE).fit(cov_type="HC3", use_t=True)
    found = slope_index(VALUE, PEOPLE, -TENTH)
    assert (found.sii.lower, found.sii.upper) == pytest.approx(tuple(model.conf_int()[1]))


def test_with_counts_the_log_link_is_poisson_regression_with_its_limits():
    cases, people = np.array([400, 310, 280, 200, 150]), np.array([900, 1000, 1100, 1000, 1000])
    fifth = np.array([5, 4, 3, 2, 1])
    design = sm.add_constant(ridit(people, fifth))
    model = sm.GLM(cases, design, family=sm.families.Poisson(), offset=np.log(people)).fit(cov_type="HC0")
    rate, error = cases / people, np.abs(cases - model.fittedvalues) / people
    # limits as wide as the residuals turn our variance into the HC0 of statsmodels
    found = slope_index(
        rate, people, fifth, lower=rate - 1.959964 * error, upper=rate + 1.959964 * error, link="log"
    )
    assert found.rii.value == pytest.approx(np.exp(model.params[1]))
    assert (found.rii.lower, found.rii.upper) == pytest.approx(tuple(np.exp(model.conf_int()[1])), rel=1e-5)


def test_areas_without_a_case_stay_in():
    found = slope_index([30, 12, 5, 0, 0, 1], [100] * 6, [6, 5, 4, 3, 2, 1], link="log")
    assert found.rii.value > 10
    assert slope_index([100, 60, 20, 0, 0, 0], [100] * 6, [6, 5, 4, 3, 2, 1], link="logit").rii.value > 10


@pytest.mark.parametrize("link", LINKS)
def test_limits_from_the_groups_agree_with_simulation(link):
    y, error = np.array([42.0, 35, 31, 25, 20]), np.array([2.0, 1.5, 1.5, 1.2, 1.0])
    people, fifth = [900, 1000, 1100, 1000, 1000], np.array([5, 4, 3, 2, 1])
    found = slope_index(y, people, fifth, lower=y - 1.96 * error, upper=y + 1.96 * error, link=link)
    drawn = np.random.default_rng(2).normal(y, error, size=(400, 5))
    again = [slope_index(row, people, fifth, link=link) for row in drawn]
    spread = np.std([a.sii.value for a in again])
    assert (found.sii.upper - found.sii.lower) / (2 * 1.96) == pytest.approx(spread, rel=0.15)
    ratio = np.std(np.log([a.rii.value for a in again]))
    assert np.log(found.rii.upper / found.rii.lower) / (2 * 1.96) == pytest.approx(ratio, rel=0.15)


def test_ridits_of_ties_are_shared():
    assert ridit([1, 1, 2], [5, 5, 1]).tolist() == [0.75, 0.75, 0.25]


@given(st.lists(st.tuples(st.floats(0.1, 1e4), st.integers(0, 5)), min_size=1, max_size=40))
def test_ridits_average_one_half_and_rise_with_deprivation(rows):
    people, deprivation = zip(*rows, strict=True)
    r = ridit(people, deprivation)
    assert np.average(r, weights=people) == pytest.approx(0.5)
    assert np.all((r > 0) & (r < 1))
    order = np.argsort(deprivation)
    assert np.all(np.diff(r[order]) >= -1e-12)


@given(st.floats(-40, 40), st.floats(45, 100), st.permutations(range(6)))
def test_a_straight_gradient_is_found_exactly_in_any_order(slope, start, order):
    people = np.array([100.0, 250, 80, 300, 120, 60])
    x = ridit(people, np.arange(6))
    y = start + slope * x
    index = list(order)
    found = slope_index(y[index], people[index], np.arange(6)[index])
    assert found.sii.value == pytest.approx(slope, abs=1e-8)
    assert found.rii.value == pytest.approx((start + slope) / start)


def test_turning_deprivation_round_turns_the_indices_round():
    there, back = slope_index(VALUE, PEOPLE, -TENTH), slope_index(VALUE, PEOPLE, TENTH)
    assert back.sii.value == pytest.approx(-there.sii.value)
    assert back.sii.lower == pytest.approx(-there.sii.upper)
    assert back.rii.value == pytest.approx(1 / there.rii.value)


def test_where_the_line_falls_below_0_there_is_no_ratio():
    found = slope_index([50, 30, 5, 0, 0, 0], [100] * 6, [6, 5, 4, 3, 2, 1])
    assert found.ends[0] < 0
    assert found.rii is None
    assert "0 or below" in found.why_not


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slope_index([1, 2, 3, 4], [1] * 4, [1, 2, 3, 4]), "at least 5"),
        (lambda: slope_index([1, 2, np.nan, 4, 5], [1] * 5, range(5)), r"value is missing.*position 2"),
        (lambda: slope_index([1, 2, 3, 4, 5], [1, 1, 1, 1, 0], range(5)), "population is 0 or less"),
        (lambda: slope_index([1, 2, 3, 4, 5], [1] * 5, [1] * 5), "equally deprived"),
        (lambda: slope_index([1, 2, 3, 4, -1], [1] * 5, range(5), link="log"), r"below 0.*position 4"),
        (
            lambda: slope_index([1, 2, 3, 4, 101], [1] * 5, range(5), link="logit"),
            r"above 100.*\(value 101\)",
        ),
        (lambda: slope_index([0] * 5, [1] * 5, range(5), link="log"), "every value is 0"),
        (lambda: slope_index([0, 0, 0, 100, 100], [1] * 5, range(5), link="logit"), "part so sharply"),
        (lambda: slope_index([1, 2, 3, 4, 5], [1] * 5, range(5), link="probit"), "unknown link 'probit'"),
        (lambda: slope_index([1, 2, 3, 4, 5], [1] * 5, range(5), lower=[0] * 5), "come together"),
        (lambda: slope_index([1] * 5, [1] * 5, range(5), lower=[2] * 5, upper=[3] * 5), "outside its limits"),
        (lambda: slope_index([1, 2, 3, 4, 5], [1] * 5, [0, 0, 0, 0, 1]), "one group alone"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()
