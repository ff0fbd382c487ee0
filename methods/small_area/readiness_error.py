"""What an expected rate of school readiness may be out by, for small areas and any areas made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from methods.intervals import wilson
from methods.results import Numbers, counts, refuse, same_length, weights
from methods.small_area.readiness import Expected


@dataclass(frozen=True)
class Spread:
    """How far small areas differ from what their income says, as standard deviations of logits.

    `rate_...` of the rate of development, `share_...` of the share with free school meals; between MSOAs of
    a Place and between LSOAs of an MSOA.
    """

    rate_msoa: float
    rate_lsoa: float
    share_msoa: float
    share_lsoa: float


@dataclass(frozen=True)
class Areas:
    """What is expected of areas made of LSOAs, shape (m,), and what it may be out by.

    `children`, their `share` with free school meals and the expected `rate` are as in `Expected`.
    `from_share`, `from_rates`, `from_differences` and `from_chance` are standard deviations of the rate: of
    the area's share with FSM, of the Place's two rates, of differences that income does not explain, and of
    chance among its children.
    """

    children: Numbers
    share: Numbers
    rate: Numbers
    from_share: Numbers
    from_rates: Numbers
    from_differences: Numbers
    from_chance: Numbers

    @property
    def model_error(self) -> Numbers:
        """Standard deviation without chance."""
        parts = (self.from_share, self.from_rates, self.from_differences)
        return np.asarray(np.sqrt(sum(part**2 for part in parts)), dtype=np.float64)

    def limits(self, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
        """Limits for what would be counted in the area (lower, upper)."""
        return limits(self.rate, self.children, self.model_error, confidence)


def areas_of(model: Expected, msoa: npt.ArrayLike, parts: npt.ArrayLike, spread: Spread) -> Areas:
    """Sum LSOAs to areas and carry every error through, with what neighbours share.

    Parameters
    ----------
    model
        All LSOAs of one Place, n of them.
    msoa
        MSOA code of each LSOA, shape (n,).
    parts
        Share of each LSOA's people in each area, shape (m, n); the identity gives the LSOAs themselves.
    spread
        Differences between areas that income does not explain.

    Raises
    ------
    MethodError
        For an area without children.

    Notes
    -----
    First-order propagation: each error is a linear function of independent errors by MSOA and by LSOA, less
    the part that the published total of the Place rules out. The whole Place therefore has no such error.
    Errors of an area are computed from its LSOAs' together, never by averaging limits.
    """
    a = np.asarray(parts, dtype=np.float64) * model.children
    children = a.sum(axis=1)
    refuse(children <= 0, children, "an area has no children")
    a = a / children[:, None]
    place = model.place
    known = 1 - place.unknown
    (with_fsm, without), (low, high) = place.rates, place.ends
    share, rate = a @ model.share, a @ model.rate
    whole = model.children / model.children.sum()
    groups = np.unique(np.asarray(msoa), return_inverse=True)[1]
    member = np.eye(groups.max() + 1)[groups]

    def carried(slope: Numbers, between: float, within: float) -> Numbers:
        effect = a * slope
        effect = effect - np.outer(effect.sum(axis=1) / (whole @ slope), whole * slope)
        variance = between**2 * ((effect @ member) ** 2).sum(axis=1) + within**2 * (effect**2).sum(axis=1)
        return np.asarray(np.sqrt(variance), dtype=np.float64)

    chance_of_rates = (
        with_fsm * (1 - with_fsm) / place.fsm_children + without * (1 - without) / place.other_children
    )
    return Areas(
        children,
        share,
        rate,
        abs(high - low) * carried(model.share * (1 - model.share), spread.share_msoa, spread.share_lsoa),
        known * np.abs(share - place.fsm_share) * math.sqrt(chance_of_rates),
        carried(model.rate * (1 - model.rate), spread.rate_msoa, spread.rate_lsoa),
        np.sqrt(rate * (1 - rate) / children),
    )


def limits(
    rate: npt.ArrayLike, children: npt.ArrayLike, model_error: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Limits within which the counted rate of an area should lie if the model holds.

    Wilson limits with the children replaced by the number that would by chance alone spread as widely as
    chance and the model's error together. They hold the rate, stay within 0 and 1, and are the wider the
    fewer the children.

    Parameters
    ----------
    rate, children, model_error
        Expected rate between 0 and 1, children above 0, standard deviation of the model; shape (m,).
    confidence
        Such as 0.95.

    Raises
    ------
    MethodError
        For missing values or children of 0 or less. IntervalError for a confidence outside 0 to 1.

    References
    ----------
    Kish L (1965), Survey Sampling, chapter 8 (effective numbers); Wilson EB (1927).

    Examples
    --------
    >>> lower, upper = limits([0.65], [400], [0.03])
    >>> lower.round(2).tolist(), upper.round(2).tolist()
    ([0.57], [0.72])
    """
    p, n, error = counts(rate, "rate"), weights(children, "children"), counts(model_error, "model_error")
    same_length(rate=p, children=n, model_error=error)
    refuse(p > 1, p, "a rate is above 1")
    chance = p * (1 - p)
    alike = np.where(chance > 0, chance / np.maximum(chance / n + error**2, 1e-300), n)
    _, lower, upper = wilson(p * alike, alike, confidence)
    return lower, upper
