"""The interactive map: geometry and values by URL, once; a change of indicator sends only an expression.

What was measured and why it is drawn so:

- A fill and an outline are two layers; only the fill answers to the pointer (a stroked pickable layer loses clicks).
- The fill's colour sits in ``_subLayerProps``. Streamlit repaints every layer that has a ``getFillColor`` of its own
  as "unselected" after a click, so that colours would no longer agree with the legend; sub-layers are left alone.
- Streamlit keeps the widget, and deck.gl the loaded files, as long as key, layer ids and addresses stay the same.
- The picture's size in pixels is not known to the server: the opening zoom fits a width chosen by kind of device.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pydeck
import streamlit as st

from components.legend import FADED, Shading
from components.palette import THEMES, Mode, Theme, rgb
from geo.config import ROOT

KEY = "area-map"
HEIGHT = 570
TYPE, NARROW_TYPE = 15, 12  # pixels
LINE, LETTER = 1.1, 0.52  # ems: height of a line, mean width of a letter
NUDGES = [(0, 0), (0, 0.9), (0, -0.9), (1.3, 0), (-1.3, 0), (1.3, 1), (1.3, -1), (-1.3, 1), (-1.3, -1)]  # ems
SQUEEZE = 0.6  # a degree of latitude at 53 degrees north in Mercator units: how far a nudge up goes
FIT_WIDTH = {"wide": 640, "widest": 790, "narrow": 350}  # pixels of picture the opening view is fitted into
TILE = 512  # deck.gl's world is 512 pixels wide at zoom 0
MOST_CODES = 90  # areas that are coloured by code where a series has no column of its own
FONT = "Source Sans, Segoe UI, Arial, sans-serif"
NOTHING = [0, 0, 0, 1]  # all but transparent: the hatch shows through, the pointer still finds the area
Spec = dict[str, Any]


@dataclass(frozen=True)
class Label:
    """A name printed on the map at a point (longitude, latitude); a line break is kept."""

    text: str
    point: tuple[float, float]
    water: bool = False


@dataclass(frozen=True)
class MapView:
    """One state of the map.

    `layers` is the index of browser layers by key. `column` is the property with the values (``v12``), None where
    the series has no column: then `fills` gives colours by area code. `unit_words` names the figure in the hover.
    """

    level: str
    places: tuple[str, ...]
    layers: Mapping[str, Mapping[str, Any]]
    shading: Shading | None
    column: str | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    unit_words: str = ""
    chosen: str | None = None
    chosen_place: str | None = None
    labels: Sequence[Label] = ()
    around: Sequence[Label] = ()
    mode: Mode = "light"
    narrow: bool = False


class _Deck(pydeck.Deck):
    """A deck whose JSON is written by this module: compact, and without pydeck's additions."""

    def __init__(self, spec: Spec, tooltip: dict[str, Any]) -> None:
        super().__init__(map_provider=None, tooltip=tooltip)
        self.spec = spec

    def to_json(self) -> str:
        return json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))


def layer_url(file: str) -> str:
    """The address of a geometry file, relative to the page.

    asgi.py serves static/geo with hashes and compression; plain `streamlit run app.py` has only its own folder.
    """
    served = getattr(sys.modules.get("asgi"), "__file__", None) == str(ROOT / "asgi.py")
    return f"geo/{file}" if served else f"app/static/geo/{file}"


def area_keys(level: str, places: Sequence[str], layers: Mapping[str, Any]) -> list[str]:
    """The layers that hold the areas of a level: one a Place, or the one of all Places."""
    if level == "place":
        return [key for key in ("place",) if key in layers]
    return [f"{level}-{code}" for code in places if f"{level}-{code}" in layers]


