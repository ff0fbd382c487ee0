"""The sections of an area's profile: key figures, people, deprivation, childhood, conditions."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd
import streamlit as st

from components import caveats, how_sure, store, tables, trend_arrow
from components.charts import decile_spread, population_pyramid, still, template, trend_lines, trends_together
from components.key_figures import Line, Wanted, benchmark_cell, has_value, header, lines
from components.selection import show_notes
from data.query import Bundle
from data.recent_trend import recent_trend
from house_style.area_facts import level_of, name_of
from house_style.figures import period_words
from house_style.level_names import listed
from house_style.narrative import placed

KEY = (
    Wanted("imd-most-deprived-fifth"),
    Wanted("imd-decile"),
    Wanted("income-deprived"),
    Wanted("children-income-deprived"),
    Wanted("child-poverty-ahc"),
    Wanted("gld"),
    Wanted("disabled"),
    Wanted("comparative-illness-ratio"),
    Wanted("unpaid-care"),
    Wanted("overcrowding"),
    Wanted("life-expectancy", "female"),
    Wanted("life-expectancy", "male"),
    Wanted("healthy-life-expectancy", "female"),
    Wanted("healthy-life-expectancy", "male"),
)
SMALL_ONLY = ("imd-decile",)  # positions of small areas: never averaged, so not missed anywhere else
CHILDHOOD = (
    Wanted("gld"),
    Wanted("gld", "fsm"),
    Wanted("gld", "not-fsm"),
    Wanted("eyfs-literacy"),
    Wanted("eyfs-communication"),
    Wanted("eyfs-mathematics"),
    Wanted("children-income-deprived"),
    Wanted("child-poverty-ahc"),
    Wanted("children-education-score"),
    Wanted("obesity-reception"),
)
CONDITIONS = (
    Wanted("disabled"),
    Wanted("comparative-illness-ratio"),
    Wanted("acute-morbidity-ratio"),
    Wanted("mood-and-anxiety-score"),
    Wanted("years-of-life-lost"),
    Wanted("qof-hyp"),
    Wanted("qof-dep"),
    Wanted("qof-dm"),
    Wanted("qof-ast"),
    Wanted("qof-chd"),
    Wanted("qof-copd"),
    Wanted("qof-ckd"),
    Wanted("qof-can"),
)


def benchmarks(bundle: Bundle, code: str) -> list[str]:
    """Place and England, as far as the area is not one of them."""
    return [mark for mark in bundle.comparators(code) if level_of(bundle, mark) != "region"]


COMPANIONS = (
    Wanted("qof-entries-per-100-adults"),
    *(item for item in CONDITIONS if not item.indicator_id.startswith("qof-")),
)


def figures_table(bundle: Bundle, code: str, wanted: tuple[Wanted, ...], caption: str) -> list[Line]:
    """Draw rows of key figures beside Place and England; returns the rows for downloads and caveats.

    How sure an estimate is opens under its row, that of the other figures under the table.
    """
    marks = benchmarks(bundle, code)
    level = level_of(bundle, code)
    fitting = [item for item in wanted if level == "lsoa" or item.indicator_id not in SMALL_ONLY]
    found = lines(bundle, fitting, code, marks)
    shown = [item for item in found if has_value(item.area)]
    columns = ["Figure", name_of(bundle, code), *(name_of(bundle, mark) for mark in marks)]
    rows = [
        (
            header(item),
            [trend_arrow.cell(bundle, code, item), *(benchmark_cell(item, mark) for mark in marks)],
        )
        for item in shown
    ]
    if rows:
        below = [estimate_details(bundle, item) for item in shown]
        tables.show_figures(caption, columns, rows, hide_caption=True, roomy=True, below=below)
        counted = [item for item, under in zip(shown, below, strict=True) if not under]
        st.html(counted_details(bundle, counted, "the other" if any(below) else "these"))
    for text in filter(None, [*not_available(found), sources_note(found)]):
        st.html(f'<p class="quiet small">{escape(text)}</p>')
    return found


def every_line(bundle: Bundle, code: str, first: list[Line]) -> list[Line]:
    """All figures of the page, drawn or folded away: `first`, then the key figures, childhood, conditions."""
    registers = [Wanted(item.id) for item in bundle.indicators(theme="long-term-conditions")]
    known = {(item.indicator.id, item.group) for item in first}
    rest = dict.fromkeys((*KEY, *CHILDHOOD, *registers, *COMPANIONS))
    more = [item for item in rest if (item.indicator_id, item.group) not in known]
    return [*first, *lines(bundle, more, code, benchmarks(bundle, code))]


def estimate_details(bundle: Bundle, item: Line) -> str:
    """What opens under a row that is an estimate, or stands beside one; "" under any other."""
    if item.area is None or (
        item.area.basis != "modelled" and how_sure.support_of(bundle, item.area) is None
    ):
        return ""
    return how_sure.details_html(bundle, item.indicator, item.area, about=item.title)


def counted_details(bundle: Bundle, found: list[Line], which: str) -> str:
    """One part that opens with one for each figure in it; "" without figures."""
    parts = "".join(
        how_sure.details_html(bundle, item.indicator, item.area, summary=item.title)
        for item in found
        if item.area is not None
    )
    if not parts:
        return ""
    return f'<details class="about"><summary>How sure are {which} figures?</summary>{parts}</details>'


def not_available(found: list[Line]) -> list[str]:
    """What the area has no figure for, gathered by reason: one sentence a reason."""
    by_reason: dict[str, list[str]] = {}
    for item in found:
        if not has_value(item.area):
            by_reason.setdefault(item.reason, []).append(item.title)
    return [f"Not available here ({reason}): {listed(titles)}." for reason, titles in by_reason.items()]


def sources_note(found: list[Line]) -> str:
    """Where a table of key figures comes from and how its figures were made; "" without figures."""
    shown = [item for item in found if has_value(item.area) and item.area is not None]
    if not shown:
        return ""
    sources = store.the_catalogue().sources
    used = [sources[item.indicator.source] for item in shown]
    names = list(dict.fromkeys(f"{source.publisher}, {source.title}" for source in used))
    made = caveats.basis_words(item.area.basis for item in shown if item.area)
    trust = caveats.reliability_words(item.area.reliability for item in shown if item.area)
    return (
        f"Sources: {'; '.join(names)}. Figures are {made}. Reliability: {trust}. "
        "Method and caveats of every figure stand under Data and methods."
    )


def people(bundle: Bundle, code: str) -> None:
    """Ages of the residents beside those of the Place (or England)."""
    marks = benchmarks(bundle, code)
    rows = _groups(bundle, "population-by-age", code)
    if rows.empty or not marks:
        show_notes(["Residents by age are not available for this area."])
        return
    mark = marks[0]
    here, there = name_of(bundle, code), name_of(bundle, mark)
    frame = population_pyramid.prepare(rows, _groups(bundle, "population-by-age", mark))
    if not population_pyramid.available(frame):
        show_notes(["Residents by age are not available for this area."])
        return
    sentence = population_pyramid.takeaway(frame, area_name=here, benchmark_name=there) or "Residents by age"
    mode = template.current_mode()
    chart = population_pyramid.draw(frame, area_name=here, benchmark_name=there, mode=mode)
    alt = f"Bars by age band, {here} to the left and {there} to the right. {sentence}"
    table = population_pyramid.to_table(frame, area_name=here, benchmark_name=there)
    st.html(  # one element: each costs the browser 5 to 10 ms
        f"<h3>{escape(sentence.rstrip('.'))}</h3>{still.draw(chart, alt=alt, mode=mode)}"
        f"{tables.opening_html(table, f'Ages in {here}')}{_about(bundle, 'population-by-age', rows)}"
    )


def _groups(bundle: Bundle, indicator_id: str, code: str) -> pd.DataFrame:
    """All groups of one indicator for an area, in its latest period."""
    rows = bundle.profile(code)
    rows = rows[rows["indicator_id"] == indicator_id]
    return rows[rows["period"] == rows["period"].max()]


def _about(bundle: Bundle, indicator_id: str, rows: pd.DataFrame) -> str:
    indicator, period = bundle.catalogue[indicator_id], str(rows["period"].iloc[-1]) if len(rows) else None
    known = store.the_catalogue()
    return caveats.details_html(
        indicator, known, period=period, bases=tuple(rows["basis"]), letters=tuple(rows["reliability"])
    )


@lru_cache(maxsize=256)
def spread_frame(bundle: Bundle, code: str) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Residents over England's ten groups of deprivation, and the rows they come from; None without any."""
    rows = _groups(bundle, "residents-by-imd-decile", code)
    frame = decile_spread.prepare(rows) if len(rows) else None
    return (frame, rows) if frame is not None and decile_spread.available(frame) else None


