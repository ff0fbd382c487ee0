"""Who serves an area, and what a neighbourhood health team of each network would cover."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components import headings, how_sure, navigation, selection
from components.pioneer_state import Teams, View
from components.pioneer_style import details
from components.pioneer_words import noun
from components.selection import hold, quoted, remember
from components.tables import Cell, figures_html
from data import pioneers
from data.pioneers import ENTRIES, Burden
from data.query import Bundle
from geo.config import Place
from house_style.figures import number
from house_style.level_names import listed

KEY = "pioneer-area"
MOST_LISTED = 8  # practices shown at once; the rest open
TEAM_NOTE = (
    "Patients, adults and entries are exact. Ages and wards are estimates, from where a network’s patients "
    "are likely to live; wards with at least 1% of them count. Held against the ages on the lists of July "
    "2026, the share of 65 and over is out by one percentage point on average over the region’s networks, "
    "and by four at most, in a network of students."
)


def chosen_area(view: View, found: Burden) -> tuple[str, str]:
    """The area to look at closely, and what to say of one that the address names in vain."""
    codes = [str(code) for code in found.table["area_code"]]
    if view.area is None or view.area in codes:
        return view.area or codes[0], ""
    name = str(found.table["area_name"].iloc[0])
    return codes[0], (
        f"{quoted(view.area)} is not among the {noun(found.level)} of {view.place.name}. Showing {name} "
        "instead."
    )


def choose(view: View, found: Burden) -> str:
    """Draw the choice of area, highest burden first; the address remembers it."""
    code, note = chosen_area(view, found)
    if note:
        selection.show_notes([note])
    names = dict(zip(found.table["area_code"], found.table["area_name"], strict=True))
    hold(KEY, code)
    st.selectbox(
        f"One of the {noun(found.level)}, highest first",
        list(names),
        format_func=names.__getitem__,
        key=KEY,
        width=340,
        on_change=lambda: remember(area=st.session_state[KEY]),
    )
    return code


def network_sums(rows: pd.DataFrame) -> str:
    """The networks of an area's residents, largest share first: "St Helens North PCN 82%, ..."."""
    sums = rows.groupby("pcn_name")["share"].sum().sort_values(ascending=False)
    return listed([f"{name} {number(share * 100)}%" for name, share in sums.items() if share >= 0.01])


def practices_html(rows: pd.DataFrame, name: str) -> str:
    """The practices of an area's residents; those beyond the first eight open."""
    columns = ["GP practice", "Network", "Share of residents", "Residents, about"]

    def table(part: pd.DataFrame, caption: str) -> str:
        cells: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
            (
                str(row.practice_name),
                [
                    str(row.pcn_name),
                    Cell(f"{number(row.share * 100, 1)}%"),
                    Cell(number(round(row.residents, -1))),
                ],
            )
            for row in part.itertuples()
        ]
        return figures_html(caption, columns, cells, hide_caption=True, roomy=True)

    found = table(rows.head(MOST_LISTED), f"Practices that serve {name}")
    rest = rows.iloc[MOST_LISTED:]
    if len(rest):
        found += details(f"{len(rest)} more practices", table(rest, f"More practices that serve {name}"))
    return found


def members_html(bundle: Bundle, code: str, name: str) -> str:
    """The practices of a network, largest list first."""
    known = pioneers.practice_list(bundle)
    rows = known[known["pcn_code"] == code].sort_values("list_size", ascending=False)
    cells: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (str(row.practice_name), [str(row.postcode), Cell(number(row.list_size))])
        for row in rows.itertuples()
    ]
    return figures_html(
        f"Practices of {name}", ["GP practice", "Postcode", "Registered patients"], cells, hide_caption=True,
        roomy=True,
    )  # fmt: skip


def behind_html(bundle: Bundle, code: str, name: str) -> str:
    """What stands behind the area's figure, as a part that opens."""
    figure = bundle.value(ENTRIES, code)
    if figure is None:
        return ""
    indicator = bundle.catalogue[ENTRIES]
    summary = f"How sure is the figure for {name}?"
    return how_sure.details_html(bundle, indicator, figure, summary=summary)


