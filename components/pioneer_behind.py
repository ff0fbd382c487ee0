"""What lies behind the burden: deprivation and age across areas, and conditions that go together."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from components.pioneer_state import View
from components.pioneer_style import details
from components.pioneer_words import ACROSS, cluster_words, linked, name, noun, rank_words
from components.tables import Cell, figures_html
from data.pioneer_registers import Clusters
from data.pioneers import Burden
from data.query import Bundle
from house_style.figures import number
from methods.results import Estimate

BUILT_IN = (
    "The estimates are made with age and deprivation among other things, so part of any link with either is "
    "put in by the method. It is no independent evidence."
)
PLOTS = (("older", "Aged 65 and over", "%"), ("deprivation", "Deprivation score", ""))
SHOWN = 10  # pairs of conditions in the table


def plot_html(table: pd.DataFrame, column: str, label: str, unit: str, alt: str) -> str:
    """A small scatter of the burden over another figure, as positioned dots."""
    known = table[["value", column]].dropna()
    x, y = known[column], known["value"]
    spans = [(float(s.min()), float(s.max() - s.min()) or 1.0) for s in (x, y)]
    dots = "".join(
        f'<i style="left:{3 + 94 * (a - spans[0][0]) / spans[0][1]:.1f}%;'
        f'bottom:{4 + 92 * (b - spans[1][0]) / spans[1][1]:.1f}%"></i>'
        for a, b in zip(x, y, strict=True)
    )
    return (
        f'<figure><figcaption class="quiet">Entries per 100 adults, {number(y.min())} to {number(y.max())} '
        "(upwards)"
        '</figcaption><div class="pioneer-plot" role="img" '
        f'aria-label="{escape(alt, quote=True)}">{dots}</div>'
        f'<p class="quiet ends"><span>{escape(label)}: {number(x.min())}{unit} to {number(x.max())}{unit} '
        "(to the right)</span></p></figure>"
    )


def area_rows(found: Burden) -> str:
    """The figures behind the two pictures."""
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (
            str(row["area_name"]),
            [
                Cell(number(row["value"], 1), note=f"{number(row['lower'])} to {number(row['upper'])}"),
                Cell(number(row["deprivation"], 1)),
                *(
                    Cell("no figure" if pd.isna(row[name]) else f"{number(row[name], 1)}%")
                    for name in ("older", "disabled")
                ),
            ],
        )
        for _, row in found.table.iterrows()
    ]
    columns = [
        "Area",
        "Entries per 100 adults",
        "Deprivation score (IMD 2025)",
        "Aged 65 and over (Census 2021)",
        "Disabled (Census 2021)",
    ]
    return figures_html("Burden, deprivation and age by area", columns, rows, hide_caption=True, roomy=True)


def sentences(found: Burden, links: Mapping[str, Estimate], place_name: str) -> list[str]:
    """What the correlations allow to be said."""
    what = f"{noun(found.level)} of {place_name}"
    older = linked(
        links.get("older"),
        f"Across the {what}, those with more people of 65 and over have more entries",
        f"Across the {what}, those with more people of 65 and over have fewer entries",
        f"Across the {what}, entries show no clear link with the share of people of 65 and over",
    )
    poor = linked(
        links.get("deprivation"),
        "More deprived ones have more entries",
        "More deprived ones have fewer entries",
        "There is no clear link with deprivation",
    )
    both = linked(
        links.get("each-other"),
        "Deprived areas are the older ones here",
        "Deprived areas are the younger ones here, so the two links pull against each other",
        "Age and deprivation are not clearly linked here",
    )
    told = linked(
        links.get("disabled"),
        "As a check, those where more people told the Census that they are disabled have more entries",
        "Those where more people told the Census that they are disabled have fewer entries",
        "Entries show no clear link with the share who told the Census that they are disabled",
    )
    seen = f"{told} The estimates never saw that figure." if told else ""
    return [text for text in (older, poor, both, seen) if text]


def show(view: View, found: Burden, links: Mapping[str, Estimate]) -> None:
    """Draw deprivation and age behind the burden, across areas."""
    head = "<h2>Deprivation and age behind it</h2>"
    said = sentences(found, links, view.place.name)
    if not said:
        st.html(
            f'{head}<p class="quiet pioneer-said">{escape(view.place.name)} has fewer than ten '
            f"{noun(found.level)} with "
            "figures: too few to say what goes with what.</p>"
        )
        return
    items = "".join(f"<li>{escape(text)}</li>" for text in said)
    plots = "".join(
        plot_html(
            found.table, column, label, unit,
            f"Dots, one for each of {len(found.table)} {noun(found.level)}: entries per 100 adults "
            f"upwards, {label} "
            "to the right. " + (f"Rank correlation {rank_words(links[column])}." if column in links else ""),
        )
        for column, label, unit in PLOTS
    )  # fmt: skip
    table = details("The same as a table", area_rows(found))
    st.html(
        f'{head}<ul class="plain">{items}</ul><div class="pioneer-plots">{plots}</div>'
        f'<p class="quiet pioneer-said">{escape(BUILT_IN)} {escape(ACROSS)}</p>{table}'
    )


def pairs_html(found: Clusters, names: Mapping[str, str], practices: str) -> str:
    """The strongest pairs with their limits."""
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (
            f"{names[row.first]} with {names[row.second]}",
            [
                Cell(number(row.value, 2)),
                Cell(f"{number(row.lower, 2)} to {number(row.upper, 2)}"),
                "yes" if row.clear else "not certain",
            ],
        )
        for row in found.pairs.head(SHOWN).itertuples()
    ]
    columns = ["Two conditions", "Rank correlation", "95% limits", "Clear when all pairs are allowed for"]
    return figures_html(
        f"Conditions that go together across {practices}", columns, rows, hide_caption=True, roomy=True
    )


def together(bundle: Bundle, view: View, found: Clusters | None) -> None:
    """Draw which conditions go together across the practices of the Place."""
    head = "<h2>Conditions that go together</h2>"
    if found is None:
        st.html(
            f'{head}<p class="quiet pioneer-said">{escape(view.place.name)} has fewer than ten practices '
            "with figures for every register: too few to say what goes together.</p>"
        )
        return
    names = {item.id: item.short_title for item in bundle.indicators()}
    small = {item.id: name(item) for item in bundle.indicators()}
    sentence = cluster_words(found, small, view.place)
    said = (
        f"{found.clear} of {len(found.pairs)} pairs are clearly linked, up or down, with all pairs allowed "
        "for. Exact counts by practice, not estimates; practices with under 1,000 patients are left out. "
        "This is across practices, not people: it does not say that the same person has both. Practices "
        "with older patients have more of most conditions, and practices differ in how they record."
    )
    table = details(
        "The strongest pairs as a table", pairs_html(found, names, f"{found.practices} practices")
    )
    st.html(
        f'{head}<p class="lede">{escape(sentence)}</p><p class="quiet pioneer-said">{escape(said)}</p>{table}'
    )