def colour_expression(
    column: str, breaks: Sequence[float], colours: Sequence[str], *, weak: bool = False
) -> str:
    """A deck.gl expression from the value of a feature to a colour; words ("no data") give no colour.

    With `weak`, areas whose ``r`` property marks a weak estimate are faded, so that the hatch shows through.
    """
    value = f"properties.{column}"

    def steps(opacity: float) -> str:
        inner = _array(colours[-1], opacity)
        for cut, colour in reversed(list(zip(breaks, colours[:-1], strict=True))):
            inner = f"{value}<{cut:.10g}?{_array(colour, opacity)}:({inner})"
        return inner

    full = steps(1.0)
    if weak:
        full = f"properties.r{column[1:]}==1?({steps(FADED)}):({full})"
    return f"@@=({value}>-1e12)?({full}):{json.dumps(NOTHING)}"


def code_expression(fills: Mapping[str, str]) -> str:
    """A deck.gl expression from an area's code to a colour, for the few areas of a series without a column."""
    if len(fills) > MOST_CODES:
        raise ValueError(f"{len(fills)} areas are too many to colour one by one")
    inner = json.dumps(NOTHING)
    for colour in dict.fromkeys(fills.values()):
        test = "||".join(f"properties.code=='{code}'" for code, own in fills.items() if own == colour)
        inner = f"({test})?{_array(colour)}:({inner})"
    return f"@@={inner}"


def _array(colour: str, opacity: float = 1.0) -> str:
    return json.dumps([*rgb(colour), round(opacity * 255)], separators=(",", ":"))


def _token(expression: str) -> str:
    """A short stand-in for an expression: deck.gl only asks whether it changed."""
    return hashlib.sha256(expression.encode()).hexdigest()[:8]


def _one_of(codes: Sequence[str], yes: str, no: str) -> str:
    test = "||".join(f"properties.code=='{code}'" for code in codes) or "1==2"
    return f"@@=({test})?{yes}:{no}"


def _layer(name: str, data: str | Spec, **more: Any) -> Spec:
    return {"@@type": "GeoJsonLayer", "id": name, "data": data, "pickable": False} | more


def _polygons(colour: str | list[int]) -> Spec:
    """Fill properties that Streamlit's selection does not touch; `colour` may be an expression."""
    trigger = {"getFillColor": _token(colour)} if isinstance(colour, str) else {}
    return {
        "filled": True,
        "stroked": False,
        "_subLayerProps": {"polygons-fill": {"getFillColor": colour, "updateTriggers": trigger}},
    }


def _lines(colour: str, width: float | str) -> Spec:
    trigger = {"updateTriggers": {"getLineWidth": _token(width)}} if isinstance(width, str) else {}
    return {
        "filled": False,
        "stroked": True,
        "getLineColor": [*rgb(colour), 255],
        "getLineWidth": width,
        "lineWidthUnits": "pixels",
    } | trigger


def _names(name: str, labels: Sequence[Label], size: int, weight: int, ink: str, theme: Theme) -> Spec:
    """Text with a halo. The server has left out names that would touch: deck.gl's own filter fades them instead.

    The colour sits in the sub-layer for the same reason as that of the fill.
    """
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": [{"t": label.text, "p": [round(x, 4) for x in label.point]} for label in labels],
        "pickable": False,
        "getText": "@@=t",
        "getPosition": "@@=p",
        "getSize": size,
        "_subLayerProps": {"characters": {"getColor": [*rgb(ink), 255]}},
        "fontFamily": FONT,
        "fontWeight": weight,
        "characterSet": "auto",
        "lineHeight": LINE,
        "outlineWidth": 8,
        "outlineColor": [*rgb(theme.halo), 255],
        "fontSettings": {"sdf": True, "fontSize": 64, "buffer": 12, "radius": 16, "smoothing": 0.12},
    }


