"""The comparison of methods on held-out practices, on data where we know which should win."""

import numpy as np
import pytest

from methods.small_area.evaluate import agreement, held_out, neighbours, spread_between, within_over_between
from methods.small_area.prevalence import SmallAreaError, fit
from tests.unit.methods.small_area.test_prevalence import practices
from tests.unit.methods.small_area.world import AREAS, GROUP, PRACTICES, world


def test_neighbours_do_not_speak_for_themselves():
    weight = neighbours(world().links, np.ones(PRACTICES)).toarray()
    assert not weight.diagonal().any()
    np.testing.assert_allclose(weight.sum(axis=1), 1)
    assert (weight >= 0).all()


def test_a_missing_practice_speaks_for_nobody():
    known = np.ones(PRACTICES)
    known[7] = 0
    weight = neighbours(world().links, known).toarray()
    assert not weight[:, 7].any()
    np.testing.assert_allclose(weight.sum(axis=1), 1)


def compared(sd_age: float):
    counts, patients, terms, region = practices(600)
    if not sd_age:
        # every practice has the same ages, deprivation and region: the model knows nothing that helps
        rng = np.random.default_rng(4)
        patients, terms, region = np.full_like(patients, 800.0), terms * 0, region * 0
        counts = rng.poisson(800.0 * rng.gamma(100, 0.01, len(counts))).astype(float)
    listed = patients.sum(axis=1)
    local = np.arange(0, 15 * PRACTICES, 15)
    weight = neighbours(world().links, np.ones(PRACTICES))
    model = fit(counts, patients, terms, region)
    return held_out(counts, listed, patients, terms, region, model, local, weight)


def test_where_age_decides_the_model_wins_clearly():
    found = compared(0.8)
    assert found.error(found.model) < 0.6 * found.error(found.simple)


def test_where_all_practices_are_alike_neither_wins_by_much():
    found = compared(0)
    assert found.error(found.model) == pytest.approx(found.error(found.simple), rel=0.15)


def test_held_out_practices_do_not_see_their_own_register():
    counts, patients, terms, region = practices(600)
    listed = patients.sum(axis=1)
    local = np.arange(0, 15 * PRACTICES, 15)
    weight = neighbours(world().links, np.ones(PRACTICES))
    model = fit(counts, patients, terms, region)
    first = held_out(counts, listed, patients, terms, region, model, local, weight)
    changed = counts.copy()
    changed[local[0]] *= 1.5
    second = held_out(changed, listed, patients, terms, region, model, local, weight)
    assert second.model[0] == pytest.approx(first.model[0], rel=1e-9)
    assert second.simple[0] == first.simple[0]
    assert second.observed[0] != first.observed[0]


def test_the_spread_between_groups_is_found():
    found = world()
    links, groups = found.links, AREAS // GROUP
    estimates = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        away = 0.3 * rng.standard_normal(groups)
        log = np.bincount(links.practice, links.practice_shares() * away[found.group][links.area], PRACTICES)
        log += 0.1 * rng.standard_normal(PRACTICES)
        label = np.zeros(PRACTICES, dtype=int)
        estimates.append(spread_between(links, found.group, log, np.ones(PRACTICES), (label,)))
    assert np.sqrt(np.mean(estimates)) == pytest.approx(0.3, rel=0.3)


def test_within_and_between():
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(400), 5)
    control = rng.normal(0, 1, (2_000, 1))
    value = np.exp(
        0.5 * control[:, 0] + 0.2 * rng.standard_normal(400)[group] + 0.1 * rng.standard_normal(2_000)
    )
    assert within_over_between(value, control, group) == pytest.approx(0.25, rel=0.25)


def test_agreement_needs_ten_areas_and_leaves_out_missing_ones():
    values = np.arange(12.0)
    other = values.copy()
    other[0] = np.nan
    assert agreement(values, other) == pytest.approx(1)
    with pytest.raises(SmallAreaError, match="only 9"):
        agreement(values[:9], values[:9])
