"""Finding the publishers' raw files."""

from pathlib import Path

import pytest

from tools.environment import ProblemError
from tools.sources import find_sources


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "project"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[data]\nsources = "raw"\n', encoding="utf-8")
    return folder


def with_manifest(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "manifest.csv").touch()
    return folder.resolve()


def test_sources_are_found_as_configured_else_beside_the_checkout(project: Path) -> None:
    beside = with_manifest(project.parent / "shared" / "sources")
    assert find_sources(root=project, env={}) == beside
    configured = with_manifest(project / "raw")
    assert find_sources(root=project, env={}) == configured


def test_sources_asked_for_by_name_are_never_replaced_by_others(project: Path, tmp_path: Path) -> None:
    with_manifest(project / "raw")
    named = with_manifest(tmp_path / "named")
    assert find_sources(root=project, env={"NEIGHBOURHOODS_SOURCES": str(named)}) == named
    with pytest.raises(ProblemError, match="elsewhere"):
        find_sources(str(tmp_path / "elsewhere"), root=project, env={})


def test_missing_sources_say_where_was_looked_and_what_to_do(project: Path) -> None:
    with pytest.raises(ProblemError) as problem:
        find_sources(root=project, env={})
    for words in ("raw", "shared/sources", "--sources DIR", "docs/updating-data.md", "runs without them"):
        assert words in str(problem.value)
