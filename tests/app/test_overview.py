"""The Overview answers, without a click: what is this, how unequal is the city, where do I go."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import store
from components.overview_maps import maps
from geo.config import ROOT, config
from tests.app.page import title


def open_overview() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


@pytest.fixture(scope="module")
def overview() -> AppTest:
    return open_overview()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


def test_it_runs_without_a_fault(overview):
    assert not overview.exception


def test_the_title_is_a_true_sentence_on_the_city(overview):
    bundle = store.bundle()
    rows = bundle.slice("imd-most-deprived-fifth", "neighbourhood", places=["E08000012"])
    high = rows.loc[rows["value"].idxmax()]
    low = rows.loc[rows["value"].idxmin()]
    heading = title(overview)
    assert f"{round(high['value'])}% in" in heading
    assert high["area_name"] in heading
    assert f"{round(low['value'])}% in" in heading
    assert low["area_name"] in heading
    assert "Liverpool" in heading


def test_it_says_what_it_is_for(overview):
    assert "Neighbourhood health inequalities in Liverpool, Sefton and St Helens" in words(overview)


def test_three_maps_with_takeaway_description_and_caveat(overview):
    pictures = overview.get("image")
    assert len(pictures) == 3
    text = words(overview)
    for item in maps(store.bundle(), config().with_role("home")[0]):
        assert item.takeaway in text
        assert item.caveat in text


def test_estimates_are_called_estimates_and_the_published_figure_stands_beside(overview):
    text = words(overview)
    published = store.bundle().value("gld", "E08000012")
    assert published is not None
    assert "School readiness: estimate" in text
    assert "Long-term conditions: estimate" in text
    assert "cannot show where a neighbourhood does better or worse" in text
    assert "entries, not people" in text
    assert f"Published for Liverpool as a whole: {published.value:.1f}%" in text


def test_the_working_grouping_is_named_beside_the_maps(overview):
    notices = [item.body for item in overview.get("html") if 'class="notice"' in item.body]
    status = store.bundle().neighbourhood_status("E08000012").status
    assert any("working grouping" in notice for notice in notices) == (status == "working")


def test_pioneer_places_stand_beside_the_city_and_england(overview):
    table = next(item.body for item in overview.get("html") if "Key figures, each Place" in item.body)
    for name in ("Liverpool", "Sefton", "St Helens", "England"):
        assert f'<th scope="col">{name}</th>' in table
    assert "School readiness" in table
    assert any(word in table for word in ("worse", "better", "similar"))


def test_a_name_offers_links_to_what_it_may_mean():
    app = open_overview()
    before = len(app.get("page_link"))
    app.text_input(key="find").input("Everton")
    app.button[0].click().run()
    assert not app.exception
    assert "names match. Choose one:" in words(app)
    assert len(app.get("page_link")) > before


def test_a_name_of_nothing_gets_an_answer():
    app = open_overview()
    app.text_input(key="find").input("Atlantis")
    app.button[0].click().run()
    assert not app.exception
    assert "Nothing is called “Atlantis”" in words(app)


def test_weak_estimates_on_the_small_maps_can_be_hidden():
    rows = store.bundle().slice("gld", "neighbourhood", places=["E08000012"])
    assert (rows["reliability"] == "D").sum() == 1
    app = open_overview()
    assert "Weak estimate: faded" in words(app)
    app.toggle(key="overview-weak").set_value(True).run()
    assert not app.exception
    assert "Weak estimate: hidden" in words(app)
    assert app.query_params["weak"] in ("hide", ["hide"])


def test_a_weak_estimate_is_no_end_of_a_takeaway(overview):
    rows = store.bundle().slice("gld", "neighbourhood", places=["E08000012"])
    weak = rows.loc[rows["reliability"] == "D", "area_name"].iloc[0]
    assert rows["value"].min() == rows.loc[rows["area_name"] == weak, "value"].iloc[0], (
        "else it tests nothing"
    )
    takeaway = next(
        item.takeaway
        for item in maps(store.bundle(), config().place("E08000012"))
        if item.indicator.id == "gld"
    )
    assert weak not in takeaway
