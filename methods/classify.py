"""Classes for a map: where to cut, which class each area falls in, how many areas each class holds.

Missing values are set aside first and never fall into a class. Cuts are actual values of the data, so that
the ranges in a legend, the colours on a map and the counts beside them cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Method = Literal["quantile", "natural-breaks", "equal-interval", "national-decile"]
METHODS: tuple[Method, ...] = ("quantile", "natural-breaks", "equal-interval", "national-decile")
MISSING = -1
MOST_CLASSES = 5
# England's tenths of an index, two to a class: national fifths.
NATIONAL_FIFTHS = (3.0, 5.0, 7.0, 9.0)


@dataclass(frozen=True)
class Classes:
    """The result of a classification.

    Attributes
    ----------
    method
        The method asked for.
    breaks
        Lower ends of the second and later classes, ascending: class ``i`` holds ``breaks[i-1] <= x <
        breaks[i]``.
    of
        Class of each value given, from 0; ``-1`` where the value is missing.
    counts
        Number of values in each class.
    ranges
        Smallest and largest value found in each class; None for an empty class.
    missing
        Number of missing values.
    """

    method: Method
    breaks: tuple[float, ...]
    of: NDArray[np.int64]
    counts: tuple[int, ...]
    ranges: tuple[tuple[float, float] | None, ...]
    missing: int

    @property
    def size(self) -> int:
        """Number of classes; 0 when every value is missing."""
        return len(self.counts)


def classify(
    values: ArrayLike,
    method: Method,
    *,
    most: int = MOST_CLASSES,
    decimals: int | None = None,
    cuts: Sequence[float] | None = None,
) -> Classes:
    """Classify values for a map.

    Parameters
    ----------
    values
        One number an area; NaN is missing.
    method
        ``quantile`` (about equally many areas a class), ``natural-breaks`` (least squared spread within
        classes), ``equal-interval`` (equal steps of value) or ``national-decile`` (values are tenths 1 to
        10, cut at national fifths).
    most
        The largest number of classes, 1 to 5. Ties and few values give fewer.
    decimals
        Round to so many decimals before cutting, as the figures are shown.
    cuts
        Lower ends of the second and later classes, to use one scale for several maps; overrides the method.

    Raises
    ------
    ValueError
        Unknown method, `most` outside 1 to 5, an infinite value, or cuts that do not ascend.

    Notes
    -----
    Quantiles as Hyndman and Fan's type 7; natural breaks by dynamic programming (Fisher, 1958, "On grouping
    for maximum homogeneity"), exact, on the distinct values with their frequencies.
    """
    if method not in METHODS:
        raise ValueError(f"unknown classification {method!r}; expected one of {', '.join(METHODS)}")
    if not 1 <= most <= MOST_CLASSES:
        raise ValueError(f"a map has 1 to {MOST_CLASSES} classes, not {most}")
    given = np.asarray(values, dtype=float)
    if np.isinf(given).any():
        raise ValueError("a value is infinite: a rate without a denominator is missing, not infinite")
    if decimals is not None:
        given = np.round(given, decimals)
    known = given[~np.isnan(given)]
    if cuts is not None:
        breaks = tuple(float(cut) for cut in cuts)
        if list(breaks) != sorted(set(breaks)):
            raise ValueError(f"cuts must ascend: {breaks}")
    elif known.size == 0:
        breaks = ()
    else:
        breaks = _breaks(known, method, most)
    return _assign(given, known, method, breaks)


def _breaks(known: NDArray[np.float64], method: Method, most: int) -> tuple[float, ...]:
    distinct = np.unique(known)
    if method == "national-decile":
        return NATIONAL_FIFTHS
    if distinct.size <= most:
        return tuple(float(value) for value in distinct[1:])
    if method == "quantile":
        ideal = np.quantile(known, np.arange(1, most) / most)
    elif method == "equal-interval":
        ideal = np.linspace(distinct[0], distinct[-1], most + 1)[1:-1]
    else:
        return natural_breaks(known, most)
    return _onto_values(ideal, distinct)


def _onto_values(ideal: NDArray[np.float64], distinct: NDArray[np.float64]) -> tuple[float, ...]:
    """Move each cut up to the next value of the data; cuts that meet, or leave the first class empty, go."""
    positions = np.searchsorted(distinct, ideal, side="left")
    kept = sorted({int(p) for p in positions if 0 < p < distinct.size})
    return tuple(float(distinct[p]) for p in kept)


def natural_breaks(values: ArrayLike, classes: int) -> tuple[float, ...]:
    """Lower ends of the second and later classes with the least sum of squared distances to class means.

    Exact, for any number of values: time grows with the square of the number of distinct values (about 0.1 s
    for 1,600). ValueError when there are fewer distinct values than classes.
    """
    distinct, weight = np.unique(np.asarray(values, dtype=float), return_counts=True)
    n = distinct.size
    if n < classes:
        raise ValueError(f"{n} distinct values cannot make {classes} classes")
    centred = distinct - distinct.mean()  # keeps the sums of squares small and exact
    count = np.concatenate([[0], np.cumsum(weight)]).astype(float)
    total = np.concatenate([[0], np.cumsum(weight * centred)])
    square = np.concatenate([[0], np.cumsum(weight * centred**2)])

    def spread(start: NDArray[np.int64], stop: int) -> NDArray[np.float64]:
        size = count[stop] - count[start]
        return square[stop] - square[start] - (total[stop] - total[start]) ** 2 / size

    best = np.full(n + 1, np.inf)
    best[1:] = [spread(np.array([0]), stop)[0] for stop in range(1, n + 1)]
    origin = np.zeros((classes, n + 1), dtype=np.int64)
    for k in range(1, classes):
        following = np.full(n + 1, np.inf)
        for stop in range(k + 1, n + 1):
            starts = np.arange(k, stop)
            costs = best[starts] + spread(starts, stop)
            at = int(np.argmin(costs))
            following[stop], origin[k, stop] = costs[at], starts[at]
        best = following
    cuts: list[int] = []
    stop = n
    for k in range(classes - 1, 0, -1):
        stop = int(origin[k, stop])
        cuts.append(stop)
    return tuple(float(distinct[cut]) for cut in reversed(cuts))


def _assign(
    given: NDArray[np.float64], known: NDArray[np.float64], method: Method, breaks: tuple[float, ...]
) -> Classes:
    of = np.full(given.shape, MISSING, dtype=np.int64)
    present = ~np.isnan(given)
    of[present] = np.searchsorted(np.array(breaks), given[present], side="right")
    size = len(breaks) + 1 if known.size else 0
    members = [given[of == i] for i in range(size)]
    return Classes(
        method=method,
        breaks=breaks if size else (),
        of=of,
        counts=tuple(len(part) for part in members),
        ranges=tuple((float(part.min()), float(part.max())) if part.size else None for part in members),
        missing=int((~present).sum()),
    )
