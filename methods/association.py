"""Whether two figures rise and fall together over the same areas."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from methods.results import Estimate, MethodError, numbers, same_length, z_of

FEWEST = 10  # areas: below, the limits of a rank correlation say next to nothing


def rank_correlation(first: npt.ArrayLike, second: npt.ArrayLike, confidence: float = 0.95) -> Estimate:
    """Spearman's rank correlation of two figures over the same areas, with limits.

    Parameters
    ----------
    first, second
        One number an area, shape (k,), at least 10, none missing.
    confidence
        Of the limits.

    Returns
    -------
    Estimate
        From -1 to 1. Differs from 0 where the limits exclude 0.

    Raises
    ------
    MethodError
        For missing values, different lengths, fewer than 10 areas, or a figure that is the same everywhere.

    Notes
    -----
    Limits by Fisher's transformation with the variance ``(1 + r**2 / 2) / (k - 3)``. Areas count as
    independent: neighbours resemble each other, so the limits are somewhat too narrow. A link between areas
    is not one between persons.

    References
    ----------
    Bonett DG, Wright TA (2000), "Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations", Psychometrika 65:23-28.

    Examples
    --------
    >>> found = rank_correlation(range(12), [0, 2, 1, 4, 3, 5, 7, 6, 9, 8, 11, 10])
    >>> round(found.value, 3), found.excludes(0)
    (0.965, True)
    """
    x, y = numbers(first, "first", least=FEWEST), numbers(second, "second", least=FEWEST)
    same_length(first=x, second=y)
    for name, values in (("first", x), ("second", y)):
        if np.ptp(values) == 0:
            raise MethodError(f"{name} is the same in all areas: nothing can rise or fall with it")
    value = float(np.corrcoef(pd.Series(x).rank(), pd.Series(y).rank())[0, 1])
    inside = float(np.clip(value, -1 + 1e-12, 1 - 1e-12))
    error = z_of(confidence) * np.sqrt((1 + inside**2 / 2) / (x.size - 3))
    lower, upper = (float(np.tanh(np.arctanh(inside) + side * error)) for side in (-1, 1))
    return Estimate(
        value, lower, upper, confidence, "Spearman's rank correlation, limits of Bonett and Wright"
    )
