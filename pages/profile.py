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
    profile_beside,
    profile_childhood,
    profile_conditions,
    profile_deprivation,
    profile_download,
    profile_life,
    profile_lists,
    profile_open,
    profile_people,
    profile_sections,
    profile_share,
    profile_standing,
    profile_standouts,
    profile_style,
    profile_summary,
    profile_trends,
    selection,
    store,
)
from data.query import Bundle
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of

navigation.require_router()
DRAWN = ("lsoa", "msoa", "ward", "neighbourhood", "place")


def choose(bundle: Bundle) -> None:
    """Draw the page without an area: what it does, the search, and the Places to start from."""
    headings.title("Area profile: one page about any ward, neighbourhood or Place")
    finder.show(bundle, key="find", stays=True)
    finder.show_list(bundle, key="ward-list", level="ward")
    navigation.link("map", "Or choose an area on the map")
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
        navigation.link("map", "Choose on the map", params)


def header(bundle: Bundle, code: str) -> None:
    """Draw name, kind and place of the area with the search for another one."""
    text, search = st.columns([5, 3], gap="large", vertical_alignment="top")
    with text:
        label = caveats.grouping_label(bundle, [place_of(bundle, code) or ""])
        note = (
            f'<p class="notice">{escape(label)}</p>'
            if level_of(bundle, code) == "neighbourhood" and label
            else ""
        )
        st.html(
            f'<p class="kicker">Area profile. {escape(profile_summary.subtitle(bundle, code))}</p>'
            f"<h1>{escape(profile_summary.title(bundle, code))}</h1>{note}"
        )
    with search:
        finder.show(bundle, key="find", label="Another area: postcode, ward or neighbourhood", stays=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            profile_share.show(bundle, code)
            show_on_map(bundle, code)
            for outer in finder.around(bundle, code):
                navigation.link("profile", finder.describe(bundle, outer), {"area": outer})


def body(bundle: Bundle, code: str, by: profile_life.By, opened: frozenset[str]) -> None:
    """Draw the parts, plain English first."""
    left, right = st.columns([67, 33], gap="large")
    with left:
        profile_people.show(bundle, code)
        profile_standouts.show(bundle, code)
    with right:
        locator.show(bundle, code)
    profile_life.show(bundle, code, by, opened)
    profile_deprivation.show(bundle, code, opened)
    profile_childhood.show(bundle, code, opened)
    profile_conditions.show(bundle, code, opened)
    profile_trends.show(bundle, code, opened)
    profile_standing.show(bundle, code, opened)
    profile_beside.show(bundle, code, opened="like" in opened)
    profile_lists.services(bundle, code, opened)
    profile_lists.made_of(bundle, code, opened)
    st.html('<h2 class="no-print">Take the figures with you</h2>')
    profile_download.show(
        bundle, code, lambda: profile_sections.every_line(bundle, code, profile_life.rows(bundle, code))
    )


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
    by, opened = profile_life.by_of(st.query_params, notes), profile_open.asked(st.query_params, notes)
    selection.show_notes(notes)
    if code is None:
        choose(bundle)
        return
    # a link from one profile to another runs the page but leaves the browser's address behind
    st.query_params["area"] = code
    profile_style.apply()
    header(bundle, code)
    place = place_of(bundle, code)
    said = outside.note(bundle, place) if place else ""
    selection.show_notes([said] if said else [])
    body(bundle, code, by, opened)


show()
