"""Long-term conditions for small areas from the publishers' files: what is shipped must have earned it."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from data import burden, schemas
from data.ingest import practices, qof
from data.prevalence import REPLICATES, prevalence
from data.prevalence_docs import docs_section
from data.prevalence_inputs import MODELLED_LEVELS
from data.prevalence_rows import SUPPORT_COLUMNS
from data.sources import SourceFolder
from geo.config import ROOT, read_config

pytestmark = pytest.mark.sources
EPILEPSY_HOME = "N81655"  # 394 patients, four in five of them on the epilepsy register
LIVERPOOL = "E08000012"


@pytest.fixture(scope="module")
def made(sources: Path) -> SimpleNamespace:
    from data.ground import make_areas, make_geography, make_ground, make_practices
    from data.registrations import registrations

    folder, config = SourceFolder(sources), read_config(ROOT / "config.toml")
    ground = make_ground(folder, config)
    areas = make_areas(ground, make_practices(folder, ground), config)
    where = make_geography(folder, config, ground, areas)
    codes = sorted(areas.loc[areas["area_level"] == "lsoa", "area_code"])
    attended = registrations(folder, codes, validate=False)
    return SimpleNamespace(
        result=prevalence(folder, where, attended), attended=attended, areas=areas, folder=folder
    )


@pytest.fixture(scope="module")
def rows(made: SimpleNamespace) -> pd.DataFrame:
    return schemas.observations.validate(made.result.rows)


@pytest.fixture(scope="module")
def registers(made: SimpleNamespace) -> pd.DataFrame:
    return made.result.validation["registers"].set_index("register")


@pytest.fixture(scope="module")
def exact(made: SimpleNamespace) -> pd.DataFrame:
    found = made.result.validation["places"]
    return found.set_index(["indicator_id", "area_code"])


def test_the_shipped_method_beats_the_simple_one_on_held_out_practices(registers: pd.DataFrame):
    assert set(registers.index) == set(qof.AGE_BASE)
    assert (registers["practices"] >= 320).all()
    shipped = registers["method"] == "model"
    assert (registers["error_model"] < registers["error_simple"])[shipped].all()
    assert (registers["error_model"] >= registers["error_simple"])[~shipped].all()


def test_the_model_wins_clearly_where_age_decides(registers: pd.DataFrame):
    for register in ("AF", "CAN", "CHD", "HYP", "STIA"):
        assert registers.loc[register, "error_model"] < 0.7 * registers.loc[register, "error_simple"]


def test_every_area_has_every_register_once(rows: pd.DataFrame, made: SimpleNamespace):
    modelled = rows[rows["basis"] == "modelled"]
    sizes = made.areas["area_level"].value_counts()
    counts = modelled.groupby(["indicator_id", "area_level"]).size().unstack()
    assert len(counts) == len(qof.AGE_BASE) + 1
    for level in MODELLED_LEVELS:
        assert (counts[level] == sizes[level]).all()
    assert set(modelled["reliability"]) <= {"C", "D"}
    assert (modelled["status"] == "reported").all()
    assert modelled[["lower", "upper"]].notna().all(axis=None)
    assert (modelled["lower"] < modelled["upper"]).all()


def test_residents_add_up_and_are_of_the_right_ages(rows: pd.DataFrame):
    small = rows[rows["area_level"] == "lsoa"].groupby("indicator_id")["denominator"].sum()
    for level in ("msoa", "ward"):
        larger = rows[(rows["area_level"] == level) & (rows["basis"] == "modelled")]
        np.testing.assert_allclose(larger.groupby("indicator_id")["denominator"].sum(), small, rtol=1e-4)
    assert small["qof-hyp"] > small["qof-ast"] > small["qof-ra"] > small["qof-dm"] > small["qof-dep"]
    assert 0.40 < small["qof-ost"] / small["qof-hyp"] < 0.44


def test_places_made_of_small_areas_are_near_what_their_practices_counted(
    registers: pd.DataFrame, rows: pd.DataFrame, exact: pd.DataFrame
):
    """Not equal: residents of 2021 are not the patients of 2025. Far apart would mean a wrong denominator."""
    assert registers["over_exact"].between(0.9, 1.1).all()
    small = rows[rows["area_level"] == "lsoa"].groupby("indicator_id")[["numerator", "denominator"]].sum()
    region = exact.xs("E54000008", level="area_code")["crude"]
    ours = (small["numerator"] / small["denominator"] * 100).reindex(region.index)
    assert (ours / region).between(0.9, 1.08).all()


def test_the_home_for_people_with_epilepsy_does_not_flood_its_area(made: SimpleNamespace, rows: pd.DataFrame):
    epilepsy = rows[(rows["indicator_id"] == "qof-ep") & (rows["basis"] == "modelled")]
    assert EPILEPSY_HOME in set(made.attended.table["practice_code"])
    assert epilepsy["value"].max() < 3


def test_no_small_area_is_out_of_all_proportion(rows: pd.DataFrame, exact: pd.DataFrame):
    england = exact.groupby("indicator_id")["england"].first()
    small = rows[(rows["area_level"] == "lsoa") & rows["indicator_id"].isin(england.index)]
    top = small.groupby("indicator_id")["value"].max() / england
    assert (top < 10).all()
    assert (small["value"] <= 60).all()


def test_liverpool_is_below_england_only_because_it_is_young(exact: pd.DataFrame):
    hypertension = exact.loc[("qof-hyp", LIVERPOOL)]
    assert hypertension["crude"] == pytest.approx(13.99, abs=0.01)
    assert hypertension["crude"] < hypertension["england"] < hypertension["standardised_lower"]


def test_places_equal_the_sums_of_their_practices(exact: pd.DataFrame, made: SimpleNamespace):
    frame = qof.read_practices(made.folder, "2024/25")
    place = practices.place_of_practice(made.folder).set_index("practice_code")["place_code"]
    total = frame[frame["practice_code"].map(place) == LIVERPOOL].groupby("register")["patients"].sum()
    for register, patients in total.items():
        assert exact.loc[(qof.indicator_id(str(register)), LIVERPOOL), "entries"] == patients


def test_support_says_who_stands_behind_every_value(made: SimpleNamespace, rows: pd.DataFrame):
    support = made.result.support
    assert list(support.columns) == SUPPORT_COLUMNS
    assert not support.duplicated(["indicator_id", "area_code", "period"]).any()
    keys = ["indicator_id", "area_code"]
    modelled = rows[rows["basis"] == "modelled"].merge(support, on=keys, how="left")
    assert modelled["coverage"].between(0, 1).all()
    assert (modelled["effective_practices"] >= 1).all()
    assert modelled["largest_share"].between(0, 1).all()
    weak = modelled["reliability"] == "D"
    assert (modelled["reliability_reason"].str.startswith("Good support") == ~weak).all()
    standardised = modelled["standardised"].notna()
    assert 10 <= modelled.loc[standardised, "indicator_id"].nunique() <= 16
    inside = modelled[standardised]
    assert (inside["standardised_lower"] <= inside["standardised"]).all()
    assert (inside["standardised"] <= inside["standardised_upper"]).all()


def test_practices_behind_an_area(made: SimpleNamespace):
    table = made.result.area_practices
    assert set(table["area_level"]) == {*MODELLED_LEVELS, "place"}
    total = table.groupby("area_code")["share"].sum()
    assert total.between(0.8, 1.001).all()
    assert (table["share"] >= 0.005).all()
    first = table.groupby("area_code")["share"].first()
    assert (first == table.groupby("area_code")["share"].max()).all()


def test_burden_at_every_level(rows: pd.DataFrame):
    found = rows[rows["indicator_id"] == burden.INDICATOR]
    assert set(found["area_level"]) == {
        *MODELLED_LEVELS, "practice", "pcn", "place", "region", "england",
    }  # fmt: skip
    england = found[found["area_level"] == "england"].iloc[0]
    assert england["value"] == pytest.approx(76.63, abs=0.01)


def test_the_text_is_made_from_the_measurements(made: SimpleNamespace, registers: pd.DataFrame):
    text = docs_section(made.result.validation)
    row = registers.loc["HYP"]
    assert f"| HYP | model | {row['error_simple']:.3f} | {row['error_model']:.3f} |" in text
    assert "{" not in text
    assert str(REPLICATES) in text


def test_figures_for_validation_only_are_not_shipped(made: SimpleNamespace):
    for frame in (made.result.rows, made.result.support, made.result.area_practices):
        assert not any("antidep" in str(column) for column in frame.columns)
    assert not made.result.rows["indicator_id"].str.contains("antidep").any()
