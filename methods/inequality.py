"""Inequality across the whole range of deprivation: ridit, slope index (SII) and relative index (RII).

One direction throughout: the ridit runs from 0, the least deprived person, to 1, the most deprived. SII is
the predicted figure of the most deprived minus that of the least deprived, RII the first over the second. So
SII is above 0 and RII above 1 wherever the more deprived have more of it, good or bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from methods.results import (
    Estimate,
    MethodError,
    Numbers,
    numbers,
    ordered_limits,
    refuse,
    same_length,
    weights,
    z_of,
)

Link = Literal["identity", "log", "logit"]
LINKS: tuple[Link, ...] = ("identity", "log", "logit")
STEPS = 50
STEEPEST = 60.0  # e**60: beyond any gradient of figures
FEWEST_GROUPS = 5  # the least with which the national technical guidance works out a slope
SII_TEXT = "slope index: predicted most deprived minus least deprived"
RII_TEXT = "relative index: predicted most deprived over least deprived"


@dataclass(frozen=True)
class Slope:
    """The slope through a social gradient.

    Attributes
    ----------
    sii
        Predicted figure at ridit 1 minus that at ridit 0, in the unit of the values.
    rii
        Predicted figure at ridit 1 over that at ridit 0; None, with `why_not`, where one is not above 0.
    ridit
        Ridit of each group in the order given, shape (k,).
    predicted
        Predicted figure of each group, in the unit of the values, shape (k,).
    ends
        Predicted figures of the least and the most deprived person: the ends of the line to draw.
    link
        Scale on which the line is straight.
    """

    sii: Estimate
    rii: Estimate | None
    ridit: Numbers
    predicted: Numbers
    ends: tuple[float, float]
    link: Link
    why_not: str = ""


def ridit(population: npt.ArrayLike, deprivation: npt.ArrayLike) -> Numbers:
    """Mean position of each group among all people, from 0 (least deprived) to 1 (most deprived).

    Parameters
    ----------
    population
        People of each group, shape (k,), above 0.
    deprivation
        How deprived each group is, shape (k,); larger is more deprived. Give national tenths or ranks, where
        1 is the most deprived, with a minus sign. Groups that tie share their position.

    Returns
    -------
    array, shape (k,)
        Strictly between 0 and 1, in the order given; the mean weighted by people is 0.5.

    Raises
    ------
    MethodError
        For missing numbers or a population of 0.

    References
    ----------
    Bross IDJ (1958), "How to use ridit analysis", Biometrics 14:18-38.

    Examples
    --------
    >>> ridit([12, 10, 78], [3, 2, 1]).round(2).tolist()
    [0.94, 0.83, 0.39]
    """
    n, d = weights(population, "population", least=1), numbers(deprivation, "deprivation", least=1)
    same_length(population=n, deprivation=d)
    _, place = np.unique(d, return_inverse=True)
    people = np.bincount(place, weights=n)
    return ((np.cumsum(people) - people / 2) / people.sum())[place]


def slope_index(
    values: npt.ArrayLike,
    population: npt.ArrayLike,
    deprivation: npt.ArrayLike,
    *,
    lower: npt.ArrayLike | None = None,
    upper: npt.ArrayLike | None = None,
    link: Link = "identity",
    whole: float = 100.0,
    confidence: float = 0.95,
    limits_confidence: float = 0.95,
) -> Slope:
    """Slope and relative index of inequality by population-weighted regression on the ridit.

    Parameters
    ----------
    values
        Figure of each deprivation group or small area, shape (k,), k at least 5.
    population, deprivation
        As for `ridit`.
    lower, upper
        Limits of the values, both or neither. With them, the limits of the result carry the chance error of
        each group (as the national guidance does by simulation, here exactly). Without them, they carry the
        scatter of the groups around the line (robust standard errors, HC3, Student's t on k - 2 degrees),
        which is the choice for many small areas.
    link
        ``identity`` (a straight line: the national definition), ``log`` (each step along the ridit multiplies
        the mean figure; values of 0 or more) or ``logit`` (it multiplies the odds; values from 0 to `whole`).
        With log and logit the *mean* is modelled, as in Poisson and logistic regression of the counts, so
        areas without a case stay in.
    whole
        What stands for everybody on the logit scale: 100 for percentages, 1 for fractions.
    confidence, limits_confidence
        Of the result, and of the `lower` and `upper` given.

    Raises
    ------
    MethodError
        For missing values, fewer than 5 groups, one single deprivation, an unknown link, or a value that the
        link cannot take, such as one below 0 with ``log``; the message names it.

    References
    ----------
    Low A, Low A (2004), "Measuring the gap", Journal of Public Health 26:388-395. Moreno-Betancur M and
    others (2015), "Relative index of inequality and slope index of inequality: a structured regression
    framework", Epidemiology 26:518-527. MacKinnon JG, White H (1985), Journal of Econometrics 29:305-325
    (HC3).

    Examples
    --------
    >>> found = slope_index([30, 26, 22, 18, 14], [200] * 5, [5, 4, 3, 2, 1])
    >>> round(found.sii.value, 6), round(found.rii.value, 3)
    (20.0, 2.667)
    """
    y = numbers(values, "value", least=FEWEST_GROUPS)
    n = weights(population, "population")
    x = ridit(n, deprivation)
    same_length(values=y, population=n, deprivation=x)
    if np.unique(x).size < 2:
        raise MethodError("all groups are equally deprived: there is no gradient to measure")
    if (lower is None) != (upper is None):
        raise MethodError("lower and upper limits come together: one of them is missing")
    _allowed(y, link, whole)
    line, rows, leverage = _fit(x, n, y, link, whole)
    if lower is not None and upper is not None:
        low, high = numbers(lower, "lower limit"), numbers(upper, "upper limit")
        ordered_limits(y, low, high)
        variance = ((high - low) / (2 * z_of(limits_confidence))) ** 2
        z, from_what = z_of(confidence), "chance error of the groups"
    else:
        refuse(leverage > 1 - 1e-9, x, "one group alone fixes an end of the line")
        predicted, _ = _back(line[0] + line[1] * x, link, whole)
        variance = ((y - predicted) / (1 - leverage)) ** 2
        z = float(special.stdtrit(y.size - 2, special.ndtr(z_of(confidence))))
        from_what = "scatter around the line (HC3, t)"
    covariance = (rows * variance) @ rows.T
    how = f"population-weighted regression on the ridit, {link} link, limits from the {from_what}"
    return _indices(line, covariance, x, link, whole, z, confidence, how)


def _allowed(y: Numbers, link: Link, whole: float) -> None:
    if link not in LINKS:
        raise MethodError(f"unknown link {link!r}; expected one of {', '.join(LINKS)}")
    if link == "identity":
        return
    refuse(y < 0, y, f"a value is below 0, which the {link} link cannot take")
    refuse(
        (y > whole) & (link == "logit"), y, f"a value is above {whole:g}, which the logit link cannot take"
    )
    if np.all(y == 0) or (link == "logit" and np.all(y == whole)):
        raise MethodError(f"every value is {y[0]:g}: the {link} link has no line through them")


def _fit(x: Numbers, n: Numbers, y: Numbers, link: Link, whole: float) -> tuple[Numbers, Numbers, Numbers]:
    """Intercept and slope, how they move with each value, shape (2, k), and the leverage of each value.

    Newton's method on the canonical score ``sum(n * (y - predicted) * (1, x))``, with steps halved while the
    score does not shrink. For the identity the first step is weighted least squares.
    """
    design = np.column_stack([np.ones_like(x), x])
    mean = float(np.average(y, weights=n))
    start = np.log(mean) if link == "log" else special.logit(mean / whole) if link == "logit" else mean
    line = np.array([float(start), 0.0])
    size = float((n * np.abs(y)).sum())

    def score(at: Numbers) -> tuple[float, Numbers, Numbers]:
        predicted, steep = _back(design @ at, link, whole)
        gradient = design.T @ (n * (y - predicted))
        return float(np.abs(gradient).max()), gradient, design.T @ (design * (n * steep)[:, None])

    try:
        with np.errstate(over="ignore", invalid="ignore"):  # too long a step is halved
            for _ in range(STEPS):
                now, gradient, information = score(line)
                if now <= 1e-12 * size:
                    break
                step = np.linalg.solve(information, gradient)
                while not score(line + step)[0] <= now * (1 + 1e-9) and np.abs(step).max() > 1e-12:
                    step = step / 2
                line = line + step
        rows = np.asarray(np.linalg.solve(score(line)[2], design.T * n), dtype=np.float64)
    except np.linalg.LinAlgError:
        rows = np.full((2, y.size), np.nan)
    if not np.isfinite(rows).all() or (link != "identity" and np.abs(line).max() > STEEPEST):
        raise MethodError(f"the values part so sharply that no line on the {link} scale fits them")
    return line, rows, (rows * design.T).sum(axis=0) * _back(design @ line, link, whole)[1]


def _back(line: npt.ArrayLike, link: Link, whole: float) -> tuple[Numbers, Numbers]:
    """Predicted figures and their derivative with respect to the line."""
    eta = np.asarray(line, dtype=float)
    if link == "identity":
        return eta, np.ones_like(eta)
    if link == "log":
        return np.exp(eta), np.exp(eta)
    part = special.expit(eta)
    return whole * part, whole * part * (1 - part)


def _indices(
    line: Numbers,
    covariance: Numbers,
    x: Numbers,
    link: Link,
    whole: float,
    z: float,
    confidence: float,
    how: str,
) -> Slope:
    (least, most), (d_least, d_most) = _back([line[0], line.sum()], link, whole)
    toward = np.array([d_most - d_least, d_most])  # derivative of most - least by intercept and slope
    reach = z * float(np.sqrt(toward @ covariance @ toward))
    difference = float(most - least)
    sii = Estimate(difference, difference - reach, difference + reach, confidence, f"{SII_TEXT}; {how}")
    rii, why_not = None, ""
    if min(least, most) > 0:
        relative = np.array([d_most / most - d_least / least, d_most / most])  # of log(most / least)
        log_reach = z * float(np.sqrt(relative @ covariance @ relative))
        ratio = float(most / least)
        # a line that comes close to 0 at one end leaves the ratio without a finite limit
        factor = float(np.exp(min(log_reach, 700.0)))
        rii = Estimate(ratio, ratio / factor, ratio * factor, confidence, f"{RII_TEXT}; {how}, log scale")
    else:
        why_not = "the line falls to 0 or below at one end, so a ratio has no meaning"
    predicted, _ = _back(line[0] + line[1] * x, link, whole)
    return Slope(sii, rii, x, predicted, (float(least), float(most)), link, why_not)
