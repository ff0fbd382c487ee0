"""The weighted mean of small areas, and what its limits can and cannot say."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from methods.results import Estimate, MethodError, numbers, ordered_limits, same_length, weights, z_of


def weighted_mean(
    values: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    lower: npt.ArrayLike | None = None,
    upper: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Mean of small areas weighted by their people, with limits.

    Parameters
    ----------
    values
        Figure of each small area, shape (n,). Missing values are refused: set them aside first and say so.
    weight
        People of each small area, shape (n,), above 0.
    lower, upper
        Limits of each small area's figure at the same confidence, shape (n,), both or neither.
    confidence
        Such as 0.95.

    Returns
    -------
    Estimate
        ``method`` names which of the two kinds of limits is given:

        - with `lower` and `upper`: the error of each small area carried into the mean as if independent;
        - without: the limits that the spread among small areas implies, were they a sample of many like them.
          They describe how uneven the area is. They are not sampling error, for every small area is counted.

    Raises
    ------
    MethodError
        For missing numbers, weights of 0, one limit without the other, or, without limits, a single area.

    References
    ----------
    Gatz DF, Smith L (1995), "The standard error of a weighted mean concentration", Atmospheric Environment
    29:1185-1193: of several formulas the ratio variance of Cochran (1977) agreed best with resampling. In the
    form ``n / (n - 1) * sum(w**2 * (x - mean)**2) / sum(w)**2``, with Student's t on n - 1 degrees.

    Examples
    --------
    >>> mean = weighted_mean([10, 20, 40], [100, 100, 200])
    >>> mean.value
    27.5
    """
    x, w = numbers(values, "value", least=1), weights(weight, "weight", least=1)
    same_length(values=x, weight=w)
    z = z_of(confidence)
    mean = float((w * x).sum() / w.sum())
    if (lower is None) != (upper is None):
        raise MethodError("lower and upper limits come together: one of them is missing")
    if lower is not None and upper is not None:
        low, high = numbers(lower, "lower limit"), numbers(upper, "upper limit")
        ordered_limits(x, low, high)
        share = w / w.sum()
        # each side by itself, so that limits which are not symmetrical stay so
        down, up = (float(np.sqrt(((share * part) ** 2).sum())) for part in (x - low, high - x))
        return Estimate(
            mean, mean - down, mean + up, confidence, "weighted mean, errors of small areas independent"
        )
    if x.size < 2:
        raise MethodError("one small area has no spread: give its limits, or show it without")
    error = float(np.sqrt(x.size / (x.size - 1) * (w**2 * (x - mean) ** 2).sum()) / w.sum())
    reach = error * float(special.stdtrit(x.size - 1, special.ndtr(z)))
    return Estimate(
        mean, mean - reach, mean + reach, confidence, "weighted mean, spread among small areas (t)"
    )
