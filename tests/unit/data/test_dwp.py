"""Child poverty and Universal Credit ingest on small made-up files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.model import read_catalogue
from data.ingest import census, dwp
from data.schemas import NUMBERS
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder

Make = Callable[..., SourceFolder]
LIVERPOOL, SEFTON, ELSEWHERE = "E08000012", "E08000014", "E08000003"
COUNT_24, COUNT_25 = "Number of children FYE 2024", "Number of children FYE 2025"
PERCENT_24 = "Percentage of children FYE 2024 (%) [note 3]"
PERCENT_25 = "Percentage of children FYE 2025 (%) [note 3]"


def wards() -> pd.DataFrame:
    """Two wards of Liverpool and one elsewhere."""
    return pd.DataFrame(
        {
            "Area Code_1": [LIVERPOOL, LIVERPOOL, ELSEWHERE],
            "Area Code_3": ["E05000001", "E05000002", "E05000009"],
            COUNT_24: ["100", "30", "999"], COUNT_25: ["110", "33", "999"],
            PERCENT_24: ["20.0", "10.0", "50.0"], PERCENT_25: ["22.0", "11.0", "50.0"],
        },
        dtype=object,
    )  # fmt: skip


def authorities() -> pd.DataFrame:
    """The United Kingdom, two Places, another English authority, and one of Northern Ireland."""
    return pd.DataFrame(
        {
            "Area Code": ["K02000001", LIVERPOOL, SEFTON, ELSEWHERE, "N09000001"],
            COUNT_24: ["9999", "131", "50", "1000", "7"], COUNT_25: ["9999", "143", "50", "1000", "7"],
            PERCENT_24: ["26.3", "16.4", "10.0", "50.0", "1.0"],
            PERCENT_25: ["26.0", "17.9", "10.0", "50.0", "1.0"],
        },
        dtype=object,
    )  # fmt: skip


def before_housing() -> pd.DataFrame:
    base = {
        "area": ["Town 001", "Town 002", "Wales 001"],
        "msoa11_code": ["E02000001", "E02000002", "W02000001"],
    }
    return pd.DataFrame(base | {column: [10, 0, 30] for column in dwp.BHC_YEARS}).astype(object)


def universal_credit() -> pd.DataFrame:
    base = {
        "area": ["Town 001", "Town 002", "Wales 001"],
        "msoa11_code": ["E02000001", "E02000002", "W02000001"],
    }
    return pd.DataFrame(base | {column: [40, 50, 60] for column in dwp.UC_MONTHS}).astype(object)


def lookup() -> pd.DataFrame:
    """Town 001 has one LSOA of 2021 and half of another, Town 002 the other half and one split in two."""
    rows = [
        ("E01000001", "Town 001A", "E01000001"), ("E01000002", "Town 001B", "E01900001"),
        ("E01000003", "Town 002A", "E01900001"), ("E01000004", "Town 002B", "E01900002"),
        ("E01000004", "Town 002B", "E01900003"), ("W01000001", "Wales 001A", "W01000001"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["lsoa11_code", "lsoa11_name", "lsoa21_code"])


def tenure() -> pd.DataFrame:
    codes = ["E01000001", "E01900001", "E01900002", "E01900003"]
    frame = pd.DataFrame({"lsoa21_code": codes, **dict.fromkeys(census.TENURE.parts, 0)})
    frame["Lives rent free"] = frame["total_households"] = [100, 60, 80, 90]
    return frame


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A folder of made-up files; a test replaces those it is about."""
    monkeypatch.setattr(dwp, "CM_WARDS", 2)
    monkeypatch.setattr(dwp, "ENGLISH_AUTHORITIES", 3)
    monkeypatch.setattr(dwp, "MSOAS_2011", 2)
    monkeypatch.setattr(census, "LSOAS", 4)
    made = {
        dwp.WARD_FILE: wards, dwp.LA_FILE: authorities, dwp.BHC_FILE: before_housing,
        dwp.UC_FILE: universal_credit, dwp.LOOKUP_FILE: lookup, census.TENURE.file: tenure,
    }  # fmt: skip

    def make(replaced: dict[str, pd.DataFrame] | None = None) -> SourceFolder:
        for name, frame in made.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (replaced or {}).get(name, frame()).to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": list(made), "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def changed(frame: pd.DataFrame, row: int, column: str, cell: Any) -> pd.DataFrame:
    frame.loc[row, column] = cell
    return frame


