"""The workbook of a profile: the numbers of the tables, the words of the paper, missing left empty."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from components.profile_workbook import as_excel
from data.query import Bundle, load_bundle
from reports.profile.build import build
from reports.profile.model import UnknownAreaError

CODES = ("E05015280", "LPL-W04", "E08000013")


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


def sheets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book:
        head, *rows = sheet.values
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_workbook_holds_the_tables_numbers_and_the_words_of_the_paper(bundle: Bundle, code: str) -> None:
    found, profile = sheets(as_excel(bundle, code)), build(bundle, code)
    assert list(found) == [
        "Key figures", "Long-term conditions", "Numbers", "Definitions", "Sources", "About",
    ]  # fmt: skip
    printed = [(row["Figure"], row[profile.name]) for row in found["Key figures"]]
    assert printed == [(row.title, row.figure) for row in profile.rows]
    for row in found["Numbers"]:
        own = bundle.value(row["indicator_id"], row["area_code"], row["period"], row["group"])
        assert own is not None
        for name in ("value", "lower", "upper", "numerator", "denominator"):
            wanted = getattr(own, name)
            assert (row[name] is None) == (wanted is None)
            assert wanted is None or row[name] == pytest.approx(wanted, rel=1e-12)
        assert row["reliability"] == own.reliability
    used = {row["indicator_id"] for row in found["Numbers"]}
    assert used == {row["indicator_id"] for row in found["Definitions"]}
    assert {key[0] for key in profile.keys} <= used
    assert {row["source_id"] for row in found["Definitions"]} == {row["id"] for row in found["Sources"]}
    text = " ".join(str(row["meaning"]) for row in found["About"])
    assert bundle.version in text
    assert ("working grouping" in text) == (code == "LPL-W04")


def test_figures_that_allow_for_age_stand_beside_the_crude_ones(bundle: Bundle) -> None:
    rows = sheets(as_excel(bundle, "E05015280"))["Numbers"]
    pressure = next(
        row for row in rows if row["indicator_id"] == "qof-hyp" and row["area_code"] == "E05015280"
    )
    assert pressure["age_standardised"] > pressure["value"]
    assert (
        pressure["age_standardised_lower"] < pressure["age_standardised"] < pressure["age_standardised_upper"]
    )
    assert next(row for row in rows if row["indicator_id"] == "disabled")["age_standardised"] is None


def test_areas_without_a_profile_on_paper_have_no_workbook(bundle: Bundle) -> None:
    with pytest.raises(UnknownAreaError):
        as_excel(bundle, "E01006512")
