"""The checks every method makes, and the shape of a result."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
from pathlib import Path

import numpy as np
import pytest

import methods
from methods.results import (
    Estimate,
    MethodError,
    counts,
    numbers,
    ordered_limits,
    refuse,
    same_length,
    weights,
)

MODULES = sorted(path.stem for path in Path(methods.__file__).parent.glob("*.py") if path.stem != "__init__")


def test_an_estimate_cannot_be_changed():
    estimate = Estimate(1, 0, 2, 0.95, "by hand")
    with pytest.raises(dataclasses.FrozenInstanceError):
        estimate.value = 3  # type: ignore[misc]


@pytest.mark.parametrize(("mark", "out"), [(0.5, True), (1, False), (2, False), (3, False), (3.1, True)])
def test_limits_that_touch_the_mark_do_not_exclude_it(mark, out):
    assert Estimate(2, 1, 3, 0.95, "by hand").excludes(mark) is out


def test_a_refusal_names_the_count_the_place_and_the_value():
    with pytest.raises(MethodError, match=r"too big: 2 of 3, first at position 1 \(value 8\)"):
        refuse([False, True, True], [1, 8, 9], "too big")


@pytest.mark.parametrize(
    ("check", "values", "message"),
    [
        (numbers, [1, np.nan], "missing or not finite"),
        (numbers, [1, np.inf], "missing or not finite"),
        (numbers, [[1, 2]], "2 dimensions"),
        (counts, [1, -2], "negative"),
        (weights, [1, 0], "0 or less"),
    ],
)
def test_what_is_not_a_number_of_its_kind_is_refused(check, values, message):
    with pytest.raises(MethodError, match=message):
        check(values, "figure")


def test_lengths_and_limits_must_fit():
    with pytest.raises(MethodError, match="a 1, b 2"):
        same_length(a=np.ones(1), b=np.ones(2))
    with pytest.raises(MethodError, match="outside its limits"):
        ordered_limits(np.array([5.0]), np.array([1.0]), np.array([4.0]))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name):
    result = doctest.testmod(importlib.import_module(f"methods.{name}"))
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_modules_stay_small(name):
    path = Path(methods.__file__).parent / f"{name}.py"
    assert len(path.read_text().splitlines()) < 300
