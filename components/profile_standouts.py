"""What stands out: at most five sentences, each with its "how do we know" that opens."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.tables import SHAPES
from data.query import Bundle
from data.stands_out import MOST, Standout, stands_out

NOTHING = "No figure here is clearly different from England’s by the tests we make."
HOW_CHOSEN = (
    "Chosen by the strength of the evidence: how many standard errors a figure lies from England’s, or a "
    "trend from none. Of figures on nearly the same subject only one is shown, and at most two on one theme. "
    "A figure must pass at 99.8%, because many are looked at. Weak estimates, and school readiness expected "
    "from family income, are never used."
)


@st.cache_resource(max_entries=256, show_spinner=False)
def _found(version: str, code: str, _bundle: Bundle) -> list[Standout]:
    return stands_out(_bundle, code)


def found(bundle: Bundle, code: str) -> list[Standout]:
    """What stands out in an area, kept by its code and the version of the tables."""
    return _found(bundle.version, code, bundle)


def item_html(item: Standout) -> str:
    """One sentence with its shape and word, and what opens under it."""
    return (
        f'<li><span class="verdict {item.judgement}"><span class="shape" aria-hidden="true">'
        f"{SHAPES[item.judgement]}</span>{item.judgement.capitalize()}</span> "
        f'<span class="said">{escape(item.sentence)}</span>'
        f'<details class="about"><summary>How do we know?<span class="visually-hidden"> '
        f"{escape(item.sentence)}</span></summary><p>{escape(item.how)}</p></details></li>"
    )


def show(bundle: Bundle, code: str) -> None:
    """Draw the part in one piece."""
    items = found(bundle, code)
    if code == bundle.config.country_code and not items:
        return
    body = f'<p class="lede">{NOTHING}</p>'
    if items:
        body = f'<ul class="standouts">{"".join(item_html(item) for item in items)}</ul>'
    fewer = "" if len(items) == MOST else " Where fewer than five are shown, no other figure passes."
    st.html(
        f'<h2>What stands out</h2>{body}<details class="about"><summary>How these are chosen</summary>'
        f"<p>{HOW_CHOSEN}{fewer}</p></details>"
    )
