"""Two maps of the same areas that move together: one view for both, without WebGL.

Each map is an SVG picture. The script beside this module puts the drawings into the page, and applies every
move (wheel, drag, pinch, keys, buttons) to both. Without the script two still pictures stand there. Why not
deck.gl: docs/decisions/0030-side-by-side-maps.md.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
HINT = "Wheel or pinch to zoom, drag to move: both maps follow."
POINT = "Point at an area for its figure."
CSS = """
.maps-tools { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin-bottom: .4rem; }
.maps-tools[hidden] { display: none; }
.maps-tools button { font: inherit; font-size: .95rem; min-height: 2.25rem; min-width: 2.25rem;
  padding: .1rem .7rem; color: inherit; background: transparent; border: 1px solid var(--quiet);
  border-radius: .25rem; cursor: pointer; }
.maps-tools button:disabled { cursor: default; color: var(--quiet);
  border-color: color-mix(in srgb, currentColor 35%, transparent); }
.maps-pair :focus-visible { outline: 3px solid #2b6ca6; outline-offset: 2px; }
.maps-two { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
  }
.maps-two figure { margin: 0; min-width: 0; }
.maps-frame { overflow: hidden; line-height: 0; cursor: grab; user-select: none; border-radius: .25rem; }
.maps-frame:active { cursor: grabbing; }
.maps-frame img, .maps-frame svg { display: block; width: 100%; height: auto; }
.maps-frame svg path { vector-effect: non-scaling-stroke; }
.maps-frame svg text, .maps-frame svg path:not([data-code]) { pointer-events: none; }
.maps-frame svg .lit { stroke: #14213d; stroke-width: 3px; fill-opacity: 0; pointer-events: none;
  filter: drop-shadow(0 0 1.5px #fff) drop-shadow(0 0 1.5px #fff); }
.maps-said { margin: .3rem 0; min-height: 2.6rem; line-height: 1.35; font-size: .95rem; }
"""


@dataclass(frozen=True)
class Half:
    """One of the two maps.

    `picture` is an SVG whose areas carry ``data-code`` and ``data-said`` (`simple_map.svg` with `said`);
    `alt` describes it, `short` names it, `below` is markup that stands under it (its legend).
    """

    picture: str
    alt: str
    short: str
    below: str = ""


def script_hash() -> str:
    """The script as the security policy names it: ``sha256-...``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()


def markup(halves: Sequence[Half], ground: str, chosen: str | None = None) -> str:
    """The two maps with their buttons, without the script.

    `ground` names the piece of ground shown: while it stays the same, so does the view. `chosen` is the code
    of the area outlined, if there is one.
    """
    figures = "".join(_figure(half, number) for number, half in enumerate(halves))
    attributes = f' data-chosen="{escape(chosen)}"' if chosen else ""
    buttons = {"in": "Zoom in", "out": "Zoom out", "whole": "Show all"}
    buttons |= {"chosen": "Chosen area"} if chosen else {}
    tools = "".join(f'<button type="button" data-do="{key}">{text}</button>' for key, text in buttons.items())
    return (
        f'<div class="maps-pair" data-ground="{escape(ground)}"{attributes}>'
        f'<div class="maps-tools" role="group" aria-label="Move both maps" hidden>{tools}</div>'
        f'<div class="maps-two">{figures}</div><p class="quiet">{HINT}</p></div>'
    )


def _figure(half: Half, number: int) -> str:
    # ids count for the whole page: the hatch of the one must not stand for that of the other
    drawing = half.picture.replace('id="none"', f'id="none-{number}"')
    drawing = drawing.replace("url(#none)", f"url(#none-{number})")
    data = base64.b64encode(drawing.encode()).decode()
    name = f"{half.short}. Arrow keys move both maps, plus and minus zoom, 0 shows all."
    return (
        f'<figure><div class="maps-frame" tabindex="0" role="group" aria-label="{escape(name)}">'
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(half.alt)}"></div>'
        f'<p class="maps-said" data-empty="{POINT}"></p>{half.below}</figure>'
    )


def show(halves: Sequence[Half], ground: str, chosen: str | None = None) -> None:
    """Draw the two maps. All text in them is escaped, and the only script is the one of this module."""
    body = f"<style>{CSS}</style>{markup(halves, ground, chosen)}<script>{SCRIPT}</script>"
    st.html(body, unsafe_allow_javascript=True)
