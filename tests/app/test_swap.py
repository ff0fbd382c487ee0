"""Another list of wards: every page shows its neighbourhoods and names, and nothing of the old ones."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import text_format
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from components import store
from data.bundle import INDEX
from data.parts import read_weights
from data.query import Bundle, load_bundle
from geo.config import ROOT

pytestmark = pytest.mark.slow
LABEL = "4 neighbourhoods: The council's Neighbourhood Model, 2026-01-01"
PICTURE = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")
NEW = [f"Quarter {number}" for number in range(1, 5)]


@pytest.fixture(scope="module")
def old() -> Bundle:
    """The shipped tables."""
    return load_bundle(ROOT)


@pytest.fixture
def council(swapped: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dashboard opens the tables of the rebuilt checkout."""
    new = load_bundle(swapped)
    weights = read_weights(swapped)
    monkeypatch.setattr(store, "bundle", lambda: new)
    monkeypatch.setattr(store, "weights", lambda: weights)
    return swapped


def pictures(text: str) -> list[str]:
    """The SVG pictures in a text, decoded."""
    return [base64.b64decode(found).decode("utf-8") for found in PICTURE.findall(text)]


def shown(node: Any) -> Iterator[str]:
    """Everything a page has put on the screen: the text of every element, whatever its kind."""
    for child in getattr(node, "children", {}).values():
        yield from shown(child)
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield from pictures(str(proto))
        yield unescape(text_format.MessageToString(proto, as_utf8=True).replace("\\'", "'"))
    if isinstance(node, Dataframe):
        yield node.value.to_csv()


def page(stem: str, **params: str) -> str:
    """All text of a page, run through the router."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    if stem != "overview":
        for key, value in params.items():
            app.query_params[key] = value
        app = app.switch_page(f"pages/{stem}.py").run()
    assert not app.exception
    return "\n".join(shown(app._tree))


def nothing_old(text: str, old: Bundle) -> None:
    """AssertionError where a code or a name of the shipped grouping is still on the page."""
    areas = old.areas[old.areas["area_level"] == "neighbourhood"]
    assert len(areas) == 13
    left = [word for word in [*areas.index, *areas["area_name"], "working grouping"] if word in text]
    assert left == []


def test_the_check_finds_what_is_old(old: Bundle) -> None:
    with pytest.raises(AssertionError):
        nothing_old(page("overview"), old)


def test_the_overview_shows_the_new_neighbourhoods(council: Path, old: Bundle) -> None:
    text = page("overview")
    nothing_old(text, old)
    assert LABEL in text
    assert len(pictures(text)) == 3
    for drawn in pictures(text):
        assert [name for name in NEW if name not in drawn] == []


def test_the_map_shows_the_new_neighbourhoods(council: Path, old: Bundle) -> None:
    text = page("map", level="neighbourhood", places="liverpool", area="OFF2")
    nothing_old(text, old)
    for name in NEW:
        assert name in text
    new = load_bundle(council)
    file = new.layers["layers"]["neighbourhood-E08000012"]["file"]
    assert file in text
    assert (council / "static/geo" / file).is_file()
    assert f"{new.value('imd-most-deprived-fifth', 'OFF2').value:.1f}%" in text


def test_the_profile_of_a_new_neighbourhood_and_of_a_ward_in_it(council: Path, old: Bundle) -> None:
    new = load_bundle(council)
    text = page("profile", area="OFF3")
    nothing_old(text, old)
    assert "Quarter 3" in text
    ward = new.wards_of("OFF3")[0]
    assert new.name(ward) in text
    text = page("profile", area=ward)
    nothing_old(text, old)
    assert "Quarter 3" in text


def test_the_data_page_names_the_new_list(council: Path, old: Bundle) -> None:
    text = page("data")
    nothing_old(text, old)
    assert "Neighbourhood Model" in text


def test_an_old_code_in_the_address_is_unknown(council: Path) -> None:
    assert "There is no area with the code “LPL-W01”" in page("profile", area="LPL-W01")


def test_the_rebuilt_checkout_is_whole(swapped: Path) -> None:
    assert (swapped / INDEX).is_file()
