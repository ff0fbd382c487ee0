"""The four pictures of a comparison, each with its table, sources, method and caveats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from components import (
    caveats,
    compare_age,
    compare_choose,
    compare_series,
    headings,
    spine_table,
    store,
    tables,
)
from components.charts import pyramids, rank_ranges, spine, still, tartan_rug, template, trends_together
from components.compare_areas import Area, key_html
from components.compare_state import AGES, CompareState, inside, options_among, ranks_of, spreads_of
from components.compare_words import mark_words
from components.key_figures import figures_of
from components.selection import show_notes
from data.comparison import Figures, Line
from data.query import Bundle
from data.recent_trend import TrendFound
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from house_style.expected_readiness import EXPECTED, is_expected
from house_style.figures import NO_FIGURE
from house_style.level_names import listed
from house_style.palette import Mode

READ = (
    "A figure counts as different where its margin of error (95% confidence limits) leaves the other figure "
    "out. About 1 in 20 comparisons of areas that do not differ would be called different by chance."
)


def names_of(areas: Sequence[Area]) -> dict[str, str]:
    """Names of the compared areas by code."""
    return {area.code: area.name for area in areas}


def _as_table(frame: pd.DataFrame) -> str:
    names = [str(name) for name in frame]  # a page has several tables, told apart by their columns
    return tables.opening_html(frame, f"Table: {listed(names)}", missing=NO_FIGURE)


def _quiet(text: str) -> str:
    return f'<p class="quiet">{escape(text)}</p>'


def about_html(lines: Sequence[Line]) -> str:
    """Sources of all figures in view, how they were made, and every caveat with the figures it belongs to."""
    catalogue = store.the_catalogue()
    cells = [cell.area for line in lines for cell in line.cells if cell.area is not None and cell.known]
    used = [catalogue.sources[key] for key in dict.fromkeys(line.indicator.source for line in lines)]
    publishers = "; ".join(dict.fromkeys(source.publisher for source in used))
    titles_of = "".join(f"<li>{escape(f'{item.publisher}, {item.title}')}</li>" for item in used)
    where: dict[str, list[str]] = {}
    for line in lines:
        for code in line.indicator.caveats:
            where.setdefault(code, []).append(line.title)
    bullets = "".join(
        f"<li><b>{escape(catalogue.caveats[code].short)}</b> "
        f"({escape('; '.join(dict.fromkeys(titles)) if len(titles) < 5 else f'{len(titles)} figures')})</li>"
        for code, titles in where.items()
    )
    made = caveats.basis_words({cell.basis for cell in cells})
    trust = caveats.reliability_words({cell.reliability for cell in cells})
    return (
        f'<p class="quiet">Sources: {escape(publishers)}. The period stands beside each figure.</p>'
        '<details class="about"><summary>Sources, method and caveats of these figures</summary><dl>'
        f"<dt>Comparison</dt><dd>{escape(READ)}</dd>"
        f"<dt>How they are made</dt><dd>{escape(caveats.capital(made))}</dd>"
        f"<dt>How far to trust them</dt><dd>{escape(trust)}</dd></dl>"
        f"<p>Beware</p><ul>{bullets}</ul><p>Sources</p><ul>{titles_of}</ul></details>"
    )


def allowing_for_age(bundle: Bundle, areas: Sequence[Area], lines: Sequence[Line]) -> str:
    """Which crude registers turn round once age is allowed for, as HTML; "" where none does."""
    found = compare_age.notes(bundle, areas, lines)
    return _quiet(" ".join(found)) if found else ""


def table(bundle: Bundle, state: CompareState, areas: Sequence[Area], lines: Sequence[Line]) -> None:
    """The whole table."""
    shown = tartan_rug.prepare(lines, state.sort)
    if not tartan_rug.available(shown):
        show_notes(
            ["None of these areas has a figure of this kind. Choose another theme, principle or life stage."]
        )
        return
    mark = mark_words(state.against, own=len(areas) == 1)
    sentence = tartan_rug.takeaway(shown, names_of(areas), than=mark)
    caption = f"{len(shown)} figures of {len(areas)} areas, compared with {mark}"
    beside = beside_words(state, areas)
    how = _quiet(
        f"Compared with {mark}: {tables.KEY} – not compared: there is no margin of error, nothing to "
        "compare with, or the figure is only what family income leads to expect. "
        "A figure’s name leads to its method. "
        f"The table scrolls: it has {len(shown)} figures."
    )
    st.html(  # one element: each costs the browser 5 to 10 ms
        (f'<p class="lede">{escape(sentence)}</p>' if sentence else "")
        + how
        + allowing_for_age(bundle, areas, shown)
        + tartan_rug.draw(shown, areas, caption=caption, by_theme=state.sort == "theme", beside=beside)
        + about_html(shown)
    )


def spines(bundle: Bundle, state: CompareState, areas: Sequence[Area], lines: Sequence[Line]) -> None:
    """A spine for each figure."""
    if state.among is None:
        show_notes([
            "England and Cheshire and Merseyside have no areas of their kind to stand among. Add a ward, a "
            "neighbourhood or a Place."
        ])  # fmt: skip
        return
    drawn = inside(bundle, state.among, list(areas))
    found = prepared_spines(bundle, state, drawn, lines)
    kind, than = state.among.words, mark_words(state.against, own=len(drawn) == 1)
    if not spine.available(found):
        show_notes([f"There are no figures of this kind with enough {kind}."])
        return
    left_out = [area.name for area in areas if area not in drawn]
    others = _quiet(f"Not among {kind}: {', '.join(left_out)}. Choose another kind of area under “Among”.")
    how = "The right end is the better one. Where no end is better, the ends are called lowest and highest."
    picture = (
        (others if left_out else "")
        + spine.key_html(found, kind, place=place_words(drawn))
        + _quiet(how)
        + spine.draw(found, kind=kind, than=than)
        + about_html([item.line for item in found])
    )
    st.html(picture)  # one element: each costs the browser 5 to 10 ms
    caption = f"The figures of these areas among {kind}"
    spine_table.show(bundle, found, than=than, caption=caption, key="compare-spines-table")


def place_words(drawn: Sequence[Area]) -> str:
    """What the mark of the Place is called; "" among Places, which have none."""
    if drawn and drawn[0].kind == "Place":
        return ""
    return "its Place" if len(drawn) == 1 else "their Place"


def beside_words(state: CompareState, areas: Sequence[Area]) -> str:
    """The name over the benchmark's own column; "" where it is among the areas, or differs between them."""
    country = config().country_code
    if state.against != "england" or any(area.code == country for area in areas):
        return ""
    return "England"


