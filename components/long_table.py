"""Long tables as HTML: ordered, searched and turned over with ordinary controls above them.

A grid on a canvas takes on neither the spacing of text nor the colours that a reader has set. A table does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from components.table_rows import (
    AS_LISTED,
    MISSING,
    Column,
    Order,
    columns_of,
    matching,
    ordered,
    orders,
)

CONTROLS_FROM = 13  # rows: a shorter table is seen at one glance
MOST_CELLS = 1000  # on one page of a table: what a browser takes in without a pause
MOST_ROWS = 100
LONG = 60  # letters of a cell: its column gets room for them where the screen is narrow
CSS = """
.scroll.long { overflow: auto; max-height: min(36rem, 75vh); width: fit-content; max-width: 100%;
  margin-top: .25rem; border: 1px solid var(--line); scroll-padding: 4rem 0 1rem; }
.scroll.long table.figures { border-collapse: separate; border-spacing: 0; margin: 0; font-size: .9rem; }
.scroll.long a { color: inherit; }
.scroll.long thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom;
  background: light-dark(#eef1f4, #1d2430); }
.scroll.long tbody tr:last-child > * { border-bottom: 0; }
.scroll.long :is(th, td) { min-width: 4.5rem; }
.scroll.long :is(th[scope="row"], th.head) { min-width: 9rem; }
.scroll.long th.w { min-width: 17rem; }
.scroll.long .n { text-align: right; } .scroll.long td.n { white-space: nowrap; }
@media (max-width: 640px) {
  .scroll.long :is(th, td) { min-width: 3.8rem; }
  [class*="st-key-long-"] > div { flex-basis: 100% !important; } .scroll.long { max-height: 65vh; }
  .scroll.long :is(th[scope="row"], th.head) { position: sticky; left: 0; min-width: 7rem; max-width: 9rem; }
  .scroll.long th[scope="row"] { background: light-dark(#fff, #12161f); overflow-wrap: anywhere; }
  .scroll.long thead th.head { z-index: 2; }
}
"""


def page_size(columns: int) -> int:
    """How many rows stand on one page of a table."""
    return min(MOST_ROWS, MOST_CELLS // columns // 10 * 10)


def table_html(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[int],
    *,
    head: int = 0,
    links: Sequence[str] = (),
    order: Order | None = None,
) -> str:
    """Some rows of a table in a region that scrolls and keeps its header in sight.

    `rows` are positions; `head` is the column of the row headers; `links` say for each row where its header
    leads, "" for nowhere.
    """
    heads = []
    for at, one in enumerate(columns):
        style = "head" if at == head else "n" if one.right else "w" if _long(one, rows) else ""
        kind = f' class="{style}"' if style else ""
        sort, arrow = "", ""
        if order is not None and order.column == at:
            sort = f' aria-sort="{"descending" if order.descending else "ascending"}"'
            arrow = f' <span aria-hidden="true">{"▼" if order.descending else "▲"}</span>'
        heads.append(f'<th scope="col"{kind}{sort}>{escape(one.name)}{arrow}</th>')
    body = []
    for row in rows:
        cells = []
        for at, one in enumerate(columns):
            text = escape(one.texts[row])
            if at == head:
                if links and links[row]:
                    text = f'<a href="{escape(links[row], quote=True)}">{text}</a>'
                cells.append(f'<th scope="row">{text}</th>')
            else:
                cells.append(f'<td class="n">{text}</td>' if one.right else f"<td>{text}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="scroll long" role="region" tabindex="0" aria-label="{escape(caption, quote=True)}">'
        f'<table class="figures"><caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _long(one: Column, rows: Sequence[int]) -> bool:
    return any(len(one.texts[row]) > LONG for row in rows)


def said(noun: str, total: int, found: int, first: int, last: int, text: str, by: str) -> str:
    """Which rows are shown: "Areas 1 to 100 of 298, by Rank, lowest first." `first` counts from 1."""
    search = f" with “{' '.join(text.split())}”" if text.strip() else ""
    if not found:
        return f"No {noun}{search}. Try a shorter word."
    if first == 1 and last == found:
        which = f"All {total:,} {noun}" if found == total else f"{found:,} of {total:,} {noun}"
        which += search
    else:
        which = f"{noun[0].upper()}{noun[1:]} {first:,} to {last:,} of {found:,}{search}"
        which += f" ({total:,} in all)" if found < total else ""
    return f"{which}, by {by}." if by else f"{which}."


def _first_page(key: str) -> None:
    st.session_state[key] = 0


def _order(columns: Sequence[Column], noun: str, key: str) -> tuple[Order | None, str]:
    """Draw the choice of an order; gives it with its words, "" for the order of the list."""
    offered = orders(columns)
    chosen = st.selectbox(
        f"Order of {noun}",
        list(offered),
        key=f"{key}-order",
        width=400,
        on_change=_first_page,
        args=(f"{key}-page",),
    )
    return offered[chosen], "" if chosen == AS_LISTED else chosen


def _page(count: int, size: int, noun: str, key: str) -> int:
    """Draw the choice of a page where there are several; gives its number, from 0."""
    if count <= size:
        return 0
    numbers = list(range(-(-count // size)))
    chosen: int = st.selectbox(
        f"{noun[0].upper()}{noun[1:]} shown",
        numbers,
        format_func=lambda at: f"{at * size + 1:,} to {min(count, (at + 1) * size):,}",
        key=f"{key}-page",
        width=170,
    )
    return chosen


@st.fragment
def show(
    frame: pd.DataFrame,
    caption: str,
    *,
    key: str,
    noun: str = "rows",
    head: str = "",
    link: str = "",
    file: str = "",
    source: str | Sequence[str] = "",
    searched_from: int = 0,
    missing: str = MISSING,
) -> None:
    """Draw a table with the controls it needs. Only this runs again when one of them is used.

    Parameters
    ----------
    frame
        The table as readers see it; where a value is missing, `missing` is written.
    caption
        What the table shows: the name of the region, read out first.
    key
        Of this table alone on its page.
    noun
        What the rows are, in the plural; of this table alone on its page, since it names the controls.
    head
        The column of row headers; "" for the first.
    link
        A column of addresses, which is not shown: the row headers lead there.
    file
        The stem of the CSV to download; "" where one stands beside the table already.
    source
        For a column "Source" in that file: the same for all rows, or one a row. "" for none.
    searched_from
        How many rows there are in all where a search of the page has chosen from them; the table then has no
        search of its own.
    """
    shown = frame.drop(columns=[link]) if link else frame
    columns = columns_of(shown, missing)
    if not len(frame) or not columns:
        return
    order, by, text, at = None, "", "", 0
    size = page_size(len(columns))
    rows = list(range(len(frame)))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"long-{key}"):
        if len(frame) >= CONTROLS_FROM:
            order, by = _order(columns, noun, key)
            if not searched_from:
                text = st.text_input(
                    f"Only {noun} with",
                    key=f"{key}-text",
                    width=260,
                    on_change=_first_page,
                    args=(f"{key}-page",),
                )
            rows = ordered(columns, matching(columns, text) if text else rows, order, missing)
            at = _page(len(rows), size, noun, key)
        if file:
            st.download_button(
                f"Download {noun} (CSV)",
                lambda: csv(frame, source),
                file_name=f"{file}.csv",
                mime="text/csv",
                key=f"{key}-file",
                on_click="ignore",
            )
    part = rows[at * size : (at + 1) * size]
    total = searched_from or len(frame)
    words = said(noun, total, len(rows), at * size + 1, at * size + len(part), text, by)
    leads = ["" if pd.isna(address) else str(address) for address in frame[link]] if link else []
    at_head = list(shown.columns).index(head) if head else 0
    table = table_html(caption, columns, part, head=at_head, links=leads, order=order) if part else ""
    st.html(f'<p class="quiet" role="status">{escape(words)}</p>{table}')


def csv(frame: pd.DataFrame, source: str | Sequence[str] = "") -> bytes:
    """The whole table as CSV (UTF-8 with its mark), with the source in every row where one is given."""
    taken = frame.assign(Source=source) if len(source) else frame
    return taken.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


@st.fragment
def opening(label: str, key: str, draw: Callable[[], None]) -> None:
    """A table, and what belongs to it, that is made when it is opened; only this runs again then."""
    part = st.expander(label, key=key, on_change="rerun")
    if part.open:
        with part:
            draw()
