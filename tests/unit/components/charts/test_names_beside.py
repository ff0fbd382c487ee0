"""Names beside marks lie neither on each other nor on marks, at any width of the plot."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.charts import names_beside as names
from components.charts.names_beside import Plot

INK = "#111111"
WIDTHS = [
    (name, width) for name, (least, *_, most) in names.WIDTHS.items() for width in np.linspace(least, most, 5)
]


def box(note: dict, plot: Plot, width: float) -> tuple[float, float, float, float]:
    """Where a browser draws a note: pixels from the left and the foot, at 6 pixels a letter."""
    x, y = plot.pixels(note["x"], note["y"], width)
    wide = 6 * len(note["text"])
    left = x + note["xshift"] - {"left": 0, "center": wide / 2, "right": wide}[note["xanchor"]]
    foot = y + note["yshift"] - {"bottom": 0, "middle": 7, "top": 14}[note["yanchor"]]
    return left, foot, left + wide, foot + 14


def touch(one: tuple, two: tuple) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


places = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 50), st.integers(3, 24)), min_size=1, max_size=20)


@settings(deadline=None, max_examples=60)
@given(places)
def test_no_name_lies_on_another_or_on_a_mark(found):
    plot = Plot((-5, 105), (-3, 53), 320)
    marks = [x for x, _, _ in found], [y for _, y, _ in found]
    labels = [names.around("n" * length, x, y, INK) for x, y, length in found]
    made = names.notes(labels, marks, plot, every_width=True)
    for name, width in WIDTHS:
        shown = [box(note, plot, width) for note in made if name in note["name"].split()]
        assert not any(touch(one, two) for one, two in combinations(shown, 2))
        for x, y in zip(*marks, strict=True):
            across, up = plot.pixels(x, y, width)
            mark = (across - 4, up - 4, across + 4, up + 4)
            assert not any(touch(mark, one) for one in shown)
        assert all(one[0] > -8 and one[2] <= width + 23 for one in shown)


def test_a_name_that_must_be_there_lies_on_marks_rather_than_nowhere():
    plot = Plot((0, 10), (0, 10), 300)
    grid = np.array([(x, y) for x in np.arange(0, 10, 0.2) for y in np.arange(0, 10, 0.4)])
    marks = grid[:, 0], grid[:, 1]
    assert names.notes([names.around("Anfield", 5, 5, INK)], marks, plot, every_width=True) == []
    (note,) = names.notes([names.around("Anfield", 5, 5, INK, must=True)], marks, plot, every_width=True)
    assert note["name"] == "narrow medium wide broad"


def test_a_mark_with_room_has_its_name_on_the_right_of_it():
    plot = Plot((0, 10), (0, 10), 300)
    (note,) = names.notes([names.around("Anfield", 5, 5, INK)], ([5], [5]), plot)
    assert (note["xanchor"], note["yanchor"], note["xshift"], note["yshift"]) == ("left", "middle", 8, 0)
    assert "name" not in note
    near_the_edge = names.around("Kensington & Fairfield", 9, 5, INK)
    (left,) = names.notes([near_the_edge], ([9], [5]), plot)
    assert (left["xanchor"], left["xshift"]) == ("right", -8)


@pytest.mark.parametrize("most", [1, 3])
def test_the_first_are_named_where_not_all_may_be(most):
    plot = Plot((0, 10), (0, 10), 300)
    labels = [names.around(f"Area {i}", 2, i, INK) for i in range(1, 6)]
    made = names.notes(labels, ([2] * 5, list(range(1, 6))), plot, most=most)
    assert [note["text"] for note in made] == [f"Area {i + 1}" for i in range(most)]
