"""Population weights between areas that do not nest, from output areas.

Each output area is placed by its population-weighted centroid, so a share is a share of *people*, not of
land. Wards cut across LSOAs: in Liverpool 118 of 302 LSOAs have residents in more than one ward.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

# A centroid may fall just outside a generalised boundary; further than this it belongs elsewhere.
NEAR_METRES = 150.0


def locate(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Code of the area in which each point lies.

    Points that fall in no area but within 150 m of one (generalised coast lines) get the nearest; the
    others get None. Both frames in a projected CRS; `areas` has ``area_code``. Returned in point order.
    """
    inside = gpd.sjoin(points[["geometry"]], areas[["area_code", "geometry"]], predicate="within", how="left")
    found = inside[~inside.index.duplicated()]["area_code"].reindex(points.index)
    stray = points.loc[found.isna(), ["geometry"]]
    if len(stray):
        near = gpd.sjoin_nearest(stray, areas[["area_code", "geometry"]], max_distance=NEAR_METRES)
        near = near.sort_values("area_code")
        found = found.fillna(near[~near.index.duplicated()]["area_code"])
    return found.astype(object).where(found.notna(), None)


def output_area_lookup(points: gpd.GeoDataFrame, levels: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Output area to area codes of every level, by point in polygon.

    Returns ``oa_code, population, <level>...`` for output areas that lie in all the levels.
    """
    table = points[["oa_code", "population"]].copy()
    for level, areas in levels.items():
        table[level] = locate(points, areas)
    return table.dropna().sort_values("oa_code").reset_index(drop=True)


def shares(lookup: pd.DataFrame, origin: str, target: str) -> pd.DataFrame:
    """Share of the people of each `origin` area who live in each `target` area.

    Returns ``from_code, to_code, to_level, population, share``; the shares of one `from_code` sum to 1.
    """
    table = lookup.groupby([origin, target], as_index=False)["population"].sum()
    table.columns = ["from_code", "to_code", "population"]
    table["share"] = table["population"] / table.groupby("from_code")["population"].transform("sum")
    table.insert(2, "to_level", target)
    return table.sort_values(["to_level", "from_code", "to_code"]).reset_index(drop=True)


def contained(weights: pd.DataFrame) -> pd.Series:
    """Share of each target area's people who live in origin areas wholly inside it (index: to_code)."""
    whole = weights["population"].where(weights["share"] > 1 - 1e-9, 0.0)
    total = weights.groupby("to_code")["population"].sum()
    return whole.groupby(weights["to_code"]).sum() / total


def settle(
    lookup: pd.DataFrame,
    points: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    totals: pd.Series,
    tolerance: float = 12.0,
) -> pd.DataFrame:
    """Move output areas whose centroid lies just across an edge to the LSOA whose census total says so.

    Generalised boundaries leave a few centroids on the wrong side: one LSOA is then short of exactly the
    people its neighbour has too many of. An output area moves when it lies within 150 m of the area that
    is short and the move brings both totals closer to the census; moves with the largest gain go first.

    Parameters
    ----------
    lookup
        ``oa_code, population, lsoa``.
    points
        ``oa_code`` and point, EPSG:27700.
    areas
        LSOA polygons with ``area_code``, EPSG:27700.
    totals
        Census residents by LSOA code.
    tolerance
        Differences up to this many people are the census's own disclosure control and are left alone.
    """
    lookup = lookup.copy()
    shape = areas.set_index("area_code").geometry
    excess = (lookup.groupby("lsoa")["population"].sum() - totals.reindex(shape.index)).astype(float)
    places = points.set_index("oa_code").geometry
    moves = []
    over = lookup[lookup["lsoa"].map(excess) > tolerance]
    for code in excess.index[excess < -tolerance]:
        near = places.reindex(over["oa_code"]).distance(shape[code]).to_numpy() <= NEAR_METRES
        for row in over[near].itertuples():
            before = abs(excess[row.lsoa]) + abs(excess[code])
            after = abs(excess[row.lsoa] - row.population) + abs(excess[code] + row.population)
            if before - after > tolerance:
                moves.append((before - after, row.oa_code, row.lsoa, code, row.population))
    target = lookup.set_index("oa_code")["lsoa"].copy()
    for _, oa, origin, code, people in sorted(moves, key=lambda move: (-move[0], move[1])):
        gain = (
            abs(excess[origin])
            + abs(excess[code])
            - abs(excess[origin] - people)
            - abs(excess[code] + people)
        )
        if target[oa] == origin and gain > tolerance:
            target[oa] = code
            excess[origin] -= people
            excess[code] += people
    lookup["lsoa"] = lookup["oa_code"].map(target)
    return lookup
