"""Starts the served dashboard and a Chromium, and says when a page has come to rest, without fixed waits."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    Request,
    Route,
    WebSocketRoute,
)

from components import navigation

ROOT = Path(__file__).resolve().parents[2]
# a pattern, which Playwright checks beside the browser: a function would be asked here for every request
OUTSIDE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)([:/?#]|$))")
LAPTOP = {"width": 1440, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
START_SECONDS = 90  # a shared machine starts slowly; a server that fails to start ends the wait at once
SETTLE_SECONDS = 60
QUIET_MS = 300  # without any change of the page, a request or a drawing call: at rest
FLAGS = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
NO_WEBGL = ["--disable-gpu", "--disable-3d-apis", "--disable-webgl", "--disable-webgl2"]

# Runs before any script of the page: notes when the page last changed and when WebGL last drew.
WATCH = """
(() => {
  const seen = window.__seen = {change: performance.now(), drawn: 0, draws: 0, pressed: 0, refused: []};
  // words that the widgets' library takes back from screen readers, seconds later, are no change of the page
  const spoken = (record) => record.target.parentElement?.closest('[data-live-announcer]');
  const mark = (records) => { if (!records.every(spoken)) seen.change = performance.now(); };
  const all = {subtree: true, childList: true, attributes: true, characterData: true};
  new MutationObserver(mark).observe(document, all);
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    if (!kind) continue;
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
      const own = kind.prototype[name];
      if (!own) continue;
      kind.prototype[name] = function (...args) {
        seen.draws += 1;
        seen.drawn = performance.now();
        return own.apply(this, args);
      };
    }
  }
  for (const name of ['pointerdown', 'keydown']) {
    window.addEventListener(name, () => { seen.pressed = performance.now(); }, true);
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    seen.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
})();
"""
# Answers when the app has run, nothing is stale or loading, and nothing has changed for `quiet` milliseconds.
AT_REST = """
([quiet, limit]) => new Promise((answer) => {
  const until = performance.now() + limit;
  const look = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = [];
    if (!app) busy.push('no app yet');
    else {
      if (app.dataset.testScriptState !== 'notRunning') busy.push(`script ${app.dataset.testScriptState}`);
      if (app.dataset.testConnectionState !== 'CONNECTED') busy.push(app.dataset.testConnectionState);
    }
    for (const what of ['[data-stale="true"]', '[data-testid="stSkeleton"]', '[data-testid="stSpinner"]']) {
      if (document.querySelector(what)) busy.push(what);
    }
    const first = '[data-testid="stMain"] [data-testid="stElementContainer"]';
    if (!document.querySelector(first)) busy.push('empty');
    const seen = window.__seen;
    if (performance.now() - Math.max(seen.change, seen.drawn) < quiet) busy.push('changing');
    if (!busy.length) requestAnimationFrame(() => requestAnimationFrame(() => answer(null)));
    else if (performance.now() > until) answer(busy.join(', '));
    else setTimeout(look, 40);
  };
  look();
})
"""


def pages() -> dict[str, str]:
    """Address and name of every page in the navigation: a new page is tested without being listed here."""
    listed = [entry for entry in navigation.entries() if entry.listed]
    return {"/" if entry.default else f"/{entry.stem}": entry.title for entry in listed}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """A running dashboard: its address, process, and what it has said."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def output(self, last: int = 4000) -> str:
        """The end of what the server has printed, for failure messages."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-last:]

    def wait(self) -> None:
        """Return when the server answers; RuntimeError with its output when it ends or does not answer."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"the server did not answer within {START_SECONDS} s:\n{self.output()}")

    def stop(self) -> None:
        """End the process started here, and nothing else."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def served(script: str = "asgi.py", folder: Path = ROOT) -> Iterator[Server]:
    """The dashboard (or another Streamlit script) on a free port, stopped at the end."""
    port = free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        log = Path(temporary) / "server.log"
        env = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=env)
        server = Server(f"http://127.0.0.1:{port}", process, log)
        try:
            server.wait()
            yield server
        finally:
            server.stop()


def launch(playwright: Playwright, flags: Sequence[str] = FLAGS) -> Browser:
    """The Chromium that tasks.py found (CHROMIUM_PATH), or Playwright's own."""
    path = os.environ.get("CHROMIUM_PATH", "")
    if not path and os.environ.get("PLAYWRIGHT_BUILTIN") != "1":
        raise RuntimeError("no Chromium: run `python3 tasks.py test`, or set CHROMIUM_PATH")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=path or None, headless=True, args=[*flags, *(["--no-sandbox"] if is_root else [])]
    )


