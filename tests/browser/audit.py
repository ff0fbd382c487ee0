"""What WCAG 2.2 asks that axe cannot see: measured in an open page, answered as a list of faults.

Each function returns one line a fault and an empty list where there is none.
"""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page

from tests.browser.audit_scripts import (
    BEYOND,
    COVERED,
    FOCUSED,
    FORCED,
    FROM_THE_TOP,
    HOLDER,
    MARKS,
    MOVING,
    OPEN,
    OUTLINE,
    PICTURES,
    SCROLLED,
    SPACED,
    TEXTS,
    TWO_FRAMES,
    WIDER,
)

NODES = 6  # parts of a page named in a message
SHORTEST = 25  # letters of a description that can say what is shown
GENERIC = re.compile(r"(image|picture|chart|map|graph|plot|table|logo|icon|figure)[\s.]*", re.IGNORECASE)
TOUCH = 24  # CSS pixels: success criterion 2.5.8


def open_all(page: Page) -> None:
    """Open everything on a page that opens in place."""
    page.evaluate(OPEN)
    closed = page.locator('[data-testid="stExpander"] details:not([open]) > summary')
    for _ in range(closed.count()):
        closed.first.click()


def axe(page: Page, leave_out: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, of any impact, target size included; `leave_out` are rules."""
    rules = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in leave_out}
    lines = []
    for rule in Axe().run(page, options={"rules": rules}).response["violations"]:
        lines.append(f"{rule['id']} ({rule['impact']}, {len(rule['nodes'])} parts): {rule['help']}")
        lines += [f"    {node['target']}  {node['html'][:160]}" for node in rule["nodes"][:NODES]]
    return lines


def pictures(page: Page) -> list[str]:
    """Pictures without words that say what they show."""
    faults = []
    for part, said in page.evaluate(PICTURES):
        text = " ".join(said.split())
        if len(text) < SHORTEST or GENERIC.fullmatch(text):
            faults.append(f"{part}: alternative {text!r}")
    return faults


def outline(page: Page) -> list[str]:
    """Headings out of order, missing landmarks, language or title."""
    found = page.evaluate(OUTLINE)
    levels = [level for level, _ in found["heads"]]
    faults = [f"{levels.count(1)} headings of the first level"] if levels.count(1) != 1 else []
    faults += [
        f"heading {words!r} jumps from level {one} to {two}"
        for (one, _), (two, words) in zip(found["heads"], found["heads"][1:], strict=False)
        if two > one + 1
    ]
    faults += [f"an empty heading of level {level}" for level, words in found["heads"] if not words]
    if found["main"] != 1 or found["nav"] < 1 or found["foot"] != 1:
        faults.append(f"landmarks: {found['main']} main, {found['nav']} nav, {found['foot']} footer")
    if not found["lang"].startswith("en") or not found["title"]:
        faults.append(f"language {found['lang']!r}, title {found['title']!r}")
    return faults


def reflow(page: Page) -> list[str]:
    """What runs over the edge, is cut off, lies on another text, or scrolls where no key reaches it."""
    page.evaluate("document.querySelectorAll('*').forEach((part) => part.scrollTo(0, 0))")  # as it opens
    faults = [f"scrolls sideways by {page.evaluate(WIDER)}"] if max(page.evaluate(WIDER)) > 0 else []
    faults += [f"over the edge: {part}" for part in page.evaluate(BEYOND)]
    texts = page.evaluate(TEXTS)
    faults += [f"cut off: {part}" for part in texts["cut"]] + [f"overlap: {part}" for part in texts["over"]]
    return faults + page.evaluate(SCROLLED)


def colourless(page: Page) -> list[str]:
    """Marks that vanish where the system forces its own colours."""
    before = page.evaluate(MARKS)
    page.emulate_media(forced_colors="active")
    faults = [f"vanishes: {part}" for part in page.evaluate(FORCED, before)]
    page.emulate_media(forced_colors="none")
    return faults


def motion(page: Page) -> list[str]:
    """What still moves for somebody who asked for less motion."""
    page.emulate_media(reduced_motion="reduce")
    faults: list[str] = page.evaluate(MOVING)
    page.emulate_media(reduced_motion="no-preference")
    return faults


def _name(devtools: CDPSession) -> str:
    """The accessible name of the part with the focus, as the browser gives it to screen readers.

    A map that takes the focus inside a named figure or region is called by that name: it is read
    out on the way in. So is the main part of the page, which the link "Skip to main content" leads to.
    """
    part = devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    tree = devtools.send("Accessibility.getPartialAXTree", {"objectId": part, "fetchRelatives": False})
    name = str(tree["nodes"][0].get("name", {}).get("value", ""))
    return name or str(devtools.send("Runtime.evaluate", {"expression": HOLDER})["result"].get("value", ""))


def spaced(page: Page) -> list[str]:
    """What is lost where a reader sets text wider (success criterion 1.4.12)."""
    style = page.add_style_tag(content=SPACED)
    page.evaluate(TWO_FRAMES)
    faults = reflow(page)
    style.evaluate("part => part.remove()")
    return faults


def walk(page: Page, key: str = "Tab", most: int = 400) -> tuple[list[str], list[str]]:
    """The names of all controls in the order of the Tab key (or of Shift+Tab), and the faults met."""
    devtools = page.context.new_cdp_session(page)
    page.evaluate(FROM_THE_TOP)
    names: list[str] = []
    faults: list[str] = []
    for _ in range(most):
        page.keyboard.press(key)
        found: dict[str, Any] = page.evaluate(FOCUSED)
        if found["wasted"]:
            faults.append(f"looks the same with the focus: {found['wasted']}")
        if found["end"]:
            break
        names.append(_name(devtools))
        if not names[-1]:
            faults.append(f"without a name: {found['words']}")
        if found["after"] is (key != "Tab"):
            faults.append(f"out of order: {found['words']}")
        over = page.evaluate(COVERED)
        if over:  # a page at work may still be scrolling to it
            page.evaluate(TWO_FRAMES)
            over = page.evaluate(COVERED)
        if found["small"] or over:
            faults.append(f"cannot be seen: {found['words']} (behind {over})")
    else:
        faults.append(f"no end after {most} steps: {names[-3:]}")
    devtools.detach()
    return names, faults
