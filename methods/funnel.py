"""Funnel limits: how far from a benchmark chance alone carries an area of a given size.

Both funnels turn the usual limits of a figure round. A point lies outside the funnel exactly where its own
limits leave the benchmark out, so the funnel plot and `methods.compare` never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from methods.intervals import poisson_limits
from methods.results import MethodError, Numbers, counts, refuse, same_length, weights, z_of

Place = Literal["high (99.8%)", "high (95%)", "within", "low (95%)", "low (99.8%)"]
LEVELS = (0.95, 0.998)
HALVINGS = 45  # enough to bring any bracket down to rounding error


@dataclass(frozen=True)
class Funnel:
    """Control limits at two levels.

    Attributes
    ----------
    denominator
        Sizes at which the limits hold, shape (k,).
    benchmark
        The centre line.
    lower95, upper95, lower998, upper998
        Limits in the unit of the benchmark, shape (k,).
    confidence
        (0.95, 0.998).
    method
        In words.
    """

    denominator: Numbers
    benchmark: float
    lower95: Numbers
    upper95: Numbers
    lower998: Numbers
    upper998: Numbers
    confidence: tuple[float, float]
    method: str


def proportion_funnel(denominator: npt.ArrayLike, benchmark: float, *, whole: float = 100.0) -> Funnel:
    """Funnel limits of a proportion: Wilson limits turned round.

    Parameters
    ----------
    denominator
        Sizes, shape (k,), above 0.
    benchmark
        The proportion in the unit of `whole`, such as England's percentage or that of all areas together.
    whole
        100 for percentages, 1 for fractions.

    Raises
    ------
    MethodError
        For a missing size, one of 0, or a benchmark outside 0 to `whole`.

    Notes
    -----
    The count whose Wilson limit meets the benchmark ``p`` is ``n * (p +- z * sqrt(p * (1 - p) / n))``.

    References
    ----------
    Spiegelhalter DJ (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine
    24:1185-1202; the R package PHEindicatormethods turns Wilson limits round in the same way.

    Examples
    --------
    >>> found = proportion_funnel([102], 80.642448)
    >>> round(float(found.lower95[0]), 3), round(float(found.upper998[0]), 3)
    (72.975, 92.732)
    """
    n = weights(denominator, "denominator")
    if not 0 <= benchmark <= whole:
        raise MethodError(f"the benchmark {benchmark!r} is not between 0 and {whole:g}")
    p = benchmark / whole
    error = np.sqrt(p * (1 - p) / n)
    low95, high95, low998, high998 = (
        whole * np.clip(p + sign * z_of(level) * error, 0, 1) for level in LEVELS for sign in (-1, 1)
    )
    method = "Wilson limits turned round"
    return Funnel(n, float(benchmark), low95, high95, low998, high998, LEVELS, method)


def rate_funnel(denominator: npt.ArrayLike, benchmark: float, *, per: float = 100_000) -> Funnel:
    """Funnel limits of a rate: Byar's limits (exact below 10) turned round.

    Parameters
    ----------
    denominator
        Person-years of each size, shape (k,), above 0.
    benchmark
        The rate per `per` people, above 0.
    per
        People the rate refers to.

    Raises
    ------
    MethodError
        For a missing size, one of 0, or a benchmark that is not above 0.

    Notes
    -----
    The lower limit is the rate of the largest count whose own upper limit still falls short of the count
    expected; the upper limit that of the smallest count whose lower limit exceeds it. Counts are taken as
    continuous. Where even no event would not be surprisingly low, the lower limit is 0.

    References
    ----------
    Spiegelhalter (2005), as above; Dover DC, Schopflocher DP (2011), "Using funnel plots in public health
    surveillance", Population Health Metrics 9:58.

    Examples
    --------
    >>> found = rate_funnel([4796.027082], 116.1720835)
    >>> round(float(found.lower95[0]), 3)
    20.851
    """
    n = weights(denominator, "denominator")
    if not (np.isfinite(benchmark) and benchmark > 0):
        raise MethodError(f"a funnel of rates needs a benchmark above 0; found {benchmark!r}")
    expected = n * benchmark / per
    low95, high95, low998, high998 = (
        _turned(expected, level, side) / n * per for level in LEVELS for side in (1, 0)
    )
    method = "Byar's limits (exact below 10) turned round"
    return Funnel(n, float(benchmark), low95, high95, low998, high998, LEVELS, method)


def _turned(expected: Numbers, level: float, side: int) -> Numbers:
    """The count whose upper (side 1) or lower (side 0) limit is the count expected, by halving a bracket.

    Where no count's limit is that low, the answer is 0. At the step from exact to Byar's limits the bracket
    closes on the step.
    """
    low = np.zeros_like(expected)
    high = expected + 12 * np.sqrt(expected) + 40  # wide enough for 99.8% at any size
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        short = poisson_limits(middle, level)[side] < expected
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return low if side else high


def place(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, funnel: Funnel, *, per: float
) -> npt.NDArray[np.str_]:
    """Where areas fall in their funnel.

    Parameters
    ----------
    numerator, denominator
        Counts of each area, shape (k,); the funnel was made for the same denominators.
    funnel
        From `proportion_funnel` or `rate_funnel`.
    per
        100 for percentages, otherwise the `per` of the rate.

    Returns
    -------
    array of str
        "high (99.8%)", "high (95%)", "within", "low (95%)" or "low (99.8%)".

    Raises
    ------
    MethodError
        For missing or negative counts, or denominators that are not those of the funnel.

    Examples
    --------
    >>> place([95, 80], [102, 102], proportion_funnel([102, 102], 80.642448), per=100).tolist()
    ['high (99.8%)', 'within']
    """
    x, n = counts(numerator, "numerator"), weights(denominator, "denominator")
    same_length(numerator=x, denominator=n, funnel=funnel.denominator)
    refuse(n != funnel.denominator, n, "the funnel was made for other denominators")
    value = x / n * per
    return np.select(
        [
            value > funnel.upper998,
            value > funnel.upper95,
            value < funnel.lower998,
            value < funnel.lower95,
        ],
        ["high (99.8%)", "high (95%)", "low (99.8%)", "low (95%)"],
        default="within",
    )
