"""The chosen area: its figure, how sure it is, its rank and comparisons; and the box to choose it."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import how_sure, how_sure_inputs, navigation, tables
from components.caveats import capital, unavailable
from components.legend import short_noun
from components.map_state import MapState, benchmarks
from components.selection import hold, remember
from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from house_style import figures
from house_style.age_note import has_standardised
from house_style.expected_readiness import EXPECTED, beside_expected, children_words, is_expected
from house_style.level_names import one
from house_style.narrative import number_or_none, verdict

PROMPT = "None: click the map, or choose here"


@st.cache_data(show_spinner=False, max_entries=64)
def option_names(version: str, level: str, places: tuple[str, ...], _bundle: Bundle) -> dict[str, str]:
    """Areas of a level by name; a small area with its local area, a ward or local area with its Place."""
    areas = _bundle.areas[_bundle.areas["area_level"] == level]
    areas = areas[areas["place_code"].isin(places)]
    parent = "parent_code" if level == "lsoa" else "place_code"
    beside = areas[parent].map(_bundle.areas["area_name"]).tolist()
    if level == "place" or (level != "lsoa" and len(places) == 1):
        beside = [None] * len(areas)
    pairs = zip(areas.index, areas["area_name"], beside, strict=True)
    names = {
        str(code): f"{name}, {more}" if isinstance(more, str) else str(name) for code, name, more in pairs
    }
    return dict(sorted(names.items(), key=lambda item: item[1]))


def choose(state: MapState, bundle: Bundle) -> None:
    """Draw the box to choose an area without the map. An area of another level stays chosen and listed."""
    names = option_names(bundle.version, state.level, state.place_codes, bundle)
    chosen = state.selection.area
    if chosen is not None and chosen not in names:
        names = {
            chosen: f"{bundle.name(chosen)} ({one(str(bundle.areas.loc[chosen, 'area_level']))})"
        } | names
    hold("map-area", chosen, names[chosen] if chosen else "")
    st.selectbox(
        "Chosen area",
        list(names),
        format_func=names.__getitem__,
        key="map-area",
        placeholder=PROMPT,
        index=None,
        on_change=lambda: remember(area=st.session_state["map-area"]),
    )


def rank_sentence(state: MapState, area_code: str) -> str:
    """ "3rd highest of 64 wards": among the areas shown that have a figure; "" where it cannot be said."""
    known = state.rows[state.rows["value"].notna()]
    mine = known[known["area_code"] == area_code]
    if mine.empty or len(known) < 2:
        return ""
    values = known["value"].round(state.indicator.decimals)
    value = values[mine.index[0]]
    above, below, same = (
        int((values > value).sum()),
        int((values < value).sum()),
        int((values == value).sum()) - 1,
    )
    noun = short_noun(state.level)
    words = figures.rank_words(above + 1, len(known), noun)
    if below < above:
        words = figures.rank_words(below + 1, len(known), noun, lowest=True)
    tie = f", level with {same:,} {'other' if same == 1 else 'others'}" if same else ""
    return words[:1].upper() + words[1:] + tie


def comparisons(state: MapState, bundle: Bundle, mine: Observation) -> list[str]:
    """One line of HTML for each benchmark: shape, verdict in words, the benchmark's figure."""
    lines = []
    for name, other in benchmarks(state, bundle, mine.area_code).items():
        judgement = "not compared" if is_expected(mine) else verdict(bundle, state.indicator, mine, other)
        value = escape(figures.figure(state.indicator, other.value))
        if judgement == "not compared":
            lines.append(f"{escape(name)}: <b>{value}</b>")
        else:
            lines.append(f"{tables.verdict_html(judgement, name)} <b>{value}</b>")
    return lines


