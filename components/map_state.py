"""What the Map shows, worked out from the address before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from components import selection
from components.selection import Selection
from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from geo.config import config
from house_style.level_names import many

MAP_LEVELS = ("neighbourhood", "ward", "msoa", "lsoa", "place")
# From small to large: how far one level is from another.
SIZES = ("lsoa", "msoa", "ward", "neighbourhood", "place")


@dataclass(frozen=True)
class MapState:
    """One view of the Map.

    `rows` is one row an area shown (a slice of the bundle); `known` is False where the indicator has no
    figures at the level, or no area is drawn. `place_codes` are the Places drawn; `without_list` those of
    them that have no list of neighbourhoods although neighbourhoods are asked for.
    """

    selection: Selection
    indicator: Indicator
    rows: pd.DataFrame
    place_codes: tuple[str, ...]
    levels: tuple[str, ...]
    without_list: tuple[str, ...]
    hide_weak: bool = False

    @property
    def level(self) -> str:
        """The level drawn."""
        return self.selection.level

    @property
    def known(self) -> bool:
        """True when at least one area drawn has a figure."""
        return bool(self.rows["value"].notna().any())

    @property
    def shown(self) -> pd.DataFrame:
        """The rows, without the numbers of weak estimates where these are hidden."""
        if not self.hide_weak:
            return self.rows
        numbers = ["value", "lower", "upper"]
        return self.rows.assign(**self.rows[numbers].mask(self.rows["reliability"] == "D"))

    @property
    def has_level(self) -> bool:
        """True when the indicator exists at the level at all."""
        return self.level in self.levels


def read(params: Mapping[str, str], bundle: Bundle) -> MapState:
    """The state an address asks for. Unlike other pages the Map keeps a level without figures and says so."""
    asked = dict(params)
    area = _area_row(asked.get("area", ""), bundle)
    if "level" not in asked and area is not None and area["area_level"] in MAP_LEVELS:
        asked["level"] = str(area["area_level"])
    if "places" not in asked and area is not None and isinstance(area["place_code"], str):
        shown = set(config().view.places)
        if area["place_code"] not in shown:
            asked["places"] = config().place(area["place_code"]).slug
    level = asked.get("level")
    kept = level if level in MAP_LEVELS else None
    if kept:
        asked.pop("level")
    found = selection.read_selection(asked, bundle)
    levels = tuple(name for name in bundle.levels(found.indicator) if name in MAP_LEVELS)
    if kept:
        found = _at_level(found, kept, asked, bundle)
    elif level in ("region", "england", "pcn"):
        note = f"The map does not draw {many(str(level))}. Showing {many(found.level)} instead."
        found = replace(found, notes=(*[n for n in found.notes if "not available" not in n], note))
    if found.level not in MAP_LEVELS and levels:
        found = replace(found, level=levels[-1])
    places = found.places
    if found.level == "place":  # those of the region, and any other that is asked for
        wanted = {*config().region_places, *found.places}
        places = tuple(code for code in config().place_codes if code in wanted)
    without: tuple[str, ...] = ()
    if found.level == "neighbourhood":
        without = tuple(code for code in places if bundle.neighbourhood_status(code) is None)
    rows = _rows(bundle.version, found.indicator, found.level, found.period, found.group, places, bundle)
    hide = asked.get("weak")
    if hide not in (None, "hide"):
        note = f"{selection.quoted(hide)} is no way to treat weak estimates: only “hide” is. They are faded."
        found = replace(found, notes=(*found.notes, note))
    indicator = named(bundle.catalogue[found.indicator], bundle.is_estimate(found.indicator, found.level))
    return MapState(found, indicator, rows, places, levels, without, hide == "hide")


def named(indicator: Indicator, estimate: bool) -> Indicator:
    """The indicator, its titles saying that the figures are estimates where they are."""
    if not estimate:
        return indicator
    titles = {"title": f"{indicator.title} (estimate)", "short_title": f"{indicator.short_title} (estimate)"}
    return indicator.model_copy(update=titles)


@st.cache_resource(show_spinner=False, max_entries=128)
def _rows(
    version: str,
    indicator: str,
    level: str,
    period: str,
    group: str,
    places: tuple[str, ...],
    _bundle: Bundle,
) -> pd.DataFrame:
    """A slice of the bundle, made once for all visitors. Nobody may change it."""
    return _bundle.slice(indicator, level, period, group, places)


def _area_row(code: str, bundle: Bundle) -> dict[str, Any] | None:
    for name in (code.strip(), code.strip().upper()):
        if name in bundle.areas.index:
            return {str(key): cell for key, cell in bundle.areas.loc[name].items()}
    return None


def _at_level(found: Selection, level: str, asked: Mapping[str, str], bundle: Bundle) -> Selection:
    """The selection moved to a level; its period is kept where the level has it, else the level's latest."""
    periods = bundle.periods(found.indicator, level, found.group)
    if not periods:
        return replace(found, level=level)
    wanted = asked.get("period")
    if wanted in periods:
        notes = tuple(note for note in found.notes if wanted not in note)
        return replace(found, level=level, period=wanted, notes=notes)
    notes = found.notes
    if wanted and wanted in bundle.periods(found.indicator, None, found.group):
        notes = (
            *notes,
            f"There are no figures of {wanted} for {many(level)}. Showing {periods[-1]} instead.",
        )
    return replace(found, level=level, period=periods[-1], notes=notes)


def nearest_level(state: MapState) -> str | None:
    """The level with figures that is closest in size to the one asked for; the smaller of two."""
    if not state.levels:
        return None
    at = SIZES.index(state.level)
    return min(state.levels, key=lambda level: (abs(SIZES.index(level) - at), SIZES.index(level)))


def companions(state: MapState, bundle: Bundle, most: int = 3) -> list[Indicator]:
    """Indicators that do exist at the level and stand beside the one asked for."""
    named: tuple[str, ...] = ()
    if state.indicator.theme == "school-readiness":
        named = ("children-income-deprived", "child-poverty-ahc", "children-education-score")
    elif state.indicator.theme == "health-outcomes":
        named = ("years-of-life-lost", "comparative-illness-ratio", "disabled")
    here = {item.id: item for item in bundle.indicators(state.level)}
    return [here[name] for name in named if name in here and name != state.indicator.id][:most]


def benchmarks(state: MapState, bundle: Bundle, area_code: str | None = None) -> dict[str, Observation]:
    """Figures of the same period to compare with, by name: the Place (when one is meant), then England."""
    settings = config()
    codes: list[str] = []
    if area_code is not None:
        codes = [code for code in bundle.comparators(area_code) if code != settings.region_code]
    else:
        if len(state.place_codes) == 1 and state.level != "place":
            codes = [state.place_codes[0]]
        codes.append(settings.country_code)
    found = {}
    for code in codes:
        value = bundle.value(state.indicator.id, code, state.selection.period, state.selection.group)
        if value is not None and value.value is not None:
            found[bundle.name(code)] = value
    return found
