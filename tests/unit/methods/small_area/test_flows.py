"""Flows between areas and practices: conserved, falling with distance, held to what is published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.small_area.flows import (
    Decay,
    FlowError,
    balance,
    fit,
    kernel,
    make_pairs,
    nearest,
    practice_mean,
    shares_of_area,
    subset,
)

DECAY = Decay(scale=0.5, power=0.6, row_pull=1.0)


def town(seed: int, areas: int = 30, practices: int = 6):
    """A square of 6 km with random areas, practices, residents, lists and deprivation scores."""
    rng = np.random.default_rng(seed)
    pairs = make_pairs(rng.uniform(0, 6000, (areas, 2)), rng.uniform(0, 6000, (practices, 2)))
    return (
        pairs,
        rng.uniform(800, 2500, areas),
        rng.uniform(1500, 20000, practices),
        rng.uniform(2, 70, areas),
    )


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_lists_and_residents_are_both_met(seed):
    pairs, residents, lists, _ = town(seed)
    patients, _ = balance(pairs, kernel(pairs, DECAY), residents, lists, sweeps=3000)
    assert (patients > 0).all()
    np.testing.assert_allclose(pairs.by_practice(patients), lists, rtol=1e-9)
    np.testing.assert_allclose(pairs.by_area(patients), residents * lists.sum() / residents.sum(), rtol=2e-3)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), row_pull=st.floats(0.3, 0.95))
def test_lists_are_met_exactly_however_loosely_residents_are_held(seed, row_pull):
    pairs, residents, lists, _ = town(seed)
    patients, _ = balance(pairs, kernel(pairs, DECAY), residents, lists, row_pull=row_pull)
    np.testing.assert_allclose(pairs.by_practice(patients), lists, rtol=1e-9)
    assert patients.sum() == pytest.approx(lists.sum())


def test_a_firmer_hold_brings_areas_nearer_to_their_residents():
    pairs, residents, lists, _ = town(3)
    rows = residents * lists.sum() / residents.sum()
    off = [
        np.abs(
            pairs.by_area(balance(pairs, kernel(pairs, DECAY), residents, lists, row_pull=pull)[0]) - rows
        ).sum()
        for pull in (0.3, 0.6, 0.9)
    ]
    assert off[0] > off[1] > off[2] > 0


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), constrained=st.booleans())
def test_shares_of_every_area_sum_to_one(seed, constrained):
    pairs, residents, lists, value = town(seed)
    target = np.full(pairs.practices, np.average(value, weights=residents)) if constrained else None
    flows = fit(pairs, kernel(pairs, DECAY), residents, lists, row_pull=0.9, area_value=value, target=target)
    np.testing.assert_allclose(pairs.by_area(shares_of_area(pairs, flows.patients)), 1.0, rtol=1e-12)


def test_an_area_without_patients_has_no_shares():
    pairs, *_ = town(1)
    with pytest.raises(FlowError, match="area number 0 has no registered residents"):
        shares_of_area(pairs, np.where(pairs.area == 0, 0.0, 1.0))


@settings(max_examples=25)
@given(near=st.floats(100, 2500), further=st.floats(50, 2500))
def test_the_nearer_of_two_equal_practices_has_more_patients(near, further):
    """One area, two practices of one size; two more areas keep the town symmetrical about neither."""
    far = near + further
    pairs = make_pairs(np.array([[0.0, 0.0]]), np.array([[near, 0.0], [-far, 0.0]]))
    pull = kernel(pairs, DECAY)
    assert pull[pairs.practice == 0] > pull[pairs.practice == 1]


def test_patients_fall_with_distance_when_all_else_is_equal():
    """Areas in a row between two practices of one size: the share of one falls on the way to the other."""
    x = np.linspace(0, 4000, 9)
    pairs = make_pairs(np.c_[x, np.zeros(9)], np.array([[0.0, 0.0], [4000.0, 0.0]]))
    flows = fit(pairs, kernel(pairs, DECAY), np.full(9, 1000.0), np.full(2, 5000.0))
    first = shares_of_area(pairs, flows.patients)[pairs.practice == 0]
    assert (np.diff(first) < 0).all()
    assert first[4] == pytest.approx(0.5)


@pytest.mark.parametrize("size", [float("nan"), 0.0, -3.0])
def test_a_practice_without_a_list_is_missing_not_empty(size):
    pairs, residents, lists, _ = town(2)
    lists[1] = size
    with pytest.raises(FlowError, match="missing"):
        balance(pairs, kernel(pairs, DECAY), residents, lists)


def test_an_area_without_residents_is_refused():
    pairs, residents, lists, _ = town(2)
    residents[0] = np.nan
    with pytest.raises(FlowError, match="residents"):
        balance(pairs, kernel(pairs, DECAY), residents, lists)


def test_a_place_without_position_is_refused():
    with pytest.raises(FlowError, match="position"):
        make_pairs(np.array([[0.0, np.nan]]), np.array([[0.0, 0.0]]))
    with pytest.raises(FlowError, match="at least one"):
        make_pairs(np.zeros((0, 2)), np.array([[0.0, 0.0]]))


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_a_published_mean_that_can_be_met_is_met(seed):
    """Targets are made with tilts of a known table, so that they are feasible."""
    pairs, residents, lists, value = town(seed, areas=60)
    tilt = np.random.default_rng(seed + 1).uniform(-0.03, 0.03, pairs.practices)
    pull = kernel(pairs, DECAY)
    truth, _ = balance(pairs, pull * np.exp(tilt[pairs.practice] * value[pairs.area]), residents, lists)
    target = practice_mean(pairs, truth, value)
    target[0] = np.nan  # one practice has no published score: it is free, and no obstacle
    flows = fit(pairs, pull, residents, lists, row_pull=0.9, area_value=value, target=target)
    assert not flows.unmet.any()
    assert flows.tilt[0] == 0
    known = np.isfinite(target)
    np.testing.assert_allclose(practice_mean(pairs, flows.patients, value)[known], target[known], atol=0.02)
    np.testing.assert_allclose(pairs.by_practice(flows.patients), lists, rtol=1e-9)


def test_a_mean_that_no_area_has_is_reported_and_capped():
    pairs, residents, lists, value = town(5)
    target = np.full(pairs.practices, np.nan)
    target[2] = value.max() + 50
    flows = fit(pairs, kernel(pairs, DECAY), residents, lists, area_value=value, target=target, cap=0.1)
    assert flows.unmet.tolist() == [False, False, True, False, False, False]
    assert flows.tilt[2] == pytest.approx(0.1)
    assert np.isfinite(flows.patients).all()


def test_the_nearest_table_gives_all_residents_to_one_practice():
    pairs, residents, _, _ = town(7)
    patients = nearest(pairs, residents)
    np.testing.assert_allclose(pairs.by_area(patients), residents)
    assert (np.bincount(pairs.area, patients > 0) == 1).all()
    km = pairs.km()
    for area in range(pairs.areas):
        own = pairs.area == area
        assert km[own][patients[own] > 0][0] == km[own].min()


def test_points_place_residents_where_they_live():
    """An area whose people live at two ends is as near to a practice as they are, on average of the pull."""
    areas, practices = np.array([[0.0, 0.0]]), np.array([[1000.0, 0.0]])
    ends = (np.array([[-1000.0, 0.0], [1000.0, 0.0]]), np.array([0, 0]), np.array([300.0, 100.0]))
    pairs = make_pairs(areas, practices, points=ends)
    np.testing.assert_allclose(pairs.point_share, [0.75, 0.25])
    np.testing.assert_allclose(pairs.point_km, [2.0, 0.0])
    assert pairs.km()[0] == pytest.approx(1.5)
    assert kernel(pairs, Decay(1.0, 0.0, 1.0))[0] == pytest.approx(0.75 * np.exp(-2.0) + 0.25)


def test_an_area_without_points_stands_at_its_own_position():
    areas = np.array([[0.0, 0.0], [500.0, 0.0]])
    pairs = make_pairs(
        areas, np.array([[1000.0, 0.0]]), points=(np.array([[100.0, 0.0]]), np.array([0]), np.array([9.0]))
    )
    np.testing.assert_allclose(pairs.km(), [0.9, 0.5])


def test_people_go_further_where_practices_are_sparse():
    areas = np.array([[0.0, 0.0]])
    city = make_pairs(areas, np.array([[3000.0, 0.0], *[[0.0, 500.0 + i] for i in range(5)]]))
    country = make_pairs(areas, np.array([[3000.0, 0.0], *[[0.0, 5000.0 + i] for i in range(5)]]))
    assert kernel(country, DECAY)[0] > kernel(city, DECAY)[0]


def test_every_practice_keeps_a_pair_even_beyond_the_nearest():
    rng = np.random.default_rng(0)
    practices = np.r_[rng.uniform(0, 100, (10, 2)), [[9000.0, 9000.0]]]
    pairs = make_pairs(rng.uniform(0, 100, (20, 2)), practices, nearest_practices=3, nearest_areas=2)
    assert set(pairs.practice) == set(range(11))
    keys = pairs.area * 11 + pairs.practice
    assert (np.diff(keys) > 0).all()


def test_a_subset_keeps_distances_with_their_pairs():
    pairs, *_ = town(9)
    kept = pairs.practice != 3
    small = subset(pairs, kept)
    np.testing.assert_allclose(small.km(), pairs.km()[kept])
    np.testing.assert_allclose(kernel(small, DECAY), kernel(pairs, DECAY)[kept])
