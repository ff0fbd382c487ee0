"""Small maps of one city's neighbourhoods side by side, each with its takeaway, key and caveat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from components import legend, navigation, simple_map, weak
from components.charts.template import current_mode
from components.legend import Shading
from components.table_downloads import readable
from data.catalogue.model import Indicator
from data.query import Bundle
from house_style import figures

SIZE = (760, 860)  # drawing units: about the shape of Liverpool
TYPE_SIZE = 33  # drawing units: about 12 pixels in a third of a laptop's screen


@dataclass(frozen=True)
class SmallMap:
    """One small map: its theme, figure, takeaway and what to beware of."""

    theme: str
    indicator: Indicator
    rows: pd.DataFrame
    takeaway: str
    caveat: str


def label_names(rows: pd.DataFrame) -> dict[str, str]:
    """Names for the map by area code: without the word "area", which every working name ends in."""
    return {
        code: str(name).removesuffix(" area")
        for code, name in zip(rows["area_code"], rows["area_name"], strict=True)
    }


def key_html(shading: Shading) -> str:
    """A key in one row: colour and range of each class, and the hatch where figures are missing."""
    mode = current_mode()
    parts = []
    for entry in shading.entries():
        solid = entry.colour and not entry.faded
        paint = f"background:{entry.colour}" if solid else legend.hatch_css(mode)
        parts.append(
            f'<li><span class="swatch" aria-hidden="true" style="{paint}"></span>'
            f"<span>{escape(entry.text)}</span></li>"
        )
    return f'<ul class="map-key" aria-label="Key, darkest first">{"".join(parts)}</ul>'


def alt_text(item: SmallMap, shading: Shading, level: str) -> str:
    """What the picture shows, for those who cannot see it."""
    return legend.alt_text(shading, level=level, title=f"{item.theme}: {item.takeaway}.")


def show_one(bundle: Bundle, item: SmallMap, place_code: str, place_slug: str, level: str) -> None:
    """Draw one small map with everything that belongs to it."""
    hide = weak.hidden()
    shading = legend.shade(
        item.indicator, item.rows["value"], reliability=item.rows["reliability"], hide_weak=hide
    )
    st.html(
        f'<h2 class="map-title"><span class="kicker">{escape(item.theme)}</span> {escape(item.takeaway)}</h2>'
    )
    simple_map.show(
        bundle,
        level,
        [place_code],
        shading.fills(list(item.rows["area_code"])),
        alt=alt_text(item, shading, level),
        mode=current_mode(),
        size=SIZE,
        labels=label_names(item.rows),
        faded=frozenset() if hide else frozenset(item.rows.loc[weak_rows(item), "area_code"]),
        type_size=TYPE_SIZE,
    )
    st.html(f'{key_html(shading)}<p class="quiet small">{escape(item.caveat)}</p>')
    params = {"indicator": item.indicator.id, "level": level, "places": place_slug}
    navigation.link("map", "Open on the map", params)


def weak_rows(item: SmallMap) -> pd.Series:
    """Which rows are weak estimates."""
    return (item.rows["reliability"] == "D") & item.rows["value"].notna()


def show(bundle: Bundle, items: Sequence[SmallMap], place_code: str, place_slug: str, level: str) -> None:
    """Draw the small maps in a row and, where a figure is a weak estimate, the switch that hides these."""
    for column, item in zip(st.columns(len(items), gap="medium"), items, strict=True):
        with column:
            show_one(bundle, item, place_code, place_slug, level)
    if any(weak_rows(item).any() for item in items):
        weak.switch("overview-weak")


def download(items: Sequence[SmallMap], bundle: Bundle) -> bytes:
    """The figures of all maps with codes, limits, basis, reliability and source, as CSV."""
    frame = pd.concat([item.rows for item in items], ignore_index=True)
    return (
        readable(frame.drop(columns=["area_name", "place_code", "place_name"]), bundle)
        .to_csv(index=False)
        .encode("utf-8-sig")
    )


def table(items: Sequence[SmallMap]) -> pd.DataFrame:
    """The same figures as a table: one row an area, one column a map."""
    wide: pd.DataFrame | None = None
    for item in items:
        rows = item.rows[["area_name", "value"]].copy()
        rows["value"] = [figures.figure(item.indicator, value) for value in rows["value"]]
        rows = rows.rename(columns={"area_name": "Neighbourhood", "value": item.indicator.short_title})
        wide = rows if wide is None else wide.merge(rows, on="Neighbourhood", how="outer")
    return pd.DataFrame() if wide is None else wide
