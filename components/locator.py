"""Where an area is: a small map of its Place with the area picked out, shaded by deprivation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

import streamlit as st

from components import caveats, headings, legend, simple_map
from components.charts.template import current_mode
from components.small_maps import key_html
from data.query import Bundle
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from house_style.figures import period_words
from house_style.level_names import many
from house_style.narrative import placed
from house_style.palette import Mode

SHADED_BY = ("imd-most-deprived-fifth", "imd-decile")  # the first that has figures at the level


SCREEN, PAPER = "locator-screen", "locator-paper"  # a dark map is printed as a light one


@dataclass(frozen=True)
class Picture:
    """The map as SVG, its description, and what its colours mean."""

    svg: str
    alt: str
    key: str


@lru_cache(maxsize=128)
def draw(bundle: Bundle, code: str, mode: Mode) -> Picture | None:
    """The map; None for areas without a boundary here (networks, region, England)."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    if place is None or level not in ("lsoa", "msoa", "ward", "neighbourhood", "place"):
        return None
    shaded = next((item for item in SHADED_BY if level in bundle.levels(item)), None)
    if shaded is None:
        return None
    places = [place]
    if level == "place" and bundle.in_region(code):
        places = list(config().region_places)
    rows = bundle.slice(shaded, level, places=places)
    indicator = bundle.catalogue[shaded]
    shading = legend.shade(indicator, rows["value"], reliability=rows["reliability"])
    name = name_of(bundle, code)
    where = config().region_name if len(places) > 1 else name_of(bundle, place)
    alt = f"Map of the {many(level)} of {where} with {name} outlined, shaded by {indicator.short_title}."
    svg = simple_map.draw(
        bundle,
        level,
        places,
        shading.fills(list(rows["area_code"])),
        alt=alt,
        mode=mode,
        size=(800, 820),
        chosen=code,
        labels={code: name} if level in ("neighbourhood", "place") else {},  # it would hide a ward
        type_size=34,
    )
    period = period_words(indicator, str(rows["period"].iloc[0]))
    words = f'<p class="quiet small">{escape(indicator.short_title)}, {escape(period)}.</p>'
    if level == "neighbourhood":
        words += f'<p class="quiet small">{escape(caveats.grouping_label(bundle, [place]))}</p>'
    return Picture(svg, alt, key_html(shading) + words)


def show(bundle: Bundle, code: str) -> None:
    """Draw the map with its heading and its key; nothing where there is no map."""
    mode = current_mode()
    found = draw(bundle, code, mode)
    if found is None:
        return
    headings.header(f"Where {placed(name_of(bundle, code))} is")
    paper = draw(bundle, code, "light") if mode == "dark" else None
    for key, picture in ((SCREEN, found), (PAPER, paper)):
        if picture is not None:
            with st.container(key=key):
                st.image(picture.svg, width="stretch", alt=picture.alt)
    st.html(found.key)
