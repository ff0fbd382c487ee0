"""Who is registered where, on the real sources: conserved, better than naive, replaced by the NHS table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from data.flow_window import make_window, read_country
from data.ingest.indices_of_deprivation_files import read_2025
from data.ingest.practice_positions import practice_positions
from data.ingest.practices import place_of_practice
from data.ingest.registrations import NHS_TABLE, read_registered
from data.registrations import DECAY, registrations
from data.registrations_check import LINCOLNSHIRE, concentration
from data.registrations_docs import docs_section
from data.sources import SourceError, SourceFolder
from geo.config import config
from methods.small_area.calibrate import calibrate
from methods.small_area.flows import Decay


@pytest.fixture(scope="module")
def folder(sources):
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def edition(folder):
    return read_2025(folder)


@pytest.fixture(scope="module")
def codes(edition):
    return sorted(edition.index[edition["place_code"].isin(config().place_codes)])


@pytest.fixture(scope="module")
def estimate(folder, edition, codes):
    return registrations(folder, codes, edition=edition)


def test_the_reader_keeps_every_patient_of_lincolnshire(folder, edition):
    raw = pd.read_csv(folder.path(LINCOLNSHIRE))
    found = read_registered(folder.path(LINCOLNSHIRE), edition.index)
    assert found.total == raw["NUMBER_OF_PATIENTS"].sum() == 342_910
    parts = found.table["patients"].sum() + found.without_lsoa + found.outside_england + found.strange_codes
    assert parts == found.total
    known = raw[raw["LSOA_CODE"].isin(edition.index)].groupby("PRACTICE_CODE")["NUMBER_OF_PATIENTS"].sum()
    pd.testing.assert_series_equal(
        found.table.groupby("practice_code")["patients"].sum(), known, check_names=False, check_dtype=False
    )


def test_lists_agree_with_the_published_registrations_of_lincolnshire(folder):
    raw = pd.read_csv(folder.path(LINCOLNSHIRE)).groupby("PRACTICE_CODE")["NUMBER_OF_PATIENTS"].sum()
    lists = practice_positions(folder)["list_size"].reindex(raw.index)
    assert (lists == raw).all()


def test_the_published_imd_of_practices_is_made_of_real_registrations(folder, edition):
    """The evidence on which the constraint rests: computed from Lincolnshire again it is as published."""
    real = read_registered(folder.path(LINCOLNSHIRE), edition.index).table
    score = real["lsoa_code"].map(edition["IMD_score"]) * real["patients"]
    own = score.groupby(real["practice_code"]).sum() / real.groupby("practice_code")["patients"].sum()
    published = practice_positions(folder)["imd"].reindex(own.index)
    assert (own - published).abs().max() < 0.5


def test_a_practice_geocoded_to_another_country_has_no_position(folder):
    """The list of 2023 puts M83100 in India; it has patients in Staffordshire."""
    one = practice_positions(folder).loc["M83100"]
    assert np.isnan(one["x"])
    assert one["list_size"] > 0


def test_every_lsoa_has_patients_and_shares_that_sum_to_one(estimate, codes):
    table = estimate.table
    assert estimate.provider == "estimate"
    assert sorted(table["lsoa_code"].unique()) == codes
    assert (table["patients"] > 0).all()
    assert not table.duplicated(["practice_code", "lsoa_code"]).any()
    total = table.groupby("lsoa_code")["patients"].transform("sum")
    share = (table["patients"] / total).groupby(table["lsoa_code"]).sum()
    np.testing.assert_allclose(share, 1.0)


def test_lists_are_met_but_for_those_who_live_outside(estimate, folder):
    local = set(place_of_practice(folder)["practice_code"])
    lists = practice_positions(folder)["list_size"]
    held = estimate.table.groupby("practice_code")["patients"].sum()
    ours = sorted(local & set(lists.index) & set(held.index))
    assert len(ours) == estimate.report["local_practices"] == 334
    # dropped cells are given to the rest of their LSOA, so a list may be off by a little
    assert (held[ours] <= lists[ours] * 1.02 + 25).all()
    inside = held[ours].sum() / lists[ours].sum()
    assert inside == pytest.approx(1 - estimate.report["patients_from_outside"], abs=0.002)


def test_no_practice_without_a_list_has_patients(estimate, folder):
    everyone = practice_positions(folder)
    assert set(estimate.table["practice_code"]) <= set(everyone.index)
    assert (everyone["list_size"] > 0).all()


def test_the_published_scores_are_met_nearly_everywhere(estimate):
    assert len(estimate.report["unmet"]) <= 10
    assert max(abs(gap) for gap in estimate.report["unmet"].values()) < 5


def test_the_estimate_beats_the_naive_tables(estimate):
    left, real = estimate.report["left_out"], estimate.report["lincolnshire"]
    assert left["decay"]["r2"] > 0.95 > left["exponential"]["r2"] > left["nearest"]["r2"]
    assert left["decay"]["mae"] < left["exponential"]["mae"] < left["nearest"]["mae"]
    assert left["constrained"]["mae"] < left["exponential"]["mae"]
    for level in ("lsoa", "msoa"):
        found = [real[name][level] for name in ("constrained", "decay", "exponential", "nearest")]
        assert found == sorted(found, reverse=True)
    assert real["constrained"]["lsoa"] > 0.82 > 0.60 > real["nearest"]["lsoa"]
    assert real["largest_practice_right"]["right"] > 0.85


def test_replicates_spread_as_wide_as_real_registrations_lie_about_the_estimate(estimate):
    real = estimate.report["lincolnshire"]
    assert real["replicates"]["cells"] > 400
    assert 0.92 < real["replicates"]["covered"] < 0.98
    assert real["replicates"]["covered_msoa"] > 0.85
    assert real["replicates"]["lsoa"] < real["constrained"]["lsoa"]


def test_replicates_line_up_with_the_table_and_repeat(estimate):
    table = estimate.table
    first, again = list(estimate.replicates(3, seed=1)), list(estimate.replicates(3, seed=1))
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first[0], next(estimate.replicates(1, seed=2)))
    own = table["patients"].to_numpy()
    for one in first:
        assert one.shape == own.shape
        assert (one > 0).all()
        # the same cells: large ones stay large
        assert np.corrcoef(np.log(one), np.log(own))[0, 1] > 0.6
        assert one.sum() == pytest.approx(own.sum(), rel=0.02)


@pytest.mark.slow
def test_the_shipped_decay_is_what_calibration_finds(folder, edition, codes):
    country = read_country(folder, edition)
    window = make_window(folder, country, codes)
    near = cKDTree(country.lsoas.loc[codes, ["x", "y"]]).query(window.practices[["x", "y"]])[0] < 8000
    lists = window.practice_values("list_size")
    found = calibrate(
        window.pairs, window.lsoa_values("residents"), lists, window.lsoa_values("imd"),
        window.practice_values("imd"), near & (lists > 1000), row_pull=DECAY.row_pull,
        start=Decay(0.6, 0.5, DECAY.row_pull), evaluations=24,
    )  # fmt: skip
    assert found.scale == pytest.approx(DECAY.scale, abs=0.03)
    assert found.power == pytest.approx(DECAY.power, abs=0.06)


def test_concentration_is_counted_from_shares():
    lsoa = pd.Series(["E1", "E1", "E2"])
    found = concentration(lsoa, np.array([75.0, 25.0, 10.0]))
    assert found["largest_share"] == pytest.approx((0.75 + 1) / 2)
    assert found["effective_practices"] == pytest.approx((1 / 0.625 + 1) / 2)


def test_the_text_gives_the_figures_of_this_build(estimate):
    text = docs_section(estimate)
    assert f"{estimate.report['lincolnshire']['constrained']['lsoa']:.1%}" in text
    assert f"{estimate.report['left_out']['nearest']['mae']:.2f}" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("|")) <= 118


def beside(sources: Path, target: Path) -> Path:
    """A source folder with the same files, to which one can be added."""
    for path in sources.rglob("*"):
        own = target / path.relative_to(sources)
        if path.is_dir():
            own.mkdir(parents=True, exist_ok=True)
        else:
            own.parent.mkdir(parents=True, exist_ok=True)
            own.symlink_to(path)
    return target


def write_nhs(folder: Path, table: pd.DataFrame) -> None:
    pd.DataFrame(
        {
            "PUBLICATION": "GP_PRAC_PAT_LIST", "EXTRACT_DATE": "01/10/2026",
            "PRACTICE_CODE": table["practice_code"], "PRACTICE_NAME": "A SURGERY",
            "LSOA_CODE": table["lsoa_code"], "SEX": "ALL",
            "NUMBER_OF_PATIENTS": table["patients"].round().clip(lower=1).astype(int),
        }
    ).to_csv(folder / NHS_TABLE, index=False)  # fmt: skip


def test_the_nhs_table_replaces_the_estimate(sources, edition, codes, estimate, tmp_path):
    own = beside(sources, tmp_path)
    extra = pd.DataFrame({"practice_code": ["N82002"], "lsoa_code": ["CLOSED"], "patients": [7.0]})
    write_nhs(own, pd.concat([estimate.table, extra], ignore_index=True))
    found = registrations(SourceFolder(own), codes, edition=edition)
    assert found.provider == "nhs"
    assert "1 October 2026" in found.label
    assert found.report["without_lsoa"] == 7
    assert sorted(found.table["lsoa_code"].unique()) == codes
    expected = estimate.table["patients"].round().clip(lower=1)
    np.testing.assert_array_equal(found.table["patients"], expected)
    for one in found.replicates(2, seed=1):
        np.testing.assert_array_equal(one, found.table["patients"])
    assert "counted by NHS England" in docs_section(found)


def test_an_extract_for_another_area_is_refused(sources, edition, codes, tmp_path):
    own = beside(sources, tmp_path)
    (own / NHS_TABLE).symlink_to(sources / LINCOLNSHIRE)
    with pytest.raises(SourceError, match="has 0 of the 334 practices of Cheshire and Merseyside"):
        registrations(SourceFolder(own), codes, edition=edition)
