"""`python3 tasks.py bench`: time, bytes and memory of the served dashboard beside a bare Streamlit page.

Both pages are measured in turn, in one browser, in one run: on a busy machine the times grow together and
their ratio stays. Nothing here fails; the aims are printed beside what was found.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, Request, WebSocket, sync_playwright

from data.query import Bundle, load_bundle
from tests.browser.driver import FLAGS, LAPTOP, WATCH, Server, choose, launch, pages, served, settle
from tools.chromium import find_chromium

CHANGES = 21  # the median of fewer moves by a third from run to run
LOADS = 3
WARM_UP = 2
MOST_KB, MOST_TIMES, MOST_MB = 20, 1.6, 400
MOST_TIMES_ELSEWHERE = 2.0  # for a change of area or indicator on the other pages
THEME = "deprivation"
PLACES = "liverpool,sefton,st-helens"
PIONEERS = "E08000012,E08000014,E08000013"
WALK = [
    *pages(),
    f"/map?level=lsoa&places={PLACES}",
    "/profile?area=E08000012",
    "/profile?area=E05015277",
]
# Names of a server that must not be found: the measured pages never call outside (the tests prove it).
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


# Notes when the page asked the server for something, and when it last heard from it.
SOCKET = """
(() => {
  const heard = window.__heard = {asked: 0, last: 0};
  const Own = window.WebSocket;
  window.WebSocket = class extends Own {
    constructor(...all) {
      super(...all);
      this.addEventListener('message', () => { heard.last = performance.now(); });
    }
    send(data) { heard.asked = performance.now(); return super.send(data); }
  };
})();
"""


@dataclass(frozen=True)
class Case:
    """A change of area or indicator on one of the pages: which select box, and what is chosen in turn."""

    name: str
    path: str
    label: str
    options: tuple[str, ...]
    typed: bool = False  # into a search field, with Enter


ELSEWHERE = (
    Case(
        "Inequalities, another indicator",
        "/inequalities?indicator=income-deprived&places=liverpool",
        "Indicator",
        ("Fuel poverty", "Household deprivation (any)", "Deprivation score (IMD)"),
    ),
    Case("Inequalities, another Place", "/inequalities?indicator=income-deprived&places=liverpool", "Where",
         ("Sefton", "St Helens", "Liverpool")),
    Case("Area profile, another ward", "/profile?area=E05015277", "Another area",
         ("Anfield", "Everton North", "Aigburth"), typed=True),
    Case("Compare, the table, another theme", f"/compare?areas={PIONEERS}", "Theme",
         ("Deprivation", "Housing and place", "People")),
    Case("Compare, spine charts, another theme", f"/compare?areas={PIONEERS}&view=spines", "Theme",
         ("Deprivation", "Housing and place", "People")),
    Case("Compare, one figure, another figure", f"/compare?areas={PIONEERS}&view=figure", "Figure",
         ("Fuel poverty", "Overcrowding", "Diabetes")),
)  # fmt: skip


@dataclass
class Traffic:
    """Bytes of one page: over the websocket, both ways, and of map files as they came over the wire."""

    sent: int = 0
    received: int = 0
    files: dict[str, int] = field(default_factory=dict)

    def attach(self, page: Page) -> None:
        """Count from now on."""
        page.on("websocket", self._socket)
        page.on("requestfinished", self._file)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self._add("sent", frame))
        socket.on("framereceived", lambda frame: self._add("received", frame))

    def _add(self, way: str, frame: str | bytes) -> None:
        setattr(self, way, getattr(self, way) + len(frame if isinstance(frame, bytes) else frame.encode()))

    def _file(self, request: Request) -> None:
        if request.url.endswith(".geojson"):
            self.files[request.url] = request.sizes()["responseBodySize"]


@dataclass
class Subject:
    """One of the two pages measured."""

    name: str
    server: Server
    path: str
    label: str
    options: list[str]
    typed: bool = False
    page: Page | None = None
    traffic: Traffic = field(default_factory=Traffic)
    times: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def open(self, browser: Browser) -> tuple[float, float]:
        """Open in a new browser context; milliseconds until at rest, and until the map was last drawn."""
        if self.page is not None:
            self.page.context.close()
        context = browser.new_context(viewport=LAPTOP, locale="en-GB")
        context.add_init_script(WATCH)
        context.add_init_script(SOCKET)
        self.page, self.traffic = context.new_page(), Traffic()
        self.traffic.attach(self.page)
        self.page.goto(self.server.url + self.path, wait_until="commit")
        settle(self.page)
        seen = self.page.evaluate("window.__seen")
        return max(seen["change"], seen["drawn"]), seen["drawn"]

    def change(self, option: str, keep: bool) -> None:
        """Choose another option, and note what it cost."""
        assert self.page is not None
        before, busy = self.traffic.sent + self.traffic.received, processor(self.server)
        if self.typed:
            search(self.page, self.label, option)
        else:
            choose(self.page, self.label, option)
        settle(self.page)
        if not keep:
            return
        seen, heard = self.page.evaluate("[window.__seen, window.__heard]")
        self.answered.append(heard["last"] - heard["asked"])
        self.times.append(seen["change"] - seen["pressed"])
        self.drawn.append(max(seen["change"], seen["drawn"]) - seen["pressed"])
        self.bytes.append(self.traffic.sent + self.traffic.received - before)
        self.work.append(processor(self.server) - busy)


def search(page: Page, label: str, text: str) -> None:
    """Type into a search field and press Enter."""
    box = page.get_by_role("textbox", name=re.compile(f"^{label}"))
    box.fill(text)
    box.press("Enter")


def processes(server: Server) -> list[psutil.Process]:
    """The server's process and its children."""
    own = psutil.Process(server.process.pid)
    return [own, *own.children(recursive=True)]


