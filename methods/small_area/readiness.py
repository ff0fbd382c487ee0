"""School readiness expected of small areas: their family income, and the rates published for their Place.

A Place publishes how many children reached a good level of development, with and without free school meals
(FSM). A small area's expected rate mixes these two rates by the share of its children who have free school
meals, which follows from its share of children in income-deprived families. What is expected so cannot show
where an area does better or worse than its income suggests: that is what it leaves out, and its limits allow
for how far areas differ for other reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from methods.results import MethodError, Numbers, counts, refuse, same_length

# A share of 0 or 1 has no logit: it comes from a handful of children, or from two sources that do not match.
EDGE = 0.01


@dataclass(frozen=True)
class PlaceCounts:
    """What is published for one Place and year: children assessed and children who reached the level.

    `children` and `achieved` are of everybody; `fsm_...` with, `other_...` without free school meals. The
    rest are children whose eligibility is not known; they count in the total only.
    """

    children: float
    achieved: float
    fsm_children: float
    fsm_achieved: float
    other_children: float
    other_achieved: float

    def __post_init__(self) -> None:
        known, reached = self.fsm_children + self.other_children, self.fsm_achieved + self.other_achieved
        parts = (
            (self.fsm_achieved, self.fsm_children),
            (self.other_achieved, self.other_children),
            (self.achieved - reached, self.children - known),
        )
        wrong = any(not 0 <= part <= whole for part, whole in parts)
        if wrong or min(self.fsm_children, self.other_children) <= 0:
            raise MethodError(f"the published counts of a Place contradict each other: {self}")

    @property
    def unknown(self) -> float:
        """Share of the children whose eligibility is not known."""
        return 1 - (self.fsm_children + self.other_children) / self.children

    @property
    def fsm_share(self) -> float:
        """Share with free school meals among the children whose eligibility is known."""
        return self.fsm_children / (self.fsm_children + self.other_children)

    @property
    def rates(self) -> tuple[float, float]:
        """Rates with and without free school meals, as published."""
        return self.fsm_achieved / self.fsm_children, self.other_achieved / self.other_children

    @property
    def ends(self) -> tuple[float, float]:
        """Expected rates of an area where all, and where none, of the known children have FSM.

        The published rates, each with the same small part of children of unknown eligibility mixed in.
        """
        reached = self.achieved - self.fsm_achieved - self.other_achieved
        with_fsm, without = self.rates
        known = 1 - self.unknown
        return known * with_fsm + reached / self.children, known * without + reached / self.children


@dataclass(frozen=True)
class Expected:
    """What is expected of each LSOA of one Place in one year: children, share with FSM, rate; shape (n,)."""

    place: PlaceCounts
    children: Numbers
    share: Numbers
    rate: Numbers


def scaled_shares(share: npt.ArrayLike, weight: npt.ArrayLike, target: float) -> Numbers:
    """Shares moved by one amount on the logit scale until their weighted mean is `target`.

    Parameters
    ----------
    share
        Shares between 0 and 1, shape (n,); taken to be at least 0.01 and at most 0.99.
    weight
        Children of each, shape (n,), not negative, not all 0.
    target
        The mean to reach, between 0 and 1.

    Raises
    ------
    MethodError
        For missing values, shares or a target outside their range, or no children.

    Notes
    -----
    The order of the shares is kept and none leaves the range of 0 to 1, which multiplying them could do.

    Examples
    --------
    >>> scaled_shares([0.2, 0.6], [10, 10], 0.25).round(3).tolist()
    [0.1, 0.4]
    """
    x, w = counts(share, "share", least=1), counts(weight, "weight", least=1)
    same_length(share=x, weight=w)
    refuse(x > 1, x, "a share is above 1")
    if w.sum() <= 0 or not 0 < target < 1:
        raise MethodError(f"shares cannot be scaled to {target!r} over {w.sum():g} children")
    logit = special.logit(np.clip(x, EDGE, 1 - EDGE))
    mean = w / w.sum()

    def short(shift: float) -> float:
        return float(mean @ special.expit(logit + shift)) - target

    shift = optimize.brentq(short, -30.0, 30.0, xtol=1e-13, rtol=1e-14)
    return np.asarray(special.expit(logit + shift), dtype=np.float64)


def expected(place: PlaceCounts, deprived: npt.ArrayLike, young: npt.ArrayLike) -> Expected:
    """Children starting school, share with free school meals and expected rate of every LSOA of a Place.

    Parameters
    ----------
    place
        Published counts of the Place.
    deprived
        Share of children in income-deprived families of each LSOA, shape (n,).
    young
        Young children of each LSOA, shape (n,); shared out in proportion, they become the published number.

    Returns
    -------
    Expected
        Children and ``children * rate`` sum to the published children and achieved.

    Raises
    ------
    MethodError
        As `scaled_shares`.

    Examples
    --------
    >>> found = expected(PlaceCounts(100, 65, 20, 9, 80, 56), [0.2, 0.6], [50, 50])
    >>> found.rate.round(3).tolist(), float(found.children @ found.rate)
    ([0.681, 0.619], 65.0)
    """
    share = scaled_shares(deprived, young, place.fsm_share)
    w = counts(young, "young")
    children = place.children * w / w.sum()
    with_fsm, without = place.ends
    rate = share * with_fsm + (1 - share) * without
    return Expected(place, children, share, rate)


def in_hundredths(values: npt.ArrayLike, total: float) -> Numbers:
    """Values rounded to two decimals so that they still sum to `total` (itself rounded to two decimals).

    What is lost by rounding down goes, one hundredth each, to those that lost most; of equals, to the first.

    Raises MethodError for negative or missing values, or ones that do not sum to `total` before rounding.

    Examples
    --------
    >>> in_hundredths([1 / 3, 1 / 3, 1 / 3], 1).tolist()
    [0.34, 0.33, 0.33]
    """
    x = counts(values, "values")
    if abs(x.sum() - total) > 0.005 + 1e-9 * max(1.0, total):
        raise MethodError(f"values that sum to {x.sum():g} cannot be rounded to a sum of {total:g}")
    cents = x * 100
    low = np.floor(cents + 1e-7)
    missing = round(total * 100) - int(low.sum())
    # to a millionth: the order must not hang on the last digit, which differs between machines
    order = np.argsort(-np.round(cents - low, 6), kind="stable")
    step = 1 if missing > 0 else -1
    chosen = order if missing > 0 else order[::-1]
    for position in chosen[np.arange(abs(missing)) % max(x.size, 1)]:
        low[position] += step
    return np.asarray(np.round(low / 100, 2), dtype=np.float64)
