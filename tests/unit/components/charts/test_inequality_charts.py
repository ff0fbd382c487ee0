"""Chart units of the Inequalities page: nothing invented, honest sentences, the same as a table, pictures."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from components import inequality_picture
from components.charts import (
    concentration_curve,
    gap_trend,
    gradient_bars,
    hot_spots,
    scatter_deprivation,
    spread_within,
)
from data.catalogue.model import catalogue
from data.hot_spots import COLD, HOT, HotSpots
from data.hot_spots import hot_spots as find_spots
from methods.concentration import concentration, within_spread
from methods.contiguity import queen
from methods.spatial import NOT_SIGNIFICANT

DISABLED = catalogue()["disabled"]
CONNECTIVITY = catalogue()["connectivity"]


def groups(values: list[float], share: list[float] | None = None) -> pd.DataFrame:
    count = len(values)
    value = pd.Series(values, dtype=float)
    widths = pd.Series(share or [100 / count] * count).where(value.notna())
    return pd.DataFrame(
        {
            "group": range(1, count + 1), "areas": np.where(value.isna(), 0, 10), "set_aside": 0,
            "people": widths * 100, "share": widths, "numerator": value * widths, "value": value,
            "lower": value - 1, "upper": value + 1,
        }
    )  # fmt: skip


def test_bars_stand_where_their_people_are_and_the_line_is_straight():
    frame = gradient_bars.prepare(groups([30, 20, 10, 8, 6], [50, 20, 10, 10, 10]), (5.0, 35.0))
    assert frame["middle"].tolist() == [25, 60, 75, 85, 95]
    assert frame["line"].round(6).tolist() == [27.5, 17.0, 12.5, 9.5, 6.5]


def test_a_group_without_areas_has_neither_bar_nor_line_and_is_not_zero():
    frame = gradient_bars.prepare(groups([30, np.nan, 10, 8, 6], [50, 0, 30, 10, 10]), (5.0, 35.0))
    assert frame.loc[1, ["value", "line", "middle"]].isna().all()
    assert frame["middle"].tolist()[2] == 65
    figure = gradient_bars.draw(DISABLED, frame, slope_ends=(5.0, 35.0))
    assert len(figure.data[0].x) == 4
    table = gradient_bars.to_table(DISABLED, frame)
    assert pd.isna(table.loc[1, "Disabled residents"])
    assert table.iloc[0, 0] == "Most deprived fifth"


def test_bars_need_two_groups_and_show_no_limits_where_there_are_none():
    assert not gradient_bars.available(gradient_bars.prepare(groups([30.0, np.nan])))
    without = groups([30.0, 20.0]).assign(lower=np.nan, upper=np.nan)
    figure = gradient_bars.draw(DISABLED, gradient_bars.prepare(without))
    assert figure.data[0].error_y.visible is False
    assert "Lower limit" not in gradient_bars.to_table(DISABLED, gradient_bars.prepare(without))


def test_scores_below_zero_are_drawn_below_zero():
    frame = gradient_bars.prepare(groups([1.0, 0.2, -0.5]), (-1.0, 1.5))
    low, high = gradient_bars.draw(DISABLED, frame, slope_ends=(-1.0, 1.5)).layout.yaxis.range
    assert low < -1.0
    assert high > 1.5


def areas(count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = [f"E{i}" for i in range(count)]
    rows = pd.DataFrame(
        {
            "area_code": codes, "area_name": [f"Ward {i}" for i in range(count)], "place_name": "Liverpool",
            "value": np.arange(count, dtype=float), "lower": np.nan, "upper": np.nan, "denominator": 100.0,
        }
    )  # fmt: skip
    return rows, pd.DataFrame({"area_code": codes, "value": np.arange(count, dtype=float) * 2})


def test_marks_of_a_scatter_keep_the_contrast_that_their_colours_are_chosen_for():
    for count in (8, 64):
        for trace in scatter_deprivation.draw(DISABLED, scatter_deprivation.prepare(*areas(count))).data:
            assert trace.marker.opacity in (None, 1)  # paler, blue has 2.2 to 1 on a dark page, 3 are needed


def test_scatter_leaves_out_what_lacks_a_figure_or_a_score():
    rows, scores = areas(5)
    rows.loc[0, "value"] = np.nan
    frame = scatter_deprivation.prepare(rows, scores.iloc[:4])
    assert frame["area_code"].tolist() == ["E3", "E2", "E1"]
    assert scatter_deprivation.available(frame)
    assert "Lower limit" not in scatter_deprivation.to_table(DISABLED, frame)


def test_few_areas_are_named_and_many_are_not():
    few = scatter_deprivation.draw(DISABLED, scatter_deprivation.prepare(*areas(8)))
    many = scatter_deprivation.draw(DISABLED, scatter_deprivation.prepare(*areas(60)))
    assert {note.text for note in few.layout.annotations} == {f"Ward {i}" for i in range(8)}
    assert not many.layout.annotations


@pytest.mark.parametrize(
    ("steepness", "claims"), [("more", "higher"), ("less", "lower"), ("none", "no clear")]
)
def test_scatter_says_only_what_the_test_found(steepness, claims):
    text = scatter_deprivation.takeaway(DISABLED, "wards", steepness)
    assert claims in text
    assert sum(word in text for word in ("higher", "lower", "no clear")) == 1


def gaps(values: list[tuple[str, float, float]]) -> pd.DataFrame:
    rows = [(p, m, q, m - q, m - q - 1, m - q + 1, 64) for p, m, q in values]
    return pd.DataFrame(rows, columns=["period", "most", "least", "gap", "lower", "upper", "units"])


def test_the_gap_over_time_is_in_order_and_needs_two_periods():
    frame = gap_trend.prepare(gaps([("2022/23", 40, 20), ("2021/22", 45, 20), ("2020/21", np.nan, 3)]))
    assert frame["period"].tolist() == ["2021/22", "2022/23"]
    assert gap_trend.available(frame)
    assert not gap_trend.available(frame.head(1))
    assert "25.0 points in 2021/22" in gap_trend.takeaway(DISABLED, frame, "narrower")


@pytest.mark.parametrize("verdict", ["wider", "narrower", "none", "untested"])
def test_only_a_test_makes_a_gap_grow_or_shrink(verdict):
    frame = gap_trend.prepare(gaps([("2021", 40, 20), ("2022", 60, 20)]))
    text = gap_trend.takeaway(DISABLED, frame, verdict)
    assert ("grown" in text, "shrunk" in text) == (verdict == "wider", verdict == "narrower")
    forbidden = gap_trend.takeaway(DISABLED, frame, verdict, not_a_series=True)
    assert "no trend" in forbidden
    assert "grown" not in forbidden


def test_the_concentration_curve_claims_a_leaning_only_beyond_chance():
    leaning = concentration([300, 100], [1000, 1000], [2, 1])
    even = concentration([11, 10], [1000, 1000], [2, 1])
    for found, word in ((leaning, "Cases gather among the most"), (even, "can be told from chance")):
        frame = concentration_curve.prepare(found)
        assert word in concentration_curve.takeaway(DISABLED, frame, found)
    frame = concentration_curve.prepare(leaning)
    assert frame["cases"].iloc[[0, -1]].tolist() == [0, 100]
    assert concentration_curve.to_table(frame)["Most deprived share of people (%)"].tolist() == [
        20,
        40,
        60,
        80,
        100,
    ]
    assert not concentration_curve.available(concentration_curve.prepare(None))


def square(values: np.ndarray) -> tuple[HotSpots, gpd.GeoDataFrame]:
    side = int(np.sqrt(values.size))
    shapes = [box(x, y, x + 1, y + 1) for y in range(side) for x in range(side)]
    codes = [f"E{i:03d}" for i in range(values.size)]
    rows = pd.DataFrame(
        {"area_code": codes, "area_name": codes, "place_name": "P", "place_code": "E1", "value": values}
    )
    geometry = gpd.GeoDataFrame(
        {"area_code": codes, "area_name": codes, "place_code": "E1"}, geometry=shapes, crs="EPSG:4326"
    )
    return find_spots(rows, "lsoa", codes, queen(shapes)), geometry


def test_hot_spots_in_noise_are_not_claimed():
    noise = np.random.default_rng(3).normal(size=400)
    found, _ = square(noise)
    assert found.count(HOT) == found.count(COLD) == 0
    text = hot_spots.takeaway(DISABLED, found, {})
    assert text == "Disabled residents: no cluster can be told from chance."


def test_hot_spots_that_are_there_are_found_named_and_merged():
    values = np.random.default_rng(3).normal(size=400).reshape(20, 20)
    values[:5, :5] += 8
    found, geometry = square(values.ravel())
    assert found.count(HOT) >= 9
    text = hot_spots.takeaway(DISABLED, found, {HOT: ["A", "B", "C", "D"]})
    assert "high figures gather around" in text
    assert "(A, B, C and others)" in text
    merged = hot_spots.prepare(found, geometry)
    assert set(merged["area_code"]) >= {HOT, NOT_SIGNIFICANT}
    assert sum(shape.area for shape in merged.geometry) == pytest.approx(400)
    picture = hot_spots.draw(DISABLED, merged, around=None, alt="Map & key")
    assert picture.startswith("<svg")
    assert "Map &amp; key" in picture
    assert len(picture) < 20_000
    entries = hot_spots.shading(DISABLED, found).entries()
    assert sum(entry.count for entry in entries) == 400


def test_too_few_areas_are_not_tested_for_spots():
    found, _ = square(np.arange(16.0))
    assert not hot_spots.available(found)
    assert "cannot be tested" in hot_spots.takeaway(DISABLED, found, {})


def test_colours_turn_where_high_is_better():
    assert hot_spots.colours(DISABLED)[HOT] == hot_spots.colours(CONNECTIVITY)[COLD]


def test_spread_is_widest_first_and_leaves_out_what_is_too_small():
    spread = within_spread([1.0, 2, 3, 10, 20, 40, 5, 6], [10.0] * 8, ["a"] * 3 + ["b"] * 3 + ["c"] * 2)
    frame = spread_within.prepare(spread)
    assert frame["name"].tolist() == ["b", "a"]
    text = spread_within.takeaway(DISABLED, frame, spread.within_share, "wards")
    assert text.startswith("Inside b, small areas range from 10.0% to 40.0%.")
    assert spread_within.to_table(DISABLED, frame, "Ward")["Small areas"].tolist() == [3, 3]
    assert not spread_within.available(spread_within.prepare(None))


CHARTS = {
    "bars": lambda: gradient_bars.draw(
        DISABLED,
        gradient_bars.prepare(groups([30, 20, 10, 8, 6])),
        slope_ends=(5.0, 35.0),
        benchmark=("England", 17),
    ),
    "scatter": lambda: scatter_deprivation.draw(DISABLED, scatter_deprivation.prepare(*areas(8))),
    "time": lambda: gap_trend.draw(
        DISABLED, gap_trend.prepare(gaps([("2021", 40, 20), ("2022", 41, 20)])), names=("most", "least")
    ),
    "curve": lambda: concentration_curve.draw(
        concentration_curve.prepare(concentration([3, 1], [10, 10], [2, 1]))
    ),
    "spread": lambda: spread_within.draw(
        DISABLED, spread_within.prepare(within_spread([1.0, 2, 3], [10.0] * 3, ["a"] * 3))
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_can_be_kept_as_a_picture(name):
    words = {"title": "A title", "subtitle": "A line", "source": "A source"}
    png = inequality_picture.draw(CHARTS[name](), form="png", **words)
    svg = inequality_picture.draw(CHARTS[name](), form="svg", **words)
    assert png.startswith(b"\x89PNG")
    assert b"<svg" in svg
    assert svg == inequality_picture.draw(CHARTS[name](), form="svg", **words)
