"""Pioneer Places: adults with long-term conditions in one of them. Which these are stands in config.toml."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from components import (
    caveats,
    headings,
    navigation,
    outside,
    pioneer_behind,
    pioneer_burden,
    pioneer_download,
    pioneer_serving,
    pioneer_state,
    pioneer_style,
    pioneer_tables,
    pioneer_words,
    selection,
    store,
)
from components.pioneer_state import Areas, View
from components.selection import hold, remember
from data import pioneers
from data.pioneers import ENTRIES
from data.query import Bundle

navigation.require_router()
LEVEL_WORDS = {"ward": "Wards", "msoa": "Local areas (MSOAs)", "pcn": "Networks (PCNs)"}
FEW = 6  # Places that a row of buttons holds


def controls(bundle: Bundle, view: View) -> None:
    """Draw the switches of Place and kind of area; the address remembers both."""
    names = {place.slug: place.name for place in pioneers.pioneers(bundle.config)}
    hold("pioneer-place", view.place.slug)
    hold("pioneer-level", view.level)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="pioneer-controls"):
        choice: Any = st.segmented_control if len(names) <= FEW else st.selectbox
        choice(
            "Pioneer Place",
            list(names),
            format_func=names.__getitem__,
            key="pioneer-place",
            on_change=lambda: remember(place=st.session_state["pioneer-place"] or view.place.slug, area=None),
        )
        st.segmented_control(
            "Listed by",
            list(LEVEL_WORDS),
            format_func=LEVEL_WORDS.__getitem__,
            key="pioneer-level",
            on_change=lambda: remember(level=st.session_state["pioneer-level"] or view.level, area=None),
        )


def answers(bundle: Bundle, view: View, found: Areas) -> None:
    """Draw where the burden is, how sure that is, and who serves it, in a sentence each."""
    team = pioneer_state.teams(bundle, view.place)
    lines = [
        ("Where is the burden?", pioneer_words.where(found.burden)),
        ("How sure is it?", pioneer_words.how_sure(found.burden)),
        ("Who serves it?", pioneer_words.who_serves(found.burden, team)),
    ]
    parts = "".join(f"<div><dt>{escape(ask)}</dt><dd>{escape(say)}</dd></div>" for ask, say in lines)
    st.html(f'<dl class="pioneer-answers">{parts}</dl>')


def body(bundle: Bundle, view: View, found: Areas) -> None:
    """Draw the parts, the list and map first."""
    answers(bundle, view, found)
    controls(bundle, view)
    said = outside.note(bundle, view.place.code)
    if said:
        st.html(f'<p class="quiet pioneer-said">{escape(said)}</p>')
    st.html(
        '<h2 class="visually-hidden">Where the burden lies</h2><p class="quiet '
        f'pioneer-said">{escape(pioneer_words.NOT_PEOPLE)}</p>'
    )
    pioneer_burden.show(bundle, view, found.burden)
    caveats.show(
        bundle.catalogue[ENTRIES],
        period=bundle.periods(ENTRIES, view.level)[-1],
        bases=found.burden.table["basis"].unique(),
        letters=found.burden.table["reliability"].unique(),
    )
    pioneer_serving.area(bundle, view, found.burden)
    neighbourhoods = pioneer_state.areas(bundle, view.place, "neighbourhood")
    pioneer_serving.teams(
        bundle,
        view,
        pioneer_state.teams(bundle, view.place),
        neighbourhoods.burden if neighbourhoods else None,
    )
    across = (
        found if view.level == view.map_level else pioneer_state.areas(bundle, view.place, view.map_level)
    )
    if across is not None:
        pioneer_behind.show(view, across.burden, across.behind)
    registers = pioneer_state.registers(bundle, view.place)
    pioneer_behind.together(bundle, view, registers.clusters)
    pioneer_tables.gaps(bundle, view, registers.gaps)
    pioneer_tables.changes(view, registers.changes, registers.missing)
    headings.header("Take the figures with you")
    pioneer_download.show(bundle, view, registers)


def show() -> None:
    """Draw the page for the Place in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("Pioneer Places cannot be shown")
        st.html(f'<p class="notice" role="alert">{escape(fault)}</p>')
        return
    bundle = store.bundle()
    view = pioneer_state.read(st.query_params.to_dict(), bundle)
    pioneer_style.style()
    if view is None:
        headings.title("Pioneer Places: none is named yet")
        selection.show_notes(['Give a Place `role = "pioneer"` in config.toml and it appears here.'])
        return
    known = view.place.code in bundle.areas.index
    found = pioneer_state.areas(bundle, view.place, view.level) if known else None
    with st.container(key="pioneer-title"):
        headings.title(
            pioneer_words.title(bundle, view.place, found.burden)
            if found
            else f"{view.place.name}: adults with long-term conditions"
        )
    selection.show_notes(view.notes)
    if found is None:
        controls(bundle, view)
        selection.show_notes(
            [
                f"The tables hold no register entries for {view.place.name} at this level. A Place that "
                "was added to config.toml has them once the tables are built again: `python3 tasks.py data`."
            ]
        )
        return
    body(bundle, view, found)


show()
