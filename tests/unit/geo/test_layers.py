"""Browser layers: hashed names, small numbers, nothing invented for missing values."""

import json

import geopandas as gpd
import numpy as np
from shapely.geometry import box

from geo.layers import features, write


def frame(values: list[object]) -> gpd.GeoDataFrame:
    shapes = [box(i, 0, i + 1, 1) for i in range(len(values))]
    return gpd.GeoDataFrame(
        {"code": [f"A{i}" for i in range(len(values))], "v0": values}, geometry=shapes, crs=4326
    )


def test_missing_values_are_left_out_and_whole_numbers_are_short():
    content = features(frame([12.0, 3.5, np.nan, "no data"]), ["code", "v0"])
    properties = [feature["properties"] for feature in content["features"]]
    assert properties == [
        {"code": "A0", "v0": 12},
        {"code": "A1", "v0": 3.5},
        {"code": "A2"},
        {"code": "A3", "v0": "no data"},
    ]
    assert "12.0" not in json.dumps(content["features"][0]["properties"])


def test_the_name_changes_with_the_content_only(tmp_path):
    first = write(tmp_path, "ward", features(frame([1.0]), ["code", "v0"]), "ONS")
    again = write(tmp_path, "ward", features(frame([1.0]), ["code", "v0"]), "ONS")
    other = write(tmp_path, "ward", features(frame([2.0]), ["code", "v0"]), "ONS")
    assert first == again
    assert first["file"] != other["file"]
    assert first["bounds"] == [0, 0, 1, 1]
    assert (tmp_path / first["file"]).stat().st_size == first["bytes"]
