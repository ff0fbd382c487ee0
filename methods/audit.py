"""What published sums give away: the range in which each count that is not published must lie."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from methods.results import MethodError, Numbers

TOLERANCE = 1e-6


def ranges(
    equations: npt.ArrayLike,
    totals: npt.ArrayLike,
    most: npt.ArrayLike | None = None,
    wanted: npt.ArrayLike | None = None,
) -> tuple[Numbers, Numbers]:
    """What a set of published sums tells about unknown counts: the least and the most each can be.

    Parameters
    ----------
    equations
        Coefficients, shape (m, k): ``equations @ unknown == totals``; unknowns are 0 or more.
    totals
        Right-hand sides, shape (m,).
    most
        What each unknown is known not to exceed, such as its people, shape (k,); ``inf`` where unknown.

    wanted
        For which unknowns the range is needed, shape (k,); all by default. Saves time.

    Returns
    -------
    lower, upper
        Shape (k,); ``inf`` where nothing bounds an unknown, 0 and `most` where the range is not wanted.

    Raises
    ------
    MethodError
        When the sums contradict each other.

    Notes
    -----
    Linear programming over each connected part, as in the audit of statistical tables (Willenborg L, de
    Waal T, 2001, Elements of Statistical Disclosure Control, chapter 5).

    Examples
    --------
    >>> low, high = ranges([[1, 1]], [7])
    >>> low.tolist(), high.tolist()
    ([0.0, 0.0], [7.0, 7.0])
    """
    a, b = np.atleast_2d(np.asarray(equations, dtype=float)), np.asarray(totals, dtype=float)
    cap = np.full(a.shape[1], np.inf) if most is None else np.asarray(most, dtype=float)
    lower, upper = np.zeros(a.shape[1]), cap.copy()
    needed = np.ones(a.shape[1], dtype=bool) if wanted is None else np.asarray(wanted, dtype=bool)
    for rows, columns in parts_of(a):
        if not needed[columns].any():
            continue
        part = a[np.ix_(rows, columns)]
        if len(rows) == 1 and np.all(part == 1):  # the common case, without a solver
            known, caps = float(b[rows[0]]), cap[columns]
            if not -TOLERANCE <= known <= caps.sum() + TOLERANCE:
                raise MethodError("the published sums contradict each other: a remainder is impossible")
            upper[columns] = np.minimum(known, caps)
            others = np.array([np.delete(caps, i).sum() for i in range(len(columns))])
            lower[columns] = np.maximum(known - others, 0)
            continue
        for position, column in enumerate(columns):
            if not needed[column]:
                continue
            aim = np.zeros(len(columns))
            aim[position] = 1.0
            lower[column] = _least(aim, part, b[rows], cap[columns])
            upper[column] = -_least(-aim, part, b[rows], cap[columns])
    return lower, upper


def _least(aim: Numbers, a: Numbers, b: Numbers, cap: Numbers) -> float:
    bounds = np.column_stack([np.zeros_like(cap), cap])
    found = linprog(aim, A_eq=a, b_eq=b, bounds=bounds, method="highs")
    if found.status == 3:
        return -np.inf
    if found.status != 0:
        raise MethodError(f"the published sums contradict each other: {found.message}")
    return float(found.fun)


def parts_of(a: Numbers) -> list[tuple[list[int], list[int]]]:
    """Connected parts of a system: the rows of each, and the unknowns they share, both ascending."""
    parts: list[tuple[set[int], set[int]]] = []
    for row, coefficients in enumerate(a):
        rows, columns = {row}, set(np.flatnonzero(coefficients).tolist())
        if not columns:
            continue
        for old in [part for part in parts if part[1] & columns]:
            rows, columns = rows | old[0], columns | old[1]
            parts.remove(old)
        parts.append((rows, columns))
    return [(sorted(rows), sorted(columns)) for rows, columns in parts]
