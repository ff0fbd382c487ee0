"""Which provider of registrations a build used: from the provider to the index, the page and the download."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest

from components import how_sure, how_sure_inputs, store
from data.bundle import INDEX, BundleError, RegistrationsUsed, registrations_used, write_index
from data.ingest.registrations import COLUMNS, read_registered
from data.registrations import ESTIMATE_LABEL, Registrations, _from_nhs
from data.sources import SourceError
from geo.config import ROOT
from tests.unit.data.test_bundle import make

LSOAS = ["E01000001", "E01000002", "E01000003"]
PRACTICES = ["N82001", "N82002", "N82003"]


def nhs(folder: Path, practices: list[str] = PRACTICES) -> Registrations:
    """Registrations from a made-up file in the columns of NHS England's table."""
    rows = [("01/07/2026", practice, lsoa, "ALL", 40) for practice in practices for lsoa in LSOAS]
    path = folder / "gp-reg-pat-prac-lsoa-all.csv"
    pd.DataFrame(rows, columns=COLUMNS).to_csv(path, index=False)
    return _from_nhs(read_registered(path, pd.Index(LSOAS)), LSOAS[:2], set(PRACTICES), "Leeds")


def test_the_nhs_table_is_a_full_count_of_its_quarter(tmp_path):
    found = nhs(tmp_path)
    assert (found.provider, found.report["extract_date"]) == ("nhs", "1 July 2026")
    assert found.table["patients"].sum() == 240
    assert set(found.table["lsoa_code"]) == set(LSOAS[:2])
    assert [one.tolist() for one in found.replicates(2, 1)] == [found.table["patients"].tolist()] * 2
    assert found.report["patients_from_outside"] == pytest.approx(1 / 3)


def test_a_table_of_other_practices_names_the_place_it_lacks(tmp_path):
    with pytest.raises(SourceError, match="has 1 of the 3 practices of Leeds"):
        nhs(tmp_path, PRACTICES[:1])


def index_of(root: Path, found: Registrations) -> RegistrationsUsed:
    date = found.report.get("extract_date")
    used = {"provider": found.provider, "extract_date": date, "label": found.label}
    write_index(make(root), "manifest", used)
    return registrations_used(root)


def test_the_index_says_which_provider_was_used(tmp_path):
    counted = index_of(tmp_path / "nhs", nhs(tmp_path))
    assert counted == RegistrationsUsed("nhs", "1 July 2026", nhs(tmp_path).label)
    guessed = Registrations(pd.DataFrame(), "estimate", ESTIMATE_LABEL, {})
    assert index_of(tmp_path / "ours", guessed) == RegistrationsUsed("estimate", None, ESTIMATE_LABEL)


@pytest.mark.parametrize(
    "told", [None, {}, {"provider": "nhs", "extract_date": None, "label": ""},
             {"provider": "post office", "extract_date": None, "label": ""}],
)  # fmt: skip
def test_an_index_that_does_not_say_is_refused(tmp_path, told):
    root = make(tmp_path)
    index = json.loads((root / INDEX).read_text())
    index["registrations"] = told
    (root / INDEX).write_text(json.dumps(index))
    with pytest.raises(BundleError, match=r"registrations|registered"):
        registrations_used(root)


def test_the_shipped_tables_say_it():
    assert registrations_used(ROOT).provider == "estimate"
    assert store.bundle().registrations == registrations_used(ROOT)


def test_the_page_and_the_download_say_it_without_a_condition():
    shipped = store.bundle()
    counted = dataclasses.replace(shipped, registrations=RegistrationsUsed("nhs", "1 July 2026", "x"))
    ward = shipped.value("qof-dm", "E05015277")
    assert ward is not None
    indicator, support = shipped.catalogue["qof-dm"], how_sure.support_of(shipped, ward)
    assert support is not None
    ours = dict(how_sure.condition_rows(shipped, indicator, ward, support))
    theirs = dict(how_sure.condition_rows(counted, indicator, ward, support))
    assert ours["Who is registered where"].startswith("Our own estimate")
    assert "in place of our estimate" in ours["What would change it"]
    assert "(1 July 2026)" in theirs["Who is registered where"]
    assert "estimate" not in theirs["What would change it"]
    assert not any("as long as" in text for text in (*ours.values(), *theirs.values()))
    assert set(how_sure_inputs.condition_table(shipped, ward)["registrations"]) == {"our estimate"}
    assert set(how_sure_inputs.condition_table(counted, ward)["registrations"]) == {"NHS table, 1 July 2026"}
