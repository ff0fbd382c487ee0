"""A working grouping of wards into neighbourhoods, where the council's own list is not to hand.

Method: wards are grown into contiguous groups from many seeded starts, then improved by moving single
edge wards while the groups stay in one piece. A grouping is better when every group's population is
within a quarter of the mean and, among those, when people live closer to the middle of their group
(population-weighted squared distance to the group's centre). The number of starts and the seed are
fixed, so the same wards always give the same groups.

This is a stand-in, not the council's neighbourhoods; it is written with ``status = "working"``.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

SEED = 13
STARTS = 60
SPREAD = 0.25


def neighbours(wards: gpd.GeoDataFrame) -> list[set[int]]:
    """For each ward the positions of those with which it shares more than a corner (queen minus points)."""
    tree = wards.sindex
    found: list[set[int]] = [set() for _ in range(len(wards))]
    shapes = wards.geometry.to_numpy()
    left, right = tree.query(shapes, predicate="intersects")
    for a, b in zip(left, right, strict=True):
        if a < b and shapes[a].intersection(shapes[b]).length > 1e-9:
            found[a].add(int(b))
            found[b].add(int(a))
    return found


def _connected(members: set[int], links: list[set[int]]) -> bool:
    start = next(iter(members))
    seen, stack = {start}, [start]
    while stack:
        fresh = (links[stack.pop()] & members) - seen
        seen |= fresh
        stack += sorted(fresh)
    return len(seen) == len(members)


def _cost(groups: np.ndarray, count: int, xy: np.ndarray, people: np.ndarray) -> float:
    """Squared distance to the group's centre per person (km2), with a heavy price for uneven groups."""
    total = np.bincount(groups, people, count)
    middle = np.column_stack([np.bincount(groups, people * xy[:, i], count) / total for i in (0, 1)])
    distance = (((xy - middle[groups]) ** 2).sum(axis=1) * people).sum() / people.sum() / 1e6
    mean = people.sum() / count
    outside = np.clip(np.abs(total / mean - 1) - (SPREAD - 0.02), 0, None).sum()
    return float(distance + 100 * outside)


def _grow(
    count: int, xy: np.ndarray, people: np.ndarray, links: list[set[int]], rng: np.random.Generator
) -> np.ndarray:
    """Grow `count` groups from spread-out seeds, always adding to the one with fewest people."""
    seeds = [int(rng.integers(len(xy)))]
    while len(seeds) < count:
        gap = np.min([((xy - xy[seed]) ** 2).sum(axis=1) for seed in seeds], axis=0)
        gap[seeds] = 0
        seeds.append(int(rng.choice(len(xy), p=gap / gap.sum())))
    groups = np.full(len(xy), -1)
    groups[seeds] = np.arange(count)
    while (groups < 0).any():
        total = np.bincount(groups[groups >= 0], people[groups >= 0], count)
        for group in np.argsort(total, kind="stable"):
            members = np.flatnonzero(groups == group)
            edge = sorted({n for m in members for n in links[m] if groups[n] < 0})
            if edge:
                middle = np.average(xy[members], axis=0, weights=people[members])
                groups[min(edge, key=lambda ward: float(((xy[ward] - middle) ** 2).sum()))] = group
                break
        else:
            raise ValueError("the wards are not all connected: neighbourhoods cannot be grown")
    return groups


def _improve(
    groups: np.ndarray, count: int, xy: np.ndarray, people: np.ndarray, links: list[set[int]]
) -> tuple[np.ndarray, float]:
    """Move one edge ward at a time, best move first, until none helps."""
    best = _cost(groups, count, xy, people)
    while True:
        found: tuple[float, int, int] | None = None
        for ward in range(len(xy)):
            home = groups[ward]
            rest = set(np.flatnonzero(groups == home).tolist()) - {ward}
            targets = sorted({int(groups[n]) for n in links[ward]} - {int(home)})
            if not rest or not targets or not _connected(rest, links):
                continue
            for target in targets:
                groups[ward] = target
                cost = _cost(groups, count, xy, people)
                groups[ward] = home
                if cost < best - 1e-9 and (found is None or cost < found[0] - 1e-12):
                    found = (cost, ward, target)
        if found is None:
            return groups, best
        best = found[0]
        groups[found[1]] = found[2]


def group_wards(wards: gpd.GeoDataFrame, count: int, prefix: str) -> pd.DataFrame:
    """Group wards into `count` contiguous neighbourhoods of similar population.

    Parameters
    ----------
    wards
        ``area_code, area_name, population, geometry`` in EPSG:27700, one connected Place.
    count
        Number of neighbourhoods.
    prefix
        Start of the codes, for example ``LPL-W``: the codes become LPL-W01, LPL-W02, ... from north to south.

    Returns
    -------
    DataFrame ``ward_code, ward_name, neighbourhood_code, neighbourhood_name``; a neighbourhood is named
    after its most populous ward, as in "Speke area". ValueError when the population rule cannot be met.
    """
    wards = wards.sort_values("area_code").reset_index(drop=True)
    centre = wards.geometry.representative_point()
    xy = np.column_stack([centre.x, centre.y])
    people = wards["population"].to_numpy(dtype=float)
    links = neighbours(wards)
    rng = np.random.default_rng(SEED)
    best, lowest = None, np.inf
    for _ in range(STARTS):
        groups, cost = _improve(_grow(count, xy, people, links, rng), count, xy, people, links)
        if cost < lowest:
            best, lowest = groups.copy(), cost
    assert best is not None
    total = np.bincount(best, people, count)
    if (np.abs(total / total.mean() - 1) > SPREAD).any():
        raise ValueError(f"no grouping found with every population within {SPREAD:.0%} of the mean")
    north = np.argsort(
        [-np.average(xy[best == g, 1], weights=people[best == g]) for g in range(count)], kind="stable"
    )
    number = {int(group): i + 1 for i, group in enumerate(north)}
    table = pd.DataFrame({"ward_code": wards["area_code"], "ward_name": wards["area_name"]})
    table["neighbourhood_code"] = [f"{prefix}{number[int(group)]:02d}" for group in best]
    largest = wards.assign(code=table["neighbourhood_code"]).sort_values(
        "population", ascending=False, kind="stable"
    )
    # "area" keeps a working neighbourhood from being taken for the ward that gave it its name
    names = largest.groupby("code")["area_name"].first() + " area"
    table["neighbourhood_name"] = table["neighbourhood_code"].map(names)
    return table.sort_values(["neighbourhood_code", "ward_code"]).reset_index(drop=True)
