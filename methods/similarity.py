"""Which areas are most alike: weighted Euclidean distance between standardised measures.

The approach of the statistical neighbours that the Office for National Statistics and CIPFA publish for whole
councils, on measures of our own choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from methods.results import MethodError, Numbers, refuse

AT_ONCE = 500  # rows of distances held in memory together


def standardised(values: npt.ArrayLike, weights: npt.ArrayLike) -> Numbers:
    """Measures as points between which plain Euclidean distance is the distance of two areas.

    Parameters
    ----------
    values
        Shape (areas, measures), no number missing.
    weights
        Shape (measures,), above 0; only their proportions matter.

    Returns
    -------
    array of shape (areas, measures)
        Each measure minus its mean, over its standard deviation (of the areas given, each counting once),
        times the square root of its share of the weights. So a distance is the root mean square difference
        of two areas in standard deviations.

    Raises
    ------
    MethodError
        For a missing number, weights that are not above 0 or do not fit, or a measure that does not vary.

    References
    ----------
    Office for National Statistics (2025), "Clustering similar local authorities and statistical nearest
    neighbours in the UK, methodology".

    Examples
    --------
    >>> standardised([[0.0, 1.0], [2.0, 5.0]], [1, 1]).round(3).tolist()
    [[-0.707, -0.707], [0.707, 0.707]]
    """
    table = np.asarray(values, dtype=float)
    shares = np.asarray(weights, dtype=float)
    if table.ndim != 2 or shares.shape != table.shape[1:]:
        raise MethodError(f"{shares.size} weights do not fit measures of shape {table.shape}")
    refuse(~np.isfinite(table), table, "a measure is missing")
    refuse(~(shares > 0), shares, "a weight must be above 0")
    spread = table.std(axis=0)
    refuse(~(spread > 0), spread, "a measure is the same everywhere")
    return (table - table.mean(axis=0)) / spread * np.sqrt(shares / shares.sum())


def nearest(
    points: Numbers, groups: Iterable[str], of: npt.ArrayLike, count: int
) -> tuple[npt.NDArray[np.intp], Numbers]:
    """The nearest areas that belong to another group.

    Parameters
    ----------
    points
        Shape (areas, measures), from `standardised`.
    groups
        The group of each area, such as its council: areas of its own are never an area's nearest.
    of
        Positions of the areas to find the nearest for, shape (m,).
    count
        How many, at least 1.

    Returns
    -------
    positions, distances
        Both of shape (m, count), nearest first; of equal distances the lower position stands first.

    Raises
    ------
    MethodError
        Where fewer than `count` areas belong to another group.
    """
    wanted = np.asarray(of, dtype=np.intp)
    positions = np.empty((wanted.size, count), dtype=np.intp)
    distances = np.empty((wanted.size, count))
    for start, apart in _apart(points, groups, wanted):
        order = np.argsort(apart, axis=1, kind="stable")[:, :count]
        found = np.take_along_axis(apart, order, axis=1)
        if found.shape[1] < count or not np.isfinite(found).all():
            raise MethodError(f"an area has fewer than {count} others to be compared with")
        positions[start : start + AT_ONCE], distances[start : start + AT_ONCE] = order, found
    return positions, distances


def closest(points: Numbers, groups: Iterable[str]) -> Numbers:
    """The distance of every area, shape (areas,), to the nearest of another group; `nearest` explains."""
    everyone = np.arange(len(points))
    return np.concatenate([apart.min(axis=1) for _, apart in _apart(points, groups, everyone)])


def _apart(points: Numbers, groups: Iterable[str], of: npt.NDArray[np.intp]) -> Iterator[tuple[int, Numbers]]:
    """Distances of some areas at once to all, infinite within a group, with the position of the first."""
    _, group = np.unique(np.asarray(list(groups), dtype=str), return_inverse=True)
    for start in range(0, of.size, AT_ONCE):
        rows = of[start : start + AT_ONCE]
        apart = cdist(points[rows], points)
        apart[group[rows][:, None] == group[None, :]] = np.inf
        yield start, apart
