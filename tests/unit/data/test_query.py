"""Questions to the shipped tables."""

import numpy as np
import pytest

from data.bundle import BundleError
from data.figures import text_of
from data.query import load_bundle
from data.schemas import observations as schema

LIVERPOOL, SEFTON, ENGLAND = "E08000012", "E08000014", "E92000001"


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


def test_the_shipped_observations_obey_their_schema(bundle):
    plain = text_of(bundle.observations)
    assert len(schema.validate(plain)) == len(plain) > 200_000


def test_a_slice_has_one_row_for_every_area_in_order(bundle):
    table = bundle.slice("imd-most-deprived-fifth", "neighbourhood")
    assert table["area_code"].tolist() == [f"LPL-W{i:02d}" for i in range(1, 14)]
    assert (table["period"] == "2025").all()
    assert (table["status"] == "reported").all()


def test_areas_without_a_figure_are_missing_never_zero(bundle):
    table = bundle.slice("obesity-year-6", "ward", places=[LIVERPOOL])
    assert len(table) == 64
    assert (table["status"] == "missing").all()
    assert table["value"].isna().all()


def test_withheld_small_areas_carry_no_number(bundle):
    table = bundle.slice("children-income-deprived", "lsoa")
    withheld = table[table["status"] == "suppressed"]
    assert len(withheld) == 67
    assert withheld[["value", "lower", "upper", "numerator", "denominator"]].isna().all().all()


def test_one_value_with_everything_that_belongs_to_it(bundle):
    found = bundle.value("gld", LIVERPOOL, "2024/25")
    assert (found.numerator, found.denominator, found.basis, found.reliability) == (
        3268,
        5083,
        "published",
        "A",
    )
    assert found.value == pytest.approx(64.29, abs=0.005)
    assert found.lower < found.value < found.upper
    assert bundle.value("obesity-year-6", "E05015277") is None
    assert bundle.value("nonsense", LIVERPOOL) is None


def test_periods_run_forward_and_the_latest_is_the_default(bundle):
    assert bundle.periods("gld") == ["2021/22", "2022/23", "2023/24", "2024/25"]
    assert bundle.value("gld", LIVERPOOL).period == "2024/25"
    series = bundle.series("fuel-poverty", "LPL-W01")
    assert series["period"].tolist() == ["2019", "2020", "2021", "2022"]


def test_levels_are_those_with_figures(bundle):
    assert bundle.levels("obesity-year-6") == ["place", "england"]
    assert bundle.levels("gld") == ["lsoa", "msoa", "ward", "neighbourhood", "place", "region", "england"]
    assert bundle.levels("imd-rank") == ["lsoa"]
    assert "pcn" in bundle.levels("qof-dm")


def test_estimates_are_told_from_what_was_counted(bundle):
    assert bundle.is_estimate("gld", "ward")
    assert bundle.is_estimate("qof-dm", "lsoa")
    assert not bundle.is_estimate("gld", "place")
    assert not bundle.is_estimate("disabled", "ward")
    assert not bundle.is_estimate("nonsense", "ward")


def test_a_profile_is_every_row_of_one_area(bundle):
    found = bundle.profile("LPL-W13")
    assert set(found["area_code"]) == {"LPL-W13"}
    assert len(found) == (bundle.observations["area_code"] == "LPL-W13").sum()
    assert bundle.profile("nowhere").empty


def test_comparators_never_include_the_area_itself(bundle):
    assert bundle.comparators("E05015277") == [LIVERPOOL, "E54000008", ENGLAND]
    assert bundle.comparators(LIVERPOOL) == ["E54000008", ENGLAND]
    assert bundle.comparators(ENGLAND) == []


def test_the_working_grouping_says_what_it_is(bundle):
    status = bundle.neighbourhood_status(LIVERPOOL)
    assert status.status == "working"
    assert "working grouping" in status.label
    assert "not the council's own list" in status.label
    assert "liverpool.csv" in status.replace
    assert bundle.neighbourhood_status(SEFTON) is None


def test_practices_and_schools_stand_where_they_say(bundle):
    city = bundle.practices(LIVERPOOL)
    parts = sum(len(bundle.practices(code)) for code in bundle.geometry("neighbourhood")["area_code"])
    assert len(city) == parts > 80
    wards = sum(len(bundle.schools(code)) for code in bundle.geometry("ward", [LIVERPOOL])["area_code"])
    assert len(bundle.schools(LIVERPOOL)) == wards > 150
    network = bundle.areas[bundle.areas["area_level"] == "pcn"].index[0]
    assert len(bundle.practices(network)) > 0


def test_the_wards_of_the_neighbourhoods_are_the_wards_of_the_city(bundle):
    wards = [code for area in bundle.geometry("neighbourhood")["area_code"] for code in bundle.wards_of(area)]
    assert sorted(wards) == sorted(bundle.geometry("ward", [LIVERPOOL])["area_code"])


def test_bounds_enclose_the_areas(bundle):
    west, south, east, north = bundle.areas.loc[LIVERPOOL, "bounds"]
    assert -3.1 < west < east < -2.7
    assert 53.2 < south < north < 53.6
    assert bundle.areas.loc[ENGLAND, "bounds"] is None


def test_limits_enclose_values_and_reported_values_are_finite(bundle):
    table = bundle.observations
    reported = table[table["status"] == "reported"]
    assert np.isfinite(reported["value"]).all()
    limited = reported[reported["lower"].notna()]
    assert (limited["lower"] <= limited["value"] + 1e-9).all()
    assert (limited["value"] <= limited["upper"] + 1e-9).all()
    assert limited["upper"].notna().all()


def test_no_limits_are_missing_where_a_method_applies(bundle):
    for indicator in bundle.indicators():
        rows = bundle.figures.of(indicator.id)
        rows = rows[(rows["status"] == "reported") & rows["numerator"].notna() & (rows["denominator"] > 0)]
        if indicator.interval in ("wilson", "byar"):
            assert rows["lower"].notna().all(), indicator.id


def test_a_broken_bundle_is_refused(tmp_path):
    with pytest.raises(BundleError, match=r"bundle\.json is missing"):
        load_bundle(tmp_path)
