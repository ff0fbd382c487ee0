"""What lies around the areas (water, districts, motorways, towns), and the projection of the drawn maps.

Read from the layers the build writes for the browser, so that every kind of map shows the same coast.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import streamlit as st

from data.query import Bundle
from geo.config import ROOT

# Where the names of the water may stand: (name, longitude, latitude). The first place that is free is used.
WATER_NAMES = (
    ("River Mersey", -2.985, 53.36),
    ("River Mersey", -2.88, 53.312),
    ("Liverpool Bay", -3.19, 53.51),
    ("River Dee", -3.19, 53.29),
)
BACKGROUND = ("sea", "districts", "motorways", "labels")  # the layers around the areas
PADDING = 0.06  # of the wider side, around the areas


@dataclass(frozen=True)
class Window:
    """A rectangle of longitude and latitude and the size of the picture it fills, in drawing units."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude here."""
        return math.cos(math.radians((self.south + self.north) / 2))

    def project(self, points: np.ndarray) -> np.ndarray:
        """Longitude and latitude (n, 2) to drawing units, y downwards."""
        x = (points[:, 0] - self.west) / (self.east - self.west) * self.width
        y = (self.north - points[:, 1]) / (self.north - self.south) * self.height
        return np.column_stack([x, y])

    def clip(self, shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
        """The parts of shapes inside the rectangle; what lies outside is dropped."""
        given = np.asarray(shapes, dtype=object)
        try:
            cut = shapely.clip_by_rect(given, self.west, self.south, self.east, self.north)
        except shapely.GEOSException:  # the quick way trips over a piece that only touches the rectangle
            box = shapely.box(self.west, self.south, self.east, self.north)
            cut = shapely.intersection(shapely.make_valid(given), box)
        return [shape for shape in cut if shape is not None and not shape.is_empty]


def window(bounds: Sequence[float], width: int, height: int) -> Window:
    """The rectangle of a picture of this size that holds the bounds (w, s, e, n) with a margin."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, tall = (east - west) * squeeze, north - south
    pad = PADDING * max(wide, tall)
    wide, tall = wide + 2 * pad, tall + 2 * pad
    scale = max(wide / width, tall / height)
    half_x, half_y = scale * width / squeeze / 2, scale * height / 2
    x, y = (west + east) / 2, (south + north) / 2
    return Window(x - half_x, y - half_y, x + half_x, y + half_y, width, height)


@dataclass(frozen=True)
class Surroundings:
    """Shapes (EPSG:4326) around and under the areas. Each is empty where the build wrote no such layer.

    `towns` are name, longitude and latitude, largest first.
    """

    water: tuple[shapely.Geometry, ...]
    districts: tuple[shapely.Geometry, ...]
    motorways: tuple[shapely.Geometry, ...]
    places: gpd.GeoDataFrame
    towns: tuple[tuple[str, float, float], ...] = ()


def has_background(bundle: Bundle, places: Sequence[str]) -> bool:
    """Whether the files of the background cover these Places: those of the region only.

    Beyond it they end in a straight line, so nothing of them is drawn with a Place outside.
    """
    return all(code in bundle.config.region_places for code in places)


def layers_for(bundle: Bundle, places: Sequence[str]) -> dict[str, Any]:
    """The browser's layers for a map of these Places, without the background where it does not cover them."""
    layers: dict[str, Any] = bundle.layers["layers"]
    if has_background(bundle, places):
        return layers
    return {key: entry for key, entry in layers.items() if key not in BACKGROUND}


def surroundings(bundle: Bundle, places: Sequence[str]) -> Surroundings:
    """The surroundings of a map of these Places, read once for all visitors."""
    found = _read(bundle.version, bundle)
    return found if has_background(bundle, places) else Surroundings((), (), (), found.places)


@st.cache_resource(show_spinner=False, max_entries=2)
def _read(version: str, _bundle: Bundle) -> Surroundings:
    layers = _bundle.layers["layers"]

    def read(key: str) -> gpd.GeoDataFrame | None:
        path = ROOT / "static" / "geo" / layers[key]["file"] if key in layers else None
        return gpd.read_file(path) if path is not None and path.is_file() else None

    def shapes(key: str) -> tuple[shapely.Geometry, ...]:
        frame = read(key)
        return () if frame is None else tuple(frame.geometry)

    names = read("labels")
    towns: tuple[tuple[str, float, float], ...] = ()
    if names is not None:
        points = zip(names["name"], names.geometry.x, names.geometry.y, strict=True)
        towns = tuple((str(name), float(x), float(y)) for name, x, y in points)
    places = _bundle.geometry("place", _bundle.config.place_codes)
    return Surroundings(shapes("sea"), shapes("districts"), shapes("motorways"), places, towns)
