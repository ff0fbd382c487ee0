"""Where an area is: a small map of its Place with the area picked out, shaded by deprivation."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import caveats, headings, legend, simple_map
from components.area_facts import level_of, name_of, place_of
from components.charts.template import current_mode
from components.figures import period_words
from components.level_names import many
from components.narrative import placed
from components.small_maps import key_html
from data.query import Bundle
from geo.config import config

SHADED_BY = ("imd-most-deprived-fifth", "imd-decile")  # the first that has figures at the level


SCREEN, PAPER = "locator-screen", "locator-paper"  # a dark map is printed as a light one


def show(bundle: Bundle, code: str) -> None:
    """Draw the map; nothing for areas without a boundary here (networks, region, England)."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    if place is None or level not in ("lsoa", "msoa", "ward", "neighbourhood", "place"):
        return
    shaded = next((item for item in SHADED_BY if level in bundle.levels(item)), None)
    if shaded is None:
        return
    places = config().place_codes if level == "place" else [place]
    rows = bundle.slice(shaded, level, places=places)
    indicator = bundle.catalogue[shaded]
    shading = legend.shade(indicator, rows["value"], reliability=rows["reliability"])
    name = name_of(bundle, code)
    where = config().region_name if level == "place" else name_of(bundle, place)
    headings.header(f"Where {placed(name)} is")
    mode = current_mode()
    alt = f"Map of the {many(level)} of {where} with {name} outlined, shaded by {indicator.short_title}."
    for key, drawn in ((SCREEN, mode), *([(PAPER, "light")] if mode == "dark" else [])):
        with st.container(key=key):
            simple_map.show(
                bundle,
                level,
                places,
                shading.fills(list(rows["area_code"])),
                alt=alt,
                mode=drawn,  # type: ignore[arg-type]
                size=(800, 820),
                chosen=code,
                labels={code: name} if level in ("neighbourhood", "place") else {},  # it would hide a ward
                type_size=34,
            )
    period = period_words(indicator, str(rows["period"].iloc[0]))
    st.html(
        f'{key_html(shading)}<p class="quiet small">{escape(indicator.short_title)}, {escape(period)}.</p>'
    )
    if level == "neighbourhood":
        st.html(f'<p class="quiet small">{escape(caveats.grouping_label(bundle, [place]))}</p>')
