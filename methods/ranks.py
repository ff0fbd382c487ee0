"""Ranks with their uncertainty: a league table that says which places in it chance decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from methods.results import MethodError, Numbers, numbers, ordered_limits, z_of

SEED = 20250401
DRAWS = 10_000


@dataclass(frozen=True)
class Ranks:
    """Rank of each area and the range chance leaves it.

    Attributes
    ----------
    value, lower, upper
        Rank of the figures as they stand (1 is the highest, ties share the better rank) and the range that
        holds it with the given confidence, shape (n,).
    separable
        ``separable[i, j]``: the figures of areas i and j differ by more than chance, shape (n, n).
    confidence
        Of the ranges and of each comparison of two.
    method
        In words.
    """

    value: npt.NDArray[np.int64]
    lower: npt.NDArray[np.int64]
    upper: npt.NDArray[np.int64]
    separable: npt.NDArray[np.bool_]
    confidence: float
    method: str

    def cannot_be_separated_from(self, position: int) -> tuple[int, ...]:
        """Positions of the other areas whose figure does not differ from this one by more than chance."""
        size = self.value.size
        if not 0 <= position < size:
            raise MethodError(f"there is no area at position {position} of {size}")
        return tuple(int(j) for j in np.flatnonzero(~self.separable[position]) if j != position)


def ranks(
    value: npt.ArrayLike,
    lower: npt.ArrayLike,
    upper: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    limits_confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Ranks:
    """Ranks from highest to lowest with a range by simulation.

    Parameters
    ----------
    value, lower, upper
        Independent figures with their limits, shape (n,), n at least 2. Set areas without a figure aside
        first.
    confidence, limits_confidence
        Of the ranges, and of the limits given.
    draws, seed
        Size and start of the simulation; the same seed always gives the same ranges.

    Raises
    ------
    MethodError
        For missing numbers, a value outside its limits, a single area or fewer than 1,000 draws.

    Notes
    -----
    Each figure is drawn from a normal distribution split at its value, with one standard error below and one
    above as its limits have them, so that limits near 0% or 100% keep their shape. The areas are ranked in
    every draw, and the range is cut from those ranks; it always includes the rank as it stands. Two areas are
    separable where limits of their difference (MOVER, see `methods.gap`) leave 0 out. Comparisons of two are
    not adjusted for how many are made.

    References
    ----------
    Goldstein H, Spiegelhalter DJ (1996), "League tables and their limitations", Journal of the Royal
    Statistical Society A 159:385-443.

    Examples
    --------
    >>> found = ranks([30, 20, 19], [29, 17, 16], [31, 23, 22])
    >>> found.value.tolist(), found.upper.tolist(), found.cannot_be_separated_from(2)
    ([1, 2, 3], [1, 3, 3], (1,))
    """
    v = numbers(value, "value", least=2)
    low, high = numbers(lower, "lower limit"), numbers(upper, "upper limit")
    ordered_limits(v, low, high)
    if draws < 1000:
        raise MethodError(f"at least 1,000 draws are needed for a range, not {draws}")
    z, given = z_of(confidence), z_of(limits_confidence)
    below, above = np.maximum(v - low, 0) / given, np.maximum(high - v, 0) / given
    chance = np.random.default_rng(seed).standard_normal((draws, v.size))
    drawn = _rank(v + chance * np.where(chance < 0, below, above))
    tail = (1 - confidence) / 2
    ends = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf").astype(np.int64)
    now = _rank(v[None, :])[0]
    return Ranks(
        now,
        np.minimum(ends[0], now),
        np.maximum(ends[1], now),
        _separable(v, z * below, z * above),
        confidence,
        f"simulation from the limits, {draws} draws, seed {seed}",
    )


def _rank(rows: Numbers) -> npt.NDArray[np.int64]:
    """Rank within each row, 1 the highest; ties share the better rank."""
    return pd.DataFrame(rows).rank(axis=1, method="min", ascending=False).to_numpy(np.int64)


def _separable(v: Numbers, down: Numbers, up: Numbers) -> npt.NDArray[np.bool_]:
    distance = v[:, None] - v[None, :]
    reach = np.hypot(down[:, None], up[None, :])  # of the higher downwards and the lower upwards
    clear = distance > reach
    return clear | clear.T
