"""Schools on a small made-up register."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.ingest import schools
from data.sources import SourceError, SourceFolder

Make = Callable[..., SourceFolder]
REGISTER = [
    (100001.0, "Park Primary School", "Community school", "Primary", 210, 30.5, -2.95, 53.40),
    (100002.0, "Park Nursery School", "Local authority nursery school", "Nursery", 90, 0.0, -2.95, 53.40),
    (100003.0, "Park High School", "Academy converter", "Secondary", None, None, -2.95, 53.40),
    (100004.0, "Oak School", "Community special school", "Not applicable", 60, 55.0, -2.95, 53.40),
    (100005.0, "Elm School", "Other independent special school", "Not applicable", 20, 0.0, -2.95, 53.40),
    (100006.0, "College", "Further education", "16 plus", 900, 10.0, -2.95, 53.40),
    (100007.0, "Unit", "Pupil referral unit", "Not applicable", 8, 62.5, -2.95, 53.40),
    (100008.0, "New School", "Free schools", "Primary", 0, 0.0, -2.95, 53.40),
    (100009.0, "Hall", "Other independent school", "Not applicable", 300, None, -2.95, 53.40),
]
COLUMNS = [
    "urn", "establishment_name", "establishment_type", "education_phase", "number_of_pupils",
    "percentage_fsm", "longitude", "latitude",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.setattr(schools, "FLOORS", {"primary": 2})

    def make(frame: pd.DataFrame) -> SourceFolder:
        (tmp_path / "schools").mkdir(exist_ok=True)
        frame.to_csv(tmp_path / schools.FILE, index=False)
        pd.DataFrame({"path": [schools.FILE], "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def register() -> pd.DataFrame:
    return pd.DataFrame(REGISTER, columns=COLUMNS)


def test_which_schools_are_taken_and_as_what(folder: Make) -> None:
    frame = schools.schools(folder(register()))
    assert list(frame.columns) == schools.COLUMNS
    assert dict(zip(frame["urn"], frame["phase"], strict=True)) == {
        "100001": "primary", "100002": "nursery", "100003": "secondary", "100004": "special",
        "100005": "special", "100008": "primary",
    }  # fmt: skip


def test_free_school_meals_are_missing_where_nought_would_mislead(folder: Make) -> None:
    frame = schools.schools(folder(register())).set_index("urn")
    assert frame.loc["100001", "percent_fsm"] == 30.5
    for urn in ("100002", "100005", "100008"):  # nursery, independent, nobody on roll yet
        assert pd.isna(frame.loc[urn, "percent_fsm"])
    assert pd.isna(frame.loc["100003", "pupils"])
    assert pd.isna(frame.loc["100008", "pupils"])


def test_a_school_elsewhere_names_its_row(folder: Make) -> None:
    wrong = register()
    wrong.loc[2, "latitude"] = 51.5
    with pytest.raises(SourceError, match="row 4"):
        schools.schools(folder(wrong))


def test_too_few_schools_stop_the_build(folder: Make) -> None:
    with pytest.raises(SourceError, match="1 primary schools, expected at least 2"):
        schools.schools(folder(register().iloc[:7]))
