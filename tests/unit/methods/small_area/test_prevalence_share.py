"""Sharing out registers: totals are kept, what is missing stays missing, a home does not flood its area."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.small_area.prevalence import SmallAreaError
from methods.small_area.prevalence_share import Links, caps, main_place, rake, shrunk, split_by_age
from tests.unit.methods.small_area.world import AREAS, PRACTICES, expected, world

ALL = np.ones(6)
NO_CAP = np.full(PRACTICES, np.inf)


def made(seed: int = 0):
    """A world, its pairs' people and expectations, and registers that differ from the model by a fifth."""
    found = world(seed)
    base = found.links.patients
    likely = expected(found, ALL)
    rng = np.random.default_rng(seed + 50)
    sums = np.bincount(found.links.practice, likely, PRACTICES)
    counts = np.round(sums * rng.gamma(25, 1 / 25, PRACTICES))
    listed = np.bincount(found.links.practice, base, PRACTICES)
    return found, base, likely, counts, listed


@given(st.integers(0, 30))
def test_every_register_is_reproduced_by_its_patients(seed: int):
    found, base, likely, counts, listed = made(seed)
    raked = rake(found.links, counts / listed, base, likely, NO_CAP, found.place)
    np.testing.assert_allclose(np.bincount(found.links.practice, raked.entries, PRACTICES), counts, rtol=1e-9)
    assert not raked.excess.any()


@given(st.integers(0, 30), st.floats(0.5, 2.0))
def test_with_a_cap_entries_and_surplus_make_the_register(seed: int, cap: float):
    found, base, likely, counts, listed = made(seed)
    raked = rake(found.links, counts / listed, base, likely, np.full(PRACTICES, cap), found.place)
    sums = np.bincount(found.links.practice, raked.entries, PRACTICES)
    np.testing.assert_allclose(sums + raked.excess, counts, rtol=1e-9)
    area = raked.area_factor * np.bincount(found.links.area, likely, AREAS)
    assert area.sum() == pytest.approx(counts.sum(), rel=1e-9)


@given(st.integers(0, 30))
def test_shares_of_an_area_and_of_a_practice_are_one(seed: int):
    links = world(seed).links
    np.testing.assert_allclose(np.bincount(links.area, links.shares(), AREAS), 1.0)
    np.testing.assert_allclose(np.bincount(links.practice, links.practice_shares(), PRACTICES), 1.0)


def test_weights_that_do_not_sum_to_one_change_nothing():
    """Twice the patients of an area are still all of its patients."""
    found, base, likely, counts, listed = made()
    plain = rake(found.links, counts / listed, base, likely, NO_CAP, found.place)
    twice = rake(found.links, counts / listed, base * 2, likely * 2, NO_CAP, found.place)
    np.testing.assert_allclose(twice.area_factor, plain.area_factor)


@pytest.mark.parametrize("patients", [0.0, -3.0, np.nan])
def test_a_pair_without_patients_is_refused(patients: float):
    with pytest.raises(SmallAreaError, match="positive"):
        Links(np.array([0, 1]), np.array([0, 0]), np.array([5.0, patients]), 2, 1)


def test_a_missing_practice_is_not_read_as_zero():
    found, base, likely, counts, listed = made()
    rate = counts / listed
    biggest = int(listed.argmax())
    gone, zero = rate.copy(), rate.copy()
    gone[biggest], zero[biggest] = np.nan, 0.0
    missing = rake(found.links, gone, base, likely, NO_CAP, found.place)
    nothing = rake(found.links, zero, base, likely, NO_CAP, found.place)
    full = rake(found.links, rate, base, likely, NO_CAP, found.place)
    theirs = found.links.area[found.links.practice == biggest]
    assert np.isnan(missing.multipliers[biggest])
    assert np.isnan(missing.entries[found.links.practice == biggest]).all()
    assert (missing.area_factor[theirs] > nothing.area_factor[theirs]).all()
    assert np.nanmean(np.abs(missing.area_factor / full.area_factor - 1)) < 0.1


def test_an_area_whose_only_practice_is_missing_has_no_figure():
    links = Links(np.array([0, 1]), np.array([0, 1]), np.array([1_000.0, 900.0]), 2, 2)
    raked = rake(
        links,
        np.array([0.1, np.nan]),
        links.patients,
        links.patients * 0.1,
        np.full(2, np.inf),
        np.zeros(2, int),
    )
    assert raked.area_factor[0] == pytest.approx(1.0)
    assert np.isnan(raked.area_factor[1])


def test_a_home_for_people_with_epilepsy_does_not_flood_its_area():
    """394 patients, four in five on the register: once 50.8% of a small area "had" epilepsy."""
    found = world()
    links = found.links
    near = 60
    area, practice = np.append(links.area, near), np.append(links.practice, PRACTICES)
    patients = np.append(links.patients, 394.0)
    with_home = Links(practice, area, patients, PRACTICES + 1, AREAS)
    likely = patients * 0.008
    rate = np.append(np.full(PRACTICES, 0.008), 315 / 394)
    counts = np.bincount(practice, patients, PRACTICES + 1) * rate
    sums = np.bincount(practice, likely, PRACTICES + 1)
    open_end = rake(with_home, rate, patients, likely, np.full(PRACTICES + 1, np.inf), found.place)
    capped = rake(with_home, rate, patients, likely, caps(counts, sums, 0.02), found.place)
    assert open_end.area_factor[near] * 0.008 > 0.1
    assert capped.area_factor[near] * 0.008 < 0.02
    total = (capped.area_factor * np.bincount(area, likely, AREAS)).sum()
    assert total == pytest.approx(counts.sum(), rel=1e-9)
    elsewhere = found.place != found.place[near]
    np.testing.assert_allclose(capped.area_factor[elsewhere], 1.0)


def test_ages_keep_both_the_practice_and_the_table():
    found = world()
    links = found.links
    rng = np.random.default_rng(2)
    seen = np.zeros((PRACTICES, 6))
    np.add.at(seen, links.practice, found.age_share * links.patients[:, None])
    wanted = seen * rng.uniform(0.7, 1.4, seen.shape)
    share = split_by_age(links, wanted, found.residents)
    np.testing.assert_allclose(share.sum(axis=1), 1.0)
    got = np.zeros((PRACTICES, 6))
    np.add.at(got, links.practice, share * links.patients[:, None])
    np.testing.assert_allclose(
        got / got.sum(axis=1, keepdims=True), wanted / wanted.sum(axis=1, keepdims=True), rtol=1e-4
    )


def test_the_students_go_to_the_students_practice():
    links = Links(np.array([0, 1]), np.array([0, 0]), np.array([1_000.0, 1_000.0]), 2, 1)
    share = split_by_age(links, np.array([[900.0, 100.0], [100.0, 900.0]]), np.array([[1_000.0, 1_000.0]]))
    np.testing.assert_allclose(share, [[0.9, 0.1], [0.1, 0.9]], atol=1e-6)


def test_a_practice_belongs_to_the_place_of_most_of_its_patients():
    links = Links(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([10.0, 30.0, 5.0]), 2, 2)
    assert main_place(links, np.array([0, 1])).tolist() == [1, 1]


def test_shrinking_pulls_small_registers_most():
    counts, likely = np.array([3.0, 300.0]), np.array([1.0, 100.0])
    small, large = shrunk(counts, likely, 0.05)
    assert 1 < small < 1.2
    assert 2.5 < large < 3


def test_a_missing_register_has_no_cap():
    assert np.isinf(caps(np.array([np.nan]), np.array([5.0]), 0.1))
