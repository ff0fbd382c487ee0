"""What family income leads one to expect: exact totals, order, limits, and words that claim no more."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.intervals import wilson
from methods.results import MethodError
from methods.small_area.children import children_in_words
from methods.small_area.readiness import (
    PlaceCounts,
    expected,
    in_hundredths,
    scaled_shares,
)
from methods.small_area.readiness_error import Spread, areas_of, limits

SPREAD = Spread(rate_msoa=0.11, rate_lsoa=0.17, share_msoa=0.47, share_lsoa=0.47)
NO_SPREAD = Spread(0.0, 0.0, 0.0, 0.0)
LIVERPOOL = PlaceCounts(5083, 3268, 1150, 586, 3826, 2642)

shares = st.lists(st.floats(0, 1), min_size=3, max_size=40)


@st.composite
def places(draw):
    fsm, other = draw(st.integers(20, 3000)), draw(st.integers(50, 6000))
    unknown = draw(st.integers(0, 100))
    low = draw(st.floats(0.2, 0.6))
    high = draw(st.floats(low, 0.95))
    reached = [round(fsm * low), math.ceil(other * high)]
    rest = draw(st.integers(0, unknown))
    return PlaceCounts(fsm + other + unknown, sum(reached) + rest, fsm, reached[0], other, reached[1])


@st.composite
def models(draw):
    deprived = np.array(draw(shares))
    young = np.array(draw(st.lists(st.integers(1, 300), min_size=len(deprived), max_size=len(deprived))))
    return expected(draw(places()), deprived, young), deprived


@given(models())
def test_the_small_areas_make_up_the_published_counts(found):
    model, _ = found
    assert model.children.sum() == pytest.approx(model.place.children, rel=1e-12)
    assert model.children @ model.rate == pytest.approx(model.place.achieved, rel=1e-9)
    known = model.children @ model.share / model.place.children
    assert known == pytest.approx(model.place.fsm_share, abs=1e-10)


@given(models())
def test_an_estimate_lies_between_the_rates_with_and_without_free_school_meals(found):
    model, _ = found
    low, high = sorted(model.place.ends)
    assert (model.rate >= low - 1e-12).all()
    assert (model.rate <= high + 1e-12).all()


@given(models())
def test_more_income_deprivation_is_never_expected_to_do_better(found):
    model, deprived = found
    order = np.argsort(deprived, kind="stable")
    gap = model.place.ends[1] - model.place.ends[0]
    assert (np.diff(model.rate[order]) * np.sign(gap) <= 1e-12).all()


def test_children_of_unknown_eligibility_count_in_the_total_only():
    place = PlaceCounts(1000, 630, 200, 90, 780, 535)  # 20 unknown, 5 of them reached the level
    with_fsm, without = place.ends
    assert place.unknown == pytest.approx(0.02)
    assert with_fsm == pytest.approx(0.98 * 0.45 + 0.005)
    assert without == pytest.approx(0.98 * 535 / 780 + 0.005)


@pytest.mark.parametrize(
    "counts",
    [(100, 65, 20, 21, 80, 44), (100, 65, 0, 0, 100, 65), (90, 65, 20, 9, 80, 56), (100, 60, 20, 9, 80, 56)],
)
def test_published_counts_that_contradict_each_other_are_refused(counts):
    with pytest.raises(MethodError, match="contradict"):
        PlaceCounts(*counts)


@pytest.mark.parametrize(
    ("share", "weight", "target"),
    [([0.2, np.nan], [1, 1], 0.2), ([0.2, 1.2], [1, 1], 0.2), ([0.2], [0], 0.2), ([0.2], [5], 0.0)],
)
def test_shares_that_cannot_be_scaled_are_refused(share, weight, target):
    with pytest.raises(MethodError):
        scaled_shares(share, weight, target)


def city(groups: int = 6, each: int = 5):
    """LSOAs of several MSOAs, with the MSOA of each."""
    size = groups * each
    deprived = np.linspace(0.1, 0.9, size)
    young = 40 + 7 * (np.arange(size) % 9)
    return expected(LIVERPOOL, deprived, young), np.repeat(np.arange(groups), each)


def test_the_whole_place_has_no_error_but_chance():
    model, msoa = city()
    whole = areas_of(model, msoa, np.ones((1, len(msoa))), SPREAD)
    assert whole.rate[0] == pytest.approx(LIVERPOOL.achieved / LIVERPOOL.children)
    assert whole.model_error[0] == pytest.approx(0, abs=1e-12)
    lower, upper = whole.limits()
    _, low, high = wilson(LIVERPOOL.achieved, LIVERPOOL.children)
    assert (lower[0], upper[0]) == pytest.approx((float(low), float(high)))


def test_neighbours_err_together_and_distant_areas_do_not():
    model, msoa = city()
    together = (msoa == 2).astype(float)
    apart = np.zeros(len(msoa))
    apart[2::5][:5] = 1.0  # one LSOA of each of five MSOAs
    both = areas_of(model, msoa, np.vstack([together, apart]), Spread(0.2, 0.0, 0.0, 0.0))
    assert both.from_differences[0] > 1.5 * both.from_differences[1]


def test_the_error_of_shares_is_the_one_that_simulation_gives():
    model, msoa = city()
    parts = np.vstack([np.eye(len(msoa))[4], (msoa == 1).astype(float), (msoa < 3).astype(float)])
    parts[2, 15] = 0.4
    found = areas_of(model, msoa, parts, SPREAD)
    random = np.random.default_rng(20261122)
    size, groups = 20_000, msoa.max() + 1
    weight = model.children / model.children.sum()
    logit = np.log(model.share / (1 - model.share))
    noise = random.normal(0, 0.47, (size, groups))[:, msoa] + random.normal(0, 0.47, (size, len(msoa)))
    share = 1 / (1 + np.exp(-(logit + noise * 0.2)))  # a fifth: first-order errors are for small ones
    share *= (weight @ model.share) / (share @ weight)[:, None]
    low, high = LIVERPOOL.ends
    drawn = (share * low + (1 - share) * high) @ (parts * model.children).T / (parts @ model.children)
    assert drawn.std(axis=0) / 0.2 == pytest.approx(found.from_share, rel=0.06)


@given(models())
def test_limits_hold_the_estimate(found):
    model, _ = found
    size = len(model.rate)
    made = areas_of(model, np.arange(size) // 4, np.eye(size), SPREAD)
    lower, upper = made.limits()
    assert (lower <= made.rate).all()
    assert (made.rate <= upper).all()
    assert (lower >= 0).all()
    assert (upper <= 1).all()


@given(st.floats(0.05, 0.95), st.floats(0, 0.2), st.floats(1, 500), st.floats(1.1, 20))
def test_fewer_children_have_wider_limits(rate, error, children, times):
    lower, upper = limits([rate, rate], [children, children * times], [error, error])
    assert upper[0] - lower[0] > upper[1] - lower[1]


def test_without_any_error_of_the_model_the_limits_are_wilsons():
    lower, upper = limits([0.65], [400], [0.0])
    _, low, high = wilson(260, 400)
    assert (lower[0], upper[0]) == pytest.approx((float(low), float(high)))


def test_an_area_without_children_is_refused():
    model, msoa = city()
    with pytest.raises(MethodError, match="no children"):
        areas_of(model, msoa, np.zeros((1, len(msoa))), NO_SPREAD)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=60))
def test_rounded_counts_keep_their_sum(values):
    total = round(sum(values), 2)
    found = in_hundredths(values, total)
    assert round(found.sum() * 100) == round(total * 100)
    assert np.abs(found - np.array(values)).max() <= 0.011


def test_values_that_do_not_sum_to_the_total_are_refused():
    with pytest.raises(MethodError, match="cannot be rounded"):
        in_hundredths([1.0, 2.0], 3.5)


@pytest.mark.parametrize(
    ("achieved", "children", "words"),
    [
        (262.3, 401.8, "about 140 of 400 children who start school would not be ready"),
        (54, 83, "about 30 of 85 children who start school would not be ready"),
        (95.2, 99.9, "about 5 of 100 children who start school would not be ready"),
        (98.5, 99.9, "fewer than 5 of about 100 children who start school would not be ready"),
        (1.1, 24, "nearly all of about 25 children who start school would not be ready"),
        (11, 16.9, "fewer than 20 children start school here in a year: too few to put a number on"),
        (1200.4, 3800.2, "about 2,600 of 3,800 children who start school would not be ready"),
    ],
)
def test_estimates_are_said_in_round_numbers(achieved, children, words):
    assert children_in_words(achieved, children) == words


@given(st.floats(20, 6000), st.floats(0, 1))
def test_no_estimate_is_said_more_precisely_than_to_five(children, share):
    text = children_in_words(children * share, children).replace(",", "")
    numbers = [int(word) for word in text.split() if word.isdigit()]
    assert numbers
    assert all(number % 5 == 0 for number in numbers)


def test_counts_are_said_as_they_are():
    assert (
        children_in_words(141, 203, estimated=False)
        == "62 of 203 children who started school were not yet ready"
    )
    with pytest.raises(MethodError, match="more children"):
        children_in_words(10, 9)
