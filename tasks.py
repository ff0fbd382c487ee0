#!/usr/bin/env python3
"""Every command of the project: run, test, data, briefing, profile, lint, bench, lock.

Standard library only; each command first makes what it needs in `.venv`. This file must still parse on
Python 3.6, so that an old Python is told what is wrong instead of showing a syntax error: no walrus, no
match, no parenthesised `with`. What is imported from `tools` may be modern.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
NEWEST_TRIED = 14


def newer_python() -> str:
    """Name of a Python on this machine that is new enough and starts; empty when there is none."""
    for minor in range(NEWEST_TRIED, OLDEST_PYTHON[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            tried = subprocess.call([name, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if tried == 0:
                return name
    return ""


def too_old(version: tuple, newer: str) -> str:
    text = f"This project needs Python 3.11 or later, and this is Python {version[0]}.{version[1]}.\n"
    if newer:
        return text + f"This machine also has a newer one: {newer} {' '.join(sys.argv)}"
    return text + "Install a newer Python (python.org has one for every system), then run the command again."


if sys.version_info < OLDEST_PYTHON:
    sys.exit(too_old(sys.version_info, newer_python()))

from tools.chromium import browser_settings  # noqa: E402
from tools.environment import (  # noqa: E402
    DEVELOPMENT,
    RUNTIME,
    VENV,
    ProblemError,
    child_env,
    python_in,
    say,
    set_up,
)
from tools.serving import EVERYWHERE, HERE, free_port, serve  # noqa: E402
from tools.sources import find_sources  # noqa: E402

PORT = 8501
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"


class Steps:
    """Commands run one after the other, all of them, with a summary at the end."""

    def __init__(self) -> None:
        self.done: list[tuple[str, bool, float]] = []

    def run(self, name: str, *args: str, **env: str) -> None:
        say(f"\n== {name}")
        start = time.monotonic()
        code = subprocess.call([str(python_in(VENV)), *args], cwd=ROOT, env=child_env(**env))
        self.done.append((name, code == 0, time.monotonic() - start))

    def fail(self, name: str) -> None:
        self.done.append((name, False, 0.0))

    def summary(self) -> int:
        say("\n== Summary")
        for name, ok, seconds in self.done:
            say(f"   {'ok    ' if ok else 'FAILED'}  {name} ({seconds:.1f} s)")
        return 0 if all(ok for _, ok, _ in self.done) else 1


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def lint_steps(steps: Steps, fix: bool = False) -> None:
    if fix:
        steps.run("ruff, correcting", "-m", "ruff", "check", "--fix", ".")
        steps.run("ruff format", "-m", "ruff", "format", ".")
    else:
        steps.run("ruff check", "-m", "ruff", "check", ".")
        steps.run("ruff format --check", "-m", "ruff", "format", "--check", ".")
    steps.run("mypy", "-m", "mypy")
    steps.run("import-linter", "-c", LINT_IMPORTS)


def needs_browser(pytest_args: list[str], root: Path = ROOT) -> bool:
    """Whether these pytest arguments can reach tests/browser: they name no path, or one on the way there."""
    browser_tests = root / "tests" / "browser"
    named = [root / arg.split("::")[0] for arg in pytest_args if not arg.startswith("-")]
    paths = [path for path in named if path.exists()]
    return not paths or any(
        path.is_relative_to(browser_tests) or browser_tests.is_relative_to(path) for path in paths
    )


def run_pytest(steps: Steps, pytest_args: list[str]) -> None:
    if not needs_browser(pytest_args):
        steps.run("pytest", "-m", "pytest", *pytest_args)
        return
    settings = browser_settings(python_in(VENV))
    if settings:
        steps.run("pytest", "-m", "pytest", *pytest_args, **settings)
        return
    warning = "\n!! NO CHROMIUM: tests/browser (pages, accessibility, no outside request) {} run.\n"
    warning += "!! Install Chromium or Chrome, or set CHROMIUM to its path."
    say(warning.format("will not be"))
    if in_ci():
        steps.fail("a Chromium for the browser tests")
    steps.run("pytest", "-m", "pytest", *pytest_args, NO_BROWSER="1")
    say(warning.format("WERE NOT"))


def task_run(args: argparse.Namespace) -> int:
    set_up(VENV, RUNTIME)
    port = free_port(args.port, args.address)
    if port != args.port:
        say(f"Port {args.port} is in use by another program: taking the next free one, {port}.")
    if args.address == EVERYWHERE:
        say("Other machines can open it under the names listed as allowedHosts in .streamlit/config.toml.")
    options = [
        f"--server.port={port}",
        f"--server.address={args.address}",
        "--server.headless=true",  # no question for an e-mail address; the browser is opened here
        "--browser.gatherUsageStats=false",
        "--logger.hideWelcomeMessage=true",
    ]
    command = [str(python_in(VENV)), "-m", "streamlit", "run", "asgi.py", *options]
    return serve(command, port=port, address=args.address, browser=not args.no_browser)


def task_test(args: argparse.Namespace) -> int:
    set_up(VENV, DEVELOPMENT)
    steps = Steps()
    if not args.rest:
        lint_steps(steps)
    run_pytest(steps, args.rest)
    return steps.summary()


def task_data(args: argparse.Namespace) -> int:
    sources = find_sources(args.sources)
    set_up(VENV, DEVELOPMENT)
    say(f"== Building the tables from {sources}")
    command = [str(python_in(VENV)), "-m", "data.build", "--sources", str(sources)]
    return subprocess.call(command, cwd=ROOT, env=child_env())


def task_briefing(args: argparse.Namespace) -> int:
    set_up(VENV, RUNTIME)
    command = [str(python_in(VENV)), "-m", "reports.briefing", "--area", args.area]
    command += ["--out", str(Path(args.out).resolve()), "--slides", args.slides, "--room", args.room]
    if args.pdf:
        command += ["--pdf", str(Path(args.pdf).resolve())]
    return subprocess.call(command, cwd=ROOT, env=child_env())


def task_profile(args: argparse.Namespace) -> int:
    set_up(VENV, RUNTIME)
    command = [str(python_in(VENV)), "-m", "reports.profile", "--area", args.area]
    command += ["--out", str(Path(args.out).resolve()), "--pack", args.pack]
    return subprocess.call(command, cwd=ROOT, env=child_env())


def task_lint(args: argparse.Namespace) -> int:
    set_up(VENV, DEVELOPMENT)
    steps = Steps()
    lint_steps(steps, fix=args.fix)
    return steps.summary()


def task_bench(args: argparse.Namespace) -> int:
    set_up(VENV, DEVELOPMENT)
    settings = browser_settings(python_in(VENV))
    if not settings:
        raise ProblemError(
            "The measurements need Chromium or Chrome: install it, or set CHROMIUM to its path."
        )
    command = [str(python_in(VENV)), "-m", "tests.bench", *args.rest]
    return subprocess.call(command, cwd=ROOT, env=child_env(**settings))


def task_lock(args: argparse.Namespace) -> int:
    """Make both locks again, for all systems; the second is held to the versions of the first."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if not uv:
            say("== Fetching uv for this once")
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run([str(python_in(Path(folder))), "-m", "pip", "install", "-q", "uv"], check=True)
            uv = str(python_in(Path(folder)).with_name("uv.exe" if os.name == "nt" else "uv"))
        for name, more in (("requirements", []), ("requirements-dev", ["-c", "requirements.lock"])):
            say(f"== {name}.lock")
            command = [uv, "pip", "compile", "--universal", "--python-version", "3.11", "-q", *more]
            command += ["--fork-strategy", "fewest", "--generate-hashes", "--upgrade", "--no-emit-index-url"]
            command += ["--custom-compile-command", "python3 tasks.py lock"]
            code = subprocess.call([*command, f"{name}.txt", "-o", f"{name}.lock"], cwd=ROOT)
            if code != 0:
                return code
    return 0


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 tasks.py", description="The dashboard's commands.")
    verbs = parser.add_subparsers(dest="verb", metavar="command")
    run = verbs.add_parser("run", help="open the dashboard")
    run.add_argument("--port", type=int, default=PORT, help="port (%(default)s, or the next free one)")
    run.add_argument("--address", default=HERE, help=f"address (%(default)s; {EVERYWHERE} for a network)")
    run.add_argument("--no-browser", action="store_true", help="do not open a browser")
    verbs.add_parser("test", help="check everything; arguments after it go to pytest, and lint is left out")
    data = verbs.add_parser("data", help="build the shipped tables again from the publishers' files")
    data.add_argument("--sources", default="", metavar="DIR", help="their folder (else as in config.toml)")
    briefing = verbs.add_parser("briefing", help="write the slides about one area as one file")
    briefing.add_argument("--area", required=True, metavar="CODE", help="a neighbourhood, ward or Place")
    briefing.add_argument("--out", required=True, metavar="FILE.html", help="the file to write")
    briefing.add_argument("--pdf", default="", metavar="FILE.pdf", help="also as a tagged PDF")
    briefing.add_argument("--slides", default="", metavar="A,B", help="which slides, in which order")
    briefing.add_argument("--room", default="dark", choices=["dark", "light"], help="(%(default)s)")
    profile = verbs.add_parser("profile", help="write the two-page profile of one area as a PDF")
    profile.add_argument("--area", required=True, metavar="CODE", help="ward, neighbourhood, MSOA or Place")
    profile.add_argument("--out", required=True, metavar="FILE.pdf", help="the file to write")
    profile.add_argument(
        "--pack", default="", choices=["wards", "neighbourhoods"], help="all of a Place's in one file"
    )
    lint = verbs.add_parser("lint", help="style, types and layers only")
    lint.add_argument("--fix", action="store_true", help="correct what ruff can correct")
    verbs.add_parser("bench", help="measure speed, bytes and memory")
    verbs.add_parser("lock", help="make the two lock files again from the requirements")
    return parser


def parse(argv: list[str]) -> argparse.Namespace:
    parser = make_parser()
    if argv[:1] in (["test"], ["bench"]) and argv[1:2] not in (["-h"], ["--help"]):
        return argparse.Namespace(verb=argv[0], rest=argv[1:])
    return parser.parse_args(argv)


def interrupt(signum: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def main(argv: list[str]) -> int:
    args = parse(argv)
    if not args.verb:
        make_parser().print_help()
        return 0
    task = globals()[f"task_{args.verb}"]
    signal.signal(signal.SIGTERM, interrupt)  # so that what was started is stopped too, as with Ctrl+C
    try:
        return int(task(args))
    except ProblemError as problem:
        say(f"\n{problem}")
        return 2
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
