"""The gap between two groups, and what closing it would mean: attributable risk and excess cases.

Limits of a gap are recovered from the limits of its two figures (the MOVER method), so that the same
calculation serves proportions, rates, standardised rates and published figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from methods.intervals import poisson_limits, wilson
from methods.results import Estimate, MethodError, counts, ordered_limits, refuse, same_length, weights

Kind = Literal["proportion", "rate"]
MOVER_DIFFERENCE = "difference, limits from those of the two figures (MOVER; Newcombe's for proportions)"
MOVER_RATIO = "ratio, limits from those of the two figures on the log scale (MOVER)"


@dataclass(frozen=True)
class Gap:
    """Absolute and relative gap; `relative` is None, and `why_not` says why, where a ratio has no meaning."""

    absolute: Estimate
    relative: Estimate | None
    why_not: str = ""


@dataclass(frozen=True)
class Burden:
    """What would be different if every group were like the least deprived.

    Attributes
    ----------
    excess_cases
        Cases in all groups beyond those at the rate of the least deprived group; negative where it is they
        who have more.
    par
        Population attributable risk: overall figure minus that of the least deprived, in the unit of `scale`.
    par_percent
        The same as a percentage of the overall figure; None where the least deprived group has no case.
    """

    excess_cases: Estimate
    par: Estimate
    par_percent: Estimate | None
    why_not: str = ""


def gap(most: Estimate, least: Estimate) -> Gap:
    """Gap between the most and the least deprived group, from two independent figures with limits.

    Parameters
    ----------
    most, least
        Figures of the most and the least deprived group in one unit, limits of one confidence.

    Returns
    -------
    Gap
        ``absolute`` is most minus least, ``relative`` most over least. An upper limit is ``inf`` where the
        lower limit of the least deprived group is 0.

    Raises
    ------
    MethodError
        When the confidences differ, a number is missing or a value lies outside its limits.

    References
    ----------
    Newcombe RG (1998), "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17:873-890 (method 10). Zou GY, Donner A (2008), "Construction of confidence limits about
    effect measures", Statistics in Medicine 27:1693-1702.

    Examples
    --------
    >>> from methods.results import Estimate
    >>> found = gap(Estimate(0.8, 0.69, 0.88, 0.95, "Wilson"), Estimate(0.6, 0.49, 0.70, 0.95, "Wilson"))
    >>> round(found.absolute.value, 2), found.absolute.excludes(0), round(found.relative.value, 2)
    (0.2, True, 1.33)
    """
    if most.confidence != least.confidence:
        raise MethodError(
            f"limits of {most.confidence:g} and of {least.confidence:g} confidence cannot be combined"
        )
    both = np.array([[e.value, e.lower, e.upper] for e in (most, least)])
    v, low, high = both.T
    refuse(~np.isfinite(v + low + high), v, "a figure or its limits are missing")
    ordered_limits(v, low, high)
    absolute = Estimate(
        most.value - least.value,
        most.value - least.value - float(np.hypot(most.value - most.lower, least.upper - least.value)),
        most.value - least.value + float(np.hypot(most.upper - most.value, least.value - least.lower)),
        most.confidence,
        MOVER_DIFFERENCE,
    )
    relative, why_not = _ratio(most, least)
    return Gap(absolute, relative, why_not)


def _ratio(most: Estimate, least: Estimate) -> tuple[Estimate | None, str]:
    if most.value <= 0 or least.value <= 0:
        return None, "a ratio needs both figures above 0"
    if min(most.lower, least.lower) < 0:
        return None, "a ratio needs limits that are not negative"
    with np.errstate(divide="ignore"):  # a lower limit of 0 is minus infinity here, which is what is meant
        m, m_low, m_high = np.log([most.value, most.lower, most.upper])
        q, q_low, q_high = np.log([least.value, least.lower, least.upper])
    return Estimate(
        most.value / least.value,
        float(np.exp(m - q - np.hypot(m - m_low, q_high - q))),
        float(np.exp(m - q + np.hypot(m_high - m, q - q_low))),
        most.confidence,
        MOVER_RATIO,
    ), ""


def figure(numerator: float, denominator: float, kind: Kind, confidence: float = 0.95) -> Estimate:
    """A proportion with Wilson limits or a rate with Poisson limits, as a fraction of the denominator.

    Raises
    ------
    MethodError, IntervalError
        For an unknown kind or impossible counts.

    Examples
    --------
    >>> round(figure(65, 100, "proportion").lower, 6)
    0.552544
    """
    if kind == "proportion":
        value, low, high = (float(part) for part in wilson(numerator, denominator, confidence))
        return Estimate(value, low, high, confidence, "Wilson score")
    if kind == "rate":
        people = float(weights([denominator], "denominator")[0])
        low, high = (float(part) / people for part in poisson_limits(numerator, confidence))
        return Estimate(numerator / people, low, high, confidence, "Byar's, exact Poisson under 10")
    raise MethodError(f"unknown kind {kind!r}; expected proportion or rate")


def burden(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    kind: Kind,
    *,
    least: int = -1,
    scale: float = 1.0,
    confidence: float = 0.95,
) -> Burden:
    """Excess cases and population attributable risk over the least deprived group.

    Parameters
    ----------
    numerator, denominator
        Cases and people of each deprivation group, shape (k,), k at least 2.
    kind
        ``proportion`` (Wilson limits) or ``rate`` (Byar's, exact below 10).
    least
        Position of the least deprived group; the last by default.
    scale
        Unit of ``par``: 1 for a fraction, 100 for a percentage, 100,000 for a rate per 100,000.
    confidence
        Such as 0.95.

    Raises
    ------
    MethodError, IntervalError
        For missing or impossible counts, fewer than two groups, or a position that is not there.

    Notes
    -----
    The people outside the least deprived group are taken together: with ``r`` their figure, ``q`` that of the
    least deprived and ``m`` their number, the excess is ``m * (r - q)``, its limits those of the difference.
    The percentage is ``s * (R - 1) / (1 - s + s * R)`` with ``R = r / q`` and ``s`` their share of people; it
    rises with R, so the limits of R give its limits. The comparison is with what the least deprived have
    today: it says how much is at stake, not what any programme would achieve.

    References
    ----------
    Rothman KJ, Greenland S, Lash TL (2008), Modern Epidemiology, third edition, chapter 4; Mackenbach JP,
    Kunst AE (1997), "Measuring the magnitude of socio-economic inequalities in health", Social Science and
    Medicine 44:757-771.

    Examples
    --------
    >>> found = burden([40, 30, 20], [100, 100, 100], "proportion", scale=100)
    >>> round(found.excess_cases.value), round(found.par.value, 1), round(found.par_percent.value, 1)
    (30, 10.0, 33.3)
    """
    x, n = counts(numerator, "numerator", least=2), weights(denominator, "denominator", least=2)
    same_length(numerator=x, denominator=n)
    if not -x.size <= least < x.size:
        raise MethodError(f"there is no group at position {least} of {x.size}")
    refuse((x > n) & (kind == "proportion"), x, "numerator is larger than its denominator")
    rest = np.ones(x.size, dtype=bool)
    rest[least] = False
    m, people = float(n[rest].sum()), float(n.sum())
    found = gap(
        figure(float(x[rest].sum()), m, kind, confidence),
        figure(float(x[least]), float(n[least]), kind, confidence),
    )

    def times(factor: float, name: str) -> Estimate:
        a = found.absolute
        return Estimate(a.value * factor, a.lower * factor, a.upper * factor, confidence, name)

    return Burden(
        times(m, "cases beyond the figure of the least deprived group; " + MOVER_DIFFERENCE),
        times(m / people * scale, "overall figure minus that of the least deprived; " + MOVER_DIFFERENCE),
        _share_of(found.relative, m / people),
        found.why_not,
    )


def _share_of(ratio: Estimate | None, share: float) -> Estimate | None:
    if ratio is None:
        return None

    def percent(r: float) -> float:
        return 100.0 if np.isinf(r) else 100 * share * (r - 1) / (1 - share + share * r)

    return Estimate(
        percent(ratio.value), percent(ratio.lower), percent(ratio.upper), ratio.confidence,
        "population attributable risk as a percentage of the overall figure; " + MOVER_RATIO,
    )  # fmt: skip
