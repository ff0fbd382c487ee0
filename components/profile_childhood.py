"""School readiness in a profile: published, counted by the council, or expected; companions after it."""

from __future__ import annotations

import streamlit as st

from components import how_sure_inputs, profile_open, profile_sections
from components.caveats import capital
from components.key_figures import Wanted, line
from components.profile_sections import benchmarks
from components.tables import verdict_words
from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from house_style.area_facts import level_of, name_of
from house_style.expected_readiness import EXPECTED, beside_expected, children_words
from house_style.figures import figure, limits, period_words
from house_style.level_names import listed
from house_style.narrative import about

PUBLISHED = ("place", "region", "england")
NO_READINESS = "School readiness is published for whole Places only, and there is no estimate for this area."
MEANS = (
    "Ready for school means a good level of development at the end of reception: talking, feelings, "
    "movement, reading, writing and numbers."
)
READINESS_INPUTS = "Download the inputs to recompute this estimate (CSV)"


def sentences(bundle: Bundle, code: str) -> list[str]:
    """School readiness in plain words with its number of children: published, counted, or expected."""
    own = bundle.value("gld", code)
    indicator = bundle.catalogue["gld"]
    expected = bundle.value("gld", code, own.period, "expected") if own is not None else None
    if own is None or own.value is None:
        if expected is not None and expected.value is not None:
            withheld = "The council’s count is withheld so that no child can be known by it."
            return [withheld, *_expected(indicator, expected)]
        return [NO_READINESS] if level_of(bundle, code) not in PUBLISHED else []
    if own.basis == "modelled":
        return _expected(indicator, own)
    return [
        text for text in (*_counted(bundle, code, own), beside_expected(indicator, own, expected)) if text
    ]


def _expected(indicator: Indicator, own: Observation) -> list[str]:
    """An expected readiness: called an estimate, in children, and compared with nothing."""
    weak = (
        "This is a weak estimate, not a count"
        if own.reliability == "D"
        else "This is an estimate, not a count"
    )
    between = limits(indicator, own.lower, own.upper)
    children = children_words(own)
    return [
        f"We would expect {about(own.value or 0.0)} five-year-olds here to be ready for school.",
        *([f"{capital(children)}."] if children else []),
        f"{weak}: {figure(indicator, own.value)}, {between}.",
        EXPECTED,
    ]


def _counted(bundle: Bundle, code: str, own: Observation) -> list[str]:
    """A published or counted readiness beside Place and England, as far as the limits say."""
    item = line(bundle, Wanted("gld"), code, benchmarks(bundle, code))
    said = [f"{capital(about(own.value or 0.0))} five-year-olds here are ready for school."]
    indicator = bundle.catalogue["gld"]
    if item is not None:
        beside = [
            f"{verdict_words(word, name_of(bundle, mark))} ({figure(indicator, other.value)})"
            for (mark, other), word in zip(item.benchmarks.items(), item.judgements.values(), strict=True)
            if other is not None and other.value is not None and word != "not compared"
        ]
        if beside:
            said.append(f"At {figure(indicator, own.value)} it is {listed(beside)}.")
    children = children_words(own)
    when = period_words(indicator, own.period)
    return [*said, f"{capital(children)} in the {when}." if children else ""]


def show(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part: plain words, then figures, years and the inputs of an estimate."""
    said = sentences(bundle, code)
    if not said:
        return
    profile_open.opening("School readiness", said, notes=[MEANS])
    with profile_open.fold("school", "Show the figures on school readiness and childhood", opened) as is_open:
        if is_open:
            _details(bundle, code)


def _details(bundle: Bundle, code: str) -> None:
    profile_sections.figures_table(bundle, code, profile_sections.CHILDHOOD, "School readiness and childhood")
    own = bundle.value("gld", code)
    expected = bundle.value("gld", code, own.period, "expected") if own is not None else None
    estimates = [item for item in (own, expected) if item is not None]
    if estimates:
        how_sure_inputs.button(bundle, estimates, key="inputs-gld", label=READINESS_INPUTS)
    # expected figures move with the rates of the Place: their line would show nothing of the area
    counted = own is None or own.basis != "modelled"
    if counted and profile_sections.over_time(bundle, code, "gld", earlier="gld-previous-framework"):
        st.html(
            '<p class="quiet">The way of assessing changed in 2021/22, so figures before and after the '
            "gap must not be compared. Nothing was collected in 2019/20 and 2020/21.</p>"
        )
