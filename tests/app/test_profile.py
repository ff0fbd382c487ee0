"""The area profile: every level, plain sentences first, wrong codes, missing figures with their reason."""

from __future__ import annotations

import re
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from components import finder, profile_open, store
from data.stands_out import stands_out
from geo.config import ROOT, config
from house_style.figures import figure
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


PARTS = [
    "What stands out", "The figures, from birth to later life", "Deprivation: here, and how it is spread",
    "School readiness", "Long-term conditions", "What has changed",
]  # fmt: skip


@pytest.mark.parametrize(
    "level", ["lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england"]
)
def test_every_kind_of_area_has_a_profile(level):
    code = first_of(level)
    app = profile(area=code, open="all")
    assert not app.exception
    name = store.bundle().areas.loc[code, "area_name"]
    assert name in title(app)
    assert "The figures, from birth to later life" in headings(app, 2)
    assert not re.search(r"\bnan\b|>None<", words(app))


@pytest.mark.parametrize("level", ["msoa", "ward", "neighbourhood", "place"])
def test_a_profile_has_every_part_in_its_order(level):
    app = profile(area=first_of(level))
    assert not app.exception
    found = headings(app, 2)
    assert found[0].startswith("Who lives in ")
    shown = [text for text in found if text in PARTS]
    assert shown == PARTS
    rest = found[found.index("What has changed") + 1 :]
    order = ["How ", "Beside its", "Beside areas", "Services", "What this area"]
    at = [next(k for k, start in enumerate(order) if text.startswith(start)) for text in rest]
    assert at == sorted(at)
    assert {0, 3, 4} <= set(at)
    assert any(text.startswith("Where ") for text in found)


@pytest.fixture(scope="module")
def ward() -> AppTest:
    return profile(area="E05015277")


def charts(app: AppTest) -> int:
    """How many charts are drawn."""
    return sum(item.body.count('class="chart" role="img" aria-label="') for item in app.get("html"))


@pytest.fixture(scope="module")
def whole() -> AppTest:
    return profile(area="E05015277", open="all")


def test_closed_parts_are_not_drawn(ward, whole):
    assert len(ward.get("html")) < len(whole.get("html"))
    assert not charts(ward)
    assert charts(whole) >= 3


def test_an_address_opens_the_parts_it_names():
    app = profile(area="E05015277", open="deprivation,made-of")
    assert "Residents by tenth of deprivation" in headings(app, 3)
    assert not any("Other measures of illness" in item.body for item in app.get("html"))
    opened = [part for part in profile_open.PARTS if app.session_state[f"profile-part-{part}"]]
    assert opened == ["deprivation", "made-of"]


def test_an_unknown_part_and_an_unknown_order_are_named():
    text = words(profile(area="E05015277", open="nonsense", by="size"))
    assert "This page has no part called “nonsense”." in text
    assert "There is no order called “size”." in text


def test_the_switch_puts_the_marmot_principles_in_the_address(ward):
    app = profile(area="E05015277")
    stages = headings(app, 3)
    order = ["Starting well", "Childhood and school", "Working age", "Later life", "At every age"]
    assert [text for text in stages if text in order] == order
    app.segmented_control(key="profile-by").set_value("marmot").run()
    assert not app.exception
    assert app.query_params["by"] in ("marmot", ["marmot"])
    found = headings(app, 3)
    assert found[0] == "Give every child the best start in life"
    assert "Pursue environmental sustainability and health equity together" in found
    app.segmented_control(key="profile-by").set_value("life").run()
    assert "by" not in app.query_params


def test_plain_sentences_come_before_any_table(ward):
    bodies = [item.body for item in ward.get("html")]
    sentences = next(i for i, body in enumerate(bodies) if 'class="standouts"' in body)
    table = next(i for i, body in enumerate(bodies) if "<table" in body)
    assert sentences < table
    assert bodies[sentences].count("<li>") >= 3


