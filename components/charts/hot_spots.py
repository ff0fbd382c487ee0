"""Where high and low figures gather, as a still map: hot spots, cold spots, and what chance can explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from components import simple_map
from components.basemap import Surroundings, window
from components.legend import Entry, Shading, count_words
from data.catalogue.model import Indicator
from data.hot_spots import COLD, HOT, HotSpots
from house_style.level_names import listed
from house_style.palette import CHANCE, DIVERGING, THEMES, Mode
from methods.classify import classify
from methods.spatial import NO_DATA, NOT_SIGNIFICANT

SIZE = (900, 760)
WORDS = {
    HOT: "Hot spot: high figures gather",
    COLD: "Cold spot: low figures gather",
    NOT_SIGNIFICANT: "Cannot be told from chance",
    NO_DATA: "No figure",
}
MOST_NAMES = 3
TYPE_SIZE = 21


@dataclass(frozen=True)
class SpotShading(Shading):
    """The key of the map: one line a label, in the order of WORDS."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def entries(self) -> list[Entry]:
        """Key lines with the number of areas of each label."""
        fills = colours(self.indicator)
        found = [(label, self.counts.get(label, 0)) for label in WORDS]
        return [Entry(WORDS[label], count, fills.get(label)) for label, count in found if count]


def colours(indicator: Indicator) -> dict[str, str]:
    """Colour by label: orange where high is worse or neither end is, blue at the other end."""
    high, low = DIVERGING[4], DIVERGING[0]
    if indicator.polarity == "high-is-better":
        high, low = low, high
    return {HOT: high, COLD: low, NOT_SIGNIFICANT: CHANCE}


def shading(indicator: Indicator, found: HotSpots) -> SpotShading:
    """The key for a result."""
    counts = {label: found.count(label) for label in WORDS}
    return SpotShading(indicator, classify(np.array([np.nan]), "quantile"), (), counts=counts)


def available(found: HotSpots) -> bool:
    """True when the test could be made."""
    return found.local is not None


def prepare(found: HotSpots, geometry: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Areas of one label in one Place as one shape: area_code (the label), place_code, geometry.

    A map of 1,601 small areas has four colours: one outline a colour is a hundredth of the size.
    """
    labels = found.table.set_index("area_code")["label"]
    frame = geometry.assign(label=geometry["area_code"].map(labels))
    rows = []
    for (label, place), part in frame.groupby(["label", "place_code"], sort=False):
        shape = shapely.union_all(part.geometry.to_numpy())
        rows.append({"area_code": label, "place_code": place, "geometry": shape})
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=geometry.crs)


def draw(
    indicator: Indicator,
    frame: gpd.GeoDataFrame,
    *,
    around: Surroundings | None,
    alt: str,
    named: gpd.GeoDataFrame | None = None,
    mode: Mode = "light",
) -> str:
    """The map as SVG; `named` are larger areas whose names help to find the way (area_code, area_name,
    geometry).
    """
    picture = simple_map.svg(frame, colours(indicator), around=around, mode=mode, size=SIZE, alt=alt)
    return picture if named is None else picture.replace("</svg>", f"{_names(frame, named, mode)}</svg>")


def _names(frame: gpd.GeoDataFrame, named: gpd.GeoDataFrame, mode: Mode) -> str:
    theme, view = THEMES[mode], window(frame.total_bounds, *SIZE)
    words = {
        code: str(name).removesuffix(" area")
        for code, name in zip(named["area_code"], named["area_name"], strict=True)
    }
    found = []
    for label in simple_map.area_labels(named, words, view, TYPE_SIZE):
        first = label.y - (len(label.lines) - 1) * label.size * 0.56 + label.size * 0.35
        lines = "".join(
            f'<tspan x="{label.x:.0f}" y="{first + i * label.size * 1.12:.0f}">{escape(line)}</tspan>'
            for i, line in enumerate(label.lines)
        )
        found.append(
            f'<text text-anchor="middle" font-size="{label.size:g}" font-weight="600" fill="{theme.text}" '
            f'stroke="{theme.halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">'
            f"{lines}</text>"
        )
    return "".join(found)


def to_table(indicator: Indicator, found: HotSpots, inside: Mapping[str, str]) -> pd.DataFrame:
    """Areas with label and adjusted p value, hot spots first; `inside` is a ward's name by area code."""
    order = {label: i for i, label in enumerate(WORDS)}
    rows = found.table.assign(rank=found.table["label"].map(order)).sort_values(["rank", "p_adjusted"])
    table = pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Mostly in": rows["area_code"].map(inside),
            "Place": rows["place_name"],
            indicator.short_title: rows["value"].round(indicator.decimals),
            "Finding": rows["label"].map(lambda label: WORDS.get(label, "").split(":")[0]),
            "Adjusted p value": rows["p_adjusted"].round(3),
            "Code": rows["area_code"],
        }
    )
    return table.dropna(axis="columns", how="all")


def takeaway(indicator: Indicator, found: HotSpots, names: Mapping[str, Sequence[str]]) -> str:
    """One sentence from the test; `names` are the wards of hot and cold spots, most areas first."""
    if found.local is None:
        return f"Whether high figures gather anywhere cannot be tested: {found.why}."
    parts = []
    for label, word in ((HOT, "high"), (COLD, "low")):
        count = found.count(label)
        if count:
            where = [str(name) for name in names.get(label, ())]
            shown = [*where[:MOST_NAMES], *(["others"] if len(where) > MOST_NAMES else [])]
            place = f" ({listed(shown)})" if shown else ""
            parts.append(f"{word} figures gather around {count_words(count, found.level)}{place}")
    if not parts:
        return f"{indicator.short_title}: no cluster can be told from chance."
    return f"{indicator.short_title}: {'; '.join(parts)}."
