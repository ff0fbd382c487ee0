"""The funnel plot agrees with the comparison by limits, and its words with the test."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from components.charts import funnel, names_beside
from data.catalogue.model import catalogue
from data.query import load_bundle
from methods.compare import against, judge

CHILDREN = catalogue()["children-income-deprived"]
ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def wards() -> pd.DataFrame:
    return load_bundle().slice(CHILDREN.id, "ward", places=["E08000012"])


def test_outside_the_95_limits_is_what_the_areas_own_limits_say(wards):
    bundle = load_bundle()
    for indicator in (CHILDREN, catalogue()["disabled"], catalogue()["overcrowding"]):
        rows = bundle.slice(indicator.id, "ward")
        mark = bundle.value(indicator.id, ENGLAND)
        assert mark is not None
        frame = funnel.prepare(indicator, rows, mark.value)
        assert len(frame) == len(rows)
        found = against(rows["lower"], rows["upper"], mark.value)
        own = [judge(word, indicator.polarity) for word in found.tolist()]
        assert [result.split(" (")[0] for result in frame["result"]] == own


def test_the_takeaway_counts_every_area_once(wards):
    frame = funnel.prepare(CHILDREN, wards, 36.6)
    words = funnel.takeaway(CHILDREN, frame, 36.6, "England")
    assert "of 64 wards" in words
    counts = [int(n) for n in re.findall(r"(\d+) (?:worse|better|inside)", words)]
    assert sum(counts) == len(frame)
    assert int(re.search(r"(\d+) worse", words)[1]) == (frame["result"] == "worse (99.8%)").sum()  # type: ignore[index]


def test_names_are_given_only_outside_the_outer_limits(wards):
    frame = funnel.prepare(CHILDREN, wards, 36.6)
    figure = funnel.draw(CHILDREN, frame, 36.6, "England")
    named = {note.text for note in figure.layout.annotations[2:]}
    outside = set(frame.loc[frame["result"].str.endswith("(99.8%)"), "area_name"])
    assert named
    assert named <= outside


def test_the_chosen_area_and_the_lines_are_named_at_every_width(wards):
    frame = funnel.prepare(CHILDREN, wards, 36.6)
    for code, name in zip(frame["area_code"], frame["area_name"], strict=True):
        figure = funnel.draw(CHILDREN, frame, 36.6, "England", chosen=code, every_width=True)
        for width in names_beside.WIDTHS:
            shown = [note.text for note in figure.layout.annotations if width in note.name.split()]
            assert {name, "England 36.6%", "99.8% limits"} <= set(shown), (name, width)
            assert len(set(shown)) == len(shown)
            assert len(shown) >= 8, (name, width)


def test_a_neutral_figure_is_never_worse():
    bundle = load_bundle()
    frame = funnel.prepare(catalogue()["disabled"], bundle.slice("disabled", "ward"), 17.3)
    assert not frame["result"].str.contains("worse|better").any()


@pytest.mark.parametrize(
    "indicator", ["imd-score", "imd-rank", "life-expectancy", "population", "fuel-poverty"]
)
def test_what_is_not_such_a_rate_has_no_funnel(indicator, wards):
    assert not funnel.available(funnel.prepare(catalogue()[indicator], wards, 10.0))


def test_areas_without_counts_or_benchmark_are_left_out(wards):
    assert not funnel.available(funnel.prepare(CHILDREN, wards, None))
    blank = wards.assign(numerator=np.where(wards.index < 3, np.nan, wards["numerator"]))
    assert len(funnel.prepare(CHILDREN, blank, 36.6)) == len(wards) - 3
    assert funnel.prepare(CHILDREN, wards.assign(value=wards["value"] + 5), 36.6).empty


def test_the_table_says_the_result_in_words(wards):
    frame = funnel.prepare(CHILDREN, wards, 36.6)
    table = funnel.to_table(CHILDREN, frame, "England")
    assert len(table) == 64
    assert set(table["Against England"]) >= {"worse (99.8%)", "better (99.8%)"}
