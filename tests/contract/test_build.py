"""The whole build: same input, same bytes; a new ward list changes everything; a bad file nothing."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data import bundle as shipped
from data.build import build, main
from data.query import load_bundle
from geo.config import ROOT

pytestmark = pytest.mark.slow
CITY, SEFTON = "E08000012", "E08000014"


def checkout(folder: Path) -> Path:
    """A root with only what a council edits."""
    (folder / "geo").mkdir(parents=True)
    shutil.copy(ROOT / "config.toml", folder)
    shutil.copytree(ROOT / "geo/neighbourhoods", folder / "geo/neighbourhoods")
    return folder


@pytest.fixture(scope="module")
def swapped(sources, tmp_path_factory) -> Path:
    """A build in which the city has an "official" list: its wards in four named quarters."""
    root = checkout(tmp_path_factory.mktemp("swapped"))
    path = root / "geo/neighbourhoods/liverpool.csv"
    wards = pd.read_csv(path)
    quarter = (wards["neighbourhood_code"].str[-2:].astype(int) - 1) // 4 + 1
    wards["neighbourhood_code"] = "OFF" + quarter.astype(str)
    wards["neighbourhood_name"] = "Quarter " + quarter.astype(str)
    wards.to_csv(path, index=False)
    add_sefton(root)
    header = 'status = "official"\nsource = "The council\'s Neighbourhood Model"\ndate = "2026-01-01"\n'
    path.with_suffix(".toml").write_text(header, encoding="utf-8")
    build(sources, root, root / "config.toml")
    return root


def add_sefton(root: Path) -> None:
    """A list for a Place that ships none, named in config.toml: the same mechanism serves it."""
    areas = pd.read_parquet(
        ROOT / "geo/processed/areas.parquet", columns=["area_code", "area_name", "parent_code"]
    )
    wards = areas[(areas["parent_code"] == SEFTON) & areas["area_code"].str.startswith("E05")]
    half = ["North" if i < 11 else "South" for i in range(len(wards))]
    table = pd.DataFrame({"ward_code": wards["area_code"], "ward_name": wards["area_name"]})
    table["neighbourhood_code"] = [f"SEF-{name[0]}" for name in half]
    table["neighbourhood_name"] = [f"Sefton {name}" for name in half]
    table.to_csv(root / "geo/neighbourhoods/sefton.csv", index=False)
    (root / "geo/neighbourhoods/sefton.toml").write_text(
        'status = "working"\nsource = "A test"\ndate = "2026-01-01"\n', encoding="utf-8"
    )
    config = (root / "config.toml").read_text(encoding="utf-8")
    named = 'slug = "sefton"\nneighbourhoods = "geo/neighbourhoods/sefton.csv"'
    (root / "config.toml").write_text(config.replace('slug = "sefton"', named), encoding="utf-8")


def test_a_place_without_neighbourhoods_gets_them_the_same_way(swapped):
    new = load_bundle(swapped)
    table = new.slice("disabled", "neighbourhood", places=[SEFTON])
    assert table["area_name"].tolist() == ["Sefton North", "Sefton South"]
    assert (table["status"] == "reported").all()
    assert table["denominator"].sum() == pytest.approx(new.value("disabled", SEFTON).denominator, abs=0.01)
    assert f"neighbourhood-{SEFTON}" in new.layers["layers"]
    assert "working grouping of Sefton's wards" in new.neighbourhood_status(SEFTON).label


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
    assert names == ["Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Sefton North", "Sefton South"]
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
