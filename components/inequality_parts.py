"""The parts below the gradient, one at a time: scatter, hot spots, gap over time, spread, concentration."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import streamlit as st

from components import caveats, inequality_frame, inequality_state, legend, selection, store
from components import inequality_meanings as meanings
from components.basemap import surroundings
from components.charts import (
    concentration_curve,
    gap_trend,
    hot_spots,
    scatter_deprivation,
    spread_within,
    still,
)
from components.charts.template import current_mode
from components.inequality_download import source_words, subtitle
from components.inequality_state import PARTS, View
from components.legend import short_noun
from data.findings import change
from data.hot_spots import COLD, HOT, HotSpots
from data.query import Bundle
from house_style.figures import period_words
from house_style.palette import Mode
from methods.spatial import FEWEST_AREAS

if TYPE_CHECKING:
    from components.inequality_picture import Form

KEY, PENDING = "inequality-part", "inequality-asked"
ENDS = ("most deprived end of the line", "least deprived end of the line")
# Caveats by which the periods of a series must not be compared, whatever a test would say.
NO_SERIES = ("fuel-poverty-not-over-time", "uc-rollout")


@lru_cache(maxsize=128)
def _scatter_picture(view: View, level: str, alt: str, mode: Mode) -> str:
    frame, _ = inequality_state.scatter(view, level)
    chart = scatter_deprivation.draw(view.indicator, frame, every_width=True, mode=mode)
    return still.draw(chart, alt=alt, mode=mode)


def scatter(view: View, bundle: Bundle) -> None:
    """Areas by deprivation and figure."""
    levels = [name for name in inequality_state.LEVELS if name in _levels(view, bundle)]
    level = view.level if view.level in levels else levels[0]
    asked = st.query_params.get("level")
    level = asked if asked in levels else level
    frame, steepness = inequality_state.scatter(view, level)
    if not scatter_deprivation.available(frame):
        level = next((name for name in levels if len(inequality_state.scatter(view, name)[0]) >= 3), level)
        frame, steepness = inequality_state.scatter(view, level)
    title = scatter_deprivation.takeaway(view.indicator, short_noun(level), steepness)
    inequality_frame.heading(title)
    selection.hold("inequality-level", level)
    st.segmented_control(
        "Areas",
        levels,
        format_func=lambda name: short_noun(name)[:1].upper() + short_noun(name)[1:],
        key="inequality-level",
        on_change=_asked,
        args=("level", "inequality-level"),
    )
    if level == "neighbourhood":
        caveats.show_grouping(bundle, view.places)
    if not scatter_deprivation.available(frame):
        st.html('<p class="quiet">There are fewer than three areas with a figure.</p>')
        return
    words = f"Scatter of {len(frame)} {short_noun(level)} by IMD score and figure. {title}"
    alt = f"{words} {inequality_frame.IN_TABLE}"
    picture = _scatter_picture(replace(view, part="", notes=()), level, alt, current_mode())
    inequality_frame.below(
        view, f"scatter-{level}", scatter_deprivation.to_table(view.indicator, frame), title=title,
        method=meanings.SCATTER_METHOD, words=f"By deprivation of {short_noun(level)}.", download=frame,
        noun=short_noun(level), above=picture, chart=lambda: scatter_deprivation.draw(view.indicator, frame),
    )  # fmt: skip


def _levels(view: View, bundle: Bundle) -> list[str]:
    have = bundle.levels(view.indicator.id)
    if all(bundle.neighbourhood_status(code) is None for code in view.places):
        have = [level for level in have if level != "neighbourhood"]
    return have


def _names(view: View, bundle: Bundle, found: HotSpots) -> dict[str, list[str]]:
    if found.level != "lsoa":
        groups = found.table.groupby("label")["area_name"]
        return {str(label): list(names) for label, names in groups if label in (HOT, COLD)}
    inside = inequality_state.mostly_in(view, "ward")
    named = {}
    for label in (HOT, COLD):
        codes = found.table.loc[found.table["label"] == label, "area_code"]
        wards = Counter(inside[code] for code in codes if code in inside)
        named[label] = [bundle.name(code) for code, _ in wards.most_common()]
    return named


@lru_cache(maxsize=32)
def _map(view: View, alt: str, mode: Mode) -> str:
    """The still map, kept: merging hundreds of outlines takes longer than all the rest."""
    bundle, found = store.bundle(), inequality_state.spots(view)
    if found is None:
        return ""
    frame = hot_spots.prepare(found, bundle.geometry(found.level, view.places))
    named = _named(view, bundle)
    return hot_spots.draw(
        view.indicator, frame, around=surroundings(bundle, view.places), alt=alt, named=named, mode=mode
    )


def spots(view: View, bundle: Bundle) -> None:
    """Hot and cold spots on a still map."""
    found = inequality_state.spots(view)
    if found is None:
        return
    title = hot_spots.takeaway(view.indicator, found, _names(view, bundle, found))
    if not hot_spots.available(found):
        inequality_frame.heading("Hot and cold spots cannot be tested here")
        count = int(found.table["value"].notna().sum())
        st.html(
            f'<p class="notice" role="status">{view.where} has {count} '
            f"{short_noun(found.level, count)} with a figure; a test needs at least {FEWEST_AREAS}. "
            "Take several Places together, or all of Cheshire and Merseyside.</p>"
        )
        return
    inequality_frame.heading(title)
    geometry = bundle.geometry(found.level, view.places)
    shading = hot_spots.shading(view.indicator, found)
    alt = legend.alt_text(shading, level=found.level, title=title)
    left, right = st.columns([55, 45], gap="large")
    with left:
        st.image(_map(view, alt, current_mode()), width="stretch", alt=alt)
    with right:
        heading = f"{view.indicator.title}, {period_words(view.indicator, view.period)}"
        st.html(
            f"<style>{legend.CSS}</style>"
            + legend.html(
                shading, level=found.level, mode=current_mode(), heading=heading, note=_whole(found)
            )
        )

    kept = f"{view.indicator.short_title} in {view.where}: hot and cold spots"

    def picture(form: Form) -> bytes:
        from components import static_map  # here: matplotlib takes 30 MB, and few want a picture

        return static_map.draw(
            geometry, shading, _fills(view, found), level=found.level, title=kept,
            subtitle=subtitle(view, "What chance can explain is grey."), source=source_words(view),
            around=surroundings(bundle, view.places), form=form,
        )  # fmt: skip

    wards = pd.Series(inequality_state.mostly_in(view, "ward"))
    inside = wards.map(bundle.areas["area_name"]).to_dict()
    how = found.local.method if found.local else ""
    inequality_frame.below(
        view, "spots", hot_spots.to_table(view.indicator, found, inside), title=title,
        method=meanings.SPOTS_METHOD, picture=picture, noun=short_noun(found.level),
        download=found.table.assign(method=how),
    )  # fmt: skip


def _named(view: View, bundle: Bundle) -> gpd.GeoDataFrame:
    """Areas to name on the map: neighbourhoods or wards of one Place, or the Places."""
    if len(view.places) > 1:
        places = bundle.geometry("place", view.places)
        return places[places["area_code"].isin(view.places)]
    level = "neighbourhood" if bundle.neighbourhood_status(view.places[0]) is not None else "ward"
    return bundle.geometry(level, view.places)


def _fills(view: View, found: HotSpots) -> dict[str, str]:
    colour = hot_spots.colours(view.indicator)
    pairs = zip(found.table["area_code"], found.table["label"], strict=True)
    return {code: colour[label] for code, label in pairs if label in colour}


def _whole(found: HotSpots) -> str:
    if found.whole is None:
        return ""
    alike = "resemble" if found.whole.value > found.whole.expected else "differ from"
    if found.whole.p > 0.05:
        return "Over the whole map, neighbouring areas resemble each other no more than chance would have it."
    return f"Over the whole map, neighbouring areas {alike} each other more than chance would have it."


def time(view: View, bundle: Bundle) -> None:
    """The gap along the slope for every period."""
    table = inequality_state.over_time(view)
    draw_time(view, gap_trend.prepare(table), ENDS, meanings.TIME_METHOD)


def draw_time(view: View, frame: pd.DataFrame, names: tuple[str, str], method: str) -> None:
    """A gap by period with its sentence; a series that is no trend is never tested as one."""
    broken = [code for code in view.indicator.caveats if code in NO_SERIES]
    verdict = "untested" if broken else change(frame)[0]
    title = gap_trend.takeaway(view.indicator, frame, verdict, not_a_series=bool(broken))
    inequality_frame.heading(title or "Too few periods to show the gap over time")
    notes = [store.the_catalogue().caveats[code] for code in broken]
    for note in notes:
        st.html(f'<p class="notice">{note.short} {note.detail}</p>')
    if not gap_trend.available(frame):
        return
    left, _ = st.columns([64, 36])
    with left:
        chart = gap_trend.draw(view.indicator, frame, names=names, mode=current_mode())
        inequality_frame.picture(chart, "time", f"Chart. {title}")
    inequality_frame.below(
        view, "gap-over-time", gap_trend.to_table(view.indicator, frame, names), title=title, method=method,
        words="The gap by period.", download=frame, noun="periods",
        chart=lambda: gap_trend.draw(view.indicator, frame, names=names),
    )  # fmt: skip


def spread(view: View, bundle: Bundle) -> None:
    """How small areas differ inside neighbourhoods, or wards where no neighbourhoods are defined."""
    level = "neighbourhood" if "neighbourhood" in _levels(view, bundle) and len(view.places) == 1 else "ward"
    found, _ = inequality_state.spread(view, level)
    frame = spread_within.prepare(found)
    if found is None or not spread_within.available(frame):
        inequality_frame.heading(f"No {short_noun(level, 1)} has three small areas with a figure")
        return
    title = spread_within.takeaway(view.indicator, frame, found.within_share, short_noun(level))
    inequality_frame.heading(title)
    if level == "neighbourhood":
        caveats.show_grouping(bundle, view.places)
    if len(frame) > spread_within.MOST:
        st.html(
            f'<p class="quiet">The {spread_within.MOST} {short_noun(level)} with the widest range. All '
            f"{len(frame)} are in the table.</p>"
        )
    inequality_frame.picture(
        spread_within.draw(view.indicator, frame, mode=current_mode()), "spread", f"Chart of ranges. {title}"
    )
    noun = short_noun(level, 1)
    inequality_frame.below(
        view, f"spread-{level}", spread_within.to_table(view.indicator, frame, noun.capitalize()),
        title=title, method=meanings.SPREAD_METHOD.format(noun=noun), words=f"Small areas in each {noun}.",
        download=frame, noun=short_noun(level), chart=lambda: spread_within.draw(view.indicator, frame),
    )  # fmt: skip


def curve(view: View, bundle: Bundle) -> None:
    """The concentration curve with its index."""
    found = inequality_state.results(view)[1].concentration
    frame = concentration_curve.prepare(found)
    if found is None:
        return
    title = concentration_curve.takeaway(view.indicator, frame, found)
    inequality_frame.heading(title)
    index = found.index
    st.html(
        f'<p class="quiet">Concentration index {_signed(index.value)} (95% limits {_signed(index.lower)} to '
        f"{_signed(index.upper)}); below 0 where cases gather among the most deprived.</p>"
    )
    left, _ = st.columns([50, 50])
    with left:
        chart = concentration_curve.draw(frame, mode=current_mode())
        inequality_frame.picture(chart, "curve", f"Concentration curve. {title}")
    inequality_frame.below(
        view, "concentration", concentration_curve.to_table(frame), title=title, method=meanings.CURVE_METHOD,
        words="Concentration curve.", download=frame, chart=lambda: concentration_curve.draw(frame),
    )  # fmt: skip


def _signed(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


DRAW = {"scatter": scatter, "spots": spots, "time": time, "spread": spread, "curve": curve}


def _asked(name: str, key: str) -> None:
    """Keep a choice for the run that follows: what a callback of a fragment writes to the address is lost."""
    st.session_state[PENDING] = {name: st.session_state[key]}


@st.fragment
def show(view: View, bundle: Bundle) -> None:
    """Draw the choice of parts and the part chosen. Only this runs again when another part is chosen."""
    have = inequality_state.parts(view)
    if not have:
        return
    selection.remember(**st.session_state.pop(PENDING, {}))
    asked = st.query_params.get("show")
    selection.hold(KEY, asked if asked in have else None)
    st.html('<p class="kicker">More about this figure</p>')
    st.segmented_control(
        "More about this figure", have, format_func=PARTS.__getitem__, key=KEY, on_change=_asked,
        args=("show", KEY), label_visibility="collapsed",
    )  # fmt: skip
    if asked in have:
        DRAW[asked](view, bundle)
    elif asked in PARTS:
        selection.show_notes([f"“{PARTS[asked]}” does not exist for this figure. Choose another part."])
