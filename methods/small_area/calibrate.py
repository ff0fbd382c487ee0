"""How good the estimated flows are, and how far replicates of them must spread to be as wrong as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from methods.small_area.flows import Decay, Floats, Flows, Ints, Pairs, fit, kernel, practice_mean

# Added to the variance, so that a practice among equals does not count without limit (IMD points squared).
SMALL_VARIANCE = 4.0


@dataclass(frozen=True)
class Noise:
    """The spread of replicates.

    Standard deviations: of the logarithm of every pair (`cell`), of the logarithm shared by a practice and
    all LSOAs of one MSOA (`cluster`: a branch surgery, a bus route), of the logarithm of the decay's scale
    (`scale`), and of its power (`power`).
    """

    cell: float
    cluster: float
    scale: float
    power: float


@dataclass(frozen=True)
class Fit:
    """How well predicted means of practices agree with the published ones."""

    r2: float
    mae: float
    practices: int


def agreement(predicted: Floats, published: Floats, chosen: np.ndarray) -> Fit:
    """R squared and mean absolute error over the chosen practices with both figures."""
    both = chosen & np.isfinite(predicted) & np.isfinite(published)
    truth, guess = published[both], predicted[both]
    r2 = 1.0 - ((truth - guess) ** 2).sum() / ((truth - truth.mean()) ** 2).sum()
    return Fit(float(r2), float(np.abs(truth - guess).mean()), int(both.sum()))


def folds(count: int, number: int, seed: int) -> Ints:
    """A fold from 0 to number - 1 for each of `count` practices, of equal size within one."""
    return np.random.default_rng(seed).permutation(np.arange(count) % number).astype(np.int64)


def left_out_means(refit: Callable[[Floats], Floats], published: Floats, number: int, seed: int) -> Floats:
    """Mean of each practice when its own published figure (and those of its fold) was not used.

    `refit` takes the targets, NaN for those left out, and returns every practice's predicted mean.
    """
    fold = folds(len(published), number, seed)
    predicted = np.full(len(published), np.nan)
    for left in range(number):
        means = refit(np.where(fold == left, np.nan, published))
        predicted[fold == left] = means[fold == left]
    return predicted


def overlap(estimate: pd.DataFrame, truth: pd.DataFrame, by: list[str]) -> float:
    """Share of the true patients whom the estimate puts into the right cell: sum(min) / sum(truth)."""
    left = estimate.groupby(by)["patients"].sum().rename("estimate")
    right = truth.groupby(by)["patients"].sum().rename("truth")
    both = pd.concat([left, right], axis=1, join="inner")  # a cell in one table only has no overlap
    return float(both.min(axis=1).sum() / right.sum())


def relative_error(
    pairs: Pairs, decay: Decay, residents: Floats, lists: Floats, value: Floats,
    target: Floats, variance: Floats, use: np.ndarray,
) -> float:  # fmt: skip
    """Mean squared error of practice means, each in terms of the variance around the practice.

    In these terms a practice in an even countryside says as much on decay as one in a city of contrasts.
    `variance` is that of `variance_scale`.
    """
    flows = fit(pairs, kernel(pairs, decay), residents, lists, row_pull=decay.row_pull, sweeps=60)
    mean = practice_mean(pairs, flows.patients, value)
    chosen = use & np.isfinite(target)
    return float((((mean - target) ** 2)[chosen] / (variance[chosen] + SMALL_VARIANCE)).mean())


def variance_scale(pairs: Pairs, residents: Floats, lists: Floats, value: Floats) -> Floats:
    """Variance of `value` around each practice, from flows with a fixed decay (not to be gamed)."""
    fixed = Decay(scale=1.0, power=0.5, row_pull=1.0)
    patients = fit(pairs, kernel(pairs, fixed), residents, lists, sweeps=60).patients
    mean = practice_mean(pairs, patients, value)
    return practice_mean(pairs, patients, value**2) - mean**2


def calibrate(
    pairs: Pairs, residents: Floats, lists: Floats, value: Floats, target: Floats, use: np.ndarray,
    *, row_pull: float, start: Decay, evaluations: int = 60,
) -> Decay:  # fmt: skip
    """Scale and power with the least relative error on published means, for one firmness of the rows."""

    variance = variance_scale(pairs, residents, lists, value)

    def loss(x: Floats) -> float:
        decay = Decay(float(np.exp(x[0])), float(x[1]), row_pull)
        return relative_error(pairs, decay, residents, lists, value, target, variance, use)

    first = np.array([np.log(start.scale), start.power])
    simplex = first + np.array([[0.0, 0.0], [0.2, 0.0], [0.0, 0.2]])
    found = minimize(
        loss, first, method="Nelder-Mead",
        options={"maxfev": evaluations, "initial_simplex": simplex, "xatol": 0.005, "fatol": 1e-5},
    )  # fmt: skip
    return Decay(float(np.exp(found.x[0])), float(found.x[1]), row_pull)


def disturbed(
    pairs: Pairs, decay: Decay, noise: Noise, cluster: Ints, generator: np.random.Generator
) -> Floats:
    """A kernel with another decay and lognormal noise; `cluster` numbers the practice x MSOA of each pair."""
    shift = generator.standard_normal(2)
    other = Decay(
        decay.scale * float(np.exp(noise.scale * shift[0])),
        decay.power + noise.power * float(shift[1]),
        decay.row_pull,
    )
    shared = generator.standard_normal(int(cluster.max()) + 1)[cluster]
    own = generator.standard_normal(len(pairs.area))
    return kernel(pairs, other) * np.exp(noise.cluster * shared + noise.cell * own)


def replicate(
    pairs: Pairs, pull: Floats, residents: Floats, lists: Floats, *, decay: Decay, value: Floats,
    target: Floats, start: Flows, steps: int = 5, sweeps: int = 15,
) -> Floats:  # fmt: skip
    """Patients of a disturbed kernel, balanced again and held to the published means from a warm start."""
    return fit(
        pairs, pull, residents, lists, row_pull=decay.row_pull, area_value=value, target=target,
        start=start, steps=steps, sweeps=sweeps,
    ).patients  # fmt: skip
