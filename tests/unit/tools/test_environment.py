"""The virtual environment: when it is ready, when it is made again, what a failure says."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools import environment
from tools.environment import ProblemError

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("pandas==3.1.1 \\\n    --hash=sha256:00\n    # via me\nPyYAML==6.0.3\n", encoding="utf-8")
    return path


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A stand-in for an environment: its Python is a link to this one."""
    folder = tmp_path / ".venv"
    python = environment.python_in(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return folder


def test_an_environment_is_ready_only_for_the_lock_it_was_made_from(venv: Path, lock: Path) -> None:
    assert not environment.is_ready(venv, [lock])
    environment.write_stamp(venv, [lock])
    assert environment.is_ready(venv, [lock])
    lock.write_text("pandas==3.1.2\n", encoding="utf-8")
    assert not environment.is_ready(venv, [lock])
    assert environment.is_whole(venv)  # so the packages are brought up to date in place


def test_line_endings_do_not_make_an_environment_stale(venv: Path, lock: Path) -> None:
    environment.write_stamp(venv, [lock])
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.is_ready(venv, [lock])


@pytest.mark.parametrize("content", ["", "{half", "[]", '{"python": "2.7", "locks": {}}'])
def test_a_damaged_stamp_or_another_python_means_half_made(venv: Path, content: str) -> None:
    (venv / environment.STAMP).write_text(content, encoding="utf-8")
    assert not environment.is_whole(venv)


def test_an_environment_whose_python_is_gone_is_half_made(venv: Path, lock: Path) -> None:
    environment.write_stamp(venv, [lock])
    environment.python_in(venv).unlink()
    assert not environment.is_whole(venv)
    assert not environment.is_ready(venv, [lock])


def test_set_up_makes_a_half_made_environment_again(
    venv: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def make(folder: Path) -> None:
        calls.append("make")
        environment.python_in(folder).parent.mkdir(parents=True)
        environment.python_in(folder).symlink_to(sys.executable)

    lock.with_suffix(".txt").write_text("pandas\n", encoding="utf-8")
    (venv / "left-over").touch()
    monkeypatch.setattr(environment, "make_venv", make)
    monkeypatch.setattr(environment, "install", lambda folder, lock: calls.append("install"))
    environment.set_up(venv, [lock])
    environment.set_up(venv, [lock])
    assert calls == ["make", "install"]
    assert not (venv / "left-over").exists()


def test_a_failed_install_leaves_no_stamp(venv: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(folder: Path, lock: Path) -> None:
        raise ProblemError("no network")

    lock.with_suffix(".txt").write_text("pandas\n", encoding="utf-8")
    monkeypatch.setattr(environment, "make_venv", lambda folder: folder.mkdir())
    monkeypatch.setattr(environment, "install", no_network)
    with pytest.raises(ProblemError):
        environment.set_up(venv, [lock])
    assert not environment.is_ready(venv, [lock])


def test_a_second_process_waits_for_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / ".venv.lock"
    code = f"from tools.environment import *\nwith only_one(Path({str(path)!r})):\n print('held'); input()"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        assert first.stdout.readline() == "held\n"
        entered = threading.Event()

        def second() -> None:
            with environment.only_one(path):
                entered.set()

        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.7)
        first.stdin.write("\n")
        first.stdin.close()
        assert entered.wait(10)
        thread.join()
    assert "Another process is setting up .venv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "NameResolutionError('Temporary failure in name resolution')\nERROR: No matching distribution",
            "no network",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "certificate"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "Python 3.11 to 3.14"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one the lock names"),
    ],
)
def test_pips_output_becomes_advice(said: str, advice: str) -> None:
    assert advice in environment.diagnose(said)


def test_output_nobody_foresaw_gets_no_false_advice() -> None:
    assert environment.diagnose("ERROR: something new") == ""


def test_without_venv_the_debian_package_is_named() -> None:
    assert f"apt install python3.{sys.version_info.minor}-venv" in environment.venv_advice(
        "No module named ensurepip"
    )


def test_the_stamp_is_plain_json(venv: Path, lock: Path) -> None:
    environment.write_stamp(venv, [lock])
    stamp = json.loads((venv / environment.STAMP).read_text(encoding="utf-8"))
    assert stamp["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert set(stamp["locks"]) == {"requirements.lock"}


def stand_in_python(folder: Path, module_that_works: str) -> str:
    """A program that acts as `python -m <module> <folder>` where ensurepip is missing."""
    path = folder / "python"
    path.write_text(
        "#!/bin/sh\n"
        f'if [ "$2" = {module_that_works} ]; then mkdir "$3"; exit 0; fi\n'
        "echo ensurepip is not available; exit 1\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_virtualenv_is_used_where_venv_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(environment.sys, "executable", stand_in_python(tmp_path, "virtualenv"))
    environment.make_venv(tmp_path / ".venv")
    assert (tmp_path / ".venv").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_where_no_environment_can_be_made_the_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.sys, "executable", stand_in_python(tmp_path, "nothing"))
    with pytest.raises(ProblemError, match=r"(?s)apt install python3\.\d+-venv.*ensurepip is not available"):
        environment.make_venv(tmp_path / ".venv")
    assert not (tmp_path / ".venv").exists()


def test_what_is_started_gives_memory_back_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.FRUGAL:
        monkeypatch.delenv(name, raising=False)
    assert environment.child_env().items() >= environment.FRUGAL.items()
    monkeypatch.setenv("MALLOC_ARENA_MAX", "8")
    assert environment.child_env()["MALLOC_ARENA_MAX"] == "8"
