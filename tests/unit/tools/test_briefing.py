"""Printing the slides: what is said where it cannot be done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import tasks
from tools import briefing
from tools.environment import ProblemError


def test_without_a_browser_it_says_how_to_print(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(briefing, "find_chromium", lambda: "")
    with pytest.raises(ProblemError, match=r"needs a browser(.|\n)*Ctrl\+P"):
        briefing.print_pdf(tmp_path / "deck.html", tmp_path / "deck.pdf")


def test_a_browser_that_prints_nothing_is_told_and_an_old_pdf_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "deck.pdf"
    old.write_bytes(b"old")
    done = subprocess.CompletedProcess([], 0, "", "no display\n")
    monkeypatch.setattr(briefing, "find_chromium", lambda: "/opt/browser")
    monkeypatch.setattr(briefing.subprocess, "run", lambda *args, **kwargs: done)
    with pytest.raises(ProblemError, match=r"printed no PDF: \['no display'\]"):
        briefing.print_pdf(tmp_path / "deck.html", old)
    assert not old.exists()


def test_the_browser_is_started_without_a_way_out(tmp_path: Path) -> None:
    command = briefing.print_command("/opt/browser", tmp_path / "a b.html", tmp_path / "deck.pdf", "profile")
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in command
    assert command[-1].startswith("file://")
    assert command[-1].endswith("/a%20b.html")


def test_the_command_passes_everything_on_and_prints_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[list[str]] = []
    printed: list[Path] = []
    codes = iter([0, 0, 1])
    monkeypatch.setattr(tasks, "set_up", lambda *args: None)
    monkeypatch.setattr(tasks, "print_pdf", lambda page, pdf: printed.append(pdf))
    monkeypatch.setattr(
        tasks.subprocess, "call", lambda command, **kwargs: called.append(command) or next(codes)
    )
    out, pdf = str(tmp_path / "deck.html"), str(tmp_path / "deck.pdf")
    assert tasks.main(["briefing", "--area", "LPL-W03", "--out", out]) == 0
    assert tasks.main(["briefing", "--area", "LPL-W03", "--out", out, "--pdf", pdf, "--room", "light"]) == 0
    assert tasks.main(["briefing", "--area", "nowhere", "--out", out, "--pdf", pdf]) == 1
    assert printed == [Path(pdf)]
    assert called[1][-8:] == ["--area", "LPL-W03", "--out", out, "--slides", "", "--room", "light"]
