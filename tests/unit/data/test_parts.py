"""What areas are made of agrees with their residents."""

from __future__ import annotations

import pandas as pd
import pytest

from data.bundle import BundleError
from data.parts import COLUMNS, read_weights, small_areas, straddling, wards
from data.query import load_bundle


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


@pytest.fixture(scope="module")
def weights():
    return read_weights()


@pytest.mark.parametrize("level", ["msoa", "ward", "neighbourhood", "place"])
def test_the_parts_hold_all_residents(bundle, weights, level):
    code = str(bundle.areas.index[bundle.areas["area_level"] == level][0])
    parts = small_areas(bundle, weights, code)
    assert list(parts.columns) == COLUMNS
    assert parts["residents"].sum() == pytest.approx(float(bundle.areas.loc[code, "population"]), rel=0.005)


def test_a_place_is_made_of_whole_small_areas(bundle, weights):
    parts = small_areas(bundle, weights, "E08000012")
    assert len(parts) == 302
    assert straddling(parts) == 0


def test_a_ward_says_how_much_of_it_straddles(bundle, weights):
    parts = small_areas(bundle, weights, "E05015277")
    share = straddling(parts)
    by_hand = parts.loc[parts["share"] < 0.999999, "residents"].sum() / parts["residents"].sum()
    assert share == pytest.approx(by_hand)
    assert 0 < share < 1


def test_neighbourhoods_together_hold_all_wards_once(bundle):
    codes = bundle.areas.index[bundle.areas["area_level"] == "neighbourhood"]
    found = pd.concat([wards(bundle, str(code)) for code in codes])
    assert len(found) == len(set(found["area_code"])) == 64
    assert set(found["area_code"]) == set(wards(bundle, "E08000012")["area_code"])


def test_a_ward_is_not_made_of_wards(bundle):
    assert wards(bundle, "E05015277").empty
    assert straddling(wards(bundle, "E05015277")) is None


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(BundleError, match=r"weights\.parquet"):
        read_weights(tmp_path)
