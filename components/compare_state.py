"""What is compared, read from the address, and everything expensive about it kept by ids and data version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import streamlit as st

from components.charts.tartan_rug import SORTS, Sort
from components.compare_areas import MOST, Area, areas_of
from components.key_figures import figures_of
from components.selection import quoted
from data.catalogue.model import LIFE_STAGES, MARMOT, THEMES, Indicator
from data.comparison import AGAINST, Against, Line, keys, lines
from data.query import Bundle
from data.spread import RankedLevel, Spread, SpreadKey, ranked, spreads
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from house_style.level_names import listed, many

VIEWS = {
    "table": "All figures",
    "spines": "Among their like",
    "figure": "One figure: rank and trend",
    "ages": "Ages",
}
FILTERS = {"theme": THEMES, "marmot": MARMOT, "life": LIFE_STAGES}
AGES = "population-by-age"
SPREAD_LEVELS = ("lsoa", "msoa", "ward", "neighbourhood", "place", "pcn")


@dataclass(frozen=True)
class Among:
    """All areas of one kind, in Cheshire and Merseyside or in one Place (`place` is its code, or "")."""

    level: str
    place: str = ""

    @property
    def key(self) -> str:
        """As the address has it: "ward" or "ward.liverpool"."""
        return f"{self.level}.{config().place(self.place).slug}" if self.place else self.level

    @property
    def words(self) -> str:
        """ "wards in Liverpool"."""
        where = config().place(self.place).name if self.place else config().region_name
        return f"{many(self.level)} in {where}"


@dataclass(frozen=True)
class CompareState:
    """The view in the address, made valid."""

    codes: tuple[str, ...]
    view: str
    against: Against
    among: Among | None
    filters: Mapping[str, str]
    sort: Sort
    figure: str
    notes: tuple[str, ...] = ()


def _codes(params: Mapping[str, str], bundle: Bundle, notes: list[str]) -> tuple[str, ...]:
    if "areas" not in params:
        first = params.get("area", "").strip().upper()
        if first in bundle.areas.index:
            return (first, *bundle.comparators(first))
        return tuple(place.code for role in ("home", "pioneer") for place in config().with_role(role))[:MOST]
    wanted = list(dict.fromkeys(part.strip() for part in params["areas"].split(",") if part.strip()))
    known = [code if code in bundle.areas.index else code.upper() for code in wanted]
    known = list(dict.fromkeys(code for code in known if code in bundle.areas.index))
    unknown = [
        code for code in wanted if code not in bundle.areas.index and code.upper() not in bundle.areas.index
    ]
    if unknown:
        what = listed([quoted(code) for code in unknown[:MOST]])
        more = f" and {len(unknown) - MOST} more" if len(unknown) > MOST else ""
        kept = " The others are shown." if known else ""
        notes.append(f"There is no area with the code {what}{more}.{kept}")
    if len(known) > MOST:
        left = listed([name_of(bundle, code) for code in known[MOST:][:MOST]])
        notes.append(f"At most {MOST} areas can be compared. Left out: {left}.")
    return tuple(known[:MOST])


def options_among(bundle: Bundle, codes: tuple[str, ...]) -> list[Among]:
    """The kinds of area that the compared areas can be shown among, those with most of them first."""
    found: dict[Among, int] = {}
    for code in codes:
        level, place = level_of(bundle, code), place_of(bundle, code)
        if level not in SPREAD_LEVELS:
            continue
        choices = [Among(level)] if bundle.in_region(code) else []
        if place and level != "place":
            choices.append(Among(level, place))
        for choice in choices:
            found[choice] = found.get(choice, 0) + 1
    order = list(found)
    return sorted(found, key=lambda choice: (-found[choice], order.index(choice)))


def inside(bundle: Bundle, among: Among, areas: list[Area]) -> list[Area]:
    """Those of the compared areas that are of the kind, and in the Place."""
    return [
        area
        for area in areas
        if level_of(bundle, area.code) == among.level
        and (place_of(bundle, area.code) == among.place if among.place else bundle.in_region(area.code))
    ]


def _pick(params: Mapping[str, str], name: str, allowed: tuple[str, ...], notes: list[str], what: str) -> str:
    wanted = params.get(name, "")
    if not wanted or wanted in allowed:
        return wanted
    notes.append(f"There is no {what} {quoted(wanted)}. Showing everything instead.")
    return ""


def read(params: Mapping[str, str], bundle: Bundle) -> CompareState:
    """The comparison that an address asks for; what cannot be used is named in the notes."""
    notes: list[str] = []
    codes = _codes(params, bundle, notes)
    view = params.get("view", "table")
    view = view if view in VIEWS else "table"
    # the ages have no choice of benchmark: one from another view must not work unseen
    against = "england" if view == "ages" else params.get("with", "england")
    sort = params.get("sort", "theme")
    choices = options_among(bundle, codes)
    wanted = params.get("among", "")
    among = next((choice for choice in choices if choice.key == wanted), choices[0] if choices else None)
    what = {"theme": "theme", "marmot": "Marmot principle", "life": "life stage"}
    filters = {name: _pick(params, name, tuple(FILTERS[name]), notes, what[name]) for name in FILTERS}
    figure = params.get("indicator", "")
    if figure and figure.split(":")[0] not in {item.id for item in bundle.indicators()}:
        notes.append(f"There is no indicator called {quoted(figure)}. Showing another one instead.")
        figure = ""
    return CompareState(
        codes,
        view,
        against if against in AGAINST else "england",
        among,
        filters,
        sort if sort in SORTS else get_args(Sort)[0],
        figure,
        tuple(notes),
    )


def fits(indicator: Indicator, filters: Mapping[str, str]) -> bool:
    """Whether an indicator passes the filters."""
    own = {"theme": indicator.theme, "marmot": indicator.marmot_principle, "life": indicator.life_stage}
    return all(not wanted or own[name] == wanted for name, wanted in filters.items())


@st.cache_resource(max_entries=2, show_spinner=False)
def _keys(version: str, _bundle: Bundle) -> list[tuple[str, str]]:
    return keys(_bundle)


@st.cache_resource(max_entries=128, show_spinner=False)
def _lines(version: str, codes: tuple[str, ...], against: Against, _bundle: Bundle) -> list[Line]:
    wanted = _keys(version, _bundle)
    return lines(_bundle, lambda code: figures_of(_bundle, code), codes, against, wanted)


def lines_of(bundle: Bundle, state: CompareState) -> list[Line]:
    """The lines of the comparison that pass its filters."""
    if not state.codes:
        return []
    found = _lines(bundle.version, state.codes, state.against, bundle)
    if state.view in ("figure", "ages"):  # their controls have no filters, so none may work unseen
        return found
    return [line for line in found if fits(line.indicator, state.filters)]


def ages_of(bundle: Bundle, state: CompareState) -> list[Line]:
    """The residents by age band as lines, for the files of that view."""
    groups = [(AGES, group) for group in bundle.groups(AGES)]
    return lines(bundle, lambda code: figures_of(bundle, code), state.codes, state.against, groups)


@st.cache_resource(max_entries=32, show_spinner=False)
def _spreads(version: str, level: str, place: str, _bundle: Bundle) -> dict[SpreadKey, Spread]:
    return spreads(_bundle, level, place or None)


def spreads_of(bundle: Bundle, among: Among) -> dict[SpreadKey, Spread]:
    """The spread of every figure over the areas of a kind, kept by data version."""
    return _spreads(bundle.version, among.level, among.place, bundle)


@st.cache_resource(max_entries=64, show_spinner=False)
def _ranked(
    version: str, indicator: str, group: str, period: str, level: str, place: str, _bundle: Bundle
) -> RankedLevel | None:
    return ranked(_bundle, indicator, group, period, level, place or None)


def ranks_of(bundle: Bundle, line: Line, period: str, among: Among) -> RankedLevel | None:
    """Ranks of a figure among the areas of a kind, kept by data version: the simulation takes a second."""
    return _ranked(bundle.version, line.indicator.id, line.group, period, among.level, among.place, bundle)


def compared(bundle: Bundle, state: CompareState) -> list[Area]:
    """The areas of a comparison with numbers, colours and names."""
    return areas_of(bundle, state.codes)
