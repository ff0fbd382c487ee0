"""Key figures: one period a row, judgements from limits, and a reason wherever there is no figure."""

from __future__ import annotations

import pandas as pd
import pytest

from components.key_figures import (
    Wanted,
    benchmark_cell,
    figures_of,
    has_value,
    line,
    lines,
    tidy,
    value_cell,
)
from components.place_table import rows as place_rows
from methods.compare import direction, judge

WARD, LIVERPOOL, ENGLAND = "E05015277", "E08000012", "E92000001"


def test_the_figures_of_an_area_are_those_of_the_tables(bundle):
    found = figures_of(bundle, WARD)
    for (indicator_id, group), periods in list(found.items())[::17]:
        for period, observation in periods.items():
            assert observation == bundle.value(indicator_id, WARD, period, group)


def test_a_line_compares_within_one_period(bundle):
    found = line(bundle, Wanted("child-poverty-ahc"), WARD, [LIVERPOOL, ENGLAND])
    assert found.area.period == found.period == bundle.periods("child-poverty-ahc", "ward")[-1]
    assert {mark.period for mark in found.benchmarks.values()} == {found.period}


def test_judgements_follow_the_limits(bundle):
    for item in lines(bundle, [Wanted("disabled"), Wanted("overcrowding")], WARD, [ENGLAND]):
        mark = item.benchmarks[ENGLAND]
        expected = judge(direction(item.area.lower, item.area.upper, mark.value), item.indicator.polarity)
        assert item.judgements[ENGLAND] == expected


def test_a_figure_for_places_only_says_so(bundle):
    found = line(bundle, Wanted("gld", "fsm"), WARD, [LIVERPOOL])
    assert not has_value(found.area)
    assert found.reason == "published for Places only"
    assert value_cell(found).text == "not available"
    assert benchmark_cell(found, LIVERPOOL).verdict is None


def test_an_expected_figure_is_called_an_estimate_and_judged_against_nothing(bundle):
    found = line(bundle, Wanted("gld"), WARD, [LIVERPOOL, ENGLAND])
    assert set(found.judgements.values()) == {"not compared"}
    assert value_cell(found).note.startswith(("estimate, between", "weak estimate, between"))
    assert benchmark_cell(found, LIVERPOOL).verdict is None


@pytest.mark.parametrize("code", ["E01006412", "E05015323", WARD])
def test_reliability_d_is_called_weak(bundle, code):
    for indicator_id in ("qof-dem", "qof-hyp", "gld"):
        found = line(bundle, Wanted(indicator_id), code, [ENGLAND])
        assert value_cell(found).note.startswith("weak estimate") == (found.area.reliability == "D")


def test_the_download_has_the_figure_that_allows_for_age(bundle):
    table = tidy(lines(bundle, [Wanted("qof-hyp"), Wanted("qof-dep")], LIVERPOOL, []), LIVERPOOL, bundle)
    row = table.set_index("indicator_id")
    assert row.loc["qof-hyp", "value"] < 15 < row.loc["qof-hyp", "age_standardised_lower"]
    assert pd.isna(row.loc["qof-dep", "age_standardised"])


def test_a_withheld_figure_says_why(bundle):
    rows = bundle.slice("children-income-deprived", "lsoa")
    withheld = rows.loc[rows["status"] == "suppressed", "area_code"]
    found = line(bundle, Wanted("children-income-deprived"), str(withheld.iloc[0]), [ENGLAND])
    assert "withheld" in found.reason
    assert value_cell(found).text == "not available"


def test_what_nobody_has_is_left_out(bundle):
    assert line(bundle, Wanted("phrenology"), WARD, [ENGLAND]) is None
    assert line(bundle, Wanted("gld", "unicorns"), WARD, [ENGLAND]) is None


def test_the_download_keeps_missing_empty(bundle):
    found = lines(bundle, [Wanted("gld", "fsm"), Wanted("disabled")], WARD, [ENGLAND])
    table = tidy(found, WARD, bundle).set_index("indicator_id")
    assert pd.isna(table.loc["gld", "value"])
    assert table.loc["gld", "status"] == "missing"
    assert table.loc["gld", "reason"] == "published for Places only"
    assert table.loc["disabled", "value"] == pytest.approx(bundle.value("disabled", WARD).value)


def test_the_place_table_ends_with_england_and_judges_each_place(bundle):
    made = place_rows(bundle, [LIVERPOOL, "E08000014"], [Wanted("disabled"), Wanted("phrenology")])
    assert len(made) == 1
    (title, period), cells = made[0]
    assert title == bundle.catalogue["disabled"].short_title
    assert period == "Census 2021"
    assert [cell.verdict for cell in cells][-1] is None
    assert cells[0].verdict is not None
