"""Protection of withheld counts where areas of several kinds overlap: LSOAs, wards, neighbourhoods, a Place.

All areas are cut into pieces (what lies in the same LSOA and the same ward). A published count is a sum over
pieces, and so is a withheld one: what the published sums tell about it is found by linear programming,
whatever the chain of sums and differences.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set

import numpy as np

from methods.audit import TOLERANCE, ranges
from methods.results import MethodError, Numbers, counts
from methods.suppression import THRESHOLD


class UnprotectedError(MethodError):
    """Withheld counts can be narrowed down whatever else is withheld."""


Cells = Mapping[str, Set[Hashable]]


def known_range(
    cells: Cells, published: Mapping[str, float], wanted: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """The least and the most that each withheld count can be, given all published ones.

    Parameters
    ----------
    cells
        Pieces of each area, published or withheld.
    published
        Counts of the published areas.
    wanted
        The withheld areas whose range is asked for, k of them.

    Returns
    -------
    lower, upper
        Shape (k,); ``inf`` where nothing bounds a count.

    Raises
    ------
    MethodError
        For an area without pieces, a missing or negative count, or counts that contradict each other.

    Examples
    --------
    >>> areas = {"a": {1}, "b": {2}, "c": {3}, "all": {1, 2, 3}}
    >>> low, high = known_range(areas, {"all": 60.0, "a": 20.0}, ["b", "c"])
    >>> low.tolist(), high.tolist()
    ([0.0, 0.0], [40.0, 40.0])
    """
    names = [*published, *wanted]
    if any(not cells[name] for name in names):
        raise MethodError("an area has no pieces")
    total = counts(list(published.values()), "count")
    signatures: dict[tuple[bool, ...], int] = {}
    for piece in sorted(set().union(*(cells[name] for name in names)), key=str):
        signatures.setdefault(tuple(piece in cells[name] for name in names), len(signatures))
    member = np.array(list(signatures), dtype=float).T  # areas by groups of pieces that always go together
    a, asked = member[: len(published)], member[len(published) :]
    a, total, kept = _without_known(a, total)
    asked_known, asked = asked[:, ~kept] @ _solved(member, published, kept), asked[:, kept]
    if not kept.any():
        return asked_known, asked_known
    # a withheld area of one group is that unknown; one of several becomes an unknown of its own
    rows, sums = [np.column_stack([a, np.zeros((len(a), len(asked)))])], [total]
    rows.append(np.column_stack([asked, -np.eye(len(asked))]))
    sums.append(np.zeros(len(asked)))
    single = asked.sum(axis=1) == 1
    unknown = np.where(single, asked.argmax(axis=1), a.shape[1] + np.arange(len(asked)))
    keep_rows = np.concatenate([np.ones(len(a), dtype=bool), ~single & (asked.sum(axis=1) > 0)])
    system, right = np.vstack(rows)[keep_rows], np.concatenate(sums)[keep_rows]
    want = np.zeros(system.shape[1], dtype=bool)
    want[unknown] = True
    lower, upper = ranges(system, right, wanted=want) if len(system) else _nothing_known(system.shape[1])
    nothing = asked.sum(axis=1) == 0
    low = np.where(nothing, 0.0, lower[unknown]) + asked_known
    high = np.where(nothing, 0.0, upper[unknown]) + asked_known
    return low, high


def _nothing_known(size: int) -> tuple[Numbers, Numbers]:
    return np.zeros(size), np.full(size, np.inf)


def _without_known(a: Numbers, total: Numbers) -> tuple[Numbers, Numbers, np.ndarray]:
    """Take out groups of pieces whose count a published area gives by itself, again and again."""
    values, kept = _solve(a, total)
    left = total - np.where(kept, 0.0, np.nan_to_num(values)) @ a.T
    if (left < -TOLERANCE * np.maximum(1.0, total)).any():
        raise MethodError("the published counts contradict each other: parts are larger than their sum")
    open_rows = a[:, kept].sum(axis=1) > 0
    if (np.abs(left[~open_rows]) > TOLERANCE * np.maximum(1.0, total[~open_rows])).any():
        raise MethodError("the published counts contradict each other: parts do not make up their sum")
    return a[np.ix_(open_rows, kept)], np.maximum(left[open_rows], 0.0), kept


def _solve(a: Numbers, total: Numbers) -> tuple[Numbers, np.ndarray]:
    values = np.full(a.shape[1], np.nan)
    kept = np.ones(a.shape[1], dtype=bool)
    while True:
        unknown = a[:, kept].sum(axis=1)
        ready = np.flatnonzero(unknown == 1)
        if not ready.size:
            return values, kept
        row = int(ready[0])
        column = int(np.flatnonzero((a[row] > 0) & kept)[0])
        others = (a[row] > 0) & ~kept
        values[column] = total[row] - values[others].sum()
        kept[column] = False


def _solved(member: Numbers, published: Mapping[str, float], kept: np.ndarray) -> Numbers:
    values, _ = _solve(member[: len(published)], np.array(list(published.values()), dtype=float))
    return values[~kept]


def also_withhold(
    cells: Cells,
    measures: Sequence[Mapping[str, float]],
    withheld: Set[str],
    fixed: Set[str],
    threshold: int = THRESHOLD,
) -> frozenset[str]:
    """Which published areas must be withheld too, so that no withheld count can be narrowed down.

    Parameters
    ----------
    cells
        Pieces of each area, published or withheld.
    measures
        For each kind of count (children who reached the level, children who did not): the counts of all areas
        that could be published.
    withheld
        Areas whose counts are not to be had; their true counts are neither needed nor used.
    fixed
        Areas that are published anyway, by others, such as the Place.
    threshold
        The range of each withheld count of each kind must be at least as wide.

    Raises
    ------
    MethodError
        For counts that contradict each other. UnprotectedError, a kind of it, if nothing is left to withhold.

    Notes
    -----
    While a count is exposed, the smallest published area beside it is withheld too. Nobody can tell the two
    kinds apart, so those withheld for protection are held to the threshold as well or, if that is less, to
    their own count.

    Examples
    --------
    >>> areas = {"a": {1}, "b": {2}, "c": {3}, "all": {1, 2, 3}}
    >>> sorted(also_withhold(areas, [{"b": 30.0, "c": 25.0, "all": 60.0}], {"a"}, {"all"}))
    ['c']
    """
    extra: set[str] = set()
    while True:
        hidden = sorted(set(withheld) | extra)
        if not hidden:
            return frozenset()
        bare = _first_exposed(cells, measures, hidden, set(withheld), threshold)
        if bare is None:
            return frozenset(extra)
        extra.add(_neighbour(bare, cells, measures, set(hidden), fixed))


def _first_exposed(
    cells: Cells, measures: Sequence[Mapping[str, float]], hidden: list[str], sensitive: Set[str], least: int
) -> str | None:
    for measure in measures:
        published = {name: count for name, count in measure.items() if name not in hidden}
        low, high = known_range(cells, published, hidden)
        for name, narrow, wide in zip(hidden, low, high, strict=True):
            needed = least if name in sensitive else min(least, max(1.0, measure[name]))
            if wide - narrow < needed - TOLERANCE:
                return name
    return None


def _neighbour(
    bare: str, cells: Cells, measures: Sequence[Mapping[str, float]], hidden: Set[str], fixed: Set[str]
) -> str:
    """The published area whose loss protects `bare` best: a part of the smallest sum that `bare` is in."""
    open_to = [name for name in measures[0] if name not in hidden]
    own = cells[bare]
    sums = sorted((name for name in open_to if own < cells[name]), key=lambda name: (len(cells[name]), name))

    def size(name: str) -> tuple[float, str]:
        return sum(measure[name] for measure in measures), name

    for whole in sums:
        parts = [
            name
            for name in open_to
            if name not in fixed
            and cells[name] < cells[whole]
            and not cells[name] & own
            and all(measure[name] > 0 for measure in measures)
        ]
        if parts:
            return min(parts, key=size)
        if whole not in fixed:
            return whole
    rest = [name for name in open_to if name not in fixed]
    if not rest:
        raise UnprotectedError(
            "a withheld count cannot be protected: the published total leaves too little room for it"
        )
    return min(rest, key=size)
