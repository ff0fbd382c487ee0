"""Numbers in words: as GOV.UK writes them, and never a zero for a missing figure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.model import catalogue
from house_style import figures


def an(indicator_id: str):
    return catalogue()[indicator_id]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234567, 0, "1,234,567"),
        (1234.56, 1, "1,234.6"),
        (-3.21, 1, "−3.2"),
        (-0.04, 1, "0.0"),
        (0, 0, "0"),
        (None, 1, "no figure"),
        (math.nan, 1, "no figure"),
    ],
)
def test_number(value, decimals, expected):
    assert figures.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(1.24, "+1.2"), (-1.24, "−1.2"), (0.01, "0.0"), (None, "no figure")]
)
def test_signed(value, expected):
    assert figures.signed(value, 1) == expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (70.2, "7 in 10"),
        (33.1, "1 in 3"),
        (66.9, "2 in 3"),
        (50.4, "5 in 10"),
        (25, "1 in 4"),
        (11.3, "1 in 9"),
        (20, "1 in 5"),
        (4.9, "1 in 20"),
        (0.4, "fewer than 1 in 100"),
        (0, "none"),
        (100, "all"),
        (97, "nearly all"),
        (75, "3 in 4"),
        (90, "9 in 10"),
        (None, "no figure"),
    ],
)
def test_share_words(percent, expected):
    assert figures.share_words(percent) == expected


@pytest.mark.parametrize("percent", [-0.1, 100.1])
def test_a_share_outside_0_to_100_is_refused(percent):
    with pytest.raises(ValueError, match="between 0 and 100"):
        figures.share_words(percent)


@given(st.floats(0.75, 95))
def test_share_words_are_never_far_from_the_share(percent):
    words = figures.share_words(percent)
    above, below = words.split(" in ")
    share = int(above) / int(below)
    assert abs(share * 100 - percent) <= 5.0


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
        (1001, "1,001st"),
    ],
)
def test_ordinal(position, expected):
    assert figures.ordinal(position) == expected


def test_rank_words():
    assert figures.rank_words(1, 64, "wards") == "highest of 64 wards"
    assert figures.rank_words(3, 64, "wards") == "3rd highest of 64 wards"
    assert figures.rank_words(2, 13, "neighbourhoods", lowest=True) == "2nd lowest of 13 neighbourhoods"


def test_a_figure_carries_its_unit():
    assert figures.figure(an("imd-most-deprived-fifth"), 53.66) == "53.7%"
    assert figures.figure(an("life-expectancy"), 80.4) == "80.4 years"
    assert figures.figure(an("population"), 486072) == "486,072"
    assert figures.figure(an("imd-decile"), 1) == "tenth 1"
    assert figures.figure(an("gld"), None) == "no figure"


def test_limits_in_words():
    assert figures.limits(an("gld"), 63.4, 67.0) == "between 63.4% and 67.0%"
    assert figures.limits(an("gld"), None, 67.0) == ""
    assert figures.limits(an("gld"), math.nan, math.nan) == ""


def test_ranges_of_a_legend():
    assert figures.range_words(an("gld"), 62.2, 64.3) == "62.2% to 64.3%"
    assert figures.range_words(an("gld"), 66.1, 66.1) == "66.1%"
    assert figures.range_words(an("life-expectancy"), 80.4, 80.6) == "80.4 to 80.6 years"
    assert figures.range_words(an("imd-decile"), 1, 2) == "Tenths 1 to 2 (most deprived)"
    assert figures.range_words(an("imd-decile"), 9, 10) == "Tenths 9 to 10 (least deprived)"


def test_periods_in_words():
    assert figures.period_words(an("life-expectancy"), "2022 - 24") == "2022 to 2024"
    assert figures.period_words(an("universal-credit-households"), "2022-12") == "December 2022"
    assert figures.period_words(an("gld"), "2024/25") == "academic year 2024/25"
    assert figures.period_words(an("disabled"), "2021") == "Census 2021"
    assert figures.period_words(an("imd-score"), "2025") == "2025"


def test_the_words_for_the_worse_end_follow_polarity():
    assert "lower figure, which is worse" in figures.direction_words(an("gld"))
    assert "higher figure, which is worse" in figures.direction_words(an("imd-score"))


def test_every_basis_reliability_and_status_has_words():
    from data.schemas import BASES, RELIABILITIES, STATUSES

    assert set(figures.BASIS_WORDS) == set(BASES)
    assert set(figures.RELIABILITY_WORDS) == set(RELIABILITIES)
    assert set(figures.STATUS_WORDS) == set(STATUSES) - {"reported"}
