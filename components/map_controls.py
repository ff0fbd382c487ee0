"""The row of controls above the map. Every control is set from the address and writes to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.caveats import capital
from components.map_state import MAP_LEVELS, MapState
from components.selection import hold, remember
from data.catalogue.model import THEMES
from data.query import Bundle
from geo.config import config
from house_style.figures import period_words
from house_style.level_names import listed, many

GROUP_WORDS = {
    "all": "Everybody",
    "female": "Girls and women",
    "male": "Boys and men",
    "fsm": "Eligible for free school meals",
    "not-fsm": "Not eligible for free school meals",
}
WIDTHS = {"theme": 245, "indicator": 340, "level": 200, "places": 245, "period": 205, "group": 200}


def group_words(group: str) -> str:
    """A subgroup as a reader says it: "Girls and women"; unknown ids with spaces for hyphens."""
    return GROUP_WORDS.get(group, group.replace("-", " ").capitalize())


def level_words(level: str, has: bool) -> str:
    """A level in the list: "Wards", or "Wards (no figures)"."""
    words = many(level)[:1].upper() + many(level)[1:]
    return words if has else f"{words.split(' (')[0]} (no figures)"


def _choose(
    name: str,
    label: str,
    options: list[str],
    value: str,
    words: Callable[[str], str],
    changed: Callable[[str], None],
) -> None:
    key = f"map-{name}"
    hold(key, value, words(value))
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        width=WIDTHS[name],
        on_change=lambda: changed(st.session_state[key]),
    )


def _change_theme(bundle: Bundle, state: MapState, theme: str) -> None:
    here = bundle.indicators(state.level, theme) or bundle.indicators(None, theme)
    if here:
        _change_indicator(bundle, here[0].id)


def _change_indicator(bundle: Bundle, indicator_id: str) -> None:
    remember(indicator=indicator_id, period=None, group=None)


def show(bundle: Bundle, state: MapState) -> None:
    """Draw theme, indicator, level, Places, period and, where there are several, group."""
    chosen = state.selection
    indicators = bundle.indicators(None, state.indicator.theme)
    titles = {item.id: item.short_title for item in indicators}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map-controls"):
        themes = [theme for theme in THEMES if bundle.indicators(None, theme)]
        _choose(
            "theme",
            "Theme",
            themes,
            state.indicator.theme,
            THEMES.__getitem__,
            lambda theme: _change_theme(bundle, state, theme),
        )
        _choose(
            "indicator",
            "Indicator (type to search)",
            list(titles),
            chosen.indicator,
            titles.__getitem__,
            lambda indicator_id: _change_indicator(bundle, indicator_id),
        )
        _choose(
            "level",
            "Areas",
            list(MAP_LEVELS),
            chosen.level,
            lambda level: level_words(level, level in state.levels),
            lambda level: remember(level=level, area=None),
        )
        _places(state)
        periods = bundle.periods(chosen.indicator, chosen.level, chosen.group) or [chosen.period]
        if len(periods) > 1:
            _choose(
                "period",
                "Period",
                periods[::-1],
                chosen.period,
                lambda p: capital(period_words(state.indicator, p)),
                lambda period: remember(period=period),
            )
        groups = bundle.groups(chosen.indicator, chosen.level) or [chosen.group]
        if len(groups) > 1:
            _choose(
                "group",
                "Group",
                groups,
                chosen.group,
                group_words,
                lambda group: remember(group=None if group == "all" else group),
            )


def _places(state: MapState) -> None:
    settings = config()
    if state.level == "place":
        return
    names = {place.code: place.name for place in settings.places}
    shown = [names[code] for code in state.place_codes]
    label = listed(shown) if len(listed(shown)) < 26 else f"{shown[0]} and {len(shown) - 1} more"

    def changed() -> None:
        codes = [code for code in names if code in st.session_state["map-places"]]
        if codes:
            slugs = ",".join(settings.place(code).slug for code in codes)
            remember(places=slugs)

    hold("map-places", list(state.place_codes))
    with st.popover(f"Places: {label}", width=WIDTHS["places"]):
        st.pills(
            "Places to show",
            list(names),
            format_func=names.__getitem__,
            selection_mode="multi",
            key="map-places",
            on_change=changed,
        )
