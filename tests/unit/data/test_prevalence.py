"""Age bases, sums over areas and the burden, on numbers small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from data import burden
from data.geography import Geography
from data.ingest.practice_registers import YOUNGEST, PracticeRegisters
from data.ingest.qof import AGE_BASE
from data.prevalence_inputs import exposure, in_ages, in_base
from data.prevalence_rows import observation_rows, summed
from data.schemas import observations
from geo.config import config


@pytest.mark.parametrize(
    ("register", "first", "part"),
    [("HYP", 0, 1.0), ("AST", 1, 0.8), ("RA", 3, 0.8), ("DM", 3, 0.6), ("DEP", 3, 0.4), ("OST", 10, 1.0)],
)
def test_each_register_has_its_own_ages(register: str, first: int, part: float):
    base = in_base(register)
    assert not base[:first].any()
    assert base[first] == pytest.approx(part)
    assert (base[first + 1 :] == 1).all()


def test_every_base_of_the_framework_is_known():
    assert set(AGE_BASE.values()) == set(YOUNGEST)


def test_patients_under_the_age_are_never_in_the_denominator():
    """Half of the list are children: an adult register counts over the 510 adults, not over all 1,000."""
    ages = np.zeros((1, 18))
    ages[0, 1], ages[0, 10] = 500.0, 500.0
    patients = exposure(ages, np.array([510.0]), in_ages(18))
    assert patients.sum() == pytest.approx(510)
    assert patients[0, 1] == 0


def test_sums_of_areas_leave_out_what_is_missing_instead_of_counting_zero():
    share = sparse.csr_matrix(np.array([[1.0, 1.0, 0.5]]))
    counts, people = np.array([100.0, np.nan, 60.0]), np.array([1_000.0, 1_000.0, 1_000.0])
    drawn = np.column_stack([counts, counts * 1.1])
    sums = summed(share, counts, people, drawn)
    assert sums.people[0] == 2_500
    assert sums.entries[0] / sums.people[0] == pytest.approx(130 / 1_500)
    np.testing.assert_allclose(sums.drawn[0], [sums.entries[0], sums.entries[0] * 1.1])


def test_an_area_without_any_estimate_is_missing():
    sums = summed(sparse.csr_matrix([[1.0]]), np.array([np.nan]), np.array([900.0]), np.array([[np.nan]]))
    assert np.isnan(sums.entries[0])
    rows = observation_rows(
        indicator_id="qof-dm", area_code=["E01000001"], area_level="lsoa", value=sums.entries, lower=[np.nan],
        upper=[np.nan], numerator=sums.entries, denominator=sums.people, basis="modelled", reliability="D",
    )  # fmt: skip
    assert rows["status"].tolist() == ["missing"]
    assert rows["denominator"].isna().all()
    observations.validate(rows)


def national(entries: dict[str, list[float]]) -> PracticeRegisters:
    """Practices of 1,000 adults each, every register the same."""
    counts = pd.DataFrame(
        {
            register: dict(zip(entries, column, strict=True))
            for register, column in _by_register(entries).items()
        }
    )
    listed = counts.notna().replace({True: 1_000.0, False: np.nan}).astype(float)
    nothing = pd.Series(np.nan, index=counts.index)
    ages = pd.DataFrame(index=counts.index)
    return PracticeRegisters(counts, listed, ages, nothing, nothing, ages)


def _by_register(entries: dict[str, list[float]]) -> dict[str, list[float]]:
    first, other = (list(column) for column in zip(*entries.values(), strict=True))
    return {register: first if register == "DM" else other for register in AGE_BASE}


def where() -> Geography:
    links = [
        ("A1", "U1", "pcn"),
        ("B2", "U1", "pcn"),
        ("A1", "E08000012", "place"),
        ("B2", "E08000012", "place"),
    ]
    table = pd.DataFrame(links, columns=["from_code", "to_code", "to_level"]).assign(weight=1.0, share=1.0)
    return Geography(config(), pd.DataFrame(), {"practice": table})


def test_burden_adds_entries_of_eighteen_registers_over_adults():
    rows = burden.exact(national({"A1": [30.0, 10.0], "B2": [50.0, 20.0], "Z9": [0.0, 0.0]}), where())
    observations.validate(rows)
    value = rows.set_index("area_code")["value"]
    assert len([register for register in AGE_BASE if burden.counted(register)]) == 18
    assert value["A1"] == pytest.approx((30 + 17 * 10) / 10)
    assert value["E08000012"] == pytest.approx((80 + 17 * 30) / 20)
    assert value["E92000001"] == pytest.approx((80 + 17 * 30) / 30, abs=1e-4)
    assert "Z9" not in value.index
    assert dict(zip(rows["area_code"], rows["basis"], strict=True))["A1"] == "published"
    assert (rows["lower"] < rows["value"]).all()


def test_a_practice_that_lacks_a_register_has_no_burden_and_is_in_no_sum():
    rows = burden.exact(national({"A1": [30.0, 10.0], "B2": [np.nan, 20.0]}), where())
    value = rows.set_index("area_code")["value"]
    assert "B2" not in value.index
    assert value["E08000012"] == value["A1"]


def test_burden_may_exceed_one_entry_per_adult():
    rows = burden.exact(national({"A1": [400.0, 200.0], "B2": [400.0, 200.0]}), where())
    assert rows.set_index("area_code").loc["A1", "value"] == pytest.approx(380)