def card_html(state: MapState, bundle: Bundle, area_code: str) -> str:
    """The card of one area as HTML."""
    area = bundle.areas.loc[area_code].to_dict()
    place = bundle.place_name(area["place_code"]) if area["area_level"] not in ("place", "region") else ""
    kind = one(str(area["area_level"])) + (f" in {place}" if place else "")
    if area["area_level"] == "lsoa" and area["parent_code"] in bundle.areas.index:
        kind = f"small area in {bundle.name(area['parent_code'])}, {place}"
    people = number_or_none(area["population"])
    residents = f" · {figures.number(people)} residents in 2021" if people is not None else ""
    indicator, chosen = state.indicator, state.selection
    mine = bundle.value(indicator.id, area_code, chosen.period, chosen.group)
    head = (
        f'<p class="name"><b>{escape(str(area["area_name"]))}</b></p>'
        f'<p class="beside">{escape(kind)}{escape(residents)}</p>'
    )
    if mine is None or mine.value is None:
        status = mine.status if mine is not None else None
        why = escape(unavailable(status))
        return f'<div class="big area-card">{head}<p class="value">No figure</p><p>{why}</p></div>'
    between = figures.limits(indicator, mine.lower, mine.upper)
    spread = f"95% sure to lie {between}" if between else "No confidence limits: “About” below says why"
    if is_expected(mine) and between:
        spread = f"If children were counted, 95% sure to lie {between}"
    if indicator.statistic in ("decile", "rank"):
        spread = "1 is the most deprived in England"
    if mine.basis == "modelled":
        weak = "A weak estimate: do not rank by it" if mine.reliability == "D" else "An estimate from a model"
        head += f'<p class="notice">{weak}</p>'
    no_rank = indicator.statistic == "decile" or mine.reliability == "D" or is_expected(mine)
    rank = "" if no_rank else rank_sentence(state, area_code)
    lines = ([escape(rank)] if rank else []) + comparisons(state, bundle, mine)
    items = "".join(f"<li>{line}</li>" for line in lines)
    value = escape(capital(figures.figure(indicator, mine.value)))
    return (
        f'<div class="big area-card">{head}<p class="value">{value}</p>'
        f'<p class="beside">{escape(spread)}</p>{meaning_html(bundle, indicator, mine)}<ul>{items}</ul>'
        f'<p class="beside">{escape(figures.RELIABILITY_WORDS[mine.reliability])}. '
        f"How it was made: {escape(figures.BASIS_WORDS[mine.basis])}.</p>"
        f"{how_sure.details_html(bundle, indicator, mine)}</div>"
    )


def meaning_html(bundle: Bundle, indicator: Indicator, mine: Observation) -> str:
    """What the figure means, where that must not be missed: its age, its children, or that it is expected."""
    said = []
    if indicator.id == "gld" and mine.group == "all":
        children = children_words(mine)
        expected = bundle.value(indicator.id, mine.area_code, mine.period, "expected")
        said = [f"{capital(children)}." if children else "", beside_expected(indicator, mine, expected)]
        said += [EXPECTED] if is_expected(mine) else []
    support = how_sure.support_of(bundle, mine)
    if support is not None and has_standardised(support):
        said.append(f"Allowing for age: {figures.figure(indicator, support.standardised)}.")
    said.append(how_sure.note_of(bundle, mine))
    return "".join(f'<p class="beside">{escape(text)}</p>' for text in said if text)


def show(state: MapState, bundle: Bundle, second: MapState | None = None) -> None:
    """Draw the box and, for a chosen area, its card (of both figures where there are two) and the way to its
    profile.
    """
    choose(state, bundle)
    code = state.selection.area
    if code is None:
        return
    for at, part in enumerate((state, second) if second is not None else (state,)):
        if second is not None:
            st.html(f'<p class="legend-heading">{escape(part.indicator.short_title)}</p>')
        st.html(card_html(part, bundle, code))
        mine = bundle.value(part.indicator.id, code, part.selection.period, part.selection.group)
        if mine is not None:
            how_sure_inputs.button(bundle, [mine], key=f"inputs-{at}")
    if state.level != bundle.areas.loc[code, "area_level"]:
        kind = escape(short_noun(state.level))
        st.html(f'<p class="quiet">The map shows {kind}; this area is of another kind.</p>')
    navigation.link("profile", f"Everything about {bundle.name(code)}", {"area": code})
