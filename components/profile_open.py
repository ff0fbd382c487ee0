"""Which parts of a profile are open: kept in the address, so that a shared link opens the same ones.

A part that is closed is not drawn at all: a page of closed parts is half as heavy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html import escape

import streamlit as st

from components.selection import hold, quoted, remember

PARAM = "open"
EVERYTHING = "all"
PARTS = ("figures", "deprivation", "school", "conditions", "change", "like", "services", "made-of")


def asked(params: Mapping[str, str], notes: list[str]) -> frozenset[str]:
    """The parts that an address opens; unknown ones are named in `notes`."""
    wanted = [part.strip() for part in params.get(PARAM, "").split(",") if part.strip()]
    if EVERYTHING in wanted:
        return frozenset(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        notes.append(f"This page has no part called {quoted(unknown[0])}.")
    return frozenset(wanted) & frozenset(PARTS)


def text_of(opened: frozenset[str]) -> str:
    """The address's word for the parts that are open; "" for none."""
    if opened == frozenset(PARTS):
        return EVERYTHING
    return ",".join(part for part in PARTS if part in opened)


def _toggled(part: str, key: str) -> None:
    now = set(asked(st.query_params, []))
    (now.add if st.session_state[key] else now.discard)(part)
    remember(**{PARAM: text_of(frozenset(now))})


@contextmanager
def fold(part: str, label: str, opened: frozenset[str]) -> Iterator[bool]:
    """An opening part; gives whether it is open. What is drawn inside stands in it.

    `label` is our own text: a name of an area might be read as Markdown there.
    """
    key = f"profile-part-{part}"
    hold(key, part in opened)
    container = st.expander(label, key=key, on_change=partial(_toggled, part, key))
    with container:
        yield bool(container.open)


def opening(heading: str, sentences: list[str], *, notes: list[str] | None = None) -> None:
    """A part's heading with its plain sentences: all that most people read of it."""
    lede = "".join(f'<p class="lede">{escape(text)}</p>' for text in sentences[:1])
    items = "".join(f"<li>{escape(text)}</li>" for text in sentences[1:])
    more = f'<ul class="plain">{items}</ul>' if items else ""
    quiet = "".join(f'<p class="quiet">{escape(text)}</p>' for text in notes or [])
    st.html(f"<h2>{escape(heading)}</h2>{lede}{more}{quiet}")
