"""No chain of published sums narrows a withheld count, whatever the levels it runs through."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.results import MethodError
from methods.small_area.cells import UnprotectedError, also_withhold, known_range

AREAS = {"a": {1}, "b": {2}, "c": {3}, "d": {4}, "ab": {1, 2}, "all": {1, 2, 3, 4}}


def test_a_single_withheld_part_is_the_remainder():
    low, high = known_range(AREAS, {"all": 100.0, "a": 20.0, "b": 30.0, "c": 40.0}, ["d"])
    assert (low[0], high[0]) == (10.0, 10.0)


def test_a_chain_through_a_middle_level_is_followed():
    # all - c - d = a + b, and b is known: a is as well
    low, high = known_range(AREAS, {"all": 100.0, "b": 30.0, "c": 40.0, "d": 10.0}, ["a", "ab"])
    assert low.tolist() == high.tolist() == [20.0, 50.0]


def test_an_area_that_no_sum_holds_can_be_anything():
    low, high = known_range(AREAS, {"a": 20.0}, ["b"])
    assert (low[0], high[0]) == (0.0, np.inf)


def test_a_withheld_whole_is_at_least_its_published_parts():
    low, high = known_range(AREAS, {"a": 20.0, "all": 60.0}, ["ab"])
    assert (low[0], high[0]) == (20.0, 60.0)


@pytest.mark.parametrize(
    "published", [{"all": 10.0, "a": 20.0}, {"all": 100.0, "a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}]
)
def test_counts_that_contradict_each_other_are_refused(published):
    with pytest.raises(MethodError, match="contradict"):
        known_range(AREAS, published, ["ab"])


def test_two_small_remainders_do_not_protect_each_other():
    # a and b together are 6: nobody may know that each is 6 at most
    measure = {"c": 40.0, "d": 54.0, "all": 100.0}
    assert also_withhold(AREAS, [measure], {"a", "b"}, {"all"}) == {"c"}


def test_the_published_total_is_never_withheld():
    with pytest.raises(UnprotectedError):
        also_withhold({"a": {1}, "all": {1}}, [{"all": 6.0}], {"a"}, {"all"})


def test_each_kind_of_count_is_protected():
    reached, behind = (
        {"b": 60.0, "c": 70.0, "d": 80.0, "all": 260.0},
        {"b": 30.0, "c": 4.0, "d": 50.0, "all": 87.0},
    )
    extra = also_withhold(AREAS, [reached, behind], {"a"}, {"all"})
    hidden = ["a", *sorted(extra)]
    for measure in (reached, behind):
        low, high = known_range(AREAS, {k: v for k, v in measure.items() if k not in hidden}, hidden)
        assert high[0] - low[0] >= 10


@given(
    st.lists(st.integers(0, 40), min_size=6, max_size=14),
    st.sets(st.integers(0, 13), min_size=1, max_size=4),
    st.integers(2, 4),
)
def test_whatever_is_withheld_stays_withheld(parts, chosen, group):
    """Wards in groups in a Place, all groups and all other wards published."""
    hidden = {f"w{i}" for i in chosen if i < len(parts)}
    if not hidden:
        return
    cells = {f"w{i}": {i} for i in range(len(parts))}
    groups = {
        f"g{start}": set(range(start, min(start + group, len(parts))))
        for start in range(0, len(parts), group)
    }
    cells |= groups | {"place": set(range(len(parts)))}
    measure = {name: float(sum(parts[i] for i in own)) for name, own in cells.items() if name not in hidden}
    try:
        extra = also_withhold(cells, [measure], hidden, {"place"})
    except UnprotectedError:
        assert sum(parts) < 30
        return
    left = {name: count for name, count in measure.items() if name not in extra}
    low, high = known_range(cells, left, sorted(hidden))
    assert (high - low >= 10 - 1e-6).all()
