"""The picture of the Map page: interactive, or as plain SVG where the browser cannot draw the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
import streamlit as st

from components import area_map, map_details, map_shape, map_side, simple_map
from components.area_map import MapView
from components.basemap import WATER_NAMES, layers_for, surroundings
from components.charts.template import current_mode
from components.deck import Label, fitting
from components.legend import alt_text
from components.map_colour import Paint
from components.map_state import MapState
from components.selection import hold, quoted, remember
from data.query import Bundle
from house_style import figures

WAYS = ("Interactive map", "Simple map", "Side by side")
WITH_FIGURES = 26  # areas: with more, names stand alone
LABELLED = 70  # areas: with more, only towns are named
ON_SIMPLE = 80
MOST_TOWNS = 22
HELP = "The simple map is a still picture. It works in every browser, and prints."


@st.cache_data(show_spinner=False, max_entries=32)
def middles(
    version: str, level: str, places: tuple[str, ...], _bundle: Bundle
) -> dict[str, tuple[float, float]]:
    """The middle of the largest part of every area: where its name stands (longitude, latitude)."""
    found = {}
    shapes = _bundle.geometry(level, places)
    for code, shape in zip(shapes["area_code"], shapes.geometry, strict=True):
        part = max(getattr(shape, "geoms", [shape]), key=lambda piece: piece.area)
        x, y = shapely.maximum_inscribed_circle(part, tolerance=0.001).coords[0]
        found[str(code)] = (float(x), float(y))
    return found


def labels(state: MapState, bundle: Bundle, paint: Paint) -> list[Label]:
    """Names with their figures for maps of few areas, highest figure first; none for maps of many.

    Where the colours are a comparison its shape stands before the figure.
    """
    if not 0 < len(state.rows) <= LABELLED:
        return []
    at = middles(bundle.version, map_shape.kind(state), state.place_codes, bundle)
    names = map_details.area_names(state)
    rows = state.rows.sort_values("value", ascending=False, na_position="last")
    found = []
    for code, value in zip(rows["area_code"], rows["value"], strict=True):
        lines = "\n".join(simple_map.split_name(names[code]))
        known = None if np.isnan(value) else float(value)
        shown = known is not None and len(rows) <= WITH_FIGURES
        result = f"{paint.shape(str(code))} {figures.figure(state.indicator, known)}".strip()
        text = f"{lines}\n{result}" if shown else lines
        found.append(Label(text, at[code]))
    return found


def view(state: MapState, bundle: Bundle, paint: Paint) -> MapView:
    """The state of the interactive map."""
    chosen = state.selection.area
    chosen_here = chosen if chosen in set(state.rows["area_code"]) else None
    column = None
    if state.selection.group == "all":
        key = f"{state.indicator.id}|{state.selection.period}"
        column = bundle.layers["columns"].get(state.level, {}).get(key)
    hover = [(figures.headed(state.indicator), column)]
    if paint.column != column:
        hover.append(("National tenth (1 is the most deprived)", paint.column))
    hover += list(paint.hover)
    cut = paint.column or column
    codes = dict(zip(state.rows["area_code"].astype(str), state.rows["place_code"], strict=True))
    place = bundle.areas["place_code"].get(chosen_here) if chosen_here else None
    bare = MapView(
        level=state.level,
        places=state.place_codes,
        layers=layers_for(bundle, state.place_codes),
        shading=paint.shading,
        column=cut,
        fills=paint.shading.fills(list(codes)) if cut is None or paint.coded else {},
        codes=codes,
        hover=tuple((words, name) for words, name in hover if name),
        chosen=chosen_here,
        chosen_place=place,
        hexagons=map_shape.hexagons(state),
        mode=current_mode(),
        narrow=area_map.is_narrow(),
    )
    return with_names(bare, labels(state, bundle, paint), bundle)


def with_names(bare: MapView, names: list[Label], bundle: Bundle) -> MapView:
    """The map with the names that fit its opening picture: the areas' own first, then water and towns."""
    if bare.hexagons:
        return _with_hexagon_names(bare, names, bundle)
    opening = area_map.start(bare)
    size = area_map.type_size(bare)
    few = len(names) <= WITH_FIGURES
    own = fitting(names, opening, narrow=bare.narrow, size=size, nudge=few)
    shown = {bundle.name(code) for code in bare.places} if names else set()
    names_of_water = WATER_NAMES if "sea" in bare.layers else ()
    water = [Label(name, (x, y), water=True) for name, x, y in names_of_water]
    towns: list[Label] = []
    if few and bare.level != "place":
        towns = [
            Label(name, (x, y)) for name, x, y in surroundings(bundle, bare.places).towns if name not in shown
        ]
    around = fitting([*water, *towns], opening, narrow=bare.narrow, size=size - 2, taken=own)
    once = list({label.text: label for label in reversed(around[:MOST_TOWNS])}.values())
    return replace(bare, labels=own, around=once)


