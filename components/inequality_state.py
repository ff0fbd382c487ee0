"""What the Inequalities page shows, worked out from the address; results kept by ids and data version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from components import store
from components.charts import scatter_deprivation
from components.map_controls import group_words
from components.selection import parse_places, quoted, read_selection
from data import findings, gradient, hot_spots
from data.catalogue.model import Indicator
from data.findings import Findings, Steepness
from data.gradient import BYS, By, Reason
from data.hot_spots import HotSpots
from data.query import Bundle
from geo.config import config
from house_style.level_names import listed
from methods.concentration import Spread, within_spread
from methods.contiguity import Neighbours
from methods.results import MethodError

OPENING = "disabled"  # counted by the census for every small area, and not taken from the index itself
PARTS = {
    "scatter": "Areas by deprivation",
    "spots": "Hot and cold spots",
    "time": "The gap over time",
    "spread": "Inside each neighbourhood",
    "curve": "Who has the cases",
}
LEVELS = ("neighbourhood", "ward", "msoa", "lsoa")
GROUP_PAIRS = (("fsm", "not-fsm"),)  # groups that are themselves two ends of an inequality


@dataclass(frozen=True)
class View:
    """One view of the page. `reason` says why the indicator has no gradient; "" when it has one."""

    indicator: Indicator
    places: tuple[str, ...]
    period: str
    group: str
    by: By
    part: str
    level: str
    unit_level: str | None
    reason: Reason
    notes: tuple[str, ...]
    version: str
    estimated: bool = False

    @property
    def where(self) -> str:
        """The areas chosen, as in a sentence: "Liverpool", "Sefton and Knowsley", "5 Places"."""
        settings = config()
        if set(self.places) == set(settings.region_places) and len(self.places) > 1:
            return settings.region_name
        names = [settings.place(code).name for code in self.places]
        return listed(names) if len(names) <= 3 else f"{len(names)} Places together"


def read(params: Mapping[str, str], bundle: Bundle) -> View:
    """The view an address asks for; what cannot be used is replaced with a note."""
    settings = config()
    opening = replace(settings, view=replace(settings.view, indicator=OPENING))
    asked = {key: value for key, value in params.items() if key not in ("level", "area")}
    known = {item.id for item in bundle.indicators()}
    wanted = asked.get("indicator", OPENING)
    unit = gradient.unit_level(bundle, wanted if wanted in known else OPENING)
    found = read_selection({**asked, "level": unit or "place"}, bundle, opening)
    indicator = gradient.in_units(bundle, found.indicator)
    reason = gradient.why_none(bundle, indicator)
    if found.group != "all" and not reason:  # every sentence on a group names it
        named = f"{indicator.short_title} ({lower_first(group_words(found.group))})"
        indicator = indicator.model_copy(update={"short_title": named})
    notes = [note for note in found.notes if not note.startswith("This figure is not available for")]
    by = _one_of(params.get("by"), BYS, "tenth", "a way to group areas", notes)
    part = params.get("show", "")
    if part and part not in PARTS:
        notes.append(f"This page has no part called {quoted(part)}.")
        part = ""
    levels = [level for level in LEVELS if level in bundle.levels(indicator.id)]
    if found.places and all(bundle.neighbourhood_status(code) is None for code in found.places):
        levels = [level for level in levels if level != "neighbourhood"]
    several = len(found.places) > 1 and "ward" in levels
    level = _one_of(
        params.get("level"), tuple(levels), "ward" if several else levels[0] if levels else "", "areas", notes
    )
    return View(
        indicator, found.places, found.period, found.group, "fifth" if by == "fifth" else "tenth",
        part, level,
        unit, reason, tuple(notes), bundle.version,
        unit is not None and bundle.is_estimate(indicator.id, unit),
    )  # fmt: skip


def _one_of(wanted: str | None, options: tuple[str, ...], shown: str, what: str, notes: list[str]) -> str:
    if wanted is None or wanted in options:
        return wanted or shown
    notes.append(
        f"{quoted(wanted)} is not {what} that this figure has here. Showing {quoted(shown)} instead."
    )
    return shown


def lower_first(text: str) -> str:
    """The text without its capital, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def places_of(text: str) -> tuple[str, ...]:
    """Place codes from slugs, unknown ones left out."""
    return parse_places(text, config())[0]


@lru_cache(maxsize=8)
def _order(version: str, level: str) -> pd.DataFrame:
    return gradient.order(store.bundle(), level)


