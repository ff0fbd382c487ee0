"""GP practices on small made-up files: names, Places, networks, refusals."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import practices
from data.sources import SourceError, SourceFolder

Make = Callable[..., SourceFolder]
MAP_COLUMNS = [
    "PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE", "PCN_CODE", "PCN_NAME", "SUB_ICB_LOCATION_CODE",
    "ICB_CODE",
]  # fmt: skip
PLACE_COLUMNS = [
    "practice_code", "name", "postcode", "sub_icb", "lat", "lon", "LADNM", "pcn_code_feb2023",
    "pcn_name_feb2023",
]  # fmt: skip


def mapping() -> pd.DataFrame:
    rows = [
        ("N82001", "CENTRAL MED CTR", "L1 1AA", "U00001", "CENTRAL & EAST PCN", "99A", "QYG"),
        ("N83001", "DINAS LANE MED. CENTRE", "L14 2AA", "U00002", "WEST KNOWSLEY PCN", "01J", "QYG"),
        ("N84001", "15 SEFTON ROAD", "L21 1AA", "U", "Unallocated", "01T", "QYG"),
        ("N81001", "AUDLEM SURGERY", "CW3 0AH", "U00003", "RURAL PCN", "27D", "QYG"),
        ("A81001", "ELSEWHERE", "TS18 1HU", "U09999", "STOCKTON PCN", "16C", "QHM"),
    ]
    return pd.DataFrame(rows, columns=MAP_COLUMNS)


def located() -> pd.DataFrame:
    rows = [
        ("N82001", "CENTRAL", "L1 1AA", "99A", 53.40, -2.98, "Liverpool", "U00001", "X"),
        ("N83001", "DINAS LANE", "L14 2AA", "01J", 53.41, -2.86, "Liverpool", "U00002", "X"),
        ("N84001", "15 SEFTON ROAD", "L21 1AA", "01T", 53.46, -2.99, "Sefton", "U00009", "X"),
        ("N81001", "AUDLEM", "CW3 0AH", "27D", 52.99, -2.51, "Cheshire East", "U00003", "X"),
        (
            "N81002",
            "VILLAGE SURGERIES",
            "CH3 9RE",
            "27D",
            53.12,
            -2.77,
            "Cheshire West and Chester",
            "U00003",
            "X",
        ),
        ("N84002", "CLOSED", "L21 2AA", "01T", 53.47, -2.99, "Sefton", "U00009", "OLD PCN"),
    ]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def earlier() -> pd.DataFrame:
    rows = [("01X", "U00002", "STILL THERE PCN", "N83900"), ("99A", "U00008", "GONE PCN", "N82900")]
    return pd.DataFrame(rows, columns=["ccg_code", "pcn_code", "pcn_name", "practice_code"])


def sizes() -> pd.DataFrame:
    rows = [
        ("GP", "N82001", "ALL", "ALL", 9000),
        ("GP", "N82001", "FEMALE", "0_4", 10),
        ("GP", "N81001", "ALL", "ALL", 50),
    ]
    return pd.DataFrame(rows, columns=["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"])


def qof_codes() -> pd.DataFrame:
    return pd.DataFrame({"PRACTICE_CODE": ["N82001", "N82001", "N81002"]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    for name in ("MAPPED", "LOCATED", "SIZED", "IN_USE"):
        monkeypatch.setattr(practices, name, 2)
    made = {
        practices.MAPPING: mapping, practices.LOCATIONS: located, practices.MAPPING_2022: earlier,
        practices.LISTS: sizes, practices.LATEST_QOF: qof_codes,
    }  # fmt: skip

    def make(replaced: dict[str, pd.DataFrame] | None = None) -> SourceFolder:
        for name, frame in made.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (replaced or {}).get(name, frame()).to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": list(made), "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def test_the_nhs_decides_the_place_except_in_cheshire(folder: Make) -> None:
    place = practices.place_of_practice(folder()).set_index("practice_code")["place_code"]
    assert place["N83001"] == "E08000011"  # stands in Liverpool, belongs to Knowsley
    assert place["N81001"] == "E06000049"
    assert place["N81002"] == "E06000050"
    assert "A81001" not in place.index


def test_closed_practices_keep_their_place_and_a_network_only_if_it_still_exists(folder: Make) -> None:
    links = practices.place_of_practice(folder()).set_index("practice_code")
    assert links.loc["N83900", "place_code"] == "E08000013"
    assert links.loc["N83900", "pcn_name"] == "West Knowsley PCN"
    assert links.loc["N82900", "place_code"] == "E08000012"
    assert pd.isna(links.loc["N82900", "pcn_code"])
    for code, place in practices.CLOSED.items():
        assert links.loc[code, "place_code"] == place


def test_unallocated_is_no_network_even_if_an_older_list_has_one(folder: Make) -> None:
    links = practices.place_of_practice(folder()).set_index("practice_code")
    assert pd.isna(links.loc["N84001", "pcn_code"])
    assert pd.isna(links.loc["N84001", "pcn_name"])


def test_practices_are_those_listed_now_or_with_figures(folder: Make) -> None:
    frame = practices.practices(folder()).set_index("practice_code")
    assert list(frame.reset_index().columns) == practices.COLUMNS
    assert set(frame.index) == {"N82001", "N83001", "N84001", "N81001", "N81002"}
    assert frame.loc["N82001", "practice_name"] == "Central Medical Centre"
    assert frame.loc["N82001", "list_size"] == 9000
    assert pd.isna(frame.loc["N81002", "list_size"])


def test_a_position_outside_the_region_names_its_row(folder: Make) -> None:
    wrong = located()
    wrong.loc[2, "lat"] = 51.5
    with pytest.raises(SourceError, match="row 4"):
        practices.practices(folder({practices.LOCATIONS: wrong}))


def test_an_unknown_sub_icb_is_refused(folder: Make) -> None:
    with pytest.raises(SourceError, match=r"N82001.*99Z"):
        practices.place_of_practice(folder({practices.MAPPING: mapping().replace("99A", "99Z")}))


def test_a_practice_without_a_position_is_refused(folder: Make) -> None:
    with pytest.raises(SourceError, match="no position for N84001"):
        practices.practices(folder({practices.LOCATIONS: located().drop(index=2)}))


@pytest.mark.parametrize(
    ("printed", "tidy"),
    [
        ("DEVANEY MED CTR", "Devaney Medical Centre"),
        ("GUARDIAN STREET MED/CTR", "Guardian Street Medical Centre"),
        ("HOYLAKE RD MET CTR", "Hoylake Road Medical Centre"),
        ("FEARNHEAD CROSS MED.CTR.", "Fearnhead Cross Medical Centre"),
        ("THE VILLAGE MEDICAL CTRE", "The Village Medical Centre"),
        ("ST. LAURENCE'S MEDICAL CENTRE", "St Laurence's Medical Centre"),
        ("SPEKE HC - DR SINGH & DR BICHA", "Speke Health Centre - Dr Singh and Dr Bicha"),
        ("BROWNLOW HEALTH @ PRINCES PARK", "Brownlow Health at Princes Park"),
        ("CHOC (CONGLETON & HOLMES CHAPEL) PCN", "CHOC (Congleton and Holmes Chapel) PCN"),
        ("VERNOVA HEALTHCARE CIC", "Vernova Healthcare CIC"),
        ("HOLES LANE MEDICAL LTD.", "Holes Lane Medical Ltd"),
        ("THE HEALTH CENTRE (HOLMES CHAPEL)", "The Health Centre (Holmes Chapel)"),
        ("WESTMORELAND GP CENTRE", "Westmoreland GP Centre"),
    ],
)
def test_names_as_people_write_them(printed: str, tidy: str) -> None:
    assert practices.tidy_name(printed) == tidy


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ ", min_size=1, max_size=40))
def test_tidying_twice_changes_nothing_more(name: str) -> None:
    once = practices.tidy_name(name)
    assert practices.tidy_name(once) == once
    assert "  " not in once
