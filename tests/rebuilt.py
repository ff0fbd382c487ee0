"""Builds of the tables for another list of wards or another Place, as a council would make them."""

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


def with_place(root: Path, code: str, name: str, slug: str) -> None:
    """Add a pioneer Place to a checkout as a council would: five lines at the end of config.toml."""
    lines = [
        "",
        "[[place]]",
        f'code = "{code}"',
        f'name = "{name}"',
        f'slug = "{slug}"',
        'role = "pioneer"',
        "",
    ]
    with (root / "config.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines))


def sefton_in_halves(root: Path) -> None:
    """Give Sefton, which ships no list, two working neighbourhoods: a list, its header, a line of config."""
    areas = pd.read_parquet(
        ROOT / "geo/processed/areas.parquet", columns=["area_code", "area_name", "parent_code"]
    )
    wards = areas[(areas["parent_code"] == "E08000014") & areas["area_code"].str.startswith("E05")]
    half = ["North" if position < 11 else "South" for position in range(len(wards))]
    table = pd.DataFrame({"ward_code": wards["area_code"], "ward_name": wards["area_name"]})
    table["neighbourhood_code"] = [f"SEF-{name[0]}" for name in half]
    table["neighbourhood_name"] = [f"Sefton {name}" for name in half]
    path = root / "geo/neighbourhoods/sefton.csv"
    table.to_csv(path, index=False)
    path.with_suffix(".toml").write_text(
        'status = "working"\nsource = "A test"\ndate = "2026-01-01"\n', encoding="utf-8"
    )
    config = (root / "config.toml").read_text(encoding="utf-8")
    named = 'slug = "sefton"\nneighbourhoods = "geo/neighbourhoods/sefton.csv"'
    (root / "config.toml").write_text(config.replace('slug = "sefton"', named), encoding="utf-8")
