"""School readiness in a profile: published, counted by the council, or expected; companions after it."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import how_sure_inputs, profile_sections
from components.area_facts import level_of
from components.caveats import capital
from components.expected_readiness import EXPECTED, beside_expected, children_words
from components.figures import figure, limits
from components.key_figures import Line
from data.query import Bundle

PUBLISHED = ("place", "region", "england")
NO_READINESS = "School readiness is published for whole Places only, and there is no estimate for this area."
READINESS_INPUTS = "Download the inputs to recompute this estimate (CSV)"


def readiness_words(bundle: Bundle, code: str) -> list[str]:
    """What the school readiness of an area smaller than a Place means; empty where it is published."""
    own = bundle.value("gld", code)
    indicator = bundle.catalogue["gld"]
    expected = bundle.value("gld", code, own.period, "expected") if own is not None else None
    if own is None or own.value is None:
        if expected is not None and expected.value is not None:
            between = limits(indicator, expected.lower, expected.upper)
            return [
                "The council’s count is withheld so that no child can be known by it. An estimate stands in "
                "for it: "
                f"{figure(indicator, expected.value)}, {between}. {EXPECTED}"
            ]
        return [NO_READINESS] if level_of(bundle, code) not in PUBLISHED else []
    children = children_words(own)
    if own.basis == "modelled":
        weak = "A weak estimate" if own.reliability == "D" else "An estimate"
        return [f"{weak}: {children}. {EXPECTED} The figures after it are its companions."]
    beside = beside_expected(indicator, own, expected)
    return [f"{capital(children)}. {beside}"] if beside else []


def show(bundle: Bundle, code: str) -> list[Line]:
    """School readiness as published or expected, with the number of children, and its companions after it."""
    for text in readiness_words(bundle, code):
        st.html(f'<p class="lede">{escape(text)}</p>')
    found = profile_sections.figures_table(
        bundle, code, profile_sections.CHILDHOOD, "School readiness and childhood"
    )
    own = bundle.value("gld", code)
    expected = bundle.value("gld", code, own.period, "expected") if own is not None else None
    estimates = [item for item in (own, expected) if item is not None]
    if estimates:
        how_sure_inputs.button(bundle, estimates, key="inputs-gld", label=READINESS_INPUTS)
    # expected figures move with the rates of the Place: their line would show nothing of the area
    counted = own is None or own.basis != "modelled"
    if counted and profile_sections.over_time(
        bundle, code, "gld", key="profile-gld-trend", earlier="gld-previous-framework"
    ):
        st.html(
            '<p class="quiet">The way of assessing changed in 2021/22, so figures before and after the '
            "gap must not be "
            "compared. Nothing was collected in 2019/20 and 2020/21.</p>"
        )
    return found
