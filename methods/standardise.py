"""Rates: crude, and directly standardised for age to the 2013 European Standard Population."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from methods.intervals import byar, poisson_limits
from methods.results import Estimate, MethodError, counts, refuse, same_length, weights, z_of

# Persons of 100,000 in the nineteen bands 0-4, 5-9, ... 85-89, 90 and over.
ESP2013 = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
    7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
)  # fmt: skip
ESP2013_BANDS = (*(f"{start}-{start + 4}" for start in range(0, 90, 5)), "90+")
FEWEST_EVENTS = 10  # below this a standardised rate says more about which age the few events fell in


def standard_population(bands: int) -> tuple[int, ...]:
    """The 2013 European Standard Population in 19 bands, or in 18 with 85 and over as one.

    Parameters
    ----------
    bands
        19 (0-4 to 90 and over) or 18 (0-4 to 85 and over).

    Raises
    ------
    MethodError
        For any other number of bands.

    References
    ----------
    Eurostat (2013), Revision of the European Standard Population, KS-RA-13-028.

    Examples
    --------
    >>> standard_population(18)[-1], sum(standard_population(18))
    (2500, 100000)
    """
    if bands == len(ESP2013):
        return ESP2013
    if bands == len(ESP2013) - 1:
        return (*ESP2013[:-2], sum(ESP2013[-2:]))
    raise MethodError(f"the 2013 European Standard Population is kept in 19 or 18 bands, not {bands}")


def crude_rate(
    events: float, population: float, *, per: float = 100_000, confidence: float = 0.95
) -> Estimate:
    """Events over population, with limits of the Poisson count.

    Parameters
    ----------
    events, population
        A count of 0 or more, and person-years above 0.
    per
        The rate is given per so many people.
    confidence
        Such as 0.95 or 0.998.

    Raises
    ------
    MethodError, IntervalError
        For a missing or negative count or a population of 0.

    References
    ----------
    Byar's limits from 10 events upwards, exact limits below: see `methods.intervals.poisson_limits`.

    Examples
    --------
    >>> rate = crude_rate(5, 100, per=100)
    >>> round(rate.lower, 5), round(rate.upper, 5)
    (1.62349, 11.66833)
    """
    people = float(weights([population], "population")[0])
    low, high = poisson_limits(float(counts([events], "events")[0]), confidence)
    method = "exact Poisson" if events < FEWEST_EVENTS else "Byar's approximation"
    value, lower, upper = (float(part) / people * per for part in (events, low, high))
    return Estimate(value, lower, upper, confidence, method)


def directly_standardised_rate(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    standard: npt.ArrayLike | None = None,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """The rate an area would have with the age structure of a standard population.

    Parameters
    ----------
    events, population
        One number an age band, shape (k,): events of 0 or more, person-years above 0.
    standard
        Standard population of each band, shape (k,). Left out: the 2013 European Standard Population, for
        which k is 19 (90 and over last) or 18 (85 and over last).
    per
        The rate is given per so many people.
    confidence
        Such as 0.95 or 0.998.

    Returns
    -------
    Estimate
        Rate and limits per `per` people.

    Raises
    ------
    MethodError
        For missing or negative numbers, a band without population, bands that do not match, or fewer than
        10 events in all: such a rate is not given, and must not be shown as 0.

    Notes
    -----
    With weights ``w`` that sum to 1, the rate is ``sum(w * events / population)`` and its variance
    ``sum(w**2 * events / population**2)``. Dobson's method carries Byar's limits of the total count over to
    the rate in proportion to the two standard errors.

    References
    ----------
    Dobson A and others (1991), "Confidence intervals for weighted sums of Poisson parameters", Statistics in
    Medicine 10:457-462. The count-under-10 rule is that of the Public Health England technical guides.

    Examples
    --------
    >>> rate = directly_standardised_rate([2.0] * 19, [1000.0] * 19)
    >>> round(rate.value, 6), rate.lower < 200 < rate.upper
    (200.0, True)
    """
    o, n = counts(events, "events"), weights(population, "population")
    same_length(events=o, population=n)
    w = weights(standard_population(o.size) if standard is None else standard, "standard population")
    same_length(events=o, standard=w)
    z_of(confidence)
    total = float(o.sum())
    if total < FEWEST_EVENTS:
        raise MethodError(
            f"{total:g} events are too few to standardise: "
            f"at least {FEWEST_EVENTS} are needed, so no rate is given"
        )
    refuse(~np.isfinite(o / n), o, "a rate cannot be worked out")
    share = w / w.sum()
    value = float((share * o / n).sum())
    scale = float(np.sqrt((share**2 * o / n**2).sum() / total))
    low, high = (float(limit) for limit in byar(total, confidence))
    name = "2013 European Standard Population" if standard is None else "given standard population"
    return Estimate(
        value * per,
        (value + scale * (low - total)) * per,
        (value + scale * (high - total)) * per,
        confidence,
        f"directly standardised to the {name}, Dobson's limits from Byar's",
    )
