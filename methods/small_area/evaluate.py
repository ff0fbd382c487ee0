"""How good the estimates are: practices held out, spread within practices, agreement with other evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse, stats

from methods.small_area.prevalence import AgeModel, Numbers, SmallAreaError, Whole, fit
from methods.small_area.prevalence_share import Links, caps, shrunk

FOLDS = 10
FEWEST_FOR_CORRELATION = 10


def neighbours(links: Links, known: Numbers) -> sparse.csr_matrix:
    """Weights with which other practices speak for a practice (practices x practices, rows sum to 1 or 0).

    Practice q speaks for p by the share of p's patients who live in the same areas as q's: the sum over areas
    of (share of p's patients in the area) x (share of the area's patients registered with q), q other than p.
    `known` flags the practices that may speak.
    """
    shape = (links.practices, links.areas)
    own = sparse.csr_matrix((links.practice_shares(), (links.practice, links.area)), shape=shape)
    there = sparse.csr_matrix((links.shares(), (links.practice, links.area)), shape=shape)
    weight = (own @ there.T).tolil()
    weight.setdiag(0.0)
    weight = weight.tocsr() @ sparse.diags(np.asarray(known, dtype=float))
    total = np.asarray(weight.sum(axis=1)).ravel()
    return sparse.diags(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)) @ weight


@dataclass(frozen=True)
class HeldOut:
    """Prevalence (shares) of held-out practices: observed, and predicted without their register."""

    observed: Numbers
    model: Numbers
    simple: Numbers

    def error(self, predicted: Numbers) -> float:
        """Mean absolute error."""
        return float(np.abs(predicted - self.observed).mean())


def held_out(
    counts: Numbers,
    listed: Numbers,
    exposure: Numbers,
    terms: Numbers,
    region: Whole,
    model: AgeModel,
    local: Whole,
    weight: sparse.csr_matrix,
) -> HeldOut:
    """Predict local practices from a model fitted without them and from the practices they share areas with.

    Parameters
    ----------
    counts, listed, exposure, terms, region
        All practices of the country, as for `fit`.
    model
        The fit of all of them, from which the fits without a tenth start.
    local
        Rows of the local practices, in the order of `weight`.
    weight
        `neighbours` of the local practices.

    Notes
    -----
    Ten folds of the local practices. The model's prediction is its own expectation times the mean multiplier
    (capped and shrunk) of the neighbours; the simple one is the mean prevalence of the neighbours.
    """
    fold = np.arange(len(local)) % FOLDS
    observed = counts[local] / listed[local]
    simple = weight @ observed
    predicted = np.empty(len(local))
    for number in range(FOLDS):
        out = fold == number
        rest = np.ones(len(counts), dtype=bool)
        rest[local[out]] = False
        refit = fit(counts[rest], exposure[rest], terms[rest], region[rest], start=model)
        expected = refit.expected(exposure[local], terms[local], region[local])
        multiplier = shrunk(
            np.minimum(counts[local], caps(counts[local], expected, refit.dispersion) * expected),
            expected, refit.dispersion,
        )  # fmt: skip
        predicted[out] = (weight @ multiplier)[out] * expected[out] / listed[local[out]]
    found = np.asarray(weight.sum(axis=1)).ravel() > 0
    return HeldOut(observed[found], predicted[found], simple[found])


def spread_between(
    links: Links,
    group: Whole,
    log: Numbers,
    trust: Numbers,
    labels: tuple[Whole, ...],
) -> float:
    """Variance of the log multiplier between groups of areas (MSOAs), from practices that share them.

    Practices with patients in the same MSOAs have more in common the more MSOAs differ. The products of their
    log multipliers are regressed (weighted non-negative least squares) on the share of patients they have in
    common, beside constants for pairs of the same Place and network, which share habits of recording.

    Parameters
    ----------
    links, group
        Registrations, and the group number of each area.
    log, trust
        Log of register over expectation by practice (finite), and the weight it deserves.
    labels
        Label numbers of the practices (Place, network).

    References
    ----------
    Haseman JK, Elston RC (1972), Behavior Genetics 2:3, for the regression of products on what is shared.
    """
    shape = (links.practices, int(group.max()) + 1)
    own = sparse.csr_matrix((links.practice_shares(), (links.practice, group[links.area])), shape=shape)
    first, second = np.triu_indices(links.practices, 1)
    shared = (own @ own.T).toarray()[first, second]
    weight = np.sqrt(trust[first] * trust[second])
    columns = [*(label[first] == label[second] for label in labels), shared]
    centred = log - np.average(log, weights=trust)
    scale = weight / weight.mean()
    found, _ = optimize.nnls(
        np.column_stack(columns) * scale[:, None], centred[first] * centred[second] * scale
    )
    return float(found[-1])


def agreement(estimate: Numbers, other: Numbers) -> float:
    """Rank correlation (Spearman) across areas that have both; SmallAreaError for fewer than ten."""
    both = np.isfinite(estimate) & np.isfinite(other)
    if both.sum() < FEWEST_FOR_CORRELATION:
        raise SmallAreaError(f"only {both.sum()} areas have both figures")
    return float(stats.spearmanr(estimate[both], other[both]).statistic)


def within_over_between(values: Numbers, controls: Numbers, group: Whole) -> float:
    """Variance of the log of a figure among areas within groups over that between groups, given `controls`.

    Figures that are known for small areas tell how much those within an MSOA may differ, which registers by
    practice cannot. Missing and zero values are left out; analysis of variance of least-squares residuals.
    """
    use = np.isfinite(values) & (values > 0)
    design = np.column_stack([np.ones(int(use.sum())), controls[use]])
    log = np.log(values[use])
    rest = log - design @ np.linalg.lstsq(design, log, rcond=None)[0]
    _, number = np.unique(group[use], return_inverse=True)
    size = np.bincount(number)
    mean = np.bincount(number, rest) / size
    within = float(((rest - mean[number]) ** 2).sum()) / (len(rest) - len(size))
    between = float(mean.var(ddof=1)) - within / float(size.mean())
    return within / max(between, 1e-12)
