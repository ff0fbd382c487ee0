"""Data and methods: the catalogue can be searched, read and downloaded; sources and grades are explained."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import store
from geo.config import ROOT
from tests.app.page import headings, long_tables


def page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/data.py").run()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


@pytest.fixture(scope="module")
def data() -> AppTest:
    return page()


def test_every_indicator_is_listed(data):
    assert not data.exception
    app = page()
    listed = {row["Indicator"] for row in long_tables(app)[0]}
    app.selectbox(key="indicators-page").select(1).run()
    listed |= {row["Indicator"] for row in long_tables(app)[0]}
    assert listed == {item.title for item in store.bundle().indicators()}


def test_the_search_narrows_the_list():
    app = page()
    app.text_input(key="q").input("overcrowd").run()
    shown = {row["Indicator"] for row in long_tables(app)[0]}
    said = {
        item.title
        for item in store.bundle().indicators()
        if "overcrowd" in f"{item.title} {item.plain_english} {item.description}".lower()
    }
    assert store.the_catalogue()["overcrowding"].title in shown
    assert shown == said
    assert f"{len(said)} of {len(store.bundle().indicators())} indicators." in words(app)
    assert len(shown) < 10


def test_a_search_without_a_hit_gets_an_answer():
    app = page()
    app.text_input(key="q").input("zebra crossings").run()
    assert not app.exception
    assert "No indicator contains “zebra crossings”" in words(app)


def test_a_theme_narrows_the_list():
    app = page()
    app.selectbox(key="theme").select("Long-term conditions").run()
    assert {row["Theme"] for row in long_tables(app)[0]} == {"Long-term conditions"}


def test_one_indicator_is_read_in_full_from_its_link():
    app = page(indicator="disabled")
    catalogue = store.the_catalogue()
    indicator = catalogue["disabled"]
    assert indicator.title in headings(app, 3)
    text = words(app)
    for part in (indicator.plain_english, catalogue.sources[indicator.source].licence):
        assert part in text
    for code in indicator.caveats:
        assert catalogue.caveats[code].short in text


def test_an_unknown_indicator_in_the_link_gets_a_message():
    app = page(indicator="phrenology")
    assert not app.exception
    assert "There is no indicator called “phrenology”" in words(app)


def test_grades_levels_and_lists_are_explained(data):
    text = words(data)
    for part in (
        "Exact sums.",
        "Sharing out.",
        "Nothing is filled in.",
        ">A<",
        ">D<",
        "apportioned",
        "modelled",
    ):
        assert part in text
    status = store.bundle().neighbourhood_status("E08000012").status
    assert f"Liverpool: {status} list" in headings(data, 3)
    assert "tasks.py data" in text


def test_every_source_in_use_is_attributed(data):
    used = {item.source for item in store.bundle().indicators()}
    table = long_tables(data)[-1]
    assert len(table) == len(used)
    assert min(len(row["Attribution"]) for row in table) > 10
    for key in used:
        assert f'<a href="{store.the_catalogue().sources[key].url}">' in words(data)


def test_tables_are_offered_in_three_formats():
    app = page()
    app.selectbox(key="download-theme").select("Deprivation")
    app.selectbox(key="download-level").select("wards").run()
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [
        "Download indicators (CSV)",
        "Download CSV (zipped)",
        "Download Parquet",
        "Download Excel",
        "Download sources (CSV)",
    ]
