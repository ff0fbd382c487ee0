"""The row of controls of the Inequalities page. Every control is set from the address and writes to it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.caveats import capital
from components.inequality_state import View
from components.map_controls import group_words
from components.selection import hold, remember
from data.catalogue.model import THEMES
from data.gradient import BYS
from data.query import Bundle
from geo.config import config
from house_style.figures import period_words

WIDTHS = {"theme": 225, "indicator": 300, "where": 215, "period": 180, "group": 190, "by": 180}
SEVERAL = "several"
BY_WORDS = {"tenth": "Tenths of England", "fifth": "Fifths of England"}


def _choose(
    name: str,
    label: str,
    options: list[str],
    value: str,
    words: Callable[[str], str],
    changed: Callable[[str], None],
) -> None:
    key = f"inequality-{name}"
    hold(key, value, words(value))
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        width=WIDTHS[name],
        on_change=lambda: changed(st.session_state[key]),
    )


def _change_theme(bundle: Bundle, theme: str) -> None:
    here = bundle.indicators("lsoa", theme) or bundle.indicators(None, theme)
    shares = [item for item in here if item.aggregation == "rate"] or here
    remember(indicator=shares[0].id, period=None, group=None, level=None)


def slugs(codes: list[str] | tuple[str, ...]) -> str:
    """Places as the address names them."""
    return ",".join(config().place(code).slug for code in codes)


def _where(view: View) -> None:
    settings = config()
    names = {place.code: place.name for place in settings.places}
    everywhere = settings.region_code
    options = [*names, everywhere]
    if len(view.places) == 1:
        value = view.places[0]
    elif set(view.places) == set(settings.region_places):
        value = everywhere
    else:
        value = SEVERAL
        options.append(SEVERAL)
    words = {**names, everywhere: settings.region_name, SEVERAL: view.where}

    def changed(code: str) -> None:
        if code != SEVERAL:
            remember(places=slugs(settings.region_places if code == everywhere else (code,)))

    _choose("where", "Where", options, value, words.__getitem__, changed)
    with st.popover("Combine Places", width=155):
        hold("inequality-places", list(view.places))
        st.pills(
            "Places taken together",
            list(names),
            format_func=names.__getitem__,
            selection_mode="multi",
            key="inequality-places",
            on_change=_combined,
        )


def _combined() -> None:
    codes = [code for code in config().place_codes if code in st.session_state["inequality-places"]]
    if codes:
        remember(places=slugs(codes))


def show(bundle: Bundle, view: View) -> None:
    """Draw theme, indicator, Places, grouping and, where there are several, period and group."""
    indicator = view.indicator
    titles = {item.id: item.short_title for item in bundle.indicators(None, indicator.theme)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="inequality-controls"):
        themes = [theme for theme in THEMES if bundle.indicators(None, theme)]
        _choose(
            "theme", "Theme", themes, indicator.theme, THEMES.__getitem__,
            lambda theme: _change_theme(bundle, theme),
        )  # fmt: skip
        _choose(
            "indicator", "Indicator (type to search)", list(titles), indicator.id, titles.__getitem__,
            lambda chosen: remember(indicator=chosen, period=None, group=None, level=None),
        )  # fmt: skip
        _where(view)
        periods = bundle.periods(indicator.id, view.unit_level, view.group)
        if len(periods) > 1 and not view.reason:
            _choose(
                "period", "Period", periods[::-1], view.period, lambda p: capital(period_words(indicator, p)),
                lambda period: remember(period=period),
            )  # fmt: skip
        groups = bundle.groups(indicator.id)
        if len(groups) > 1 and not view.reason:
            _choose(
                "group", "Group", groups, view.group, group_words,
                lambda group: remember(group=None if group == "all" else group),
            )  # fmt: skip
        if view.unit_level == "lsoa" and not view.reason:
            _choose(
                "by", "Bars by deprivation", list(BYS), view.by, BY_WORDS.__getitem__,
                lambda by: remember(by=None if by == "tenth" else by),
            )  # fmt: skip
