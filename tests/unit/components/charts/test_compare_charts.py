"""The charts of the comparison: what they draw, their tables, and what they leave out."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from components import compare_style
from components.charts import end_labels, pyramids, rank_ranges, spine, tartan_rug, trends_together
from components.charts.spine_layout import CLOSE, LANES, lanes, scale
from components.compare_areas import areas_of
from components.compare_state import lines_of as state_lines
from components.compare_state import read, spreads_of
from components.key_figures import figures_of
from components.tables import SHAPES
from data.recent_trend import TrendFound, recent_trend
from data.spread import RankedLevel, Spread
from house_style.figures import figure
from methods.ranks import ranks

AIGBURTH, ALLERTON, LIVERPOOL, COUNTRY = "E05015277", "E05015278", "E08000012", "E92000001"
SPREAD = Spread(10, 10.0, 15.0, 20.0, 30.0, 50.0, "low", "high")


@pytest.fixture(scope="module")
def spines(bundle):
    state = read({"areas": f"{AIGBURTH},{ALLERTON}", "view": "spines"}, bundle)
    place = {code: figures_of(bundle, LIVERPOOL) for code in state.codes}
    found = state_lines(bundle, state)
    areas = areas_of(bundle, state.codes)
    return spine.prepare(found, areas, spreads_of(bundle, state.among), figures_of(bundle, COUNTRY), place)


def test_england_stands_in_the_middle_and_better_is_right():
    worse = scale(SPREAD, 20.0, better_low=True)
    assert worse(20.0) == 0.5
    assert worse(10.0) > 0.5 > worse(30.0)
    assert worse(50.0) == pytest.approx(0.03)
    better = scale(SPREAD, 20.0, better_low=False)
    assert better(50.0) == pytest.approx(0.97)
    assert better(None) is None


def test_without_england_the_ends_are_the_edges():
    at = scale(SPREAD, None, better_low=False)
    assert (at(10.0), at(30.0), at(50.0)) == pytest.approx((0.03, 0.5, 0.97))


def test_equal_figures_stand_in_the_middle():
    flat = Spread(5, 3.0, 3.0, 3.0, 3.0, 3.0, "a", "b")
    assert scale(flat, 3.0, better_low=True)(3.0) == 0.5


def test_near_markers_do_not_cover_each_other():
    positions = [0.5, 0.51, 0.52, 0.9]
    found = lanes(positions)
    assert max(found) < LANES
    for i, first in enumerate(positions):
        for j, second in enumerate(positions[:i]):
            assert found[i] != found[j] or abs(first - second) >= CLOSE


def test_a_spine_carries_all_its_marks(spines):
    item = next(item for item in spines if item.line.key == "children-income-deprived")
    html = spine.draw([item], kind="wards", than="England")
    for number in (1, 2):
        assert html.count(f'<b class="badge c{number}"') == 1  # on the track
        assert html.count(f'<span class="c{number}">') == 1  # beside the words
    assert html.count('class="place"') == 1  # one Place, which both share
    assert html.count("--m:") == 1  # England's line
    assert 'role="img"' in html
    label = re.search(r'aria-label="([^"]+)"', html)[1]
    for part in ("Aigburth: ", "Allerton: ", "England ", "worst of 278 wards", "middle half"):
        assert part in label


def test_the_middle_half_is_painted_where_it_lies():
    found = dict(part.split(":") for part in spine.grounds((0.2, 0.6), 0.5).split(";"))
    share, wide = (float(found[name].rstrip("%")) / 100 for name in ("--h", "--w"))
    assert (share * (1 - wide), wide) == (pytest.approx(0.2, abs=1e-3), pytest.approx(0.4))
    assert found["--m"] == "50%"
    assert spine.grounds((0.0, 1.0), None) == "--h:0%;--w:100%"


def test_the_right_end_is_the_better_one(spines):
    for item in spines:
        (left, _), (right, _) = item.ends
        if item.line.indicator.polarity == "neutral":
            assert (left, right) == ("lowest", "highest")
            continue
        assert (left, right) == ("worst", "best")
        value = item.spread.low if item.line.indicator.polarity == "high-is-worse" else item.spread.high
        at = scale(item.spread, item.england, better_low=item.line.indicator.polarity == "high-is-worse")
        assert at(value) >= 0.5 or item.england is not None
        assert item.half[0] <= item.half[1]


def test_positions_and_counts_have_no_spine(spines):
    assert {item.line.indicator.statistic for item in spines}.isdisjoint({"rank", "decile", "count"})


def test_the_table_of_spines_names_the_ends(spines, bundle):
    table = spine.to_table(spines, bundle.areas["area_name"].to_dict(), than="England")
    row = table[
        (table["Figure"] == "Children in income-deprived families") & (table["Area"] == "Aigburth")
    ].iloc[0]
    assert row["Compared"] == "better than England"
    rows = bundle.slice("children-income-deprived", "ward")
    worst = rows.loc[rows["value"].idxmax(), "area_name"]
    assert row["Left end"].endswith(worst)


def test_few_areas_have_no_spine(spines, bundle):
    line = spines[0].line
    few = Spread(3, 1.0, 1.0, 1.0, 1.0, 1.0, "a", "b")
    key = (line.indicator.id, line.group, line.period)
    areas = areas_of(bundle, [AIGBURTH, ALLERTON])
    assert not spine.available(spine.prepare([line], areas, {key: few}, {}, {}))


@pytest.fixture(scope="module")
def rug(bundle):
    state = read({"areas": f"{LIVERPOOL},{AIGBURTH},{COUNTRY}"}, bundle)
    return state_lines(bundle, state), areas_of(bundle, state.codes)


def test_every_cell_of_the_table_has_text_and_every_header_a_scope(rug):
    found, areas = rug
    html = tartan_rug.draw(found, areas, caption="Figures <compared>", by_theme=True)
    assert "Figures &lt;compared&gt;" in html
    assert html.count('<th scope="col">') == 4
    assert html.count('<th scope="row">') == len(found)
    themes = len({line.indicator.theme for line in found})
    assert html.count('<th scope="rowgroup"') == themes == html.count("<tbody>")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)
    assert len(cells) == 3 * len(found)
    assert all(re.sub(r"<[^>]+>", "", cell).strip() for cell in cells)
    for line in found:
        for cell in line.cells:
            _, word = tartan_rug.cell_words(line, cell)
            assert bool(word) == cell.known
    for word, shape in SHAPES.items():
        assert f'td.{word.replace(" ", "-")} b::after {{ content: "\\A{shape} "' in compare_style.shapes()


def test_the_benchmark_has_a_column_where_it_is_not_compared_itself(bundle):
    state = read({"areas": LIVERPOOL, "theme": "school-readiness"}, bundle)
    found, areas = state_lines(bundle, state), areas_of(bundle, [LIVERPOOL])
    html = tartan_rug.draw(found, areas, caption="x", by_theme=False, beside="England")
    assert html.count('<th scope="col">') == 3
    line = next(line for line in found if line.key == "gld")
    england = bundle.value("gld", COUNTRY, line.period)
    assert tartan_rug.mark_of(line) == figure(line.indicator, england.value)
    assert f'<td class="beside">{tartan_rug.mark_of(line)}</td>' in html
    assert 'class="beside"' not in tartan_rug.draw(found, areas, caption="x", by_theme=False)


def test_the_order_of_the_table(rug):
    found, _ = rug
    assert tartan_rug.prepare(found) == found
    worse = [line.count("worse") for line in tartan_rug.prepare(found, "worse")]
    assert worse == sorted(worse, reverse=True)
    names = [line.title.lower() for line in tartan_rug.prepare(found, "name")]
    assert names == sorted(names)
    with pytest.raises(ValueError, match="sorted by"):
        tartan_rug.prepare(found, "colour")


def test_the_table_as_a_frame(rug):
    found, areas = rug
    table = tartan_rug.to_table(found, areas)
    assert list(table.columns) == ["Figure", "Period", "Liverpool", "Aigburth", "England"]
    assert len(table) == len(found)
    assert table.notna().all(axis=None)
    assert not tartan_rug.available([])


@pytest.fixture
def level() -> RankedLevel:
    found = ranks([30, 20, 19, 10], [29, 17, 16, 9], [31, 23, 22, 11])
    return RankedLevel((AIGBURTH, ALLERTON, LIVERPOOL, COUNTRY), found, 0)


def test_ranks_come_with_their_range(bundle, level):
    areas = areas_of(bundle, [ALLERTON, AIGBURTH])
    frame = rank_ranges.prepare(level, areas)
    assert frame[["name", "rank", "lower", "upper", "of"]].to_numpy().tolist() == [
        ["Allerton", 2, 2, 3, 4],
        ["Aigburth", 1, 1, 1, 4],
    ]
    assert rank_ranges.range_words(2, 2, 3) == "rank 2 (anything from 2 to 3 by its margin of error)"
    text = rank_ranges.takeaway(frame, kind="wards")
    assert "Allerton has rank 2 (anything from 2 to 3" in text
    assert "Any two of them differ" in text
    words = rank_ranges.alike_words(frame, {LIVERPOOL: "Liverpool"}, "wards")
    assert words == [
        "Allerton cannot be separated from 1 of the other 3 wards: Liverpool.",
        "Aigburth differs from all 3 other wards by more than chance.",
    ]


def test_areas_without_limits_have_no_rank(bundle, level):
    assert not rank_ranges.available(rank_ranges.prepare(None, areas_of(bundle, [AIGBURTH])))
    assert not rank_ranges.available(rank_ranges.prepare(level, areas_of(bundle, ["E08000014"])))
    assert rank_ranges.takeaway(rank_ranges.prepare(None, []), kind="wards") == ""


@pytest.mark.parametrize(
    ("indicator_id", "left"), [("overcrowding", "worst: rank 1"), ("gld", "worst: rank 4")]
)
def test_better_ranks_stand_at_the_right(bundle, level, indicator_id, left):
    areas = areas_of(bundle, [AIGBURTH])
    html = rank_ranges.draw(
        rank_ranges.prepare(level, areas), areas, bundle.catalogue[indicator_id], kind="wards"
    )
    assert left in html
    at = float(re.search(r'badge c1" style="left:([\d.]+)%', html)[1])
    assert at == (2.0 if indicator_id == "overcrowding" else 98.0)


def test_ages_of_every_area_add_up(bundle):
    rows = bundle.profile(LIVERPOOL)
    shares = pyramids.shares(rows[rows["indicator_id"] == "population-by-age"])
    assert shares["percent"].sum() == pytest.approx(100)
    frame = pyramids.prepare(
        {LIVERPOOL: shares, COUNTRY: shares}, {LIVERPOOL: "Liverpool", COUNTRY: "England"}
    )
    figure = pyramids.draw(frame, areas_of(bundle, [LIVERPOOL]), reference=COUNTRY)
    assert [trace.line.dash for trace in figure.data] == ["solid", "dot"]
    assert list(figure.data[0].y[1:-1]) == pytest.approx(shares["percent"].tolist())
    table = pyramids.to_table(frame)
    assert list(table.columns) == ["Age", "Liverpool (%)", "England (%)"]
    assert len(table) == len(shares)


def test_a_missing_age_band_leaves_the_area_out(bundle):
    rows = bundle.profile(LIVERPOOL)
    rows = rows[rows["indicator_id"] == "population-by-age"].copy()
    rows.iloc[0, rows.columns.get_loc("value")] = float("nan")
    assert not pyramids.available(
        pyramids.prepare({LIVERPOOL: pyramids.shares(rows)}, {LIVERPOOL: "Liverpool"})
    )


def test_names_at_line_ends_keep_apart():
    ends = [
        end_labels.End(10.0 + i, 1.0, f"Area number {i} with a long name", "#111111", 5) for i in range(6)
    ]
    found = end_labels.end_labels(ends, "#000000")
    places = [end.pixels - item["yshift"] for end, item in zip(ends, found, strict=True)]
    assert all(b - a >= end_labels.APART - 1e-9 for a, b in pairwise(places))
    assert all("…" in item["text"] for item in found)


def test_lines_do_not_cross_missing_years(bundle):
    series = bundle.series("qof-dm", LIVERPOOL)
    frame = trends_together.prepare({"Liverpool": series, "Nobody": series.iloc[:0]})
    areas = areas_of(bundle, [LIVERPOOL])
    figure = trends_together.draw(bundle.catalogue["qof-dm"], frame, areas)
    drawn = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert len(drawn) == frame["part"].nunique() > 1
    assert {trace.line.color for trace in drawn} == {areas[0].colour("light")}
    assert trends_together.available(frame)
    table = trends_together.to_table(bundle.catalogue["qof-dm"], frame)
    assert table["Liverpool"].notna().sum() == series["value"].notna().sum()


def test_one_period_is_no_trend(bundle):
    frame = trends_together.prepare({"Liverpool": bundle.series("overcrowding", LIVERPOOL)})
    assert not trends_together.available(frame)
    assert not trends_together.available(trends_together.prepare({}))


def test_outcomes_are_gathered(bundle):
    short = recent_trend(bundle.catalogue["gld"], bundle.series("gld", LIVERPOOL))
    none = TrendFound("not tested", "the figures have no margin of error")
    texts = trends_together.takeaways({"A": short, "B": short, "C": none})
    assert texts == [
        "Not enough years to test for a trend (4 periods in a row without overlap, 5 are needed): A and B.",
        "Not tested, because the figures have no margin of error: C.",
    ]
    assert trends_together.takeaway({}) == ""
