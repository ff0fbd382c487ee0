"""Sentences say what the figures say, and no more than their limits allow."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from house_style import narrative
from house_style.narrative import about, deprivation_takeaway, ends, ends_takeaway, placed, verdict


def rows(*cells: tuple[str, float | None, float | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["area_name", "value", "lower", "upper"])
    return frame.astype({"value": float, "lower": float, "upper": float}).assign(area_level="ward")


@pytest.fixture
def disabled(bundle):
    return bundle.catalogue["disabled"]


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0.0, "no"),
        (0.3, "fewer than 1 in 100"),
        (33.0, "about 1 in 3"),
        (46.0, "nearly half of"),
        (50.0, "about half of"),
        (53.7, "more than half of"),
        (71.0, "about 7 in 10"),
        (97.0, "nearly all"),
        (100.0, "all"),
    ],
)
def test_shares_in_round_words(percent, words):
    assert about(percent) == words


def test_ends_leave_out_what_is_missing():
    found = ends(rows(("A", 10, 9, 11), ("B", None, None, None), ("C", 30, 28, 32)))
    assert (found.low_name, found.high_name, found.count) == ("A", "C", 2)
    assert found.apart


def test_one_area_has_no_ends():
    assert ends(rows(("A", 10, 9, 11), ("B", None, None, None))) is None


def test_overlapping_limits_are_called_within_the_margin_of_error(disabled):
    text = ends_takeaway(disabled, rows(("A", 20, 15, 26), ("B", 24, 19, 30)), "Disabled people")
    assert text.endswith("within the margin of error")


def test_separate_limits_are_stated_plainly(disabled):
    text = ends_takeaway(disabled, rows(("A", 15.2, 14, 16), ("B area", 26.6, 25, 28)), "Disabled people")
    assert text == "Disabled people: 27% in the B area, 15% in A"


def test_no_figures_are_said_to_be_unavailable(disabled):
    assert "no figures are available" in ends_takeaway(disabled, rows(("A", None, None, None)), "X")
    assert "no figures are available" in deprivation_takeaway(rows(("A", None, None, None)))


@pytest.mark.parametrize(
    ("values", "start"),
    [((10, 20), "In none of the 2 wards"), ((60, 20), "In 1 of 2 wards"), ((60, 51), "In all 2 wards")],
)
def test_the_deprivation_takeaway_counts_areas_above_half(values, start):
    frame = rows(*((name, value, None, None) for name, value in zip("AB", values, strict=True)))
    assert deprivation_takeaway(frame).startswith(start)


def test_exactly_half_is_not_most():
    assert deprivation_takeaway(rows(("A", 50, None, None), ("B", 1, None, None))).startswith("In none")


def test_working_names_take_an_article():
    assert placed("Anfield area") == "the Anfield area"
    assert placed("Everton") == "Everton"


def observation(value, lower=None, upper=None, period="2021", basis="published"):
    return SimpleNamespace(value=value, lower=lower, upper=upper, period=period, basis=basis)


def test_what_income_leads_to_expect_is_neither_better_nor_worse(bundle):
    ready, mark = bundle.catalogue["gld"], observation(68)
    assert verdict(bundle, ready, observation(60, 58, 62, basis="modelled"), mark) == "not compared"
    assert verdict(bundle, ready, observation(60, 58, 62), mark) == "worse"


def test_a_verdict_needs_both_figures_limits_and_one_period(bundle):
    worse_high = bundle.catalogue["children-income-deprived"]
    area, mark = observation(40, 38, 42), observation(30)
    assert verdict(bundle, worse_high, area, mark) == "worse"
    assert verdict(bundle, worse_high, None, mark) == "not compared"
    assert verdict(bundle, worse_high, area, None) == "not compared"
    assert verdict(bundle, worse_high, observation(40), mark) == "not compared"
    assert verdict(bundle, worse_high, area, observation(30, period="2011")) == "not compared"


def test_the_city_sentence_rounds_to_what_the_tables_hold(bundle):
    text = narrative.city_sentence(bundle, "E08000012", "Liverpool")
    share = bundle.value("imd-most-deprived-fifth", "E08000012").value
    assert text.lower().startswith(about(share))


def test_a_city_without_neighbourhoods_still_has_a_sentence(bundle):
    text = narrative.city_sentence(bundle, "E08000014", "Sefton")
    assert text.endswith("live in England’s most deprived fifth")
    assert ":" not in text
