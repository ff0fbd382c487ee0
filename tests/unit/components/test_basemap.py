"""The window of a drawn map: what lies around the areas is cut to it, whatever the shape of the picture."""

from __future__ import annotations

import pytest
import shapely

from components import store
from components.basemap import BACKGROUND, layers_for, surroundings, window
from geo.config import config


@pytest.mark.parametrize("size", [(760, 560), (760, 860), (760, 1000), (800, 800)])
@pytest.mark.parametrize("code", config().place_codes)
@pytest.mark.parametrize("level", ["ward", "msoa"])
def test_the_surroundings_of_every_place_can_be_cut(level: str, code: str, size: tuple[int, int]) -> None:
    bundle = store.bundle()
    around = surroundings(bundle, [code])
    view = window(bundle.geometry(level, [code]).total_bounds, *size)
    box = shapely.box(view.west, view.south, view.east, view.north).buffer(1e-9)
    for shapes in (around.water, around.motorways, list(around.places.geometry)):
        for piece in view.clip(shapes):
            assert box.covers(piece)
    assert view.clip(list(around.places.geometry))


def test_a_place_outside_the_region_has_no_background() -> None:
    bundle = store.bundle()
    assert layers_for(bundle, ["E08000012"]) is bundle.layers["layers"]
    both = layers_for(bundle, ["E08000012", "E08000035"])
    assert set(bundle.layers["layers"]) - set(both) == set(BACKGROUND)
    around = surroundings(bundle, ["E08000035"])
    assert (around.water, around.districts, around.motorways, around.towns) == ((), (), (), ())
    assert len(around.places) == 9
