"""The area profile: every level, plain sentences first, wrong codes, missing figures with their reason."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import finder, store
from components.figures import figure
from geo.config import ROOT, config
from tests.app.page import headings, title

ON_PAPER = (
    "Download the two-page profile (PDF)",
    "The same figures (Excel)",
    "Each picture for a slide (PNG and SVG, zipped)",
)


def profile(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/profile.py").run()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


def first_of(level: str) -> str:
    areas = store.bundle().areas
    return str(areas.index[areas["area_level"] == level][0])


@pytest.mark.parametrize(
    "level", ["lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england"]
)
def test_every_kind_of_area_has_a_profile(level):
    code = first_of(level)
    app = profile(area=code)
    assert not app.exception
    assert store.bundle().areas.loc[code, "area_name"] in title(app)
    assert headings(app, 2)[0] == "Key figures"


@pytest.fixture(scope="module")
def ward() -> AppTest:
    return profile(area="E05015277")


def test_plain_sentences_come_before_any_table(ward):
    bodies = [item.body for item in ward.get("html")]
    sentences = next(i for i, body in enumerate(bodies) if 'class="plain lede"' in body)
    table = next(i for i, body in enumerate(bodies) if "<table" in body)
    assert sentences < table
    assert bodies[sentences].count("<li>") >= 3


def test_sentences_carry_the_figure_and_an_honest_comparison(ward):
    bundle = store.bundle()
    own = bundle.value("children-income-deprived", "E05015277")
    england = bundle.value("children-income-deprived", "E92000001", own.period)
    indicator = bundle.catalogue["children-income-deprived"]
    text = words(ward)
    assert f"({figure(indicator, own.value)}) live in families on a low income" in text
    assert own.upper < england.value
    assert "better than" in text


def test_school_readiness_of_a_ward_is_an_estimate_with_children_and_label(ward):
    text = words(ward)
    own = store.bundle().value("gld", "E05015277")
    assert own.basis == "modelled"
    assert f"{figure(store.bundle().catalogue['gld'], own.value)}" in text
    assert "starting school not yet ready" in text
    assert "it cannot show where a neighbourhood does better or worse than that" in text
    assert "Not available here (published for Places only)" in text


def test_companions_come_after_the_estimate(ward):
    bodies = [item.body for item in ward.get("html")]
    at = next(i for i, body in enumerate(bodies) if "School readiness and childhood</caption>" in body)
    table = bodies[at]
    assert table.index("School readiness at age 5") < table.index("Child poverty")


@pytest.mark.parametrize("level", ["lsoa", "msoa", "ward", "neighbourhood"])
def test_conditions_of_small_areas_are_estimates_with_limits(level):
    app = profile(area=first_of(level))
    text = words(app)
    assert "Estimates for residents, made from the registers of the GP practices they use" in text
    assert "Allowing for age" in text
    assert re.search(r"(weak )?estimate, between [\d.]+% and [\d.]+%", text)
    assert text.count("How sure is this?") >= 21


@pytest.mark.parametrize(("code", "young"), [("E08000012", True), ("E08000014", False)])
def test_a_young_place_says_what_age_hides(code, young):
    text = words(profile(area=code))
    said = (
        "Fewer people here have high blood pressure recorded than in England because the population is young"
    )
    assert (said in text) == young
    assert ("Fewer people here than in England have high blood pressure" in text) == young


def test_missing_figures_are_never_0(ward):
    text = words(ward).lower().replace("financial", "")
    assert not re.search(r"\bnan\b", text)
    assert ">none<" not in text


def test_a_working_neighbourhood_is_labelled():
    app = profile(area=first_of("neighbourhood"))
    notices = [item.body for item in app.get("html") if 'class="notice"' in item.body]
    status = store.bundle().neighbourhood_status("E08000012").status
    assert any("working grouping" in notice for notice in notices) == (status == "working")


def test_a_wrong_code_gets_a_message_and_the_search():
    app = profile(area="E99999999")
    assert not app.exception
    assert "There is no area with the code “E99999999”" in words(app)
    assert len(app.text_input) == 1


def test_a_wrong_code_is_shown_as_text_only():
    app = profile(area="<img src=x onerror=alert(1)>")
    assert "<img" not in words(app)


def test_without_an_area_it_offers_search_places_and_neighbourhoods():
    app = profile()
    assert not app.exception
    assert "find" in [item.key for item in app.text_input]
    assert len(app.get("page_link")) == len(config().places) + len(
        finder.codes_of(store.bundle(), "neighbourhood")
    )


def test_the_profile_can_be_taken_away(ward):
    labels = [button.proto.label for button in ward.get("download_button")]
    assert labels == [
        "Download the inputs to recompute this estimate (CSV)",
        "Download the inputs to recompute these estimates (CSV)",
        *ON_PAPER,
        "Download the figures of this page (CSV)",
        "Download every figure of this area (CSV)",
    ]


def test_counted_figures_offer_no_inputs():
    labels = [button.proto.label for button in profile(area="E08000012").get("download_button")]
    assert not any("inputs" in label for label in labels)


def test_a_ward_chosen_from_the_list_opens_and_enters_the_address():
    app = profile()
    app.selectbox(key="ward-list").select("E05015277").run()
    assert not app.exception
    assert title(app).startswith("Aigburth")
    assert app.query_params["area"] in ("E05015277", ["E05015277"])
