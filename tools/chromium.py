"""A Chromium for the browser tests: one that is here, else Debian's, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.environment import ROOT, ProblemError, child_env, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
START = (
    "import sys\n"
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as p:\n"
    "    p.chromium.launch(executable_path=sys.argv[1] or None, args=['--no-sandbox']).close()\n"
)


def usual_places(env: Mapping[str, str], platform: str) -> Iterator[Path]:
    if platform == "darwin":
        for folder in (Path("/Applications"), Path(env.get("HOME", "/")) / "Applications"):
            yield from (folder / f"{name}.app/Contents/MacOS/{name}" for name in MAC)
    if platform == "win32":
        for root in filter(None, map(env.get, WINDOWS_ROOTS)):
            yield from (Path(root) / name for name in WINDOWS)


def find_chromium(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Path of an installed Chromium or a browser made from it; empty when there is none.

    Raises ProblemError when the variable CHROMIUM names a file that is not there.
    """
    named = env.get("CHROMIUM", "")
    if named:
        found = shutil.which(named, path=env.get("PATH"))
        if not found:
            raise ProblemError(f"CHROMIUM is set to {named}, which is not a program on this machine.")
        return found
    on_path = (shutil.which(name, path=env.get("PATH", "")) for name in NAMES)
    places = (str(place) for place in usual_places(env, platform) if place.is_file())
    return next(filter(None, [*on_path, *places]), "")


def is_debian_root() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    # not on Ubuntu, whose package is a snap: it does not start in a container
    release = Path("/etc/os-release")
    return release.is_file() and "\nID=debian\n" in "\n" + release.read_text(encoding="utf-8")


def debian_chromium() -> str:
    say("   no Chromium here: installing Debian's package with apt-get")
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        command = ["apt-get", *step]
        say("   " + " ".join(command))
        if subprocess.call(command, env=child_env(DEBIAN_FRONTEND="noninteractive")) != 0:
            return ""
    return find_chromium()


def starts(python: Path, path: str) -> bool:
    """Whether Playwright can start the browser at `path` (its own when the path is empty)."""
    command = [str(python), "-c", START, path]
    tried = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=child_env())
    if tried.returncode != 0 and path:
        say(f"   {path} is there but does not start: {tried.stderr.strip().splitlines()[-1:]}")
    return tried.returncode == 0


def browser_settings(python: Path) -> dict[str, str]:
    """Variables that tell the browser tests what to start; installs a Chromium if it must.

    Returns CHROMIUM_PATH (and PLAYWRIGHT_BUILTIN=1 for Playwright's own, where the path is empty), or an
    empty dict when no browser can be had.
    """
    say("== Looking for a Chromium for the browser tests")
    path = find_chromium()
    if not path and is_debian_root():
        path = debian_chromium()
    if path and starts(python, path):
        say(f"   using {path}")
        return {"CHROMIUM_PATH": path}
    own = {"CHROMIUM_PATH": "", "PLAYWRIGHT_BUILTIN": "1"}
    if starts(python, ""):
        say("   using Playwright's own")
        return own
    say("   fetching Playwright's own Chromium (about 150 MB, once)")
    fetched = subprocess.call(
        [str(python), "-m", "playwright", "install", "chromium"], cwd=ROOT, env=child_env()
    )
    if fetched == 0 and starts(python, ""):
        return own
    return {}
