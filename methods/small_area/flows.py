"""Who is registered where: entropy-maximising flows between small areas and GP practices.

The estimate is the least presuming table of patients (areas x practices) that is consistent with what is
known (Wilson, 1970; fitted by iterative proportional fitting):

    T[l, p] = A[p] B[l] k(l, p) exp(g[p] z[l])

`k` falls with distance, A makes every practice's total its list size, B draws every area's total towards its
residents, and g makes the mean deprivation z of a practice's patients what is published for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TINY = 1e-12
METRES = 1_000.0


class FlowError(ValueError):
    """The inputs of a flow table cannot be used; the message says why."""


@dataclass(frozen=True)
class Decay:
    """How fast the pull of a practice falls with distance.

    The weight at d kilometres is ``exp(-d / (scale * spacing ** power))``, where `spacing` is the geometric
    mean distance (km) from the area to its five nearest practices: people go further where practices are
    sparse. `row_pull` from 0 to 1 says how firmly areas are held to their residents (1: exactly).
    """

    scale: float
    power: float
    row_pull: float


@dataclass(frozen=True)
class Pairs:
    """The pairs of area and practice that may have patients, and the distances of their residents.

    `area` and `practice` are positions, one a pair, sorted by area and then practice. The residents of an
    area stand at one or more points: `point_pair`, `point_km` and `point_share` give, for every pair and
    every point of its area, the pair, the distance and the share of the area's people there.
    """

    area: Ints
    practice: Ints
    areas: int
    practices: int
    point_pair: Ints
    point_km: Floats
    point_share: Floats
    spacing: Floats

    def by_area(self, values: Floats) -> Floats:
        """Sum of one value a pair over the practices of each area."""
        return np.asarray(np.bincount(self.area, values, self.areas), dtype=np.float64)

    def by_practice(self, values: Floats) -> Floats:
        """Sum of one value a pair over the areas of each practice."""
        return np.asarray(np.bincount(self.practice, values, self.practices), dtype=np.float64)

    def km(self) -> Floats:
        """Mean distance of the residents of each pair's area to its practice."""
        total = np.bincount(self.point_pair, self.point_share * self.point_km, len(self.area))
        return np.asarray(total, dtype=np.float64)


@dataclass(frozen=True)
class Flows:
    """A fitted table: patients by pair, and the multipliers with which another fit can start."""

    patients: Floats
    area_factor: Floats
    tilt: Floats
    unmet: npt.NDArray[np.bool_]