def one(rows: pd.DataFrame, area_code: str, period: str) -> pd.Series:
    found = rows[(rows["area_code"] == area_code) & (rows["period"] == period)]
    assert len(found) == 1
    return found.iloc[0]


def test_all_rows_fit_the_schema_and_the_catalogue(folder: Make) -> None:
    rows = schema.validate(dwp.measurements(folder()))
    catalogue = read_catalogue()
    for indicator_id, part in rows.groupby("indicator_id"):
        indicator = catalogue[str(indicator_id)]
        assert set(part["source_id"]) == {indicator.source}
        assert indicator.aggregation == ("count" if part["denominator"].isna().all() else "rate")
    assert set(catalogue.sources["dwp-child-poverty-ahc"].files) == {dwp.WARD_FILE, dwp.LA_FILE}
    assert dwp.BHC_FILE in catalogue.sources["dwp-child-poverty-bhc"].files
    assert dwp.UC_FILE in catalogue.sources["dwp-universal-credit"].files


def test_wards_and_places_keep_the_printed_percentage(folder: Make) -> None:
    rows = dwp.child_poverty_ahc(folder())
    assert one(rows, "E05000001", "2023/24")[["value", "numerator", "denominator"]].tolist() == [
        20.0,
        100,
        500,
    ]
    assert one(rows, LIVERPOOL, "2024/25")[["value", "numerator", "denominator"]].tolist() == [17.9, 143, 799]
    assert one(rows, SEFTON, "2024/25")["source_level"] == "place"
    assert not {ELSEWHERE, "E05000009", "K02000001", "N09000001"} & set(rows["area_code"])


def test_england_is_the_sum_of_its_authorities_not_their_mean(folder: Make) -> None:
    england = one(dwp.child_poverty_ahc(folder()), "E92000001", "2023/24")
    assert england["numerator"] == 131 + 50 + 1000
    assert england["denominator"] == 799 + 500 + 2000
    assert np.isnan(england["value"])


@pytest.mark.parametrize("mark", ["[c]", "[x]", "..", "-", None, " [c] "])
def test_a_withheld_ward_is_suppressed_and_carries_no_number(folder: Make, mark: object) -> None:
    frame = changed(changed(wards(), 0, COUNT_24, mark), 0, PERCENT_24, mark)
    rows = schema.validate(dwp.child_poverty_ahc(folder({dwp.WARD_FILE: frame})))
    ward = one(rows, "E05000001", "2023/24")
    assert ward["status"] == "suppressed"
    assert ward[list(NUMBERS)].isna().all()
    assert one(rows, "E05000001", "2024/25")["status"] == "reported"


@pytest.mark.parametrize(("count", "percent"), [("12", None), ("0", "0.0")])
def test_a_count_without_denominator_is_missing(folder: Make, count: str, percent: object) -> None:
    frame = changed(changed(wards(), 0, COUNT_24, count), 0, PERCENT_24, percent)
    ward = one(dwp.child_poverty_ahc(folder({dwp.WARD_FILE: frame})), "E05000001", "2023/24")
    assert ward["status"] == "missing"
    assert ward[list(NUMBERS)].isna().all()


@pytest.mark.parametrize(
    ("name", "frame", "message"),
    [
        (dwp.WARD_FILE, lambda: changed(wards(), 0, COUNT_24, "about 5"), "expected a number"),
        (dwp.WARD_FILE, lambda: changed(wards(), 0, COUNT_24, "-5"), "negative"),
        (dwp.WARD_FILE, lambda: wards().drop(index=0), "wards of Cheshire and Merseyside"),
        (dwp.WARD_FILE, lambda: wards().rename(columns={PERCENT_24: "Percentage"}), "no column"),
        (dwp.LA_FILE, lambda: authorities().drop(index=3), "English local authorities"),
        (dwp.LA_FILE, lambda: changed(authorities(), 3, COUNT_25, "[c]"), "England cannot be summed"),
    ],
)
def test_bad_after_housing_files_are_refused(
    folder: Make, name: str, frame: Callable[[], pd.DataFrame], message: str
) -> None:
    with pytest.raises(SourceError, match=message) as refusal:
        dwp.child_poverty_ahc(folder({name: frame()}))
    assert name in str(refusal.value)


