"""Comparison of figures with a benchmark by their confidence limits, in words.

The public health convention: a figure differs from its benchmark when its limits do not contain the
benchmark. The benchmark is taken as a fixed value, which suits England and a much larger Place.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

Direction = Literal["higher", "lower", "similar", "not compared"]
Judgement = Literal["better", "worse", "higher", "lower", "similar", "not compared"]
Polarity = Literal["high-is-worse", "high-is-better", "neutral"]
POLARITIES = ("high-is-worse", "high-is-better", "neutral")


class CompareError(ValueError):
    """The input cannot be compared; the message says which part and why."""


def against(lower: npt.ArrayLike, upper: npt.ArrayLike, benchmark: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """Where figures stand against a benchmark, by their confidence limits.

    Parameters
    ----------
    lower, upper
        Limits in the unit of the figure, NaN where there are none. Use 95% limits for the usual statement
        and 99.8% limits for control limits.
    benchmark
        The benchmark's value, one or one for each figure; NaN where there is none.

    Returns
    -------
    array of str
        "higher", "lower", "similar" or, wherever a number is missing, "not compared".

    Raises
    ------
    CompareError
        When a lower limit is above its upper limit.

    References
    ----------
    Public Health England technical guide, "Confidence intervals" (2018).

    Examples
    --------
    >>> against([60, 52, 40], [70, 58, 50], 55).tolist()
    ['higher', 'similar', 'lower']
    """
    low, high, mark = np.broadcast_arrays(
        np.asarray(lower, dtype=float), np.asarray(upper, dtype=float), np.asarray(benchmark, dtype=float)
    )
    if np.any(low > high):
        raise CompareError(f"{int(np.sum(low > high))} lower limits are above their upper limits")
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(mark)
    return np.select(
        [~known, low > mark, high < mark], ["not compared", "higher", "lower"], default="similar"
    )


def direction(lower: float | None, upper: float | None, benchmark: float | None) -> Direction:
    """`against` for one figure; None counts as missing.

    Examples
    --------
    >>> direction(60, 70, 55)
    'higher'
    >>> direction(None, None, 55)
    'not compared'
    """
    numbers = [np.nan if number is None else float(number) for number in (lower, upper, benchmark)]
    return str(against(*numbers))  # type: ignore[return-value]


def judge(found: Direction, polarity: Polarity) -> Judgement:
    """A direction in the words that the indicator allows: better or worse only where one of them is good.

    Parameters
    ----------
    found
        The outcome of `against` or `direction`.
    polarity
        The catalogue's "high-is-worse", "high-is-better" or "neutral".

    Raises
    ------
    CompareError
        For an unknown polarity.

    Examples
    --------
    >>> judge("higher", "high-is-worse"), judge("higher", "high-is-better"), judge("higher", "neutral")
    ('worse', 'better', 'higher')
    """
    if polarity not in POLARITIES:
        raise CompareError(f"unknown polarity {polarity!r}; expected one of {', '.join(POLARITIES)}")
    if found in ("similar", "not compared") or polarity == "neutral":
        return found
    return "worse" if (found == "higher") == (polarity == "high-is-worse") else "better"
