"""The map of a briefing: the area among its neighbours, with three names and no network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.query import Bundle
from geo.config import ROOT
from reports.briefing.model import Label, Map, Shape
from reports.briefing.words import compass, the

SIZE = 460  # drawing units to a side
MARGIN = 0.05
NEIGHBOURS = 2
NEXT_DOOR = 0.002  # degrees, about 150 m: simplified outlines of neighbours may leave a gap
MIDDLE = 0.3  # of the radius of a circle of the same size: nearer than this is "in the middle"
LEVEL_WORDS = {"neighbourhood": "neighbourhoods", "ward": "wards", "place": "Places"}


class Frame:
    """A square window around some shapes: longitude and latitude to drawing units, y downwards."""

    def __init__(self, bounds: Sequence[float]) -> None:
        west, south, east, north = bounds
        self.squeeze = math.cos(math.radians((south + north) / 2))
        half = max((east - west) * self.squeeze, north - south) / 2 * (1 + 2 * MARGIN)
        self.x, self.y, self.half = (west + east) / 2, (south + north) / 2, half

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the window."""
        wide = self.half / self.squeeze
        return self.x - wide, self.y - self.half, self.x + wide, self.y + self.half

    def project(self, points: np.ndarray) -> np.ndarray:
        """(n, 2) degrees to (n, 2) drawing units."""
        across = (points[:, 0] - self.x) * self.squeeze / self.half
        down = (self.y - points[:, 1]) / self.half
        return (np.column_stack([across, down]) + 1) / 2 * SIZE

    def path(self, shape: shapely.Geometry) -> str:
        """SVG path data in whole drawing units, relative and short."""
        rings = []
        for piece in getattr(shape, "geoms", [shape]):
            if piece.geom_type != "Polygon":
                continue
            for ring in (piece.exterior, *piece.interiors):
                points = np.rint(self.project(np.asarray(ring.coords)[:, :2])).astype(int)
                keep = np.ones(len(points), dtype=bool)
                keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
                points = points[keep]
                if len(points) > 2:
                    steps = " ".join(f"{dx} {dy}" for dx, dy in np.diff(points, axis=0))
                    rings.append(f"M{points[0][0]} {points[0][1]}l{steps}z")
        return "".join(rings)


@lru_cache(maxsize=2)
def _sea(path: Path) -> tuple[shapely.Geometry, ...]:
    return tuple(gpd.read_file(path).geometry) if path.is_file() else ()


def _water(bundle: Bundle, frame: Frame) -> list[Shape]:
    layer = bundle.layers["layers"].get("sea")
    shapes = _sea(ROOT / "static" / "geo" / layer["file"]) if layer else ()
    cut = shapely.clip_by_rect(np.asarray(shapes, dtype=object), *frame.box())
    paths = [frame.path(shape) for shape in cut if shape is not None and not shape.is_empty]
    return [Shape(path, "water") for path in paths if path]


def drawn(bundle: Bundle, code: str) -> gpd.GeoDataFrame:
    """The areas of the same kind around it: of its Place, or all Places."""
    level = str(bundle.areas.loc[code, "area_level"])
    places = [] if level == "place" else [str(bundle.areas.loc[code, "place_code"])]
    return bundle.geometry(level, places)


def _middle(shape: shapely.Geometry) -> np.ndarray:
    """A point well inside the largest part of a shape."""
    part = max(getattr(shape, "geoms", [shape]), key=lambda piece: piece.area)
    return np.array(shapely.maximum_inscribed_circle(part, tolerance=0.001).coords[0])


def _centroid(shape: shapely.Geometry) -> np.ndarray:
    return np.array(shape.centroid.coords[0])


def _step(start: np.ndarray, end: np.ndarray) -> tuple[float, float]:
    """East and north from one point to another, in degrees of latitude."""
    return float((end[0] - start[0]) * math.cos(math.radians(start[1]))), float(end[1] - start[1])


def neighbours(areas: gpd.GeoDataFrame, code: str) -> list[str]:
    """Two areas next door that lie in directions as different as can be; fewer where there are none.

    Where fewer than two touch it, the nearest others stand in.
    """
    shapes = dict(zip(areas["area_code"], areas.geometry, strict=True))
    own = shapes.pop(code)
    far = {other: float(shapely.distance(own, shape)) for other, shape in shapes.items()}
    close = sorted(far, key=lambda other: (max(far[other], NEXT_DOOR), -shapes[other].area, other))
    touching = [other for other in close if far[other] <= NEXT_DOOR]
    if len(touching) <= NEIGHBOURS:
        return close[:NEIGHBOURS]
    angle = {other: math.atan2(*_step(_centroid(own), _centroid(shapes[other]))) for other in touching}
    pairs = [(a, b) for i, a in enumerate(touching) for b in touching[i + 1 :]]
    first, second = max(pairs, key=lambda two: 1 - math.cos(angle[two[0]] - angle[two[1]]))
    return [first, second]


def short(name: str) -> str:
    """A neighbourhood's name for a label: without the word "area"."""
    return name.removesuffix(" area")


def position(bundle: Bundle, code: str) -> str:
    """Where it lies in the larger area: "in the north of Liverpool", "in the middle of Liverpool"."""
    areas = drawn(bundle, code)
    level = str(bundle.areas.loc[code, "area_level"])
    place = str(bundle.areas.loc[code, "place_code"])
    whole = shapely.union_all(areas.geometry.to_numpy())
    own = dict(zip(areas["area_code"], areas.geometry, strict=True))[code]
    start = _centroid(whole)
    east, north = _step(start, _centroid(own))
    radius = math.sqrt(whole.area * math.cos(math.radians(start[1])) / math.pi)
    where = "middle" if math.hypot(east, north) < MIDDLE * radius else compass(east, north)
    return f"in the {where} of {bundle.config.region_name if level == 'place' else bundle.name(place)}"


def map_of(bundle: Bundle, code: str, *, labels: bool = True) -> Map:
    """The map of an area among its neighbours; without `labels` only the outline on its larger area."""
    areas = drawn(bundle, code)
    level = str(bundle.areas.loc[code, "area_level"])
    by_code = dict(zip(areas["area_code"], areas.geometry, strict=True))
    named = [code, *neighbours(areas, code)]
    near = [by_code[other] for other in named]
    # a Place is small among all nine: its map shows it with the Places next door
    frame = Frame(shapely.total_bounds(near) if level == "place" else areas.total_bounds)
    shapes = _water(bundle, frame) if labels else []
    order = sorted(by_code, key=lambda other: other == code)  # its own outline last, on top
    paths = {other: frame.path(shapely.clip_by_rect(by_code[other], *frame.box())) for other in order}
    shapes += [Shape(paths[other], "area" if other == code else "other") for other in order if paths[other]]
    centre = _centroid(by_code[code])
    found = []
    for other in named if labels else []:
        x, y = frame.project(_middle(by_code[other])[None, :])[0]
        towards = compass(*_step(centre, _centroid(by_code[other])))
        more = "this area" if other == code else f"to the {towards}"
        found.append(Label(short(bundle.name(other)), more, round(float(x)), round(float(y)), other == code))
    around = ", ".join(f"{label.text} lies {label.more}" for label in found if not label.own)
    alt = f"Map of {LEVEL_WORDS[level]}: {the(bundle.name(code))} is picked out {position(bundle, code)}."
    return Map(
        tuple(shapes), tuple(sorted(found, key=lambda label: label.y)), SIZE, f"{alt} {around}".strip()
    )