def _surroundings(view: MapView, theme: Theme) -> list[Spec]:
    def url(key: str) -> str:
        return layer_url(str(view.layers[key]["file"]))

    shown = view.places if view.level != "place" else ()
    corners = [[-8, 50], [2, 50], [2, 57], [-8, 57], [-8, 50]]
    paper = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [corners]}}
    found = [
        _layer("paper", {"type": "FeatureCollection", "features": [paper]}, **_polygons([*rgb(theme.land)]))
    ]
    if "districts" in view.layers and view.level != "place":
        found.append(_layer("districts", url("districts"), **_lines(theme.road, 0.7)))
    if "sea" in view.layers:
        found.append(_layer("sea", url("sea"), **_polygons([*rgb(theme.sea)])))
    if "hatch" in view.layers:
        found.append(_layer("hatch", url("hatch"), **_lines(theme.quiet, 0.9)))
    if "place" in view.layers and view.level != "place":
        land = _one_of(shown, "[0,0,0,0]", _array(theme.land))
        found.append(_layer("other-places", url("place"), **_polygons(land)))
        found.append(_layer("other-outlines", url("place"), **_lines(theme.road, 0.8)))
    if "motorways" in view.layers:
        found.append(_layer("motorways", url("motorways"), **_lines(theme.road, 1.6)))
    return found


def _fill_colour(view: MapView) -> str | list[int]:
    if view.column and view.shading is not None and view.shading.known:
        shading = view.shading
        return colour_expression(view.column, shading.classes.breaks, shading.colours, weak=shading.weak > 0)
    return code_expression(view.fills) if view.fills else NOTHING


def spec(view: MapView) -> Spec:
    """The whole map as deck.gl JSON."""
    theme = THEMES[view.mode]
    layers = _surroundings(view, theme)
    keys = area_keys(view.level, view.places, view.layers)
    colour = _fill_colour(view)
    hairline = 0.4 if view.level == "lsoa" else 0.9
    for key in keys:
        data = layer_url(str(view.layers[key]["file"]))
        layers.append(_layer(f"fill-{key}", data, **_polygons(colour), pickable=True))
        layers.append(_layer(f"edge-{key}", data, **_lines(theme.edge, hairline)))
    if "place" in view.layers:
        width = 0.8 if view.level == "place" else _one_of(view.places, "2", "0")
        outline = layer_url(str(view.layers["place"]["file"]))
        layers.append(_layer("outline-place", outline, **_lines(theme.outline, width)))
    chosen_key = "place" if view.level == "place" else f"{view.level}-{view.chosen_place}"
    if view.chosen and chosen_key in keys:
        data = layer_url(str(view.layers[chosen_key]["file"]))
        casing, line = _one_of([view.chosen], "6.5", "0"), _one_of([view.chosen], "3", "0")
        layers.append(_layer(f"casing-{chosen_key}", data, **_lines(theme.chosen_casing, casing)))
        layers.append(_layer(f"chosen-{chosen_key}", data, **_lines(theme.chosen, line)))
    layers += _text_layers(view, theme)
    return {
        "layers": layers,
        "initialViewState": start(view),
        "mapStyle": "__MAP_STYLE__",  # what pydeck writes for "no base map": Streamlit then loads none
        "views": [{"@@type": "MapView", "controller": {"dragRotate": False, "touchRotate": False}}],
    }


def start(view: MapView) -> Spec:
    """The opening view of the areas shown."""
    keys = area_keys(view.level, view.places, view.layers)
    bounds = [view.layers[key]["bounds"] for key in keys] or [view.layers["place"]["bounds"]]
    return opening(bounds, narrow=view.narrow)


def type_size(view: MapView) -> int:
    """Pixels of the areas' names: smaller on a phone, and where all Places share one picture."""
    return NARROW_TYPE if view.narrow else TYPE - 2 if view.level == "place" else TYPE


def _text_layers(view: MapView, theme: Theme) -> list[Spec]:
    size = type_size(view)
    water = [label for label in view.around if label.water]
    towns = [label for label in view.around if not label.water]
    wanted = (
        ("water", water, size - 2, 500, theme.water_text),
        ("towns", towns, size - 2, 500, theme.text),
        ("names", view.labels, size, 600, theme.text),
    )
    return [
        _names(name, labels, type_size, weight, ink, theme)
        for name, labels, type_size, weight, ink in wanted
        if labels
    ]


