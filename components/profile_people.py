"""Who lives here: a few facts of the census as tiles, beside Place and England."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from components.key_figures import Figures, Wanted, figures_of, has_value, line
from components.profile_sections import benchmarks
from components.tables import verdict_html
from data.query import Bundle, Observation
from house_style import narrative
from house_style.area_facts import name_of
from house_style.figures import figure, number

AGES = "population-by-age"
UNDER_16 = ("age-00-04", "age-05-09", "age-10-14")
TILES = (
    ("aged-65-and-over", "Aged 65 and over"),
    ("ethnic-minority", "From ethnic minorities"),
    ("social-rented", "Renting a social home"),
)
SOURCE = "Office for National Statistics, Census 2021. It was taken in March 2021, during the pandemic."


@dataclass(frozen=True)
class Tile:
    """One fact: what, how much, and its benchmarks as (words, verdict)."""

    name: str
    value: str
    beside: tuple[str, ...]
    verdict: str = ""


def _ages(figures: Figures) -> dict[str, Observation]:
    """The latest figure of every age band."""
    return {group: series[max(series)] for (key, group), series in figures.items() if key == AGES}


def young(bundle: Bundle, code: str) -> float | None:
    """The share of residents under 15, in per cent; None where an age band has no figure."""
    values = {group: found.value for group, found in _ages(figures_of(bundle, code)).items()}
    known = [value for value in values.values() if value is not None]
    if not known or len(known) < len(values) or not sum(known):
        return None
    return sum(values[group] or 0.0 for group in UNDER_16) / sum(known) * 100


def tiles(bundle: Bundle, code: str) -> list[Tile]:
    """Residents, children, older people, ethnic minorities, homes: what the area has figures for."""
    marks = benchmarks(bundle, code)
    found = []
    people = narrative.number_or_none(bundle.areas["population"].get(code))
    if people is not None:
        found.append(Tile("People who live here", number(people), ("Census 2021",)))
    share = young(bundle, code)
    if share is not None:
        others = [(name_of(bundle, mark), young(bundle, mark)) for mark in marks]
        beside = tuple(f"{name} {value:.1f}%" for name, value in others if value is not None)
        found.append(Tile("Aged under 15", f"{share:.1f}%", beside))
    country = bundle.config.country_code
    for indicator_id, name in TILES:
        item = line(bundle, Wanted(indicator_id), code, marks)
        if item is None or item.area is None or not has_value(item.area):
            continue
        beside = tuple(
            f"{name_of(bundle, mark)} {figure(item.indicator, other.value)}"
            for mark, other in item.benchmarks.items()
            if other is not None and has_value(other)
        )
        judged = item.judgements.get(country, "not compared")
        verdict = verdict_html(judged, "England") if judged != "not compared" else ""
        found.append(Tile(name, figure(item.indicator, item.area.value), beside, verdict))
    return found


def tiles_html(found: list[Tile]) -> str:
    """The tiles as HTML."""
    return "".join(
        f'<div class="big"><p class="name">{escape(tile.name)}</p><p class="value">{escape(tile.value)}</p>'
        f'<p class="beside">{escape(", ".join(tile.beside))}</p>{tile.verdict}</div>'
        for tile in found
    )


def show(bundle: Bundle, code: str) -> None:
    """Draw the heading and the tiles; nothing where the area has no people (networks of practices)."""
    found = tiles(bundle, code)
    if found:
        name = escape(narrative.placed(name_of(bundle, code)))
        st.html(
            f'<h2>Who lives in {name}</h2><div class="figure-row people">{tiles_html(found)}</div>'
            f'<p class="quiet small">Source: {SOURCE}</p>'
        )
