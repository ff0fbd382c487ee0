"""The interactive map: geometry and values by URL, once; a change of indicator sends only an expression.

What was measured and why it is drawn so:

- A fill and an outline are two layers; only the fill answers to the pointer (a stroked pickable layer loses
  clicks).
- Streamlit keeps the widget, and deck.gl the loaded files, as long as key, layer ids and addresses stay the
  same.
- The picture's size in pixels is not known to the server: the opening zoom fits a width chosen by kind of
  device.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydeck
import streamlit as st

from components import deck
from components.deck import HEIGHT, Label, Spec
from components.legend import Shading
from geo.config import ROOT
from house_style.palette import THEMES, Mode, Theme, no_data, rgb

KEY = "area-map"
TYPE, NARROW_TYPE = 15, 12  # pixels


@dataclass(frozen=True)
class MapView:
    """One state of the map.

    `layers` is the index of browser layers by key. `column` is the property with the values (``v12``), None
    where the series has no column. `fills` gives colours by area code where there is no column, or where
    the class of an area is not a matter of its value alone; `codes` are all areas drawn, with the Place of
    each. `hover` is what the hover says: words and column of each figure.
    """

    level: str
    places: tuple[str, ...]
    layers: Mapping[str, Mapping[str, Any]]
    shading: Shading | None
    column: str | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    hexagons: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    hover: tuple[tuple[str, str], ...] = ()
    chosen: str | None = None
    chosen_place: str | None = None
    labels: Sequence[Label] = ()
    around: Sequence[Label] = ()
    mode: Mode = "light"
    narrow: bool = False

    @property
    def kind(self) -> str:
        """The layers' name for the shapes drawn: the level, or "hex"."""
        return "hex" if self.hexagons else self.level


class _Deck(pydeck.Deck):
    """A deck whose JSON is written by this module: compact, and without pydeck's additions."""

    def __init__(self, spec: Spec, tooltip: dict[str, Any]) -> None:
        super().__init__(map_provider=None, tooltip=tooltip)
        self.spec = spec

    def to_json(self) -> str:
        return json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))


def layer_url(file: str) -> str:
    """The address of a geometry file, relative to the page.

    asgi.py serves static/geo with hashes and compression; plain `streamlit run app.py` has only its own
    folder.
    """
    served = getattr(sys.modules.get("asgi"), "__file__", None) == str(ROOT / "asgi.py")
    return f"geo/{file}" if served else f"app/static/geo/{file}"


def area_keys(level: str, places: Sequence[str], layers: Mapping[str, Any]) -> list[str]:
    """The layers that hold the areas of a level: one a Place, or the one of all Places."""
    if level == "place":
        return [key for key in ("place",) if key in layers]
    return [f"{level}-{code}" for code in places if f"{level}-{code}" in layers]


def _surroundings(view: MapView, theme: Theme) -> list[Spec]:
    def url(key: str) -> str:
        return layer_url(str(view.layers[key]["file"]))

    shown = view.places if view.level != "place" else ()
    found: list[Spec] = []  # land is the ground of the picture (map_style)
    if view.hexagons:  # they do not stand on the ground; plain grey stands for the hatch
        blank = [*rgb(no_data(view.mode))]
        keys = area_keys(view.kind, view.places, view.layers)
        return found + [deck.layer(f"blank-{key}", url(key), **deck.polygons(blank)) for key in keys]
    if "districts" in view.layers and view.level != "place":
        found.append(deck.layer("districts", url("districts"), **deck.lines(theme.road, 0.7)))
    if "sea" in view.layers:
        found.append(deck.layer("sea", url("sea"), **deck.polygons([*rgb(theme.sea)])))
    if "hatch" in view.layers:
        found.append(deck.layer("hatch", url("hatch"), **deck.lines(theme.quiet, 0.9)))
    if "place" in view.layers and view.level != "place":
        land = deck.one_of(shown, "[0,0,0,0]", deck.array(theme.land))
        found.append(deck.layer("other-places", url("place"), **deck.polygons(land)))
        found.append(deck.layer("other-outlines", url("place"), **deck.lines(theme.road, 0.8)))
    if "motorways" in view.layers:
        found.append(deck.layer("motorways", url("motorways"), **deck.lines(theme.road, 1.6)))
    return found


