"""What the Pioneer Places page says of its own estimate of ages, against the ages on the lists."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd

from data import pioneer_teams, pioneers
from data.query import load_bundle

LISTS = "gp_practices/gp-reg-pat-prac-quin-age_202607.zip"
OLDER = ["65_69", "70_74", "75_79", "80_84", "85_89", "90_94", "95+"]


def on_the_lists(sources: Path) -> pd.DataFrame:
    """Patients of each network's practices, all and of 65 and over."""
    with zipfile.ZipFile(sources / LISTS) as packed, packed.open(packed.namelist()[0]) as file:
        columns = ["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"]
        rows = pd.read_csv(file, usecols=columns)
    rows = rows[(rows["ORG_TYPE"] == "GP") & rows["SEX"].isin(["MALE", "FEMALE"])]
    rows = rows[rows["AGE_GROUP_5"] != "ALL"]
    rows["older"] = rows["NUMBER_OF_PATIENTS"].where(rows["AGE_GROUP_5"].isin(OLDER), 0)
    return rows.groupby("ORG_CODE")[["NUMBER_OF_PATIENTS", "older"]].sum()


def test_the_share_of_older_patients_is_out_by_what_the_page_says(sources):
    bundle = load_bundle()
    practices = pioneers.practice_list(bundle).join(on_the_lists(sources), how="inner")
    real = practices.groupby("pcn_code")[["NUMBER_OF_PATIENTS", "older"]].sum()
    live = pioneer_teams.patients_by_ward(bundle, pioneers.support(bundle.version))
    made = live.groupby("pcn_code")[["patients", "older"]].sum()
    share = made["older"] / made["patients"] * 100
    error = (share - real["older"] / real["NUMBER_OF_PATIENTS"] * 100).dropna()
    assert len(error) == 49
    assert error.abs().mean() < 1.5
    assert error.abs().max() < 4.5
    assert error.abs().max() > 1.5  # the page names the worst: it should still be far from the rest