def make_pairs(
    area_xy: Floats,
    practice_xy: Floats,
    *,
    points: tuple[Floats, Ints, Floats] | None = None,
    nearest_practices: int = 50,
    nearest_areas: int = 60,
) -> Pairs:
    """Pairs of every area with its nearest practices, and of every practice with its nearest areas.

    Parameters
    ----------
    area_xy, practice_xy
        Coordinates in metres, shapes (areas, 2) and (practices, 2).
    points
        Where residents stand: coordinates (n, 2), the area of each point, and its people. Without it all
        residents of an area stand at `area_xy`. Areas without a point do too.
    """
    if len(area_xy) == 0 or len(practice_xy) == 0:
        raise FlowError("flows need at least one area and one practice")
    if not (np.isfinite(area_xy).all() and np.isfinite(practice_xy).all()):
        raise FlowError("every area and every practice needs a position")
    areas, practices = len(area_xy), len(practice_xy)
    tree = cKDTree(practice_xy)
    count = min(nearest_practices, practices)
    near_km, near = tree.query(area_xy, k=np.arange(1, count + 1))
    _, back = cKDTree(area_xy).query(practice_xy, k=np.arange(1, min(nearest_areas, areas) + 1))
    keys = np.union1d(
        (np.arange(areas)[:, None] * practices + near).ravel(),
        (back * practices + np.arange(practices)[:, None]).ravel(),
    )
    area, practice = np.divmod(keys.astype(np.int64), practices)
    spacing = np.exp(np.log(np.maximum(near_km[:, : min(5, count)], 100.0) / METRES).mean(axis=1))
    place, owner, share = _points(area_xy, points)
    order = np.argsort(owner, kind="stable")
    place, owner, share = place[order], owner[order], share[order]
    start = np.searchsorted(owner, np.arange(areas + 1))
    many = np.diff(start)[area]
    pair = np.repeat(np.arange(len(area)), many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    point = np.repeat(start[area], many) + within
    away = np.hypot(*(place[point] - practice_xy[practice[pair]]).T) / METRES
    return Pairs(area, practice, areas, practices, pair, away, share[point], spacing)


def _points(area_xy: Floats, points: tuple[Floats, Ints, Floats] | None) -> tuple[Floats, Ints, Floats]:
    """Coordinates, area and share of the area's people of every point; each area has at least one."""
    everywhere = np.arange(len(area_xy))
    if points is None:
        return area_xy, everywhere, np.ones(len(area_xy))
    place, owner, people = points
    total = np.bincount(owner, people, len(area_xy))
    kept = total[owner] > 0
    bare = everywhere[total <= 0]
    return (
        np.concatenate([place[kept], area_xy[bare]]),
        np.concatenate([owner[kept], bare]),
        np.concatenate([people[kept] / total[owner[kept]], np.ones(len(bare))]),
    )


def kernel(pairs: Pairs, decay: Decay) -> Floats:
    """The pull of each pair: the weight of distance, averaged over where the area's people live."""
    reach = decay.scale * pairs.spacing**decay.power
    weight = pairs.point_share * np.exp(-pairs.point_km / reach[pairs.area[pairs.point_pair]])
    return np.asarray(np.bincount(pairs.point_pair, weight, len(pairs.area)) + TINY, dtype=np.float64)


def balance(
    pairs: Pairs,
    pull: Floats,
    residents: Floats,
    lists: Floats,
    *,
    row_pull: float = 1.0,
    start: Floats | None = None,
    sweeps: int = 300,
    tolerance: float = 1e-7,
) -> tuple[Floats, Floats]:
    """Scale `pull` so that practices have exactly their lists and areas as nearly their residents as told.

    `residents` are scaled here to the total of `lists` (more people are registered than live anywhere).
    Returns the patients by pair and the areas' factors. Raises FlowError for an unknown or negative list.
    """
    if not np.isfinite(lists).all() or (lists <= 0).any():
        raise FlowError("a practice without a list size is missing: leave it out, it has not got 0 patients")
    if not np.isfinite(residents).all() or (residents <= 0).any():
        raise FlowError("every area needs residents")
    rows = residents * (lists.sum() / residents.sum())
    factor = np.ones(pairs.areas) if start is None else start
    for _ in range(sweeps):
        practice = lists / pairs.by_practice(pull * factor[pairs.area])
        reached = pairs.by_area(pull * practice[pairs.practice])
        fresh = (rows / reached) ** row_pull
        moved = np.abs(fresh / factor - 1.0).max()
        factor = fresh
        if moved < tolerance:
            break
    practice = lists / pairs.by_practice(pull * factor[pairs.area])
    return pull * practice[pairs.practice] * factor[pairs.area], factor


def practice_mean(pairs: Pairs, patients: Floats, area_value: Floats) -> Floats:
    """Mean of an area's value over the patients of each practice, shape (practices,)."""
    return pairs.by_practice(patients * area_value[pairs.area]) / pairs.by_practice(patients)


def fit(
    pairs: Pairs,
    pull: Floats,
    residents: Floats,
    lists: Floats,
    *,
    row_pull: float = 1.0,
    area_value: Floats | None = None,
    target: Floats | None = None,
    start: Flows | None = None,
    steps: int = 40,
    cap: float = 0.12,
    tolerance: float = 0.02,
    sweeps: int = 300,
) -> Flows:
    """Balanced flows in which each practice's patients have the mean `area_value` published for it.

    Parameters
    ----------
    target
        One mean a practice; NaN where none is known (that practice is then not constrained).
    cap
        Largest tilt, per unit of `area_value`: a practice which would need more (a target outside what its
        surroundings offer) stays at the cap and is reported in `unmet`.
    tolerance
        Largest difference from the target, in its own unit, that counts as met.
    """
    nobody = np.zeros(pairs.practices, dtype=bool)
    tilt = np.zeros(pairs.practices) if start is None else start.tilt
    factor = None if start is None else start.area_factor
    if area_value is None or target is None:
        patients, factor = balance(
            pairs, pull, residents, lists, row_pull=row_pull, start=factor, sweeps=sweeps
        )
        return Flows(patients, factor, np.zeros(pairs.practices), nobody)
    known = np.isfinite(target)
    value = area_value - np.average(area_value, weights=residents)
    aim = np.where(known, target - np.average(area_value, weights=residents), 0.0)

    def solved(tilt: Floats, factor: Floats | None, sweeps: int) -> tuple[Floats, Floats]:
        tilted = pull * np.exp(tilt[pairs.practice] * value[pairs.area])
        return balance(pairs, tilted, residents, lists, row_pull=row_pull, start=factor, sweeps=sweeps)

    tilt = np.where(known, tilt, 0.0)
    for _ in range(steps):
        patients, factor = solved(tilt, factor, 6)
        mean = practice_mean(pairs, patients, value)
        spread = practice_mean(pairs, patients, value**2) - mean**2
        gap = np.where(known, aim - mean, 0.0)
        fresh = np.clip(tilt + np.clip(gap / np.maximum(spread, 1.0), -0.04, 0.04), -cap, cap)
        if np.abs(fresh - tilt).max() < 1e-6:
            break
        tilt = fresh
    patients, factor = solved(tilt, factor, sweeps)
    gap = np.where(known, aim - practice_mean(pairs, patients, value), 0.0)
    return Flows(patients, factor, tilt, np.abs(gap) > tolerance)


def nearest(pairs: Pairs, residents: Floats) -> Floats:
    """The naive table: every resident registered with the practice nearest to their area."""
    km = pairs.km()
    order = np.lexsort((pairs.practice, km, pairs.area))
    first = order[np.r_[True, np.diff(pairs.area[order]) > 0]]
    patients = np.zeros(len(pairs.area))
    patients[first] = residents[pairs.area[first]]
    return patients


def shares_of_area(pairs: Pairs, patients: Floats) -> Floats:
    """Share of each area's registered residents in each pair; sums to 1 in every area."""
    total = pairs.by_area(patients)
    if (total <= 0).any():
        raise FlowError(f"area number {int(np.argmax(total <= 0))} has no registered residents")
    return patients / total[pairs.area]


def subset(pairs: Pairs, kept: npt.NDArray[np.bool_]) -> Pairs:
    """The same pairs without those where `kept` is False (the areas and practices stay as they are)."""
    position = np.cumsum(kept) - 1
    points = kept[pairs.point_pair]
    return Pairs(
        pairs.area[kept], pairs.practice[kept], pairs.areas, pairs.practices,
        position[pairs.point_pair[points]], pairs.point_km[points], pairs.point_share[points], pairs.spacing,
    )  # fmt: skip