def _fill_colour(view: MapView, key: str) -> str | list[int]:
    if view.fills:
        # of its own Place only: every layer carries its expression
        here = [code for code, place in view.codes.items() if key in ("place", f"{view.kind}-{place}")]
        return deck.by_code(here, {code: view.fills[code] for code in here if code in view.fills})
    if view.column and view.shading is not None and view.shading.known:
        shading = view.shading
        return deck.colour_expression(
            view.column,
            shading.classes.breaks,
            shading.colours,
            weak=shading.weak > 0,
            hide=shading.hidden > 0,
        )
    return deck.NOTHING


def spec(view: MapView) -> Spec:
    """The whole map as deck.gl JSON."""
    theme = THEMES[view.mode]
    layers = _surroundings(view, theme)
    keys = area_keys(view.kind, view.places, view.layers)
    hairline = 0.4 if view.level == "lsoa" else 0.9
    for key in keys:
        data = layer_url(str(view.layers[key]["file"]))
        colour = _fill_colour(view, key)
        layers.append(deck.layer(f"fill-{key}", data, **deck.polygons(colour), pickable=True))
        layers.append(deck.layer(f"edge-{key}", data, **deck.lines(theme.edge, hairline)))
    if "place" in view.layers and not view.hexagons:
        width = 0.8 if view.level == "place" else deck.one_of(view.places, "2", "0")
        outline = layer_url(str(view.layers["place"]["file"]))
        layers.append(deck.layer("outline-place", outline, **deck.lines(theme.outline, width)))
    chosen_key = "place" if view.level == "place" else f"{view.kind}-{view.chosen_place}"
    if view.chosen and chosen_key in keys:
        data = layer_url(str(view.layers[chosen_key]["file"]))
        casing, line = deck.one_of([view.chosen], "6.5", "0"), deck.one_of([view.chosen], "3", "0")
        layers.append(deck.layer(f"casing-{chosen_key}", data, **deck.lines(theme.chosen_casing, casing)))
        layers.append(deck.layer(f"chosen-{chosen_key}", data, **deck.lines(theme.chosen, line)))
    layers += _text_layers(view, theme)
    return {
        "layers": layers,
        "initialViewState": start(view),
        "mapStyle": "__MAP_STYLE__",  # what pydeck writes for "no base map": Streamlit then loads none
        "views": [{"@@type": "MapView", "controller": {"dragRotate": False, "touchRotate": False}}],
    }


def start(view: MapView) -> Spec:
    """The opening view of the areas shown."""
    keys = area_keys(view.kind, view.places, view.layers)
    bounds = [view.layers[key]["bounds"] for key in keys] or [view.layers["place"]["bounds"]]
    return deck.opening(bounds, narrow=view.narrow)


def type_size(view: MapView) -> int:
    """Pixels of the areas' names: smaller on a phone, and where all Places share one picture."""
    return NARROW_TYPE if view.narrow else TYPE - 2 if view.level == "place" else TYPE


def _text_layers(view: MapView, theme: Theme) -> list[Spec]:
    size = type_size(view)
    wanted = (("around", view.around, size - 2, 500), ("names", view.labels, size, 600))
    return [
        deck.names(name, labels, type_size, weight, theme)
        for name, labels, type_size, weight in wanted
        if labels
    ]


def tooltip(view: MapView) -> dict[str, Any]:
    """The hover: the area's name and its figure. The browser fills in the braces, escaped."""
    theme = THEMES[view.mode]
    lines = [f"<br>{words}: <b>{{{column}}}</b>" for words, column in view.hover]
    figure = "".join(lines) or "<br>Click for the figure"
    return {
        "html": f"<b>{{name}}</b>{figure}",
        "style": {
            "background": theme.paper,
            "color": theme.text,
            "border": f"1px solid {theme.quiet}",
            "padding": "6px 10px",
            "fontSize": "14px",
            "maxWidth": "260px",
            "fontFamily": deck.FONT,
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
    picture = _Deck(spec(view), tooltip(view))
    st.pydeck_chart(
        picture,
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
