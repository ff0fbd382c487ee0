"""Hexagons: of one size, side by side, where the wards are."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.hexes import WIDTH_METRES, hexes


def layout(cells: list[tuple[int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["q", "r"])
    frame.insert(0, "area_code", [f"W{i}" for i in range(len(cells))])
    frame.insert(1, "place_code", "P")
    return frame


def spots(count: int) -> dict[str, tuple[float, float]]:
    return {f"W{i}": (335_000.0 + i, 390_000.0) for i in range(count)}


def test_neighbours_share_an_edge_and_nothing_overlaps():
    found = hexes(layout([(0, 0), (1, 0), (0, 1), (0, 2)]), spots(4)).geometry.to_numpy()
    area = shapely.area(found)
    assert area == pytest.approx(area[0])
    assert shapely.area(shapely.union_all(found)) == pytest.approx(area.sum(), rel=1e-6)
    edge = WIDTH_METRES / np.sqrt(3)
    # an odd row lies half a hexagon to the right: (0, 1) touches (0, 0), (1, 0) and (0, 2)
    for other in (0, 1, 3):
        assert found[2].buffer(0.01).intersection(found[other].buffer(0.01)).length == pytest.approx(
            2 * edge, rel=0.01
        )


def test_rows_run_north_and_the_middle_stays():
    found = hexes(layout([(0, 0), (0, 5)]), spots(2))
    assert found.geometry[1].centroid.y > found.geometry[0].centroid.y
    middle = np.mean([[shape.centroid.x, shape.centroid.y] for shape in found.geometry], axis=0)
    assert middle == pytest.approx([335_000.5, 390_000.0])


def test_a_ward_without_a_centre_or_two_on_one_hexagon_is_refused():
    with pytest.raises(ValueError, match="no centre for W1"):
        hexes(layout([(0, 0), (1, 0)]), spots(1))
    with pytest.raises(ValueError, match="two wards on one hexagon"):
        hexes(layout([(0, 0), (0, 0)]), spots(2))


def test_the_shipped_hexagons_are_the_wards():
    from data.query import load_bundle

    bundle = load_bundle()
    assert set(bundle.geometry("hex")["area_code"]) == set(bundle.geometry("ward")["area_code"])
    assert bundle.geometry("hex", ["E08000013"])["area_name"].notna().sum() == 18
    assert "hex-E08000012" in bundle.layers["layers"]
