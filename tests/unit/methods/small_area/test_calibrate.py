"""Checks of the flows, and the spread of their replicates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from methods.small_area.calibrate import (
    Noise,
    agreement,
    calibrate,
    disturbed,
    folds,
    left_out_means,
    overlap,
    replicate,
)
from methods.small_area.flows import Decay, balance, fit, kernel, make_pairs, practice_mean


def region(seed: int = 4, areas: int = 300, practices: int = 40):
    """A region of 12 km whose deprivation changes smoothly, so that it says how far people go."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform(0, 12_000, (areas, 2))
    pairs = make_pairs(xy, rng.uniform(0, 12_000, (practices, 2)))
    value = 30 + 20 * np.sin(xy[:, 0] / 700) + 5 * np.cos(xy[:, 1] / 900)
    return pairs, rng.uniform(900, 2200, areas), rng.uniform(2500, 15000, practices), value


def test_calibration_finds_the_decay_that_made_the_data():
    pairs, residents, lists, value = region()
    truth = Decay(scale=0.6, power=0.5, row_pull=0.9)
    target = practice_mean(
        pairs, fit(pairs, kernel(pairs, truth), residents, lists, row_pull=0.9).patients, value
    )
    found = calibrate(
        pairs, residents, lists, value, target, np.ones(40, dtype=bool), row_pull=0.9,
        start=Decay(1.0, 0.2, 0.9),
    )  # fmt: skip
    assert found.scale == pytest.approx(0.6, abs=0.03)
    assert found.power == pytest.approx(0.5, abs=0.1)


def test_a_practice_left_out_never_sees_its_own_figure():
    published = np.arange(20.0)
    seen = []

    def refit(target):
        seen.append(target)
        return np.where(np.isnan(target), -1.0, target)

    predicted = left_out_means(refit, published, 5, seed=1)
    assert (predicted == -1).all()
    assert len(seen) == 5
    assert all(np.isnan(target).sum() == 4 for target in seen)


def test_folds_are_equal_and_repeatable():
    assert np.bincount(folds(23, 5, 1)).tolist() == [5, 5, 5, 4, 4]
    assert (folds(23, 5, 1) == folds(23, 5, 1)).all()
    assert (folds(23, 5, 1) != folds(23, 5, 2)).any()


def test_agreement_uses_only_what_is_known():
    found = agreement(
        np.array([1.0, 2.0, np.nan, 9.0]), np.array([1.0, 3.0, 4.0, 9.0]), np.array([True, True, True, False])
    )
    assert found.practices == 2
    assert found.mae == pytest.approx(0.5)
    assert found.r2 == pytest.approx(0.5)


def test_overlap_counts_patients_in_the_right_cell():
    truth = pd.DataFrame({"p": ["A", "A", "B"], "l": ["1", "2", "1"], "patients": [60.0, 20.0, 20.0]})
    guess = pd.DataFrame({"p": ["A", "A", "C"], "l": ["1", "3", "1"], "patients": [70.0, 10.0, 20.0]})
    assert overlap(guess, truth, ["p", "l"]) == pytest.approx(0.6)
    assert overlap(truth, truth, ["p", "l"]) == pytest.approx(1.0)


def test_replicates_meet_the_lists_and_spread_with_the_noise():
    pairs, residents, lists, value = region()
    decay = Decay(0.5, 0.6, 0.9)
    base, _ = balance(pairs, kernel(pairs, decay), residents, lists, row_pull=0.9)
    target = practice_mean(pairs, base, value)
    start = fit(pairs, kernel(pairs, decay), residents, lists, row_pull=0.9, area_value=value, target=target)
    cluster = np.arange(len(pairs.area)) // 3

    def shared(noise):
        rng = np.random.default_rng(8)
        pull = disturbed(pairs, decay, noise, cluster, rng)
        other = replicate(pairs, pull, residents, lists, decay=decay, value=value, target=target, start=start)
        np.testing.assert_allclose(pairs.by_practice(other), lists, rtol=1e-9)
        assert np.abs(practice_mean(pairs, other, value) - target).mean() < 0.3
        return np.minimum(other, start.patients).sum() / start.patients.sum()

    assert shared(Noise(0, 0, 0, 0)) == pytest.approx(1.0, abs=1e-3)
    assert shared(Noise(0.3, 0.0, 0, 0)) > shared(Noise(0.6, 0.0, 0, 0)) > shared(Noise(0.6, 0.6, 0, 0))


def test_noise_of_a_cluster_is_shared_by_its_pairs():
    pairs, *_ = region()
    decay = Decay(0.5, 0.6, 0.9)
    cluster = np.arange(len(pairs.area)) // 4
    pull = disturbed(pairs, decay, Noise(0, 0.5, 0, 0), cluster, np.random.default_rng(1))
    ratio = np.log(pull / kernel(pairs, decay))
    assert np.ptp(ratio[:4]) < 1e-9
    assert np.std(ratio) == pytest.approx(0.5, rel=0.1)
