"""What a reader can take away from the Inequalities page: tables with limits, definitions, and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from components import caveats, downloads, store
from components.downloads import Offer
from components.inequality_controls import slugs
from components.inequality_state import View
from components.inequality_words import built_in
from data.findings import Findings
from geo.config import config
from house_style.figures import period_words
from methods.results import Estimate

if TYPE_CHECKING:
    from components.inequality_picture import Form

RESULT_COLUMNS = ["result", "value", "lower_95", "upper_95", "unit", "method"]

BUILT_IN = (
    "This figure is part of the deprivation index, overlaps with it, or is estimated with it: part of the "
    "gradient is built in"
)


def stem(view: View, what: str) -> str:
    """The name of a file: indicator, picture, Places, period."""
    where = "all-places" if set(view.places) == set(config().region_places) else slugs(view.places)
    period = "".join(c if c.isalnum() else "-" for c in view.period).strip("-")
    group = "" if view.group == "all" else f"_{view.group}"
    return f"inequality_{view.indicator.id}{group}_{what}_{where[:60]}_{period}"


def source_words(view: View) -> str:
    """Source, licence, attribution and warnings for the foot of a picture."""
    catalogue = store.the_catalogue()
    source = catalogue.sources[view.indicator.source]
    words = [
        caveats.source_line(view.indicator, catalogue), source.attribution, source.licence,
        "Deprivation: Indices of Deprivation 2025", BUILT_IN if built_in(view) else "",
        "It compares areas, not people",
    ]  # fmt: skip
    return " ".join(f"{word.rstrip('.')}." for word in dict.fromkeys(words) if word)


def subtitle(view: View, what: str) -> str:
    """Indicator, areas and period in one line."""
    period = period_words(view.indicator, view.period)
    return f"{view.indicator.title} ({view.indicator.unit}), {view.where}, {period}. {what}"


def results_table(view: View, found: Findings) -> pd.DataFrame:
    """Every result with its limits, unit and method, in RESULT_COLUMNS."""
    unit, cases = view.indicator.unit, "cases"
    named: list[tuple[str, Estimate | None, str]] = [
        ("most deprived national fifth", found.most, unit),
        ("least deprived national fifth", found.least, unit),
        ("absolute gap, most minus least deprived fifth", found.gap.absolute if found.gap else None, unit),
        ("relative gap, most over least deprived fifth", found.gap.relative if found.gap else None, "ratio"),
        ("slope index of inequality", found.slope.sii if found.slope else None, unit),
        ("relative index of inequality", found.slope.rii if found.slope else None, "ratio"),
        ("cases beyond the figure of the least deprived fifth", found.excess, cases),
        ("concentration index", found.concentration.index if found.concentration else None, "index"),
    ]
    rows = [
        (name, item.value, item.lower, item.upper, kind, item.method)
        for name, item, kind in named
        if item is not None
    ]
    return pd.DataFrame(rows, columns=RESULT_COLUMNS)


def csv(view: View, table: pd.DataFrame) -> bytes:
    """A table with what the figure is, where, when and from whom in every row (UTF-8 with its mark)."""
    catalogue = store.the_catalogue()
    source = catalogue.sources[view.indicator.source]
    fixed = {
        "indicator_id": view.indicator.id, "indicator": view.indicator.title,
        "unit_of_figure": view.indicator.unit,
        "definition": " ".join(view.indicator.description.split()),
        "places": view.where,
        "period": view.period,
        "subgroup": view.group, "publisher": source.publisher, "source": source.title,
        "vintage": source.vintage,
        "licence": source.licence, "attribution": source.attribution, "beware": built_in(view),
        "data_version": view.version,
    }  # fmt: skip
    own = set(table.columns)  # what a table says itself, such as its periods, is never overwritten
    named = table.rename(columns={"lower": "lower_95", "upper": "upper_95"})
    added = {name: value for name, value in fixed.items() if name not in own}
    return named.assign(**added).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def offers(
    view: View,
    what: str,
    table: Callable[[], pd.DataFrame],
    *,
    chart: Callable[[], go.Figure] | None = None,
    picture: Callable[[Form], bytes] | None = None,
    title: str = "",
    words: str = "",
) -> list[Offer]:
    """The downloads of one picture: its table, and PNG and SVG of the chart, made when asked for."""
    name = stem(view, what)
    found = [Offer("Table (CSV)", f"{name}.csv", "text/csv", lambda: csv(view, table()))]
    make = picture
    if chart is not None:
        drawn = chart

        def make(form: Form) -> bytes:
            from components import inequality_picture  # here: matplotlib takes 30 MB, and few want a picture

            return inequality_picture.draw(
                drawn(), title=title, subtitle=subtitle(view, words), source=source_words(view), form=form
            )

    if make is not None:
        paint = make
        found.append(Offer("Picture (PNG)", f"{name}.png", "image/png", lambda: paint("png")))
        found.append(Offer("Picture (SVG)", f"{name}.svg", "image/svg+xml", lambda: paint("svg")))
    return found


def results_offer(view: View, found: Findings) -> Offer:
    """All results with their limits and methods as one file."""
    name = f"{stem(view, 'results')}.csv"
    return Offer("Results with limits (CSV)", name, "text/csv", lambda: csv(view, results_table(view, found)))


def show(found: list[Offer], what: str) -> None:
    """Draw the buttons."""
    downloads.show(found, key=f"inequality-downloads-{what}")
