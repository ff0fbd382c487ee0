"""Compare: up to six areas of any kind side by side, judged by their margins of error."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    caveats,
    compare_choose,
    compare_download,
    compare_style,
    compare_views,
    compare_words,
    headings,
    navigation,
    selection,
    store,
)
from components.compare_areas import Area, key_html
from components.compare_state import CompareState, ages_of, compared, lines_of, read
from data.comparison import Line, tallies
from data.query import Bundle

navigation.require_router()


def chosen_line(state: CompareState, lines: list[Line]) -> Line | None:
    """The line that the view of one figure shows: the address's, or the first that can be compared."""
    by_key = {line.key: line for line in lines}
    comparable = (line for line in lines if line.count("better", "worse", "similar", "higher", "lower"))
    return by_key.get(state.figure) or next(comparable, lines[0] if lines else None)


def title(state: CompareState, areas: list[Area], lines: list[Line], line: Line | None) -> str:
    """The takeaway of the view, from judgements only."""
    names = compare_views.names_of(areas)
    if not areas:
        return "Compare areas: choose up to six"
    if state.view == "ages":
        found = next((item for item in lines if item.key == "aged-65-and-over"), None)
        return compare_words.ages(found, names)
    if state.view == "figure" and line is not None:
        return compare_words.one_figure(line, names, state.against)
    return compare_words.over_all(tallies(lines), names, state.against)


def controls(bundle: Bundle, state: CompareState, lines: list[Line], line: Line | None) -> None:
    """Draw the controls that the view has."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if state.view == "figure" and line is not None:
            titles = {item.key: item.title for item in lines}
            compare_choose.select(
                "figure", "Figure (type to search)", list(titles), line.key, titles.__getitem__
            )
        if state.view != "ages":
            compare_choose.against(state)
        if state.view in ("spines", "figure"):
            compare_views.among_control(bundle, state)
        if state.view in ("table", "spines"):
            compare_choose.filters(state, sort=state.view == "table")


def picture(
    bundle: Bundle, state: CompareState, areas: list[Area], lines: list[Line], line: Line | None
) -> None:
    """Draw the chosen view."""
    if state.view == "ages":
        compare_views.ages(bundle, areas)
    elif state.view == "spines":
        compare_views.spines(bundle, state, areas, lines)
    elif state.view == "figure" and line is not None:
        compare_views.figure(bundle, state, areas, line)
    else:
        compare_views.table(bundle, state, areas, lines)


def in_files(bundle: Bundle, state: CompareState, lines: list[Line], line: Line | None) -> list[Line]:
    """The lines that the files of a view hold: what is shown."""
    if state.view == "ages":
        return ages_of(bundle, state)
    return [line] if state.view == "figure" and line is not None else lines


def show() -> None:
    """Draw the page for the comparison in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("The areas cannot be compared")
        st.html(f'<p class="notice" role="alert">{escape(fault)}</p>')
        return
    bundle = store.bundle()
    state = read(st.query_params.to_dict(), bundle)
    areas, lines = compared(bundle, state), lines_of(bundle, state)
    line = chosen_line(state, lines)
    compare_style.apply()
    headings.title(title(state, areas, lines, line))
    selection.show_notes([*state.notes, *compare_choose.areas(bundle, state)])
    if not areas:
        st.html(
            '<p class="lede">Choose wards, neighbourhoods, Places or small areas in the field above. '
            "Cheshire and Merseyside and England can stand beside them.</p>"
        )
        return
    notes = compare_words.notes(lines) if state.view == "table" else {}
    st.html(key_html(areas, [notes.get(area.code, "") for area in areas]))
    compare_choose.view(state)
    controls(bundle, state, lines, line)
    grouped = compare_views.grouping_places(bundle, areas)
    if grouped:
        caveats.show_grouping(bundle, grouped)
    picture(bundle, state, areas, lines, line)
    compare_download.show(bundle, state, areas, in_files(bundle, state, lines, line))


show()