@pytest.mark.parametrize("level", ["msoa", "ward", "neighbourhood", "place"])
def test_what_stands_out_is_on_the_page_with_how_we_know(level):
    code = first_of(level)
    text = words(profile(area=code))
    found = stands_out(store.bundle(), code)
    assert text.count("How do we know?") == len(found)
    for item in found:
        assert escape(item.sentence) in text
        assert escape(item.how) in text


def test_every_figure_has_place_and_england(ward):
    body = next(item.body for item in ward.get("html") if 'class="stage"' in item.body)
    heads = re.findall(r"<thead><tr>(.*?)</tr>", body)
    assert heads
    for head in heads:
        assert re.findall(r">([^<]+)</th>", head) == ["Figure", "Aigburth", "Liverpool", "England"]
    assert body.count("better</span>") + body.count("worse</span>") > 3


def test_school_readiness_of_a_ward_is_an_estimate_with_children_and_label(whole):
    text = words(whole)
    own = store.bundle().value("gld", "E05015277")
    assert own.basis == "modelled"
    assert f"{figure(store.bundle().catalogue['gld'], own.value)}" in text
    assert "children who start school would not be ready" in text
    assert "it cannot show where a neighbourhood does better or worse than that" in text
    assert "Not available here (published for Places only)" in text


def test_companions_come_after_the_estimate(whole):
    bodies = [item.body for item in whole.get("html")]
    at = next(i for i, body in enumerate(bodies) if "School readiness and childhood</caption>" in body)
    table = bodies[at]
    assert table.index("School readiness at age 5") < table.index("Child poverty")


@pytest.mark.parametrize("level", ["lsoa", "msoa", "ward", "neighbourhood"])
def test_conditions_of_small_areas_are_estimates_with_limits(level):
    app = profile(area=first_of(level), open="conditions")
    text = words(app)
    assert "These are estimates for the people who live here" in text
    assert "Allowing for age" in text
    assert re.search(r"(weak )?estimate, between [\d.]+% and [\d.]+%", text)
    assert text.count("How sure is this?") >= 21


@pytest.mark.parametrize(("code", "young"), [("E08000012", True), ("E08000014", False)])
def test_a_young_place_says_what_age_hides(code, young):
    text = words(profile(area=code, open="conditions"))
    said = (
        "Fewer people here have high blood pressure recorded than in England because the population is young"
    )
    assert (said in text) == young
    assert ("Fewer people here than in England have high blood pressure" in text) == young


def test_the_link_to_share_keeps_what_is_open():
    app = profile(area="E05015277", open="school", by="marmot")
    (link,) = [item.value for item in app.code if "profile?" in item.value]
    assert link.endswith("profile?area=E05015277&by=marmot&open=school")


def test_everything_opens_with_one_button():
    app = profile(area="E05015277")
    app.button(key="profile-open-all").click().run()
    assert not app.exception
    assert app.query_params["open"] in ("all", ["all"])
    assert charts(app)
    app.button(key="profile-open-all").click().run()
    assert "open" not in app.query_params


def test_missing_figures_are_never_0(whole):
    text = words(whole).lower().replace("financial", "")
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
    links = len(config().places) + len(finder.codes_of(store.bundle(), "neighbourhood"))
    assert len(app.get("page_link")) == links + 1  # and the map


def test_the_profile_can_be_taken_away(whole):
    labels = [button.proto.label for button in whole.get("download_button")]
    assert labels == [
        "Download the inputs to recompute this estimate (CSV)",
        "Download the inputs to recompute these estimates (CSV)",
        *ON_PAPER,
        "Download the figures of this page (CSV)",
        "Download every figure of this area (CSV)",
    ]


def test_counted_figures_offer_no_inputs():
    labels = [button.proto.label for button in profile(area="E08000012", open="all").get("download_button")]
    assert labels
    assert not any("inputs" in label for label in labels)


def test_a_ward_chosen_from_the_list_opens_and_enters_the_address():
    app = profile()
    app.selectbox(key="ward-list").select("E05015277").run()
    assert not app.exception
    assert title(app).startswith("Aigburth")
    assert app.query_params["area"] in ("E05015277", ["E05015277"])