def processor(server: Server) -> float:
    """Milliseconds of processor time that the server has used."""
    times = [process.cpu_times() for process in processes(server)]
    return 1000 * sum(time.user + time.system for time in times)


def memory(server: Server) -> float:
    """Resident memory of the server in MB."""
    return sum(process.memory_info().rss for process in processes(server)) / 1e6


def options(bundle: Bundle) -> list[str]:
    """Short titles of indicators that exist for small areas, as the Map's list of the theme shows them."""
    return [item.short_title for item in bundle.indicators("lsoa", THEME)]


def line(name: str, value: str, aim: str = "", good: bool | None = None) -> None:
    verdict = "" if good is None else ("met" if good else "MISSED")
    print(f"  {name:<58} {value:>22}   {aim:<22} {verdict}".rstrip())


def median(values: list[float] | list[int]) -> float:
    return float(statistics.median(values))


def loads(subjects: list[Subject], browser: Browser) -> dict[str, list[tuple[float, float]]]:
    """The first visit of a fresh server, then `LOADS` more with cold browsers, the pages in turn."""
    found: dict[str, list[tuple[float, float]]] = {subject.name: [] for subject in subjects}
    for _ in range(1 + LOADS):
        for subject in subjects:
            found[subject.name].append(subject.open(browser))
    return found


def report_loads(found: dict[str, list[tuple[float, float]]], app: Subject, bare: Subject) -> None:
    """Print the times to the first map."""
    print(
        "\nFirst map: small areas (LSOAs) of Liverpool, Sefton and St Helens, nothing cached in the browser"
    )
    fresh, warm = found[app.name][0], [pair[0] for pair in found[app.name][1:]]
    beside = median([pair[0] for pair in found[bare.name][1:]])
    line("server just started: map drawn, page at rest", f"{fresh[0]:,.0f} ms")
    line(f"server warm (median of {LOADS}): map drawn, page at rest", f"{median(warm):,.0f} ms")
    line("the bare page, at rest", f"{beside:,.0f} ms")
    line("ratio", f"{median(warm) / beside:.2f} times")
    sizes = app.traffic.files.values()
    line("map files, compressed, once", f"{sum(sizes) / 1000:,.0f} kB in {len(sizes)}")
    line("over the websocket", f"{(app.traffic.sent + app.traffic.received) / 1000:,.1f} kB")


