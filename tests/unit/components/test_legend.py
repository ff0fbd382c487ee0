"""The legend says what the map shows: classes, counts that add up, which end is worse."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from components import legend
from data.catalogue.model import catalogue
from house_style.palette import SEQUENTIAL


def shade(indicator_id: str, values: list[float], letters: list[str] | None = None) -> legend.Shading:
    reliability = pd.Series(letters) if letters else None
    return legend.shade(catalogue()[indicator_id], pd.Series(values), reliability=reliability)


def test_lines_are_darkest_first_with_counts_that_add_up():
    shading = shade("imd-most-deprived-fifth", [float(x) for x in range(20)] + [np.nan])
    entries = shading.entries()
    assert [entry.colour for entry in entries] == [*SEQUENTIAL[::-1], None]
    assert entries[0].text == "16.0% to 19.0%"
    assert sum(entry.count for entry in entries) == 21
    assert entries[-1].text == legend.NO_FIGURES


def test_dark_is_the_worse_end_where_high_is_better():
    entries = shade("gld", [float(x) for x in range(50, 70)]).entries()
    assert entries[0].colour == SEQUENTIAL[-1]
    assert entries[0].text.startswith("50.0%")


def test_areas_without_a_figure_get_no_colour():
    shading = shade("gld", [60.0, np.nan, 70.0])
    assert set(shading.fills(["a", "b", "c"])) == {"a", "c"}


def test_a_map_without_figures_has_only_the_hatch():
    shading = shade("gld", [np.nan, np.nan])
    assert not shading.known
    assert [entry.colour for entry in shading.entries()] == [None]


def test_weak_estimates_have_their_own_line():
    shading = shade("gld", [60.0, 65.0, 70.0], ["A", "D", "D"])
    faded = [entry for entry in shading.entries() if entry.faded]
    assert [entry.count for entry in faded] == [2]


def test_hidden_weak_estimates_are_told_from_areas_without_a_figure():
    letters = pd.Series(["C", "D", "C", None])
    values = pd.Series([60.0, 65.0, 70.0, np.nan])
    shading = legend.shade(catalogue()["gld"], values, reliability=letters, hide_weak=True)
    counts = {entry.text: entry.count for entry in shading.entries()}
    assert counts["Weak estimate: hidden"] == 1
    assert counts[legend.NO_FIGURES] == 1
    assert sum(counts.values()) == 4
    assert set(shading.fills(["a", "b", "c", "d"])) == {"a", "c"}


def test_the_html_says_the_worse_end_and_escapes():
    text = legend.html(shade("gld", [60.0, 70.0]), level="ward", mode="dark", heading="<b>")
    assert "Darker means a lower figure, which is worse." in text
    assert "&lt;b&gt;" in text
    assert "1 ward<" in text


def test_the_description_carries_every_class():
    shading = shade("gld", [60.0, 70.0, np.nan])
    text = legend.alt_text(shading, level="ward", title="Takeaway.")
    assert text.startswith("Map. Takeaway.")
    for entry in shading.entries():
        assert entry.text in text


@pytest.mark.parametrize(("count", "expected"), [(1, "1 small area"), (1200, "1,200 small areas")])
def test_count_words(count, expected):
    assert legend.count_words(count, "lsoa") == expected