def fitting(
    wanted: Sequence[Label],
    start: Spec,
    *,
    narrow: bool,
    size: int,
    taken: Sequence[Label] = (),
    height: int = HEIGHT,
    nudge: bool = False,
) -> list[Label]:
    """The labels that stand inside the opening picture and touch no other, nor any of `taken`; the first wins."""
    scale = TILE * 2 ** float(start["zoom"]) / 360
    half = FIT_WIDTH["narrow" if narrow else "widest"] / 2

    def box(label: Label, type_size: float) -> tuple[float, float, float, float]:
        x = (label.point[0] - start["longitude"]) * scale
        y = (_mercator(label.point[1]) - _mercator(start["latitude"])) * scale
        lines = label.text.split("\n")
        wide = max(len(line) for line in lines) * type_size * LETTER / 2
        tall = len(lines) * type_size * LINE / 2
        return x - wide, y - tall, x + wide, y + tall

    def free(found: tuple[float, float, float, float]) -> bool:
        left, bottom, right, top = found
        inside = left >= -half and right <= half and bottom >= -height / 2 and top <= height / 2
        return inside and all(right < b[0] or left > b[2] or top < b[1] or bottom > b[3] for b in boxes)

    boxes = [box(label, size + 2) for label in taken]
    kept = []
    for label in wanted:
        for right_by, up_by in NUDGES if nudge else NUDGES[:1]:
            x, y = label.point
            moved = replace(label, point=(x + right_by * size / scale, y + up_by * size / scale * SQUEEZE))
            if free(box(moved, size)):
                boxes.append(box(moved, size))
                kept.append(moved)
                break
    return kept


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def opening(bounds: Sequence[Sequence[float]], *, narrow: bool = False, height: int = HEIGHT) -> Spec:
    """Centre and zoom that show all bounds (w, s, e, n) with a margin."""
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)

    wide = (east - west) / 360
    tall = (_mercator(north) - _mercator(south)) / 360
    width = FIT_WIDTH["narrow" if narrow else "wide"]
    zoom = min(math.log2(width / TILE / wide), math.log2(height / TILE / tall)) - 0.12
    middle = (_mercator(north) + _mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp(math.radians(middle))) - math.pi / 2)
    return {
        "longitude": round((west + east) / 2, 4),
        "latitude": round(latitude, 4),
        "zoom": round(zoom, 2),
        "minZoom": 7.5,
        "maxZoom": 15,
        "maxPitch": 0,
    }


def tooltip(view: MapView) -> dict[str, Any]:
    """The hover: the area's name and its figure. The browser fills in the braces, escaped."""
    theme = THEMES[view.mode]
    figure = f"<br>{view.unit_words}: <b>{{{view.column}}}</b>" if view.column else "<br>Click for the figure"
    return {
        "html": f"<b>{{name}}</b>{figure}",
        "style": {
            "background": theme.paper,
            "color": theme.text,
            "border": f"1px solid {theme.quiet}",
            "padding": "6px 10px",
            "fontSize": "14px",
            "maxWidth": "260px",
            "fontFamily": FONT,
        },
    }


def picked(state: Any) -> str | None:
    """The code of the area just clicked, None when the click took the choice away."""
    objects = state.selection.objects if state else {}
    for found in objects.values():
        if found and isinstance(found[0], dict):
            code = found[0].get("properties", {}).get("code")
            return str(code) if code else None
    return None


def draw(view: MapView, *, alt: str, on_select: Callable[[], None], height: int = HEIGHT) -> None:
    """Draw the map. `on_select` runs after a click; `picked(st.session_state[KEY])` says on what."""
    deck = _Deck(spec(view), tooltip(view))
    st.pydeck_chart(
        deck,
        key=KEY,
        on_select=on_select,
        selection_mode="single-object",
        height=height,
        width="stretch",
        alt=alt,
    )


def is_narrow() -> bool:
    """True for a phone, by what the browser says it is: the picture's width is not known on the server."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
