"""Small tables as HTML with proper headers; long ones are drawn by `long_table`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from methods.compare import Judgement

# Shapes without a direction for better and worse, so that they are not read as up and down.
SHAPES: Mapping[Judgement, str] = {
    "better": "■",
    "similar": "●",
    "worse": "◆",
    "higher": "↑",
    "lower": "↓",
    "not compared": "–",
}
AS_TABLE = "The same as a table"


@dataclass(frozen=True)
class Cell:
    """One cell of a small table: the figure, a judgement beside it, and a quiet line below."""

    text: str
    verdict: Judgement | None = None
    than: str = ""
    note: str = ""


def verdict_words(judgement: Judgement, than: str = "") -> str:
    """A judgement in words: "worse than England", "similar to England", "not compared"."""
    if judgement == "not compared" or not than:
        return judgement
    return f"{judgement} {'to' if judgement == 'similar' else 'than'} {than}"


def verdict_html(judgement: Judgement, than: str = "") -> str:
    """A judgement as a shape and words; colour only repeats what both already say."""
    return (
        f'<span class="verdict {judgement.replace(" ", "-")}">'
        f'<span class="shape" aria-hidden="true">{SHAPES[judgement]}</span>'
        f"{escape(verdict_words(judgement, than))}</span>"
    )


def _cell_html(cell: Cell | str) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    verdict = f"<br>{verdict_html(cell.verdict, cell.than)}" if cell.verdict else ""
    note = f'<span class="sub">{escape(cell.note)}</span>' if cell.note else ""
    return f'<td class="number">{escape(cell.text)}{verdict}{note}</td>'


def figures_html(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str | tuple[str, str], Sequence[Cell | str]]],
    *,
    hide_caption: bool = False,
    roomy: bool = False,
    below: Sequence[str] = (),
    links: Sequence[str] = (),
) -> str:
    """A small table with a caption, column headers and row headers.

    Parameters
    ----------
    caption
        What the table shows; it is read out first.
    columns
        Headers, the first for the column of row headers.
    rows
        A row header (or header and quiet second line) with one cell for each further column.
    roomy
        True for a table over the whole page, whose columns would otherwise stand too far apart.
    below
        HTML to stand under each row over the whole width, "" for none; empty for nothing under any.
    links
        Where each row's header leads, "" for nowhere; empty for no links at all.

    Raises
    ------
    ValueError
        When a row has not one cell for each column.
    """
    body = []
    for at, (header, cells) in enumerate(rows):
        if len(cells) != len(columns) - 1:
            raise ValueError(f"{caption}: {header} has {len(cells)} cells for {len(columns) - 1} columns")
        name, second = (header, "") if isinstance(header, str) else header
        sub = f'<span class="sub">{escape(second)}</span>' if second else ""
        under = below[at] if at < len(below) else ""
        start = '<tr class="open">' if under else "<tr>"
        called = escape(name)
        if at < len(links) and links[at]:
            called = f'<a href="{escape(links[at], quote=True)}" target="_self">{called}</a>'
        body.append(f'{start}<th scope="row">{called}{sub}</th>{"".join(map(_cell_html, cells))}</tr>')
        if under:
            body.append(f'<tr class="below"><td colspan="{len(columns)}">{under}</td></tr>')
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    style = ' class="visually-hidden"' if hide_caption else ""
    return (
        f'<div class="scroll{" wide-first" if roomy else ""}" role="region" tabindex="0" '
        f'aria-label="{escape(caption, quote=True)}">'
        f'<table class="figures"><caption{style}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def opening_html(
    frame: pd.DataFrame,
    caption: str,
    *,
    words: Callable[[Any], str] = str,
    missing: str = "not available",
) -> str:
    """A small frame as a table that opens: plain HTML, nothing of which is sent again.

    The first column gives the row headers. `words` writes a cell; `missing` stands where there is none.
    """

    def cell(value: Any) -> Cell | str:
        text = missing if pd.isna(value) else words(value)
        return Cell(text) if isinstance(value, (int, float)) else text

    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (words(first), [cell(value) for value in others])
        for first, *others in frame.astype(object).itertuples(index=False, name=None)
    ]
    inner = figures_html(caption, [str(name) for name in frame.columns], rows, hide_caption=True)
    return f'<details class="about"><summary>{AS_TABLE}</summary>{inner}</details>'


def show_figures(*args: Any, **kwargs: Any) -> None:
    """Draw a small table; the arguments are those of `figures_html`."""
    st.html(figures_html(*args, **kwargs))


KEY = "■ better, ● similar, ◆ worse, judged by 95% confidence limits; ↑ ↓ where neither end is good or bad."