@given(children=st.integers(20, 90_000), share=st.floats(0.02, 0.9))
def test_the_derived_denominator_is_as_near_as_the_rounding_allows(children: int, share: float) -> None:
    poor = max(1, round(children * share))
    percent = round(100 * poor / children, 1)
    frame = pd.DataFrame({"code": ["E05000001"], COUNT_24: [float(poor)], PERCENT_24: [percent]})
    derived = dwp._published(frame, "code", "ward", 2024)["denominator"].iloc[0]
    # A percentage p to one decimal leaves the denominator open by 0.05 / p; one child more for rounding.
    assert abs(derived - children) <= children * 0.05 / (percent - 0.05) + 1


def test_before_housing_costs_has_counts_and_never_a_denominator(folder: Make) -> None:
    rows = dwp.child_poverty_bhc(folder({dwp.BHC_FILE: changed(before_housing(), 0, "2016/17", np.nan)}))
    assert set(rows["source_level"]) == {"msoa11"}
    assert rows["denominator"].isna().all()
    assert one(rows, "E02000002", "2021/22")["numerator"] == 0
    assert one(rows, "E02000002", "2021/22")["status"] == "reported"
    assert one(rows, "E02000001", "2016/17")["status"] == "suppressed"
    assert np.isnan(one(rows, "E02000001", "2016/17")["numerator"])


def test_the_two_child_poverty_measures_share_nothing(folder: Make) -> None:
    after, before = dwp.child_poverty_ahc(folder()), dwp.child_poverty_bhc(folder())
    assert not set(after["indicator_id"]) & set(before["indicator_id"])
    assert not set(after["source_id"]) & set(before["source_id"])
    assert not set(after["source_level"]) & set(before["source_level"])


def test_households_halve_an_lsoa_that_straddles_and_count_a_split_one_once(folder: Make) -> None:
    assert dwp.households_of_msoa11(folder()).to_dict() == {"Town 001": 130, "Town 002": 200}


def test_the_four_shepway_lsoas_are_put_right(folder: Make) -> None:
    frame = lookup()
    frame.loc[0, ["lsoa11_code", "lsoa11_name"]] = ["E01024508", "Shepway 014E"]
    households = dwp.households_of_msoa11(folder({dwp.LOOKUP_FILE: frame}))
    assert households["Shepway 015"] == 100
    assert "Shepway 014" not in households


def test_universal_credit_is_a_share_of_census_households(folder: Make) -> None:
    rows = dwp.universal_credit(folder())
    latest = one(rows, "E02000001", "2022-12")
    assert latest[["numerator", "denominator"]].tolist() == [40, 130]
    assert sorted(set(rows["period"])) == [f"{year}-12" for year in range(2016, 2023)]


def test_a_blank_month_is_suppressed(folder: Make) -> None:
    frame = changed(universal_credit(), 0, "December 2016", np.nan)
    row = one(schema.validate(dwp.universal_credit(folder({dwp.UC_FILE: frame}))), "E02000001", "2016-12")
    assert row["status"] == "suppressed"
    assert row[list(NUMBERS)].isna().all()


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (lambda: changed(universal_credit(), 0, "December 2018", 131), "more households on Universal Credit"),
        (
            lambda: changed(universal_credit(), 0, "area", "Nowhere 001"),
            "no census households for Nowhere 001",
        ),
        (lambda: changed(universal_credit(), 1, "msoa11_code", "E02000001"), "twice"),
        (lambda: universal_credit().drop(index=0), "expected exactly 2"),
        (lambda: universal_credit().rename(columns={"December 2022 (r)": "December 2022"}), "no column"),
    ],
)
def test_bad_universal_credit_files_are_refused(
    folder: Make, frame: Callable[[], pd.DataFrame], message: str
) -> None:
    with pytest.raises(SourceError, match=message) as refusal:
        dwp.universal_credit(folder({dwp.UC_FILE: frame()}))
    assert dwp.UC_FILE in str(refusal.value)
