"""A served dashboard, a Chromium without an outside world, and helpers to open pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from data.query import Bundle, load_bundle
from reports.briefing.deck import html
from reports.briefing.slides import build
from tests.browser.driver import LAPTOP, Server, Watcher, launch, no_fault, served, settle

PATIENCE_MS = 60_000  # a shared machine may be slow: a wait ends as soon as there is what it waits for
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The dashboard as `tasks.py run` serves it."""
    with served() as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself; one a session."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests."""
    found = launch(playwright)
    yield found
    found.close()


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The shipped tables: what the pages must agree with."""
    return load_bundle()


class Visitor:
    """Somebody with a fresh browser, checked at the end for outside requests and errors."""

    def __init__(self, browser: Browser, server: Server, **settings: Any) -> None:
        self.server = server
        self.watcher = Watcher()
        options = {"viewport": LAPTOP, "locale": "en-GB"} | settings
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.watcher.attach(self.context)

    def open(self, path: str) -> Page:
        """A new tab at a path of the dashboard, at rest, without an error on it."""
        page = self.context.new_page()
        page.goto(self.server.url + path, wait_until="commit")
        self.settle(page)
        return page

    def settle(self, page: Page) -> None:
        """Wait until the page is at rest; AssertionError, with the server's words, when it is not."""
        try:
            settle(page, self.watcher)
            no_fault(page)
        except AssertionError as error:
            raise AssertionError(f"{error}\nThe server said:\n{self.server.output()}") from error

    def close(self) -> None:
        """Close the browser and raise what it noticed."""
        self.context.close()
        self.watcher.check()


@pytest.fixture
def visitors(browser: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; the arguments are those of a browser context (viewport, color_scheme, ...)."""
    made: list[Visitor] = []

    def make(own: Browser | None = None, **settings: Any) -> Visitor:
        made.append(Visitor(own or browser, server, **settings))
        return made[-1]

    yield make
    for visitor in made:
        visitor.context.close()
    for visitor in made:
        visitor.watcher.check()


@pytest.fixture
def visitor(visitors: Callable[..., Visitor]) -> Visitor:
    """One visitor with a laptop."""
    return visitors()


@pytest.fixture(scope="session")
def codes(bundle: Bundle) -> list[str]:
    """Every neighbourhood and the pioneer Places."""
    neighbourhoods = list(bundle.areas.index[bundle.areas["area_level"] == "neighbourhood"])
    return [*neighbourhoods, *(place.code for place in bundle.config.with_role("pioneer"))]


@pytest.fixture(scope="session")
def files(bundle: Bundle, codes: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The decks as files, as `tasks.py briefing` writes them."""
    folder = tmp_path_factory.mktemp("decks")
    found = {}
    longest = bundle.areas["area_name"][bundle.areas["area_level"] == "ward"].str.len().idxmax()
    for code in [*codes, "E08000012", str(longest)]:
        found[code] = folder / f"{code}.html"
        found[code].write_text(html(build(bundle, code)), encoding="utf-8")
    return found


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without any network, which notes what is asked for and what fails."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    context.set_offline(True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: asked.append(f"error {error.error}"))
    context.on("console", lambda message: asked.append(f"console {message.text}"))
    yield context
    context.close()
    assert [url for url in asked if not url.startswith("file:")] == []
