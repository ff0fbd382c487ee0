"""The machinery of `methods.spatial`: figures on a graph, and conditional permutation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from methods.contiguity import Neighbours
from methods.results import MethodError, Numbers, refuse

FEWEST_PERMUTATIONS = 99
BLOCK = 2_000_000  # figures drawn at once: bounds the memory


@dataclass(frozen=True)
class Field:
    """Figures of the areas that can be tested, and their neighbours among themselves.

    Attributes
    ----------
    y
        Figures, shape (k,).
    neighbours
        Of those areas, renumbered.
    tested
        Which of the areas given they are, shape (n,).
    known
        Which of the areas given have a figure, shape (n,).
    """

    y: Numbers
    neighbours: Neighbours
    tested: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]

    @property
    def degree(self) -> npt.NDArray[np.int64]:
        """Number of neighbours of each area tested, at least 1."""
        return np.array([len(row) for row in self.neighbours.of], dtype=np.int64)

    def averaging(self) -> sparse.csr_array:
        """The matrix that takes the mean over neighbours: row-standardised weights, shape (k, k)."""
        degree = self.degree
        ends = np.concatenate([[0], np.cumsum(degree)])
        columns = np.concatenate([np.array(row, dtype=np.int64) for row in self.neighbours.of])
        return sparse.csr_array((np.repeat(1 / degree, degree), columns, ends), shape=(self.y.size,) * 2)


def field_of(values: npt.ArrayLike, neighbours: Neighbours, least: int, permutations: int) -> Field:
    """Set areas without figure or neighbour aside; MethodError if what is left cannot be tested."""
    given = np.asarray(values, dtype=float)
    if given.shape != (len(neighbours.of),):
        raise MethodError(f"{given.size} values do not fit {len(neighbours.of)} areas")
    refuse(np.isinf(given), given, "a value is infinite")
    if permutations < FEWEST_PERMUTATIONS:
        raise MethodError(f"at least {FEWEST_PERMUTATIONS} permutations are needed, not {permutations}")
    known = ~np.isnan(given)
    tested = known & np.array([any(known[j] for j in row) for row in neighbours.of], dtype=bool)
    found, needed = int(tested.sum()), max(least, 3)
    if found < needed:
        raise MethodError(
            f"{found} areas have a figure and a neighbour with one; at least {needed} are needed"
        )
    y = given[tested]
    if np.ptp(y) <= 1e-12 * np.abs(y).max():
        raise MethodError("all values are equal: there is no pattern to test")
    return Field(y, neighbours.among(tested), tested, known)


def counted(drawn: Numbers, observed: float, slack: float) -> tuple[int, int]:
    """How many draws are at least as high as what was observed, and how many at least as low."""
    return int(np.count_nonzero(drawn >= observed - slack)), int(np.count_nonzero(drawn <= observed + slack))


def two_sided(above: npt.ArrayLike, below: npt.ArrayLike, permutations: int) -> Numbers:
    """P value from how many permutations are at least as high and at least as low; never 0."""
    fewer = np.minimum(np.asarray(above), np.asarray(below))
    return np.asarray(np.minimum(1.0, 2 * (fewer + 1) / (permutations + 1)), dtype=np.float64)


def shuffled(field: Field, permutations: int, seed: int) -> tuple[float, Numbers]:
    """Moran's I of the field, and of shuffles of its figures among the areas, shape (permutations,)."""
    z = field.y - field.y.mean()
    averaging, size = field.averaging(), float(z @ z)
    chance = np.random.default_rng(seed)
    found = np.empty(permutations)
    for k in range(permutations):
        mixed = chance.permutation(z)
        found[k] = mixed @ (averaging @ mixed) / size
    return float(z @ (averaging @ z)) / size, found


def conditional(field: Field, permutations: int, seed: int) -> Numbers:
    """Two-sided p of the mean of each area's neighbours when the figures of all *other* areas are shuffled.

    The area keeps its own figure. Because local Moran and Gi* both rise or fall with the mean of the
    neighbours while the area's own figure is held, the same p serves both. One set of draws without
    replacement from the other areas is used for all areas, as PySAL's esda does.
    """
    y, degree = field.y, field.degree
    n, most = y.size, int(degree.max())
    observed = field.averaging() @ y
    chance = np.random.default_rng(seed)
    above, below = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    slack = 1e-12 * np.ptp(y)
    step = max(1, min(permutations, BLOCK // n))
    for start in range(0, permutations, step):
        rows = min(step, permutations - start)
        # the first `most` places of a shuffle: any first k of them are a draw of k without replacement
        draws = np.argpartition(chance.random((rows, n - 1)), most - 1, axis=1)[:, :most]
        draws = chance.permuted(draws, axis=1)
        for i in range(n):
            picked = draws[:, : degree[i]]
            mean = y[picked + (picked >= i)].mean(axis=1)
            higher, lower = counted(mean, observed[i], slack)
            above[i] += higher
            below[i] += lower
    return two_sided(above, below, permutations)


def false_discovery_rate(p: npt.ArrayLike) -> Numbers:
    """P values adjusted for the number of tests by Benjamini and Hochberg's procedure.

    Parameters
    ----------
    p
        P values from 0 to 1, shape (m,).

    Raises
    ------
    MethodError
        For a missing value or one outside 0 to 1.

    References
    ----------
    Benjamini Y, Hochberg Y (1995), "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57:289-300.

    Examples
    --------
    >>> false_discovery_rate([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    given = np.asarray(p, dtype=float)
    refuse(~((given >= 0) & (given <= 1)), given, "a p value is missing or not between 0 and 1")
    if not given.size:
        return given
    order = np.argsort(-given, kind="stable")  # the largest first
    scaled = given[order] * given.size / np.arange(given.size, 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted
