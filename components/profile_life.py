"""The figures of an area through life, from birth to later life, or by the Marmot principles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Literal

import streamlit as st

from components import how_sure, tables, trend_arrow
from components.key_figures import (
    Line,
    Wanted,
    benchmark_cell,
    has_value,
    header,
    lines,
)
from components.profile_open import fold
from components.profile_sections import benchmarks, not_available, sources_note
from components.selection import hold, quoted, remember
from data.catalogue.model import MARMOT, Indicator
from data.comparison import keys
from data.query import Bundle
from house_style.area_facts import name_of
from house_style.level_names import listed

By = Literal["life", "marmot"]
WORDS: dict[str, str] = {"life": "Through life", "marmot": "By the Marmot principles"}
KEY = "profile-by"
FIRST = 4  # rows of a group before the rest, which opens
STAGES = {
    "starting-well": "Starting well",
    "growing-up": "Childhood and school",
    "working-age": "Working age",
    "later-life": "Later life",
    "all-ages": "At every age",
}
# Positions, scores and ratios need an analyst: they stand with the other measures, on the map and in Compare.
NOT_PLAIN = ("rank", "decile", "score", "ratio", "count")
ELSEWHERE = ("ethnic-group", "tenure", "gld-previous-framework", "under-fives")  # who lives here; ended; ages
MORE_THAN_A_PLACE = ("pcn", "region", "england")


def by_of(params: Mapping[str, str], notes: list[str]) -> By:
    """The order that an address asks for: "life" unless it says "marmot"."""
    wanted = params.get("by", "life")
    if wanted not in WORDS:
        notes.append(f"There is no order called {quoted(wanted)}. Showing the figures through life instead.")
    return "marmot" if wanted == "marmot" else "life"


def plain(indicator: Indicator) -> bool:
    """Whether an indicator is for everybody, and has no part of its own on the page (as registers have)."""
    own_part = indicator.id.startswith("qof-") or indicator.id in ELSEWHERE
    return not own_part and indicator.statistic not in NOT_PLAIN


def wanted(bundle: Bundle) -> list[Wanted]:
    """The rows, in catalogue order."""
    return [Wanted(*key) for key in keys(bundle) if plain(bundle.catalogue[key[0]])]


def rows(bundle: Bundle, code: str) -> list[Line]:
    """Every row that the area or a benchmark has a figure for."""
    return _rows(bundle.version, code, bundle)


@st.cache_resource(max_entries=64, show_spinner=False)
def _rows(version: str, code: str, _bundle: Bundle) -> list[Line]:
    return lines(_bundle, wanted(_bundle), code, benchmarks(_bundle, code))


def groups(found: Sequence[Line], by: By) -> list[tuple[str, list[Line]]]:
    """The rows under the headings of an order, empty headings too; figures with a good end first."""
    names = STAGES if by == "life" else MARMOT
    of: Callable[[Indicator], str] = (
        (lambda item: item.life_stage) if by == "life" else (lambda item: item.marmot_principle)
    )
    ordered = sorted(found, key=lambda item: item.indicator.polarity == "neutral")
    return [(title, [item for item in ordered if of(item.indicator) == key]) for key, title in names.items()]


def tally(found: Sequence[Line], country: str) -> str:
    """How many of a group's figures are better, similar or worse than England's; "" where none is judged."""
    judged = [item.judgements.get(country, "not compared") for item in found]
    known: list[str] = [word for word in judged if word in ("better", "worse")]
    known += [
        "similar"
        for item, word in zip(found, judged, strict=True)
        if word == "similar" and item.indicator.polarity != "neutral"
    ]
    if not known:
        return ""
    counts = [(word, known.count(word)) for word in ("better", "similar", "worse")]
    said = [
        f"{count} {word} {'to' if word == 'similar' else 'than'} England" for word, count in counts if count
    ]
    return f"{listed(said)}."


def table_html(bundle: Bundle, code: str, found: Sequence[Line], caption: str) -> str:
    """Rows of figures: the area with its limits and trend, Place, England."""
    marks = benchmarks(bundle, code)
    body, under = [], []
    for item in found:
        own = trend_arrow.cell(bundle, code, item)
        body.append((header(item), [own, *(benchmark_cell(item, mark) for mark in marks)]))
        estimate = item.area is not None and item.area.basis == "modelled"
        under.append(
            how_sure.details_html(bundle, item.indicator, item.area, about=item.title)
            if estimate and item.area is not None
            else ""
        )
    columns = ["Figure", name_of(bundle, code), *(name_of(bundle, mark) for mark in marks)]
    return tables.figures_html(caption, columns, body, hide_caption=True, roomy=True, below=under)


def group_html(bundle: Bundle, code: str, title: str, found: Sequence[Line]) -> str:
    """A heading, how the figures compare, the first rows, and the rest, which opens."""
    shown = [item for item in found if has_value(item.area)]
    text = f"<h3>{escape(title)}</h3>"
    said = tally(shown, bundle.config.country_code)
    text += f'<p class="quiet">{escape(said)}</p>' if said else ""
    first, rest = shown[:FIRST], shown[FIRST:]
    if len(rest) == 1:
        first, rest = shown, []
    if first:
        text += table_html(bundle, code, first, title)
    if rest:
        table = table_html(bundle, code, rest, f"{title}: the rest")
        text += f'<details class="about"><summary>{len(rest)} more figures</summary>{table}</details>'
    missing = "".join(f"<p>{escape(said)}</p>" for said in not_available(list(found)))
    if missing:
        count = len(found) - len(shown)
        text += (
            f'<details class="about"><summary>{count} more not available here</summary>{missing}</details>'
        )
    if not found:
        text += '<p class="quiet">We have no figure for this yet.</p>'
    return f'<section class="stage">{text}</section>'


@lru_cache(maxsize=256)
def html(bundle: Bundle, code: str, by: By) -> str:
    """All groups of an order in one piece."""
    return "".join(group_html(bundle, code, title, found) for title, found in groups(rows(bundle, code), by))


def show(bundle: Bundle, code: str, by: By, opened: frozenset[str]) -> None:
    """Draw the switch, the figures in their groups, and how sure they are."""
    st.html("<h2>The figures, from birth to later life</h2>")
    hold(KEY, by)
    st.segmented_control(
        "In the order of",
        list(WORDS),
        format_func=lambda key: WORDS[key],
        key=KEY,
        label_visibility="collapsed",
        on_change=lambda: remember(by="marmot" if st.session_state[KEY] == "marmot" else None),
    )
    st.html(
        f'<p class="quiet">{tables.KEY} No comparison where no margin of error is known.</p>'
        + html(bundle, code, by)
    )
    with fold("figures", "How sure are these figures, and where are they from?", opened) as is_open:
        if is_open:
            known = [item for item in rows(bundle, code) if has_value(item.area) and item.area is not None]
            parts = "".join(
                how_sure.details_html(bundle, item.indicator, item.area, summary=item.title)
                for item in known
                if item.area is not None
            )
            st.html(f'{parts}<p class="quiet small">{escape(sources_note(known))}</p>')
