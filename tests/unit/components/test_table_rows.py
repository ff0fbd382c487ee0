"""Rows of long tables: numbers are ordered as numbers, what is missing stands last and is never 0."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components.table_rows import AS_LISTED, MISSING, Order, column, columns_of, matching, ordered, orders


def order_of(values: list, descending: bool = False) -> list[int]:
    found = [column("Figure", pd.Series(values, dtype=object))]
    return ordered(found, range(len(values)), Order(0, descending), MISSING)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1.5, None, 2], ["1.5", MISSING, "2.0"]),
        ([1531.0, np.nan], ["1,531", MISSING]),
        ([-0.25, 3.0], ["−0.25", "3.00"]),
        ([1 / 3, 2.0], ["0.333", "2.000"]),
        ([7, pd.NA], ["7", MISSING]),
        ([0.0, None], ["0", MISSING]),
        ([True, False], ["True", "False"]),
        (["a", None], ["a", MISSING]),
    ],
)
def test_cells_are_written_alike_and_what_is_missing_is_never_0(values, texts):
    assert list(column("Figure", pd.Series(values, dtype=object)).texts) == texts


@pytest.mark.parametrize(
    ("values", "low_first"),
    [
        ([10.0, 9.0, None, -1.0], [3, 1, 0, 2]),
        (["9.5%", "no figure", "10.1%", "−2%"], [3, 0, 2, 1]),
        (["1,014 per 1,000", "22 per 1,000"], [1, 0]),
        (["tenth 10", "tenth 9"], [1, 0]),
        (["12.0% to 13%", "9.0% to 30%"], [1, 0]),
        (["2021", "Census 2011"], [0, 1]),
        (["b", None, "A"], [2, 0, 1]),
    ],
)
def test_amounts_are_ordered_as_numbers_and_what_is_missing_stands_last_both_ways(values, low_first):
    assert order_of(values) == low_first
    lacking = [at for at in low_first if values[at] in (None, "no figure")]
    known = [at for at in low_first if at not in lacking]
    assert order_of(values, descending=True) == known[::-1] + lacking


def test_equal_rows_keep_their_order_both_ways():
    assert order_of([1, 2, 1, 2]) == [0, 2, 1, 3]
    assert order_of([1, 2, 1, 2], descending=True) == [1, 3, 0, 2]


def test_dates_and_codes_are_text():
    for values in (["21 March 2021", "2025"], ["E01006512"], ["3 beds"]):
        assert column("Vintage", pd.Series(values)).amounts is None


def test_a_column_that_says_one_thing_is_no_order():
    frame = pd.DataFrame({"Area": ["b", "a"], "Place": ["Sefton", "Sefton"], "Figure": [2.0, 1.0]})
    assert orders(columns_of(frame)) == {
        AS_LISTED: None,
        "Area, A to Z": Order(0, False),
        "Area, Z to A": Order(0, True),
        "Figure, lowest first": Order(2, False),
        "Figure, highest first": Order(2, True),
    }


@pytest.mark.parametrize(
    ("text", "rows"),
    [("", [0, 1]), ("  SPEKE  area ", [0]), ("12.5", [1]), ("speke 12.5", []), ("a", [0, 1])],
)
def test_a_search_finds_what_a_cell_contains(text, rows):
    frame = pd.DataFrame({"Area": ["Speke area", "Walton area"], "Figure": [3.0, 12.5]})
    assert matching(columns_of(frame), text) == rows
