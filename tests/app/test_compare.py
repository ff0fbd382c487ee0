"""Compare: every view runs, the address decides what is shown, and wrong addresses get an answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import store
from geo.config import ROOT
from tests.app.page import title

AIGBURTH, LIVERPOOL, COUNTRY, REGION = "E05015277", "E08000012", "E92000001", "E54000008"
MIXED = f"{AIGBURTH},LPL-W01,{LIVERPOOL},{REGION},{COUNTRY},E02001347"


def compare(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/compare.py").run()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


@pytest.fixture(scope="module")
def shared() -> AppTest:
    return compare()


@pytest.mark.parametrize("view", ["table", "spines", "figure", "ages"])
@pytest.mark.parametrize("areas", [MIXED, AIGBURTH, COUNTRY, "U02678", "E01006512,E01006513"])
def test_every_view_runs_for_every_kind_of_area(shared, view, areas):
    shared.query_params["areas"], shared.query_params["view"] = areas, view
    app = shared.run()
    assert not app.exception
    assert title(app)
    assert "Areas compared" in words(app)


@pytest.fixture(scope="module")
def first() -> AppTest:
    return compare()


def test_the_first_view_compares_the_pioneer_places(first):
    assert not first.exception
    assert title(first).startswith("Worse than England: Liverpool on ")
    assert 'class="rug"' in words(first)


def test_the_table_has_sources_method_caveats_and_files(first):
    text = words(first)
    assert "Sources: " in text
    assert "Sources, method and caveats of these figures" in text
    labels = [button.proto.label for button in first.get("download_button")]
    assert labels == ["Download these figures (Excel)", "Download these figures (CSV)"]
    assert "compare?areas=E08000012,E08000014,E08000013&amp;view=table" in text


def test_unknown_areas_are_named_and_the_others_kept():
    app = compare(areas=f"{AIGBURTH},X123")
    text = words(app)
    assert "There is no area with the code “X123”. The others are shown." in text
    assert title(app).startswith("Aigburth is ")


def test_more_than_six_areas_get_a_message():
    codes = list(store.bundle().config.place_codes)
    app = compare(areas=",".join(codes))
    text = words(app)
    assert "At most 6 areas can be compared. Left out: " in text
    assert text.count('<th scope="col">') == 8  # the figure, England beside it, and six areas


def test_no_areas_is_an_invitation():
    app = compare(areas="")
    assert not app.exception
    assert title(app) == "Compare areas: choose up to six"
    assert 'class="rug"' not in words(app)


def test_what_is_typed_is_added_and_written_to_the_address():
    app = compare(areas=LIVERPOOL)
    app.multiselect(key="compare-areas").set_value([LIVERPOOL, AIGBURTH]).run()
    assert not app.exception
    assert app.query_params["areas"] == f"{LIVERPOOL},{AIGBURTH}"
    assert "Aigburth" in words(app)


def test_a_theme_narrows_the_table_and_shows_in_the_address():
    app = compare(areas=LIVERPOOL)
    before = words(app).count('<th scope="row">')
    app.selectbox(key="compare-theme").select("school-readiness").run()
    assert not app.exception
    assert app.query_params["theme"] == "school-readiness"
    assert 0 < words(app).count('<th scope="row">') < before
    app.selectbox(key="compare-theme").select("").run()
    assert "theme" not in app.query_params


def test_the_order_can_be_chosen():
    app = compare(areas=f"{LIVERPOOL},{COUNTRY}", sort="worse")
    rug = next(item.body for item in app.get("html") if 'class="rug"' in item.body)
    cells = [cell.split('"')[0] for cell in rug.split('<td class="')[1::2]]
    assert cells == sorted(cells, key=lambda word: word != "worse")


def test_spines_among_the_wards_of_a_place():
    app = compare(areas=AIGBURTH, view="spines", among="ward.liverpool")
    text = words(app)
    assert "all 64 wards in Liverpool" in text
    assert app.selectbox(key="compare-among").value == "ward.liverpool"
    app.selectbox(key="compare-among").select("ward").run()
    assert "all 278 wards in Cheshire and Merseyside" in words(app)


def test_one_figure_shows_ranks_and_trends_with_the_words_of_the_tests():
    app = compare(areas=f"{LIVERPOOL},{COUNTRY}", view="figure", indicator="gld")
    text = words(app)
    assert title(app) == "School readiness at age 5. Worse than England: Liverpool"
    assert "Not enough years to test for a trend" in text
    assert "by its margin of error" in text or "Among 9 Places" in text
    assert "cannot be separated from" in text or "differs from all" in text


def test_ages_keep_their_benchmark():
    app = compare(areas=LIVERPOOL, view="ages", **{"with": "place"})
    assert title(app) == "People aged 65 and over: a smaller share than in England in Liverpool"


def test_registers_that_age_turns_round_are_said_to():
    text = words(compare(areas="E08000012", view="table"))
    assert "Fewer people in Liverpool than in England have" in text
    assert "high blood pressure" in text
    assert "allowing for age each of them is higher" in text
    assert "because the population is young" not in words(compare(areas="E08000014", view="table"))


@pytest.mark.parametrize(("view", "mark"), [("table", "estimate</span>"), ("spines", "% (estimate)")])
def test_estimates_are_named_in_the_table_and_on_the_spines(view, mark):
    assert mark in words(compare(areas="LPL-W01", view=view, theme="long-term-conditions"))
    assert mark not in words(compare(areas="E08000014", view=view, theme="long-term-conditions"))


def test_what_income_leads_to_expect_is_not_ranked_or_judged():
    app = compare(areas="LPL-W01,LPL-W02", view="figure", indicator="gld")
    assert "Not ranked. This is what we would expect here given family income" in words(app)
    assert "worse than England" not in words(app)
