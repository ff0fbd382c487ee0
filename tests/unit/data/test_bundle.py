"""The bundle: a half-written or changed one is refused by name; a swap is all or nothing."""

import json
from pathlib import Path

import pytest

from data.bundle import (
    INDEX,
    STREETS,
    TABLES,
    BundleError,
    street_names_used,
    swap,
    verify,
    write_index,
)


def make(root: Path, text: str = "x") -> Path:
    for name in TABLES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + name)
    (root / "static/geo").mkdir(parents=True, exist_ok=True)
    (root / f"static/geo/ward-{text}.geojson").write_text(text)
    write_index(root, "manifest", {"provider": "estimate", "extract_date": None, "label": "Ours."})
    return root


def test_a_whole_bundle_has_a_version_that_follows_its_content(tmp_path):
    first, same, other = make(tmp_path / "a"), make(tmp_path / "b"), make(tmp_path / "c", "y")
    assert verify(first) == verify(same)
    assert verify(first) != verify(other)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_or_changed_table_is_named(tmp_path, name):
    root = make(tmp_path)
    (root / name).write_text("half")
    with pytest.raises(BundleError, match=f"{name} is not the file"):
        verify(root)
    (root / name).unlink()
    with pytest.raises(BundleError, match=f"{name} is missing"):
        verify(root)


def test_no_index_or_a_broken_one_is_refused_with_what_to_do(tmp_path):
    root = make(tmp_path)
    (root / INDEX).write_text("{")
    with pytest.raises(BundleError, match=r"tasks\.py data"):
        verify(root)
    (root / INDEX).unlink()
    with pytest.raises(BundleError, match="not complete"):
        verify(root)


def test_a_swap_brings_everything_and_removes_old_layers(tmp_path):
    root, made = make(tmp_path / "root"), make(tmp_path / "made", "y")
    version = verify(made)
    swap(made, root, ("geo/processed", "data/processed", "static/geo"))
    assert verify(root) == version
    assert [path.name for path in (root / "static/geo").iterdir()] == ["ward-y.geojson"]
    assert not made.exists()


def test_a_swap_cut_short_is_noticed(tmp_path, monkeypatch):
    root, made = make(tmp_path / "root"), make(tmp_path / "made", "y")
    replace, count = Path.replace, {"left": 3}

    def stop_after_three(self: Path, target: Path) -> Path:
        if count["left"] == 0:
            raise OSError("disk full")
        count["left"] -= 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stop_after_three)
    with pytest.raises(OSError, match="disk full"):
        swap(made, root, ("geo/processed", "data/processed", "static/geo"))
    with pytest.raises(BundleError):
        verify(root)


def test_the_shipped_bundle_is_whole_and_small():
    from geo.config import ROOT

    assert verify(ROOT) == json.loads((ROOT / INDEX).read_text())["version"]
    size = sum((ROOT / name).stat().st_size for name in TABLES)
    size += sum(path.stat().st_size for path in (ROOT / "static/geo").glob("*.geojson"))
    assert size < 20e6
    assert (ROOT / "geo/processed/postcodes.parquet").stat().st_size < 3e6


OPEN_NAMES = {"provider": "os-open-names", "dated": "July 2026", "sha256": "abc"}
OURS = {"provider": "estimate", "extract_date": None, "label": "Ours."}


def with_streets(root: Path) -> Path:
    (make(root) / STREETS).write_text("streets")
    write_index(root, "manifest", OURS, OPEN_NAMES)
    return root


def test_a_bundle_without_a_list_of_streets_is_whole_and_says_nothing_of_one(tmp_path):
    root = make(tmp_path)
    assert street_names_used(root) is None
    assert "street_names" not in json.loads((root / INDEX).read_text())


def test_a_list_of_streets_is_part_of_the_bundle_and_its_version(tmp_path):
    root = with_streets(tmp_path / "with")
    assert verify(root) != verify(make(tmp_path / "without"))
    used = street_names_used(root)
    assert (used.provider, used.dated, used.file) == ("os-open-names", "July 2026", root / STREETS)
    (root / STREETS).write_text("half")
    with pytest.raises(BundleError, match=f"{STREETS} is not the file"):
        verify(root)
    (root / STREETS).unlink()
    with pytest.raises(BundleError, match=f"{STREETS} is missing"):
        verify(root)


@pytest.mark.parametrize("told", [None, {}, {"provider": "os-open-names"}, "x"])
def test_a_list_of_streets_without_its_source_is_refused(tmp_path, told):
    root = with_streets(tmp_path)
    index = json.loads((root / INDEX).read_text())
    (root / INDEX).write_text(json.dumps(index | {"street_names": told}))
    with pytest.raises(BundleError, match="whose list of streets"):
        street_names_used(root)
    del index["files"][STREETS]
    (root / INDEX).write_text(json.dumps(index))
    with pytest.raises(BundleError, match="whose list of streets"):
        street_names_used(root)


def test_a_build_without_the_list_takes_the_old_one_away(tmp_path):
    root = with_streets(tmp_path / "root")
    swap(make(tmp_path / "made", "y"), root, ["geo/processed", "data/processed", "static/geo"])
    assert not (root / STREETS).exists()
    assert street_names_used(root) is None
    verify(root)
