"""Overview: what the dashboard is for, the city's inequalities at a glance, and the way to an area."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from components import (
    caveats,
    finder,
    headings,
    long_table,
    navigation,
    place_table,
    selection,
    small_maps,
    store,
    tables,
)
from components.overview_maps import maps
from geo.config import config
from house_style import narrative
from house_style.level_names import listed

navigation.require_router()
settings = config()
home = settings.with_role("home")[0]
pioneers = [place for place in settings.with_role("pioneer") if place.code in settings.region_places]


def heading() -> None:
    """Draw what this is and the one sentence, with the search beside it."""
    names = listed([place.name for place in (home, *pioneers)])
    st.html(f'<p class="kicker">Neighbourhood health inequalities in {escape(names)}</p>')
    headings.title(narrative.city_sentence(store.bundle(), home.code, home.name))
    text, search = st.columns([63, 37], gap="large")
    with text:
        st.html(
            '<p class="lede">See how areas differ in deprivation, in children’s start in life and in '
            "long-term illness. The figures are official, or they are estimates and called so. Find an area "
            "here, or on the map.</p>"
        )
    with search:
        finder.show(store.bundle(), key="find")


def pictures() -> None:
    """Draw the small maps, the table of Places beside them, and the same figures as a table below."""
    bundle = store.bundle()
    left, right = st.columns([63, 37], gap="large")
    items = maps(bundle, home)
    with left:
        caveats.show_grouping(bundle, [home.code])
        small_maps.show(bundle, items, home.code, home.slug, "neighbourhood")
    with right:
        st.html(
            f'<h2 class="map-title alone"><span class="kicker">The pioneer Places</span> '
            f"{escape(listed([place.name for place in pioneers]))} beside {escape(home.name)} and "
            "England</h2>"
        )
        place_table.show(bundle, [home.code, *(place.code for place in pioneers)])
        st.html(
            f'<p class="quiet small">Compared with England: {tables.KEY} No word: no margin of error is '
            "published.</p>"
        )
        with st.container(horizontal=True):
            for place in (home, *pioneers):
                navigation.link("profile", f"Profile of {place.name}", {"area": place.code})
    long_table.opening("The three maps as a table", "overview-table", partial(table, items))
    st.html(f'<p class="quiet small">{escape(place_table.sources_note(bundle))}</p>')
    for column, item in zip(st.columns(len(items), gap="medium"), items, strict=True):
        with column:
            caveats.show(
                item.indicator,
                period=str(item.rows["period"].iloc[0]),
                bases=item.rows["basis"].dropna(),
                letters=item.rows["reliability"].dropna(),
            )


def table(items: list[small_maps.SmallMap]) -> None:
    """Draw the figures of the maps as a table, and their file."""
    caption = f"The figures of the three maps by neighbourhood of {home.name}"
    long_table.show(small_maps.table(items), caption, key="overview-rows", noun="neighbourhoods")
    st.download_button(
        "Download these figures (CSV)",
        lambda: small_maps.download(items, store.bundle()),
        file_name="overview.csv",
        mime="text/csv",
        on_click="ignore",
    )


fault = store.bundle_fault()
if fault:
    headings.title("The figures cannot be shown")
    selection.show_notes([fault])
else:
    heading()
    pictures()
