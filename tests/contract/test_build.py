"""The whole build: same input, same bytes; a new ward list changes everything; a bad file nothing."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data import bundle as shipped
from data.build import build, main
from data.query import load_bundle
from geo.config import ROOT
from tests.rebuilt import checkout, sefton_in_halves

pytestmark = pytest.mark.slow
CITY, SEFTON = "E08000012", "E08000014"


def test_the_same_input_gives_the_same_bytes_and_they_are_the_shipped_ones(sources, tmp_path):
    root = checkout(tmp_path / "again")
    build(sources, root, root / "config.toml")
    for name in (*shipped.TABLES, shipped.INDEX, "docs/data-dictionary.md"):
        assert (root / name).read_bytes() == (ROOT / name).read_bytes(), (
            f"{name}: run `python3 tasks.py data`"
        )
    layers = {path.name for path in (ROOT / "static/geo").glob("*.geojson")}
    assert {path.name for path in (root / "static/geo").glob("*.geojson")} == layers


def test_a_new_ward_list_changes_every_neighbourhood_figure_map_and_name(swapped):
    new, old = load_bundle(swapped), load_bundle(ROOT)
    names = new.geometry("neighbourhood")["area_name"].tolist()
    assert names == ["Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"]
    for indicator in old.indicators(level="neighbourhood"):
        for period in old.periods(indicator.id, "neighbourhood"):
            table = new.slice(indicator.id, "neighbourhood", period)
            assert (table["status"] == "reported").all(), indicator.id
    assert not new.observations["area_code"].astype(str).str.startswith("LPL-").any()
    # every child of the city is in exactly one quarter
    quarters = new.slice("population", "neighbourhood", places=[CITY])["value"].sum()
    assert quarters == pytest.approx(new.value("population", CITY).value, abs=0.01)
    layer = new.layers["layers"][f"neighbourhood-{CITY}"]["file"]
    assert layer != old.layers["layers"][f"neighbourhood-{CITY}"]["file"]
    assert "Quarter 3" in (swapped / "static/geo" / layer).read_text(encoding="utf-8")
    assert new.postcode("L24 9HJ")["neighbourhood_code"].startswith("OFF")
    status = new.neighbourhood_status(CITY)
    assert status.status == "official"
    assert "working grouping" not in status.label
    assert "Neighbourhood Model" in status.label


def test_a_place_without_neighbourhoods_gets_them_the_same_way(sources, tmp_path):
    root = checkout(tmp_path / "sefton")
    sefton_in_halves(root)
    build(sources, root, root / "config.toml")
    new = load_bundle(root)
    table = new.slice("disabled", "neighbourhood", places=[SEFTON])
    assert table["area_name"].tolist() == ["Sefton North", "Sefton South"]
    assert (table["status"] == "reported").all()
    assert table["denominator"].sum() == pytest.approx(new.value("disabled", SEFTON).denominator, abs=0.01)
    assert f"neighbourhood-{SEFTON}" in new.layers["layers"]
    assert "Sefton's 2 neighbourhoods here are a working grouping" in new.neighbourhood_status(SEFTON).label
    # the city keeps its own list beside it
    assert len(new.slice("disabled", "neighbourhood", places=[CITY])) == 13


def test_a_new_ward_list_leaves_wards_and_places_alone(swapped):
    new, old = load_bundle(swapped), load_bundle(ROOT)
    for level in ("ward", "msoa", "place"):
        pd.testing.assert_frame_equal(
            new.slice("income-deprived", level), old.slice("income-deprived", level)
        )


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (
            lambda folder: (folder / "fuel_poverty/fuel_poverty_lsoa_2021.csv.gz").unlink(),
            "fuel_poverty_lsoa_2021",
        ),
        (
            lambda folder: cut(folder / "boundaries/ward25/E08000012.geojson"),
            "is not the file that manifest.csv",
        ),
    ],
)
def test_a_bad_source_stops_the_build_and_leaves_the_tables_alone(
    sources, swapped, tmp_path, capsys, break_it, words
):
    folder = tmp_path / "sources"
    shutil.copytree(sources, folder, copy_function=link)
    break_it(folder)
    before = shipped.verify(swapped)
    assert main(["--sources", str(folder), "--root", str(swapped)]) == 1
    said = capsys.readouterr().err
    assert "The data were not changed." in said
    assert words in said
    assert shipped.verify(swapped) == before


def test_a_bad_ward_list_stops_the_build_and_says_which_ward(sources, tmp_path, capsys):
    root = checkout(tmp_path / "bad")
    path = root / "geo/neighbourhoods/liverpool.csv"
    wards = pd.read_csv(path)
    wards[wards["ward_name"] != "Speke"].to_csv(path, index=False)
    assert main(["--sources", str(sources), "--root", str(root)]) == 1
    assert "(Speke) is missing" in capsys.readouterr().err
    assert not (root / "data/processed").exists()


def link(source: str, target: str) -> None:
    Path(target).symlink_to(Path(source).resolve())


def cut(path: Path) -> None:
    text = path.read_bytes()
    path.unlink()
    path.write_bytes(text[: len(text) // 2])
