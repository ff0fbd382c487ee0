"""The map of a briefing: the area among its neighbours, with three names and no network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.query import Bundle
from geo.config import ROOT
from reports.briefing.model import Label, Map, Shape
from reports.briefing.words import compass, listed, the

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


def _middle(shape: shapely.Geometry) -> np.ndarray:
    """A point well inside the largest part of a shape."""
    part = max(getattr(shape, "geoms", [shape]), key=lambda piece: piece.area)
    return np.array(shapely.maximum_inscribed_circle(part, tolerance=0.001).coords[0])


def _centroid(shape: shapely.Geometry) -> np.ndarray:
    return np.array(shape.centroid.coords[0])


def _step(start: np.ndarray, end: np.ndarray) -> tuple[float, float]:
    """East and north from one point to another, in degrees of latitude."""
    return float((end[0] - start[0]) * math.cos(math.radians(start[1]))), float(end[1] - start[1])


def neighbours(shapes: Mapping[str, shapely.Geometry], code: str) -> list[str]:
    """Two areas next door that lie in directions as different as can be; fewer where there are none.

    Where fewer than two touch it, the nearest others stand in.
    """
    own = shapes[code]
    far = {other: float(shapely.distance(own, shape)) for other, shape in shapes.items() if other != code}
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


@dataclass(frozen=True)
class Whereabouts:
    """An area among the areas of its kind: those of its Place, or all Places."""

    bundle: Bundle
    code: str

    @cached_property
    def level(self) -> str:
        """neighbourhood, ward or place."""
        return str(self.bundle.areas.loc[self.code, "area_level"])

    @cached_property
    def shapes(self) -> dict[str, shapely.Geometry]:
        """The outlines by code, in degrees."""
        place = str(self.bundle.areas.loc[self.code, "place_code"])
        whole_region = self.level == "place" and self.bundle.in_region(self.code)
        found = self.bundle.geometry(self.level, [] if whole_region else [place])
        return dict(zip(found["area_code"], found.geometry, strict=True))

    @cached_property
    def named(self) -> list[str]:
        """The area and the neighbours that the map names."""
        return [self.code, *neighbours(self.shapes, self.code)]

    @cached_property
    def position(self) -> str:
        """Where it lies in the larger area: "in the north of Liverpool", "in the middle of Liverpool"."""
        whole = shapely.union_all(list(self.shapes.values()))
        start = _centroid(whole)
        east, north = _step(start, _centroid(self.shapes[self.code]))
        radius = math.sqrt(whole.area * math.cos(math.radians(start[1])) / math.pi)
        where = "middle" if math.hypot(east, north) < MIDDLE * radius else compass(east, north)
        place = str(self.bundle.areas.loc[self.code, "place_code"])
        region = self.bundle.config.region_name
        if self.level == "place" and not self.bundle.in_region(self.code):
            return f"outside {region}"
        larger = region if self.level == "place" else self.bundle.name(place)
        return f"in the {where} of {larger}"

    def _outlines(self, frame: Frame) -> list[Shape]:
        """Every area inside the frame, its own last, on top."""
        found = []
        for other in sorted(self.shapes, key=lambda other: other == self.code):
            path = frame.path(shapely.clip_by_rect(self.shapes[other], *frame.box()))
            if path:
                found.append(Shape(path, "area" if other == self.code else "other"))
        return found

    def _label(self, frame: Frame, other: str) -> Label:
        x, y = frame.project(_middle(self.shapes[other])[None, :])[0]
        own = other == self.code
        step = _step(_centroid(self.shapes[self.code]), _centroid(self.shapes[other]))
        more = "this area" if own else f"to the {compass(*step)}"
        return Label(short(self.bundle.name(other)), more, round(float(x)), round(float(y)), own)

    def map(self, *, labels: bool = True) -> Map:
        """The map with water and three names; without `labels` only the outlines."""
        # a Place is small among all nine: its map shows it with the Places next door
        wanted = self.named if self.level == "place" else list(self.shapes)
        frame = Frame(shapely.total_bounds([self.shapes[other] for other in wanted]))
        shapes = (_water(self.bundle, frame) if labels else []) + self._outlines(frame)
        found = [self._label(frame, other) for other in self.named] if labels else []
        around = listed([f"{label.text} lies {label.more}" for label in found if not label.own])
        name = the(self.bundle.name(self.code))
        alt = f"Map of {LEVEL_WORDS[self.level]}: {name} is picked out {self.position}."
        alt = f"{alt} {around}." if around else alt
        return Map(tuple(shapes), tuple(sorted(found, key=lambda label: label.y)), SIZE, alt)
