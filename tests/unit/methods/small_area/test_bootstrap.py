"""Limits hold the truth about as often as they say."""

import numpy as np
import pytest

from methods.small_area.bootstrap import Chain, Drawn, limits, ratio_limits, replicates, shared_draws
from methods.small_area.prevalence_share import rake
from tests.unit.methods.small_area.world import AREAS, GROUP, PRACTICES, World, expected, world

ALL = np.ones(6)
SD = 0.12
WEIGHT_NOISE = 0.4


def chain_of(found: World, counts: np.ndarray, **other: object) -> Chain:
    listed = np.bincount(found.links.practice, found.links.patients, PRACTICES)
    given = {
        "links": found.links, "model": found.model, "region": 0, "rate": counts / listed, "counts": counts,
        "cap": np.full(PRACTICES, np.inf), "age_share": found.age_share, "in_base": ALL,
        "residents": found.residents, "terms": found.terms, "group": found.group, "place": found.place,
        "sd_group": SD, "sd_area": SD,
    }  # fmt: skip
    return Chain(**{**given, **other})


def noisy(patients: np.ndarray, area: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Other registrations with the same people in every area."""
    drawn = patients * np.exp(rng.normal(0, WEIGHT_NOISE, len(patients)))
    return drawn * (np.bincount(area, patients, AREAS) / np.bincount(area, drawn, AREAS))[area]


def draws(found: World, count: int = 50, seed: int = 5) -> Drawn:
    rng = np.random.default_rng(seed)
    patients = np.column_stack([noisy(found.links.patients, found.links.area, rng) for _ in range(count)])
    return shared_draws(found.links, found.group, patients, seed)


def simulated(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Does the limit of each area, and of each group, hold its true share?"""
    found = world(seed)
    links = found.links
    rng = np.random.default_rng(seed + 1_000)
    actual = noisy(links.patients, links.area, rng)
    away = SD * rng.standard_normal(AREAS // GROUP)[found.group] + SD * rng.standard_normal(AREAS) - SD**2
    habit = rng.gamma(1 / 0.02, 0.02, PRACTICES)
    mean = expected(found, ALL) * actual / links.patients * np.exp(away)[links.area] * habit[links.practice]
    true = rng.poisson(mean)
    # the list is known; its rate is what the estimate sees, on registrations that are a little wrong
    listed = np.bincount(links.practice, actual, PRACTICES)
    counts = np.bincount(links.practice, true, PRACTICES).astype(float)
    chain = chain_of(found, counts, rate=counts / listed)
    raked = rake(links, chain.rate, links.patients, expected(found, ALL), chain.cap, found.place)
    people = found.residents.sum(axis=1)
    estimate = (
        raked.area_factor * np.exp(found.terms @ found.model.slopes) * (found.residents @ found.model.rates)
    )
    drawn = replicates(chain, draws(found, seed=seed), seed)
    truth = np.bincount(links.area, true, AREAS)
    add = np.equal.outer(np.arange(AREAS // GROUP), found.group).astype(float)
    held = []
    for part in (np.eye(AREAS), add):
        size = part @ people
        lower, upper = limits(part @ estimate / size, part @ drawn / size[:, None], size)
        share = part @ truth / size
        held.append((lower <= share) & (share <= upper))
    return held[0], held[1]


def test_95_per_cent_limits_hold_the_truth_in_90_to_99_per_cent():
    found = [simulated(seed) for seed in range(8)]
    areas = np.concatenate([one[0] for one in found]).mean()
    groups = np.concatenate([one[1] for one in found]).mean()
    assert 0.90 <= areas <= 0.99, areas
    assert 0.90 <= groups <= 0.99, groups


def test_replicates_centre_on_the_estimate_and_repeat_themselves():
    found = world()
    counts = np.bincount(found.links.practice, expected(found, ALL), PRACTICES)
    chain = chain_of(found, counts)
    shared = draws(found)
    drawn = replicates(chain, shared, 9)
    point = np.exp(found.terms @ found.model.slopes) * (found.residents @ found.model.rates)
    assert np.mean(drawn.mean(axis=1) / point) == pytest.approx(1, abs=0.02)
    np.testing.assert_array_equal(drawn, replicates(chain, shared, 9))
    assert not np.array_equal(drawn, replicates(chain, shared, 10))


def test_an_area_without_a_reporting_practice_has_no_replicates():
    found = world()
    counts = np.bincount(found.links.practice, expected(found, ALL), PRACTICES)
    lone = int(found.links.area[0])
    of_lone = found.links.practice[found.links.area == lone]
    counts[of_lone] = np.nan
    drawn = replicates(chain_of(found, counts), draws(found), 9)
    assert np.isnan(drawn[lone]).all()
    assert np.isfinite(drawn).any()


def test_the_simple_method_ignores_age_and_deprivation():
    found = world()
    listed = np.bincount(found.links.practice, found.links.patients, PRACTICES)
    chain = chain_of(found, listed * 0.1, flat=True, sd_group=1e-9, sd_area=1e-9)
    drawn = replicates(chain, draws(found), 9)
    np.testing.assert_allclose(drawn.mean(axis=1) / found.residents.sum(axis=1), 0.1, rtol=0.1)


def test_limits_widen_with_fewer_people_and_stay_inside_0_and_1():
    drawn = np.tile(np.array([[0.01, 0.012, 0.008, 0.011]]), (3, 1))
    lower, upper = limits(np.full(3, 0.01), drawn, np.array([50.0, 1_000.0, 20_000.0]))
    assert (np.diff(upper - lower) < 0).all()
    assert (lower > 0).all()
    assert (upper < 1).all()


def test_ratios_over_one_have_limits_too():
    lower, upper = ratio_limits(np.array([1.4]), np.array([[1.3, 1.5, 1.4]]), np.array([900.0]), 3.0)
    assert 1.0 < lower[0] < 1.4 < upper[0] < 2.0
    closer, _ = ratio_limits(np.array([1.4]), np.array([[1.3, 1.5, 1.4]]), np.array([900.0]), 1.0)
    assert closer[0] > lower[0]
