"""What a visitor is looking at, read from the address and written back to it.

A value that the address names but the tables do not have is replaced, never silently: the selection carries
a note that names the unknown value and what is shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from data.catalogue.model import LEVELS
from data.query import Bundle
from geo.config import Config, config
from house_style.level_names import listed, many

LONGEST_ECHO = 40  # characters of an unknown value that a message repeats


@dataclass(frozen=True)
class Selection:
    """One view: what is shown, for which areas, when, and which area is picked.

    `places` are Place codes in display order. `notes` say what in the address could not be used.
    """

    indicator: str
    level: str
    places: tuple[str, ...]
    period: str
    group: str = "all"
    area: str | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)

    def params(self) -> dict[str, str]:
        """The query parameters that reopen this view. Defaults are written out: a link must not drift."""
        settings = config()
        values = {
            "indicator": self.indicator,
            "level": self.level,
            "places": ",".join(settings.place(code).slug for code in self.places),
            "period": self.period,
            "group": "" if self.group == "all" else self.group,
            "area": self.area or "",
        }
        return {key: value for key, value in values.items() if value}


def quoted(text: str) -> str:
    """An unknown value as a message may repeat it: shortened, in quotation marks."""
    short = text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"
    return f"“{short}”"


def with_code(text: str) -> str:
    """Plain text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _indicator(params: Mapping[str, str], bundle: Bundle, settings: Config, notes: list[str]) -> str:
    known = {indicator.id: indicator for indicator in bundle.indicators()}
    wanted = params.get("indicator", settings.view.indicator)
    if wanted in known:
        return wanted
    shown = settings.view.indicator if settings.view.indicator in known else next(iter(known))
    notes.append(
        f"There is no indicator called {quoted(wanted)}. Showing “{known[shown].short_title}” instead."
    )
    return shown


def _level(
    params: Mapping[str, str], bundle: Bundle, settings: Config, indicator: str, notes: list[str]
) -> str:
    available = [level for level in bundle.levels(indicator) if level not in ("region", "england")]
    wanted = params.get("level", settings.view.level)
    if wanted in available:
        return wanted
    for shown in (settings.view.level, "ward", "msoa", "place", *available):
        if shown in available:
            break
    if wanted not in LEVELS:
        notes.append(f"There is no kind of area called {quoted(wanted)}. Showing {many(shown)} instead.")
    elif "level" in params:
        notes.append(f"This figure is not available for {many(wanted)}. Showing {many(shown)} instead.")
    return shown


def parse_places(text: str, settings: Config) -> tuple[tuple[str, ...], list[str]]:
    """Place codes (display order) and unknown names from a comma-separated list of slugs or codes."""
    by_name = {name: place.code for place in settings.places for name in (place.slug, place.code.lower())}
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in wanted if part.lower() not in by_name]
    chosen = {by_name[part.lower()] for part in wanted if part.lower() in by_name}
    return tuple(code for code in settings.place_codes if code in chosen), unknown


def _places(params: Mapping[str, str], settings: Config, notes: list[str]) -> tuple[str, ...]:
    if "places" not in params:
        return settings.view.places
    chosen, unknown = parse_places(params["places"], settings)
    shown = chosen or settings.view.places
    if unknown or not chosen:
        names = listed([settings.place(code).name for code in shown])
        what = listed([quoted(name) for name in unknown]) or "an empty list"
        notes.append(f"There is no Place called {what}. Showing {names}.")
    return shown


def _choice(name: str, wanted: str | None, options: list[str], shown: str, notes: list[str]) -> str:
    if wanted is None or wanted in options:
        return wanted or shown
    notes.append(f"This figure has no {name} {quoted(wanted)}. Showing {quoted(shown)} instead.")
    return shown


def known_area(params: Mapping[str, str], bundle: Bundle, notes: list[str]) -> str | None:
    """The area code of the address if the tables have it, else None with a note."""
    wanted = params.get("area", "").strip()
    if not wanted:
        return None
    for code in (wanted, wanted.upper()):
        if code in bundle.areas.index:
            return code
    notes.append(f"There is no area with the code {quoted(wanted)}. Search by name or postcode instead.")
    return None


def read_selection(params: Mapping[str, str], bundle: Bundle, settings: Config | None = None) -> Selection:
    """The selection that an address asks for, made valid against the tables.

    Parameters
    ----------
    params
        `st.query_params`, or any mapping of strings: indicator, level, places, period, group, area.
    bundle
        The shipped tables.
    settings
        The configuration with the opening view; that of this checkout by default.
    """
    settings = settings or config()
    notes: list[str] = []
    indicator = _indicator(params, bundle, settings, notes)
    level = _level(params, bundle, settings, indicator, notes)
    places = _places(params, settings, notes)
    groups = bundle.groups(indicator)
    group = _choice("group", params.get("group"), groups, "all" if "all" in groups else groups[0], notes)
    periods = bundle.periods(indicator, level, group) or bundle.periods(indicator)
    period = _choice("period", params.get("period"), periods, periods[-1], notes)
    area = known_area(params, bundle, notes)
    return Selection(indicator, level, places, period, group, area, tuple(notes))


def remember(**changes: str | None) -> None:
    """Write changed parameters to the address; None or "" takes one away. Safe in widget callbacks."""
    for key, value in changes.items():
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def _reported(key: str) -> WidgetState | None:
    """What the browser said of a widget when it asked for this run; None where it has not drawn it yet."""
    context = get_script_run_ctx(suppress_warning=True)
    states = context.session_state.get_widget_states() if context is not None else []
    return next((state for state in states if user_key_from_element_id(state.id) == key), None)


def hold(key: str, value: object, label: str = "") -> None:
    """Give a widget the value of the address before it is drawn, unless the browser shows it already.

    Whatever is written to the session counts as new: the browser then draws every option of the list again,
    though nothing changed, which for the small areas of three Places takes longer than the map itself.
    `label` is the option's words where they can change while the value stays: the browser knows it by them.
    """
    said = _reported(key)
    same_words = said is not None and (not label or label == said.string_value)
    if not same_words or st.session_state.get(key) != value:
        st.session_state[key] = value


def show_notes(notes: tuple[str, ...] | list[str]) -> None:
    """Say, above the picture, what in the address could not be used."""
    for note in notes:
        st.html(f'<p class="notice" role="status">{with_code(note)}</p>')
