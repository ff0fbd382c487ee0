"""What stands behind the estimates: shares that add up, the right rows, and a fault that says what to do."""

from __future__ import annotations

import pandas as pd
import pytest

from data.bundle import BundleError
from data.support import PRACTICES, READINESS, SUPPORT, Supports, supports
from geo.config import ROOT

LIVERPOOL, SPEKE = "E08000012", "E05015323"
YEAR = "2024/25"


@pytest.fixture(scope="module")
def found() -> Supports:
    return supports("test")


@pytest.mark.parametrize("code", [SPEKE, LIVERPOOL, "LPL-W07", "E01006412"])
def test_support_is_that_of_the_table(found, code):
    table = pd.read_parquet(ROOT / SUPPORT)
    rows = table[table["area_code"] == code]
    assert len(found.area(code)) == len(rows) > 0
    for row in rows.to_dict("records"):
        own = found.of(row["indicator_id"], code, row["period"])
        for name, cell in row.items():
            assert getattr(own, name) == (None if pd.isna(cell) else cell)


def test_practices_come_largest_first_and_never_make_more_than_everybody(found):
    table = pd.read_parquet(ROOT / PRACTICES)
    for code in table["area_code"].unique()[::97]:
        shares = [item.share for item in found.practices(code)]
        assert shares == sorted(shares, reverse=True)
        assert 0.9 < sum(shares) < 1.001


def test_the_largest_practice_of_the_support_is_the_first_of_the_list(found):
    first = found.practices(SPEKE)[0]
    own = found.of("qof-hyp", SPEKE, YEAR)
    assert first.practice_code == own.largest_practice
    assert first.share == pytest.approx(own.largest_share, abs=0.0002)


def test_readiness_inputs_make_the_estimate(found):
    """Expected rate: the Place's two rates by the share with free school meals, a little else mixed in."""
    table = pd.read_parquet(ROOT / READINESS)
    observations = pd.read_parquet(
        ROOT / "data/processed/observations.parquet",
        filters=[("indicator_id", "==", "gld"), ("area_level", "==", "ward"), ("basis", "==", "modelled")],
    ).set_index(["area_code", "period"])
    for code in table.loc[table["area_level"] == "ward", "area_code"].unique()[::9]:
        own = found.readiness(code, YEAR)
        if own is None:
            continue
        share = own.fsm_share / 100
        mixed = share * own.place_rate_fsm + (1 - share) * own.place_rate_not_fsm
        row = observations.loc[(code, YEAR)]
        assert row["value"] == pytest.approx(mixed, abs=1.5)
        assert row["denominator"] == pytest.approx(own.children, abs=0.03)


def test_what_is_not_there_is_none(found):
    assert found.of("qof-hyp", "E99999999", YEAR) is None
    assert found.of("qof-hyp", LIVERPOOL, "1999/00") is None
    assert found.readiness(LIVERPOOL, YEAR) is None
    assert found.practices("E99999999") == []


def test_a_missing_table_says_which_and_what_to_do(tmp_path):
    with pytest.raises(BundleError, match=r"estimate_support.parquet cannot be read.*tasks.py data"):
        Supports(tmp_path)
