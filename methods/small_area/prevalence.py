"""How a disease register depends on age and deprivation, learnt from all practices of a country.

The expected register of a practice is ``exp(x b + region) * sum over bands (patients * exp(rate))``: age
bands add up, deprivation multiplies. Rates are positive and smooth over age; spread beyond chance is
estimated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Practices differ too little in age structure to tell eighteen rates apart: a free curve follows whatever
# goes with age (students, ethnicity) and finds hypertension in one infant in six. A parabola cannot; where it
# would open upwards (many cases among the youngest and the oldest) a straight line takes its place.
DEGREE = 2
REGION_SPREAD = 0.3  # prior: log differences between regions, given age and deprivation
TERM_SPREAD = 10.0  # prior of all other coefficients, so weak that it only keeps the equations solvable
OUTLYING = 4.0  # practices this many standard deviations away (care homes) do not shape the curve
CHI2_MEDIAN = 0.454936  # median of chi-squared with one degree of freedom
PASSES, ROUNDS, HALVINGS = 3, 60, 30
SETTLED = 1e-5
FAR_OFF = 1.0  # squared coefficient of variation under which practices can be called outlying at all
LEAST_SPREAD = 1e-4
NEAR, NOISE = 1e-2, 1e-13  # gain in log-likelihood that ends full steps; loss that is rounding


class SmallAreaError(ValueError):
    """The estimate cannot be made from this input; the message says what is wrong with it."""


@dataclass(frozen=True)
class AgeModel:
    """A fitted register.

    `curve` holds the coefficients of the log rate on `basis` (bands x coefficients), `slopes` those of the
    deprivation terms, `regions` the log effects of regions (about 0 on average), `dispersion` the squared
    coefficient of variation between practices beyond chance, and `covariance` belongs to the vector
    ``[curve, slopes, regions]``.
    """

    basis: Numbers
    curve: Numbers
    slopes: Numbers
    regions: Numbers
    dispersion: float
    covariance: Numbers

    @property
    def rates(self) -> Numbers:
        """Share of patients on the register by age band, at average deprivation in the average region."""
        return np.exp(self.basis @ self.curve)

    @property
    def parameters(self) -> Numbers:
        """All coefficients in the order of `covariance`."""
        return np.concatenate([self.curve, self.slopes, self.regions])

    def expected(self, exposure: Numbers, terms: Numbers, region: Whole | int) -> Numbers:
        """Expected register entries of rows with `exposure` (patients by band) and deprivation `terms`."""
        return np.exp(terms @ self.slopes + self.regions[region]) * (exposure @ self.rates)


def age_basis(bands: int, degree: int = DEGREE) -> Numbers:
    """Orthonormal polynomials over equally wide age bands, bands x (degree + 1)."""
    age = np.linspace(-1.0, 1.0, bands)
    basis, _ = np.linalg.qr(np.vander(age, degree + 1, increasing=True))
    return basis * np.sign(basis[-1])


def spread(counts: Numbers, expected: Numbers) -> float:
    """Squared coefficient of variation beyond chance, from the median: a few wild practices do not move it.

    Solves median((y - mu)^2 / (mu + v mu^2)) = median of chi-squared(1), for v >= 0.
    """
    squared = (counts - expected) ** 2

    def surplus(value: float) -> float:
        return float(np.median(squared / (expected + value * expected**2))) - CHI2_MEDIAN

    if surplus(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1.0
    while surplus(high) > 0:
        high *= 2.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if surplus(middle) > 0 else (low, middle)
    return (low + high) / 2


def _check(counts: Numbers, exposure: Numbers, terms: Numbers) -> None:
    if not (np.isfinite(counts).all() and np.isfinite(exposure).all() and np.isfinite(terms).all()):
        raise SmallAreaError("a practice without figures is missing, not zero: leave it out of the fit")
    if (counts < 0).any() or (exposure < 0).any() or (exposure.sum(axis=1) <= 0).any():
        raise SmallAreaError("register entries and patients must not be negative, and lists not empty")


def fit(
    counts: Numbers,
    exposure: Numbers,
    terms: Numbers,
    region: Whole,
    start: AgeModel | None = None,
    degree: int = DEGREE,
) -> AgeModel:
    """Fit a register by penalised negative binomial scoring.

    Parameters
    ----------
    counts
        Register entries by practice, length n.
    exposure
        Patients of the ages the register counts, n x bands.
    terms
        Deprivation terms, n x k, standardised.
    region
        Region number of each practice, 0, 1, ...
    start
        A fit of nearly the same data: its outlying practices and dispersion are kept, so one pass is enough.
    degree
        Of the curve of the log rate over age; 0 leaves age out.

    Raises
    ------
    SmallAreaError
        For missing or negative figures, or where the scoring does not settle.

    References
    ----------
    Lawless JF (1987), "Negative binomial and mixed Poisson regression", Canadian J. of Statistics 15:209.
    """
    _check(counts, exposure, terms)
    if start is not None:
        return _pass(counts, exposure, terms, region, start, start.dispersion)
    while True:
        model = _flat(counts, exposure, degree, terms.shape[1], int(region.max()) + 1)
        for _ in range(PASSES):
            dispersion = max(spread(counts, model.expected(exposure, terms, region)), LEAST_SPREAD)
            model = _pass(counts, exposure, terms, region, model, dispersion)
        if degree < 2 or np.diff(np.log(model.rates), n=2).min() <= 0:
            return model
        degree -= 1


def _pass(
    counts: Numbers, exposure: Numbers, terms: Numbers, region: Whole, model: AgeModel, dispersion: float
) -> AgeModel:
    """Score once more without the practices that `model` finds outlying."""
    mean = model.expected(exposure, terms, region)
    usual = np.abs(counts / mean - 1) < OUTLYING * np.sqrt(dispersion + 1 / mean)
    usual |= dispersion > FAR_OFF
    return _scored(counts[usual], exposure[usual], terms[usual], region[usual], model, dispersion)


def _flat(counts: Numbers, exposure: Numbers, degree: int, slopes: int, regions: int) -> AgeModel:
    basis = age_basis(exposure.shape[1], degree)
    level = np.full(len(basis), np.log(counts.sum() / exposure.sum()))
    return AgeModel(basis, basis.T @ level, np.zeros(slopes), np.zeros(regions), 0.1, np.empty((0, 0)))


def _scored(
    counts: Numbers, exposure: Numbers, terms: Numbers, region: Whole, start: AgeModel, dispersion: float
) -> AgeModel:
    """Fisher scoring with a fixed dispersion; a step that does not raise the likelihood is halved."""
    curve, slopes = len(start.curve), len(start.slopes)
    design = np.zeros((len(counts), len(start.parameters)))
    design[:, curve : curve + slopes] = terms
    design[np.arange(len(counts)), curve + slopes + region] = 1.0
    prior = np.full(len(start.parameters), 1 / TERM_SPREAD**2)
    prior[curve + slopes :] = 1 / REGION_SPREAD**2

    def at(vector: Numbers) -> tuple[float, Numbers, Numbers, Numbers]:
        by_band = exposure * np.exp(start.basis @ vector[:curve])
        total = by_band.sum(axis=1)
        mean = total * np.exp(design[:, curve:] @ vector[curve:])
        likelihood = counts * np.log(mean) - (counts + 1 / dispersion) * np.log1p(dispersion * mean)
        return float(likelihood.sum() - prior @ vector**2 / 2), by_band, total, mean

    vector = start.parameters
    height, by_band, total, mean = at(vector)
    near = False
    for _ in range(ROUNDS):
        design[:, :curve] = (by_band @ start.basis) / total[:, None]
        weight = mean / (1 + dispersion * mean)
        information = (design * weight[:, None]).T @ design + np.diag(prior)
        step = np.linalg.solve(information, design.T @ (weight * (counts / mean - 1)) - prior * vector)
        # close to the top, scoring may step over it again and again: half steps settle
        step *= 0.5 if near else min(1.0, 10.0 / float(np.abs(step).max()))
        for _ in range(HALVINGS):
            tried, by_band, total, mean = at(vector + step)
            if tried >= height - NOISE * abs(height):
                break
            step = step / 2
        near = near or tried - height < NEAR
        vector, height = vector + step, tried
        if np.abs(step).max() < SETTLED:
            break
    else:
        raise SmallAreaError(f"the fit has not settled after {ROUNDS} rounds")
    return AgeModel(
        start.basis, vector[:curve], vector[curve : curve + slopes], vector[curve + slopes :], dispersion,
        np.asarray(np.linalg.inv(information), dtype=np.float64),
    )  # fmt: skip
