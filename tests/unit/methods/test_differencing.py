"""Differencing: no set of admitted areas lets anyone narrow down a small part of one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.differencing import admit, gives_away, safe_set
from methods.results import MethodError

UNITS = {"a": 40, "b": 30, "c": 4, "d": 60, "e": 0}
WARD = {"a", "b", "c"}


def test_a_ward_less_one_small_area_is_refused():
    found = admit({"a", "b"}, {"Ward": WARD}, UNITS)
    assert not found.allowed
    assert found.against == ("Ward",)
    assert found.reason == "the difference between this area and Ward is below the threshold of 10"


def test_a_ward_and_one_small_area_more_is_refused():
    assert not admit(WARD, {"Mine": {"a", "b"}}, UNITS).allowed


def test_a_large_difference_is_allowed():
    assert admit({"a"}, {"Ward": WARD}, UNITS).allowed
    assert admit(WARD | {"d"}, {"Ward": WARD}, UNITS).allowed


def test_the_same_area_again_and_a_part_without_cases_give_nothing_away():
    assert admit(WARD, {"Ward": WARD}, UNITS).allowed
    assert admit(WARD | {"e"}, {"Ward": WARD}, UNITS).allowed
    assert not admit(WARD | {"e"}, {"Ward": WARD}, UNITS, zero_is_safe=False).allowed


def test_a_small_area_by_itself_is_refused():
    found = admit({"c"}, {}, UNITS)
    assert not found.allowed
    assert "of this area" in found.reason


def test_a_chain_of_differences_is_found():
    # no pair nests with a small difference, but Ward - a - b leaves c
    assert admit({"b"}, {"Ward": WARD}, UNITS).allowed
    found = admit({"b"}, {"Ward": WARD, "A": {"a"}}, UNITS)
    assert not found.allowed
    assert "together with" in found.reason


def test_areas_that_overlap_can_give_away_what_they_share():
    units = {"x": 30, "s": 3, "y": 30}
    areas = {"X": {"x", "s"}, "Y": {"s", "y"}}
    assert gives_away(areas, units) == ()
    assert gives_away({**areas, "Both": {"x", "s", "y"}}, units) == (frozenset("s"),)


def test_first_come_is_first_kept():
    kept, withheld = safe_set({"Ward": WARD, "Mine": {"a", "b"}, "Other": {"a"}}, UNITS)
    assert list(kept) == ["Ward", "Other"]
    assert list(withheld) == ["Mine"]


def small_sums(areas: dict[str, set[int]], counts: dict[int, int]) -> list[set[int]]:
    """Attack: published areas, each taken 0, 1 or -1 times, that together leave a small set."""
    found: list[set[int]] = []
    if not areas:
        return found
    order = sorted(counts)
    members = np.array([[unit in units for unit in order] for units in areas.values()], dtype=int)
    for signs in itertools.product((-1, 0, 1), repeat=len(areas)):
        left = np.array(signs) @ members
        if set(left) <= {0, 1} and left.any():
            units = {unit for unit, there in zip(order, left, strict=True) if there}
            if 0 < sum(counts[unit] for unit in units) < 10:
                found.append(units)
    return found


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.integers(0, 25), min_size=4, max_size=7),
    st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=6),
)
def test_no_combination_of_admitted_areas_leaves_a_small_count(numbers, wanted):
    counts = dict(enumerate(numbers))
    areas = {str(i): {unit % len(numbers) for unit in units} for i, units in enumerate(wanted)}
    kept, withheld = safe_set(areas, counts)
    assert set(kept) | set(withheld) == set(areas)
    assert small_sums({name: set(units) for name, units in kept.items()}, counts) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: admit(set(), {}, UNITS), "no units"),
        (lambda: admit({"a", "z"}, {}, UNITS), "1 units have no count, among them z"),
        (lambda: admit({"a"}, {}, {"a": -1}), "negative"),
        (lambda: gives_away({"A": {"a"}}, {"a": float("nan")}), "missing"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()
