"""A build of the tables for another list of wards, as a council would make it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from geo.config import ROOT


def checkout(folder: Path) -> Path:
    """A root with only what a council edits."""
    (folder / "geo").mkdir(parents=True)
    shutil.copy(ROOT / "config.toml", folder)
    shutil.copytree(ROOT / "geo/neighbourhoods", folder / "geo/neighbourhoods")
    return folder


def in_quarters(root: Path) -> None:
    """Give the city of a checkout an "official" list: its wards in four named quarters."""
    path = root / "geo/neighbourhoods/liverpool.csv"
    wards = pd.read_csv(path)
    quarter = (wards["neighbourhood_code"].str[-2:].astype(int) - 1) // 4 + 1
    wards["neighbourhood_code"] = "OFF" + quarter.astype(str)
    wards["neighbourhood_name"] = "Quarter " + quarter.astype(str)
    wards.to_csv(path, index=False)
    header = 'status = "official"\nsource = "The council\'s Neighbourhood Model"\ndate = "2026-01-01"\n'
    path.with_suffix(".toml").write_text(header, encoding="utf-8")
