"""Equal-area hexagons for wards: every ward the same size, roughly where it lies.

A crowded city ward is as easy to see as a wide rural one. The layout (which hexagon stands for which ward)
comes from its publisher; here it only becomes polygons.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Polygon

WIDTH_METRES = 1_700.0


def hexagon(x: float, y: float, width: float) -> Polygon:
    """A hexagon with a corner at the top: its flat sides are `width` apart."""
    radius = width / math.sqrt(3)
    angles = np.radians(np.arange(30, 390, 60))
    return Polygon(np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)]))


def centres(layout: pd.DataFrame, width: float) -> np.ndarray:
    """Centres of an "odd-r" layout (odd rows lie half a hexagon to the right), in metres: shape (n, 2)."""
    q, r = layout["q"].to_numpy(dtype=float), layout["r"].to_numpy(dtype=int)
    return np.column_stack([width * (q + 0.5 * (r % 2)), width * math.sqrt(3) / 2 * r])


def hexes(layout: pd.DataFrame, middle: Mapping[str, tuple[float, float]]) -> gpd.GeoDataFrame:
    """Hexagons of wards, moved so that the layout's middle lies on the wards' middle.

    Parameters
    ----------
    layout
        ``area_code, place_code, q, r`` on one common grid.
    middle
        Easting and northing of each ward's centre (EPSG:27700).

    Returns
    -------
    GeoDataFrame ``area_code, place_code, geometry`` in EPSG:27700, in the order of `layout`. ValueError for
    a ward without a centre or two wards on one hexagon.
    """
    lost = sorted(set(layout["area_code"]) - set(middle))
    if lost:
        raise ValueError(f"no centre for {', '.join(lost[:5])}")
    if layout.duplicated(["q", "r"]).any():
        raise ValueError("two wards on one hexagon")
    spots = centres(layout, WIDTH_METRES)
    real = np.array([middle[code] for code in layout["area_code"]])
    spots = spots + (real.mean(axis=0) - spots.mean(axis=0))
    shapes = [hexagon(x, y, WIDTH_METRES) for x, y in spots]
    return gpd.GeoDataFrame(layout[["area_code", "place_code"]], geometry=shapes, crs="EPSG:27700")