def spread(bundle: Bundle, code: str) -> None:
    """Residents over the ten equal groups of England, from most to least deprived."""
    found = spread_frame(bundle, code)
    if found is None:
        show_notes(["The spread of residents over England’s tenths of deprivation is not available here."])
        return
    frame, rows = found
    name = name_of(bundle, code)
    sentence = decile_spread.takeaway(frame, area_name=placed(name))
    mode = template.current_mode()
    chart = decile_spread.draw(frame, area_name=name, mode=mode)
    alt = f"Ten bars from the most to the least deprived tenth of England. {sentence}"
    table = tables.opening_html(decile_spread.to_table(frame), f"Residents of {name} by tenth of deprivation")
    st.html(
        f"<h3>Residents by tenth of deprivation</h3>{still.draw(chart, alt=alt, mode=mode)}"
        f"{table}{_about(bundle, 'residents-by-imd-decile', rows)}"
    )


def over_time(bundle: Bundle, code: str, indicator_id: str, *, earlier: str = "") -> bool:
    """An indicator over its periods, beside Place and England; False (and nothing drawn) with fewer than two.

    `earlier` is the indicator that the same thing was measured by before a break: drawn apart, never joined.
    """
    known = {item.id: item for item in bundle.indicators()}
    if indicator_id not in known:
        return False
    indicator = known[indicator_id]
    codes = [code, *benchmarks(bundle, code)]
    series = {
        name_of(bundle, item): pd.concat(
            [bundle.series(one, item) for one in (earlier, indicator_id) if one], ignore_index=True
        )
        for item in codes
    }
    frame = trend_lines.prepare({name: rows for name, rows in series.items() if len(rows)})
    own = bundle.series(indicator_id, code)
    if indicator.period_format == "calendar-year":
        frame["part"] = 0  # editions come out years apart: nothing is missing between them
    if not trend_lines.available(frame) or own["value"].notna().sum() < 2:
        return False
    sentence = trend_lines.takeaway(indicator, frame)
    mode = template.current_mode()
    chart = trend_lines.draw(indicator, frame, mode=mode)
    alt = f"Lines by period, {period_words(indicator, str(frame['period'].iloc[0]))} onwards. {sentence}"
    name = name_of(bundle, code)
    said = trends_together.takeaway({name: recent_trend(indicator, own)})
    table = tables.opening_html(trend_lines.to_table(indicator, frame), f"{indicator.short_title} over time")
    title = f"{indicator.short_title}. {sentence}".rstrip(". ")
    st.html(
        f"<h3>{escape(title)}</h3>{still.draw(chart, alt=alt, mode=mode)}"
        f'<p class="quiet">{escape(said)}</p>{table}{_about(bundle, indicator_id, own)}'
    )
    return True


def deprivation_trend(bundle: Bundle, code: str) -> None:
    """Position over the editions of the Indices, by rank and never by score."""
    for indicator_id in ("imd-most-deprived-fifth", "imd-national-position"):
        if over_time(bundle, code, indicator_id):
            st.html(
                '<p class="quiet">Each edition ranks all areas of England afresh, and that of 2025 measures '
                "income after housing costs for the first time. So part of a change comes from the new "
                "measure, and a lower figure does not show that life here became better.</p>"
            )
            return
    show_notes(
        ["Positions in earlier editions of the Indices of Deprivation are not available for this area."]
    )
