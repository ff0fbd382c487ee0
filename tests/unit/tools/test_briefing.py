"""The command for slides: what it passes on."""

from __future__ import annotations

from pathlib import Path

import pytest

import tasks


def test_the_command_passes_everything_on_and_asks_for_a_pdf_only_when_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[list[str]] = []
    codes = iter([0, 0, 1])
    monkeypatch.setattr(tasks, "set_up", lambda *args: None)
    monkeypatch.setattr(
        tasks.subprocess, "call", lambda command, **kwargs: called.append(command) or next(codes)
    )
    out, pdf = str(tmp_path / "deck.html"), str(tmp_path / "deck.pdf")
    assert tasks.main(["briefing", "--area", "LPL-W03", "--out", out]) == 0
    assert tasks.main(["briefing", "--area", "LPL-W03", "--out", out, "--pdf", pdf, "--room", "light"]) == 0
    assert tasks.main(["briefing", "--area", "nowhere", "--out", out]) == 1
    assert "--pdf" not in called[0]
    assert called[1][-10:] == [
        "--area", "LPL-W03", "--out", out, "--slides", "", "--room", "light", "--pdf", pdf,
    ]  # fmt: skip
