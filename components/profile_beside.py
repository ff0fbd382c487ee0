"""An area beside its neighbours and beside the areas of England most like it: a table and a sentence each."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from components import navigation, tables
from components.caveats import capital
from components.tables import Cell
from data.beside import (
    LEVELS,
    Count,
    Figure,
    Row,
    Table,
    beside_alike,
    beside_neighbours,
    counts,
    measures_of,
)
from data.catalogue.model import Indicator
from data.likeness import MEASURES, SUBJECTS
from data.query import Bundle
from house_style.area_facts import level_of, name_of
from house_style.figures import figure, limits
from house_style.level_names import listed, one
from house_style.narrative import placed

HERE = "here"
PLAIN = {
    "children-income-deprived": "children in low-income families",
    "employment-deprived": "adults out of work and on benefits",
    "older-people-income-deprived": "older people on low incomes",
    "gld": "children ready for school",
}
CLOSENESS = {"close": "a close match", "fair": "a fair match", "far": "not really alike"}
ALIKE = {"ward": "Wards", "local area": "Local areas"}
PERIODS = (
    "Figures on income, work and illness: Ministry of Housing, Communities and Local Government, English "
    "Indices of Deprivation 2025, counted in 2022 for the most part."
)


def _kind(level: str) -> str:
    """The kind of area without its initials: "local area"."""
    return one(level).split(" (")[0]


def _cell(indicator: Indicator, found: Figure, *, note: bool) -> Cell:
    if found.value is None:
        return Cell("no figure")
    return Cell(
        figure(indicator, found.value), note=limits(indicator, found.lower, found.upper) if note else ""
    )


def _row(table: Table, row: Row) -> list[Cell | str]:
    cells: list[Cell | str] = []
    for indicator, cell in zip(table.indicators, row.cells, strict=True):
        shown = _cell(indicator, cell.figure, note=False)
        verdict = None if cell.verdict == "not compared" else cell.verdict
        cells.append(Cell(shown.text, verdict=verdict, than=HERE if verdict else ""))
    return cells


def table_html(bundle: Bundle, table: Table, caption: str) -> str:
    """This area with its limits first, then one row an area, with a link where there is a profile."""
    own: list[Cell | str] = [
        _cell(indicator, found, note=True)
        for indicator, found in zip(table.indicators, table.own, strict=True)
    ]
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        ((name_of(bundle, table.code), "this page"), own)
    ]
    links = [""]
    for row in table.rows:
        under = ", ".join(text for text in (row.where, CLOSENESS.get(row.closeness, "")) if text)
        rows.append(((row.name, under) if under else row.name, _row(table, row)))
        links.append(navigation.address("profile", area=row.code) if row.code else "")
    columns = ["Area", *(indicator.short_title for indicator in table.indicators)]
    return tables.figures_html(caption, columns, rows, hide_caption=True, links=links)


def _split(count: Count) -> str:
    """ "5 are better and 1 is similar"; judgements that nobody got are left out."""
    parts = [(count.better, "better"), (count.similar, "similar"), (count.worse, "worse")]
    return listed([f"{number} {'is' if number == 1 else 'are'} {word}" for number, word in parts if number])


def _called(indicator: Indicator) -> str:
    return PLAIN.get(indicator.id, indicator.short_title.lower())


def takeaway(found: list[Count], others: str) -> str:
    """What the tests found: the first figure compared, then those on which all others differ one way.

    `others` are the areas in words, without their number: "wards that border Speke".
    """
    if not found:
        return ""
    first, *rest = found
    them = f"the {first.tested} {others}" if first.tested > 1 else others
    parts = [f"For {_called(first.indicator)}, we looked at {them}. {capital(_split(first))}."]
    for word in ("better", "worse"):
        clear = [_called(count.indicator) for count in rest if getattr(count, word) == count.tested > 1]
        if clear:
            parts.append(f"All of them are {word} on {listed(clear)}.")
    return " ".join(parts)


def closest_sentence(table: Table, kind: str) -> str:
    """How near the nearest is, by the documented thresholds."""
    first = table.rows[0]
    name = first.name + (f" ({first.where})" if first.where else "")
    if first.closeness == "far":
        return (
            f"No {kind} elsewhere in England is really like it. The nearest is {name}, and 19 in 20 "
            f"{kind}s have a closer match than that. Read this comparison with care."
        )
    if first.closeness == "fair":
        return f"The nearest is {name}. It is a fair match: more than half of {kind}s have a closer one."
    return f"The nearest is {name}. It is a close match: half of England’s {kind}s have none so close."


def _share(value: float) -> str:
    """A share of 1 without decimals; some are never written as none."""
    return "under 1%" if 0 < value < 0.005 else f"{100 * value:.0f}%"


def likeness_html(bundle: Bundle, table: Table, kind: str) -> str:
    """What the likeness is made of, one click away: the measures of the areas, and how they are weighed."""
    listing = bundle.similar_areas[bundle.similar_areas["area_code"] == table.code].sort_values("rank")
    codes = [table.code, *listing["similar_code"]]
    measured = measures_of(bundle, codes)
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = []
    for measure in MEASURES:
        values = [float(value) for value in measured.loc[measure.key]]
        texts = [f"{value:,.0f}" if measure.key == "density" else _share(value) for value in values]
        rows.append(((capital(measure.words), measure.subject), list(texts)))
    columns = ["Census 2021", name_of(bundle, table.code), *(row.name for row in table.rows)]
    inner = tables.figures_html("What makes these areas alike", columns, rows, hide_caption=True)
    left_out = f"{ALIKE.get(kind, '')} of the same council are left out."
    if kind == "council":
        left_out = (
            "Only councils that do all of a council’s work are looked at, as Places do, not shire districts."
        )
    text = (
        f"Alike means: near each other on {len(MEASURES)} measures of the 2021 Census, listed here. "
        f"Each of the {len(SUBJECTS)} subjects ({listed([subject.lower() for subject in SUBJECTS])}) "
        f"counts the same. None of the figures compared above is among them. {left_out} A match is close "
        f"when half of England’s {kind}s have none so close; it is no match when 19 in 20 have a closer "
        "one."
    )
    return (
        '<details class="about"><summary>What makes them alike</summary>'
        f'<p class="quiet">{escape(text)}</p>{inner}</details>'
    )


def folded(summary: str, inner: str, opened: bool) -> str:
    """A table that opens under its sentence."""
    state = " open" if opened else ""
    return f'<details class="about"{state}><summary>{escape(summary)}</summary>{inner}</details>'


@lru_cache(maxsize=256)
def neighbours_html(bundle: Bundle, code: str, *, opened: bool = False) -> str:
    """The part on neighbours, as HTML; "" where the area has none here."""
    table = beside_neighbours(bundle, code)
    if not table.rows or not table.indicators:
        return ""
    level, name, number = level_of(bundle, code), name_of(bundle, code), len(table.rows)
    kinds = f"{_kind(level)}s that border" if number > 1 else f"the one {_kind(level)} that borders"
    sentence = takeaway(counts(table), f"{kinds} {placed(name)}")
    missing = "" if level == "neighbourhood" else " Areas outside Cheshire and Merseyside are not among them."
    if level == "neighbourhood":
        missing = " Only Places with a list of neighbourhoods have any here."
    note = (
        f"{tables.KEY} Words say how the other area compares with {name}, by the limits of the "
        f"difference between the two. No words where a figure has no limits. {PERIODS}{missing}"
    )
    inner = table_html(bundle, table, f"{name} and its neighbours")
    return (f'<p class="lede">{escape(sentence)}</p>' if sentence else "") + folded(
        "Show the neighbours", f'{inner}<p class="quiet small">{escape(note)}</p>', opened
    )


@lru_cache(maxsize=256)
def alike_html(bundle: Bundle, code: str, *, opened: bool = False) -> str:
    """The part on areas alike in England, as HTML; for a neighbourhood, why there are none."""
    level, name = level_of(bundle, code), name_of(bundle, code)
    if level == "neighbourhood":
        links = ", ".join(
            f'<a href="{escape(navigation.address("profile", area=ward), quote=True)}" target="_self">'
            f"{escape(name_of(bundle, ward))}</a>"
            for ward in bundle.wards_of(code)
        )
        return (
            '<p class="quiet">England has no areas of the size of a neighbourhood to compare with: its wards '
            "are smaller, and so spread wider, and its councils are larger. Each ward of this neighbourhood "
            f"has its own likes: {links}.</p>"
        )
    table = beside_alike(bundle, code)
    if not table.rows or not table.indicators:
        return ""
    kind = "council" if level == "place" else _kind(level)
    sentence = takeaway(counts(table), f"{kind}s most like {placed(name)}")
    inner = table_html(bundle, table, f"{name} and the areas of England most like it")
    inner += f'<p class="quiet small">{escape(f"{tables.KEY} {PERIODS}")}</p>'
    return f'<p class="lede">{escape(closest_sentence(table, kind))} {escape(sentence)}</p>' + folded(
        "Show the areas like it", inner + likeness_html(bundle, table, kind), opened
    )


def show(bundle: Bundle, code: str, *, opened: bool = False) -> None:
    """Draw both parts as one element, their tables folded or `opened`; nothing for other kinds of area."""
    if level_of(bundle, code) not in LEVELS:
        return
    drawn = (
        ("Beside its neighbours", neighbours_html(bundle, code, opened=opened)),
        ("Beside areas like it in England", alike_html(bundle, code, opened=opened)),
    )
    body = "".join(f"<h2>{title}</h2>{html}" for title, html in drawn if html)
    if body:
        st.html(body)
