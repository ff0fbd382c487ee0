"""The catalogue refuses what it does not know."""

import shutil

import pytest

from data.catalogue.model import HERE, CatalogueError, catalogue, read_catalogue


@pytest.fixture
def copy(tmp_path):
    for name in ("caveats.yml", "sources.yml"):
        shutil.copy(HERE / name, tmp_path / name)
    shutil.copytree(HERE / "indicators", tmp_path / "indicators")
    return tmp_path


def change(folder, old: str, new: str, name: str = "indicators/people.yml"):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_the_shipped_catalogue_is_whole_and_every_entry_is_used():
    shipped = catalogue()
    assert len(shipped.indicators) >= 120
    used = {code for item in shipped.indicators.values() for code in item.caveats}
    assert set(shipped.caveats) - used == set(), "caveats nobody cites"
    cited = {item.source for item in shipped.indicators.values()}
    assert cited <= set(shipped.sources)
    for item in shipped.indicators.values():
        assert len(item.plain_english) > 30, item.id
        assert item.plain_english.rstrip().endswith("."), item.id


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "- id: population\n",
            "- id: population\n  colour: red\n",
            r"people\.yml, entry 1 \(population\): colour",
        ),
        ("theme: people", "theme: peeple", "theme"),
        ("census-lockdown", "census-lokdown", "unknown caveats census-lokdown"),
        ("source: census", "source: sensus", "unknown source 'sensus"),
        ("- id: population-by-age\n", "- id: population\n", "population is there twice"),
    ],
)
def test_a_fault_is_named_with_its_file_and_entry(copy, old, new, words):
    with pytest.raises(CatalogueError, match=words):
        read_catalogue(change(copy, old, new))


def test_no_limits_without_a_reason_is_refused(copy):
    path = copy / "indicators/people.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("no-limits-count", "census-lockdown"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="says why"):
        read_catalogue(copy)


def test_a_file_that_is_no_list_is_refused(copy):
    (copy / "caveats.yml").write_text("code: x\n")
    with pytest.raises(CatalogueError, match=r"caveats\.yml must be a list"):
        read_catalogue(copy)
