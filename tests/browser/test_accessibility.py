"""Every view that the accessibility statement names, against axe and against what axe cannot see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from components.access_facts import VIEWS, View
from tests.browser import audit
from tests.browser.conftest import Visitor
from tests.browser.driver import LAPTOP

NARROW = {"width": 320, "height": 640}
# What a window of 1280x1024 is at 200% zoom: half as many CSS pixels, two of the screen's for each.
ZOOMED = {"width": 640, "height": 512, "deviceScaleFactor": 2, "mobile": False}


def check(page: Page, what: str, leave_out: tuple[str, ...] = ()) -> None:
    """AssertionError with the rules and parts where axe finds anything, of whatever impact."""
    faults = audit.axe(page, leave_out)
    assert not faults, f"{what}\n" + "\n".join(faults)


def zoomed(page: Page, visitor: Visitor) -> list[str]:
    """What reflow finds at 200% zoom."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setDeviceMetricsOverride", ZOOMED)
    visitor.settle(page)
    assert page.evaluate("[innerWidth, devicePixelRatio]") == [640, 2]
    faults = audit.reflow(page)
    devtools.send("Emulation.clearDeviceMetricsOverride")
    devtools.detach()
    return faults


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.page}: {view.shows}")
def test_a_view_keeps_the_rules(visitors: Callable[..., Visitor], view: View) -> None:
    visitor = visitors(color_scheme="light")
    page = visitor.open(view.address)
    if view.press:
        page.get_by_role("radio", name=view.press).click()
    audit.open_all(page)
    visitor.settle(page)
    found = {"axe, light": audit.axe(page), "pictures": audit.pictures(page), "order": audit.outline(page)}
    names, found["keyboard"] = audit.walk(page)
    assert len(names) > 9, names  # the walk went through the page
    back, found["keyboard, backwards"] = audit.walk(page, "Shift+Tab")
    assert back[::-1] == names
    found |= {"high contrast": audit.colourless(page), "motion": audit.motion(page)}
    found |= {"wider text": audit.spaced(page), "200%": zoomed(page, visitor)}
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    visitor.settle(page)
    found |= {"320 pixels": audit.reflow(page), "axe, dark": audit.axe(page)}
    faults = [f"{check}: {fault}" for check, lines in found.items() for fault in lines]
    assert not faults, f"{view.address}\n" + "\n".join(faults)


def test_what_opens_over_the_map_has_no_fault(visitor: Visitor) -> None:
    page = visitor.open("/map")
    page.get_by_test_id("stPopover").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").wait_for()
    visitor.settle(page)
    check(page, "the choice of Places")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Indicator").click()
    page.get_by_role("listbox").wait_for()
    visitor.settle(page)
    # Streamlit hangs an open list on the body, outside the landmarks; the statement says so
    check(page, "the list of indicators", leave_out=("region",))


FAULTY = """
<html lang="en"><title>t</title><main data-testid="stMain" style="position: relative; width: 300px">
<nav><a href="#a" style="outline: none">A link</a></nav><h1>h</h1><h3>Jumps</h3>
<svg role="img" width="90" height="90"><title>Chart</title></svg>
<button style="outline: none"></button><p tabindex="0" style="position: absolute; left: -999px">Away</p>
<i style="display: block; width: 9px; height: 9px; background: red"></i>
<div style="overflow: hidden; height: 9px">Half of this line cannot be read</div>
<div style="width: 90px; overflow: auto"><p style="width: 900px; transition: opacity 2s">Wide</p></div>
<p style="position: absolute; top: 300px">One text</p><p style="position: absolute; top: 302px">On another</p>
<p style="width: 2000px">Over</p><footer></footer></main></html>
"""


def test_the_checks_see_faults(visitor: Visitor) -> None:
    page = visitor.context.new_page()
    page.set_viewport_size(LAPTOP)
    page.set_content(FAULTY)
    with pytest.raises(AssertionError, match="button-name"):
        check(page, "a page made for this test")
    assert audit.pictures(page) == ["svg  in stMain: alternative 'Chart'"]
    assert audit.outline(page) == ["heading 'Jumps' jumps from level 1 to 3"]
    reflow = "\n".join(audit.reflow(page))
    for fault in (
        "scrolls sideways",
        "over the edge",
        "cut off: Half",
        "overlap: One text | On",
        "without focus",
    ):
        assert fault in reflow
    assert audit.colourless(page) == ["vanishes: I  in "]
    assert audit.motion(page) == ["P  moves"]
    _, keyboard = audit.walk(page)
    walked = "\n".join(keyboard)
    for fault in ("looks the same with the focus: A", "without a name: BUTTON", "cannot be seen: P"):
        assert fault in walked