def prepared_spines(
    bundle: Bundle, state: CompareState, drawn: Sequence[Area], lines: Sequence[Line]
) -> list[spine.Spine]:
    """The spines of a view, from kept figures and spreads."""
    if state.among is None:
        return []
    places: dict[str, Figures] = {}
    for area in drawn:
        place = place_of(bundle, area.code)
        places[area.code] = figures_of(bundle, place) if place and place != area.code else {}
    england = figures_of(bundle, bundle.config.country_code)
    return spine.prepare(lines, drawn, spreads_of(bundle, state.among), england, places)


def ranks(bundle: Bundle, state: CompareState, areas: Sequence[Area], line: Line) -> None:
    """Ranks with ranges of one figure."""
    headings.header("Rank, and how sure it is")
    if state.among is None:
        show_notes(["England and Cheshire and Merseyside have no areas of their kind to be ranked among."])
        return
    drawn = inside(bundle, state.among, list(areas))
    if any(is_expected(cell.area) for cell in line.cells if cell.area_code in {one.code for one in drawn}):
        show_notes([f"Not ranked. {EXPECTED}"])
        return
    cells = {cell.area_code: cell for cell in line.cells}
    known = [cells[area.code].area for area in drawn if cells[area.code].known]
    period = max((found.period for found in known if found is not None), default=line.period)
    found = ranks_of(bundle, line, period, state.among)
    frame = rank_ranges.prepare(found, drawn)
    if found is None or not rank_ranges.available(frame):
        show_notes(
            [f"No ranks among {state.among.words}: the figures have no margin of error, or are too few."]
        )
        return
    kind, every = state.among.words, bundle.areas["area_name"].to_dict()
    words = rank_ranges.alike_words(frame, every, kind)
    without = f" {found.without} areas without a margin of error are not ranked." if found.without else ""
    st.html(
        f'<p class="quiet">{escape(rank_ranges.takeaway(frame, kind=kind))}</p>'
        f"{rank_ranges.draw(frame, drawn, line.indicator, kind=kind)}"
        f'<ul class="plain">{"".join(f"<li>{escape(text)}</li>" for text in words)}</ul>'
        f"{_as_table(rank_ranges.to_table(frame, every))}"
        f'<p class="quiet">Bars: 95% range of the rank, by {escape(found.ranks.method)}. Two areas cannot be '
        f"separated where the 95% limits of their difference contain zero.{without}</p>"
    )


def trends(bundle: Bundle, areas: Sequence[Area], line: Line) -> dict[str, TrendFound]:
    """One figure over time, with the words of the trend test for each area; returns the tests."""
    headings.header("Over time")
    mode = template.current_mode()
    html, tests = _over_time(bundle.version, line.key, tuple(areas), mode, bundle, line)
    if html:
        st.html(html)
    else:
        show_notes(["There is only one period of this figure: no trend can be shown."])
    return tests


