"""The Map: true title, legend that adds up, choice kept in the address, plain words for what is missing."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from components import map_colour, map_details, map_picture, store
from components.map_state import read
from house_style.figures import figure, headed
from tests.app.map_page import THREE, notices, one, open_map, words
from tests.app.page import long_tables, title


@pytest.fixture(scope="module")
def opening() -> AppTest:
    return open_map()


def test_the_title_is_the_takeaway(opening):
    bundle = store.bundle()
    rows = bundle.slice("imd-most-deprived-fifth", "neighbourhood", places=["E08000012"])
    low, high = rows.loc[rows["value"].idxmin()], rows.loc[rows["value"].idxmax()]
    indicator = bundle.catalogue["imd-most-deprived-fifth"]
    heading = title(opening)
    for row in (low, high):
        assert f"{figure(indicator, row['value'])} in {row['area_name']}" in heading
    assert "Liverpool " in heading
    assert "England " in heading


def test_the_legend_counts_every_neighbourhood(opening):
    legend = next(item.body for item in opening.get("html") if 'class="legend"' in item.body)
    assert sum(int(n) for n in re.findall(r">(\d+) neighbourhoods?<", legend)) == 13
    assert "Darker means a higher figure, which is worse." in legend


def test_a_working_grouping_is_called_one(opening):
    assert "working grouping" in notices(opening)


def test_the_map_has_a_description_and_no_figures_are_sent(opening):
    chart = opening.get("deck_gl_json_chart")[0].proto
    assert chart.alt.startswith("Map. ")
    assert "coordinates" not in chart.json, "geometry comes by address"
    assert chart.json.count("data:application/json") <= 2, "names of areas, and of what is around them"
    assert len(chart.json) < 12_000


@pytest.mark.parametrize("level", ["lsoa", "msoa", "ward", "neighbourhood", "place"])
def test_every_level_opens(level):
    app = open_map(indicator="imd-score", level=level, places=THREE)
    assert app.selectbox(key="map-level").value == level
    chart = app.get("deck_gl_json_chart")[0].proto
    assert len(chart.json) < 12_000


def test_a_chosen_area_shows_figure_limits_rank_and_comparison():
    bundle = store.bundle()
    code = "E05015303"
    app = open_map(indicator="children-income-deprived", level="ward", area=code)
    card = next(item.body for item in app.get("html") if "area-card" in item.body)
    mine = bundle.value("children-income-deprived", code)
    assert mine is not None
    assert bundle.name(code) in card
    assert figure(bundle.catalogue["children-income-deprived"], mine.value) in card
    assert "95% sure to lie between" in card
    assert re.search(r"(highest|lowest) of 64 wards", card)
    assert re.search(r"(better|worse) than|similar to", card)
    assert "England" in card
    assert app.selectbox(key="map-area").value == code


def test_changing_the_indicator_keeps_the_area_and_writes_the_address():
    app = open_map(indicator="imd-score", level="ward", area="E05015303")
    app.selectbox(key="map-indicator").set_value("children-income-deprived").run()
    assert not app.exception
    assert one(app, "indicator") == "children-income-deprived"
    assert one(app, "area") == "E05015303"


def test_changing_the_theme_takes_its_first_indicator():
    app = open_map(indicator="imd-score", level="ward")
    app.selectbox(key="map-theme").set_value("people").run()
    assert not app.exception
    chosen = one(app, "indicator")
    assert store.bundle().catalogue[chosen].theme == "people"


def test_changing_the_level_takes_the_area_away():
    app = open_map(indicator="imd-score", level="ward", area="E05015303")
    app.selectbox(key="map-level").set_value("msoa").run()
    assert "area" not in app.query_params
    assert one(app, "level") == "msoa"


def test_choosing_an_area_from_the_list():
    app = open_map(level="ward", indicator="imd-score")
    app.selectbox(key="map-area").set_value("E05015303").run()
    assert one(app, "area") == "E05015303"


def test_literacy_by_ward_says_where_it_exists_and_what_stands_beside_it():
    app = open_map(indicator="eyfs-literacy", level="ward")
    assert "no figures for wards" in title(app)
    assert "exists for Places, not for wards" in notices(app)
    labels = [button.label for button in app.button]
    assert "Show Places" in labels
    assert any("Children in income-deprived families" in label for label in labels)
    app.button(key="way-level").click().run()
    assert not app.exception
    assert one(app, "level") == "place"
    assert "from" in title(app)


def test_a_companion_is_one_click_away():
    app = open_map(indicator="eyfs-literacy", level="ward")
    app.button(key="way-children-income-deprived").click().run()
    assert one(app, "indicator") == "children-income-deprived"
    assert one(app, "level") == "ward"


@pytest.mark.parametrize(("indicator", "said"), [("gld", "given family income"), ("qof-dm", "from a model")])
def test_estimates_are_called_estimates_in_title_legend_and_note(indicator, said):
    app = open_map(indicator=indicator, level="neighbourhood")
    name = store.bundle().catalogue[indicator].short_title
    assert title(app).startswith(f"{name} (estimate): ")
    legend = next(item.body for item in app.get("html") if 'class="legend"' in item.body)
    assert "(estimate)" in legend
    assert said in legend


def test_weak_estimates_are_faded_and_can_be_hidden():
    rows = store.bundle().slice("qof-dem", "ward", places=["E08000012"])
    weak = int((rows["reliability"] == "D").sum())
    assert 0 < weak < len(rows)
    app = open_map(indicator="qof-dem", level="ward")
    assert f'>Weak estimate: faded</span><span class="quiet">{weak} wards' in words(app)
    app.toggle(key="map-weak").set_value(True).run()
    assert not app.exception
    assert app.query_params["weak"] in ("hide", ["hide"])
    assert f'>Weak estimate: hidden</span><span class="quiet">{weak} wards' in words(app)
    assert sum(int(n) for n in re.findall(r">(\d+) wards?<", words(app))) == len(rows)
    assert "no way to treat weak" in notices(open_map(indicator="qof-dem", level="ward", weak="paint"))


def test_a_place_without_a_list_of_neighbourhoods_is_told_how_to_add_one():
    app = open_map(level="neighbourhood", places="sefton", indicator="imd-score")
    assert "No neighbourhoods are defined for Sefton" in title(app)
    assert "geo/neighbourhoods/sefton.csv" in notices(app)
    app.button(key="way-wards").click().run()
    assert one(app, "level") == "ward"
    assert "Sefton" in title(app) or "from" in title(app)


def test_unknown_values_are_named_and_replaced():
    app = open_map(indicator="nonsense", level="street", places="atlantis", area="E99", period="1066")
    for text in ("nonsense", "street", "atlantis", "E99"):
        assert f"“{text}”" in notices(app)
    assert app.get("deck_gl_json_chart")


def test_groups_are_drawn_by_code_where_the_browser_has_no_column():
    app = open_map(indicator="life-expectancy", level="place")
    assert app.selectbox(key="map-group").value in ("female", "male")
    assert "properties.code==" in app.get("deck_gl_json_chart")[0].proto.json


def test_the_simple_map_is_a_picture_with_a_description():
    app = open_map(level="ward", indicator="imd-score", view="simple")
    assert not app.get("deck_gl_json_chart")
    picture = app.get("image")[0].proto.imgs[0]
    assert picture.alt.startswith("Map. ")
    assert picture.url.startswith("data:image/svg+xml")


def test_bars_table_and_downloads_are_drawn_when_asked_for():
    app = open_map(level="ward", indicator="imd-score")
    assert not app.get("plotly_chart")
    assert not long_tables(app)
    app.get("button_group")[-1].set_value("Table").run()
    assert not app.exception
    assert len(long_tables(app)) == 1
    app.get("button_group")[-1].set_value("Ranked bars").run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert not long_tables(app)
    app.get("button_group")[-1].set_value("Downloads").run()
    labels = [item.proto.label for item in app.get("download_button")]
    assert labels == [
        "Table (CSV)",
        "Workbook (Excel)",
        "Areas (GeoJSON)",
        "Map (PNG)",
        "Map (SVG)",
    ]


def test_every_download_can_be_made():
    bundle = store.bundle()
    state = read({"indicator": "children-income-deprived", "level": "ward", "places": "st-helens"}, bundle)
    paint = map_colour.paint(map_colour.CLASSES, state, bundle)
    starts = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "geojson": b"{", "png": b"\x89PNG", "svg": b"<?xml"}
    for offer in map_details.offers(state, bundle, paint, "A title"):
        assert offer.make().startswith(starts[offer.file_name.rsplit(".", 1)[1]])
        assert offer.file_name.startswith("children-income-deprived_ward_st-helens_2025")


def test_a_second_click_on_the_same_area_takes_it_away_but_not_another_choice():
    state = {"map-clicked": "E1"}
    changes: list[dict[str, str | None]] = []
    with (
        patch.object(map_picture.st, "session_state", state),
        patch.object(map_picture.st, "query_params", {"area": "E1"}),
        patch.object(map_picture, "remember", lambda **kw: changes.append(kw)),
        patch.object(map_picture.area_map, "picked", lambda found: None),
    ):
        map_picture._clicked()
        assert changes[-1] == {"area": None}
        state["map-clicked"] = "E1"
        map_picture.st.query_params["area"] = "E2"
        map_picture._clicked()
        assert changes[-1] == {"area": "E1"}


def test_an_area_alone_opens_its_own_level_and_place():
    bundle = store.bundle()
    wards = bundle.areas[(bundle.areas["area_level"] == "ward") & (bundle.areas["place_code"] == "E08000014")]
    state = read({"indicator": "imd-score", "area": str(wards.index[0])}, bundle)
    assert state.level == "ward"
    assert state.place_codes == ("E08000014",)


def test_the_table_is_ordered_searched_and_turned_over_without_losing_a_row():
    app = open_map(level="lsoa", indicator="children-income-deprived", places=THREE, colour="england")
    app.get("button_group")[-1].set_value("Table").run()
    state = read({"indicator": "children-income-deprived", "level": "lsoa", "places": THREE}, store.bundle())
    areas, pages = set(), app.selectbox(key="map-table-page").options
    assert pages[:2] == ["1 to 100", "101 to 200"]
    for at in range(len(pages)):
        app.selectbox(key="map-table-page").select(at).run()
        areas |= {row["Code"] for row in long_tables(app)[0]}
    assert areas == set(state.rows["area_code"])
    figure = headed(state.indicator)
    app.selectbox(key="map-table-order").select(f"{figure}, lowest first").run()
    assert app.selectbox(key="map-table-page").value == 0  # an order starts from its first row
    known = [float(row[figure]) for row in long_tables(app)[0] if row[figure] != "not available"]
    assert known == sorted(known)
    assert known[0] == state.rows["value"].round(state.indicator.decimals).min()
    app.text_input(key="map-table-text").input("  sefton 01 ").run()
    found = {row["Area"] for row in long_tables(app)[0]}
    assert found == {name for name in state.rows["area_name"] if name.startswith("Sefton 01")}
    assert f"{len(found)} of {len(state.rows):,} small areas with “sefton 01”, by {figure}" in words(app)
    app.text_input(key="map-table-text").input("zebra").run()
    assert not long_tables(app)
    assert "No small areas with “zebra”." in words(app)
