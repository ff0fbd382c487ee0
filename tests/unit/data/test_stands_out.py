"""What stands out in an area is what a test found: every sentence of every area of the shipped tables."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from data.query import Bundle, load_bundle
from data.recent_trend import recent_trend
from data.standout_words import CONDITIONS, SHARES, amounts
from data.stands_out import LEAST, MOST, MOST_OF_A_THEME, Standout, stands_out
from data.support import supports
from data.tested import family_of

ENGLAND = "E92000001"
WORDS = {"higher": ("ore ", "higher", "gone up"), "lower": ("ewer ", "lower", "gone down")}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="module")
def found(bundle: Bundle) -> dict[str, list[Standout]]:
    return {str(code): stands_out(bundle, str(code)) for code in bundle.areas.index}


@pytest.fixture(scope="module")
def every(found: dict[str, list[Standout]]) -> list[tuple[str, Standout]]:
    return [(code, item) for code, items in found.items() for item in items]


def row_of(bundle: Bundle, code: str, item: Standout) -> pd.Series:
    """The figure in the shipped table, found without the code under test."""
    rows = bundle.figures.area(code)
    rows = rows[(rows["indicator_id"] == item.indicator_id) & (rows["group"] == item.group)]
    return rows[rows["period"] == item.period].iloc[0]


def test_at_most_five_strongest_first_one_a_subject_two_a_theme(
    bundle: Bundle, found: dict[str, list[Standout]]
) -> None:
    assert len(found) == len(bundle.areas)
    for code, items in found.items():
        assert len(items) <= MOST, code
        strengths = [item.strength for item in items]
        assert strengths == sorted(strengths, reverse=True), code
        assert all(LEAST <= strength < math.inf for strength in strengths), code
        families = [family_of(item.indicator_id) for item in items]
        assert len(set(families)) == len(families), code
        themes = [bundle.catalogue[item.indicator_id].theme for item in items]
        assert all(themes.count(theme) <= MOST_OF_A_THEME for theme in themes), code
    counts = {len(items) for items in found.values()}
    assert counts >= {1, 2, 3, 4, 5}, "the areas are of every kind"


def test_every_comparison_is_outside_its_limits(bundle: Bundle, every: list[tuple[str, Standout]]) -> None:
    seen = set()
    for code, item in every:
        if item.test != "against England":
            continue
        row = row_of(bundle, code, item)
        england = bundle.value(item.indicator_id, ENGLAND, item.period, item.group)
        assert england is not None
        assert item.mark == england.value, code
        assert row["status"] == "reported", code
        numbers = (row["value"], row["lower"], row["upper"])
        if item.age:
            support = supports(bundle.version).of(item.indicator_id, code, item.period)
            assert support is not None
            numbers = (support.standardised, support.standardised_lower, support.standardised_upper)
        assert (item.value, item.lower, item.upper) == numbers, code
        assert item.lower > item.mark or item.upper < item.mark, f"{code} {item.sentence}"
        way = "higher" if item.lower > item.mark else "lower"
        said = [word for word in ("higher", "lower") if any(text in item.sentence for text in WORDS[word])]
        assert said == [way], item.sentence
        polarity = bundle.catalogue[item.indicator_id].polarity
        if polarity == "neutral":
            assert item.judgement == way
        else:
            worse = (way == "higher") == (polarity == "high-is-worse")
            assert item.judgement == ("worse" if worse else "better")
        side = item.value - item.lower if item.mark < item.value else item.upper - item.value
        assert item.strength == pytest.approx(abs(item.value - item.mark) * 1.96 / side)
        seen.add((item.judgement, item.age, item.estimate))
    assert {judgement for judgement, _, _ in seen} == {"better", "worse", "higher", "lower"}
    assert {age for _, age, _ in seen} == {True, False}


def test_every_trend_is_one_of_the_five_point_test(bundle: Bundle, every: list[tuple[str, Standout]]) -> None:
    trends = [(code, item) for code, item in every if item.test == "trend"]
    assert trends
    for code, item in trends:
        indicator = bundle.catalogue[item.indicator_id]
        tested = recent_trend(indicator, bundle.series(item.indicator_id, code, item.group))
        assert tested.claims, code
        assert tested.trend is not None
        rising = tested.trend.outcome == "increasing"
        assert ("gone up" in item.sentence, "gone down" in item.sentence) == (rising, not rising)
        assert f"getting {item.judgement}" in tested.words
        assert f"a change for the {item.judgement}" in item.sentence


def test_the_figures_said_are_the_figures(bundle: Bundle, every: list[tuple[str, Standout]]) -> None:
    for code, item in every:
        if item.mark is None:
            continue
        here, there = amounts(bundle.catalogue[item.indicator_id], item.value, item.mark)
        assert here != there, f"{code} {item.sentence}"
        assert item.sentence.endswith(f"{here} here, against {there}."), item.sentence


def test_estimates_are_called_estimates_and_are_never_weak(
    bundle: Bundle, every: list[tuple[str, Standout]]
) -> None:
    kinds = set()
    for code, item in every:
        row = row_of(bundle, code, item)
        estimate = row["basis"] == "modelled"
        kinds.add(estimate)
        assert item.estimate == estimate
        assert ("estimate" in item.sentence) == estimate, item.sentence
        assert ("not a count" in item.how) == estimate
        if estimate:
            assert row["reliability"] != "D", f"{code} {item.sentence}"
            assert item.indicator_id in CONDITIONS
            assert item.judgement in ("higher", "lower")
    assert kinds == {True, False}


def test_expected_school_readiness_never_stands_out(every: list[tuple[str, Standout]]) -> None:
    assert not [item for _, item in every if item.indicator_id == "gld" and item.estimate]
    assert not [item for _, item in every if item.group == "expected"]


def test_crude_figures_of_young_people_are_not_said_to_be_low(
    bundle: Bundle, found: dict[str, list[Standout]]
) -> None:
    young = 0
    for code, items in found.items():
        own = bundle.value("qof-hyp", code)
        support = supports(bundle.version).of("qof-hyp", code, own.period) if own is not None else None
        if own is None or not own.value or support is None or support.standardised is None:
            continue
        if support.standardised / own.value > 1.15:
            young += 1
            health = [item for item in items if item.judgement == "lower" and not item.age]
            assert not health, f"{code} {[item.sentence for item in health]}"
    assert young > 50


def test_how_we_know_names_figure_limits_benchmark_period_test_and_source(
    bundle: Bundle, every: list[tuple[str, Standout]]
) -> None:
    for code, item in every:
        assert "95% limits" in item.how, code
        assert "between" in item.how, code
        assert "Test:" in item.how, code
        assert "Source: " in item.how, code
        assert item.period[:4] in item.how, code
        if item.mark is not None:
            assert f"England {item.mark:,.{bundle.catalogue[item.indicator_id].decimals}f}" in item.how
        if item.age:
            assert "as if people’s ages were as in England" in item.how


def test_sentences_are_whole_and_plain(every: list[tuple[str, Standout]]) -> None:
    for _, item in every:
        text = f"{item.sentence} {item.how}"
        assert not re.search(r"\b(None|nan|inf)\b|  |\{|\}|\.\.", text), text
        assert re.match(r"^[A-Z].*\.$", item.sentence), item.sentence
        assert len(item.sentence) < 200, item.sentence


def test_every_figure_that_can_stand_out_has_words_of_its_own(
    bundle: Bundle, every: list[tuple[str, Standout]]
) -> None:
    known = {*SHARES, *CONDITIONS}
    assert known <= set(bundle.catalogue.indicators)
    for _, item in every:
        if item.test == "against England" and bundle.catalogue[item.indicator_id].statistic == "percentage":
            assert item.indicator_id in known, item.sentence


def test_fewer_are_the_first_ones(bundle: Bundle, found: dict[str, list[Standout]]) -> None:
    for most in (0, 1, 3):
        assert stands_out(bundle, "LPL-W03", most) == found["LPL-W03"][:most]
    with pytest.raises(KeyError):
        stands_out(bundle, "E99999999")
