"""Downloads open again, name their source and keep what is missing empty."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest

from components.table_downloads import as_csv_zip, as_excel, as_parquet, cut, readable


@pytest.fixture(scope="module")
def small(bundle) -> pd.DataFrame:
    return readable(cut(bundle, "long-term-conditions", "place"), bundle)


@pytest.fixture(scope="module")
def withheld(bundle) -> pd.DataFrame:
    frame = cut(bundle, "", "lsoa")
    return readable(frame[frame["status"] == "suppressed"].head(5), bundle)


def test_a_cut_holds_one_theme_and_level(bundle, small):
    assert set(small["area_level"]) == {"place"}
    themes = {bundle.catalogue[key].theme for key in small["indicator_id"].unique()}
    assert themes == {"long-term-conditions"}


def test_nothing_chosen_is_everything(bundle):
    assert len(cut(bundle, "", "")) == len(bundle.observations)


def test_every_row_names_area_unit_source_and_version(bundle, small):
    for column in ("area_name", "indicator", "unit", "source", "attribution"):
        assert small[column].notna().all(), column
    assert set(small["data_version"]) == {bundle.version}


def test_the_csv_opens_again(small):
    with zipfile.ZipFile(io.BytesIO(as_csv_zip(small, "figures"))) as archive:
        back = pd.read_csv(archive.open("figures.csv"))
    assert list(back.columns) == list(small.columns)
    assert back["value"].to_numpy() == pytest.approx(small["value"].to_numpy(), nan_ok=True)


def test_withheld_numbers_stay_empty(withheld):
    assert len(withheld)
    back = pd.read_csv(io.BytesIO(as_csv_zip(withheld, "x")), compression="zip")
    assert back[["value", "lower", "upper", "numerator"]].isna().all(axis=None)


def test_parquet_opens_again(small):
    assert len(pd.read_parquet(io.BytesIO(as_parquet(small)))) == len(small)


def test_the_workbook_explains_itself(bundle, small):
    book = pd.read_excel(io.BytesIO(as_excel(small, bundle)), sheet_name=None)
    assert list(book) == ["Figures", "Indicators", "Sources"]
    assert len(book["Figures"]) == len(small)
    assert set(book["Indicators"]["id"]) == set(small["indicator_id"])
    assert book["Sources"]["licence"].notna().all()