def report_changes(app: Subject, bare: Subject) -> None:
    """Print what a change of the indicator costs."""
    print(f"\nAnother indicator, same map (median of {len(app.times)})")
    ratio = median(app.times) / median(bare.times)
    line("page changed", f"{median(app.times):,.0f} ms")
    line("the bare page, another option", f"{median(bare.times):,.0f} ms")
    line("ratio", f"{ratio:.2f} times", f"at most {MOST_TIMES}", ratio <= MOST_TIMES)
    line("of this, from the question to the last word of the server", f"{median(app.answered):,.0f} ms")
    line("the bare page", f"{median(bare.answered):,.0f} ms")
    line("map drawn again (software graphics here)", f"{median(app.drawn):,.0f} ms")
    line("over the websocket, both ways", f"{median(app.bytes) / 1000:,.1f} kB", f"under {MOST_KB} kB",
         median(app.bytes) < 1000 * MOST_KB)  # fmt: skip
    line("the largest of them", f"{max(app.bytes) / 1000:,.1f} kB")
    line("the bare page", f"{median(bare.bytes) / 1000:,.1f} kB")
    line("processor time of the server", f"{median(app.work):,.0f} ms")
    line("the bare page", f"{median(bare.work):,.0f} ms")


def alternate(app: Subject, bare: Subject) -> None:
    """Choose other options on both pages in turn, and keep what each cost after a warm-up."""
    for subject in (app, bare):
        for kept in (subject.times, subject.answered, subject.drawn, subject.bytes, subject.work):
            kept.clear()
    for at in range(WARM_UP + CHANGES):
        for subject in (app, bare):
            subject.change(subject.options[(at + 1) % len(subject.options)], keep=at >= WARM_UP)


def elsewhere(app: Subject, bare: Subject, browser: Browser) -> None:
    """Print what a change costs on the pages beside the Map."""
    for case in ELSEWHERE:
        app.path, app.label, app.options, app.typed = case.path, case.label, list(case.options), case.typed
        app.open(browser)
        alternate(app, bare)
        ratio = median(app.times) / median(bare.times)
        print(f"\n{case.name} (median of {len(app.times)})")
        line("page changed", f"{median(app.times):,.0f} ms")
        line("the bare page, another option", f"{median(bare.times):,.0f} ms")
        line("ratio", f"{ratio:.2f} times", f"at most {MOST_TIMES_ELSEWHERE}", ratio <= MOST_TIMES_ELSEWHERE)
        line("over the websocket, both ways", f"{median(app.bytes) / 1000:,.1f} kB")
        line("processor time of the server", f"{median(app.work):,.0f} ms")


def walk(app: Subject, browser: Browser) -> None:
    """Open every page once, so that whatever is kept in memory is there."""
    for path in WALK:
        app.path = path
        app.open(browser)


def measure(browser: Browser, bundle: Bundle, say: Callable[[str], Any]) -> None:
    """Run everything and print it."""
    start = f"/map?indicator=imd-score&level=lsoa&places={PLACES}"
    with served() as one, served("tests/bench/bare.py") as two:
        app = Subject("app", one, start, "Indicator", options(bundle))
        bare = Subject("bare", two, "/", "Option", [f"Choice {number:02}" for number in range(40)])
        say("opening both pages")
        found = loads([app, bare], browser)
        report_loads(found, app, bare)
        say("changing the indicator")
        alternate(app, bare)
        report_changes(app, bare)
        say("changing the other pages")
        elsewhere(app, bare, browser)
        say("walking all pages")
        walk(app, browser)
        print("\nMemory of the server, after every page was opened")
        line("the dashboard", f"{memory(one):,.0f} MB", f"under {MOST_MB} MB", memory(one) < MOST_MB)
        line("the bare page", f"{memory(two):,.0f} MB")


def main() -> int:
    """Measure and print; always 0, since a slow machine is no fault of the code."""
    os.environ.setdefault("CHROMIUM_PATH", find_chromium())
    if not os.environ["CHROMIUM_PATH"]:
        os.environ.setdefault("PLAYWRIGHT_BUILTIN", "1")
    cores = os.cpu_count() or 1
    busy = psutil.getloadavg()[0]
    print(f"{platform.system()}, {cores} cores, Python {platform.python_version()}, load {busy:.1f}")
    if busy > cores / 2:
        print("This machine is busy with something else: the ratios still say something, the times do not.")
    with sync_playwright() as playwright:
        browser = launch(playwright, [*FLAGS, OFFLINE])
        measure(browser, load_bundle(), lambda text: print(f"... {text}", file=sys.stderr, flush=True))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
