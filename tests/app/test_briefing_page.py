"""The page Briefing and the address under which its deck is served."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.config import ROOT
from tests.app.page import headings, title
from tests.app.test_shell import ask


def page(**params: str) -> AppTest:
    """The page with an address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for name, value in params.items():
        app.query_params[name] = value
    app.switch_page("pages/briefing.py").run()
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def text_of(app: AppTest) -> str:
    """Everything that the page says in HTML."""
    return "\n".join(str(part.proto.body) for part in app.get("html"))


def test_the_page_lists_what_the_slides_say() -> None:
    app = page(area="LPL-W03", slides="people,where")
    assert not app.exception
    assert title(app) == "Briefing: Anfield area"
    assert headings(app, 2) == ["What the slides say"]
    listed = re.findall(r"<li><b>(.*?)\.</b>", text_of(app))
    assert listed == ["Who lives here", "Where we are"]
    assert "working grouping" in text_of(app)


def test_without_an_area_it_asks_for_one() -> None:
    app = page()
    assert not app.exception
    assert title(app) == "Briefing: slides for a hall"
    assert "Choose an area" in text_of(app)


@pytest.mark.parametrize(
    ("area", "words"), [("NOPE", "There is no area with the code"), ("E01006412", "A briefing is about a")]
)
def test_an_area_without_a_briefing_is_told(area: str, words: str) -> None:
    app = page(area=area)
    assert not app.exception
    assert words in text_of(app)


def test_the_deck_is_served_under_its_own_policy() -> None:
    found = ask("/briefing/LPL-W03.html", "slides=where&room=light")
    assert found.status == 200
    assert found.headers["content-type"].startswith("text/html")
    policy = found.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.body.count(b'<section class="slide') == 1
    assert ask("/health").headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("area", ["NOPE", "E01006412", "%3Cscript%3E"])
def test_an_unknown_deck_is_a_404_that_says_so(area: str) -> None:
    found = ask(f"/briefing/{area}.html")
    assert found.status == 404
    assert b"There is no neighbourhood, ward or Place with the code" in found.body
    assert b"<script>" not in found.body
