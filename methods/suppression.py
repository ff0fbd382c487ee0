"""Disclosure control of a table of counts: the small are withheld, and enough others to protect them.

Sums that hold between published figures are equations. Whoever solves them, knowing that no count is
negative, finds for each withheld figure the range it can lie in. A small count is protected only if that
range is at least as wide as the threshold, so that neither subtraction nor a chain of subtractions brings
it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from methods.audit import TOLERANCE, parts_of, ranges
from methods.results import MethodError, Numbers, counts, refuse, same_length, weights

THRESHOLD = 10
ROUNDING = 0
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Release:
    """A table as it may be published.

    Attributes
    ----------
    published
        Figures, rounded if asked for; NaN where withheld, shape (n,). Never 0 in place of a withheld figure.
    primary, secondary
        Withheld because small, and withheld to protect those, shape (n,). Show both alike: to say which is
        which tells that the one is small and the other is not.
    threshold, rounding
        As applied.
    method
        In words.
    """

    published: Numbers
    primary: Flags
    secondary: Flags
    threshold: int
    rounding: int
    method: str

    @property
    def withheld(self) -> Flags:
        """Both kinds together."""
        return self.primary | self.secondary


def primary(
    count: npt.ArrayLike,
    denominator: npt.ArrayLike | None = None,
    *,
    threshold: int = THRESHOLD,
    zero_is_safe: bool = True,
) -> Flags:
    """Which counts are too small to publish.

    Parameters
    ----------
    count
        Counts, shape (n,).
    denominator
        People of each, shape (n,). Where given, a count is also withheld if those *not* counted are fewer
        than the threshold, because they show just as well.
    threshold
        The smallest count that may be published.
    zero_is_safe
        Whether 0 may be published. False where 0 of a group discloses something about everybody in it.

    Raises
    ------
    MethodError
        For missing or negative counts, more cases than people, or a threshold below 1.

    Examples
    --------
    >>> primary([0, 3, 12, 95], [100, 100, 100, 100]).tolist()
    [False, True, False, True]
    """
    if threshold < 1:
        raise MethodError(f"the threshold must be at least 1, not {threshold}")
    x = counts(count, "count")
    small: Flags = (x < threshold) & ((x > 0) | (not zero_is_safe))
    if denominator is None:
        return small
    n = weights(denominator, "denominator")
    same_length(count=x, denominator=n)
    refuse(x > n, x, "count is larger than its denominator")
    others = n - x
    return small | ((others < threshold) & ((others > 0) | (not zero_is_safe)))


def rounded(count: npt.ArrayLike, base: int) -> Numbers:
    """Counts rounded to the nearest multiple of `base`, halves up; 0 or 1 leaves them as they are.

    Raises MethodError for missing or negative counts or a negative base.

    Examples
    --------
    >>> rounded([12, 13, 20], 5).tolist()
    [10.0, 15.0, 20.0]
    """
    x = counts(count, "count")
    if base < 0:
        raise MethodError(f"the rounding base must not be negative, not {base}")
    return x if base < 2 else np.floor(x / base + 0.5) * base


def _equations(sums: Mapping[int, Sequence[int]], x: Numbers) -> Numbers:
    a = np.zeros((len(sums), x.size))
    for row, (total, parts) in enumerate(sums.items()):
        if total in parts or len(set(parts)) < len(parts) or not parts:
            raise MethodError(f"the sum at position {total} has no parts, itself, or one part twice")
        a[row, list(parts)] = 1
        a[row, total] = -1
    wrong = np.abs(a @ x) > TOLERANCE * np.maximum(1, np.abs(a) @ x)
    if wrong.any():
        total = list(sums)[int(np.flatnonzero(wrong)[0])]
        raise MethodError(f"the parts do not add up to the total at position {total}")
    return a


def exposed(
    count: npt.ArrayLike,
    sums: Mapping[int, Sequence[int]],
    withheld: Flags,
    sensitive: Flags,
    threshold: int,
    denominator: npt.ArrayLike | None = None,
) -> Flags:
    """Withheld counts that the published ones give away.

    Parameters
    ----------
    count
        All counts, totals among them, shape (n,).
    sums
        For the position of each total, the positions of its parts.
    withheld, sensitive
        Which are not published, and which of those are small, shape (n,).
    threshold
        A small count needs a range at least as wide as this (or as its people are many); any other withheld
        count more than one value.
    denominator
        People of each, shape (n,), which everybody is taken to know.

    Raises
    ------
    MethodError
        For missing or negative counts, or parts that do not add up to their total.

    Examples
    --------
    >>> both = np.array([True, False, False])
    >>> exposed([3, 20, 23], {2: [0, 1]}, both, both, 10).tolist()
    [True, False, False]
    """
    x = counts(count, "count")
    flags = np.zeros(x.size, dtype=bool)
    unknown = np.flatnonzero(withheld)
    if not unknown.size or not sums:
        return flags
    a = _equations(sums, x)
    most = np.full(x.size, np.inf) if denominator is None else np.asarray(denominator, dtype=float)
    low, high = ranges(a[:, unknown], -a[:, ~withheld] @ x[~withheld], most[unknown])
    needed = np.minimum(np.where(sensitive[unknown], threshold, 1), most[unknown])
    flags[unknown] = high - low < needed - TOLERANCE
    return flags


def protect(
    count: npt.ArrayLike,
    sums: Mapping[int, Sequence[int]],
    *,
    denominator: npt.ArrayLike | None = None,
    threshold: int = THRESHOLD,
    rounding: int = ROUNDING,
    zero_is_safe: bool = True,
) -> Release:
    """Withhold small counts, and others until none of the small ones can be worked out.

    Parameters
    ----------
    count
        All counts that might be published, totals and parts in one row, shape (n,).
    sums
        For the position of each total, the positions of its parts. Totals may nest (small area, ward, Place)
        and cross (by sex, by age).
    denominator, threshold, zero_is_safe
        As for `primary`. A denominator counts as known to everybody: no withheld count can exceed it.
    rounding
        Base to round what is published to. Rounding comes on top of withholding and never replaces it: the
        protection holds for the figures as they were before rounding.

    Raises
    ------
    MethodError
        For missing or negative counts, or parts that do not add up to their total.

    Notes
    -----
    While a withheld count is exposed, the smallest published count above 0 that shares a sum with it is
    withheld too, parts before totals. In the end all of a sum may be withheld: the search always ends. It
    is a heuristic, safe but not always the fewest. A rate or share of a withheld count must be withheld
    with it.

    Examples
    --------
    >>> found = protect([3, 20, 40, 63], {3: [0, 1, 2]})
    >>> found.published.tolist()
    [nan, nan, 40.0, 63.0]
    """
    x = counts(count, "count")
    small = primary(x, denominator, threshold=threshold, zero_is_safe=zero_is_safe)
    withheld = small.copy()
    a = _equations(sums, x)
    while (bare := exposed(x, sums, withheld, small, threshold, denominator)).any():
        treated: set[int] = set()  # one more count for each connected part, then look again
        for cell in np.flatnonzero(bare).tolist():
            if cell not in treated:
                part, choice = _next(a, x, withheld, cell)
                treated |= part
                withheld[choice] = True
    published = np.where(withheld, np.nan, rounded(x, rounding))
    return Release(
        published, small, withheld & ~small, threshold, rounding,
        f"counts under {threshold} withheld; others withheld until each has a range of at least {threshold}",
    )  # fmt: skip


def _next(a: Numbers, x: Numbers, withheld: Flags, bare: int) -> tuple[set[int], int]:
    """The part of the table that `bare` is in, and the published count whose loss protects it best."""
    rows, columns = next(part for part in parts_of(np.where(withheld, a, 0)) if bare in part[1])
    candidates = [c for c in np.flatnonzero((a[rows] != 0).any(axis=0)).tolist() if not withheld[c]]
    if not candidates:
        raise MethodError(
            f"the count at position {bare} cannot be protected: the rest of its sums is withheld"
        )
    is_total: Flags = np.asarray(np.any(a < 0, axis=0))
    # a 0 protects nobody unless nothing else is left: it is known to be at least 0 anyway
    return set(columns), min(candidates, key=lambda c: (x[c] == 0, bool(is_total[c]), x[c], c))
