"""Every file taken away carries codes, limits, basis, source and licence; missing stays empty."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import box

from components import downloads
from data.catalogue.model import catalogue

GLD = catalogue()["gld"]
SOURCE = catalogue().sources[GLD.source]
CAVEATS = catalogue().caveats


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator_id": "gld",
            "area_code": ["E08000012", "E08000014"],
            "area_level": "place",
            "period": "2024/25",
            "group": "all",
            "value": [64.3, np.nan],
            "lower": [63.0, np.nan],
            "upper": [65.6, np.nan],
            "numerator": [3300.0, np.nan],
            "denominator": [5132.0, np.nan],
            "basis": ["published", None],
            "reliability": ["A", None],
            "status": ["reported", "suppressed"],
            "source_id": GLD.source,
            "area_name": ["Liverpool", "Sefton"],
            "place_code": ["E08000012", "E08000014"],
            "place_name": ["Liverpool", "Sefton"],
        }
    )


@pytest.fixture
def geometry() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": ["E08000012"]}, geometry=[box(-3, 53.3, -2.8, 53.5)], crs="EPSG:4326"
    )


def test_csv_reads_back_with_everything(rows):
    data = downloads.csv(rows, GLD, SOURCE)
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read UTF-8"
    frame = pd.read_csv(io.BytesIO(data))
    assert list(frame.columns) == downloads.COLUMNS
    assert frame["lower_95"].iloc[0] == 63.0
    assert pd.isna(frame["value"].iloc[1])
    for column in ("publisher", "source", "licence", "attribution"):
        assert frame[column].notna().all()
    assert frame["licence"].iloc[0] == SOURCE.licence


def test_excel_has_figures_and_definitions(rows):
    book = openpyxl.load_workbook(io.BytesIO(downloads.excel(rows, GLD, SOURCE, CAVEATS)))
    assert book.sheetnames == ["Figures", "Definitions"]
    cells = {str(row[0].value): str(row[1].value) for row in book["Definitions"].iter_rows(min_row=2)}
    assert cells["Indicator"] == GLD.title
    assert cells["Licence"] == SOURCE.licence
    assert any(
        CAVEATS[code].short in str(row[1].value) for row in book["Definitions"].rows for code in GLD.caveats
    )
    assert book["Figures"]["I3"].value is None, "a missing value is an empty cell"


def test_geojson_keeps_areas_without_a_figure_as_null(rows, geometry):
    content = json.loads(downloads.geojson(rows, geometry, GLD, SOURCE))
    assert [f["properties"]["area_code"] for f in content["features"]] == ["E08000012", "E08000014"]
    assert content["features"][1]["properties"]["value"] is None
    assert content["features"][1]["geometry"] is None
    assert content["features"][0]["geometry"]["type"] == "Polygon"
    assert content["attribution"] == SOURCE.attribution


def test_nothing_is_made_before_it_is_asked_for(rows, geometry):
    asked: list[str] = []

    def picture(form: str) -> bytes:
        asked.append(form)
        return b"x"

    found = downloads.offers("stem", rows, GLD, SOURCE, CAVEATS, geometry=lambda: geometry, picture=picture)
    assert [offer.file_name for offer in found] == [
        "stem.csv", "stem.xlsx", "stem.geojson", "stem.png", "stem.svg",
    ]  # fmt: skip
    assert asked == []
    assert found[-1].make() == b"x"
    assert asked == ["svg"]
