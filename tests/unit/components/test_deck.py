"""What is sent to deck.gl: right colours for numbers, words and weak estimates; few bytes."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

from components import area_map, deck, legend
from components.deck import Label
from data.catalogue.model import catalogue
from house_style.palette import SEQUENTIAL, rgb

LAYERS = {
    key: {"file": f"{key}-0.geojson", "bytes": 1, "bounds": [-3.0, 53.3, -2.8, 53.5], "attribution": ""}
    for key in (
        "sea", "districts", "motorways", "labels", "hatch", "place", "lsoa-E08000012", "lsoa-E08000014",
        "ward-E08000012",
    )
}  # fmt: skip


def evaluate(expression: str, properties: dict[str, object]) -> list[int]:
    """What the browser makes of an expression: the same text as Python, words are false."""
    text = expression.removeprefix("@@=")
    for key, value in properties.items():
        number = value if isinstance(value, int | float) else float("nan")
        text = re.sub(rf"properties\.{key}(?=[<>=])", f"({number!r})".replace("nan", "NAN"), text)
    text = re.sub(r"properties\.\w+==1", "False", text)
    return _ternary(text)


def _ternary(text: str) -> list[int]:
    """Evaluate nested ``(a)?b:(c)`` by a small recursive reader."""
    text = text.strip()
    depth = 0
    for i, character in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(character, 0)
        if character == "?" and depth == 0:
            test, rest = text[:i], text[i + 1 :]
            level = 0
            for j, other in enumerate(rest):
                level += {"(": 1, "[": 1, ")": -1, "]": -1}.get(other, 0)
                if other == ":" and level == 0:
                    return _ternary(rest[:j] if _true(test) else rest[j + 1 :])
    if text.startswith("(") and text.endswith(")"):
        return _ternary(text[1:-1])
    return list(json.loads(text))


def _true(test: str) -> bool:
    test = test.strip("()")
    if test == "False":
        return False
    left, sign, right = re.fullmatch(r"\(?(-?[\d.e+-]+|NAN)\)?(<|>|==)(.*)", test).groups()  # type: ignore[union-attr]
    a, b = float(left), float(right)
    return {"<": a < b, ">": a > b, "==": a == b}[sign]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-5, 0), (9.9, 0), (10, 1), (19.99, 1), (20, 2), (1e6, 2)],
)
def test_a_number_gets_the_colour_of_its_class(value, expected):
    text = deck.colour_expression("v1", (10.0, 20.0), SEQUENTIAL[:3])
    assert evaluate(text, {"v1": value}) == [*rgb(SEQUENTIAL[expected]), 255]


@pytest.mark.parametrize("word", ["no data", "suppressed"])
def test_words_get_no_colour(word):
    assert evaluate(deck.colour_expression("v1", (10.0,), SEQUENTIAL[:2]), {"v1": word}) == deck.NOTHING


def test_weak_estimates_are_faded():
    text = deck.colour_expression("v1", (10.0,), SEQUENTIAL[:2], weak=True)
    assert evaluate(text, {"v1": 5, "r1": 1}) == [*rgb(SEQUENTIAL[0]), round(255 * legend.FADED)]
    assert evaluate(text, {"v1": 5, "r1": 0}) == [*rgb(SEQUENTIAL[0]), 255]


def test_few_areas_can_be_coloured_by_code():
    text = deck.code_expression({"E1": "#010203", "E2": "#040506", "E3": "#010203"})
    assert "properties.code=='E1'||properties.code=='E3'" in text
    with pytest.raises(ValueError, match="too many"):
        deck.code_expression({f"E{i}": "#010203" for i in range(deck.MOST_CODES + 1)})


def view(**more: object) -> area_map.MapView:
    values = pd.Series(np.arange(50.0))
    shading = legend.shade(catalogue()["imd-score"], values)
    base = {"level": "lsoa", "places": ("E08000012", "E08000014"), "layers": LAYERS, "shading": shading}
    return area_map.MapView(**(base | {"column": "v9"} | more))  # type: ignore[arg-type]


def by_id(spec: deck.Spec) -> dict[str, deck.Spec]:
    return {layer["id"]: layer for layer in spec["layers"]}


def test_only_fills_answer_to_the_pointer_and_have_no_stroke():
    layers = area_map.spec(view())["layers"]
    pickable = [layer for layer in layers if layer.get("pickable")]
    assert [layer["id"] for layer in pickable] == ["fill-lsoa-E08000012", "fill-lsoa-E08000014"]
    assert not any(layer["stroked"] for layer in pickable)


def test_no_layer_has_a_colour_that_streamlit_would_repaint_after_a_click():
    for layer in area_map.spec(view(labels=[Label("a", (-2.9, 53.4))]))["layers"]:
        assert "getFillColor" not in layer
        assert "getColor" not in layer


def test_a_change_of_indicator_changes_the_colour_and_its_trigger_but_no_address():
    one, two = by_id(area_map.spec(view())), by_id(area_map.spec(view(column="v10")))
    assert one.keys() == two.keys()
    assert [layer["data"] for layer in one.values()] == [layer["data"] for layer in two.values()]
    first, second = (x["fill-lsoa-E08000012"]["_subLayerProps"]["polygons-fill"] for x in (one, two))
    assert first["getFillColor"] != second["getFillColor"]
    assert first["updateTriggers"] != second["updateTriggers"]


def test_nothing_is_loaded_from_elsewhere_and_there_is_no_base_map():
    spec = area_map.spec(view())
    for layer in spec["layers"]:
        assert re.fullmatch(
            r"(geo|app/static/geo)/[\w.-]+|data:application/json;base64,[\w+/=]+", layer["data"]
        )
    assert spec["mapStyle"] == "__MAP_STYLE__"
    assert area_map._Deck(spec, {}).to_json() == json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def test_the_map_of_three_places_is_small():
    towns = [Label(f"Town number {i}", (-2.9, 53.4)) for i in range(22)]
    assert len(json.dumps(area_map.spec(view(around=towns, chosen="E1", chosen_place="E08000012")))) < 9_000


def test_the_chosen_area_is_outlined_from_its_own_layer():
    layers = by_id(area_map.spec(view(chosen="E01006512", chosen_place="E08000012")))
    assert "E01006512" in layers["chosen-lsoa-E08000012"]["getLineWidth"]
    assert "chosen-lsoa-E08000012" not in by_id(area_map.spec(view()))


def test_a_place_without_a_layer_is_left_out():
    keys = area_map.area_keys("ward", ("E08000012", "E08000014"), LAYERS)
    assert keys == ["ward-E08000012"]
    assert area_map.area_keys("place", (), LAYERS) == ["place"]


def test_the_opening_view_holds_all_bounds():
    found = deck.opening([[-3.1, 53.3, -2.8, 53.5], [-2.9, 53.2, -2.6, 53.7]])
    assert -3.1 < found["longitude"] < -2.6
    assert 53.2 < found["latitude"] < 53.7
    wide = (2.6 - 3.1) * -1 / 360 * deck.TILE * 2 ** found["zoom"]
    assert wide <= deck.FIT_WIDTH["wide"]
    flat = [[-3.3, 53.3, -1.9, 53.5]]
    assert deck.opening(flat, narrow=True)["zoom"] < deck.opening(flat)["zoom"]


def test_names_that_would_touch_are_moved_or_left_out():
    start = deck.opening([[-3.1, 53.3, -2.8, 53.5]])
    twice = [Label("Long name of an area", (-2.95, 53.4)), Label("Another long name", (-2.95, 53.4))]
    assert len(deck.fitting(twice, start, narrow=False, size=15)) == 1
    moved = deck.fitting(twice, start, narrow=False, size=15, nudge=True)
    assert len(moved) == 2
    assert moved[0].point != moved[1].point
    assert deck.fitting([Label("Far away", (-1.0, 53.4))], start, narrow=False, size=15) == []


def lookup(expression: str, code: str) -> list[int]:
    """What the browser makes of an index expression: the same tree of comparisons, read here."""
    found = re.fullmatch(r"@@=\((\[.*?\]\])\)\[(.*)\]", expression)
    assert found is not None
    tree = found[2]
    while test := re.match(r"properties\.code<'(\w+)'\?\(", tree):
        depth, at = 1, test.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(tree[at], 0)
            at += 1
        first, second = tree[test.end() : at - 1], tree[at + 2 : -1]
        tree = first if code < test[1] else second
    leaf = re.fullmatch(r"\('(\d{100})'\)\[properties\.code\[7\]\*10\+properties\.code\[8\]\*1\]", tree)
    assert leaf is not None
    return list(json.loads(found[1])[int(leaf[1][int(code[7:])])])


def test_many_areas_are_coloured_by_code_in_few_bytes():
    codes = [f"E010{number:05d}" for number in (*range(6400, 7400), *range(18300, 18900, 2), 33700)]
    fills = {code: SEQUENTIAL[i % 5] for i, code in enumerate(codes) if i % 7}
    expression = deck.index_expression(codes, fills)
    assert len(expression) < 4_000
    for code in codes:
        wanted = [*rgb(fills[code]), 255] if code in fills else deck.NOTHING
        assert lookup(expression, code) == wanted, code


def test_an_index_refuses_what_it_cannot_hold():
    with pytest.raises(ValueError, match="LPL-W01"):
        deck.index_expression(["LPL-W01"], {})
    many = {f"E0100000{i}": f"#00000{i}" for i in range(10)}
    with pytest.raises(ValueError, match="10 colours"):
        deck.index_expression(list(many), many)
    assert deck.index_expression([], {}) == "@@=[0, 0, 0, 1]"


def test_codes_of_a_list_of_our_own_are_coloured_however_many():
    fills = {f"LPL-W{i:03d}": SEQUENTIAL[0] for i in range(120)}
    assert "properties.code=='LPL-W119'" in deck.by_code(list(fills), fills)


def test_the_hover_names_the_figure():
    text = area_map.tooltip(view(hover=(("Score (points)", "v9"),)))["html"]
    assert "{name}" in text
    assert "Score (points): <b>{v9}</b>" in text


class State:
    def __init__(self, objects: dict[str, object]) -> None:
        self.selection = type("S", (), {"objects": objects})()


def test_the_clicked_area_is_read():
    assert area_map.picked(State({"fill": [{"properties": {"code": "E05015303"}}]})) == "E05015303"
    assert area_map.picked(State({})) is None
    assert area_map.picked(None) is None
