"""Map classes can be told apart by everybody, on paper and on a screen at night, and text can be read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest

from geo.config import ROOT
from house_style import palette
from house_style.palette import (
    BIVARIATE,
    CATEGORICAL,
    CHANCE,
    COMPARED,
    DIVERGING,
    MODES,
    SEQUENTIAL,
    TENTHS,
    THEMES,
    TINTS,
    VERDICT_LEVELS,
    VERDICTS,
    VISION,
    ciede2000,
    class_colours,
    contrast,
    difference,
    lab,
    mix,
    no_data,
    text_on,
)
from reports.briefing.model import ROOMS

APART = 10.0  # CIEDE2000: plainly different side by side
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


# Test pairs of Sharma, Wu and Dalal (2005), table 1.
@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_ciede2000(one, two, expected):
    assert ciede2000(one, two) == pytest.approx(expected, abs=1e-4)


def test_white_and_black_are_the_ends_of_lightness():
    assert lab("#ffffff") == pytest.approx((100, 0, 0), abs=0.02)
    assert lab("#000000")[0] == pytest.approx(0, abs=1e-9)


def test_simulated_colour_blindness_brings_red_and_green_together():
    normal = difference("#c0504d", "#6a9a3a")
    assert difference("#c0504d", "#6a9a3a", "deutan") < normal / 2


# Every palette as it is used: groups of colours that meet in one picture. Of `steps` neighbours must be
# apart, of
# `sets` all from each other; on maps both also from the mark for no data.
NEUTRAL = ("higher", "similar", "lower")
RESULTS = ("better", "similar", "worse")
EVERY_RAMP = {f"SEQUENTIAL, {count} classes": class_colours(count) for count in range(2, 6)}
STEPS: dict[str, Sequence[str]] = {**EVERY_RAMP, "DIVERGING": DIVERGING, "TENTHS": TENTHS}
SETS: dict[str, Sequence[str]] = {
    "SEQUENTIAL": SEQUENTIAL,
    "DIVERGING, hot and cold with CHANCE": (DIVERGING[0], CHANCE, DIVERGING[4]),
    "VERDICTS, better to worse": [VERDICTS[word] for word in RESULTS],
    "VERDICTS, higher to lower": [VERDICTS[word] for word in NEUTRAL],
    **{
        f"VERDICT_LEVELS, {ends[0]}": [
            colour for word, colour in VERDICT_LEVELS.items() if word.split(" ")[0] in (*ends, "similar")
        ]
        for ends in (("better", "worse"), ("higher", "lower"))
    },
    "BIVARIATE": [colour for row in BIVARIATE for colour in row],
}
# Without a map: in charts and tables there is no hatch, and what has no figure is not drawn, or has its
# own ground.
OTHERS: dict[str, Sequence[str]] = {
    "CATEGORICAL": CATEGORICAL,
    **{f"COMPARED, {mode}": COMPARED[mode] for mode in MODES},
    **{
        f"TINTS, {mode}, {words[0]}": [TINTS[mode][word] for word in (*words, "not compared")]
        for mode in MODES
        for words in (RESULTS, NEUTRAL)
    },
    **{f"THEMES, {mode}": (THEMES[mode].better, THEMES[mode].worse) for mode in MODES},
}
NO_PALETTES = {"NO_DATA_INK", "NO_DATA_PAPER", "VISION", "MODES"}  # the hatch is tested against every palette


def _hues(part: object) -> list[str]:
    """All colours somewhere inside a value."""
    if isinstance(part, str):
        return [part] if re.fullmatch("#[0-9a-f]{6}", part) else []
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, tuple | list) else ()
    return [colour for one in inside for colour in _hues(one)]


def test_every_palette_is_tested():
    tested = {name.split(",")[0] for name in (*STEPS, *SETS, *OTHERS)} | {"CHANCE", "THEMES"}
    found = {
        name for name, value in vars(palette).items() if name.isupper() and (_hues(value) or name == "THEMES")
    }
    assert found - NO_PALETTES == tested
    groups = [*STEPS.items(), *SETS.items(), *OTHERS.items()]
    for name in found - NO_PALETTES - {"THEMES", "CHANCE"}:  # and each of its colours
        colours = {colour for group, used in groups if group.split(",")[0] == name for colour in used}
        assert colours >= set(_hues(getattr(palette, name))), name


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", [*STEPS, *SETS, *OTHERS])
def test_neighbours_and_no_data_are_apart(name, vision):
    colours = STEPS.get(name) or SETS.get(name) or OTHERS[name]
    pairs = pairwise(colours) if name in STEPS else combinations(colours, 2)
    assert min(difference(a, b, vision) for a, b in pairs) >= APART
    if name not in OTHERS:
        for mode in MODES:
            assert min(difference(colour, no_data(mode), vision) for colour in colours) >= APART


@pytest.mark.parametrize("name", [*EVERY_RAMP, "TENTHS"])
@pytest.mark.parametrize("vision", VISION)
def test_ramps_darken_in_every_vision(name, vision):
    lightness = [lab(colour, vision)[0] for colour in STEPS[name]]
    assert min(a - b for a, b in pairwise(lightness)) > 2.5


@pytest.mark.parametrize("name", [*EVERY_RAMP, *(name for name in SETS if "DIVERGING" not in name), "TENTHS"])
def test_every_colour_of_a_map_is_apart_from_land_and_water(name):
    for mode in MODES:
        for ground in (THEMES[mode].land, THEMES[mode].sea):
            assert min(difference(colour, ground) for colour in STEPS.get(name) or SETS[name]) >= APART


@pytest.mark.parametrize("mode", MODES)
def test_text_reads_on_the_tints_of_a_table(mode):
    text = THEMES[mode].text
    for colour in TINTS[mode].values():
        assert contrast(text, colour) >= 7
        assert contrast(mix(THEMES[mode].paper, text, 0.82), colour) >= READABLE  # the quiet text of style.py


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("vision", VISION)
def test_the_colours_of_both_rooms_of_a_briefing_are_apart(room, vision):
    """Parts of one picture; what is neither (outlined, or the ground of a bar) counts as no data."""
    css = (ROOT / "reports/briefing/deck.css").read_text(encoding="utf-8")
    block = re.search(rf'data-room="{room}"\] {{(.*?)}}', css, re.DOTALL)
    assert block is not None
    ink = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block[1]))
    assert {"area", "third", "better", "worse", "other", "land", "water", "ground", "mark"} <= set(ink)
    pictures = [
        ("area", "third", "paper"), ("better", "worse", "paper"), ("area", "other", "land", "water"),
        ("area", "ground", "mark"), ("third", "ground", "mark"),
    ]  # fmt: skip
    for parts in pictures:
        for one, two in combinations(parts, 2):
            assert difference(ink[one], ink[two], vision) >= APART, (one, two)


@pytest.mark.parametrize("mode", MODES)
def test_every_class_is_apart_from_the_land_and_the_water(mode):
    theme = THEMES[mode]
    for ground in (theme.land, theme.sea):
        assert min(difference(colour, ground) for colour in SEQUENTIAL) >= APART


def test_text_on_nine_colours_reads():
    assert min(contrast(text_on(colour), colour) for row in BIVARIATE for colour in row) >= READABLE


def test_lightness_falls_from_low_to_high():
    lightness = [lab(colour)[0] for colour in SEQUENTIAL]
    assert lightness == sorted(lightness, reverse=True)
    assert min(a - b for a, b in pairwise(lightness)) > 9


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ink", ["text", "quiet", "accent", "better", "worse"])
def test_text_reads_on_paper_and_on_land(mode, ink):
    theme = THEMES[mode]
    assert contrast(getattr(theme, ink), theme.paper) >= READABLE
    assert contrast(theme.text, theme.land) >= READABLE
    assert contrast(theme.text, theme.halo) >= READABLE
    assert contrast(theme.water_text, theme.sea) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_maps_and_charts_share_the_colours_of_the_page(mode):
    page = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][mode]
    theme = THEMES[mode]
    assert (page["backgroundColor"], page["textColor"], page["primaryColor"]) == (
        theme.paper,
        theme.text,
        theme.accent,
    )


def test_text_on_a_class_reads():
    assert min(contrast(text_on(colour), colour) for colour in SEQUENTIAL) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_categories_are_seen_on_paper(mode):
    assert min(contrast(colour, THEMES[mode].paper) for colour in CATEGORICAL) >= 3


def test_the_dark_end_marks_greater_need():
    assert class_colours(5)[-1] == SEQUENTIAL[-1]
    assert class_colours(5, worse="low")[0] == SEQUENTIAL[-1]
    assert class_colours(1) == (SEQUENTIAL[2],)
    for count in range(1, 6):
        assert len(set(class_colours(count))) == count


@pytest.mark.parametrize("count", [0, 6])
def test_more_than_five_classes_are_refused(count):
    with pytest.raises(ValueError, match="one to five"):
        class_colours(count)


def test_mix_is_between():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#123456", "#ffffff", 0.0) == "#123456"
