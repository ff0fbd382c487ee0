"""Recent trend by the five-point test of the Fingertips public health profiles.

The latest five independent years are tested at 99.8%. A trend is claimed only if the slope keeps its
direction whichever one of the five points is left out, so that one odd year cannot make a trend.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from methods.compare import POLARITIES, CompareError, Polarity
from methods.results import (
    MethodError,
    Numbers,
    counts,
    numbers,
    ordered_limits,
    refuse,
    same_length,
    weights,
)

Outcome = Literal["increasing", "decreasing", "no significant change", "not enough years"]
POINTS = 5
CONFIDENCE = 0.998
WIDTH = 3.92  # of 95% limits in standard errors, rounded as Fingertips rounds it
PERIOD = re.compile(r"(\d{4})(?: ?(/|-| - ) ?(\d{2}|\d{4}))?")


@dataclass(frozen=True)
class Trend:
    """Outcome of the test.

    Attributes
    ----------
    outcome
        ``increasing``, ``decreasing``, ``no significant change`` or ``not enough years``.
    chi_squared
        Test statistic on one degree of freedom; None when there was no test.
    slope
        Change from one period tested to the next, of the figure (values with limits) or of its log odds
        (proportions); None without a test.
    periods
        The periods tested, ascending.
    confidence
        0.998: a smaller chance of a false alarm, because so many series are looked at.
    method
        In words.
    why
        Why there was no test, or why a large statistic is no trend; empty otherwise.
    """

    outcome: Outcome
    chi_squared: float | None
    slope: float | None
    periods: tuple[str, ...]
    confidence: float
    method: str
    why: str = ""

    def words(self, polarity: Polarity) -> str:
        """The outcome as an indicator's polarity reads it, such as "increasing and getting worse".

        Raises CompareError for an unknown polarity.
        """
        if polarity not in POLARITIES:
            raise CompareError(f"unknown polarity {polarity!r}; expected one of {', '.join(POLARITIES)}")
        if polarity == "neutral" or self.outcome not in ("increasing", "decreasing"):
            return self.outcome
        worse = (self.outcome == "increasing") == (polarity == "high-is-worse")
        return f"{self.outcome} and getting {'worse' if worse else 'better'}"


def span(period: str) -> tuple[int, int]:
    """First year and number of years of a period.

    Parameters
    ----------
    period
        ``2025`` (1 year), ``2024/25`` (1 financial or academic year) or ``2022 - 24`` (3 years); a year and
        month such as ``2021-12`` counts as that year.

    Raises
    ------
    MethodError
        For any other text.

    Examples
    --------
    >>> span("2025"), span("2024/25"), span("1999 - 01")
    ((2025, 1), (2024, 1), (1999, 3))
    """
    found = PERIOD.fullmatch(period.strip())
    if not found:
        raise MethodError(f"period {period!r} is not a year, 2024/25 or 2022 - 24")
    first, sign, last = int(found[1]), found[2], found[3]
    if last is None or (sign == "-" and "-" in period and " " not in period):
        return first, 1
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    end += 100 if end < first else 0
    years = end - first + (0 if sign == "/" else 1)
    if not 1 <= years <= 10:
        raise MethodError(f"period {period!r} covers {years} years")
    return first, years


def independent_periods(periods: Sequence[str], points: int = POINTS) -> tuple[int, ...]:
    """Positions of the latest unbroken run of periods that do not overlap, ascending, at most `points`.

    Rolling periods are thinned: of three-year periods every third is taken, counted back from the latest.
    Raises MethodError for an unreadable or repeated period.

    Examples
    --------
    >>> independent_periods(["2017/18", "2018/19", "2021/22", "2022/23"])
    (2, 3)
    >>> independent_periods(["2018 - 20", "2019 - 21", "2020 - 22", "2021 - 23"])
    (0, 3)
    """
    spans = [span(period) for period in periods]
    starts = {first: position for position, (first, _) in enumerate(spans)}
    if len(starts) < len(spans):
        raise MethodError("two periods begin in the same year")
    if not spans:
        return ()
    first = max(starts)
    length = spans[starts[first]][1]
    kept: list[int] = []
    while first in starts and len(kept) < points and spans[starts[first]][1] == length:
        kept.append(starts[first])
        first -= length
    return tuple(reversed(kept))


def trend_of_proportions(
    periods: Sequence[str], numerator: npt.ArrayLike, denominator: npt.ArrayLike
) -> Trend:
    """Chi-squared test for a linear trend in a proportion, with its counts.

    Parameters
    ----------
    periods, numerator, denominator
        One a period, in any order; counts of shape (n,). Leave periods without a figure out: a gap in the
        years ends the run that is tested.

    Raises
    ------
    MethodError
        For missing or impossible counts or unreadable periods.

    References
    ----------
    Fingertips technical guidance, "Trend markers" (Office for Health Improvement and Disparities); Armitage P
    (1955), "Tests for linear trends in proportions and frequencies", Biometrics 11:375-386. Leaving one point
    out at a time uses the unweighted slope of the log odds, as Fingertips does.

    Examples
    --------
    >>> years = ["2014", "2015", "2016", "2017", "2018"]
    >>> cases, people = [994, 1023, 1199, 1332, 1367], [40299, 41527, 42811, 44064, 44701]
    >>> found = trend_of_proportions(years, cases, people)
    >>> found.outcome, round(found.chi_squared, 1)
    ('increasing', 47.9)
    """
    x, n = counts(numerator, "numerator"), weights(denominator, "denominator")
    same_length(periods=np.empty(len(periods)), numerator=x, denominator=n)
    refuse(x > n, x, "numerator is larger than its denominator")
    method = "chi-squared test for trend in proportions, five latest independent years, 99.8%"
    kept, used, short = _latest(periods, method)
    if short:
        return short
    x, n = x[kept], n[kept]
    t = np.arange(1.0, POINTS + 1)
    if not 0 < x.sum() < n.sum():
        return Trend("no significant change", 0.0, 0.0, used, CONFIDENCE, method, "all or none in every year")
    away = n.sum() * (x * t).sum() - x.sum() * (n * t).sum()
    spread = n.sum() * (n * t**2).sum() - (n * t).sum() ** 2
    chi = n.sum() * away**2 / (x.sum() * (n.sum() - x.sum()) * spread)
    # Half a case keeps the log odds finite in a year with none or all; other years stay as they are
    half = np.where((x == 0) | (x == n), 0.5, 0.0)
    odds = np.log((x + half) / (n - x + half))
    return _outcome(float(chi), odds, np.ones(POINTS), used, method)


def trend_of_values(
    periods: Sequence[str], value: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike
) -> Trend:
    """Chi-squared test for a linear trend in any figure with 95% limits, by weighted regression.

    Parameters
    ----------
    periods, value, lower, upper
        One a period, in any order; numbers of shape (n,), the limits at 95%. Leave periods without a figure
        out.

    Raises
    ------
    MethodError
        For missing numbers, a value outside its limits, limits of no width, or unreadable periods.

    Notes
    -----
    Weights are one over the squared standard error, which is the width of the limits over 3.92. The statistic
    is the squared slope over its variance.

    References
    ----------
    Fingertips technical guidance, "Trend markers" (Office for Health Improvement and Disparities).

    Examples
    --------
    >>> found = trend_of_values(["2021", "2022"], [1, 2], [0.5, 1.5], [1.5, 2.5])
    >>> found.outcome, found.why
    ('not enough years', '2 independent years in a row, 5 are needed')
    """
    y, low, high = numbers(value, "value"), numbers(lower, "lower limit"), numbers(upper, "upper limit")
    same_length(periods=np.empty(len(periods)), value=y)
    ordered_limits(y, low, high)
    refuse(high <= low, y, "limits have no width")
    method = "weighted regression on five latest independent years, chi-squared, 99.8%"
    kept, used, short = _latest(periods, method)
    if short:
        return short
    w = (WIDTH / (high - low)[kept]) ** 2
    t = np.arange(1.0, POINTS + 1)
    spread = w.sum() * (w * t**2).sum() - (w * t).sum() ** 2
    chi = _slope(t, y[kept], w) ** 2 * spread / w.sum()
    return _outcome(float(chi), y[kept], w, used, method)


def _latest(periods: Sequence[str], method: str) -> tuple[list[int], tuple[str, ...], Trend | None]:
    kept = list(independent_periods(periods))
    used = tuple(periods[position] for position in kept)
    if len(kept) == POINTS:
        return kept, used, None
    years = "year" if len(kept) == 1 else "years"
    why = f"{len(kept)} independent {years} in a row, {POINTS} are needed"
    return kept, used, Trend("not enough years", None, None, used, CONFIDENCE, method, why)


def _slope(t: Numbers, y: Numbers, w: Numbers) -> float:
    centre = (w * t).sum() / w.sum()
    return float((w * (t - centre) * y).sum() / (w * (t - centre) ** 2).sum())


def _outcome(chi: float, y: Numbers, w: Numbers, used: tuple[str, ...], method: str) -> Trend:
    t = np.arange(1.0, POINTS + 1)
    slope = _slope(t, y, w)
    others = [_slope(np.delete(t, i), np.delete(y, i), np.delete(w, i)) for i in range(POINTS)]
    outcome: Outcome = "no significant change"
    why = ""
    if chi > float(special.chdtri(1, 1 - CONFIDENCE)):
        # a slope of 0 without one year means that the year alone makes the trend
        flat = 1e-12 * float(np.abs(y).max())
        if all(other * np.sign(slope) > flat for other in others):
            outcome = "increasing" if slope > 0 else "decreasing"
        else:
            why = "one year alone makes the trend: without it the direction turns"
    return Trend(outcome, chi, slope, used, CONFIDENCE, method, why)
