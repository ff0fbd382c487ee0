"""The catalogue for readers: a list to search, one indicator in full, methods, sources, neighbourhoods."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from components import caveats, headings, long_table, tables
from components.selection import quoted, remember, show_notes, with_code
from data.catalogue.model import LIFE_STAGES, MARMOT, THEMES, Catalogue, Indicator
from data.query import Bundle
from geo.config import config
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS, period_words
from house_style.level_names import MEANING, listed, many

EVERY_THEME = "All themes"


def matching(indicators: list[Indicator], text: str, theme: str) -> list[Indicator]:
    """The indicators of a theme ("" for all) whose words contain every word of the search text."""
    words = text.casefold().split()
    found = []
    for item in indicators:
        hay = " ".join(
            (item.title, item.short_title, item.plain_english, item.description, item.id)
        ).casefold()
        if theme in ("", item.theme) and all(word in hay for word in words):
            found.append(item)
    return found


def coverage(bundle: Bundle, indicator: Indicator) -> pd.DataFrame:
    """Levels by periods of one indicator: columns Areas, From, To, Periods."""
    rows = []
    for level in bundle.levels(indicator.id):
        groups = bundle.groups(indicator.id)
        periods = bundle.periods(indicator.id, level, "all" if "all" in groups else groups[0])
        if periods:
            first, last = (period_words(indicator, period) for period in (periods[0], periods[-1]))
            rows.append((caveats.capital(many(level)), first, last, len(periods)))
    return pd.DataFrame(rows, columns=["Areas", "From", "To", "Periods"])


@st.cache_data(max_entries=2, show_spinner=False)
def _listing(version: str, _bundle: Bundle, _catalogue: Catalogue) -> pd.DataFrame:
    rows = []
    for item in _bundle.indicators():
        levels = _bundle.levels(item.id)
        periods = _bundle.periods(item.id) or _bundle.periods(item.id, group=_bundle.groups(item.id)[0])
        rows.append(
            {
                "id": item.id,
                "Indicator": item.title,
                "Theme": THEMES[item.theme],
                "Latest period": period_words(item, periods[-1]),
                "Smallest areas": caveats.capital(many(levels[0])),
                "Publisher": _catalogue.sources[item.source].publisher,
            }
        )
    return pd.DataFrame(rows)


def show(bundle: Bundle, catalogue: Catalogue) -> None:
    """Draw the searchable list, and one indicator in full. The choice lives in the address (?indicator=)."""
    search, theme_box = st.columns([3, 2])
    text = search.text_input("Search the indicators", key="q", bind="query-params")
    theme = theme_box.selectbox("Theme", [EVERY_THEME, *THEMES.values()], key="theme", bind="query-params")
    wanted = next((key for key, name in THEMES.items() if name == theme), "")
    found = matching(bundle.indicators(), text or "", wanted)
    if not found:
        show_notes([f"No indicator contains {quoted(text or '')}. Try a shorter word, or another theme."])
        return
    listing = _listing(bundle.version, bundle, catalogue)
    shown = listing[listing["id"].isin([item.id for item in found])].drop(columns="id")
    long_table.show(
        shown,
        "Indicators",
        key="indicators",
        noun="indicators",
        file="indicators",
        searched_from=len(listing),
    )
    _one(bundle, catalogue, found)


def _chosen() -> None:
    remember(indicator=st.session_state.get("indicator-choice"))


def _one(bundle: Bundle, catalogue: Catalogue, found: list[Indicator]) -> None:
    everything = {item.id: item for item in bundle.indicators()}
    asked = st.query_params.get("indicator", "")
    if asked and asked not in everything:
        show_notes([f"There is no indicator called {quoted(asked)}. Showing “{found[0].title}” instead."])
    options = [item.id for item in found]
    if asked in everything and asked not in options:
        options.insert(0, asked)
    choice = st.selectbox(
        "Read about one indicator",
        options,
        index=options.index(asked) if asked in options else 0,
        format_func=lambda key: everything[key].title,
        key="indicator-choice",
        on_change=_chosen,
    )
    indicator = everything[choice]
    headings.subheader(indicator.title)
    st.html(entry_html(indicator, catalogue))
    cover = coverage(bundle, indicator)
    cells = [(str(row[0]), [str(part) for part in row[1:]]) for row in cover.itertuples(index=False)]
    tables.show_figures("For which areas and periods", list(cover.columns), cells, roomy=True)


def entry_html(indicator: Indicator, catalogue: Catalogue) -> str:
    """Everything the catalogue says about an indicator, as a definition list."""
    source = catalogue.sources[indicator.source]
    polarity = {
        "high-is-worse": "A high figure is worse.",
        "high-is-better": "A high figure is better.",
        "neutral": "Neither a high nor a low figure is better.",
    }[indicator.polarity]
    rows = [
        ("What it means", indicator.plain_english),
        ("In full", indicator.description),
        ("Out of", indicator.denominator_text),
        ("Reading it", polarity),
        ("Theme", f"{THEMES[indicator.theme]}; {LIFE_STAGES[indicator.life_stage].lower()}"),
        ("Marmot principle", MARMOT[indicator.marmot_principle]),
        ("Method", f"{caveats.capital(caveats.INTERVALS[indicator.interval])}. "
                   f"{caveats.AGGREGATIONS[indicator.aggregation]}"),
        ("Source", f"{source.publisher}, {source.title} ({source.vintage})"),
        ("Published", source.published),
        ("Licence", f"{source.licence}. {source.attribution}"),
        ("Code", indicator.id),
    ]  # fmt: skip
    definitions = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows if text)
    warnings = "".join(
        f"<li><b>{escape(catalogue.caveats[code].short)}</b> {escape(catalogue.caveats[code].detail)}</li>"
        for code in indicator.caveats
    )
    beware = f"<dt>Beware</dt><dd><ul>{warnings}</ul></dd>" if warnings else ""
    return f'<div class="about"><dl>{definitions}{beware}</dl></div>'


def show_methods() -> None:
    """Draw how larger and straddling areas get their figures, and what the grades of reliability mean."""
    st.html(
        '<ul class="plain">'
        "<li><b>Exact sums.</b> Where an area is made of whole smaller areas, their counts are added up "
        "and divided "
        "again. Percentages are never averaged.</li>"
        "<li><b>Sharing out.</b> Wards and neighbourhoods cut across the small areas for which most "
        "figures are "
        "published. Those are divided by where their residents live (census output areas), as if every "
        "part of a "
        "small area were alike.</li>"
        "<li><b>Positions.</b> Ranks and tenths are never averaged. For larger areas the share of "
        "residents who live "
        "in the most deprived tenth or fifth of England is shown instead.</li>"
        "<li><b>Margins of error.</b> The 95% confidence limits say how far a figure may be out by "
        "chance alone. A "
        "figure counts as better or worse than another only when its limits do not contain the other.</li>"
        "<li><b>Nothing is filled in.</b> A figure that is withheld or not published is shown as not "
        "available, "
        "never as 0.</li></ul>"
    )
    tables.show_figures(
        "How a figure was made (“basis” in the tables)",
        ["Basis", "Meaning"],
        [(key, [words]) for key, words in BASIS_WORDS.items()],
        roomy=True,
    )
    tables.show_figures(
        "How far a figure can be trusted (“reliability” in the tables)",
        ["Grade", "Meaning"],
        [(key, [words]) for key, words in RELIABILITY_WORDS.items()],
        roomy=True,
    )
    tables.show_figures(
        "Kinds of area",
        ["Area", "Meaning"],
        [(caveats.capital(many(key)), [words]) for key, words in MEANING.items()],
        roomy=True,
    )


def show_neighbourhoods(bundle: Bundle) -> None:
    """Draw the status of each Place's neighbourhood list, and which wards make up its neighbourhoods."""
    without = []
    for place in config().places:
        status = bundle.neighbourhood_status(place.code)
        if status is None:
            without.append(place.name)
            continue
        headings.subheader(f"{place.name}: {'official' if status.status == 'official' else 'working'} list")
        st.html(
            f'<p class="lede">{escape(str(status.label))}</p><p class="quiet">Source: '
            f"{escape(str(status.source))}. "
            f"Date: {escape(str(status.date))}. {with_code(str(status.replace))}</p>"
        )
    if without:
        st.html(
            f'<p class="quiet">No neighbourhood list is loaded for {escape(listed(without))}. One is '
            "added in the "
            "same way: a file of wards and neighbourhoods, named in config.toml.</p>"
        )


def show_sources(bundle: Bundle, catalogue: Catalogue) -> None:
    """Draw every publication in use with its date, licence and attribution."""
    used = {indicator.source for indicator in bundle.indicators()}
    if bundle.street_names is not None:
        used.add(bundle.street_names.provider)
    rows = []
    for key, source in catalogue.sources.items():
        if key in used:
            rows.append(
                {
                    "Publisher": source.publisher,
                    "Title": source.title,
                    "Vintage": source.vintage,
                    "Published": source.published,
                    "Licence": source.licence,
                    "Attribution": source.attribution,
                    "Publication": source.url or None,
                }
            )
    long_table.show(
        pd.DataFrame(rows),
        "Sources and attributions; each title leads to the publication",
        key="sources",
        noun="sources",
        head="Title",
        link="Publication",
        file="sources",
    )
