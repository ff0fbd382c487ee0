"""What the Pioneer Places page shows, read from the address, and its figures, prepared once for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.selection import quoted
from data import pioneer_registers, pioneer_teams, pioneers
from data.pioneer_registers import Change, Clusters, Gap
from data.pioneers import Burden
from data.query import Bundle
from geo.config import Place
from methods.results import Estimate


@dataclass(frozen=True)
class View:
    """One view: the Place, the kind of area of the list, the area looked at closely, and what to say of the
    address."""

    place: Place
    level: str
    area: str | None
    notes: tuple[str, ...] = ()

    @property
    def map_level(self) -> str:
        """Networks have patients and no boundaries: beside them the map shows wards."""
        return "ward" if self.level == "pcn" else self.level


@dataclass(frozen=True)
class Areas:
    """The figures of the areas of one level."""

    burden: Burden
    behind: Mapping[str, Estimate]


@dataclass(frozen=True)
class Registers:
    """The registers of the Place one by one; `missing` are the years for which there is none."""

    clusters: Clusters | None
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]
    missing: tuple[str, ...]


def read(params: Mapping[str, str], bundle: Bundle) -> View | None:
    """The view that an address asks for; None where config.toml names no pioneer Place."""
    place, note = pioneers.chosen(bundle.config, params.get("place"))
    if place is None:
        return None
    notes = [note] if note else []
    level = params.get("level", pioneers.LEVELS[0])
    if level not in pioneers.LEVELS:
        notes.append(f"This page has no kind of area called {quoted(level)}. Showing wards instead.")
        level = pioneers.LEVELS[0]
    area = params.get("area", "").strip().upper() or None
    return View(place, level, area, tuple(notes))


@st.cache_resource(max_entries=32, show_spinner=False)
def _areas(version: str, place_code: str, level: str, _bundle: Bundle) -> Areas | None:
    found = pioneers.burden(_bundle, pioneers.support(version), place_code, level)
    return None if found is None else Areas(found, pioneers.behind(found))


@st.cache_resource(max_entries=16, show_spinner=False)
def _registers(version: str, place_code: str, beside: tuple[str, ...], _bundle: Bundle) -> Registers:
    changes = tuple(pioneer_registers.changes(_bundle, place_code))
    return Registers(
        pioneer_registers.clusters(_bundle, place_code),
        changes,
        tuple(pioneer_registers.gaps(_bundle, pioneers.support(version), [place_code, *beside])),
        tuple(pioneer_registers.missing_years(changes)),
    )


@dataclass(frozen=True)
class Teams:
    """Networks of a Place as teams (see `pioneer_teams.teams`), and how many practices are in none."""

    table: pd.DataFrame
    loose: int


@st.cache_resource(max_entries=16, show_spinner=False)
def _teams(version: str, place_code: str, _bundle: Bundle) -> Teams:
    table = pioneer_teams.teams(_bundle, pioneers.support(version), place_code)
    return Teams(table, pioneer_teams.without_network(_bundle, place_code))


def teams(bundle: Bundle, place: Place) -> Teams:
    """The networks of the Place."""
    return _teams(bundle.version, place.code, bundle)


def areas(bundle: Bundle, place: Place, level: str) -> Areas | None:
    """The areas of a level; None where the tables have no figures for them."""
    return _areas(bundle.version, place.code, level, bundle)


def beside(bundle: Bundle, place: Place) -> list[Place]:
    """The Places shown beside a pioneer Place: the home of the dashboard, where it is another one."""
    return [other for other in bundle.config.with_role("home") if other.code != place.code]


def registers(bundle: Bundle, place: Place) -> Registers:
    """The registers of the Place, beside those of the home Place."""
    return _registers(
        bundle.version, place.code, tuple(other.code for other in beside(bundle, place)), bundle
    )
