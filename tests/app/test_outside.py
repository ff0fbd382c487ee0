"""The pages on tables with a pioneer Place far from the region, as config.toml would have it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import geo.config
from components import outside, store
from data import pioneers, support
from data.parts import read_weights
from data.query import Bundle, load_bundle
from geo.config import ROOT
from tests.app.page import headings, title

pytestmark = pytest.mark.slow
LEEDS = "E08000035"


@pytest.fixture
def leeds(swapped: Path, monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """The dashboard opens the tables and the config.toml of the build with Leeds."""
    new, weights = load_bundle(swapped), read_weights(swapped)
    behind = pioneers.support.__wrapped__(new.version, swapped)
    supports = support.Supports(swapped)
    monkeypatch.setattr(store, "bundle", lambda: new)
    monkeypatch.setattr(store, "weights", lambda: weights)
    monkeypatch.setattr(pioneers, "support", lambda version: behind)
    monkeypatch.setattr(support, "supports", lambda version: supports)
    monkeypatch.setattr(geo.config, "read_config", lambda path: new.config)
    geo.config.config.cache_clear()
    outside._lacking.cache_clear()
    yield new
    monkeypatch.undo()
    geo.config.config.cache_clear()
    outside._lacking.cache_clear()


def page(stem: str, **params: str) -> AppTest:
    """A page run through the router."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180).run()
    for key, value in params.items():
        app.query_params[key] = value
    app = app.switch_page(f"pages/{stem}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """What a page says, without its pictures."""
    text = " ".join(str(part.proto.body) for part in app.get("html") if "<style>" not in part.proto.body)
    text = re.sub(r"<svg.*?</svg>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("level", ["ward", "msoa", "pcn"])
def test_the_pioneer_page_shows_it_at_every_level(leeds: Bundle, level: str) -> None:
    app = page("pioneers", place="leeds", level=level)
    assert title(app).startswith(
        "Leeds has fewer long-term condition entries per 100 adults than England (69"
    )
    assert headings(app, 2)[0] == "Who serves each area"
    assert "Change in registers since 2021/22" in headings(app, 2)
    text = words(app)
    assert "Leeds lies outside Cheshire and Merseyside and counts in none of that region’s figures" in text
    assert "School readiness at age 5, registers before 2021/22" in text
    assert "19 primary care networks with" in text
    assert "Practices outside the region" not in text
    assert "The gap to Liverpool and England" in headings(app, 2)


def test_the_places_of_the_region_say_nothing_of_it(leeds: Bundle) -> None:
    assert "outside Cheshire and Merseyside and counts" not in words(page("pioneers", place="sefton"))
    overview = words(page("overview"))
    assert "Neighbourhood health inequalities in Liverpool, Sefton and St Helens" in overview
    assert "Leeds" not in overview


def test_a_profile_says_what_is_not_known_instead_of_none(leeds: Bundle) -> None:
    ward = leeds.areas.index[(leeds.areas["place_code"] == LEEDS) & (leeds.areas["area_level"] == "ward")][0]
    text = words(page("profile", area=ward))
    assert "Our files say where schools and GP practices stand in Cheshire and Merseyside only." in text
    assert "no GP practices" not in text
    assert "Leeds lies outside Cheshire and Merseyside" in text
    place = words(page("profile", area=LEEDS))
    assert "There are 84 GP practices in Leeds. Our list of schools covers" in place
    assert "no schools" not in place
    assert "Place outside Cheshire and Merseyside" in place


def test_the_map_draws_no_background_that_ends_in_a_straight_line(leeds: Bundle) -> None:
    for params in ({"places": "leeds", "level": "ward"}, {"places": "leeds", "level": "place"}):
        app = page("map", **params)
        assert "no coast, districts, roads or towns are drawn" in words(app)
        chart = str(app._tree)
        assert "/sea-" not in chart
    assert "no coast" not in words(page("map", places="liverpool", level="ward"))
    text = words(page("map", places="leeds", level="ward", indicator="gld"))
    assert "Our files have this figure for the Places of Cheshire and Merseyside, not for Leeds." in text


def test_inequalities_and_comparisons_keep_the_region_apart(leeds: Bundle) -> None:
    assert title(page("inequalities", places="leeds")).startswith(
        "In Leeds, people in England’s most deprived"
    )
    assert "Leeds" in title(page("compare", areas=f"{LEEDS},E08000012"))
    region = [place.slug for place in leeds.config.places if place.code in leeds.config.region_places]
    assert "Cheshire and Merseyside" in title(page("inequalities", places=",".join(region)))


def test_a_briefing_of_it_stands_beside_england_alone(leeds: Bundle) -> None:
    text = words(page("briefing", area=LEEDS))
    assert "Leeds" in text
