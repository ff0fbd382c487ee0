"""Where the burden lies: a ranked list with a bar and limits for every area, beside a map."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from components import legend, simple_map, weak
from components.basemap import surroundings
from components.caveats import capital
from components.charts.template import current_mode
from components.pioneer_state import View, areas
from components.pioneer_style import region
from components.pioneer_words import noun
from components.small_maps import key_html
from data.pioneers import ENTRIES, Burden
from data.query import Bundle
from geo.config import Place
from house_style.figures import NO_FIGURE, number, ordinal
from house_style.level_names import listed
from house_style.palette import Mode

WIDE = 760  # drawing units of the map
TALLEST, LOWEST = 1000, 560
ACCENT = "light-dark(#2b6ca6, #7db4e6)"
UNSCROLLED = 9  # rows that fit into the box of the list
STANDING = {"higher": "above average", "lower": "below average", "similar": "near average"}


def shading_of(bundle: Bundle, found: Burden, hide: bool = False) -> legend.Shading:
    """The classes of the bars and of the map, which can `hide` weak estimates."""
    return legend.shade(
        bundle.catalogue[ENTRIES], found.table["value"], reliability=found.table["reliability"],
        hide_weak=hide,
    )  # fmt: skip


def bar(row: pd.Series, average: float, most: float, colour: str) -> str:
    """One bar from 0, its limits as a line through its end, and the Place's average as a dashed line."""
    at = {name: 100 * float(row[name]) / most for name in ("value", "lower", "upper")}
    faint = ' class="weak"' if row["reliability"] == "D" else ""
    return (
        f'<span class="pioneer-track" aria-hidden="true"><i{faint} style="width:{at["value"]:.1f}%;'
        f'background:{colour}"></i><b '
        f'style="left:{at["lower"]:.1f}%;width:{at["upper"] - at["lower"]:.1f}%"></b>'
        f'<u style="left:{100 * average / most:.1f}%"></u></span>'
    )


def rank_words(row: pd.Series) -> str:
    """The range that chance leaves an area's rank: "1st to 5th"."""
    if not np.isfinite(row["rank_low"]):
        return ""
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def served_words(row: pd.Series) -> tuple[str, str]:
    """Who serves an area, in a line and a quieter line below it."""
    practices = row["practices"]
    if pd.isna(practices):
        return NO_FIGURE, ""
    many = f"{int(practices)} practice{'' if practices == 1 else 's'}"
    largest = f"{row['top_practice']} {number(row['top_practice_share'] * 100)}%"
    if "top_network" not in row or pd.isna(row["top_network"]):
        return many, f"largest: {largest}"
    return f"{row['top_network']} {number(row['top_network_share'] * 100)}%", f"{many}, largest {largest}"


def age_words(row: pd.Series) -> str:
    """How old an area is, below its name: the first thing to know of a high figure."""
    if pd.isna(row["older"]):
        return ""
    return f'<span class="sub">{number(row["older"])}% aged 65 or over</span>'


def list_html(found: Burden, fills: dict[str, str], caption: str) -> str:
    """The ranked list as a table."""
    rows, most = found.table, float(found.table["upper"].max())
    body = []
    for _, row in rows.iterrows():
        who, more = served_words(row)
        rank = rank_words(row)
        doubt = "; weak estimate" if row["reliability"] == "D" else ""
        standing = STANDING.get(str(row["standing"]), str(row["standing"]))
        body.append(
            f'<tr><th scope="row">{escape(str(row["area_name"]))}{age_words(row)}</th>'
            f'<td><span class="pioneer-bar"><span class="pioneer-value">{number(row["value"], 1)}</span>'
            f"{bar(row, found.average, most, fills[row['area_code']])}</span></td>"
            f'<td class="number">{number(row["lower"])} to {number(row["upper"])}'
            f'<span class="sub">{standing}{doubt}{f"; {rank}" if rank else ""}</span></td>'
            f'<td>{escape(who)}<span class="sub">{escape(more)}</span></td></tr>'
        )
    served = "Practices" if found.level == "pcn" else "Mainly served by (share of residents)"
    columns = [capital(noun(found.level, 1)), "Entries per 100 adults", "95% limits and rank", served]
    return region(caption, columns, "".join(body), extra="pioneer-list")


