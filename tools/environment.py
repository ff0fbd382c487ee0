"""The virtual environment in `.venv`: made once from the lock files, checked in a blink afterwards.

Standard library only. A stamp inside `.venv` names the locks it was made from; it is taken away before
packages change and written again at the end, so an environment without one is half made and is made again.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "tasks-stamp.json"
RUNTIME = [ROOT / "requirements.lock"]
# The development lock holds the runtime one whole, at the same versions: installing it satisfies both.
DEVELOPMENT = [ROOT / "requirements-dev.lock", *RUNTIME]
REPORT_EVERY = 5  # seconds

CAUSES = (
    (r"No space left|Errno 28|not enough space", "The disk is full. The environment needs about 1.5 GB."),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The network's certificate is not trusted, as on networks that inspect traffic. Ask IT for the "
        "certificate file and set PIP_CERT to its path.",
    ),
    (
        r"name resolution|NewConnectionError|getaddrinfo|Connection (refused|reset)|Network is unreachable"
        r"|ProxyError|Read timed out|ConnectTimeout|Max retries",
        "The packages could not be downloaded: no network, or it needs a proxy (set HTTPS_PROXY). "
        "The network is needed once; after that the dashboard runs without it.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one the lock names; nothing was installed.",
    ),
    (
        r"No matching distribution|from versions: none|not a supported wheel",
        "A package has no ready-made file for this Python or this system. Known to have: Python 3.11 to 3.14 "
        "on Linux, Windows and macOS 14 or later.",
    ),
    (r"Permission denied|WinError 5", "A file in .venv is in use. Close a dashboard that still runs."),
)


class ProblemError(Exception):
    """Something the reader can put right; printed without a traceback."""


def say(text: str = "") -> None:
    print(text, flush=True)


# What a thread or a table has freed goes back to the system: 50 MB of the server's 400. Else glibc keeps an
# arena for each of Streamlit's threads, and Arrow a store of its own. Ignored where there is no glibc.
FRUGAL = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}


def child_env(**extra: str) -> dict[str, str]:
    return {**FRUGAL, **os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **extra}


def python_in(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp(venv: Path) -> dict[str, Any]:
    """The stamp's content; empty when there is none or it cannot be read."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, locks: list[Path]) -> None:
    stamp = {"python": venv_version(venv), "locks": {lock.name: lock_hash(lock) for lock in locks}}
    (venv / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def venv_version(venv: Path) -> str:
    """`major.minor` of the environment's Python; empty when it does not start (moved, removed, half made)."""
    question = [str(python_in(venv)), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(question, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    return ""


def is_whole(venv: Path) -> bool:
    """Whether the environment was finished once and its Python still starts."""
    made_with = read_stamp(venv).get("python")
    return bool(made_with) and made_with == venv_version(venv)


def is_ready(venv: Path, locks: list[Path]) -> bool:
    known = read_stamp(venv).get("locks", {})
    return all(known.get(lock.name) == lock_hash(lock) for lock in locks) and is_whole(venv)


def requirement_names(text: str) -> list[str]:
    """Normalised package names in a requirements or lock file, in order."""
    names = re.findall(r"^([A-Za-z0-9][\w.-]*)", text, flags=re.MULTILINE)
    return [re.sub(r"[-_.]+", "-", name).lower() for name in names]


def missing_from_lock(requirements: Path, lock: Path) -> list[str]:
    locked = set(requirement_names(lock.read_text(encoding="utf-8")))
    return [n for n in requirement_names(requirements.read_text(encoding="utf-8")) if n not in locked]


def try_lock(handle: IO[str]) -> bool:
    """Take the file's lock; the system lets it go when this process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks: go on as if alone
        return True
    return True


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock file while the block runs; wait, and say so, while another process holds it."""
    with path.open("a+") as handle:
        if not try_lock(handle):
            say("Another process is setting up .venv: waiting until it has finished.")
            while not try_lock(handle):
                time.sleep(0.5)
        yield


def remove(venv: Path) -> None:
    try:
        shutil.rmtree(venv)
    except OSError as error:
        advice = "Close a dashboard that still runs, then try again."
        raise ProblemError(f"Cannot remove {venv}: {error}\n{advice}") from error


def diagnose(said: str) -> str:
    """What to do about an installer's output, in a sentence or two; empty when nothing is recognised."""
    return next((advice for pattern, advice in CAUSES if re.search(pattern, said, re.IGNORECASE)), "")


def venv_advice(said: str) -> str:
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return (
        "This Python cannot make a virtual environment.\n"
        f"On Debian or Ubuntu: apt install {package} (or python3-venv), then run the command again.\n"
        "Elsewhere: install Python from python.org, or 'pip install virtualenv'.\n" + said.strip()[-800:]
    )


def make_venv(venv: Path) -> None:
    """Make an empty environment with `venv`, else with `virtualenv` where that is installed."""
    said = ""
    for maker in ("venv", "virtualenv"):
        if importlib.util.find_spec(maker) is None:
            said += f"no module {maker}\n"
            continue
        made = subprocess.run([sys.executable, "-m", maker, str(venv)], capture_output=True, text=True)
        if made.returncode == 0:
            return
        said += made.stdout + made.stderr
        if venv.exists():
            remove(venv)
    raise ProblemError(diagnose(said) or venv_advice(said))


def pass_on(output: Iterable[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line)


def install(venv: Path, lock: Path) -> None:
    """Install a lock with pip, printing a line every few seconds in place of pip's hundreds."""
    total = len(requirement_names(lock.read_text(encoding="utf-8")))
    options = ["--no-input", "--progress-bar=off", "--disable-pip-version-check", "--retries=2"]
    options += ["--no-compile"]  # halves the wait: only what is imported gets compiled, when it is
    options += ["--only-binary=:all:"]  # where no ready-made file fits, say so, not a compiler's errors
    pip = subprocess.Popen(
        [str(python_in(venv)), "-m", "pip", "install", *options, "-r", str(lock)],
        cwd=ROOT,
        env=child_env(PIP_USER="0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=pass_on, args=(pip.stdout, lines), daemon=True)
    reader.start()
    start, shown, found, doing = time.monotonic(), 0.0, 0, "looking up packages"
    said: list[str] = []
    try:
        while reader.is_alive() or not lines.empty():
            with contextlib.suppress(queue.Empty):
                said.append(lines.get(timeout=0.5))
                found += said[-1].startswith(("Collecting ", "Processing ", "Requirement already"))
                if doing != "installing":
                    doing = f"fetching packages, {min(found, total)} of {total}"
                if said[-1].startswith("Installing collected"):
                    doing = "installing"
                    (venv / STAMP).unlink(missing_ok=True)  # from here until the end it counts as half made
            if time.monotonic() - start - shown >= REPORT_EVERY:
                shown = time.monotonic() - start
                say(f"   {doing} ({shown:.0f} s)")
    except KeyboardInterrupt:
        pip.kill()
        raise
    if pip.wait() != 0:
        raise ProblemError(diagnose("".join(said)) + "\npip's last lines:\n" + "".join(said[-6:]))
    say(f"   {total} packages ready ({time.monotonic() - start:.0f} s)")


def check_lock(lock: Path) -> None:
    """Refuse a lock that was not made again after its requirements got a new name."""
    absent = missing_from_lock(lock.with_suffix(".txt"), lock)
    if absent:
        raise ProblemError(f"{lock.name} lacks {', '.join(absent)}: run python3 tasks.py lock")


def set_up(venv: Path, locks: list[Path]) -> None:
    """Bring the environment to the state that the first lock names; at once when it is there already."""
    check_lock(locks[0])
    if is_ready(venv, locks):
        return
    with only_one(venv.with_name(venv.name + ".lock")):
        if is_ready(venv, locks):
            return  # the process waited for has just made it
        if venv.exists() and not is_whole(venv):
            say("== .venv was left half made, or its Python is gone: making it again")
            remove(venv)
        if not venv.exists():
            say("== Making the environment in .venv (the first time takes a minute or two)")
            make_venv(venv)
        say(f"== Installing packages from {locks[0].name}")
        install(venv, locks[0])
        write_stamp(venv, locks)