def area(bundle: Bundle, view: View, found: Burden) -> None:
    """Draw the practices and networks of one area."""
    headings.header("Who serves each area")
    code = choose(view, found)
    name = bundle.name(code)
    behind = behind_html(bundle, code, name)
    if found.level == "pcn":
        st.html(members_html(bundle, code, name) + behind)
    else:
        rows = pioneers.serving(bundle, pioneers.support(bundle.version), code)
        left_out = "Practices with under 0.5% of residents are left out: those listed have "
        left_out += f"{number(rows['share'].sum() * 100)}%."
        lives = f"Who is registered where: {how_sure.registered_words(bundle)}"
        st.html(
            f'<p class="lede">Residents of {escape(name)}: {escape(network_sums(rows))}.</p>'
            f"{practices_html(rows, name)}"
            f'<p class="quiet small pioneer-said">{escape(lives)} {escape(left_out)}</p>{behind}'
        )
    navigation.link("profile", f"Area profile of {name}", {"area": code})


def _team_cells(row: Any, place: Place) -> list[Cell | str]:
    """Patients, older people, burden and homes of one network."""
    older: Cell | str = "no figure"
    if not pd.isna(row.older):
        people = number(round(row.patients * row.older / 100, -2))
        older = Cell(f"about {people}", note=f"{number(row.older)}%")
    homes = "no figure"
    if row.wards:
        homes = (
            f"{len(row.wards)} of the {row.ward_count} wards its patients come from: "
            f"{listed(list(row.wards))}. "
            f"{number(row.inside * 100)}% live in {place.name}."
        )
    return [
        Cell(number(row.patients), note=f"{number(row.adults)} adults"),
        older,
        Cell(number(row.value, 1), note=f"{number(row.lower, 1)} to {number(row.upper, 1)}"),
        Cell(number(row.entries)),
        homes,
    ]


def teams_html(table: pd.DataFrame, place: Place) -> str:
    """One row a network: patients, practices, burden, ages and where its patients live."""
    columns = [
        "Primary care network", "Registered patients", "Aged 65 and over", "Entries per 100 adults",
        "All entries",         "Where 8 in 10 of its patients live",
    ]  # fmt: skip
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (
            (str(row.pcn_name), f"{row.practices} practice{'' if row.practices == 1 else 's'}"),
            _team_cells(row, place),
        )
        for row in table.itertuples()
    ]
    caption = f"What a neighbourhood health team of each network of {place.name} would cover"
    return f'<div class="pioneer-teams">{figures_html(caption, columns, rows, hide_caption=True)}</div>'


def neighbourhoods_html(found: Burden, place: Place) -> str:
    """The same by neighbourhood, where the Place has a list."""
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = [
        (
            str(row["area_name"]),
            [
                Cell(number(row["denominator"])),
                Cell(f"{number(row['older'])}%"),
                Cell(number(row["value"], 1), note=f"{number(row['lower'])} to {number(row['upper'])}"),
                f"{row['top_network']} {number(row['top_network_share'] * 100)}%, {int(row['practices'])} "
                "practices",
            ],
        )
        for _, row in found.table.iterrows()
    ]
    columns = ["Neighbourhood", "Adults", "Aged 65 and over", "Entries per 100 adults", "Mainly served by"]
    return figures_html(f"Neighbourhoods of {place.name}: estimates for residents", columns, rows)


def teams(bundle: Bundle, view: View, found: Teams, neighbourhoods: Burden | None) -> None:
    """Draw what a team would cover, by network and, where the Place has a list, by neighbourhood."""
    place = view.place
    status = bundle.neighbourhood_status(place.code)
    said = (
        status.label
        if status
        else f"There is no list of neighbourhoods for {place.name} here, so networks stand in for them."
    )
    if found.loose:
        who = "One practice" if found.loose == 1 else f"{found.loose} practices"
        said += f" {who} of {place.name} in no network: not in the table."
    extra = neighbourhoods_html(neighbourhoods, place) if neighbourhoods else ""
    st.html(
        "<h2>What a neighbourhood health team would cover</h2>"
        f'<p class="quiet pioneer-said">{escape(said)}</p>'
        f"{extra}{teams_html(found.table, place)}"
        f'<p class="quiet small pioneer-said">{escape(TEAM_NOTE)}</p>'
    )
