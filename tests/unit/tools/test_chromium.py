"""Finding a browser for the browser tests."""

import os
from pathlib import Path

import pytest

from tools import chromium
from tools.environment import ProblemError


def program(folder: Path, name: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name + (".exe" if os.name == "nt" else ""))
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_chromium_is_found_on_the_path(tmp_path: Path) -> None:
    chrome = program(tmp_path, "google-chrome")
    assert chromium.find_chromium({"PATH": str(tmp_path)}, "linux") == chrome
    first = program(tmp_path, "chromium")
    assert chromium.find_chromium({"PATH": str(tmp_path)}, "linux") == first


def test_no_chromium_is_an_empty_answer(tmp_path: Path) -> None:
    assert chromium.find_chromium({"PATH": str(tmp_path)}, "linux") == ""


def test_the_named_chromium_comes_first_and_must_exist(tmp_path: Path) -> None:
    program(tmp_path / "path", "chromium")
    named = program(tmp_path / "own", "my-browser")
    assert chromium.find_chromium({"PATH": str(tmp_path / "path"), "CHROMIUM": named}, "linux") == named
    with pytest.raises(ProblemError, match="CHROMIUM is set to /nowhere"):
        chromium.find_chromium({"PATH": str(tmp_path / "path"), "CHROMIUM": "/nowhere"}, "linux")


def test_the_usual_places_of_windows_and_macos_are_looked_at(tmp_path: Path) -> None:
    edge = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    mac = tmp_path / "Applications/Chromium.app/Contents/MacOS/Chromium"
    for path in (edge, mac):
        path.parent.mkdir(parents=True)
        path.touch()
    assert chromium.find_chromium({"PATH": "", "PROGRAMFILES": str(tmp_path)}, "win32") == str(edge)
    assert chromium.find_chromium({"PATH": "", "HOME": str(tmp_path)}, "darwin") == str(mac)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A machine without any browser, where installing one fails; a test changes what it needs."""
    here: dict[str, object] = {"found": "", "debian": "", "starts": set(), "fetch": 1, "fetched": 0}

    def fetch(*args: object, **kwargs: object) -> int:
        here["fetched"] = 1
        return int(str(here["fetch"]))

    def starts(python: Path, path: str) -> bool:
        return path in here["starts"] or (path == "" and here["fetched"] == 1 and here["fetch"] == 0)  # type: ignore[operator]

    monkeypatch.setattr(chromium, "find_chromium", lambda: here["found"])
    monkeypatch.setattr(chromium, "is_debian_root", lambda: bool(here["debian"]))
    monkeypatch.setattr(chromium, "debian_chromium", lambda: here["debian"])
    monkeypatch.setattr(chromium, "starts", starts)
    monkeypatch.setattr(chromium.subprocess, "call", fetch)
    return here


def test_a_chromium_that_is_here_is_used_without_fetching(machine: dict[str, object]) -> None:
    machine |= {"found": "/usr/bin/chromium", "starts": {"/usr/bin/chromium"}}
    assert chromium.browser_settings(Path("python")) == {"CHROMIUM_PATH": "/usr/bin/chromium"}
    assert machine["fetched"] == 0


def test_debians_package_comes_before_playwrights_own(machine: dict[str, object]) -> None:
    machine |= {"debian": "/usr/bin/chromium", "starts": {"/usr/bin/chromium"}, "fetch": 0}
    assert chromium.browser_settings(Path("python")) == {"CHROMIUM_PATH": "/usr/bin/chromium"}


def test_playwrights_own_is_fetched_where_the_one_here_does_not_start(machine: dict[str, object]) -> None:
    machine |= {"found": "/snap/bin/chromium", "fetch": 0}
    expected = {"CHROMIUM_PATH": "", "PLAYWRIGHT_BUILTIN": "1"}
    assert chromium.browser_settings(Path("python")) == expected
    assert machine["fetched"] == 1


def test_no_browser_at_all_is_an_empty_answer(machine: dict[str, object]) -> None:
    assert chromium.browser_settings(Path("python")) == {}
