"""Map: one indicator over small areas, wards, neighbourhoods or Places, with the chosen area beside it."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    area_card,
    caveats,
    headings,
    legend,
    map_colour,
    map_controls,
    map_details,
    map_gaps,
    map_levels,
    map_pair,
    map_picture,
    map_shape,
    map_style,
    navigation,
    outside,
    selection,
    store,
)
from components.charts import ranked_bars
from components.charts.template import current_mode
from components.map_colour import Paint
from components.map_state import MapState, benchmarks, read
from data.query import Bundle

navigation.require_router()


def title(state: MapState, bundle: Bundle, paint: Paint) -> str:
    """The takeaway: a true sentence from the figures or their comparison, or what is missing."""
    if not state.known:
        return map_gaps.title(state)
    marks = {name: other.value for name, other in benchmarks(state, bundle).items()}
    text = paint.sentence or ranked_bars.takeaway(state.indicator, state.shown, benchmarks=marks)
    group = state.selection.group
    return text if group == "all" else f"{map_controls.group_words(group)}. {text}"


def beside(
    state: MapState, bundle: Bundle, paint: Paint, choices: dict[str, str], second: MapState | None
) -> None:
    """Draw the choice of colours, legend, chosen area, sources and caveats to the right of the map."""
    if second is None:
        map_colour.choose(state, choices, paint.colour)
        map_levels.choose(paint.colour, state, paint.levels is not None)
    if state.known:
        map_pair.choose(state, second, bundle)
    if isinstance(paint.shading, map_pair.Pair):
        notes = [map_gaps.basis_note(part, bundle) for part in (state, second) if part is not None]
        note = " ".join(dict.fromkeys(note for note in notes if note))
        if map_picture.way_of(second) == map_picture.WAYS[2]:  # each picture has its own legend
            st.html(f'<p class="quiet">{escape(f"{note} {map_pair.LINK}".strip())}</p>')
        else:
            st.html(map_pair.legend_html(paint.shading, state.level, note))
    elif paint.shading.known:
        st.html(
            legend.html(
                paint.shading,
                level=state.level,
                mode=current_mode(),
                heading=paint.heading,
                note=map_gaps.basis_note(state, bundle),
            )
        )
    if second is None:
        map_gaps.choose_weak(state, paint.shading)
    area_card.show(state, bundle, second)
    for part in (state, second) if second is not None else (state,):
        known = part.rows[part.rows["value"].notna()]
        caveats.show(
            part.indicator,
            period=part.selection.period,
            bases=sorted(set(known["basis"])),
            letters=sorted(set(known["reliability"])),
        )


def show() -> None:
    """Draw the page for the view in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("The map cannot be shown")
        st.html(f'<p class="notice" role="alert">{escape(fault)}</p>')
        return
    bundle = store.bundle()
    state = read(st.query_params.to_dict(), bundle)
    choices = map_colour.offered(state, bundle)
    second, notes = map_pair.read(st.query_params.to_dict(), state, bundle)
    if second is not None:
        paint = map_pair.paint(state, second, bundle)
    else:
        colour, more = map_colour.read(st.query_params.get("colour"), choices, state)
        both, more_notes = map_levels.read(st.query_params.get("limits"), colour, state)
        notes += more + more_notes
        paint = (map_levels if both else map_colour).paint(colour, state, bundle)
    sentence = title(state, bundle, paint)
    map_style.apply()
    with st.container(key="map-title"):
        headings.title(sentence)
    # What comes and goes stands in a container of its own: the map keeps its place on the page, and so is not
    # thrown away and made again.
    with st.container():
        notes += map_picture.notes(second) + map_shape.notes(state)
        background = outside.background_note(bundle, state.place_codes)
        selection.show_notes([*state.selection.notes, *notes, *([background] if background else [])])
    map_controls.show(bundle, state)
    with st.container():
        if state.level == "neighbourhood":
            caveats.show_grouping(bundle, state.place_codes)
    left, right = st.columns([62, 38], gap="medium")
    with left:
        with st.container():
            map_gaps.show(state, bundle)
        map_picture.show(state, bundle, paint, sentence, second)
    with right:
        beside(state, bundle, paint, choices, second)
    if state.known:
        map_details.below(state, bundle, paint, sentence, second)


show()
