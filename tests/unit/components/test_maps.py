"""The drawn maps (on the page and to keep): every area once, hatch for no figure, names that fit."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPolygon, box

from components import basemap, legend, simple_map, static_map
from components.basemap import Surroundings
from components.simple_map import Label
from data.catalogue.model import catalogue

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def geometry() -> gpd.GeoDataFrame:
    """Six squares in two rows near Liverpool."""
    shapes = [
        box(-3 + 0.1 * x, 53.4 + 0.1 * y, -2.9 + 0.1 * x, 53.5 + 0.1 * y) for x in range(3) for y in range(2)
    ]
    return gpd.GeoDataFrame(
        {
            "area_code": [f"E{i}" for i in range(6)],
            "area_name": [f"Area {i} & <co>" for i in range(6)],
            "place_code": "E08000012",
        },
        geometry=shapes,
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def around(geometry: gpd.GeoDataFrame) -> Surroundings:
    place = gpd.GeoDataFrame({"area_code": ["E08000012"]}, geometry=[geometry.union_all()], crs="EPSG:4326")
    return Surroundings((box(-4, 53, -3.02, 54),), (), (LineString([(-3, 53.3), (-2.7, 53.7)]),), place)


VALUES = [1.0, 2.0, 3.0, 4.0, 5.0, np.nan]
SHADING = legend.shade(catalogue()["imd-score"], pd.Series(VALUES))
FILLS = SHADING.fills([f"E{i}" for i in range(6)])


def test_every_area_with_a_figure_has_its_colour(geometry, around):
    text = simple_map.svg(geometry, FILLS, around=around)
    fills = [path.get("fill") for path in ElementTree.fromstring(text).iter(f"{SVG}path")]
    for colour in SHADING.colours:
        assert fills.count(colour) == 1
    assert fills.count("url(#none)") == 1


def test_it_is_valid_xml_with_names_escaped_and_a_title(geometry, around):
    names = dict(zip(geometry["area_code"], geometry["area_name"], strict=True))
    text = simple_map.svg(geometry, FILLS, around=around, labels=names, alt="A <map>", type_size=20)
    root = ElementTree.fromstring(text)
    assert root.find(f"{SVG}title").text == "A <map>"  # type: ignore[union-attr]
    shown = "".join("".join(found.itertext()) for found in root.iter(f"{SVG}text"))
    assert "Area 0 & <co>" in shown


def test_it_calls_nothing_from_elsewhere(geometry, around):
    text = simple_map.svg(geometry, FILLS, around=around)
    assert set(re.findall(r"https?://[\w./]+", text)) == {"http://www.w3.org/2000/svg"}


def test_weak_estimates_are_pale_over_the_hatch(geometry):
    text = simple_map.svg(geometry, FILLS, faded=frozenset({"E0"}))
    assert text.count(f'fill-opacity="{legend.FADED}"') == 1


def test_the_chosen_area_is_outlined_twice(geometry):
    plain, chosen = (simple_map.svg(geometry, FILLS, chosen=code) for code in (None, "E3"))
    assert chosen.count('fill="none"') - plain.count('fill="none"') == 2


def test_modes_differ_and_classes_do_not(geometry, around):
    light, dark = (simple_map.svg(geometry, FILLS, around=around, mode=mode) for mode in ("light", "dark"))
    assert light != dark
    for colour in SHADING.colours:
        assert colour in light
        assert colour in dark


def test_a_shape_of_several_parts_keeps_all_parts():
    view = basemap.window((0, 50, 2, 51), 100, 100)
    d = simple_map.path(MultiPolygon([box(0, 50, 0.9, 51), box(1.1, 50, 2, 51)]), view)
    assert d.count("M") == 2
    assert d.count("z") == 2


def test_names_do_not_touch():
    view = basemap.window((-3, 53.3, -2.8, 53.5), 400, 400)
    labels = [
        Label(200, 200, ("Everton",), 20),
        Label(210, 205, ("Anfield",), 20),
        Label(200, 300, ("Speke",), 20),
    ]
    assert [label.lines[0] for label in simple_map.place_labels(labels, view)] == ["Everton", "Speke"]
    assert simple_map.place_labels([Label(5, 5, ("Cut off",), 20)], view) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Everton", ("Everton",)), ("Much Woolton & Hunts Cross", ("Much Woolton", "& Hunts Cross"))],
)
def test_long_names_go_on_two_lines(name, expected):
    assert simple_map.split_name(name) == expected


def test_the_window_holds_the_areas_and_keeps_shapes_true():
    view = basemap.window((-3.0, 53.3, -2.8, 53.5), 800, 600)
    assert view.west < -3.0
    assert view.north > 53.5
    corner = view.project(np.array([[view.west, view.north], [view.east, view.south]]))
    assert corner.ravel() == pytest.approx([0, 0, 800, 600])
    per_x = (view.east - view.west) * view.squeeze / 800
    assert per_x == pytest.approx((view.north - view.south) / 600)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_picture_to_keep(geometry, around, form):
    made = [
        static_map.draw(
            geometry, SHADING, FILLS, level="ward", title="A takeaway " * 12, subtitle="What it is, 2025",
            source="Source: somebody. " * 20, around=around, form=form,
            labels=dict(zip(geometry["area_code"], geometry["area_name"], strict=True)),
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1], "the same map is the same file"
    assert made[0].startswith(b"\x89PNG" if form == "png" else b"<?xml")