def _with_hexagon_names(bare: MapView, names: list[Label], bundle: Bundle) -> MapView:
    """Names that fit on hexagons; of several Places the Places' own. Nothing around: nothing stands there."""
    if len(bare.places) > 1:
        names = map_shape.place_names(bare.places, bundle)
    size = area_map.type_size(bare) - (0 if len(bare.places) > 1 else 3)
    return replace(bare, labels=fitting(names, area_map.start(bare), narrow=bare.narrow, size=size))


def way_of(second: MapState | None) -> str:
    """How the address asks for the picture to be drawn; side by side only where there are two figures."""
    asked = st.query_params.get("view")
    if asked == "side" and second is not None:
        return WAYS[2]
    return WAYS[1] if asked == "simple" else WAYS[0]


def notes(second: MapState | None) -> list[str]:
    """What in the address about how the map is drawn cannot be used."""
    asked = st.query_params.get("view")
    if asked == "side" and second is None:
        return ["Side by side needs a second figure. Showing one map."]
    if asked and asked not in ("side", "simple"):
        return [f"There is no way to draw the map called {quoted(asked)}. Showing the interactive map."]
    return []


def _clicked() -> None:
    """Write the area clicked to the address.

    The chart remembers its own click. A second click on the same area takes the choice away, unless another
    area was chosen in between by other means: then it chooses the clicked one again.
    """
    code = area_map.picked(st.session_state.get(area_map.KEY))
    before = st.session_state.get("map-clicked")
    now = st.query_params.get("area")
    if code is None and before and now and now != before:
        code = before
    st.session_state["map-clicked"] = code
    remember(area=code)


def _switched() -> None:
    remember(view={WAYS[1]: "simple", WAYS[2]: "side"}.get(st.session_state["map-way"]))


def show(
    state: MapState, bundle: Bundle, paint: Paint, sentence: str, second: MapState | None = None
) -> None:
    """Draw the picture and the choice of how it is drawn."""
    shading = paint.shading
    ways = WAYS if second is not None else WAYS[:2]
    way = way_of(second)
    alt = alt_text(shading, level=state.level, title=sentence)
    if state.rows.empty:
        return
    if way == WAYS[2] and second is not None:
        map_side.show(state, second, map_shape.kind(state), bundle)
    elif way == WAYS[1]:
        simple_map.show(
            bundle,
            map_shape.kind(state),
            state.place_codes,
            shading.fills(list(state.rows["area_code"])),
            alt=alt,
            mode=current_mode(),
            size=(900, 640),
            type_size=20,
            faded=map_details.faded(state) if shading.weak else frozenset(),
            labels=map_details.area_names(state) if len(state.rows) <= ON_SIMPLE else None,
            chosen=state.selection.area,
        )
    else:
        with st.container(key="map-frame"):
            st.html(
                '<p class="no-webgl">If no map appears here, this browser cannot draw it: '
                "choose “Simple map” below.</p>"
            )
            area_map.draw(view(state, bundle, paint), alt=alt, on_select=_clicked)
    hold("map-way", way)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="map-ways"):
        st.segmented_control(
            "How the map is drawn",
            ways,
            key="map-way",
            label_visibility="collapsed",
            on_change=_switched,
            help=HELP,
        )
        map_shape.toggle(state)
    if map_shape.hexagons(state):
        st.html(f'<p class="quiet">{map_shape.WORDS}</p>')
