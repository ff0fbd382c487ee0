"""What stands in an area and what it is made of: schools, GP practices, wards and small areas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import pandas as pd
import streamlit as st

from components import headings, navigation, profile_open, store, tables
from components.caveats import capital, grouping_label
from data import parts
from data.query import Bundle
from house_style.area_facts import level_of, name_of, place_of
from house_style.figures import number
from house_style.level_names import listed, many, one
from house_style.narrative import placed

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


@lru_cache(maxsize=256)
def services_sentence(bundle: Bundle, code: str) -> str:
    """How many schools and GP practices stand in the area."""
    schools, practices = len(bundle.schools(code)), len(bundle.practices(code))
    many_schools = f"{schools or 'no'} school{'' if schools == 1 else 's'}"
    many_practices = f"{practices or 'no'} GP practice{'' if practices == 1 else 's'}"
    verb = "is" if practices == 1 else "are"
    if _unplaced(bundle, code):
        where = bundle.config.region_name
        if not practices:  # the practices of the Place are known, not where in it they stand
            return f"Our files say where schools and GP practices stand in {where} only."
        here = placed(name_of(bundle, code))
        return f"There {verb} {many_practices} in {here}. Our list of schools covers {where} only."
    return f"There {verb} {many_practices} and {many_schools} in {placed(name_of(bundle, code))}."


def services(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part on schools and GP practices that stand in the area."""
    profile_open.opening(
        "Services here",
        [services_sentence(bundle, code)],
        notes=["By their own address: people may use those elsewhere, and others may come here."],
    )
    if not len(bundle.schools(code)) and not len(bundle.practices(code)):
        return
    with profile_open.fold("services", "Show the schools and GP practices", opened) as is_open:
        if is_open:
            left, right = st.columns(2, gap="large")
            with left:
                schools(bundle, code)
            with right:
                practices(bundle, code)


def schools(bundle: Bundle, code: str) -> None:
    """The open schools that stand in the area."""
    found = bundle.schools(code)
    if found.empty:
        return
    headings.subheader("Schools")
    table = _columns(found, SCHOOLS).sort_values(["Phase", "School"])
    if "Free school meals (%)" in table:
        table["Free school meals (%)"] = table["Free school meals (%)"].round(1)
    st.html(list_html(table, "Schools"))


def _unplaced(bundle: Bundle, code: str) -> bool:
    """Whether an area lies in a Place of which nothing says where its schools and surgeries stand."""
    place = bundle.areas.loc[code, "place_code"]
    return isinstance(place, str) and not bundle.in_region(code)


def practices(bundle: Bundle, code: str) -> None:
    """The GP practices that stand in the area (of a network: its members)."""
    found = bundle.practices(code)
    if found.empty:
        return
    headings.subheader("GP practices")
    st.html(
        list_html(_columns(found, PRACTICES).sort_values("GP practice"), "GP practices")
        + '<p class="quiet small">Many patients of these practices live elsewhere: their records do not '
        "describe the people who live here.</p>"
    )


def boundary_words(bundle: Bundle, code: str, lsoas: pd.DataFrame) -> list[str]:
    """What the area's boundary means for its figures."""
    level = level_of(bundle, code)
    kind = one(level).split(" (")[0]
    if level not in ("ward", "neighbourhood"):
        return ["It is made of whole small areas, so most of its figures are exact sums of theirs."]
    split = parts.straddling(lsoas)
    if not split:
        return [f"Every small area in it lies wholly inside this {kind}, so most figures are exact sums."]
    share = "Fewer than 1 in 100" if split < 0.005 else f"{round(split * 100)} in 100"
    return [
        f"{share} people here live in a small area that the boundary cuts in two.",
        "Such a small area is shared out by where its people live, as if every part of it were alike. So a "
        f"figure can miss a difference between the two sides of this {kind}’s boundary.",
    ]


@lru_cache(maxsize=256)
def _parts_of(bundle: Bundle, code: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The whole wards and the small areas of an area. Nobody may change them: they are kept."""
    return parts.wards(bundle, code), parts.small_areas(bundle, store.weights(), code)


def made_of(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part on the wards and small areas of the area, and what straddling means for its figures."""
    level = level_of(bundle, code)
    within, lsoas = _parts_of(bundle, code)
    if within.empty and lsoas.empty:
        return
    counts = [
        f"{len(frame)} {(many(kind) if len(frame) > 1 else one(kind)).split(' (')[0]}"
        for frame, kind in ((within, "ward"), (lsoas, "lsoa"))
        if len(frame)
    ]
    name = placed(name_of(bundle, code))
    said = [f"{capital(name)} has {listed(counts)}.", *boundary_words(bundle, code, lsoas)]
    notes = ["Boundaries: wards of 2025, small areas (LSOAs) of 2021."]
    if level == "neighbourhood" and within is not None:
        place = place_of(bundle, code)
        notes = [grouping_label(bundle, [place] if place else []), *notes]
    profile_open.opening("What this area is made of", said, notes=[note for note in notes if note])
    with profile_open.fold("made-of", "Show its wards and small areas", opened) as is_open:
        if is_open:
            for frame, kind in ((within, "ward"), (lsoas, "lsoa")):
                if len(frame):
                    title = capital(many(kind))
                    st.html(f"<h3>{escape(title)}</h3>{list_html(_parts_table(frame), title, _links(frame))}")


def list_html(frame: pd.DataFrame, caption: str, links: Sequence[str] = ()) -> str:
    """A list as a table of its full length: it scrolls on the screen, and paper gets all of it."""
    rows: list[tuple[str | tuple[str, str], list[tables.Cell | str]]] = [
        (str(first), [_cell(cell) for cell in rest])
        for first, *rest in frame.itertuples(index=False, name=None)
    ]
    columns = [str(name) for name in frame.columns]
    table = tables.figures_html(caption, columns, rows, hide_caption=True, links=links)
    return f'<div class="tall">{table}</div>'


def _cell(cell: object) -> str:
    if not isinstance(cell, (int, float)):
        return "not available" if cell is None or cell is pd.NA else str(cell)
    return number(cell, 0 if float(cell).is_integer() else 1) if not pd.isna(cell) else "not available"


def _links(frame: pd.DataFrame) -> list[str]:
    return [navigation.address("profile", area=str(code)) for code in frame["area_code"]]


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
