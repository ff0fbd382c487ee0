"""The two lock files against the requirements they are made from."""

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import environment
from tools.environment import DEVELOPMENT, RUNTIME, ProblemError


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("pandas==3.1.1 \\\n    --hash=sha256:00\n    # via me\nPyYAML==6.0.3\n", encoding="utf-8")
    return path


def test_a_name_missing_from_the_lock_is_found_however_it_is_spelt(tmp_path: Path, lock: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("# comment\n-r other.txt\npandas>=3\npyyaml\nscipy>=1.15\n", encoding="utf-8")
    assert environment.missing_from_lock(requirements, lock) == ["scipy"]
    with pytest.raises(ProblemError, match=r"lacks scipy: run python3 tasks\.py lock"):
        environment.check_lock(lock)


def pins(lock: Path) -> dict[str, str]:
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line.rstrip("\\ "))
            name = environment.requirement_names(requirement.name)[0]
            assert name not in found, f"{name} is pinned twice in {lock.name}"
            found[name] = str(requirement.specifier).removeprefix("==")
    return found


@pytest.mark.parametrize("lock_file", DEVELOPMENT, ids=lambda path: path.name)
def test_the_locks_satisfy_their_requirements(lock_file: Path) -> None:
    pinned = pins(lock_file)
    for line in lock_file.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line)
            assert pinned[environment.requirement_names(requirement.name)[0]] in requirement.specifier


def test_the_development_lock_holds_the_runtime_lock_whole() -> None:
    assert pins(RUNTIME[0]).items() <= pins(DEVELOPMENT[0]).items()


@pytest.mark.parametrize("lock_file", DEVELOPMENT, ids=lambda path: path.name)
def test_the_locks_name_no_registry(lock_file: Path) -> None:
    text = lock_file.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
