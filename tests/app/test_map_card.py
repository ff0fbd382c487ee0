"""The chosen area's card on the Map: what a figure means, how sure it is, and the inputs to take away."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components import store
from geo.config import ROOT
from house_style.expected_readiness import EXPECTED

YOUNG = "have high blood pressure recorded than in England because the population is young; allowing for age"


def opened(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/map.py").run()


def card(app: AppTest) -> str:
    assert not app.exception
    return next(
        item.body for item in app.get("html") if "area-card" in item.body and "<style" not in item.body
    )


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("period", ["2024/25", "2021/22"])
def test_liverpools_card_says_what_its_age_hides(period):
    app = opened(indicator="qof-hyp", level="place", area="E08000012", period=period)
    assert YOUNG.lower() in card(app).lower()
    assert "Download the inputs to recompute this (CSV)" not in downloads(app)


def test_seftons_card_has_no_such_note():
    assert YOUNG not in card(opened(indicator="qof-hyp", level="place", area="E08000014", period="2024/25"))


def test_an_estimate_opens_its_practices_and_gives_its_inputs():
    app = opened(indicator="qof-hyp", level="ward", places="liverpool", area="E05015323")
    text = card(app)
    assert "An estimate from a model" in text
    assert "How sure is this?" in text
    assert "Speke Health Centre" in text
    assert "Download the inputs to recompute this (CSV)" in downloads(app)


def test_expected_readiness_is_neither_ranked_nor_judged():
    text = card(opened(indicator="gld", level="ward", places="liverpool", area="E05015323"))
    assert EXPECTED in text
    assert "children who start school would not be ready" in text
    assert " of 64 wards" not in text
    assert 'class="verdict' not in text


def test_a_weak_estimate_is_called_weak_and_not_ranked():
    lsoa = "E01006512"
    assert store.bundle().value("qof-dem", lsoa).reliability == "D"
    text = card(opened(indicator="qof-dem", level="lsoa", places="liverpool", area=lsoa))
    assert "A weak estimate: do not rank by it" in text
    assert " small areas</li>" not in text
