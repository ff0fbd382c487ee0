"""A map as one SVG picture: no WebGL, no script, no network. For small maps and where the interactive map
fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import streamlit as st

from components.basemap import WATER_NAMES, Surroundings, Window, surroundings, window
from components.legend import FADED
from data.query import Bundle
from house_style.palette import NO_DATA_INK, NO_DATA_PAPER, THEMES, Mode, Theme

LETTER = 0.54  # mean width of a letter, in ems
GRAIN = 1.0  # drawing units: finer detail than this is not drawn
SHORT_ENOUGH = 16  # letters: a longer name goes on two lines


@dataclass(frozen=True)
class Label:
    """A name on a map: centre in drawing units, lines of text, size of type."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float

    def box(self) -> tuple[float, float, float, float]:
        """The rectangle that the text fills."""
        wide = max(len(line) for line in self.lines) * self.size * LETTER / 2
        tall = len(self.lines) * self.size * 0.58
        return self.x - wide, self.y - tall, self.x + wide, self.y + tall


def path(shape: shapely.Geometry, view: Window, *, close: bool = True) -> str:
    """SVG path data of a polygon or line, in whole drawing units, relative and short."""
    if shape.geom_type in ("Polygon", "MultiPolygon", "LineString", "MultiLineString", "GeometryCollection"):
        parts = []
        for piece in getattr(shape, "geoms", [shape]):
            if piece.geom_type == "Polygon":
                parts += [_ring(ring.coords, view, close) for ring in (piece.exterior, *piece.interiors)]
            elif piece.geom_type == "LineString":
                parts.append(_ring(piece.coords, view, close=False))
            elif hasattr(piece, "geoms"):
                parts.append(path(piece, view, close=close))
        return "".join(parts)
    return ""


def _ring(coordinates: Iterable[tuple[float, ...]], view: Window, close: bool) -> str:
    points = np.rint(view.project(np.asarray(list(coordinates))[:, :2]) / GRAIN).astype(int)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    points = points[keep]
    if len(points) < (3 if close else 2):
        return ""
    steps = " ".join(f"{dx} {dy}" for dx, dy in np.diff(points, axis=0))
    return f"M{points[0][0]} {points[0][1]}l{steps}{'z' if close else ''}"


def split_name(name: str) -> tuple[str, ...]:
    """A name on one line, or on two of about equal length when it is long."""
    if len(name) <= SHORT_ENOUGH or " " not in name:
        return (name,)
    words = name.split(" ")
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:cut]), " ".join(words[cut:])


def place_labels(wanted: Iterable[Label], view: Window) -> list[Label]:
    """The labels that fit inside the picture without touching each other; the first wanted wins."""
    kept: list[Label] = []
    for label in wanted:
        left, top, right, bottom = label.box()
        if left < 2 or top < 2 or right > view.width - 2 or bottom > view.height - 2:
            continue
        boxes = (other.box() for other in kept)
        if all(right < b[0] or left > b[2] or bottom < b[1] or top > b[3] for b in boxes):
            kept.append(label)
    return kept


def area_labels(
    geometry: gpd.GeoDataFrame, names: Mapping[str, str], view: Window, size: float
) -> list[Label]:
    """A label in the middle of the largest part of each named area, largest area first."""
    ordered = geometry.assign(_size=shapely.area(geometry.geometry.to_numpy())).sort_values(
        "_size", ascending=False
    )
    wanted = []
    for code, shape in zip(ordered["area_code"], ordered.geometry, strict=True):
        if code in names:
            part = max(getattr(shape, "geoms", [shape]), key=lambda piece: piece.area)
            point = shapely.maximum_inscribed_circle(part, tolerance=0.001).coords[0]
            x, y = view.project(np.array([point]))[0]
            wanted.append(Label(float(x), float(y), split_name(names[code]), size))
    return place_labels(wanted, view)


def water_labels(geometry: gpd.GeoDataFrame, view: Window, size: float) -> list[Label]:
    """Names of the water that stand inside the picture and clear of the areas."""
    found: dict[str, Label] = {}
    for name, longitude, latitude in WATER_NAMES:
        x, y = view.project(np.array([[longitude, latitude]]))[0]
        label = Label(float(x), float(y), (name,), size)
        if name in found or not place_labels([label], view):
            continue
        left, top, right, bottom = label.box()
        across, down = (view.east - view.west) / view.width, (view.north - view.south) / view.height
        box = shapely.box(
            view.west + left * across, view.north - bottom * down,
            view.west + right * across, view.north - top * down,
        )  # fmt: skip
        if not shapely.intersects(geometry.geometry.to_numpy(), box).any():
            found[name] = label
    return list(found.values())


