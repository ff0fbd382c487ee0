"""The commands: what they decide before they start anything."""

import ast
import os
import re
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import tasks
from tools.environment import ProblemError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_tasks_parses_on_an_old_python() -> None:
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_too_old_says_which_version_is_needed_and_which_is_here() -> None:
    message = tasks.too_old((3, 9, 6), "")
    assert "3.11 or later" in message
    assert "Python 3.9" in message
    assert "python3.13 " in tasks.too_old((3, 9, 6), "python3.13")


def test_without_a_verb_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main([]) == 0
    shown = capsys.readouterr().out
    assert all(verb in shown for verb in ("run", "test", "data", "lint", "bench", "lock"))


def test_unknown_verb_is_refused_and_the_known_ones_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        tasks.main(["serve"])
    assert stopped.value.code == 2
    shown = capsys.readouterr().err
    assert "serve" in shown
    assert "lint" in shown


def test_every_verb_has_its_task() -> None:
    verbs = next(action for action in tasks.make_parser()._actions if action.dest == "verb").choices
    assert verbs is not None
    assert [verb for verb in verbs if not callable(getattr(tasks, f"task_{verb}", None))] == []


def test_test_hands_every_argument_to_pytest() -> None:
    assert tasks.parse(["test", "-k", "ward", "tests/unit", "-x"]).rest == ["-k", "ward", "tests/unit", "-x"]
    assert tasks.parse(["test"]).rest == []


def test_a_problem_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(args: object) -> int:
        raise ProblemError("The disk is full.")

    monkeypatch.setattr(tasks, "task_lint", broken)
    assert tasks.main(["lint"]) == 2
    assert "The disk is full." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["-x"], True),
        (["tests"], True),
        (["tests/browser"], True),
        (["-k", "map", "tests/browser/"], True),
        (["tests/unit"], False),
        (["tests/unit/test_tasks.py::test_unknown_verb", "-q"], False),
        (["tests/unit", "tests/browser"], True),
    ],
)
def test_a_browser_is_looked_for_only_where_a_browser_test_can_be_reached(
    arguments: list[str], expected: bool, tmp_path: Path
) -> None:
    for folder in ("tests/unit", "tests/browser"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "tests/unit/test_tasks.py").touch()
    assert tasks.needs_browser(arguments, tmp_path) is expected


def steps_with(ok: list[bool]) -> tasks.Steps:
    steps = tasks.Steps()
    steps.done = [(f"step {number}", value, 1.0) for number, value in enumerate(ok)]
    return steps


def test_one_failed_step_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert steps_with([True, True]).summary() == 0
    assert steps_with([True, False, True]).summary() == 1
    assert "FAILED  step 1" in capsys.readouterr().out


@pytest.mark.parametrize(("ci", "expected"), [("true", 1), ("", 0)])
def test_no_chromium_fails_in_ci_and_is_loud_elsewhere(
    ci: str, expected: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[dict[str, str]] = []
    steps = tasks.Steps()
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(tasks, "browser_settings", lambda python: {})
    monkeypatch.setattr(steps, "run", lambda name, *args, **env: ran.append(env))
    tasks.run_pytest(steps, [])
    assert ran == [{"NO_BROWSER": "1"}]
    assert capsys.readouterr().out.count("NO CHROMIUM") == 2
    assert steps.summary() == expected


def test_run_names_the_busy_port_and_the_one_it_takes(
    busy_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: dict[str, object] = {}
    monkeypatch.setattr(tasks, "set_up", lambda venv, locks: None)
    monkeypatch.setattr(tasks, "serve", lambda command, **how: started.update(command=command, **how) or 0)
    assert tasks.main(["run", "--port", str(busy_port), "--no-browser"]) == 0
    assert f"Port {busy_port} is in use" in capsys.readouterr().out
    assert started["port"] != busy_port
    assert f"--server.port={started['port']}" in started["command"]  # type: ignore[operator]
    assert started["browser"] is False


def test_every_package_stands_under_the_layer_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    outside = {"tests", "tools", "docs", "static"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - outside
    assert packages <= set(settings["root_packages"]), "a new package must be added to [tool.importlinter]"


def test_ci_runs_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 tasks.py test" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)


# the documents say what is there


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 tasks.py run" in readme
    assert "python3 tasks.py test" in readme
    assert [
        verb
        for verb in ("data", "lint", "bench", "lock")
        if f"`{verb}`" not in readme.replace("tasks.py ", "")
    ] == []


@pytest.mark.parametrize("document", ["README.md", "docs/updating-data.md"])
def test_files_and_folders_named_in_the_documents_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    shaped_like_paths = (
        r"`((?:data|geo|docs|static|tools|tests|pages|components|methods|\.streamlit)/[\w./-]*)`"
    )
    named = re.findall(shaped_like_paths, text) + re.findall(r"\]\((docs/[\w./-]+)\)", text)
    assert len(named) > 5
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_profile_hands_area_file_and_pack_to_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(tasks, "set_up", lambda venv, locks: None)
    monkeypatch.setattr(tasks.subprocess, "call", lambda command, **more: ran.append(command) or 0)
    out = tmp_path / "wards.pdf"
    assert tasks.main(["profile", "--area", "E08000012", "--out", str(out), "--pack", "wards"]) == 0
    assert ran[0][1:] == [
        "-m", "reports.profile", "--area", "E08000012", "--out", str(out.resolve()), "--pack", "wards",
    ]  # fmt: skip
