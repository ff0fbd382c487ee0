"""Map classes can be told apart by everybody, on paper and on a screen at night, and text can be read."""

from __future__ import annotations

import tomllib
from itertools import combinations, pairwise

import pytest

from components.palette import (
    BIVARIATE,
    CATEGORICAL,
    DIVERGING,
    MODES,
    SEQUENTIAL,
    TENTHS,
    THEMES,
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
from geo.config import ROOT

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


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ramp", [SEQUENTIAL, DIVERGING], ids=["sequential", "diverging"])
def test_neighbouring_classes_are_apart(vision, ramp):
    assert min(difference(a, b, vision) for a, b in pairwise(ramp)) >= APART


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", MODES)
def test_no_class_can_be_mistaken_for_no_data(vision, mode):
    assert min(difference(colour, no_data(mode), vision) for colour in SEQUENTIAL) >= APART


@pytest.mark.parametrize("vision", VISION)
def test_every_class_is_apart_from_every_other(vision):
    assert min(difference(a, b, vision) for a, b in combinations(SEQUENTIAL, 2)) >= APART


@pytest.mark.parametrize("mode", MODES)
def test_every_class_is_apart_from_the_land_and_the_water(mode):
    theme = THEMES[mode]
    for ground in (theme.land, theme.sea):
        assert min(difference(colour, ground) for colour in SEQUENTIAL) >= APART


RESULTS = [VERDICTS[word] for word in ("better", "similar", "worse")]
NEUTRAL = [VERDICTS[word] for word in ("higher", "similar", "lower")]
TWO_LEVELS = [
    [colour for word, colour in VERDICT_LEVELS.items() if word.split(" ")[0] in (*ends, "similar")]
    for ends in (("better", "worse"), ("higher", "lower"))
]


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("colours", [RESULTS, NEUTRAL, *TWO_LEVELS])
def test_the_results_of_a_comparison_are_apart_from_each_other_and_from_no_data(colours, vision):
    assert min(difference(a, b, vision) for a, b in combinations(colours, 2)) >= APART
    for mode in MODES:
        assert min(difference(colour, no_data(mode), vision) for colour in colours) >= APART
        for ground in (THEMES[mode].land, THEMES[mode].sea):
            assert min(difference(colour, ground) for colour in colours) >= APART


@pytest.mark.parametrize("vision", VISION)
def test_nine_colours_of_two_figures_are_apart_from_each_other_and_from_no_data(vision):
    colours = [colour for row in BIVARIATE for colour in row]
    assert min(difference(a, b, vision) for a, b in combinations(colours, 2)) >= APART
    for mode in MODES:
        assert min(difference(colour, no_data(mode), vision) for colour in colours) >= APART
        for ground in (THEMES[mode].land, THEMES[mode].sea):
            assert min(difference(colour, ground) for colour in colours) >= APART
    assert min(contrast(text_on(colour), colour) for colour in colours) >= READABLE


@pytest.mark.parametrize("vision", VISION)
def test_national_tenths_darken_and_are_apart_two_by_two(vision):
    assert min(difference(a, b, vision) for a, b in pairwise(TENTHS)) >= APART / 2
    assert min(difference(a, b, vision) for a, b in zip(TENTHS, TENTHS[2:], strict=False)) >= APART
    assert [lab(c, vision)[0] for c in TENTHS] == sorted((lab(c, vision)[0] for c in TENTHS), reverse=True)


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


def test_categories_are_apart_for_everybody():
    for vision in VISION:
        assert min(difference(a, b, vision) for a, b in combinations(CATEGORICAL[:3], 2)) >= APART


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
