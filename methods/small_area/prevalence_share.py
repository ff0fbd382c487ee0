"""From practices to the areas where their patients live: age structure, multipliers, raking.

A table of registrations has one row per practice and area (`practice` and `area` are row numbers of the two).
Its patients are split by age so that both the practice's age structure and the table are kept; then each
practice's register is shared out in proportion to what age and deprivation lead to expect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from methods.small_area.prevalence import Numbers, SmallAreaError, Whole

AGE_ROUNDS = 25
# A practice's surplus over so many standard deviations of the spread between practices is not passed on to
# the areas of its patients: it comes from homes and special lists, whose people live nobody knows where.
CAP = 4.0
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Links:
    """Who is registered where: row numbers of practice and area, patients (> 0) of every pair."""

    practice: Whole
    area: Whole
    patients: Numbers
    practices: int
    areas: int

    def __post_init__(self) -> None:
        if not np.isfinite(self.patients).all() or (self.patients <= 0).any():
            raise SmallAreaError("registrations must be positive numbers: a pair without patients has no row")
        if self.practice.max() >= self.practices or self.area.max() >= self.areas:
            raise SmallAreaError("a registration names an unknown practice or area")

    def by_practice(self) -> sparse.csr_matrix:
        """Adds pairs up to practices (practices x pairs)."""
        return _adder(self.practice, self.practices)

    def by_area(self) -> sparse.csr_matrix:
        """Adds pairs up to areas (areas x pairs)."""
        return _adder(self.area, self.areas)

    def shares(self) -> Numbers:
        """Share of each area's registered residents in each pair: 1 in sum over the practices of an area."""
        return self.patients / np.bincount(self.area, self.patients, self.areas)[self.area]

    def practice_shares(self) -> Numbers:
        """Share of each practice's patients (of these areas) in each pair: 1 in sum over its areas."""
        return self.patients / np.bincount(self.practice, self.patients, self.practices)[self.practice]


def _adder(target: Whole, size: int) -> sparse.csr_matrix:
    ones = np.ones(len(target))
    return sparse.csr_matrix((ones, (target, np.arange(len(target)))), shape=(size, len(target)))


def split_by_age(links: Links, practice_ages: Numbers, area_ages: Numbers) -> Numbers:
    """Ages of the patients of each pair, as shares (pairs x bands, each row sums to 1).

    Parameters
    ----------
    links
        Registrations.
    practice_ages
        Patients by band of each practice (practices x bands): its pairs add up to this structure.
    area_ages
        Residents by band of each area (areas x bands): where the split starts from.

    Notes
    -----
    Iterative proportional fitting (Deming and Stephan 1940): a students' practice is given the students of
    its areas, and its neighbour the others.
    """
    target = practice_ages / practice_ages.sum(axis=1, keepdims=True)
    share = (area_ages / area_ages.sum(axis=1, keepdims=True))[links.area]
    add = links.by_practice()
    size = np.bincount(links.practice, links.patients, links.practices)
    goal = target * size[:, None]
    for _ in range(AGE_ROUNDS):
        found = add @ (share * links.patients[:, None])
        factor = np.divide(goal, found, out=np.zeros_like(goal), where=found > 0)
        share = share * factor[links.practice]
        share /= share.sum(axis=1, keepdims=True)
    return share


@dataclass(frozen=True)
class Raked:
    """Shares of the registers by pair.

    `entries` (pairs), `multipliers` (practices; NaN where the register is missing), `excess` (practices: the
    entries over the cap, kept out of `entries`), `area_factor` (areas: entries over expected, NaN where no
    practice of the area reported).
    """

    entries: Numbers
    multipliers: Numbers
    excess: Numbers
    area_factor: Numbers


def rake(links: Links, rate: Numbers, base: Numbers, expected: Numbers, cap: Numbers, place: Whole) -> Raked:
    """Give every practice's register to its patients in proportion to what is expected of them.

    Parameters
    ----------
    links
        Registrations.
    rate
        Register over list of each practice, NaN where it is missing or suppressed.
    base, expected
        Patients of the register's ages, and entries expected among them, of each pair.
    cap
        Largest multiplier of each practice that is passed on. The surplus is spread over all areas of the
        practice's place in proportion to expected entries, so that places still add up.
    place
        Place number of each area; a practice belongs to the place of most of its patients.
    """
    base_sum = np.bincount(links.practice, base, links.practices)
    expected_sum = np.bincount(links.practice, expected, links.practices)
    known = np.isfinite(rate) & (expected_sum > 0)
    raw = np.full(links.practices, np.nan)
    raw[known] = rate[known] * base_sum[known] / expected_sum[known]
    multipliers = np.where(known, np.minimum(raw, cap), np.nan)
    excess = np.where(known, (raw - multipliers) * expected_sum, 0.0)
    use = known[links.practice]
    entries = np.where(use, expected * multipliers[links.practice], np.nan)
    counted = np.bincount(links.area[use], entries[use], links.areas)
    likely = np.bincount(links.area[use], expected[use], links.areas)
    surplus = _spread_excess(links, excess, expected, use, place)
    factor = np.full(links.areas, np.nan)
    has = likely > 0
    factor[has] = counted[has] / likely[has] + surplus[place[has]]
    return Raked(entries, multipliers, excess, factor)


def main_place(links: Links, place: Whole) -> Whole:
    """The place with most patients of each practice (the first of equals)."""
    size = np.zeros((links.practices, int(place.max()) + 1))
    np.add.at(size, (links.practice, place[links.area]), links.patients)
    return size.argmax(axis=1)


def _spread_excess(links: Links, excess: Numbers, expected: Numbers, use: Flags, place: Whole) -> Numbers:
    """Surplus of each place over its expected entries: what is added to the factor of all its areas."""
    places = int(place.max()) + 1
    surplus = np.bincount(main_place(links, place), excess, places)
    likely = np.bincount(place[links.area[use]], expected[use], places)
    return np.divide(surplus, likely, out=np.zeros(places), where=likely > 0)


def caps(counts: Numbers, expected: Numbers, dispersion: float) -> Numbers:
    """Largest multiplier passed on: 1 + CAP standard deviations of the gamma-Poisson spread (inf where NaN).

    Parameters
    ----------
    counts, expected
        Register and its model expectation, by practice.
    dispersion
        Squared coefficient of variation between practices.
    """
    known = np.isfinite(counts) & (expected > 0)
    limit = np.full(len(counts), np.inf)
    limit[known] = 1 + CAP * np.sqrt(dispersion + 1 / expected[known])
    return limit


def shrunk(counts: Numbers, expected: Numbers, dispersion: float) -> Numbers:
    """Empirical Bayes multipliers: posterior mean under a gamma with mean 1 and variance `dispersion`.

    References
    ----------
    Clayton D, Kaldor J (1987), "Empirical Bayes estimates of age-standardized relative risks for use in
    disease mapping", Biometrics 43:671.
    """
    shape = 1 / dispersion
    return (counts + shape) / (expected + shape)
