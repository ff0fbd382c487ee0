"""Neighbours and spatial statistics against esda and libpysal, noise, planted clusters and missing values.

Fixed values were made once with esda 2.9.0 and libpysal 4.14.1 on the grid and the figures below: Moran and
Moran_Local with row-standardised queen weights, G_Local with star=True and binary weights.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from shapely import MultiPolygon, Point, Polygon, box

from methods.contiguity import queen
from methods.permutation import false_discovery_rate
from methods.results import MethodError
from methods.spatial import getis_ord, global_moran, local_moran

GRID = [box(x, y, x + 1, y + 1) for y in range(7) for x in range(6)]
FIGURES = np.array([round(10 + 3 * np.sin(1.3 * i) + 0.15 * (i // 6) * (i % 6), 3) for i in range(42)])
PICKED = [0, 7, 20, 41]
NEIGHBOURS = queen(GRID)


def test_queen_neighbours_of_a_grid():
    assert [len(NEIGHBOURS.of[i]) for i in (0, 1, 7)] == [3, 5, 8]
    assert NEIGHBOURS.of[7] == (0, 1, 2, 6, 8, 12, 13, 14)
    assert NEIGHBOURS.islands == ()


def test_neighbours_are_those_of_libpysal():
    weights = pytest.importorskip("libpysal.weights", reason="libpysal is not a dependency, only a yardstick")
    geopandas = pytest.importorskip("geopandas")
    two_pieces = MultiPolygon([box(6, 0, 7, 1), box(6, 5, 7, 6)])
    shapes = [*GRID, two_pieces, Polygon([(0, 7), (1, 7), (2, 7), (1, 9)])]
    theirs = weights.Queen.from_dataframe(geopandas.GeoDataFrame(geometry=shapes), use_index=False)
    assert [list(row) for row in queen(shapes).of] == [
        sorted(theirs.neighbors[i]) for i in range(len(shapes))
    ]


def test_an_island_is_joined_to_the_nearest_area_both_ways_or_left():
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(3, 0, 4, 1), box(30, 0, 31, 1)]
    joined = queen(shapes)
    assert joined.of == ((1,), (0, 2), (1, 3), (2,))
    assert joined.islands == (2, 3)
    left = queen(shapes, islands="leave")
    assert left.of == ((1,), (0,), (), ())
    assert "left" in left.method


def test_a_gap_can_be_bridged():
    shapes = [box(0, 0, 1, 1), box(1.01, 0, 2, 1), box(5, 0, 6, 1)]
    assert queen(shapes, islands="leave").of == ((), (), ())
    assert queen(shapes, islands="leave", snap=0.02).of == ((1,), (0,), ())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: queen([box(0, 0, 1, 1)]), "at least two areas"),
        (lambda: queen([box(0, 0, 1, 1), None]), r"no polygon.*position 1"),
        (lambda: queen([box(0, 0, 1, 1), Polygon()]), "no polygon"),
        (lambda: queen(GRID, islands="drop"), "unknown way with islands 'drop'"),
        (lambda: queen(GRID, snap=-1), "must not be negative"),
        (lambda: local_moran(FIGURES[:5], NEIGHBOURS), "5 values do not fit 42 areas"),
        (lambda: local_moran(np.ones(42), NEIGHBOURS), "all values are equal"),
        (lambda: local_moran(np.where(FIGURES > 12, np.inf, FIGURES), NEIGHBOURS), "infinite"),
        (lambda: local_moran(np.where(np.arange(42) < 20, np.nan, FIGURES), NEIGHBOURS), "30 are needed"),
        (lambda: global_moran(FIGURES, NEIGHBOURS, permutations=9), "at least 99 permutations"),
        (lambda: getis_ord(FIGURES, NEIGHBOURS, rate=1.0, permutations=99), "must lie between 0 and 1"),
        (lambda: false_discovery_rate([0.1, np.nan]), "missing or not between"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(MethodError, match=message):
        call()


def test_global_moran_is_esdas():
    found = global_moran(FIGURES, NEIGHBOURS)
    assert found.value == pytest.approx(0.28586058818)
    assert found.expected == pytest.approx(-1 / 41)
    assert found.p == pytest.approx(0.0022, abs=0.0015)  # esda: 0.0011 one-sided
    assert found.lower < found.expected < found.upper < found.value


def test_local_moran_is_esdas():
    found = local_moran(FIGURES, NEIGHBOURS, permutations=999)
    assert found.value[PICKED] == pytest.approx([-0.219958, 0.018541, -0.038938, 2.585939], abs=1e-6)


def test_getis_ord_is_esdas():
    found = getis_ord(FIGURES, NEIGHBOURS, permutations=999)
    assert found.value[PICKED] == pytest.approx([0.445435, -1.215393, 0.149761, 3.575265], abs=1e-6)


@pytest.mark.filterwarnings("ignore:The alternative hypothesis")
def test_permutation_p_values_agree_with_esdas():
    esda = pytest.importorskip("esda", reason="esda is not a dependency, only a yardstick")
    from libpysal.weights import W

    weights = W({i: list(row) for i, row in enumerate(NEIGHBOURS.of)}, silence_warnings=True)
    weights.transform = "r"
    theirs = np.minimum(1, 2 * esda.Moran_Local(FIGURES, weights, permutations=1999, seed=1).p_sim)
    ours = local_moran(FIGURES, NEIGHBOURS, permutations=1999).p
    assert np.abs(ours - theirs).max() < 0.09
    assert np.corrcoef(ours, theirs)[0, 1] > 0.99


def test_local_moran_averages_to_global_moran():
    local, whole = local_moran(FIGURES, NEIGHBOURS, permutations=99), global_moran(FIGURES, NEIGHBOURS)
    assert local.value.sum() / 41 == pytest.approx(whole.value)


def test_noise_shows_no_spots():
    grid = queen([box(x, y, x + 1, y + 1) for y in range(25) for x in range(25)])
    labelled = sum(
        (
            test(np.random.default_rng(seed).normal(size=625), grid, permutations=999).label
            != "not significant"
        ).sum()
        for seed in range(3)
        for test in (local_moran, getis_ord)
    )
    assert labelled <= 3


def test_without_the_adjustment_noise_would_show_spots():
    grid = queen([box(x, y, x + 1, y + 1) for y in range(25) for x in range(25)])
    found = local_moran(np.random.default_rng(0).normal(size=625), grid, permutations=999)
    assert (found.p <= 0.05).sum() > 15
    assert np.all(found.p_adjusted >= found.p)


def test_a_planted_cluster_is_found_and_named():
    side = 12
    grid = queen([box(x, y, x + 1, y + 1) for y in range(side) for x in range(side)])
    values = np.random.default_rng(6).normal(size=side * side)
    hot = np.array([x < 4 and y < 4 for y in range(side) for x in range(side)])
    values[hot] += 5
    moran, star = local_moran(values, grid, permutations=1999), getis_ord(values, grid, permutations=1999)
    centre = 1 * side + 1
    assert moran.label[centre] == "high among high"
    assert star.label[centre] == "hot spot"
    values[centre] = -5
    assert local_moran(values, grid, permutations=1999).label[centre] == "low among high"


def test_missing_figures_are_set_aside_never_taken_as_0():
    values = FIGURES.copy()
    values[[3, 20]] = np.nan
    found = local_moran(values, NEIGHBOURS, permutations=999)
    assert found.label[3] == found.label[20] == "no data"
    assert np.isnan(found.value[[3, 20]]).all()
    assert found.areas == 40
    kept = [i for i in range(42) if i not in (3, 20)]
    without = local_moran(values[kept], queen([GRID[i] for i in kept]), permutations=999)
    assert found.value[kept] == pytest.approx(without.value)
    assert found.p[kept] == pytest.approx(without.p)


def test_an_area_left_without_neighbours_is_not_tested():
    shapes = [*GRID, Point(50, 50).buffer(1)]
    values = np.append(FIGURES, 99.0)
    found = getis_ord(values, queen(shapes, islands="leave"), permutations=999)
    assert found.label[-1] == "not significant"
    assert np.isnan(found.p[-1])
    assert found.areas == 42


def test_the_same_seed_gives_the_same_p():
    a, b = (local_moran(FIGURES, NEIGHBOURS, permutations=499).p for _ in range(2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, local_moran(FIGURES, NEIGHBOURS, permutations=499, seed=1).p)


def test_p_values_of_one_neighbourhood_are_those_of_all_draws():
    # five areas in a row: the area in the middle has 2 of 4 others as neighbours, 6 draws in all
    row = queen([box(x, 0, x + 1, 1) for x in range(5)])
    values = [1.0, 9.0, 0.0, 8.0, 2.0]
    found = local_moran(values, row, least=5, permutations=9999)
    # only one of the 6 draws, {9, 8}, is as high as the neighbours are
    assert found.p[2] == pytest.approx(2 / 6, abs=0.02)


def test_the_false_discovery_rate_is_scipys():
    p = np.random.default_rng(7).uniform(size=200) ** 2
    assert false_discovery_rate(p) == pytest.approx(stats.false_discovery_control(p))
    order = np.argsort(p)
    by_hand = np.minimum.accumulate((p[order] * 200 / np.arange(1, 201))[::-1])[::-1]
    assert false_discovery_rate(p)[order] == pytest.approx(np.minimum(by_hand, 1))
