"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.rebuilt import checkout, in_quarters, with_place
from tools.environment import ProblemError
from tools.sources import find_sources

# the machine may be busy: what a property test costs is not what it checks
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

BROWSER_TESTS = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in tests/browser; skip it, with the reason, where tasks.py found no Chromium."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
            if os.environ.get("NO_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (see tasks.py test)"))
        if "sources" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sources)


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the publishers' raw files. Absent: the test is skipped, in CI (CI=true) it fails."""
    try:
        return find_sources()
    except ProblemError as problem:
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(str(problem), pytrace=False)
        pytest.skip("needs the publishers' raw files, which are not shipped (see docs/updating-data.md)")


@pytest.fixture(scope="session")
def swapped(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a build in which the city has an "official" list of four quarters and there is one more
    pioneer Place, far from the others. Do not change it.
    """
    from data.build import build  # the build's packages are not needed for any other test here

    root = checkout(tmp_path_factory.mktemp("swapped"))
    in_quarters(root)
    with_place(root, "E08000035", "Leeds", "leeds")
    build(sources, root, root / "config.toml")
    return root
