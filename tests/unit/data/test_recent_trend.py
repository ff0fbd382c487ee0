"""Which trend test a series gets, and that no word is said without one."""

from __future__ import annotations

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.recent_trend import NOT_TESTED, recent_trend

SHARE = catalogue()["gld"]
YEARS = catalogue()["healthy-life-expectancy"]
RANK = catalogue()["imd-place-rank"]
COLUMNS = ["period", "value", "lower", "upper", "numerator", "denominator"]


def series(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS).astype(dict.fromkeys(COLUMNS[1:], float))


def shares(*counts: int, of: int = 4000, first: int = 2015) -> pd.DataFrame:
    rows = []
    for i, count in enumerate(counts):
        value = count / of * 100
        rows.append((str(first + i), value, value - 1, value + 1, count, of))
    return series(*rows)


def test_shares_with_counts_are_tested_as_proportions():
    found = recent_trend(SHARE, shares(2000, 2100, 2200, 2300, 2400))
    assert found.words == "increasing and getting better"
    assert found.claims
    assert "proportions" in found.trend.method


def test_counts_that_do_not_give_the_figure_are_not_used():
    rows = shares(2000, 2100, 2200, 2300, 2400)
    rows["numerator"] = 5.0
    found = recent_trend(SHARE, rows)
    assert found.trend is not None
    assert "regression" in found.trend.method


def test_other_figures_are_tested_by_their_limits():
    rows = series(*((str(2015 + i), 60 - i, 59.9 - i, 60.1 - i, None, None) for i in range(5)))
    found = recent_trend(YEARS, rows)
    assert found.words == "decreasing and getting worse"


def test_flat_series_have_no_change():
    found = recent_trend(SHARE, shares(2000, 2004, 1998, 2001, 2000))
    assert found.words == "no significant change"
    assert not found.claims


def test_a_gap_ends_the_run():
    rows = shares(2000, 2100, 2200, 2300, 2400, 2500)
    rows.loc[3, COLUMNS[1:]] = float("nan")
    found = recent_trend(SHARE, rows)
    assert found.words == "not enough years"
    assert not found.claims


@pytest.mark.parametrize(
    ("indicator", "rows", "why"),
    [
        (SHARE, series(), "no figures"),
        (SHARE, series(("2020", 1, None, None, None, None)), "margin of error"),
        (RANK, series(("2020", 1, None, None, None, None)), "positions"),
    ],
)
def test_what_cannot_be_tested_says_why(indicator, rows, why):
    found = recent_trend(indicator, rows)
    assert found.words == NOT_TESTED
    assert why in found.why
    assert not found.claims
