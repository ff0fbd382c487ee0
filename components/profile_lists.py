"""What stands in an area and what it is made of: schools, GP practices, wards and small areas."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from components import headings, store, tables
from components.area_facts import level_of, name_of
from components.level_names import many, one
from components.selection import show_notes
from data import parts
from data.query import Bundle

SCHOOLS = {
    "school_name": "School",
    "phase": "Phase",
    "school_type": "Type",
    "pupils": "Pupils",
    "percent_fsm": "Free school meals (%)",
}
PRACTICES = {
    "practice_name": "GP practice",
    "postcode": "Postcode",
    "pcn_name": "Primary care network",
    "list_size": "Registered patients",
}


def _columns(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    found = {column: name for column, name in names.items() if column in frame.columns}
    return frame[list(found)].rename(columns=found)


def schools(bundle: Bundle, code: str) -> None:
    """The open schools that stand in the area."""
    found = bundle.schools(code)
    name = name_of(bundle, code)
    if _unplaced(bundle, code):
        headings.subheader("Schools are not known here")
        st.html(f'<p class="quiet small">Our list of schools covers {bundle.config.region_name} only.</p>')
        return
    count = (
        f"{len(found)} school{'' if len(found) == 1 else 's'} in {name}"
        if len(found)
        else f"No school in {name}"
    )
    headings.subheader(count)
    if found.empty:
        return
    share = st.column_config.NumberColumn(format="%.1f")
    tables.show_grid(
        _columns(found, SCHOOLS).sort_values(["Phase", "School"]),
        rows=8,
        columns={"Free school meals (%)": share},
    )
    st.html('<p class="quiet small">By the school’s own address. Pupils may live elsewhere.</p>')


def _unplaced(bundle: Bundle, code: str) -> bool:
    """Whether an area lies in a Place of which nothing says where its schools and surgeries stand."""
    place = bundle.areas.loc[code, "place_code"]
    return isinstance(place, str) and not bundle.in_region(code)


def practices(bundle: Bundle, code: str) -> None:
    """The GP practices that stand in the area (of a network: its members)."""
    found = bundle.practices(code)
    name = name_of(bundle, code)
    count = len(found)
    if not count and _unplaced(bundle, code):
        headings.subheader("GP practices are not known here")
        st.html(
            '<p class="quiet small">Where in its Place each practice stands is in our files for '
            f"{bundle.config.region_name} only. The practices are listed in the profile of the Place.</p>"
        )
        return
    headings.subheader(
        f"{count} GP practice{'' if count == 1 else 's'} in {name}" if count else f"No GP practice in {name}",
    )
    if count:
        tables.show_grid(_columns(found, PRACTICES).sort_values("GP practice"), rows=8)
    st.html(
        '<p class="quiet small">By the practice’s main address. Residents may be registered elsewhere, '
        "and many patients "
        "of these practices live outside the area: their records do not describe its residents.</p>"
    )


def made_of(bundle: Bundle, code: str) -> None:
    """Wards and small areas of the area, with links, and what straddling means for its figures."""
    level = level_of(bundle, code)
    name = name_of(bundle, code)
    within = parts.wards(bundle, code)
    lsoas = parts.small_areas(bundle, store.weights(), code)
    if within.empty and lsoas.empty:
        show_notes([f"{name} is not divided further here."])
        return
    split = parts.straddling(lsoas) if level in ("ward", "neighbourhood") else None
    if split:
        st.html(
            f'<p class="lede">{round(split * 100)}% of residents live in small areas that lie partly '
            "outside this "
            f"{escape(one(level))}. For most figures their people are shared out by where they live, as "
            "if every part "
            "of a small area were alike.</p>"
        )
    for frame, kind in ((within, "ward"), (lsoas, "lsoa")):
        if len(frame):
            with st.expander(f"{len(frame)} {many(kind) if len(frame) > 1 else one(kind)}"):
                tables.show_grid(_parts_table(frame), rows=10)


def _parts_table(frame: pd.DataFrame) -> pd.DataFrame:
    table = frame.assign(share=(frame["share"] * 100).round().astype(int))
    names = {
        "area_name": "Area",
        "area_code": "Code",
        "residents": "Residents here",
        "share": "Share of its residents (%)",
    }
    if (frame["share"] > 1 - 1e-6).all():
        names.pop("share")
    return _columns(table, names)
