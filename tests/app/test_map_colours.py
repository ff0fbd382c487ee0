"""The Map in other colours and shapes: comparisons, tenths, hexagons, the funnel, two figures at once."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from components import map_colour, map_details, map_levels, map_pair, map_shape, map_sync, store
from components.map_state import MapState, read
from house_style.narrative import verdict
from methods.association import rank_correlation
from tests.app.map_page import EVERY, THREE, notices, one, open_map, words
from tests.app.page import long_tables, title

WARDS = {"indicator": "children-income-deprived", "level": "ward"}


def colours_of(**params: str) -> tuple[map_colour.Paint, MapState]:
    bundle = store.bundle()
    state = read(params, bundle)
    choices = map_colour.offered(state, bundle)
    colour, notes = map_colour.read(params.get("colour"), choices, state)
    assert not notes
    return map_colour.paint(colour, state, bundle), state


@pytest.mark.parametrize("colour", ["england", "place"])
@pytest.mark.parametrize("level", ["ward", "lsoa"])
def test_a_map_of_comparisons_says_what_the_card_of_every_area_says(colour, level):
    bundle = store.bundle()
    paint, state = colours_of(indicator="children-income-deprived", level=level, places=THREE, colour=colour)
    assert paint.judged is not None
    assert set(paint.judged.values()) >= {"worse", "similar", "better"}
    for code in list(paint.judged)[::23]:
        mine = bundle.value("children-income-deprived", code)
        other = bundle.value(
            "children-income-deprived",
            "E92000001" if colour == "england" else str(bundle.areas.loc[code, "place_code"]),
        )
        assert verdict(bundle, state.indicator, mine, other) == paint.judged[code]


def test_the_title_of_a_comparison_counts_results_of_the_test():
    app = open_map(indicator="children-income-deprived", level="ward", colour="england")
    body = next(item.body for item in app.get("html") if 'class="legend"' in item.body)
    heading = title(app)
    for word in ("worse than", "similar to", "better than"):
        count = re.search(rf"{word.capitalize()} England</span><span class=\"quiet\">(\d+) ward", body)
        assert count is not None
        assert f"{count[1]} {word} England" in heading
    assert "of 64 wards" in heading
    assert "◆" in body
    app.get("button_group")[-1].set_value("Table").run()
    (rows,) = long_tables(app)
    assert {row["Compared with England"] for row in rows} == {"worse", "similar", "better"}


def test_a_neutral_figure_is_higher_or_lower_never_worse():
    paint, _ = colours_of(indicator="disabled", level="ward", colour="england")
    assert paint.judged is not None
    assert set(paint.judged.values()) <= {"higher", "lower", "similar"}
    assert "worse" not in paint.sentence


@pytest.mark.parametrize(("indicator", "ends"), [("income-deprived", "worse"), ("disabled", "higher")])
def test_two_levels_agree_with_one_and_count_every_area(indicator, ends):
    one_level, state = colours_of(indicator=indicator, level="ward", places=THREE, colour="england")
    paint = map_levels.paint("england", state, store.bundle())
    assert paint.levels is not None
    assert paint.judged == one_level.judged == {c: map_levels.word_of(w) for c, w in paint.levels.items()}
    found = list(paint.levels.values())
    assert {f"{ends} (99.8%)", f"{ends} (95%)", "similar"} <= set(found)
    entries = paint.shading.entries()
    assert sum(entry.count for entry in entries) == 104
    clear = next(entry for entry in entries if entry.text.startswith(f"Clearly {ends} than England"))
    assert clear.count == found.count(f"{ends} (99.8%)")
    assert clear.shape == 2 * next(e.shape for e in entries if e.text.startswith(ends.capitalize()))
    assert f"{found.count(f'{ends} (99.8%)')} of them clearly" in paint.sentence
    rows = state.rows.set_index("area_code")
    mark = store.bundle().value(indicator, "E92000001")
    assert mark is not None
    assert mark.value is not None
    for code, word in paint.levels.items():  # clear differences are differences
        if word == f"{ends} (99.8%)":
            assert rows.loc[code, "lower"] > mark.value


def test_the_second_level_is_chosen_kept_in_the_address_and_leaves_with_the_comparison():
    app = open_map(indicator="children-income-deprived", level="ward", colour="england")
    app.toggle(key="map-limits").set_value(True).run()
    assert not app.exception
    assert one(app, "limits") == "99.8"
    body = next(item.body for item in app.get("html") if 'class="legend"' in item.body)
    assert "Clearly worse than England (99.8% limits)" in body
    assert "Worse than England (95% limits only)" in body
    assert "of them clearly" in title(app)
    app.get("button_group")[-1].set_value("Table").run()
    assert "worse (99.8%)" in {row["Compared with England"] for row in long_tables(app)[0]}
    app.selectbox(key="map-colour").set_value("classes").run()
    assert "limits" not in app.query_params
    assert "map-limits" not in [toggle.key for toggle in app.toggle]
    assert not notices(app)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"colour": "england", "limits": "90"}, "“90”"),
        ({"limits": "99.8"}, "second level of a comparison"),
        ({"indicator": "qof-dm", "colour": "england", "limits": "99.8"}, "cannot be worked out"),
        ({"second": "disabled", "limits": "99.8"}, "colours of their own"),
    ],
)
def test_limits_that_cannot_be_had_are_said(params, said):
    app = open_map(**{"indicator": "children-income-deprived", "level": "ward"} | params)
    assert said in notices(app)
    assert "map-limits" not in [toggle.key for toggle in app.toggle] or params.get("limits") == "90"


def test_small_areas_by_comparison_cost_few_bytes():
    app = open_map(indicator="disabled", level="lsoa", places=EVERY, colour="england")
    text = app.get("deck_gl_json_chart")[0].proto.json
    assert len(text) < 20_000
    assert len({layer["_subLayerProps"]["polygons-fill"]["getFillColor"] for layer in fills(text)}) == 9


def fills(text: str) -> list[dict[str, Any]]:
    return [layer for layer in json.loads(text)["layers"] if layer["id"].startswith("fill-")]


def test_national_tenths_are_those_of_the_publisher():
    paint, state = colours_of(indicator="imd-score", level="lsoa", colour="tenth")
    tenths = store.bundle().slice("imd-decile", "lsoa", "2025", places=state.place_codes)
    assert (paint.shading.classes.of + 1 == tenths["value"]).all()
    app = open_map(indicator="imd-score", level="lsoa", colour="tenth")
    count = int((tenths["value"] == 1).sum())
    assert f"{count} of {len(tenths)} small areas are in the most deprived tenth" in title(app)
    body = next(item.body for item in app.get("html") if 'class="legend"' in item.body)
    assert f"{count} small areas" in body.split("Tenth 1 (most deprived)")[1][:60]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"indicator": "imd-score", "level": "ward", "colour": "rainbow"}, "“rainbow”"),
        ({"indicator": "disabled", "level": "lsoa", "colour": "tenth"}, "no national tenths"),
        ({"indicator": "imd-score", "level": "ward", "colour": "england"}, "cannot be compared with England"),
    ],
)
def test_a_colouring_that_cannot_be_had_is_said_and_classes_are_shown(params, said):
    app = open_map(**params)
    assert said in notices(app)
    body = next(item.body for item in app.get("html") if 'class="legend"' in item.body)
    assert "Darker means" in body


def test_the_colouring_is_chosen_and_kept_in_the_address():
    app = open_map(indicator="children-income-deprived", level="ward")
    assert app.selectbox(key="map-colour").options == [
        "Classes of the figure", "Classes of all wards in Cheshire and Merseyside", "Compared with England",
        "Compared with Liverpool",
    ]  # fmt: skip
    app.selectbox(key="map-colour").set_value("place").run()
    assert not app.exception
    assert one(app, "colour") == "place"
    assert "than Liverpool" in title(app)


def test_classes_of_the_whole_region_are_the_builds_and_mean_the_same_in_every_place():
    stored = store.bundle().layers["breaks"]["ward"]["children-income-deprived|2025"]
    legends = []
    for place in ("liverpool", "sefton"):
        state = read(WARDS | {"places": place}, store.bundle())
        shading = map_colour.paint("region", state, store.bundle()).shading
        assert list(shading.classes.breaks) == stored
        legends.append(sum(shading.classes.counts))
        assert sum(shading.classes.counts) + shading.classes.missing == len(state.rows)
    everywhere = read(WARDS | {"places": EVERY}, store.bundle())
    assert "region" not in map_colour.offered(everywhere, store.bundle())
    assert legends[0] != legends[1]


def test_wards_as_hexagons_keep_their_figures_and_leave_the_ground():
    app = open_map(indicator="children-income-deprived", level="ward", shape="hex", places=THREE)
    text = app.get("deck_gl_json_chart")[0].proto.json
    assert [layer["id"] for layer in fills(text)] == [
        f"fill-hex-{code}" for code in ("E08000012", "E08000014", "E08000013")
    ]
    assert "sea-" not in text
    assert app.toggle(key="map-hex").value is True
    app.toggle(key="map-hex").set_value(False).run()
    assert "shape" not in app.query_params
    assert "fill-ward-" in app.get("deck_gl_json_chart")[0].proto.json


def test_hexagons_are_in_the_simple_map_too():
    app = open_map(indicator="imd-score", level="ward", shape="hex", view="simple")
    assert not app.exception
    land = open_map(indicator="imd-score", level="ward", view="simple")
    assert app.get("image")[0].proto.imgs[0].url != land.get("image")[0].proto.imgs[0].url


@pytest.mark.parametrize("places", ["liverpool", THREE])
def test_a_picture_to_keep_of_hexagons_draws_them_and_says_so(places):
    bundle = store.bundle()
    params = {"indicator": "imd-score", "level": "ward", "places": places, "shape": "hex"}
    state = read(params, bundle)
    paint = map_colour.paint(map_colour.CLASSES, state, bundle)
    with (
        patch.object(map_shape.st, "query_params", params),
        patch("components.static_map.draw", return_value=b"made") as draw,
    ):
        made = {offer.label: offer.make for offer in map_details.offers(state, bundle, paint, "A title")}
        assert made["Map (PNG)"]() == b"made"
    shapes, words = draw.call_args.args[0], draw.call_args.kwargs
    assert shapes.geometry.tolist() == bundle.geometry("hex", list(state.place_codes)).geometry.tolist()
    assert map_shape.WORDS in words["source"]
    assert "Hexagon layout of wards" in words["source"]
    assert words["around"] is None
    named = [name.text for name in words["names"]] or list((words["labels"] or {}).values())
    assert ("Liverpool" in named) is (places == THREE)


@pytest.mark.parametrize(
    ("params", "said"),
    [({"level": "ward", "shape": "cube"}, "“cube”"), ({"level": "msoa", "shape": "hex"}, "wards only")],
)
def test_a_shape_that_cannot_be_had_is_said(params, said):
    app = open_map(indicator="imd-score", **params)
    assert said in notices(app)
    assert "fill-hex" not in app.get("deck_gl_json_chart")[0].proto.json


def test_the_funnel_is_offered_where_there_are_counts_and_says_what_the_test_found():
    app = open_map(indicator="children-income-deprived", level="ward", colour="place")
    strip = app.get("button_group")[-1]
    assert "Funnel plot" in [option.content for option in strip.proto.options]
    strip.set_value("Funnel plot").run()
    assert not app.exception
    assert "against Liverpool" in words(app)
    assert 'class="chart" role="img" aria-label="Funnel plot. ' in words(app)
    assert "Against Liverpool" in long_tables(app)[0][0]
    assert "All 64 wards." in words(app)
    without = open_map(indicator="imd-score", level="ward").get("button_group")[-1]
    assert "Funnel plot" not in [option.content for option in without.proto.options]


def test_two_figures_at_once_count_every_area_and_say_what_the_test_found():
    app = open_map(indicator="children-income-deprived", level="ward", second="disabled", places=THREE)
    square = next(item.body for item in app.get("html") if 'class="pair"' in item.body)
    cells = [int(n) for n in re.findall(r"<td style[^>]*>(\d+)</td>", square)]
    assert len(cells) == 9
    assert sum(cells) == 104
    assert "Highest third" in square
    bundle = store.bundle()
    codes = ["E08000012", "E08000014", "E08000013"]
    first, second = (
        bundle.slice(key, "ward", places=codes) for key in ("children-income-deprived", "disabled")
    )
    found = rank_correlation(first["value"], second["value"])
    goes = "higher" if found.lower > 0 else "lower" if found.upper < 0 else "no clear link"
    assert goes in title(app).split("“")[-1]
    text = words(app)
    assert text.count("Source: ") >= 2
    app.get("button_group")[-1].set_value("Table").run()
    assert not app.exception
    assert len(long_tables(app)[0]) == 100
    assert "Wards 1 to 100 of 104." in words(app)
    app.selectbox(key="map-pair-table-page").select(1).run()
    assert "Wards 101 to 104 of 104." in words(app)
    assert len(long_tables(app)[0]) == 4
    app.get("button_group")[-1].set_value("Downloads").run()
    assert not app.exception
    assert len(app.get("download_button")) == 10


@pytest.mark.parametrize(("first", "second"), [("gld", "income-deprived"), ("income-deprived", "gld")])
def test_what_income_leads_to_expect_is_not_tested_against_income(first, second):
    app = open_map(indicator=first, level="ward", second=second)
    assert "no link is tested" in title(app)
    assert "family income" in title(app)
    assert "correlation" not in title(app)
    places = open_map(indicator=first, level="place", second=second)
    assert "family income" not in title(places), "figures of Places are published"


def test_two_maps_side_by_side_share_their_frame_and_show_both_cards():
    app = open_map(
        indicator="children-income-deprived", level="ward", second="disabled", view="side", area="E05015303"
    )
    pair = next(item.proto for item in app.get("html") if 'class="maps-pair"' in item.proto.body)
    assert pair.unsafe_allow_javascript
    assert map_sync.SCRIPT in pair.body
    pictures = re.findall(r'<img src="([^"]+)" alt="(Map\. [^"]+)">', pair.body)
    assert len(pictures) == 2
    assert pair.body.count('class="legend"') == 2
    cards = [item for item in app.get("html") if 'area-card"' in item.body and "<style>" not in item.body]
    assert len(cards) == 2
    frames = [outlines(url) for url, _ in pictures]
    assert frames[0]
    assert frames[0] == frames[1], "the outline of the Place stands in the same spot"


def outlines(url: str) -> list[str]:
    text = unquote(url)
    if ";base64," in text:
        text = base64.b64decode(text.split(";base64,")[1]).decode()
    return re.findall(r'd="(M[^"]*)" fill="none" stroke', text)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("nonsense", "“nonsense”"),
        ("life-expectancy", "no figures for these wards"),
        ("imd-score", "the same as the first"),
    ],
)
def test_a_second_figure_that_cannot_be_had_is_said_and_the_first_stands_alone(second, said):
    app = open_map(indicator="imd-score", level="ward", second=second)
    assert said in notices(app)
    assert not [item for item in app.get("html") if 'class="pair"' in item.body]
    assert any('class="legend"' in item.body for item in app.get("html"))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"view": "globe"}, "“globe”"),
        ({"view": "side"}, "Side by side needs a second figure"),
        ({"view": "side", "second": "nonsense"}, "Side by side needs a second figure"),
        ({"indicator": "healthy-life-expectancy", "second": "nonsense"}, "“nonsense”"),
        ({"indicator": "healthy-life-expectancy", "colour": "rainbow"}, "“rainbow”"),
    ],
)
def test_a_way_of_drawing_that_cannot_be_had_is_said(params, said):
    app = open_map(**{"indicator": "imd-score", "level": "ward"} | params)
    assert said in notices(app)
    if "indicator" not in params:
        assert app.get("deck_gl_json_chart")


def test_a_second_figure_is_chosen_and_taken_away():
    app = open_map(indicator="children-income-deprived", level="ward", colour="england")
    app.selectbox(key="map-second").set_value("overcrowding").run()
    assert not app.exception
    assert one(app, "second") == "overcrowding"
    assert "colour" not in app.query_params
    assert "map-colour" not in [box.key for box in app.selectbox]
    app.selectbox(key="map-second").set_value(None).run()
    assert "second" not in app.query_params
    assert not app.exception


def test_two_figures_of_all_small_areas_cost_few_bytes():
    app = open_map(indicator="imd-score", level="lsoa", places=EVERY, second="disabled")
    chart = app.get("deck_gl_json_chart")[0].proto
    assert len(chart.json) < 24_000
    assert chart.tooltip.count("{v") == 2


def test_thirds_turn_with_what_is_worse():
    values = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    score, good = (store.bundle().catalogue[key] for key in ("imd-score", "gld"))
    assert map_pair.thirds(score, values).of.tolist() == [0, 0, 1, 1, 2, 2]
    assert map_pair.thirds(good, values).of.tolist() == [2, 2, 1, 1, 0, 0]
    assert map_pair.ends(good)[2] == "Lowest third"
    assert map_pair.thirds(score, pd.Series([1.0, 1.0, np.nan])).of.tolist() == [1, 1, -1]
