"""Source, period, method and caveats of a figure, in plain words, under every view."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from components import store
from components.selection import with_code
from data.catalogue.model import Catalogue, Indicator
from data.query import Bundle
from geo.config import config
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS, STATUS_WORDS, period_words
from house_style.level_names import listed

INTERVALS = {
    "wilson": "95% confidence limits by Wilson's method",
    "byar": "95% confidence limits by Byar's method (exact Poisson limits for counts under 10)",
    "exact-poisson": "exact 95% Poisson confidence limits",
    "published": "95% confidence limits as the publisher printed them",
    "none": "no confidence limits",
}
AGGREGATIONS = {
    "rate": "For larger areas the counts are added up and divided again.",
    "weighted-mean": "For larger areas it is the average, weighted by the number of residents.",
    "count": "For larger areas the counts are added up.",
    "none": "Shown only for the areas for which it is published: it cannot be added up or averaged.",
}


def basis_words(bases: Iterable[str]) -> str:
    """How the figures shown were made, in words, in the order published to modelled."""
    present = set(bases)
    return "; ".join(words for key, words in BASIS_WORDS.items() if key in present)


def reliability_words(letters: Iterable[str]) -> str:
    """How far the figures shown can be trusted, in words, best first."""
    present = set(letters)
    return ". ".join(words for key, words in RELIABILITY_WORDS.items() if key in present)


def unavailable(status: str | None) -> str:
    """Why there is no figure: "not available: withheld by the publisher ..."."""
    if status == "suppressed":
        return f"not available: {STATUS_WORDS['suppressed']}"
    return "not available: not published for this area and period"


def source_line(indicator: Indicator, catalogue: Catalogue, period: str | None = None) -> str:
    """Publisher, title and period of a figure in one line of plain text."""
    source = catalogue.sources[indicator.source]
    when = f" Period shown: {period_words(indicator, period)}." if period else ""
    return f"Source: {source.publisher}, {source.title} ({source.vintage}).{when}"


def short_caveats(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The one-sentence form of every caveat of an indicator, in catalogue order."""
    return [catalogue.caveats[code].short for code in indicator.caveats]


def capital(text: str) -> str:
    """The text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def details_html(
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    period: str | None = None,
    bases: Iterable[str] = (),
    letters: Iterable[str] = (),
) -> str:
    """The block under a view: a line of source and period, and an opening part with method and caveats."""
    rows = [
        ("What it is", indicator.plain_english),
        ("Out of", indicator.denominator_text),
        ("How it is made", capital(basis_words(bases))),
        ("How far to trust it", reliability_words(letters)),
        ("Method", f"{INTERVALS[indicator.interval]}. {AGGREGATIONS[indicator.aggregation]}"),
        ("Licence", catalogue.sources[indicator.source].licence),
    ]
    definitions = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows if text)
    caveats = "".join(
        f"<li><b>{escape(catalogue.caveats[code].short)}</b> {escape(catalogue.caveats[code].detail)}</li>"
        for code in indicator.caveats
    )
    listed_caveats = f"<p>Beware</p><ul>{caveats}</ul>" if caveats else ""
    return (
        f'<p class="quiet">{escape(source_line(indicator, catalogue, period))}</p>'
        f'<details class="about"><summary>About “{escape(indicator.short_title)}”: method and caveats'
        f"</summary><dl>{definitions}</dl>{listed_caveats}</details>"
    )


def show(
    indicator: Indicator,
    *,
    period: str | None = None,
    bases: Iterable[str] = (),
    letters: Iterable[str] = (),
) -> None:
    """Draw the block of source, period, method and caveats under a view."""
    st.html(
        details_html(
            indicator, store.the_catalogue(), period=period, bases=tuple(bases), letters=tuple(letters)
        )
    )


def grouping_label(bundle: Bundle, place_codes: Iterable[str] = ()) -> str:
    """What kind of neighbourhood list is shown; "" when every list shown is official.

    `place_codes` are the Places in view; all of them by default.
    """
    notes = []
    for code in place_codes or config().place_codes:
        found = bundle.neighbourhood_status(code)
        if found is not None and found.status != "official":
            notes.append(str(found.label))
    return " ".join(dict.fromkeys(notes))


def show_grouping(bundle: Bundle, place_codes: Iterable[str] = (), *, how: bool = False) -> None:
    """Say, wherever neighbourhoods show, that their list is a working grouping (and how to replace it)."""
    label = grouping_label(bundle, place_codes)
    if not label:
        return
    replace = ""
    if how:
        found = [bundle.neighbourhood_status(code) for code in place_codes or config().place_codes]
        replace = " " + listed([str(item.replace) for item in found if item is not None and item.replace])
    st.html(f'<p class="notice">{escape(label)}{with_code(replace)}</p>')
