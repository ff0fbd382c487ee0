"""The practice model on made-up practices whose truth is known."""

import numpy as np
import pytest

from methods.small_area.prevalence import SmallAreaError, fit, spread

BANDS = 10


def practices(count: int = 1500, seed: int = 1, slope: float = 0.3, sd: float = 0.1):
    """Practices of 8,000 patients with very different ages, an effect of deprivation and a spread of 10%."""
    rng = np.random.default_rng(seed)
    tilt = rng.normal(0, 0.8, count)
    age = np.linspace(-1, 1, BANDS)
    mix = np.exp(tilt[:, None] * age + rng.normal(0, 0.15, (count, BANDS)))
    patients = 8_000 * mix / mix.sum(axis=1, keepdims=True)
    terms = rng.normal(0, 1, (count, 1))
    region = rng.integers(0, 3, count)
    effect = np.array([-0.1, 0.0, 0.1])[region]
    mean = np.exp(slope * terms[:, 0] + effect) * (patients @ rates())
    multiplier = rng.gamma(1 / sd**2, sd**2, count)
    return rng.poisson(mean * multiplier).astype(float), patients, terms, region


def rates() -> np.ndarray:
    """Rising with age and flattening: 0.3% to 18%."""
    age = np.linspace(-1, 1, BANDS)
    return np.exp(-3.2 + 2.0 * age - 0.6 * age**2)


def test_the_truth_is_found_again():
    counts, patients, terms, region = practices()
    model = fit(counts, patients, terms, region)
    np.testing.assert_allclose(model.rates * np.exp(model.regions[1]), rates(), rtol=0.12)
    assert model.slopes[0] == pytest.approx(0.3, abs=0.02)
    assert model.regions[2] - model.regions[0] == pytest.approx(0.2, abs=0.04)
    assert np.sqrt(model.dispersion) == pytest.approx(0.1, abs=0.01)


def test_the_covariance_tells_how_far_off_the_slope_is():
    found = [fit(*practices(300, seed)) for seed in range(12)]
    slopes = np.array([model.slopes[0] for model in found])
    stated = np.sqrt(found[0].covariance[3, 3])
    assert slopes.std(ddof=1) == pytest.approx(stated, rel=0.6)


def test_a_few_homes_do_not_bend_the_curve():
    counts, patients, terms, region = practices()
    wild = counts.copy()
    wild[:15] = patients[:15].sum(axis=1) * 0.8
    plain, bent = fit(counts, patients, terms, region), fit(wild, patients, terms, region)
    np.testing.assert_allclose(bent.rates, plain.rates, rtol=0.03)
    assert bent.dispersion == pytest.approx(plain.dispersion, rel=0.1)


def test_the_curve_never_opens_upwards():
    _, patients, terms, region = practices()
    age = np.linspace(-1, 1, BANDS)
    counts = np.round(patients @ np.exp(-4 + 2.0 * age**2))
    model = fit(counts, patients, terms, region)
    assert np.diff(np.log(model.rates), n=2).max() <= 1e-9


def test_chance_alone_is_no_spread():
    counts, patients, terms, region = practices(sd=0.001)
    assert fit(counts, patients, terms, region).dispersion < 0.001


def test_spread_of_a_known_mixture():
    rng = np.random.default_rng(3)
    expected = np.full(20_000, 400.0)
    counts = rng.poisson(expected * rng.gamma(25, 1 / 25, 20_000)).astype(float)
    assert spread(counts, expected) == pytest.approx(0.04, rel=0.08)


def test_starting_from_a_fit_ends_at_the_same_place():
    data = practices()
    model = fit(*data)
    again = fit(*data, start=model)
    np.testing.assert_allclose(again.rates, model.rates, rtol=1e-3)


def test_without_age_every_band_has_one_rate():
    model = fit(*practices(), degree=0)
    assert np.ptp(model.rates) < 1e-12


@pytest.mark.parametrize("fault", [np.nan, -1.0])
def test_a_missing_or_negative_register_is_refused(fault: float):
    counts, patients, terms, region = practices(200)
    counts[5] = fault
    with pytest.raises(SmallAreaError):
        fit(counts, patients, terms, region)


def test_an_empty_list_is_refused():
    counts, patients, terms, region = practices(200)
    patients[3] = 0
    with pytest.raises(SmallAreaError, match="lists not empty"):
        fit(counts, patients, terms, region)