def is_weak(found: Burden) -> pd.Series:
    """Which areas have a weak estimate."""
    return found.table["reliability"] == "D"


def map_size(bundle: Bundle, place: Place) -> tuple[int, int]:
    """Drawing units of a picture in the shape of the Place."""
    west, south, east, north = bundle.areas.loc[place.code, "bounds"]
    across = (east - west) * np.cos(np.radians((south + north) / 2))
    return WIDE, int(np.clip(WIDE * (north - south) / across, LOWEST, TALLEST))


@st.cache_resource(max_entries=24, show_spinner=False)
def _map(version: str, place_code: str, level: str, mode: Mode, alt: str, hide: bool, _bundle: Bundle) -> str:
    """The map as the source of an image."""
    place = _bundle.config.place(place_code)
    prepared = areas(_bundle, place, level)
    if prepared is None:
        return ""
    found = prepared.burden
    names = dict(zip(found.table["area_code"], found.table["area_name"], strict=True))
    picture = simple_map.svg(
        _bundle.geometry(level, [place_code]),
        shading_of(_bundle, found, hide).fills(list(found.table["area_code"])),
        around=surroundings(_bundle, [place_code]),
        mode=mode,
        size=map_size(_bundle, place),
        labels=names,
        type_size=23,
        faded=frozenset() if hide else frozenset(found.table.loc[is_weak(found), "area_code"]),
        alt=alt,
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def map_html(bundle: Bundle, view: View) -> str:
    """The map with its key and a line on what it shows; "" where there are no figures for it."""
    prepared = areas(bundle, view.place, view.map_level)
    if prepared is None:
        return ""
    hide = weak.hidden()
    shading = shading_of(bundle, prepared.burden, hide)
    text = f"Register entries per 100 adults in the {noun(view.map_level)} of {view.place.name}, estimates."
    alt = legend.alt_text(shading, level=view.map_level, title=text)
    source = _map(bundle.version, view.place.code, view.map_level, current_mode(), alt, hide, bundle)
    beside = " Networks have patients, not boundaries, so the map shows wards." if view.level == "pcn" else ""
    return (
        f'<figure><img src="{source}" alt="{escape(alt, quote=True)}"><figcaption>'
        f"{key_html(shading)}{escape(text + beside)}</figcaption></figure>"
    )


def show(bundle: Bundle, view: View, found: Burden) -> None:
    """Draw list and map beside each other."""
    codes = list(found.table["area_code"])
    # bars in the map's colours, where the map shows the same areas
    fills = dict.fromkeys(codes, ACCENT)
    if view.level != "pcn":
        fills |= shading_of(bundle, found, weak.hidden()).fills(codes)
    kind = "exact counts, registered patients" if view.level == "pcn" else "estimates for residents"
    by = f"{view.place.name} by {noun(view.level, 1)}"
    caption = f"Register entries per 100 adults in {by}, highest first: {kind}"
    lacking = f" No figure for {listed(list(found.missing))}." if found.missing else ""
    scrolls = f"All {len(codes)} are in the list, which scrolls. " if len(codes) > UNSCROLLED else ""
    note = (
        f"{scrolls}Bar: entries per 100 adults. Line through its end: 95% limits. Dashed line: average of "
        "the Place. Rank: the range that chance leaves it. About 1 area in 20 would stand apart by chance."
        f"{lacking}"
    )
    st.html(
        f'<div class="pioneer-where"><div>{list_html(found, fills, caption)}'
        f'<p class="quiet small">{escape(note)}</p></div>{map_html(bundle, view)}</div>'
    )
    drawn = areas(bundle, view.place, view.map_level)
    if drawn is not None and is_weak(drawn.burden).any():
        weak.switch("pioneer-weak")
