"""Lighter boundaries for screens: simplified as a coverage, so that neighbours keep sharing their edge."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

DECIMALS = 5  # about one metre: finer than any screen, a third of the bytes


def simplify_coverage(areas: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify polygons that tile the plane; `tolerance` in metres (root of the area lost at a corner).

    Edges shared by two areas stay shared. Source: Visvalingam-Whyatt as implemented in GEOS
    (``coverage_simplify``). Raises ValueError when the input is not a coverage.
    """
    shapes = areas.geometry.to_numpy()
    if not shapely.coverage_is_valid(shapes):
        raise ValueError("the areas overlap or leave slivers: they cannot be simplified together")
    return areas.set_geometry(
        gpd.GeoSeries(shapely.coverage_simplify(shapes, tolerance), index=areas.index, crs=areas.crs)
    )


def dissolve(areas: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    """Union of areas by a column; the outline of the parts is the outline of the whole."""
    merged = areas.dissolve(by=by, as_index=False)[[by, "geometry"]]
    return merged.rename(columns={by: "area_code"}).sort_values("area_code").reset_index(drop=True)


def to_degrees(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """To longitude and latitude, rounded; shared corners round to the same point."""
    degrees = areas.to_crs("EPSG:4326")
    rounded = shapely.transform(degrees.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    rounded = np.array([polygonal(shape) for shape in rounded], dtype=object)
    return degrees.set_geometry(gpd.GeoSeries(rounded, index=degrees.index, crs="EPSG:4326"))


def polygonal(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a shape; a spike left by rounding is cut off."""
    if shape.is_valid or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return shape
    repaired = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(repaired) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if parts else shape
