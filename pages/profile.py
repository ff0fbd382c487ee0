"""Area profile: everything about one ward, neighbourhood, local area, small area or Place."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    caveats,
    finder,
    navigation,
    profile_download,
    profile_lists,
    profile_sections,
    profile_summary,
    selection,
    store,
)
from data.query import Bundle
from geo.config import config

navigation.require_router()


def choose(bundle: Bundle) -> None:
    """Draw the page without an area: what it does, the search, and the Places to start from."""
    st.title("Area profile: one page about any ward, neighbourhood or Place")
    finder.show(bundle, key="find")
    st.html('<p class="quiet">Or start from a Place:</p>')
    with st.container(horizontal=True):
        for place in config().places:
            navigation.link("profile", place.name, {"area": place.code})


def header(bundle: Bundle, code: str) -> None:
    """Draw name, kind and place of the area with the search for another one."""
    text, search = st.columns([5, 3], gap="large", vertical_alignment="bottom")
    with text:
        st.html(f'<p class="kicker">Area profile. {escape(profile_summary.subtitle(bundle, code))}</p>')
        st.title(profile_summary.title(bundle, code))
    with search:
        finder.show(bundle, key="find", label="Another area: postcode, ward or neighbourhood")
    if bundle.areas.loc[code, "area_level"] == "neighbourhood":
        caveats.show_grouping(bundle, [bundle.areas.loc[code, "place_code"]])


def body(bundle: Bundle, code: str) -> None:
    """Draw the sections, plain English first."""
    sentences = "".join(f"<li>{escape(text)}</li>" for text in profile_summary.sentences(bundle, code))
    st.html(f'<ul class="plain lede">{sentences}</ul>')
    st.header("Key figures")
    found = profile_sections.figures_table(bundle, code, profile_sections.KEY, "Key figures")
    profile_sections.key_note(bundle, code)
    st.header("People and deprivation")
    left, right = st.columns(2, gap="large")
    with left:
        profile_sections.spread(bundle, code)
    with right:
        profile_sections.people(bundle, code)
    profile_sections.deprivation_trend(bundle, code)
    st.header("School readiness and childhood")
    found += profile_sections.childhood(bundle, code)
    st.header("Long-term conditions")
    found += profile_sections.conditions(bundle, code)
    st.header("Schools and GP practices")
    left, right = st.columns(2, gap="large")
    with left:
        profile_lists.schools(bundle, code)
    with right:
        profile_lists.practices(bundle, code)
    st.header("What this area is made of")
    profile_lists.made_of(bundle, code)
    st.header("Take the figures with you")
    profile_download.show(bundle, code, found)


def show() -> None:
    """Draw the page for the area in the address."""
    fault = store.bundle_fault()
    if fault:
        st.title("The figures cannot be shown")
        selection.show_notes([fault])
        return
    bundle = store.bundle()
    notes: list[str] = []
    code = selection.known_area(st.query_params, bundle, notes)
    if code is None:
        selection.show_notes(notes)
        choose(bundle)
        return
    header(bundle, code)
    body(bundle, code)


show()
