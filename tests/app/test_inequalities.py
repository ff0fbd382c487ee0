"""The Inequalities page: the gradient with its results, every part, what has no gradient, wrong addresses."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import inequality_state, store
from geo.config import ROOT, config
from tests.app.page import headings, title

REGION = ",".join(place.slug for place in config().places)


def page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    app = app.switch_page("pages/inequalities.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


def drawn(app: AppTest) -> list[str]:
    """The first sentence of the description of each chart in HTML."""
    return [f"{text}." for text in re.findall(r'class="chart" role="img" aria-label="([^".]+)\.', words(app))]


def test_it_opens_on_the_home_city_with_a_tested_sentence():
    app = page()
    heading = title(app)
    assert heading.startswith("In Liverpool, people in England’s most deprived fifth of areas are ")
    assert "times as likely to be disabled" in heading
    text = words(app)
    assert "slope index" in text
    assert "relative index" in text
    assert "95% limits" in text
    assert "This compares areas, not people" in text
    assert "itself part of the deprivation index" not in text


@pytest.mark.parametrize("place", [*(place.slug for place in config().places), REGION])
def test_every_place_and_all_together_have_the_page(place):
    app = page(places=place)
    names = {item.slug: item.name for item in config().places}
    assert names.get(place, "Cheshire and Merseyside") in title(app)


@pytest.mark.parametrize("part", inequality_state.PARTS)
def test_every_part_has_a_sentence_a_table_and_downloads(part):
    app = page(indicator="fuel-poverty" if part == "time" else "disabled", show=part)
    assert len(headings(app, 2)) == 1
    assert headings(app, 2)[0].endswith(".")
    opened = [item.label for item in app.expander].count("The same as a table")
    assert opened + words(app).count("<summary>The same as a table</summary>") == 2
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count("Table (CSV)") == 2
    assert labels.count("Picture (PNG)") == 2
    assert labels.count("Picture (SVG)") == 2


def test_part_of_the_index_is_said_to_be_part_of_it():
    assert "itself part of the deprivation index" in words(page(indicator="children-income-deprived"))


def test_modelled_years_are_not_called_a_trend():
    app = page(indicator="fuel-poverty", show="time")
    assert "The years are no trend" in headings(app, 2)[0]
    assert "no confidence limits apply" in words(app)


def test_averages_say_that_no_limits_apply():
    assert "weighted by people; no confidence limits apply" in words(
        page(indicator="comparative-illness-ratio")
    )


def test_wards_without_a_national_tenth_have_a_slope_but_no_bars():
    app = page(indicator="child-poverty-ahc")
    assert "is published for wards. They have no national tenth" in words(app)
    assert "higher in the more deprived areas" in title(app)
    assert "by" not in [item.key.removeprefix("inequality-") for item in app.selectbox]


def test_what_is_published_for_places_only_says_so_and_offers_companions():
    app = page(indicator="obesity-year-6")
    assert title(app).endswith("no gradient by neighbourhood can be shown")
    assert "published for whole Places only" in words(app)
    assert len([button for button in app.button if "has a gradient" in button.label]) == 3


def test_an_estimated_condition_says_what_its_slope_is_made_of():
    app = page(indicator="qof-dep")
    assert "(estimate)" in title(app)
    assert "put in by the method" in words(app)


def test_a_companion_of_school_readiness_is_one_click_away():
    app = page(indicator="gld")
    assert "estimated from family income alone" in words(app)
    app.button(key="inequality-way-children-income-deprived").click().run()
    assert not app.exception
    assert app.query_params["indicator"] == "children-income-deprived"
    assert "low income" in title(app)


def test_school_readiness_shows_the_gap_between_groups():
    app = page(indicator="gld", places="sefton")
    assert "Sefton" in title(app)
    assert "eligible for free school meals" in title(app)
    assert len(headings(app, 2)) == 1


def test_the_published_slope_in_life_expectancy_is_shown_for_places():
    app = page(indicator="life-expectancy")
    assert "gap in life expectancy inside each Place" in headings(app, 2)[0]
    assert "<table" in words(app)


def test_the_index_itself_has_no_gradient_but_can_be_mapped():
    app = page(indicator="imd-score", show="spots")
    assert "the measure by which areas are sorted" in words(app)
    assert "high figures gather" in headings(app, 2)[0]


def test_too_few_areas_for_spots_are_said_to_be_too_few():
    app = page(indicator="unpaid-care", places="halton", show="spots")
    assert headings(app, 2)[0] == "Hot and cold spots cannot be tested here"
    assert "a test needs at least 30" in words(app)


def test_a_wrong_address_falls_back_and_says_so():
    app = page(indicator="nothing", places="atlantis", by="half", show="moon", period="1066", level="sea")
    text = words(app)
    for wrong in ("nothing", "atlantis", "half", "moon", "1066", "sea"):
        assert f"“{wrong}”" in text
    assert "to be disabled" in title(app)


def test_wrong_values_are_shown_as_text_only():
    text = words(page(by="<img src=x onerror=alert(1)>", show="<img src=x>"))
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_controls_write_to_the_address():
    app = page()
    app.selectbox(key="inequality-by").select("fifth").run()
    assert app.query_params["by"] == "fifth"
    app.selectbox(key="inequality-where").select("E08000014").run()
    assert app.query_params["places"] == "sefton"
    assert "Sefton" in title(app)
    app.selectbox(key="inequality-where").select("E54000008").run()
    assert app.query_params["places"] == REGION
    assert not app.exception


def test_tenths_and_fifths_show_the_same_total():
    bundle = store.bundle()
    tables = []
    for by in ("tenth", "fifth"):
        app = page(by=by)
        body = next(item.body for item in app.get("html") if "<table" in item.body)
        assert body.count("<tr>") == (11 if by == "tenth" else 6)
        tables.append(body)
    assert bundle.value("disabled", "E08000012").numerator > 0
    assert tables[0] != tables[1]


def test_what_is_drawn_is_described():
    app = page(show="spots")
    assert drawn(app) == ["Bar chart by national deprivation tenth."]
    pictures = [item.body for item in app.get("html") if 'aria-label="Classes of the map"' in item.body]
    assert len(pictures) == 1


def test_combining_places_names_them():
    app = page(places="sefton,knowsley")
    assert "Sefton and Knowsley" in title(app)
    assert app.selectbox(key="inequality-where").value == "several"


def test_a_part_that_a_figure_does_not_have_is_said_to_be_missing():
    app = page(indicator="comparative-illness-ratio", show="curve")
    assert "“Who has the cases” does not exist for this figure" in words(app)
    assert not headings(app, 2)


def test_only_the_gradient_is_drawn_until_more_is_asked_for():
    app = page()
    assert len(drawn(app)) == 1
    assert not app.get("plotly_chart")
    assert "More about this figure" in words(app)
