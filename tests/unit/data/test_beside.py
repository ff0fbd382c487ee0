"""An area beside others: who they are, and that no judgement goes beyond the limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.beside import (
    AMONG_PLACES,
    FIGURES,
    Figure,
    beside_alike,
    beside_neighbours,
    counts,
    difference,
    measures_of,
    neighbours,
)
from data.likeness import MEASURES
from data.query import load_bundle
from methods.intervals import wilson

LIVERPOOL, SEFTON = "E08000012", "E08000014"


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


def proportion(part: int, whole: int) -> Figure:
    value, lower, upper = wilson([part], [whole])
    return Figure(100 * float(value[0]), 100 * float(lower[0]), 100 * float(upper[0]), "2025")


def test_neighbouring_is_mutual_and_stays_on_one_level(bundle):
    for level in ("ward", "place", "neighbourhood"):
        codes = bundle.geometry(level)["area_code"].tolist()[:40]
        for code in codes:
            for other in neighbours(bundle, code):
                assert other != code
                assert code in neighbours(bundle, other)
                assert bundle.areas.loc[other, "area_level"] == level


def test_liverpool_borders_the_places_that_the_map_shows(bundle):
    assert [bundle.name(code) for code in neighbours(bundle, LIVERPOOL)] == ["Halton", "Knowsley", "Sefton"]


def test_a_ward_at_the_edge_borders_wards_of_other_places(bundle):
    code = bundle.find("Fazakerley North")[0].area_code
    places = {bundle.areas.loc[other, "place_code"] for other in neighbours(bundle, code)}
    assert {LIVERPOOL, SEFTON} <= places


@given(st.integers(0, 400), st.integers(0, 400), st.integers(401, 900), st.integers(401, 900))
def test_the_two_sides_of_a_comparison_agree(a, b, m, n):
    bundle = load_once()
    indicator = bundle.catalogue["children-income-deprived"]
    one, other = proportion(a, m), proportion(b, n)
    opposite = {"better": "worse", "worse": "better", "similar": "similar"}
    verdict = difference(indicator, one, other)
    assert difference(indicator, other, one) == opposite[verdict]
    if verdict != "similar":
        assert (a / m > b / n) == (verdict == "worse")
    overlap = one.lower <= other.value <= one.upper and other.lower <= one.value <= other.upper
    assert verdict == "similar" or not overlap


def load_once(kept=[]):  # noqa: B006 one bundle for all examples
    kept[:] = kept or [load_bundle()]
    return kept[0]


def test_nothing_is_compared_without_limits_or_across_periods(bundle):
    indicator = bundle.catalogue["children-income-deprived"]
    one, other = proportion(10, 100), proportion(90, 100)
    assert difference(indicator, one, other) == "better"
    for broken in (
        Figure(10.0, None, None, "2025"),
        Figure(None, None, None, "2025"),
        Figure(one.value, one.lower, one.upper, "2019"),
    ):
        assert difference(indicator, broken, other) == "not compared"


def test_every_ward_local_area_and_place_has_five_likes_with_figures(bundle):
    for level in ("ward", "msoa", "place"):
        for code in bundle.geometry(level)["area_code"]:
            table = beside_alike(bundle, code)
            assert len(table.rows) == 5, code
            assert [item.id for item in table.indicators] == list(FIGURES), code
            assert all(cell.figure.value is not None for row in table.rows for cell in row.cells), code
            distances = [row.distance for row in table.rows]
            assert distances == sorted(distances)
            assert distances[0] > 0


def test_other_kinds_of_area_have_no_likes(bundle):
    for level in ("neighbourhood", "lsoa", "england"):
        code = bundle.areas.index[bundle.areas["area_level"] == level][0]
        assert beside_alike(bundle, code).rows == ()


def test_likes_are_of_another_council(bundle):
    for code in bundle.geometry("ward", [LIVERPOOL])["area_code"]:
        for row in beside_alike(bundle, code).rows:
            assert row.where != "Liverpool"
            assert not row.code or bundle.areas.loc[row.code, "place_code"] != LIVERPOOL


def test_no_figure_that_is_compared_makes_areas_alike():
    measured = {measure.key for measure in MEASURES}
    assert not measured & set(FIGURES)
    # disability and overcrowding make areas alike: they may stand beside neighbours, never beside likes
    assert "disabled" in measured
    assert "disabled" not in FIGURES
    assert "overcrowding" not in FIGURES
    assert set(AMONG_PLACES).isdisjoint(FIGURES)


def test_where_both_are_ours_the_shipped_figures_agree(bundle):
    """A like that is in Cheshire and Merseyside has the same figure in both tables."""
    shared = bundle.similar_figures[bundle.similar_figures["area_code"].isin(bundle.areas.index)]
    assert len(shared) > 200
    for row in shared.itertuples():
        ours = bundle.value(row.indicator_id, row.area_code, row.period)
        assert ours is not None
        assert row.value == pytest.approx(ours.value, abs=1e-4)
        if ours.lower is None:
            assert np.isnan(row.lower)
        else:
            assert (row.lower, row.upper) == pytest.approx((ours.lower, ours.upper), abs=1e-4)


def test_the_measures_of_our_areas_are_the_census_figures_shown_elsewhere(bundle):
    for level in ("ward", "msoa", "place"):
        codes = bundle.geometry(level)["area_code"].tolist()
        table = measures_of(bundle, codes)
        for key, indicator_id in (("disabled", "disabled"), ("overcrowded", "overcrowding")):
            ours = [bundle.value(indicator_id, code).value for code in codes]
            assert (100 * table.loc[key].astype(float)).tolist() == pytest.approx(ours, abs=0.051)


def test_counts_add_up_to_the_areas_compared(bundle):
    for code in bundle.geometry("ward", [SEFTON])["area_code"]:
        for table in (beside_neighbours(bundle, code), beside_alike(bundle, code)):
            for count in counts(table):
                assert 0 < count.tested <= len(table.rows)
            assert "comparative-illness-ratio" not in {count.indicator.id for count in counts(table)}
