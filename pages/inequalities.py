"""Inequalities: how one figure follows deprivation, how wide the gap is, and where it gathers."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    headings,
    inequality_controls,
    inequality_frame,
    inequality_parts,
    inequality_sections,
    inequality_state,
    inequality_words,
    navigation,
    selection,
    store,
)

navigation.require_router()


def show() -> None:
    """Draw the page for the view in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("Inequalities cannot be shown")
        st.html(f'<p class="notice" role="alert">{escape(fault)}</p>')
        return
    bundle = store.bundle()
    view = inequality_state.read(st.query_params.to_dict(), bundle)
    found = inequality_state.results(view)[1]
    pair = inequality_sections.pair_title(view, bundle)
    sentence = pair or inequality_words.title(view, found)
    inequality_frame.style()
    with st.container(key="inequality-title"):
        headings.title(sentence)
    selection.show_notes(view.notes)
    inequality_controls.show(bundle, view)
    if view.reason:
        inequality_sections.none(view, bundle)
    else:
        inequality_sections.gradient_of(view, bundle, found, sentence)
    inequality_parts.show(view, bundle)


show()
