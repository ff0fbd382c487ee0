"""Each chart unit prepares without inventing, says when it is not available, and tells the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components.charts import decile_spread, population_pyramid, ranked_bars, trend_lines
from components.charts.end_labels import APART
from components.charts.template import TEMPLATES
from data.catalogue.model import catalogue
from house_style import figures

GLD = catalogue()["gld"]


def rows(values: list[float], **more: object) -> pd.DataFrame:
    count = len(values)
    value = pd.Series(values, dtype=float)
    frame = pd.DataFrame(
        {
            "area_code": [f"E{i}" for i in range(count)],
            "area_level": "ward",
            "area_name": [f"Area {i}" for i in range(count)],
            "place_name": "Liverpool",
            "value": value,
            "lower": value - 1,
            "upper": value + 1,
            "basis": "published",
            "reliability": "A",
            "status": np.where(value.isna(), "missing", "reported"),
        }
    )
    return frame.assign(**more)


def test_bars_are_in_order_without_the_missing():
    frame = ranked_bars.prepare(rows([50.0, np.nan, 70.0, 70.0]), chosen="E0")
    assert frame["value"].tolist() == [70.0, 70.0, 50.0]
    assert frame["position"].tolist() == [1, 1, 3]
    assert frame.loc[frame["chosen"], "area_code"].tolist() == ["E0"]


def test_many_bars_are_cut_to_both_ends_and_the_chosen_one():
    frame = ranked_bars.prepare(rows([float(i) for i in range(300)]), chosen="E150")
    assert len(frame) == 2 * ranked_bars.ENDS + 1
    assert "E150" in set(frame["area_code"])
    assert frame["of"].unique().tolist() == [300]


def test_places_are_named_where_there_are_several():
    frame = rows([1.0, 2.0])
    frame["place_name"] = ["Liverpool", "Sefton"]
    assert set(ranked_bars.prepare(frame)["label"]) == {"Area 0, Liverpool", "Area 1, Sefton"}


def test_long_names_beside_bars_are_two_lines_with_the_place_below():
    frame = rows([1.0, 2.0])
    frame["place_name"] = ["Cheshire West and Chester", "Sefton"]
    frame["area_name"] = ["Hartford & Greenbank", "Linacre"]
    figure = ranked_bars.draw(GLD, ranked_bars.prepare(frame), benchmarks={})
    assert figure.layout.yaxis.ticktext == (
        "Hartford & Greenbank<br>Cheshire West and Chester", "Linacre<br>Sefton",
    )  # fmt: skip
    short = ranked_bars.draw(GLD, ranked_bars.prepare(rows([1.0, 2.0])), benchmarks={})
    assert "<br>" not in "".join(short.layout.yaxis.ticktext)
    assert figure.layout.height > short.layout.height


def test_one_bar_is_no_order():
    assert not ranked_bars.available(ranked_bars.prepare(rows([1.0, np.nan])))


def test_the_bars_table_keeps_every_area_and_says_why_one_is_empty():
    table = ranked_bars.to_table(GLD, rows([50.0, np.nan, 70.0]))
    assert len(table) == 3
    last = table.iloc[-1]
    assert pd.isna(last["Rank"])
    assert pd.isna(last[figures.headed(GLD)])
    assert last["Basis"] == "no figure"


def test_the_takeaway_names_both_ends_and_the_benchmarks():
    text = ranked_bars.takeaway(
        GLD, rows([50.0, np.nan, 70.0]), benchmarks={"England": 68.3, "Nowhere": None}
    )
    assert text == f"{GLD.short_title}: from 50.0% in Area 0 to 70.0% in Area 2 (England 68.3%)."


def test_the_takeaway_counts_ties():
    text = ranked_bars.takeaway(GLD, rows([50.0, 50.04, 70.0]))
    assert "50.0% in 2 wards" in text
    assert ranked_bars.takeaway(GLD, rows([np.nan])) == ""
    assert "in all 2 wards" in ranked_bars.takeaway(GLD, rows([50.0, 50.0]))


def test_tenths_are_counted_not_ranged():
    text = ranked_bars.takeaway(catalogue()["imd-decile"], rows([1.0, 1.0, 10.0, 5.0]))
    assert "2 of 4 wards are in the most deprived tenth of England, 1 in the least deprived" in text


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_bars_are_drawn_with_limits_and_benchmarks(mode):
    frame = ranked_bars.prepare(rows([50.0, 70.0]))
    figure = ranked_bars.draw(GLD, frame, benchmarks={"England": 60.0, "Liverpool": None}, mode=mode)
    assert len(figure.layout.shapes) == 1
    assert figure.data[0].error_x.visible
    assert figure.layout.template == TEMPLATES[mode]


def test_years_are_dots_because_bars_must_start_at_zero():
    years = catalogue()["life-expectancy"]
    figure = ranked_bars.draw(years, ranked_bars.prepare(rows([78.0, 80.0])), benchmarks={})
    assert figure.data[0].type == "scatter"


def spread(values: dict[int, float]) -> pd.DataFrame:
    return pd.DataFrame({"group": [f"decile-{d:02d}" for d in values], "value": list(values.values())})


def test_a_missing_tenth_is_missing_not_zero():
    frame = decile_spread.prepare(spread({1: 40.0, 2: 10.0}))
    assert len(frame) == 10
    assert frame["percent"].isna().sum() == 8
    assert decile_spread.available(frame)
    assert not decile_spread.available(decile_spread.prepare(spread({})))
    assert decile_spread.draw(frame, area_name="A").data[0].x is not None


def test_the_spread_sentence_adds_the_two_lowest_tenths():
    text = decile_spread.takeaway(decile_spread.prepare(spread({1: 40.0, 2: 13.6})), area_name="Liverpool")
    assert text.startswith("54% of residents of Liverpool")
    assert "40% in the most deprived tenth" in text
    assert decile_spread.takeaway(decile_spread.prepare(spread({1: 40.0})), area_name="Liverpool") == ""


def test_dark_is_most_deprived():
    assert decile_spread.colour(1) == decile_spread.SEQUENTIAL[4]
    assert decile_spread.colour(10) == decile_spread.SEQUENTIAL[0]


def ages(counts: list[float]) -> pd.DataFrame:
    groups = ["age-00-04", "age-05-09", "age-65-69", "age-85-plus"]
    return pd.DataFrame({"group": groups, "value": counts})


def test_shares_by_age_need_every_band():
    frame = population_pyramid.prepare(ages([10, 20, 30, 40]), ages([25, 25, 25, 25]))
    assert frame["percent"].tolist() == [10, 20, 30, 40]
    assert frame["label"].tolist() == ["0 to 4", "5 to 9", "65 to 69", "85 and over"]
    assert population_pyramid.available(frame)
    holes = population_pyramid.prepare(ages([10, np.nan, 30, 40]))
    assert holes["percent"].isna().all()
    assert not population_pyramid.available(holes)


def test_the_age_sentence_names_the_largest_difference():
    frame = population_pyramid.prepare(ages([10, 20, 30, 40]), ages([25, 25, 25, 25]))
    text = population_pyramid.takeaway(frame, area_name="A")
    assert text in (
        "A has fewer children under 15 than England: 30% against 50%.",
        "A has more people aged 65 and over than England: 70% against 50%.",
    )
    assert population_pyramid.takeaway(population_pyramid.prepare(ages([1, 1, 1, 1])), area_name="A") == ""


def test_a_strange_age_band_is_refused():
    with pytest.raises(ValueError, match="not an age band"):
        population_pyramid.band_label("age-old")


def test_a_long_name_over_the_pyramid_is_broken_and_keeps_to_its_side():
    frame = population_pyramid.prepare(ages([10, 20, 30, 40]), ages([25, 25, 25, 25]))
    left, right = population_pyramid.draw(frame, area_name="Cheshire and Merseyside").layout.annotations
    assert (left.text, right.text) == ("<b>Cheshire and<br>Merseyside</b>", "<b>England</b>")
    assert (left.xanchor, right.xanchor) == ("right", "left")
    assert left.xshift < 0 < right.xshift


def test_the_pyramid_is_drawn_on_one_scale():
    frame = population_pyramid.prepare(ages([10, 20, 30, 40]), ages([25, 25, 25, 25]))
    low, high = population_pyramid.draw(frame, area_name="A").layout.xaxis.range
    assert low == -high
    assert list(population_pyramid.to_table(frame, area_name="A")["Age"]) == list(frame["label"])


def series(periods: list[str], values: list[float]) -> pd.DataFrame:
    value = pd.Series(values, dtype=float)
    return pd.DataFrame({"period": periods, "value": value, "lower": value - 1, "upper": value + 1})


def test_a_line_is_broken_where_years_were_not_measured():
    years = ["2017/18", "2018/19", "2021/22", "2022/23"]
    frame = trend_lines.prepare({"A": series(years, [70, 71, 64, 65])})
    assert frame["part"].nunique() == 2
    lines = [trace for trace in trend_lines.draw(GLD, frame).data if trace.mode == "lines+markers"]
    assert len(lines) == 2


def test_names_of_lines_that_end_close_together_stand_apart_whatever_lies_before():
    years = ["2020", "2021", "2022"]
    frame = trend_lines.prepare({"A": series(years, [20, 60, 40.4]), "B": series(years, [30, 50, 40.0])})
    upper, lower = trend_lines.draw(GLD, frame, height=300).layout.annotations
    # 0.4 of a span of 42 is less than 3 of 300 pixels: nearly the whole distance is made by moving the name
    assert (upper.text, lower.text, upper.yshift) == ("A", "B", 0)
    assert -APART < lower.yshift < -APART + 3


def test_a_missing_figure_breaks_the_line_too():
    frame = trend_lines.prepare({"A": series(["2020", "2021", "2022"], [1.0, np.nan, 3.0])})
    assert (
        frame.loc[frame["period"] == "2020", "part"].item()
        != frame.loc[frame["period"] == "2022", "part"].item()
    )


def test_the_trend_sentence_stays_within_the_last_unbroken_part():
    years = ["2017/18", "2018/19", "2021/22", "2022/23"]
    frame = trend_lines.prepare({"A": series(years, [70, 71, 64, 65])})
    assert trend_lines.takeaway(GLD, frame) == "A: 65.0% in 2022/23, up from 64.0% in 2021/22."


def test_a_trend_needs_two_figures():
    assert not trend_lines.available(trend_lines.prepare({"A": series(["2020"], [1.0])}))
    assert not trend_lines.available(trend_lines.prepare({}))


def test_the_trend_table_has_periods_down_and_areas_across():
    frame = trend_lines.prepare({"B": series(["2020", "2021"], [1, 2]), "A": series(["2021"], [3])})
    table = trend_lines.to_table(GLD, frame)
    assert list(table.columns) == ["Period", "B", "A"]
    assert table["Period"].tolist() == ["2020", "2021"]
    assert pd.isna(table.loc[0, "A"])
