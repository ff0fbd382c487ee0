"""Area profile: the spine charts and the trends say what the tests found, for every kind of area."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import profile_standing, profile_trends, store
from components.compare_state import Among
from geo.config import ROOT
from house_style.figures import figure
from tests.app.page import headings

AIGBURTH, LIVERPOOL, COUNTRY = "E05015277", "E08000012", "E92000001"


def profile(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/profile.py").run()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


@pytest.fixture(scope="module")
def ward() -> AppTest:
    return profile(area=AIGBURTH, open="like,change")


def test_a_ward_stands_among_the_wards(ward):
    assert not ward.exception
    assert "Aigburth among its like" in headings(ward, 3)
    text = words(ward)
    assert "all 278 wards in Cheshire and Merseyside" in text
    assert "its Place" in text
    assert text.count('class="track') > 8


def test_the_sentence_counts_the_judgements_drawn(ward):
    bundle = store.bundle()
    found, area = profile_standing.prepared(bundle, AIGBURTH, Among("ward"))
    polar = [item for item in found if item.line.indicator.polarity != "neutral"]
    verdicts = [marker.verdict for item in polar for marker in item.markers]
    judged = [word for word in verdicts if word != "not compared"]
    worse, better = judged.count("worse") or "none", judged.count("better") or "none"
    sentence = (
        f"{area.name} is worse than England on {worse} and better on {better} of {len(judged)} figures."
    )
    assert sentence in words(ward)


def test_the_switch_shows_the_place_only():
    app = profile(area=AIGBURTH, open="like", among="ward.liverpool")
    assert "all 64 wards in Liverpool" in words(app)


def test_england_stands_alone():
    app = profile(area=COUNTRY, open="all")
    assert not app.exception
    assert not any("among its like" in text for text in headings(app, 3))
    assert "What has changed" in headings(app, 2)


def test_tested_trends_of_a_place_are_those_of_the_test():
    bundle = store.bundle()
    text = words(profile(area=LIVERPOOL, open="change"))
    found = profile_trends.tested(bundle, LIVERPOOL)
    done = [(line, test) for line, test in found if profile_trends._done(test)]
    table = text[text.index("Recent trends of Liverpool") :]
    table = table[: table.index("</table>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', table)
    assert len(rows) == len(done) > 0
    for row, (line, test) in zip(rows, done, strict=True):
        assert line.title in row
        latest = bundle.value(line.indicator.id, LIVERPOOL, line.period, line.group)
        assert figure(line.indicator, latest.value) in row
        for word in ("ncreasing", "ecreasing"):
            assert (word in row) == (word in test.words)


def test_what_could_not_be_tested_is_named_with_its_reason(ward):
    text = words(ward)
    assert "No figure of Aigburth has the years that a test for a trend needs." in text
    assert "Not enough years to test for a trend" in text
    reasons = profile_trends.untested(profile_trends.tested(store.bundle(), AIGBURTH))
    assert any("Child poverty after housing costs" in reason for reason in reasons)


def test_compare_is_one_click_away(ward):
    links = [link.proto for link in ward.get("page_link")]
    link = next(item for item in links if item.label.startswith("Compare with other areas"))
    assert AIGBURTH in link.query_string


def test_estimates_that_cannot_be_ranked_have_no_spine():
    bundle = store.bundle()
    lsoa = "E01006412"
    shown = profile_standing.wanted(bundle, lsoa)
    assert bundle.value("qof-copd", lsoa).reliability == "D"
    assert ("qof-copd", "all") not in shown
    assert ("gld", "all") not in shown
    assert ("qof-hyp", "all") in shown
    assert ("gld", "all") not in profile_standing.wanted(bundle, AIGBURTH)
    assert ("gld", "all") in profile_standing.wanted(bundle, LIVERPOOL)
