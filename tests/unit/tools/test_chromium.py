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
