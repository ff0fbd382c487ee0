"""Hot and cold spots: do neighbouring areas resemble each other more than chance would have it?

A map of pure noise shows clusters to any eye, and tests of hundreds of areas find some by chance. So every
local test here needs a least number of areas, sets its significance by permutation, and adjusts it for the
number of tests (Benjamini and Hochberg's false discovery rate). There is no way round the adjustment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from methods.contiguity import Neighbours
from methods.permutation import (
    Field,
    conditional,
    counted,
    false_discovery_rate,
    field_of,
    shuffled,
    two_sided,
)
from methods.results import MethodError, Numbers

SEED = 20250401
PERMUTATIONS = 9999
FEWEST_AREAS = 30  # with fewer, neighbourhoods overlap so much that one area decides many tests
SLACK = 1e-12  # rounding: a shuffle that gives the same figure again counts as such
NO_DATA = "no data"
NOT_SIGNIFICANT = "not significant"


@dataclass(frozen=True)
class GlobalMoran:
    """Global Moran's I: resemblance of neighbours over the whole map.

    Attributes
    ----------
    value
        Moran's I; `expected`, ``-1 / (n - 1)``, where place does not matter, above it where neighbours
        resemble.
    lower, upper
        The range that holds 95% of the values of I when the figures are shuffled among the areas.
    p
        Two-sided, by permutation.
    areas, confidence, method
        Number of areas with a figure, 0.95, and the method in words.
    """

    value: float
    lower: float
    upper: float
    expected: float
    p: float
    areas: int
    confidence: float
    method: str


@dataclass(frozen=True)
class LocalResult:
    """A local statistic for each area.

    Attributes
    ----------
    value
        The statistic, shape (n,); NaN without a figure or a neighbour with one.
    p, p_adjusted
        Two-sided by permutation, and adjusted by the false discovery rate, shape (n,); NaN likewise.
    label
        For local Moran "high among high", "low among low", "high among low" or "low among high"; for Gi* "hot
        spot" or "cold spot"; "not significant" or "no data", shape (n,).
    false_discovery_rate
        Share of the labelled areas that chance accounts for, on average, at most.
    areas, confidence, method
        Number of areas tested, one minus the false discovery rate, and the method in words.
    """

    value: Numbers
    p: Numbers
    p_adjusted: Numbers
    label: npt.NDArray[np.str_]
    false_discovery_rate: float
    areas: int
    confidence: float
    method: str


def global_moran(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    least: int = FEWEST_AREAS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> GlobalMoran:
    """Moran's I with row-standardised weights, tested by shuffling the figures among the areas.

    Parameters
    ----------
    values
        Figure of each area, shape (n,); NaN is missing and set aside with its links.
    neighbours
        From `methods.contiguity.queen`, for the same n areas.
    least
        Fewest areas (with a figure and a neighbour) that may be tested.
    permutations, seed
        Size and start of the simulation.

    Raises
    ------
    MethodError
        For an infinite value, too few areas, values that are all equal, or fewer than 99 permutations.

    References
    ----------
    Moran PAP (1950), "Notes on continuous stochastic phenomena", Biometrika 37:17-23.

    Examples
    --------
    >>> from shapely import box
    >>> from methods.contiguity import queen
    >>> grid = queen([box(x, y, x + 1, y + 1) for y in range(6) for x in range(6)])
    >>> found = global_moran([x for y in range(6) for x in range(6)], grid, permutations=999)
    >>> round(found.value, 3), found.p
    (0.822, 0.002)
    """
    field = field_of(values, neighbours, least, permutations)
    observed, chance = shuffled(field, permutations, seed)
    lower, upper = np.quantile(chance, [0.025, 0.975])
    p = two_sided(*counted(chance, observed, SLACK), permutations)
    method = f"Moran's I, {neighbours.method}, row-standardised; {permutations} permutations, seed {seed}"
    areas = field.y.size
    return GlobalMoran(observed, float(lower), float(upper), -1 / (areas - 1), float(p), areas, 0.95, method)


def local_moran(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    rate: float = 0.05,
    least: int = FEWEST_AREAS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> LocalResult:
    """Local Moran's I: areas whose neighbours resemble them, or differ from them, more than by chance.

    Parameters
    ----------
    values, neighbours, least, permutations, seed
        As for `global_moran`.
    rate
        The false discovery rate, always applied.

    Returns
    -------
    LocalResult
        ``value`` is I, the area's distance from the mean times that of the mean of its neighbours, over the
        variance.

    Raises
    ------
    MethodError
        As `global_moran`, and for a rate that is not between 0 and 1.

    References
    ----------
    Anselin L (1995), "Local indicators of spatial association", Geographical Analysis 27:93-115. Caldas de
    Castro M, Singer BH (2006), "Controlling the false discovery rate", Geographical Analysis 38:180-208.

    Examples
    --------
    >>> from shapely import box
    >>> from methods.contiguity import queen
    >>> grid = queen([box(x, y, x + 1, y + 1) for y in range(6) for x in range(6)])
    >>> found = local_moran([x + y for y in range(6) for x in range(6)], grid, permutations=999)
    >>> str(found.label[0]), str(found.label[-1]), str(found.label[5])
    ('low among low', 'high among high', 'not significant')
    """
    field = field_of(values, neighbours, least, permutations)
    z = field.y - field.y.mean()
    mean = field.averaging() @ z
    statistic = (z.size - 1) * z * mean / (z @ z)
    label = np.where(
        z > 0,
        np.where(mean > 0, "high among high", "high among low"),
        np.where(mean > 0, "low among high", "low among low"),
    )
    return _result(field, statistic, label, rate, f"local Moran's I, {neighbours.method}", permutations, seed)


def getis_ord(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    rate: float = 0.05,
    least: int = FEWEST_AREAS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> LocalResult:
    """Getis and Ord's Gi*: areas that, together with their neighbours, are higher or lower than by chance.

    Parameters
    ----------
    values, neighbours, rate, least, permutations, seed
        As for `local_moran`.

    Returns
    -------
    LocalResult
        ``value`` is the standardised Gi* (a z score under normality), of the area and its neighbours with
        equal weight.

    Raises
    ------
    MethodError
        As `local_moran`.

    References
    ----------
    Ord JK, Getis A (1995), "Local spatial autocorrelation statistics", Geographical Analysis 27:286-306.

    Examples
    --------
    >>> from shapely import box
    >>> from methods.contiguity import queen
    >>> grid = queen([box(x, y, x + 1, y + 1) for y in range(6) for x in range(6)])
    >>> found = getis_ord([x + y for y in range(6) for x in range(6)], grid, permutations=999)
    >>> str(found.label[0]), str(found.label[-1])
    ('cold spot', 'hot spot')
    """
    field = field_of(values, neighbours, least, permutations)
    n, z = field.y.size, field.y - field.y.mean()
    size = field.degree + 1.0
    spread = np.sqrt((z**2).mean())
    total = (field.averaging() @ z) * field.degree + z
    # an area next to all others has no variance left: its Gi* is 0 by definition
    room = spread * np.sqrt(np.maximum(n * size - size**2, 0) / (n - 1))
    statistic = np.divide(total, room, out=np.zeros(n), where=room > 0)
    label = np.where(statistic > 0, "hot spot", "cold spot")
    return _result(field, statistic, label, rate, f"Getis-Ord Gi*, {neighbours.method}", permutations, seed)


def _result(
    field: Field,
    statistic: Numbers,
    label: npt.NDArray[np.str_],
    rate: float,
    method: str,
    permutations: int,
    seed: int,
) -> LocalResult:
    if not 0 < rate < 1:
        raise MethodError(
            f"the false discovery rate must lie between 0 and 1, for example 0.05; found {rate!r}"
        )
    p = conditional(field, permutations, seed)
    adjusted = false_discovery_rate(p)
    full = {name: np.full(field.tested.size, np.nan) for name in ("value", "p", "adjusted")}
    for name, part in (("value", statistic), ("p", p), ("adjusted", adjusted)):
        full[name][field.tested] = part
    labels = np.where(field.known, NOT_SIGNIFICANT, NO_DATA).astype("<U20")
    labels[field.tested] = np.where(adjusted <= rate, label, NOT_SIGNIFICANT)
    text = f"{method}; {permutations} conditional permutations, seed {seed}, false discovery rate {rate:g}"
    return LocalResult(
        full["value"], full["p"], full["adjusted"], labels, rate, int(field.tested.sum()), 1 - rate, text
    )