@dataclass
class Watcher:
    """What a browser context tried to do: outside requests, errors, and every address asked for."""

    outside: list[str] = field(default_factory=list)
    expected: str = ""  # a pattern of errors that the test itself provokes
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    pending: set[Request] = field(default_factory=set)

    def geometry(self) -> list[str]:
        """The map files asked for so far."""
        return [url for url in self.requests if re.search(r"/geo/[^/]+\.geojson", url)]

    def attach(self, context: BrowserContext) -> None:
        """Block everything that does not go to this machine, and note it."""

        def http(route: Route) -> None:
            self.outside.append(f"{route.request.resource_type} {route.request.url}")
            route.abort()

        def socket_to(route: WebSocketRoute) -> None:
            self.outside.append(f"websocket {route.url}")
            route.close()

        context.route(OUTSIDE, http)
        context.route_web_socket(OUTSIDE, socket_to)
        context.on("request", self._asked)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)
        context.on("weberror", lambda error: self._failed(str(error.error)))
        context.on("console", self._said)
        context.add_init_script(WATCH)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        self.pending.add(request)
        if is_outside(request.url) and request.url not in " ".join(self.outside):
            self.outside.append(f"{request.resource_type} {request.url}")

    def _failed(self, error: str) -> None:
        if not (self.expected and re.search(self.expected, error)):
            self.errors.append(f"uncaught: {error}")

    def _ended(self, request: Request) -> None:
        self.pending.discard(request)

    def _said(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.outside.append(f"refused by the policy: {message.text}")

    def check(self) -> None:
        """AssertionError naming every outside request and uncaught error."""
        assert not self.outside, "the page asked for something outside this machine:\n" + "\n".join(
            self.outside
        )
        assert not self.errors, "\n".join(self.errors)


def is_outside(url: str) -> bool:
    """Whether an address leads off this machine; data:, blob: and about: stay on it."""
    return OUTSIDE.match(url) is not None


def settle(page: Page, watcher: Watcher | None = None, seconds: float = SETTLE_SECONDS) -> None:
    """Return when the app is at rest. AssertionError with what is still busy after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        left = max(until - time.monotonic(), 0.1)
        busy = page.evaluate(AT_REST, [QUIET_MS, left * 1000])
        waiting = [request.url for request in watcher.pending] if watcher is not None else []
        if not busy and not waiting:
            return
        if time.monotonic() > until:
            raise AssertionError(f"{page.url} is not at rest after {seconds:g} s: {busy or waiting}")
        page.wait_for_timeout(20)  # lets Playwright hear of requests that have ended


def no_fault(page: Page) -> None:
    """AssertionError when the page shows an exception."""
    shown = page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').all_inner_texts()
    assert not shown, f"{page.url}: {shown}"
    text = page.locator("body").inner_text()
    assert "Traceback" not in text, f"{page.url}: {text[:500]}"


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box by typing it; what follows a comma may be left out."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=re.compile(f"^{re.escape(option)}($|, )")).first.click()


def picture(part: Locator) -> np.ndarray:
    """What a part of the page looks like: an array of height x width x 3 (0 to 255)."""
    return np.asarray(Image.open(io.BytesIO(part.screenshot(animations="disabled"))).convert("RGB"))


def colours(image: np.ndarray, share: float = 0.002) -> int:
    """How many colours fill at least `share` of a picture: one or two where it is blank."""
    flat = (image // 8).reshape(-1, 3).astype(np.int32)
    _, counts = np.unique(flat @ [65536, 256, 1], return_counts=True)
    return int((counts > share * len(flat)).sum())


def changed(before: np.ndarray, after: np.ndarray) -> float:
    """Share of the pixels that differ clearly between two pictures of the same size."""
    assert before.shape == after.shape, f"the pictures differ in size: {before.shape}, {after.shape}"
    return float((np.abs(before.astype(int) - after.astype(int)).max(axis=2) > 24).mean())
