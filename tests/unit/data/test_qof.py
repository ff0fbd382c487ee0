"""QOF ingest on small made-up files."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import qof
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder

Make = Callable[..., SourceFolder]
YEARS = [
    "2013-14",
    "2014-15",
    "2015-16",
    "2016-17",
    "2017-18",
    "2018-19",
    "2019-20",
    "2021-22",
    "2022-23",
    "2024-25",
]
AREAS = [*qof.PLACE_OF_AREA, qof.COMBINED_CHESHIRE, "Cheshire and Merseyside", "England"]
HERE, THERE = "N82001", "A81001"


def practice_file() -> pd.DataFrame:
    """Two practices, one of Liverpool: 10 of 100 on every register here, 30 of 200 elsewhere."""
    rows = [
        (code, register, *((10.0, base, 100) if code == HERE else (30.0, base, 200)))
        for code in (HERE, THERE)
        for register, base in qof.AGE_BASE.items()
    ]
    columns = ["PRACTICE_CODE", "GROUP_CODE", "REGISTER", "PATIENT_LIST_TYPE", "PRACTICE_LIST_SIZE"]
    return pd.DataFrame(rows, columns=columns)


def trend_file() -> pd.DataFrame:
    rows = [
        (year, area, register, 5, 7.0, 70.0)
        for year, area, register in itertools.product(YEARS, AREAS, qof.AGE_BASE)
    ]
    return pd.DataFrame(rows, columns=["year", "area", "GROUP_CODE", "practices", "register", "list_size"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    for year in qof.PRACTICE_FILES:
        monkeypatch.setitem(qof.PRACTICES_ENGLAND, year, 2)
        monkeypatch.setitem(qof.PRACTICES_HERE, year, 1)
    monkeypatch.setattr(qof, "TREND_ROWS", len(YEARS) * len(AREAS) * len(qof.AGE_BASE))
    links = pd.DataFrame({"practice_code": [HERE], "place_code": ["E08000012"]})
    monkeypatch.setattr(qof, "place_of_practice", lambda _: links)
    made = {**dict.fromkeys(qof.PRACTICE_FILES.values(), practice_file), qof.TREND_FILE: trend_file}

    def make(replaced: dict[str, pd.DataFrame] | None = None) -> SourceFolder:
        for name, frame in made.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (replaced or {}).get(name, frame()).to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": list(made), "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def test_rows_fit_the_schema_and_every_register_has_a_catalogue_entry(folder: Make) -> None:
    rows = schema.validate(qof.measurements(folder()))
    known = catalogue()
    assert set(rows["indicator_id"]) == {qof.indicator_id(register) for register in qof.AGE_BASE}
    assert len(qof.AGE_BASE) == 21
    for indicator_id in set(rows["indicator_id"]):
        entry = known[indicator_id]
        assert (entry.aggregation, entry.interval) == ("rate", "wilson")
        assert {"qof-crude", "qof-registration", "qof-diagnosed"} <= set(entry.caveats)
    assert set(rows["source_id"]) <= set(known.sources)


@pytest.mark.parametrize(("register", "base"), sorted(qof.AGE_BASE.items()))
def test_titles_say_the_age_base(register: str, base: str) -> None:
    entry = catalogue()[qof.indicator_id(register)]
    words = "all ages" if base == "TOTAL" else f"aged {int(base[:2])} and over"
    assert entry.title.endswith(words)
    assert entry.denominator_text.endswith(words)


def test_only_practices_from_here_but_england_is_everybody(folder: Make) -> None:
    rows = qof.measurements(folder())
    practice = rows[rows["source_level"] == "practice"]
    assert set(practice["area_code"]) == {HERE}
    assert len(practice) == 3 * 21
    england = rows[(rows["source_level"] == "england") & (rows["period"] == "2024/25")]
    assert (england["numerator"] == 40).all()
    assert (england["denominator"] == 300).all()
    assert rows["value"].isna().all()


def test_missing_years_stay_missing_and_years_do_not_mix_sources(folder: Make) -> None:
    rows = qof.measurements(folder())
    assert not set(rows["period"]) & {"2020/21", "2023/24"}
    assert set(rows.loc[rows["source_level"] == "place", "period"]) == {
        y.replace("-", "/") for y in YEARS[:7]
    }


def test_combined_cheshire_is_not_given_to_either_place(folder: Make) -> None:
    rows = qof.measurements(folder())
    places = set(rows.loc[rows["source_level"] == "place", "area_code"])
    assert places == set(qof.PLACE_OF_AREA.values())
    assert not places & {"E06000049", "E06000050"}


@pytest.mark.parametrize(("register", "years"), sorted(qof.OTHER_AGE_BASE.items()))
def test_years_counted_over_another_age_group_are_left_out(
    folder: Make, register: str, years: tuple[str, ...]
) -> None:
    rows = qof.measurements(folder())
    periods = set(rows.loc[rows["indicator_id"] == qof.indicator_id(register), "period"])
    assert not periods & set(years)
    assert periods == {year.replace("-", "/") for year in YEARS} - set(years)


def test_another_age_base_in_the_file_stops_the_build(folder: Make) -> None:
    wrong = practice_file()
    wrong.loc[8, "PATIENT_LIST_TYPE"] = "TOTAL"  # diabetes over everybody would look a fifth lower
    with pytest.raises(SourceError, match=r"row 10.*DM.*TOTAL.*17OV"):
        qof.measurements(folder({qof.PRACTICE_FILES["2022/23"]: wrong}))


def test_a_short_file_says_what_it_should_hold(folder: Make) -> None:
    with pytest.raises(SourceError, match="41 rows, expected exactly 42"):
        qof.measurements(folder({qof.PRACTICE_FILES["2024/25"]: practice_file().iloc[:-1]}))


def test_a_register_twice_is_refused(folder: Make) -> None:
    wrong = practice_file()
    wrong.loc[1] = wrong.loc[0]
    with pytest.raises(SourceError, match="twice"):
        qof.measurements(folder({qof.PRACTICE_FILES["2024/25"]: wrong}))


def test_text_for_a_number_names_row_and_column(folder: Make) -> None:
    wrong = practice_file().astype({"REGISTER": object})
    wrong.loc[3, "REGISTER"] = "*"
    with pytest.raises(SourceError, match=r"row 5, column 'REGISTER'"):
        qof.measurements(folder({qof.PRACTICE_FILES["2021/22"]: wrong}))
