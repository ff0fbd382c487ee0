"""The controls of the comparison: which areas, against what, which figures. All are set from the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import streamlit as st

from components import finder, store
from components.charts.tartan_rug import SORT_WORDS
from components.compare_areas import MOST
from components.compare_state import FILTERS, VIEWS, CompareState
from components.finder import describe
from components.selection import hold, quoted, remember
from data.query import Bundle
from geo.config import config

# The browser draws every entry of the open list: smaller areas and networks are found by typing their name
LISTED = ("place", "region", "england", "neighbourhood", "ward")
FILTER_LABELS = {"theme": "Theme", "marmot": "Marmot principle", "life": "Life stage"}
WIDTHS = {"theme": 235, "marmot": 330, "life": 205, "sort": 215, "with": 190, "among": 330, "figure": 420}
MISSED = "compare-missed"  # what was typed and is nothing we know, told once after the rerun


@lru_cache(maxsize=2)
def _labels(version: str) -> dict[str, str]:
    """Every area of the list with what it is called, larger kinds first. Wards: those of the Places that the
    dashboard is about; the list is drawn anew on every change, and the others are found by typing too."""
    bundle = store.bundle()
    levels, settings = bundle.areas["area_level"], config()
    ours = [place.code for role in ("home", "pioneer") for place in settings.with_role(role)]
    levels = levels[(levels != "ward") | bundle.areas["place_code"].isin(ours)]
    return {
        str(code): describe(bundle, str(code))
        for level in LISTED
        for code in _ordered(bundle, [str(code) for code in levels.index[levels == level]])
    }


def _ordered(bundle: Bundle, codes: list[str]) -> list[str]:
    """Places in the usual order, other areas by name."""
    places = list(config().place_codes)
    return sorted(codes, key=lambda code: (places.index(code) if code in places else 99, bundle.name(code)))


def resolve(bundle: Bundle, text: str) -> str | None:
    """The area that something typed means: a code, a postcode (its ward), or the best match of a name."""
    typed = text.strip()[: finder.LONGEST]
    if typed.upper() in bundle.areas.index:
        return typed.upper()
    certain = finder.answer(bundle, typed)
    if certain:
        return certain
    matches = bundle.find(typed, 1)
    return matches[0].area_code if matches else None


def _changed(bundle: Bundle) -> None:
    codes: list[str] = []
    missed = []
    for choice in st.session_state["compare-areas"]:
        code = choice if choice in bundle.areas.index else resolve(bundle, choice)
        if code is None:
            missed.append(choice)
        elif code not in codes:
            codes.append(code)
    st.session_state[MISSED] = missed
    # an empty list is kept in the address: it is not the same as opening the page without one
    st.query_params["areas"] = ",".join(codes[:MOST])
    remember(area=None)


def areas(bundle: Bundle, state: CompareState) -> list[str]:
    """Draw the search field with the chosen areas; returns what was typed and not found."""
    labels = _labels(bundle.version)
    extra = [code for code in state.codes if code not in labels]
    hold("compare-areas", list(state.codes))
    st.multiselect(
        f"Areas to compare, up to {MOST}: type a name, a postcode or an area code",
        [*labels, *extra],
        format_func=lambda code: (
            labels.get(code) or (describe(bundle, code) if code in bundle.areas.index else code)
        ),
        key="compare-areas",
        max_selections=MOST,
        accept_new_options=True,
        filter_mode="contains",  # letters found anywhere in order made Newton-le-Willows of "nonsense"
        select_all=False,  # stands first in the list: Enter took every match
        placeholder="For example Everton East, L4 0TH or Sefton",
        on_change=lambda: _changed(bundle),
    )
    missed = st.session_state.pop(MISSED, [])
    return [
        f"Nothing is called {quoted(text)}. Try a full postcode in Cheshire and Merseyside, or the name of a "
        "ward, a neighbourhood or a Place."
        for text in missed
    ]


def view(state: CompareState) -> None:
    """Draw the switch between the four pictures."""
    hold("compare-view", state.view)
    st.segmented_control(
        "Show",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        key="compare-view",
        label_visibility="collapsed",
        on_change=lambda: remember(view=st.session_state["compare-view"] or state.view),
    )


def select(
    name: str, label: str, options: Sequence[str], value: str, words: Callable[[str], str], default: str = ""
) -> None:
    """Draw a select box of the address's parameter `name`; the default is left out of the address."""
    key = f"compare-{name}"
    hold(key, value, words(value))
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        width=WIDTHS[name],
        on_change=lambda: remember(
            **{
                "indicator" if name == "figure" else name: None
                if st.session_state[key] == default
                else st.session_state[key]
            }
        ),
    )


def against(state: CompareState) -> None:
    """Draw the choice of England or each area's Place."""
    words = {"england": "England", "place": "Their own Place"}
    select("with", "Compared with", list(words), state.against, words.__getitem__, "england")


def filters(state: CompareState, *, sort: bool) -> None:
    """Draw theme, Marmot principle and life stage, and the order where the table has one."""
    for name, words in FILTERS.items():
        every = {"": "All", **words}
        select(name, FILTER_LABELS[name], list(every), state.filters[name], every.__getitem__)
    if sort:
        select("sort", "Order", list(SORT_WORDS), state.sort, lambda key: SORT_WORDS[key], "theme")  # type: ignore[index]


def among(bundle: Bundle, state: CompareState, choices: Sequence[str], words: dict[str, str]) -> None:
    """Draw the choice of the areas that the compared ones stand among."""
    if state.among is not None:
        select("among", "Among", list(choices), state.among.key, words.__getitem__)
