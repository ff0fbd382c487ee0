"""Area profile: everything about one ward, neighbourhood, local area, small area or Place."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    caveats,
    finder,
    headings,
    locator,
    navigation,
    outside,
    profile_childhood,
    profile_conditions,
    profile_download,
    profile_lists,
    profile_sections,
    profile_standing,
    profile_summary,
    profile_trends,
    selection,
    store,
)
from components.area_facts import level_of, name_of, place_of
from data.query import Bundle
from geo.config import config

navigation.require_router()
DIVIDED = ("msoa", "ward", "neighbourhood", "place")
DRAWN = ("lsoa", *DIVIDED)


def choose(bundle: Bundle) -> None:
    """Draw the page without an area: what it does, the search, and the Places to start from."""
    headings.title("Area profile: one page about any ward, neighbourhood or Place")
    finder.show(bundle, key="find")
    finder.show_list(bundle, key="ward-list", level="ward")
    headings.header("Places")
    with st.container(horizontal=True):
        for place in config().places:
            navigation.link("profile", place.name, {"area": place.code})
    neighbourhoods = finder.codes_of(bundle, "neighbourhood")
    if neighbourhoods:
        headings.header("Neighbourhoods")
        caveats.show_grouping(bundle, how=True)
        with st.container(horizontal=True):
            for code in neighbourhoods:
                navigation.link("profile", name_of(bundle, code), {"area": code})


def show_on_map(bundle: Bundle, code: str) -> None:
    """Draw a link to the map with this area picked."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    if place and level in DRAWN:
        params = {"level": level, "places": config().place(place).slug, "area": code}
        navigation.link("map", "Show on the map", params)


def header(bundle: Bundle, code: str) -> None:
    """Draw name, kind and place of the area with the search for another one."""
    text, search = st.columns([5, 3], gap="large", vertical_alignment="bottom")
    with text:
        st.html(f'<p class="kicker">Area profile. {escape(profile_summary.subtitle(bundle, code))}</p>')
        headings.title(profile_summary.title(bundle, code))
    with search:
        finder.show(bundle, key="find", label="Another area: postcode, ward or neighbourhood")
        with st.container(horizontal=True):
            for outer in finder.around(bundle, code):
                navigation.link("profile", finder.describe(bundle, outer), {"area": outer})
            show_on_map(bundle, code)
    place = place_of(bundle, code)
    if place and level_of(bundle, code) == "neighbourhood":
        caveats.show_grouping(bundle, [place])


def age(bundle: Bundle, code: str) -> None:
    """Say, where crude registers show, which of them are low only because people here are young."""
    text = profile_conditions.age_sentence(bundle, code)
    if text:
        st.html(f'<p class="quiet">{escape(text)}</p>')


def body(bundle: Bundle, code: str) -> None:
    """Draw the sections, plain English first."""
    sentences = "".join(f"<li>{escape(text)}</li>" for text in profile_summary.sentences(bundle, code))
    if sentences:
        st.html(f'<ul class="plain lede">{sentences}</ul>')
    left, right = st.columns([67, 33], gap="large")
    with left:
        headings.header("Key figures")
        found = profile_sections.figures_table(bundle, code, profile_sections.KEY, "Key figures")
        profile_sections.key_note(bundle, code)
    with right:
        locator.show(bundle, code)
    profile_standing.show(bundle, code)
    age(bundle, code)
    headings.header("People and deprivation")
    left, right = st.columns(2, gap="large")
    with left:
        profile_sections.spread(bundle, code)
        profile_sections.deprivation_trend(bundle, code)
    with right:
        profile_sections.people(bundle, code)
    headings.header("School readiness and childhood")
    found += profile_childhood.show(bundle, code)
    headings.header("Long-term conditions")
    found += profile_conditions.show(bundle, code)
    profile_trends.show(bundle, code)
    if level_of(bundle, code) in profile_conditions.EXACT:  # registers of other areas have a single year
        age(bundle, code)
    headings.header("Schools and GP practices")
    left, right = st.columns(2, gap="large")
    with left:
        profile_lists.schools(bundle, code)
    with right:
        profile_lists.practices(bundle, code)
    if level_of(bundle, code) in DIVIDED:
        headings.header("What this area is made of")
        profile_lists.made_of(bundle, code)
    headings.header("Take the figures with you")
    profile_download.show(bundle, code, found)


def show() -> None:
    """Draw the page for the area in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("The figures cannot be shown")
        selection.show_notes([fault])
        return
    bundle = store.bundle()
    notes: list[str] = []
    code = selection.known_area(st.query_params, bundle, notes)
    if code is None:
        selection.show_notes(notes)
        choose(bundle)
        return
    # a link from one profile to another runs the page but leaves the browser's address behind
    st.query_params["area"] = code
    header(bundle, code)
    place = place_of(bundle, code)
    said = outside.note(bundle, place) if place else ""
    selection.show_notes([said] if said else [])
    body(bundle, code)


show()
