"""The whole table of figures by areas: in each cell the figure, a shape and a word; colour repeats them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal, get_args

import pandas as pd

from components import navigation
from components.compare_areas import Area, badge
from data.catalogue.model import THEMES
from data.comparison import Cell, Line
from house_style.figures import STATUS_WORDS, figure, period_words

Sort = Literal["theme", "worse", "better", "name"]
SORTS: tuple[Sort, ...] = get_args(Sort)
SORT_WORDS: dict[Sort, str] = {
    "theme": "Theme by theme",
    "worse": "Most often worse first",
    "better": "Most often better first",
    "name": "By name",
}


def prepare(lines: Sequence[Line], sort: Sort = "theme") -> list[Line]:
    """The lines in order. ValueError for an unknown order; ties keep the catalogue's order."""
    if sort not in SORTS:
        raise ValueError(f"the table is sorted by {', '.join(SORTS)}, not {sort!r}")
    found = list(lines)
    if sort == "name":
        return sorted(found, key=lambda line: line.title.lower())
    if sort in ("worse", "better"):
        other = "better" if sort == "worse" else "worse"
        return sorted(found, key=lambda line: (-line.count(sort), line.count(other)))
    return found


def available(lines: Sequence[Line]) -> bool:
    """Whether any line has a figure."""
    return bool(lines)


def cell_words(line: Line, cell: Cell) -> tuple[str, str]:
    """The figure and the judgement of a cell in words; the second is "" where there is no figure."""
    if cell.area is None or cell.area.value is None:
        withheld = cell.area is not None and cell.area.status == "suppressed"
        return (STATUS_WORDS["suppressed"] if withheld else "no figure"), ""
    value = figure(line.indicator, cell.area.value)
    if cell.area.period != line.period:
        value += f" ({cell.area.period})"
    return value, str(cell.verdict)


def _cell_html(line: Line, cell: Cell) -> str:
    value, word = cell_words(line, cell)
    if not word:
        return f'<td class="none">{escape(value)}</td>'
    # short on purpose: there are hundreds of cells; the style sheet adds the shape between figure and word
    words = "weak estimate" if cell.area and cell.area.reliability == "D" else "estimate"
    weak = f'<span class="sub">{words}</span>' if cell.area and cell.area.basis == "modelled" else ""
    kind = cell.verdict.replace(" ", "-")
    return f'<td class="{kind}"><b>{escape(value)}</b> {escape(word)}{weak}</td>'


def mark_of(line: Line) -> str:
    """The benchmark's figure for a line, where the areas have one in common; "" otherwise."""
    marks = {cell.mark for cell in line.cells if cell.mark is not None and cell.mark.period == line.period}
    value = next(iter(marks)).value if len(marks) == 1 else None
    return "" if value is None else figure(line.indicator, value)


def _row_html(line: Line, beside: bool) -> str:
    about = escape(navigation.address("data", indicator=line.indicator.id), quote=True)
    period = escape(period_words(line.indicator, line.period))
    head = f'<a href="{about}" target="_self">{escape(line.title)}</a><span class="sub">{period}</span>'
    mark = f'<td class="beside">{escape(mark_of(line) or "no figure")}</td>' if beside else ""
    cells = "".join(_cell_html(line, cell) for cell in line.cells)
    return f'<tr><th scope="row">{head}</th>{mark}{cells}</tr>'


def draw(
    lines: Sequence[Line], areas: Sequence[Area], *, caption: str, by_theme: bool, beside: str = ""
) -> str:
    """The table as HTML with caption, column and row headers, and headers of themes where `by_theme`.

    `beside` names the benchmark whose figures get a column of their own, "" for none.
    """
    columns = "".join(
        f'<th scope="col">{badge(area)} {escape(area.name)}<span class="sub">{escape(area.kind)}</span></th>'
        for area in areas
    )
    if beside:
        columns = f'<th scope="col">{escape(beside)}<span class="sub">compared with</span></th>{columns}'
    width = len(areas) + 1 + bool(beside)
    bodies: list[str] = []
    rows: list[str] = []
    theme = ""
    for line in lines:
        if by_theme and line.indicator.theme != theme:
            if rows:
                bodies.append(f"<tbody>{''.join(rows)}</tbody>")
            theme = line.indicator.theme
            head = f'<th scope="rowgroup" colspan="{width}"><span>{escape(THEMES[theme])}</span></th>'
            rows = [f"<tr>{head}</tr>"]
        rows.append(_row_html(line, bool(beside)))
    bodies.append(f"<tbody>{''.join(rows)}</tbody>")
    return (
        f'<div class="rug-box" role="region" tabindex="0" aria-label="{escape(caption, quote=True)}">'
        f'<table class="rug"><caption class="visually-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Figure</th>{columns}</tr></thead>{"".join(bodies)}</table></div>'
    )


def to_table(lines: Sequence[Line], areas: Sequence[Area]) -> pd.DataFrame:
    """Figures down, areas across, every cell as words: "37.2%, worse"."""
    rows = []
    for line in lines:
        row = {"Figure": line.title, "Period": line.period}
        for area, cell in zip(areas, line.cells, strict=True):
            row[area.name] = ", ".join(part for part in cell_words(line, cell) if part)
        rows.append(row)
    return pd.DataFrame(rows, columns=["Figure", "Period", *(area.name for area in areas)])


def takeaway(lines: Sequence[Line], names: Mapping[str, str], *, than: str) -> str:
    """Which figures all areas are judged worse on, from the judgements alone; "" where there is none."""
    if not lines or not names:
        return ""
    all_worse = [line.title for line in lines if line.count("worse") == len(line.cells)]
    if not all_worse:
        return ""
    who = "All of these areas are" if len(names) > 1 else f"{next(iter(names.values()))} is"
    shown = "; ".join(all_worse[:4])
    more = f"; and {len(all_worse) - 4} more" if len(all_worse) > 4 else ""
    return f"{who} worse than {than} on: {shown}{more}."
