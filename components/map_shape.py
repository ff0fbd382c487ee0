"""The shapes of the Map's areas: as they lie, or wards as hexagons of one size."""

from __future__ import annotations

import shapely
import streamlit as st

from components.deck import Label
from components.map_state import MapState
from components.selection import hold, quoted, remember
from data.query import Bundle
from house_style.level_names import many

HELP = "Every ward as a hexagon of the same size, about where it lies: large wards no longer dominate."
WORDS = "Each hexagon is one ward; all are the same size. Where they stand is approximate: not to scale."


def hexagons(state: MapState) -> bool:
    """True where the wards are drawn as hexagons of one size."""
    return state.level == "ward" and st.query_params.get("shape") == "hex"


def kind(state: MapState) -> str:
    """The shapes drawn: those of the level, or "hex"."""
    return "hex" if hexagons(state) else state.level


def notes(state: MapState) -> list[str]:
    """What in the address about the shape of areas cannot be used."""
    asked = st.query_params.get("shape")
    if asked and asked != "hex":
        return [f"There is no shape of areas called {quoted(asked)}. Showing areas as they lie."]
    if asked and state.level != "ward":
        return [f"Hexagons are drawn for wards only. Showing {many(state.level)} as they lie."]
    return []


def place_names(places: tuple[str, ...], bundle: Bundle) -> list[Label]:
    """The Places' names in the middle of their hexagons."""
    merged = bundle.geometry("hex", list(places)).dissolve("place_code")
    points = zip(merged.index, shapely.centroid(merged.geometry.to_numpy()), strict=True)
    return [Label(bundle.name(str(code)), (point.x, point.y)) for code, point in points]


def toggle(state: MapState) -> None:
    """Draw the choice of shapes, for wards."""
    if state.level != "ward":
        return
    hold("map-hex", hexagons(state))

    def changed() -> None:
        remember(shape="hex" if st.session_state["map-hex"] else None)

    st.toggle("Hexagons", key="map-hex", on_change=changed, help=HELP)