@lru_cache(maxsize=128)
def _all_units(
    version: str, indicator_id: str, period: str, group: str, places: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The units of the region, or of Places where some lie outside it."""
    bundle = store.bundle()
    level = gradient.unit_level(bundle, indicator_id)
    order = _order(version, level) if level else None
    return gradient.units(bundle, gradient.in_units(bundle, indicator_id), period, group, places, order)


def _units_of(
    version: str, indicator_id: str, period: str, group: str, places: tuple[str, ...]
) -> pd.DataFrame:
    """The units of some Places."""
    outside = set(places) - set(store.bundle().config.region_places)
    units = _all_units(version, indicator_id, period, group, places if outside else ())
    return units[units["place_code"].isin(places)]


@lru_cache(maxsize=256)
def _results(
    version: str, indicator_id: str, period: str, group: str, places: tuple[str, ...]
) -> tuple[pd.DataFrame, Findings]:
    region = _all_units(version, indicator_id, period, group)
    own = _units_of(version, indicator_id, period, group, places).reset_index(drop=True)
    return own, findings.find(gradient.in_units(store.bundle(), indicator_id), own, region)


def results(view: View) -> tuple[pd.DataFrame, Findings]:
    """The units of the view and what the tests found among them."""
    return _results(view.version, view.indicator.id, view.period, view.group, view.places)


@lru_cache(maxsize=64)
def _neighbours(version: str, level: str, places: tuple[str, ...]) -> tuple[tuple[str, ...], Neighbours]:
    return hot_spots.neighbours(store.bundle(), level, places)


@lru_cache(maxsize=64)
def _spots(
    version: str, indicator_id: str, period: str, group: str, places: tuple[str, ...], level: str
) -> HotSpots:
    codes, near = _neighbours(version, level, places)
    own = _results(version, indicator_id, period, group, places)[0]
    return hot_spots.hot_spots(own, level, codes, near)


def spots(view: View) -> HotSpots | None:
    """Hot and cold spots of the view; None where the indicator has no units."""
    if view.unit_level is None:
        return None
    return _spots(view.version, view.indicator.id, view.period, view.group, view.places, view.unit_level)


@lru_cache(maxsize=64)
def _over_time(version: str, indicator_id: str, group: str, places: tuple[str, ...]) -> pd.DataFrame:
    bundle = store.bundle()
    indicator = gradient.in_units(bundle, indicator_id)
    level = gradient.unit_level(bundle, indicator_id)
    frames = {}
    for period in bundle.periods(indicator_id, level, group):
        frames[period] = _units_of(version, indicator_id, period, group, places)
    return findings.over_time(indicator, gradient.steady(frames))


def over_time(view: View) -> pd.DataFrame:
    """The gap along the slope for every period, over the same areas in each."""
    return _over_time(view.version, view.indicator.id, view.group, view.places)


def group_pair(view: View, bundle: Bundle) -> tuple[str, str] | None:
    """Two groups of the indicator that are two ends of an inequality; None where there are none."""
    have = set(bundle.groups(view.indicator.id))
    return next((pair for pair in GROUP_PAIRS if set(pair) <= have), None)


@lru_cache(maxsize=2)
def _inside(version: str, level: str) -> dict[str, str]:
    weights = store.weights()
    rows = weights[weights["to_level"] == level].sort_values(["from_code", "share"])
    last = rows.drop_duplicates("from_code", keep="last")
    return dict(zip(last["from_code"].astype(str), last["to_code"].astype(str), strict=True))


def mostly_in(view: View, level: str) -> dict[str, str]:
    """By small-area code, the code of the ward or neighbourhood where most of its residents live."""
    return _inside(view.version, level)


def spread(view: View, level: str) -> tuple[Spread | None, int]:
    """How small areas differ within wards or neighbourhoods, and in how many."""
    own = results(view)[0]
    rows = gradient.known(own)
    if view.unit_level != "lsoa" or rows.empty:
        return None, 0
    bundle = store.bundle()
    groups = rows["area_code"].map(mostly_in(view, level)).map(bundle.areas["area_name"])
    rows, groups = rows[groups.notna()], groups[groups.notna()]
    try:
        return within_spread(rows["value"], rows["people"], list(groups)), groups.nunique()
    except MethodError:  # no figure at all: the page says so where it draws
        return None, 0


@lru_cache(maxsize=8)
def _scores(version: str, level: str) -> pd.DataFrame:
    bundle = store.bundle()
    return bundle.slice(gradient.SCORE, level, places=bundle.config.place_codes)


@lru_cache(maxsize=128)
def _scatter(
    version: str, indicator_id: str, period: str, group: str, places: tuple[str, ...], level: str
) -> tuple[pd.DataFrame, Steepness]:
    bundle = store.bundle()
    rows = bundle.slice(indicator_id, level, period, group, places)
    frame = scatter_deprivation.prepare(rows, _scores(version, level))
    weighed = frame.rename(columns={"score": "deprivation"})
    weighed["people"] = weighed["denominator"].where(weighed["denominator"] > 0)
    slope, _ = findings.slope_of(gradient.in_units(bundle, indicator_id), weighed)
    return frame, "untested" if slope is None else findings.direction(slope.sii)


def scatter(view: View, level: str) -> tuple[pd.DataFrame, Steepness]:
    """Areas of a level with figure and IMD score, and whether the figure is higher where deprivation is."""
    return _scatter(view.version, view.indicator.id, view.period, view.group, view.places, level)


@lru_cache(maxsize=64)
def _pair(version: str, indicator_id: str, places: tuple[str, ...], pair: tuple[str, str]) -> pd.DataFrame:
    bundle = store.bundle()
    series = [findings.series_of(bundle, bundle.catalogue[indicator_id], places, group) for group in pair]
    return findings.between_groups(*series)


def pair_over_time(view: View, pair: tuple[str, str]) -> pd.DataFrame:
    """The gap between two groups by period, in the columns of `over_time`."""
    return _pair(view.version, view.indicator.id, view.places, pair)


def parts(view: View) -> list[str]:
    """The parts of the page that this view has, in order."""
    if view.unit_level is None or view.reason not in ("", "deprivation-itself"):
        return []
    if view.indicator.aggregation not in ("rate", "weighted-mean"):
        return []
    if view.reason:  # the index against itself shows nothing, but where it gathers and how it spreads does
        return ["spots", "spread"] if view.unit_level == "lsoa" else []
    have = ["scatter", "spots"]
    if len(store.bundle().periods(view.indicator.id, view.unit_level, view.group)) > 1:
        have.append("time")
    if view.unit_level == "lsoa":
        have.append("spread")
    if results(view)[1].concentration is not None:
        have.append("curve")
    return have
