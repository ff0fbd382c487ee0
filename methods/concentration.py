"""How cases gather among the more deprived, and how small areas differ within one neighbourhood."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from methods.intervals import Numbers
from methods.results import Estimate, MethodError, counts, numbers, refuse, same_length, weights, z_of


@dataclass(frozen=True)
class Concentration:
    """Concentration curve and index.

    Attributes
    ----------
    people, cases
        Cumulative shares from 0 to 1, the most deprived first, shape (k + 1,): the curve to draw. Above the
        diagonal, cases gather among the most deprived.
    index
        Below 0 where they do, above 0 where they gather among the least deprived; between -1 and 1.
    """

    people: Numbers
    cases: Numbers
    index: Estimate


def concentration(
    cases: npt.ArrayLike,
    population: npt.ArrayLike,
    deprivation: npt.ArrayLike,
    *,
    proportion: bool = True,
    confidence: float = 0.95,
) -> Concentration:
    """Concentration curve and index of cases over the range of deprivation.

    Parameters
    ----------
    cases, population
        Cases and people of each group or small area, shape (k,), k at least 2.
    deprivation
        Larger is more deprived; groups that tie are taken together.
    proportion
        True where a person is a case or not (binomial error); False for events that may repeat (Poisson).
    confidence
        Such as 0.95.

    Raises
    ------
    MethodError
        For missing or negative numbers, cases above people of a proportion, no case at all, or one single
        deprivation.

    Notes
    -----
    People are ranked from the most to the least deprived, as the literature ranks from the poorest. The index
    is ``sum((2 r - 1) * cases) / sum(cases)`` with r the mean rank of each group: twice the area between the
    diagonal and the curve through the groups. Limits carry the chance error of the counts (delta method); a
    share of cases cannot fall below -1 or rise above 1. Indices of figures near 0% and near 100% are not
    comparable, because a common condition has less room to concentrate.

    References
    ----------
    Kakwani N, Wagstaff A, van Doorslaer E (1997), "Socioeconomic inequalities in health: measurement,
    computation, and statistical inference", Journal of Econometrics 77:87-103.

    Examples
    --------
    >>> found = concentration([30, 20, 10], [100, 100, 100], [3, 2, 1])
    >>> round(found.index.value, 4), found.cases.round(2).tolist()
    (-0.2222, [0.0, 0.5, 0.83, 1.0])
    """
    x, n = counts(cases, "cases", least=2), weights(population, "population", least=2)
    d = numbers(deprivation, "deprivation")
    same_length(cases=x, population=n, deprivation=d)
    refuse((x > n * (1 + 1e-9)) & proportion, x, "cases are more than people")
    if x.sum() <= 0:
        raise MethodError("there is no case: nothing can be concentrated")
    levels, place = np.unique(-d, return_inverse=True)
    if levels.size < 2:
        raise MethodError("all groups are equally deprived: there is no order to follow")
    x, n = (np.bincount(place, weights=part).astype(np.float64) for part in (x, n))
    people = np.concatenate([[0.0], np.cumsum(n) / n.sum()])
    weight = people[1:] + people[:-1] - 1  # 2 r - 1
    index = float((weight * x).sum() / x.sum())
    variance = x * np.clip(1 - x / n, 0, 1) if proportion else x
    reach = z_of(confidence) * float(np.sqrt(((weight - index) ** 2 * variance).sum()) / x.sum())
    how = "concentration index, below 0 where the most deprived have more than their share; error of counts"
    return Concentration(
        people,
        np.concatenate([[0.0], np.cumsum(x) / x.sum()]),
        Estimate(index, max(index - reach, -1.0), min(index + reach, 1.0), confidence, how),
    )


@dataclass(frozen=True)
class Spread:
    """How small areas differ within the larger areas they form.

    Attributes
    ----------
    table
        One row a group: ``areas`` (with a figure), ``missing`` (set aside), ``mean``, ``lowest``,
        ``lower_quarter``, ``median``, ``upper_quarter``, ``highest``, ``sd``; all weighted by people, in the
        unit of the values, NaN where a group has no figure.
    within_share
        Share of all variance between people's small areas that lies within groups, 0 to 1: near 1, means of
        groups hide most of it. NaN where all values are equal.
    method
        In words.
    """

    table: pd.DataFrame
    within_share: float
    method: str


def within_spread(
    values: npt.ArrayLike, population: npt.ArrayLike, groups: Sequence[Hashable] | npt.NDArray[np.object_]
) -> Spread:
    """Spread of small areas within each neighbourhood, and how much of all difference lies within.

    Parameters
    ----------
    values
        Figure of each small area, shape (n,). NaN is missing: set aside, and counted in the table.
    population
        People of each small area, shape (n,), above 0.
    groups
        The neighbourhood of each small area, shape (n,).

    Raises
    ------
    MethodError
        For an infinite value, a population of 0, unequal lengths, or no value at all.

    Notes
    -----
    Quantiles are the smallest value that at least the given share of people live at or below. The variance is
    split into within and between groups, weighted by people (the law of total variance).

    Examples
    --------
    >>> found = within_spread([10, 30, 20, 20], [100, 100, 100, 100], ["a", "a", "b", "b"])
    >>> found.table.loc["a", "sd"], found.within_share
    (np.float64(10.0), 1.0)
    """
    given = np.asarray(values, dtype=float)
    refuse(np.isinf(given), given, "a value is infinite")
    n = weights(population, "population")
    if not given.shape == n.shape == (len(groups),):
        raise MethodError(f"lengths differ: values {given.shape}, population {n.shape}, groups {len(groups)}")
    frame = pd.DataFrame({"value": given, "people": n, "group": list(groups)})
    known = frame.dropna(subset=["value"])
    if known.empty:
        raise MethodError("every value is missing")
    rows = {name: _row(part) for name, part in frame.groupby("group", sort=False)}
    table = pd.DataFrame.from_dict(rows, orient="index")
    total = _moments(known)[1]
    shares = known.groupby("group", sort=False)["people"].sum() / known["people"].sum()
    within = float((shares * table["sd"].pow(2).reindex(shares.index)).sum())
    share = within / total if total > 0 else float("nan")
    return Spread(table, min(share, 1.0) if total > 0 else share, "weighted by people; law of total variance")


def _moments(part: pd.DataFrame) -> tuple[float, float]:
    mean = float(np.average(part["value"], weights=part["people"]))
    return mean, float(np.average((part["value"] - mean) ** 2, weights=part["people"]))


def _row(part: pd.DataFrame) -> dict[str, float]:
    known = part.dropna(subset=["value"]).sort_values("value")
    row: dict[str, float] = {"areas": len(known), "missing": len(part) - len(known)}
    names = ("mean", "lowest", "lower_quarter", "median", "upper_quarter", "highest", "sd")
    if known.empty:
        return row | dict.fromkeys(names, float("nan"))
    value = known["value"].to_numpy()
    reached = known["people"].cumsum().to_numpy() / known["people"].sum()
    quarters = (value[np.searchsorted(reached, q - 1e-12)] for q in (0.25, 0.5, 0.75))
    mean, variance = _moments(known)
    figures = (mean, value[0], *quarters, value[-1], variance**0.5)
    return row | {name: float(number) for name, number in zip(names, figures, strict=True)}