def svg(
    geometry: gpd.GeoDataFrame,
    fills: Mapping[str, str],
    *,
    around: Surroundings | None = None,
    mode: Mode = "light",
    size: tuple[int, int] = (800, 800),
    labels: Mapping[str, str] | None = None,
    type_size: float = 24,
    faded: frozenset[str] = frozenset(),
    chosen: str | None = None,
    said: Mapping[str, str] | None = None,
    alt: str = "",
) -> str:
    """A map of areas as an SVG picture.

    Parameters
    ----------
    geometry
        Areas in EPSG:4326 with ``area_code`` (a slice of `Bundle.geometry`).
    fills
        Colour by area code; an area without one is hatched as "no figure".
    around
        Water, districts and Places to draw beneath; none leaves plain paper.
    size
        Width and height in drawing units; the picture scales to any size on screen.
    labels
        Names to print, by area code; those that would touch another are left out.
    type_size
        Height of the type in drawing units.
    faded
        Codes of weak estimates, drawn pale over the hatch.
    said
        What is said of each area when it is pointed at, by code. Where given, every area is a path of its
        own that carries its code and these words as data, for a script to read.
    """
    theme = THEMES[mode]
    view = window(geometry.total_bounds, *size)
    body = _beneath(around, view, theme) if around is not None else ""
    stroke = 0.8 if len(geometry) > 150 else 1.6
    body += _areas(geometry, fills, faded, view, f'stroke="{theme.edge}" stroke-width="{stroke}"', said or {})
    if around is not None:
        own = around.places[around.places["area_code"].isin(set(geometry["place_code"].dropna()))]
        outline = "".join(path(shape, view) for shape in own.geometry)
        body += f'<path d="{outline}" fill="none" stroke="{theme.outline}" stroke-width="2.5"/>'
        water = water_labels(geometry, view, type_size * 0.9)
        body += "".join(_text(label, theme, theme.water_text, theme.sea) for label in water)
    body += _chosen(geometry, chosen, view, theme)
    body += "".join(_text(label, theme) for label in area_labels(geometry, labels or {}, view, type_size))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}" role="img" '
        f'font-family="Source Sans, Segoe UI, Arial, sans-serif"><title>{escape(alt)}</title>{_defs(mode)}'
        f'<rect width="100%" height="100%" fill="{theme.land}"/>{body}</svg>'
    )


def _areas(
    geometry: gpd.GeoDataFrame,
    fills: Mapping[str, str],
    faded: frozenset[str],
    view: Window,
    stroke: str,
    said: Mapping[str, str],
) -> str:
    empty, filled = [], []
    for code, shape in zip(geometry["area_code"], geometry.geometry, strict=True):
        d = path(shape, view)
        data = f' data-code="{escape(code)}" data-said="{escape(said[code])}"' if code in said else ""
        if code not in fills or code in faded:
            empty.append((d, data if code not in fills else ""))
        if code in fills:
            opacity = f' fill-opacity="{FADED}"' if code in faded else ""
            filled.append(f'<path d="{d}" fill="{fills[code]}"{opacity}{data}/>')
    plain = "".join(d for d, data in empty if not data)
    marked = "".join(f'<path d="{d}" fill="url(#none)"{data}/>' for d, data in empty if data)
    body = f'<path d="{plain}" fill="url(#none)"/>' if plain else ""
    return f'{body}{marked}<g {stroke} stroke-linejoin="round">{"".join(filled)}</g>'


def _defs(mode: Mode) -> str:
    return (
        '<defs><pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="8" height="8" fill="{NO_DATA_PAPER[mode]}"/>'
        f'<rect width="2.4" height="8" fill="{NO_DATA_INK[mode]}"/></pattern></defs>'
    )


def _beneath(around: Surroundings, view: Window, theme: Theme) -> str:
    water = "".join(path(shape, view) for shape in view.clip(around.water))
    roads = "".join(path(shape, view, close=False) for shape in view.clip(around.motorways))
    places = "".join(path(shape, view) for shape in view.clip(list(around.places.geometry)))
    return (
        f'<path d="{water}" fill="{theme.sea}"/>'
        f'<path d="{places}" fill="{theme.land}" stroke="{theme.road}" stroke-width="1.5"/>'
        f'<path d="{roads}" fill="none" stroke="{theme.road}" stroke-width="2.5"/>'
    )


def _chosen(geometry: gpd.GeoDataFrame, chosen: str | None, view: Window, theme: Theme) -> str:
    mine = geometry[geometry["area_code"] == chosen]
    if mine.empty:
        return ""
    d = path(mine.geometry.iloc[0], view)
    return (
        f'<path d="{d}" fill="none" stroke="{theme.chosen_casing}" stroke-width="8" stroke-linejoin="round"/>'
        f'<path d="{d}" fill="none" stroke="{theme.chosen}" stroke-width="4" stroke-linejoin="round"/>'
    )


def _text(label: Label, theme: Theme, ink: str = "", halo: str = "") -> str:
    first = label.y - (len(label.lines) - 1) * label.size * 0.56 + label.size * 0.35
    lines = "".join(
        f'<tspan x="{label.x:.0f}" y="{first + i * label.size * 1.12:.0f}">{escape(line)}</tspan>'
        for i, line in enumerate(label.lines)
    )
    return (
        f'<text text-anchor="middle" font-size="{label.size:g}" font-weight="600" fill="{ink or theme.text}" '
        f'stroke="{halo or theme.halo}" stroke-width="{label.size / 4.5:.1f}" stroke-linejoin="round" '
        f'paint-order="stroke">{lines}</text>'
    )


def draw(
    bundle: Bundle,
    level: str,
    places: Iterable[str],
    fills: Mapping[str, str],
    *,
    alt: str,
    mode: Mode = "light",
    size: tuple[int, int] = (800, 800),
    labels: Mapping[str, str] | None = None,
    type_size: float = 24,
    faded: frozenset[str] = frozenset(),
    chosen: str | None = None,
) -> str:
    """The map of a level and Places as SVG. The parameters are those of `svg`."""
    # hexagons do not stand on the ground
    around = surroundings(bundle, list(places)) if level != "hex" else None
    return svg(
        bundle.geometry(level, list(places)), fills, around=around, mode=mode, size=size,
        labels=labels, type_size=type_size, faded=faded, chosen=chosen, alt=alt,
    )  # fmt: skip


def show(bundle: Bundle, level: str, places: Iterable[str], fills: Mapping[str, str], **how: Any) -> None:
    """Draw the map on the page. The parameters are those of `draw`."""
    st.image(draw(bundle, level, places, fills, **how), width="stretch", alt=how["alt"])
