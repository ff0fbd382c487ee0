"""Disclosure control: whatever is published, no withheld small count can be worked out from it.

The attacks in these tests are written apart from the code they test: every pair of totals is subtracted, the
linear system is solved by singular values, and small tables are searched count by count.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.audit import ranges
from methods.results import MethodError
from methods.suppression import exposed, primary, protect, rounded


def nested(draw_counts: list[list[list[int]]]) -> tuple[list[int], dict[int, list[int]]]:
    """Small areas in wards in Places in a region: counts in one row, and which sum to which."""
    counts: list[int] = []
    sums: dict[int, list[int]] = {}
    tops = []
    for place in draw_counts:
        wards = []
        for ward in place:
            parts = list(range(len(counts), len(counts) + len(ward)))
            counts += ward
            sums[len(counts)] = parts
            wards.append(len(counts))
            counts.append(sum(ward))
        sums[len(counts)] = wards
        tops.append(len(counts))
        counts.append(sum(counts[w] for w in wards))
    sums[len(counts)] = tops
    counts.append(sum(counts[t] for t in tops))
    return counts, sums


def crossed(table: list[list[int]]) -> tuple[list[int], dict[int, list[int]]]:
    """A table with its margins and grand total."""
    rows, columns = len(table), len(table[0])
    counts = [x for row in table for x in row]
    sums: dict[int, list[int]] = {}
    for r in range(rows):
        sums[len(counts)] = [r * columns + c for c in range(columns)]
        counts.append(sum(table[r]))
    for c in range(columns):
        sums[len(counts)] = [r * columns + c for r in range(rows)]
        counts.append(sum(row[c] for row in table))
    sums[len(counts)] = list(range(rows * columns, rows * columns + rows))
    counts.append(sum(map(sum, table)))
    return counts, sums


def determined(sums: dict[int, list[int]], withheld: np.ndarray) -> set[int]:
    """Withheld figures that the equations alone fix: those outside the null space of the system."""
    unknown = np.flatnonzero(withheld)
    a = np.zeros((len(sums), withheld.size))
    for row, (total, parts) in enumerate(sums.items()):
        a[row, parts], a[row, total] = 1, -1
    _, size, basis = np.linalg.svd(a[:, unknown])
    rank = int((size > 1e-9).sum())
    free = np.abs(basis[rank:]).sum(axis=0) > 1e-9
    return {int(cell) for cell, loose in zip(unknown, free, strict=True) if not loose}


counts_of_areas = st.one_of(st.integers(0, 14), st.integers(0, 60))
hierarchies = st.lists(
    st.lists(st.lists(counts_of_areas, min_size=1, max_size=5), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)
tables = st.integers(2, 4).flatmap(
    lambda c: st.lists(st.lists(counts_of_areas, min_size=c, max_size=c), min_size=2, max_size=4)
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(hierarchies.map(nested), tables.map(crossed)))
def test_no_withheld_count_can_be_recovered(case):
    counts, sums = case
    found = protect(counts, sums)
    x = np.array(counts)
    # every small count is withheld, and nothing published is one
    assert np.isnan(found.published[(x > 0) & (x < 10)]).all()
    assert np.array_equal(np.isnan(found.published), found.withheld)
    # no withheld count follows from the equations
    assert determined(sums, found.withheld) == set()
    # no total less what is published of its parts leaves a small remainder
    for total, parts in sums.items():
        if not found.withheld[total]:
            gone = [p for p in parts if found.withheld[p]]
            rest = found.published[total] - sum(found.published[p] for p in parts if not found.withheld[p])
            assert len(gone) != 1
            assert not gone or rest >= 10
    assert not exposed(counts, sums, found.withheld, found.primary, 10).any()


@settings(max_examples=12, deadline=None)
@given(tables.map(crossed))
def test_whoever_knows_all_published_counts_still_finds_a_wide_range(case):
    counts, sums = case
    found = protect(counts, sums)
    unknown = np.flatnonzero(found.withheld)
    a = np.zeros((len(sums), len(counts)))
    for row, (total, parts) in enumerate(sums.items()):
        a[row, parts], a[row, total] = 1, -1
    low, high = ranges(a[:, unknown], -a[:, ~found.withheld] @ np.array(counts)[~found.withheld])
    for cell, least, most in zip(unknown, low, high, strict=True):
        assert least - 1e-6 <= counts[cell] <= most + 1e-6  # the attack itself is sound
        if found.primary[cell]:
            assert most - least >= 10 - 1e-6


def test_a_search_count_by_count_agrees_with_the_ranges():
    # 2 x 2 with margins 9, 14 and 12, 11: one free count
    low, high = ranges([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], [9, 14, 12, 11])
    tables = [(a, 9 - a, 12 - a, 11 - (9 - a)) for a in range(24) if min(a, 9 - a, 12 - a, 11 - (9 - a)) >= 0]
    assert low == pytest.approx(np.min(tables, axis=0))
    assert high == pytest.approx(np.max(tables, axis=0))


def test_two_small_counts_alone_do_not_protect_each_other():
    found = protect([3, 4, 50, 57], {3: [0, 1, 2]})
    assert found.secondary.tolist() == [False, False, True, False]
    found = protect([6, 7, 50, 63], {3: [0, 1, 2]})
    assert not found.secondary.any()


def test_a_zero_protects_nobody():
    found = protect([0, 3, 20, 40, 63], {4: [0, 1, 2, 3]})
    assert found.published.tolist()[0] == 0
    assert found.secondary.tolist() == [False, False, True, False, False]


def test_a_small_total_goes_and_its_parents_lose_another():
    counts, sums = nested([[[3, 2], [40, 30], [20, 25]]])
    found = protect(counts, sums)
    assert found.primary[2]
    assert found.withheld[[5, 8]].any()


def test_chains_of_sums_are_followed():
    # margins of a table: 3 is withheld, so is one more in its row and column, and the corner that links them
    counts, sums = crossed([[3, 20, 30], [15, 25, 35], [40, 45, 50]])
    found = protect(counts, sums)
    assert found.secondary[:9].sum() >= 3
    assert determined(sums, found.withheld) == set()


def test_withholding_only_the_small_count_would_give_it_away():
    counts, sums = crossed([[3, 20], [15, 25]])
    only = np.array(counts) == 3
    assert exposed(counts, sums, only, only, 10)[0]
    assert determined(sums, only) == {0}


def test_those_not_counted_are_protected_as_well():
    assert primary([97, 50], [100, 100]).tolist() == [True, False]
    assert primary([100, 50], [100, 100]).tolist() == [False, False]
    assert primary([100, 0], [100, 100], zero_is_safe=False).tolist() == [True, True]


def test_known_denominators_narrow_the_ranges_and_are_allowed_for():
    # 6 + 14 = 20 withheld; but of 12 and 15 people at most 12 and 15 can be cases, so the first is 5 to 12
    counts, people = [6, 14, 50, 70], [12, 15, 80, 107]
    low, high = ranges([[1, 1]], [20], [12, 15])
    assert (low.tolist(), high.tolist()) == ([5, 8], [12, 15])
    assert not protect([6, 14, 50, 70], {3: [0, 1, 2]}).withheld[2]
    assert protect(counts, {3: [0, 1, 2]}, denominator=people).withheld[:3].sum() == 3


def test_a_single_unknown_is_known_whichever_way_it_is_found():
    for low, high in (ranges([[1]], [7]), ranges([[2]], [14]), ranges([[1]], [7], [30])):
        assert (low.tolist(), high.tolist()) == ([7], [7])


def test_with_denominators_the_solver_and_the_short_way_agree():
    short = ranges([[1, 1, 1]], [20], [12, 4, 15])
    solver = ranges([[1, 1, 1], [2, 2, 2]], [20, 40], [12, 4, 15])
    assert short[0] == pytest.approx(solver[0])
    assert short[1] == pytest.approx(solver[1])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6).filter(
        lambda rows: all(sum(row) for row in rows)
    )
)
def test_neither_cases_nor_others_can_be_recovered(rows):
    cases, others = (list(part) for part in zip(*rows, strict=True))
    counts = [*cases, sum(cases)]
    people = [x + y for x, y in zip(counts, [*others, sum(others)], strict=True)]
    sums = {len(cases): list(range(len(cases)))}
    found = protect(counts, sums, denominator=people)
    assert determined(sums, found.withheld) == set()
    assert not exposed(counts, sums, found.withheld, found.primary, 10, people).any()
    for x, n, shown in zip(counts, people, found.published, strict=True):
        assert np.isnan(shown) or ((x == 0 or x >= 10) and (n - x == 0 or n - x >= 10))


def test_rounding_comes_on_top_and_never_instead():
    found = protect([3, 22, 41, 66], {3: [0, 1, 2]}, rounding=5)
    assert np.isnan(found.published[0])
    assert found.published[2:].tolist() == [40, 65]
    assert rounded([2, 2.5, 7, 0], 5).tolist() == [0, 5, 5, 0]
    assert rounded([2, 7], 0).tolist() == [2, 7]


def test_the_threshold_is_a_setting():
    assert not protect([6, 20, 26], {2: [0, 1]}, threshold=5).withheld.any()
    assert protect([6, 20, 26], {2: [0, 1]}, threshold=7).withheld.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: primary([1, np.nan]), r"count is missing.*position 1"),
        (lambda: primary([-1]), "count is negative"),
        (lambda: primary([5], [4]), "larger than its denominator"),
        (lambda: primary([5], threshold=0), "threshold must be at least 1"),
        (lambda: rounded([5], -1), "must not be negative"),
        (lambda: protect([1, 2, 4], {2: [0, 1]}), "do not add up to the total at position 2"),
        (lambda: protect([1, 1], {1: [1]}), "no parts, itself"),
        (lambda: protect([1, 2], {1: [0, 0]}), "one part twice"),
        (lambda: ranges([[1, 1]], [-5]), "contradict"),
        (lambda: ranges([[1, 1], [1, 1]], [5, 6]), "contradict"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()


def test_many_combinations_of_published_figures():
    # by brute force: no difference of up to three published figures is a withheld small one
    counts, sums = nested([[[3, 20, 41], [17, 8, 33]], [[12, 26], [5, 4, 19]]])
    found = protect(counts, sums)
    names = {i: frozenset([i]) for i in range(len(counts)) if i not in sums}
    for total, parts in sums.items():
        names[total] = frozenset().union(*(names[p] for p in parts))
    known = [names[i] for i in range(len(counts)) if not found.withheld[i]]
    small = {names[i] for i in range(len(counts)) if found.primary[i]}
    for size in (2, 3):
        for whole, *parts in itertools.permutations(known, size):
            joined = frozenset().union(*parts)
            if sum(map(len, parts)) == len(joined) and joined < whole:
                assert whole - joined not in small
