"""Confidence limits for proportions and counts, as public health technical guides use them.

Array in, array out. Bad input is refused with a message rather than turned into NaN, because a silent NaN
ends up on a map as "no data". Drop missing values first: they have no limits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

Numbers = npt.NDArray[np.float64]
EXACT_BELOW = 10.0  # Byar's approximation is used from this count upwards, the exact limits below it
NOTHING = 1e-6  # under this (apportioned) count the exact lower limit is 0 to machine precision


class IntervalError(ValueError):
    """The input has no confidence limits; the message says which value and why."""


def _refuse(bad: npt.NDArray[np.bool_], values: Numbers, why: str) -> None:
    if bad.any():
        position = int(np.flatnonzero(bad)[0])
        raise IntervalError(
            f"{why}: {np.count_nonzero(bad)} of {bad.size}, first at position {position} "
            f"(value {values.ravel()[position]:g})"
        )


def _finite(values: npt.ArrayLike, name: str) -> Numbers:
    array = np.asarray(values, dtype=np.float64)
    _refuse(~np.isfinite(np.atleast_1d(array)), np.atleast_1d(array), f"{name} is missing or not finite")
    return array


def _counts(values: npt.ArrayLike, name: str = "count") -> Numbers:
    array = _finite(values, name)
    _refuse(np.atleast_1d(array < 0), np.atleast_1d(array), f"{name} is negative")
    return array


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise IntervalError(f"confidence must lie between 0 and 1, for example 0.95; found {confidence!r}")
    return float(special.ndtri(0.5 + confidence / 2))


def wilson(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Wilson score limits of a proportion.

    Parameters
    ----------
    numerator, denominator
        Counts of any shape that broadcast; apportioned (fractional) counts are allowed.
        0 <= numerator <= denominator and denominator > 0.
    confidence
        0.95 for 95% limits, 0.998 for 99.8% control limits.

    Returns
    -------
    value, lower, upper
        Proportions from 0 to 1, in the broadcast shape.

    Raises
    ------
    IntervalError
        For missing, negative or impossible counts and for a denominator of 0.

    References
    ----------
    Wilson EB (1927), "Probable inference, the law of succession, and statistical inference", JASA 22:209-212.

    Examples
    --------
    >>> value, lower, upper = wilson(65, 100)
    >>> round(float(lower), 6), round(float(upper), 6)
    (0.552544, 0.736358)
    """
    x, n = np.broadcast_arrays(_counts(numerator, "numerator"), _counts(denominator, "denominator"))
    _refuse(np.atleast_1d(n == 0), np.atleast_1d(n), "denominator is 0")
    # apportioned counts are sums of products: allow for rounding in the last digits only
    _refuse(np.atleast_1d(x > n * (1 + 1e-9)), np.atleast_1d(x), "numerator is larger than its denominator")
    x = np.minimum(x, n)
    z = _z(confidence)
    p = x / n
    centre = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - p))
    scale = 2 * (n + z**2)
    lower = np.where(x == 0, 0.0, np.clip((centre - spread) / scale, 0, p))
    upper = np.where(x == n, 1.0, np.clip((centre + spread) / scale, p, 1))
    return p, lower, upper


def byar(count: npt.ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Byar's approximate limits of a Poisson count, good from a count of 10 upwards.

    Parameters
    ----------
    count
        Counts of any shape, not negative.
    confidence
        Two-sided confidence, such as 0.95 or 0.998.

    Returns
    -------
    lower, upper
        Limits of the *count* (divide both by the population for limits of a rate).

    Raises
    ------
    IntervalError
        For missing or negative counts.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research, volume II, page 69.

    Examples
    --------
    >>> lower, upper = byar(65)
    >>> round(float(lower), 5), round(float(upper), 5)
    (50.16319, 82.84914)
    """
    o = _counts(count)
    z = _z(confidence)
    safe = np.where(o > NOTHING, o, 1.0)  # the formula divides by the count; 0 has the limit 0 by definition
    shrunk = 1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))
    lower = np.where(o > NOTHING, safe * np.maximum(shrunk, 0.0) ** 3, 0.0)
    above = o + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower, upper


def exact_poisson(count: npt.ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Exact limits of a Poisson count, by its relation to the chi-squared distribution.

    Parameters
    ----------
    count
        Counts of any shape, not negative; fractional counts use the same continuous formula.
    confidence
        Two-sided confidence, such as 0.95 or 0.998.

    Returns
    -------
    lower, upper
        Limits of the *count*.

    Raises
    ------
    IntervalError
        For missing or negative counts.

    References
    ----------
    Garwood F (1936), "Fiducial limits for the Poisson distribution", Biometrika 28:437-442.

    Examples
    --------
    >>> lower, upper = exact_poisson([0, 5])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 1.623], [3.689, 11.668])
    """
    o = _counts(count)
    _z(confidence)
    tail = (1 - confidence) / 2
    safe = np.where(o > NOTHING, o, 1.0)
    lower = np.where(o > NOTHING, special.gammaincinv(safe, tail), 0.0)
    upper = special.gammaincinv(o + 1, 1 - tail)
    return lower, upper


def poisson_limits(count: npt.ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Limits of a count: exact below 10, Byar's from 10 upwards.

    Parameters
    ----------
    count
        Counts of any shape, not negative.
    confidence
        Two-sided confidence, such as 0.95 or 0.998.

    Returns
    -------
    lower, upper
        Limits of the *count*, in the same shape.

    Raises
    ------
    IntervalError
        For missing or negative counts.

    References
    ----------
    The convention of the Public Health England technical guide "Confidence intervals" (2018).

    Examples
    --------
    >>> lower, upper = poisson_limits([9, 10])
    >>> lower.round(3).tolist()
    [4.115, 4.787]
    """
    o = _counts(count)
    exact_lower, exact_upper = exact_poisson(o, confidence)
    byar_lower, byar_upper = byar(o, confidence)
    small = o < EXACT_BELOW
    return np.where(small, exact_lower, byar_lower), np.where(small, exact_upper, byar_upper)
