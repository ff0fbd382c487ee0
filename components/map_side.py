"""Two figures side by side: two maps that move together, each with its own classes and legend."""

from __future__ import annotations

from components import legend, map_colour, map_details, map_sync, simple_map
from components.basemap import surroundings
from components.charts.template import current_mode
from components.legend import alt_text
from components.map_state import MapState
from components.map_sync import Half
from data.query import Bundle
from house_style import figures
from house_style.figures import period_words

SIZE = (1240, 1440)  # drawing units: fine enough to come close
TYPE = 46
NAMED = 26  # areas: with more, names are said when an area is pointed at


def said(state: MapState) -> dict[str, str]:
    """What is said of every area that is pointed at: its name, its figure and its 95% limits."""
    names, found = map_details.area_names(state), {}
    columns = (state.shown[name] for name in ("area_code", "value", "lower", "upper"))
    for code, value, lower, upper in zip(*columns, strict=True):
        spread = figures.limits(state.indicator, lower, upper)
        text = figures.figure(state.indicator, value)
        found[str(code)] = f"{names[str(code)]}: {text}" + (f" ({spread})" if spread else "")
    return found


def half(state: MapState, kind: str, bundle: Bundle) -> Half:
    """One of the two maps; `kind` is the level, or "hex"."""
    paint = map_colour.paint(map_colour.CLASSES, state, bundle)
    codes, mode = list(state.rows["area_code"]), current_mode()
    alt = alt_text(paint.shading, level=state.level, title=f"{paint.heading}.")
    picture = simple_map.svg(
        bundle.geometry(kind, list(state.place_codes)),
        paint.shading.fills(codes),
        around=surroundings(bundle, state.place_codes)
        if kind != "hex"
        else None,  # hexagons do not stand on the ground
        mode=mode,
        size=SIZE,
        labels=map_details.area_names(state) if len(codes) <= NAMED else None,
        type_size=TYPE,
        faded=map_details.faded(state) if paint.shading.weak else frozenset(),
        chosen=state.selection.area,
        said=said(state),
        alt=alt,
    )
    short = f"{state.indicator.short_title}, {period_words(state.indicator, state.selection.period)}"
    key = legend.html(paint.shading, level=state.level, mode=mode, heading=paint.heading)
    return Half(picture, alt, short, key)


def show(state: MapState, second: MapState, kind: str, bundle: Bundle) -> None:
    """Draw both maps. The view stays when figures change, and starts anew on other ground."""
    chosen = state.selection.area
    map_sync.show(
        [half(part, kind, bundle) for part in (state, second)],
        ground="-".join([kind, *state.place_codes]),
        chosen=chosen if chosen in set(state.rows["area_code"]) else None,
    )
