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


Levels = Literal["higher (99.8%)", "higher (95%)", "similar", "lower (95%)", "lower (99.8%)", "not compared"]


def against_two_levels(
    lower95: npt.ArrayLike,
    upper95: npt.ArrayLike,
    lower998: npt.ArrayLike,
    upper998: npt.ArrayLike,
    benchmark: npt.ArrayLike,
) -> npt.NDArray[np.str_]:
    """Where figures stand against a benchmark, by 95% and by 99.8% limits.

    Parameters
    ----------
    lower95, upper95, lower998, upper998
        Limits in the unit of the figure, NaN where there are none.
    benchmark
        The benchmark's value, one or one for each figure; NaN where there is none.

    Returns
    -------
    array of str
        "higher (99.8%)", "higher (95%)", "similar", "lower (95%)", "lower (99.8%)" or, wherever a number is
        missing, "not compared".

    Raises
    ------
    CompareError
        When a lower limit is above its upper limit, or 99.8% limits are narrower than 95% limits.

    References
    ----------
    Spiegelhalter DJ (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine
    24:1185-1202, for the two levels: about 1 in 20 and 1 in 500 figures differ by chance alone.

    Examples
    --------
    >>> against_two_levels([60, 56], [70, 66], [58, 54], [72, 68], 55).tolist()
    ['higher (99.8%)', 'higher (95%)']
    """
    at95 = against(lower95, upper95, benchmark)
    at998 = against(lower998, upper998, benchmark)
    inner = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (lower95, upper95, lower998, upper998)))
    # allow for limits that publishers rounded
    if np.any((inner[2] > inner[0] + 1e-9) | (inner[3] < inner[1] - 1e-9)):
        raise CompareError("99.8% limits are narrower than 95% limits: they may have changed places")
    compared = (at95 != "not compared") & (at998 != "not compared")
    return np.select(
        [~compared, at998 == "higher", at95 == "higher", at998 == "lower", at95 == "lower"],
        ["not compared", "higher (99.8%)", "higher (95%)", "lower (99.8%)", "lower (95%)"],
        default="similar",
    )


def judge_levels(found: Levels, polarity: Polarity) -> str:
    """A result of `against_two_levels` as the indicator's polarity reads it; the level stays in brackets.

    Raises
    ------
    CompareError
        For an unknown polarity.

    Examples
    --------
    >>> judge_levels("higher (99.8%)", "high-is-worse"), judge_levels("lower (95%)", "neutral")
    ('worse (99.8%)', 'lower (95%)')
    """
    word, space, level = found.partition(" (")
    judged = found if word not in ("higher", "lower") else word
    said = judge(judged, polarity)  # type: ignore[arg-type]
    return said + space + level if judged != found else said
