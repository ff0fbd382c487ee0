"""Numbers as people say them: near the figure, or said more exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.briefing import words


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (0, "none"),
        (0.2, "fewer than 1 in 100"),
        (2.2, "about 2 in 100"),
        (8.6, "about 9 in 100"),
        (9.0, "about 1 in 10"),
        (10, "1 in 10"),
        (13, "about 13 in 100"),
        (15, "about 15 in 100"),
        (25.0, "1 in 4"),
        (33.3, "1 in 3"),
        (36.0, "about 36 in 100"),
        (37.0, "about 4 in 10"),
        (40.1, "4 in 10"),
        (45.0, "about 45 in 100"),
        (50.4, "5 in 10"),
        (66.7, "2 in 3"),
        (70.2, "7 in 10"),
        (96.3, "about 96 in 100"),
        (99.7, "nearly all"),
        (100, "all"),
    ],
)
def test_a_share_is_said_as_people_say_it(percent: float, said: str) -> None:
    assert words.share(percent) == said


@pytest.mark.parametrize("percent", [-0.1, 100.1, float("nan")])
def test_what_is_no_share_is_refused(percent: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        words.share(percent)


@given(st.floats(0.5, 99.4))
def test_a_share_never_strays_far_from_its_figure(percent: float) -> None:
    found = re.fullmatch(r"(about )?(\d+) in (\d+)", words.share(percent))
    assert found is not None
    said = int(found[2]) / int(found[3]) * 100
    assert abs(said - percent) <= min(words.NEAR_TENTH, max(0.5, words.NEAR_SHARE * percent)) + 1e-9
    if not found[1]:
        assert abs(said - percent) <= words.EXACT


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (70.2, 36.6, ("70 in 100", "37 in 100")),
        (4.02, 4.4, ("40 in 1,000", "44 in 1,000")),
        (2.2, 4.4, ("2 in 100", "4 in 100")),
        (24.4, 23.6, ("244 in 1,000", "236 in 1,000")),
        (24.4, 23.2, ("24 in 100", "23 in 100")),
    ],
)
def test_two_figures_are_out_of_the_same_number(first: float, second: float, said: tuple[str, str]) -> None:
    assert words.pair(first, second) == said


@given(st.floats(1, 99), st.floats(1, 99))
def test_two_figures_that_differ_by_a_point_do_not_look_alike(first: float, second: float) -> None:
    one, two = words.pair(first, second)
    assert one.split(" in ")[1] == two.split(" in ")[1]
    if abs(first - second) >= 0.2:
        assert one != two


@pytest.mark.parametrize(
    ("number", "said"),
    [(15.4, "15"), (193.2, "190"), (5215, "5,200"), (42_527, "42,500"), (486_030, "486,000")],
)
def test_people_are_counted_in_round_numbers(number: float, said: str) -> None:
    assert words.people(number) == said


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=5).filter(lambda parts: sum(parts) > 0.01))
def test_a_hundred_figures_are_a_hundred(parts: list[float]) -> None:
    found = words.hundred(parts)
    assert sum(found) == 100
    total = sum(parts)
    assert all(abs(count - part / total * 100) < 1 for count, part in zip(found, parts, strict=True))


def test_parts_of_nothing_are_refused() -> None:
    for parts in ([0.0, 0.0], [1.0, -1.0, 3.0]):
        with pytest.raises(ValueError, match="parts"):
            words.hundred(parts)


@pytest.mark.parametrize(
    ("east", "north", "said"),
    [(0, 1, "north"), (1, 0, "east"), (-1, -1, "south-west"), (-1, 0.1, "west"), (0.1, -1, "south")],
)
def test_directions(east: float, north: float, said: str) -> None:
    assert words.compass(east, north) == said


def test_small_words() -> None:
    assert words.period("2022 - 24") == "2022 to 2024"
    assert words.period("2024/25") == "2024/25"
    assert words.the("Anfield area") == "the Anfield area"
    assert words.the("St Helens") == "St Helens"
    assert words.spelled(3) == "three"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
