"""Widgets get their value from the address; one that has it already is not given it again.

A value written to the session is sent as new, and the browser then draws all options of the list once more.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import navigation
from geo.config import ROOT
from tests.app.map_page import THREE, open_map

PAGES = [entry for entry in navigation.entries() if not entry.default]
PARAMS = {
    "map": {"level": "lsoa", "places": THREE},
    "profile": {"area": "E05015277"},
    "compare": {"areas": "E08000012,E08000013"},
}
KINDS = ("selectbox", "multiselect", "button_group", "toggle", "checkbox", "radio")


def given(app: AppTest) -> set[str]:
    """Keys of the widgets that the browser is told to give another value."""
    return {item.key for kind in KINDS for item in app.get(kind) if item.proto.set_value}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.stem)
def test_a_page_that_runs_again_gives_no_widget_a_value_it_has(entry):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for name, value in PARAMS.get(entry.stem, {}).items():
        app.query_params[name] = value
    app.switch_page(entry.file).run()
    again = app.run()
    assert not again.exception
    assert given(again) == set()


def test_another_indicator_gives_a_value_only_where_the_words_of_the_choice_changed():
    app = open_map(indicator="imd-score", level="ward", places=THREE, area="E05015303")
    assert "map-area" in given(app)
    app.run()
    app.selectbox(key="map-indicator").set_value("children-income-deprived").run()
    assert given(app) == set()
    assert app.selectbox(key="map-area").value == "E05015303"
    app.selectbox(key="map-indicator").set_value("crime-domain-rank").run()
    assert given(app) == {"map-level"}  # "Wards" is "Wards (no figures)" now
    assert app.selectbox(key="map-level").value == "ward"


def test_the_address_still_moves_a_widget():
    app = open_map(indicator="imd-score", level="ward")
    app.run()
    app.query_params["indicator"] = "overcrowding"
    app.run()
    assert app.selectbox(key="map-indicator").value == "overcrowding"
    assert {"map-theme", "map-indicator"} <= given(app)
    app.query_params["indicator"] = "imd-score"
    app.run()
    assert app.selectbox(key="map-indicator").value == "imd-score"
    assert app.selectbox(key="map-theme").value == "deprivation"


def test_a_choice_that_leads_nowhere_is_taken_back():
    app = open_map(indicator="imd-score", level="ward", places=THREE)
    app.run()
    places = app.get("button_group")[0]
    assert len(places.value) == 3
    places.set_value([]).run()
    assert len(app.get("button_group")[0].value) == 3
