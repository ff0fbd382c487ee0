"""The two maps that move together: what stands in the page, and that the browser may run the script."""

from __future__ import annotations

import base64
import re

import asgi
from components import map_sync
from components.map_sync import Half

DRAWING = '<svg viewBox="0 0 4 4"><pattern id="none"/><path d="" fill="url(#none)" data-code="E1"/></svg>'


def test_the_security_policy_knows_the_script_by_its_hash_and_lets_no_other_in() -> None:
    policy = asgi.content_security_policy()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert f"'{map_sync.script_hash()}'" in scripts
    assert "'unsafe-inline'" not in scripts
    assert "blob:" not in scripts
    assert "*" not in scripts


def test_the_pages_sanitiser_would_keep_the_script() -> None:
    """It drops scripts in which something looks like a tag."""
    assert not re.search(r"<[/\w!]", map_sync.SCRIPT)
    assert map_sync.SCRIPT.isascii()


def test_names_are_escaped_and_every_map_has_a_hatch_of_its_own() -> None:
    half = Half(DRAWING, alt='Map. "Rock & Roll"', short="<b>Rock</b>")
    html = map_sync.markup([half, half], ground="ward-E1", chosen='"><script>')
    assert "<script" not in html
    assert "<b>" not in html
    assert 'alt="Map. &quot;Rock &amp; Roll&quot;"' in html
    drawings = [base64.b64decode(data).decode() for data in re.findall(r"base64,([^\"]+)", html)]
    for number, drawing in enumerate(drawings):
        assert f'id="none-{number}"' in drawing
        assert f"url(#none-{number})" in drawing


def test_the_button_for_the_chosen_area_is_there_when_one_is_chosen() -> None:
    half = Half(DRAWING, alt="Map.", short="A figure")
    assert "Chosen area" in map_sync.markup([half, half], "ward", chosen="E1")
    assert "Chosen area" not in map_sync.markup([half, half], "ward")