@st.cache_resource(max_entries=128, show_spinner=False)
def _over_time(
    version: str, key: str, areas: tuple[Area, ...], mode: Mode, _bundle: Bundle, _line: Line
) -> tuple[str, dict[str, TrendFound]]:
    """What the tests found, the lines and their table in one piece ("" with one period), and the tests."""
    found = {area.name: compare_series.over_time(_bundle, area.code, _line) for area in areas}
    series = {name: rows for name, (rows, _) in found.items()}
    tests = {name: test for name, (rows, test) in found.items() if len(rows)}
    editions = _line.indicator.period_format == "calendar-year" and _line.indicator.source.startswith("mhclg")
    frame = trends_together.prepare(series, editions=editions)
    if not trends_together.available(frame):
        return "", tests
    sentences = trends_together.takeaways(tests)
    chart = trends_together.draw(_line.indicator, frame, areas, mode=mode)
    alt = f"Lines over time, one an area: {_line.title}. {' '.join(sentences)}"
    html = (
        f'<ul class="plain">{"".join(f"<li>{escape(text)}</li>" for text in sentences)}</ul>'
        f"{key_html(areas, plain=True)}{still.draw(chart, alt=alt, mode=mode)}"
        f"{_as_table(trends_together.to_table(_line.indicator, frame))}"
        '<p class="quiet">A trend is claimed where the latest five years in a row pass a test at 99.8%, and '
        "keep their direction whichever of them is left out.</p>"
    )
    return html, tests


def figure(bundle: Bundle, state: CompareState, areas: Sequence[Area], line: Line) -> None:
    """One figure: values in words, ranks and trends."""
    mark = mark_words(state.against, own=len(areas) == 1)
    caption = f"{line.title}, compared with {mark}"
    beside = beside_words(state, areas)
    st.html(
        tartan_rug.draw([line], areas, caption=caption, by_theme=False, beside=beside)
        + allowing_for_age(bundle, areas, [line])
    )
    left, right = st.columns(2, gap="large")
    with left:
        ranks(bundle, state, areas, line)
    with right:
        trends(bundle, areas, line)
    cells = [cell.area for cell in line.cells if cell.area is not None]
    caveats.show(
        line.indicator,
        period=line.period,
        bases={cell.basis for cell in cells},
        letters={cell.reliability for cell in cells},
    )


def ages(bundle: Bundle, areas: Sequence[Area]) -> None:
    """The ages of the residents over each other, England beside them."""
    country = bundle.config.country_code
    codes = [area.code for area in areas]
    every = codes if country in codes else [*codes, country]
    found = {code: compare_series.ages(bundle, code) for code in every}
    names = {**{country: name_of(bundle, country)}, **names_of(areas)}
    frame = pyramids.prepare({code: rows.shares for code, rows in found.items()}, names)
    if not pyramids.available(frame[frame["code"].isin(codes)]):
        show_notes(["Residents by age are not available for these areas."])
        return
    mode = template.current_mode()
    chart = pyramids.draw(frame, areas, mode=mode, reference="" if country in codes else country)
    alt = f"Shares of residents by age group: {', '.join(dict.fromkeys(frame['name']))}. Also as a table."
    without = [name_of(bundle, code) for code in codes if code not in set(frame["code"])]
    none = _quiet(f"No ages for {', '.join(without)}: networks of GP practices have patients, not residents.")
    how = (
        "Women and men together: ages by sex are not in these tables. The last group, 85 and over, is wider "
        "than the others."
    )
    st.html(
        _quiet(pyramids.takeaway(frame))
        + key_html(areas, plain=True)
        + still.draw(chart, alt=alt, mode=mode)
        + _as_table(pyramids.to_table(frame))
        + (none if without else "")
        + _quiet(how)
    )
    caveats.show(
        bundle.catalogue[AGES],
        period=next(rows.period for rows in found.values() if rows.period),
        bases={basis for rows in found.values() for basis in rows.bases},
        letters={letter for rows in found.values() for letter in rows.letters},
    )


def among_control(bundle: Bundle, state: CompareState) -> None:
    """Draw the choice of what the areas stand among."""
    found = options_among(bundle, state.codes)
    words: Mapping[str, str] = {choice.key: caveats.capital(choice.words) for choice in found}
    compare_choose.among(bundle, state, list(words), dict(words))


def grouping_places(bundle: Bundle, areas: Sequence[Area]) -> list[str]:
    """Places whose neighbourhood list is in view."""
    places = [place_of(bundle, area.code) for area in areas if level_of(bundle, area.code) == "neighbourhood"]
    return [place for place in dict.fromkeys(places) if place]
