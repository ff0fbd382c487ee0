"""Browser geometry: GeoJSON files with hashed names, and the index that says which file is which.

A file's name carries a hash of its bytes, so a browser may keep it for ever and a changed figure is a
new file. Values travel inside the file, once; choosing an indicator sends only thresholds.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

ONS = "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
ONS += "Contains OS data © Crown copyright and database right 2025."
OPEN_INNOVATIONS = "Hexagon layout of wards: Open Innovations (MIT licence). " + ONS
OS_ROADS = "Contains OS data © Crown copyright and database right 2024."
MARGIN_METRES = 30_000.0
HATCH_METRES = 450.0


def _number(value: Any) -> float | int:
    return int(value) if float(value).is_integer() else float(value)


def features(frame: gpd.GeoDataFrame, columns: Iterable[str]) -> dict[str, Any]:
    """A FeatureCollection with the named columns as properties; empty cells are left out."""
    names = list(columns)
    shapes = [json.loads(text) for text in shapely.to_geojson(frame.geometry.to_numpy())]
    records = frame[names].to_dict("records")
    collection = []
    for shape, record in zip(shapes, records, strict=True):
        properties = {
            k: v for k, v in record.items() if not (v is None or (isinstance(v, float) and math.isnan(v)))
        }
        properties = {
            k: _number(v) if isinstance(v, float | np.floating) else v for k, v in properties.items()
        }
        collection.append({"type": "Feature", "properties": properties, "geometry": shape})
    return {"type": "FeatureCollection", "features": collection}


def write(folder: Path, key: str, content: Mapping[str, Any], attribution: str) -> dict[str, Any]:
    """Write one layer as ``<key>-<hash>.geojson`` and return its index entry."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    name = f"{key}-{hashlib.sha256(text).hexdigest()[:8]}.geojson"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in content["features"]]
    bounds = shapely.total_bounds(np.array(shapes, dtype=object)).round(5).tolist()
    return {"file": name, "bytes": len(text), "bounds": bounds, "attribution": attribution}


def _degrees(frame: gpd.GeoDataFrame, decimals: int = 4) -> gpd.GeoDataFrame:
    frame = frame.to_crs("EPSG:4326")
    rounded = shapely.transform(frame.geometry.to_numpy(), lambda xy: np.round(xy, decimals))
    return frame.set_geometry(gpd.GeoSeries(rounded, index=frame.index, crs="EPSG:4326"))


def frame_of(places: gpd.GeoDataFrame) -> shapely.Geometry:
    """The rectangle that the context fills: the Places and a margin (EPSG:27700)."""
    west, south, east, north = places.total_bounds
    return shapely.box(
        west - MARGIN_METRES, south - MARGIN_METRES, east + MARGIN_METRES, north + MARGIN_METRES
    )


def context(
    places: gpd.GeoDataFrame,
    sea: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    motorways: gpd.GeoDataFrame,
    towns: pd.DataFrame,
    region: Iterable[str],
) -> dict[str, tuple[dict[str, Any], str]]:
    """The light base map: sea and Mersey, districts around, motorways, names, and the no-data hatch.

    All frames in EPSG:27700 except `towns` (``name, kind, size, lon, lat``). `region` are the codes of
    the Places that the base map is for: around the others nothing is drawn but the hatch. Returns GeoJSON
    content and attribution by layer key.
    """
    window = frame_of(places[places["area_code"].isin(list(region))])
    own = set(places["area_code"])
    water = sea.clip(window)
    water["geometry"] = water.geometry.simplify(60)
    around = districts[~districts["LAD24CD"].isin(own)].clip(window)
    around = around[around.geometry.geom_type.isin(["Polygon", "MultiPolygon"])].reset_index(drop=True)
    around["geometry"] = around.geometry.simplify(150)
    roads = motorways.clip(window)
    roads["geometry"] = roads.geometry.simplify(60)
    land = shapely.union_all(places.geometry.to_numpy())
    hatch = gpd.GeoDataFrame({"geometry": [_hatch(land)]}, crs=places.crs)
    return {
        "sea": (features(_degrees(water), []), ONS),
        "districts": (features(_degrees(around).rename(columns={"LAD24NM": "name"}), ["name"]), ONS),
        "motorways": (features(_degrees(roads), ["ref"]), OS_ROADS),
        "labels": (features(_labels(towns, window), ["name", "size"]), ONS),
        "hatch": (features(_degrees(hatch), []), ONS),
    }


def _hatch(land: shapely.Geometry) -> shapely.Geometry:
    """Parallel diagonal lines over the land, drawn under the areas: seen only where an area has no data."""
    west, south, east, north = land.bounds
    height = north - south
    lines = [
        shapely.LineString([(x, south), (x + height, north)])
        for x in np.arange(west - height, east, HATCH_METRES * math.sqrt(2))
    ]
    return shapely.MultiLineString(lines).intersection(land.simplify(100))


def _labels(towns: pd.DataFrame, window: shapely.Geometry) -> gpd.GeoDataFrame:
    """Town names inside the window, one a name, largest first."""
    points = gpd.GeoDataFrame(
        towns, geometry=gpd.points_from_xy(towns["lon"], towns["lat"]), crs="EPSG:4326"
    ).to_crs("EPSG:27700")
    points = points[points.within(window)].copy()
    points["name"] = (
        points["name"].str.replace(r" BUA(SD)?$", "", regex=True).str.replace(r" \(.*\)$", "", regex=True)
    )
    points = points.sort_values(["size", "name"], ascending=[False, True]).drop_duplicates("name")
    points = points[(points["size"] >= 20) & ~points["name"].str.contains("/|Greater")]
    return _degrees(points.reset_index(drop=True))


def fresh(folder: Path, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Remove layer files that the index no longer names."""
    kept = {entry["file"] for entry in entries.values()}
    for path in folder.glob("*.geojson"):
        if path.name not in kept:
            path.unlink()
