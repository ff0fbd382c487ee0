"""What the Map says where there are no figures: at which levels there are some, why not here, and where to
go.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from components import how_sure, store, weak
from components.legend import Shading, short_noun
from components.map_state import MapState, companions, nearest_level
from components.selection import remember
from data.query import Bundle
from geo.config import config
from house_style.level_names import listed, many

WHY = {
    "none": "It is published for them only. Dividing it among other areas would be making numbers up.",
    "rate": "The publisher gives no counts for smaller areas from which a figure could be added up.",
    "weighted-mean": "The publisher gives no figures for smaller areas from which an average could be made.",
    "count": "The publisher gives no counts for smaller areas from which a figure could be added up.",
}
# What must be said wherever these estimates show, in short; the caveats say it at length.
ESTIMATES = {
    "gld": "Estimates: what we would expect here given family income. They cannot show where a "
    "neighbourhood does better or worse than that.",
}
PRACTICES = "It is counted by GP practice, for the patients registered there, wherever they live."


def title(state: MapState) -> str:
    """The title of a map without figures."""
    if state.without_list and len(state.without_list) == len(state.place_codes):
        return f"No neighbourhoods are defined for {_names(state.without_list)}"
    return f"{state.indicator.short_title}: no figures for {many(state.level)}"


def _names(codes: tuple[str, ...]) -> str:
    return listed([config().place(code).name for code in codes])


def reason(state: MapState) -> str:
    """Why there are no figures at this level, and where there are some."""
    names = [place.name for place in config().outside if place.code in state.place_codes]
    if state.has_level and len(names) == len(state.place_codes):
        region = config().region_name
        return f"Our files have this figure for the Places of {region}, not for {listed(names)}."
    if state.has_level:
        return "There are no figures for this choice of Places, period and group."
    where = listed([many(level) for level in state.levels]) or "none of the areas drawn here"
    why = PRACTICES if state.indicator.id.startswith("qof-") else WHY[state.indicator.aggregation]
    return f"“{state.indicator.short_title}” exists for {where}, not for {many(state.level)}. {why}"


def basis_note(state: MapState, bundle: Bundle) -> str:
    """Labels of estimates and companions, and what a crude register hides about age."""
    notes = []
    if (state.rows["basis"] == "modelled").any():
        notes.append(ESTIMATES.get(state.indicator.id, "These are estimates from a model, not counts."))
    if state.indicator.is_companion:
        notes.append(store.the_catalogue().caveats["companion"].short)
    whole = state.place_codes if state.level == "place" or len(state.place_codes) == 1 else ()
    for code in whole:
        found = bundle.value(state.indicator.id, code, state.selection.period, state.selection.group)
        if found is not None:
            notes.append(how_sure.note_of(bundle, found, where=f"in {bundle.name(code)}", strong_only=True))
    notes = [note for note in notes if note]
    return " ".join(notes)


def show(state: MapState, bundle: Bundle) -> None:
    """Say what is missing, with one-click ways on. Draws nothing when every area asked for can be drawn."""
    if state.without_list:
        _no_list(state, bundle)
    if state.known or (state.without_list and state.rows.empty):
        return
    st.html(f'<p class="notice" role="status">{escape(reason(state))}</p>')
    with st.container(horizontal=True, gap="small", key="map-ways-on"):
        nearest = nearest_level(state)
        if nearest and nearest != state.level:
            _button(f"Show {many(nearest)}", "level", level=nearest, area=None)
        for other in companions(state, bundle):
            _button(
                f"{other.short_title}, by {short_noun(state.level, 1)}",
                other.id,
                indicator=other.id,
                period=None,
            )


def choose_weak(state: MapState, shading: Shading) -> None:
    """Draw the switch that takes weak estimates off the map, where there are any."""
    if not (shading.weak or shading.hidden):
        return
    weak.switch("map-weak")


def _button(label: str, name: str, **changes: str | None) -> None:
    st.button(label, key=f"way-{name}", on_click=remember, kwargs=changes, type="secondary")


def _no_list(state: MapState, bundle: Bundle) -> None:
    names = _names(state.without_list)
    slugs = [config().place(code).slug for code in state.without_list]
    files = listed([f"geo/neighbourhoods/{slug}.csv" for slug in slugs])
    st.html(
        f'<p class="notice" role="status">No grouping of wards into neighbourhoods is shipped for '
        f"{escape(names)}. "
        f"To add one, put the list in {escape(files)}, name it in config.toml and run "
        "<code>python3 tasks.py data</code>.</p>"
    )
    _button(f"Show wards of {names}", "wards", level="ward", area=None)
