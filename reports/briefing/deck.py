"""A deck as one file of HTML: style, script and pictures inside, nothing asked of any network.

The file refuses by its own content security policy to load anything, and to run any script but its own.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from html import escape
from pathlib import Path

from reports.briefing.model import Deck, Room, Slide
from reports.briefing.pictures import draw, symbols

HERE = Path(__file__).resolve().parent
BUTTONS = (
    ("back", "Back", "M20 5 8 16l12 11"),
    ("next", "Next", "M12 5l12 11-12 11"),
    ("full", "Full screen (F)", "M5 12V5h7M20 5h7v7M27 20v7h-7M12 27H5v-7"),
    ("black", "Black screen (B)", "M6 7h20v15H6zM11 27h10"),
    ("room", "Dark or light room (D)", "M16 6a10 10 0 1 0 .01 0zM16 6v20"),
    ("present", "Presenter’s window with notes (P)", "M4 6h24v14H4zM10 26h12M16 20v6"),
)
PAGE = "M8 4h16v24H8zM12 10h8M12 16h8M12 22h5"  # the button between slides and page; the script names it


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def sheet() -> str:
    """The style sheet."""
    return _asset("deck.css")


def name_of(deck: Deck) -> str:
    """The area as every slide names it."""
    return f"{deck.area_name}{' (working grouping)' if deck.working else ''}"


def said_of(slide: Slide) -> str:
    """Where the figures of a slide are from, as it says at its foot; empty where there is none."""
    return f"Source: {slide.source}" if slide.source and slide.kind != "sources" else slide.source


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy() -> str:
    """What a deck may load and run: its own style and script, and nothing else."""
    return (
        f"default-src 'none'; script-src {_hash(_asset('deck.js'))}; style-src {_hash(sheet())}; "
        "base-uri 'none'; form-action 'none'"
    )


def _lines(points: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return f'<ul class="points">{items}</ul>' if points else ""


def _label(slide: Slide) -> str:
    return f'<p class="label">{escape(slide.label)}</p>' if slide.label else ""


def _title(slide: Slide) -> str:
    picture = draw(slide.picture) if slide.picture else ""
    return (
        f'<div class="front"><div><h1>{escape(slide.message)}</h1>{_lines(slide.points)}</div>{picture}</div>'
        f"{_label(slide)}"
    )


def _talk(slide: Slide) -> str:
    picture = draw(slide.picture) if slide.picture else ""
    return f'<h2>{escape(slide.message)}</h2><div class="both">{_lines(slide.points)}{picture}</div>'


def _plain(slide: Slide) -> str:
    picture = draw(slide.picture) if slide.picture else ""
    return f"<h2>{escape(slide.message)}</h2>{picture}{_label(slide)}{_lines(slide.points)}"


def _slide(slide: Slide, deck: Deck) -> str:
    """One slide as a section; its notes are templates, which no browser shows."""
    body = {"title": _title, "talk": _talk}.get(slide.kind, _plain)(slide)
    kicker = f'<p class="kicker">{escape(name_of(deck))}<span> · {escape(slide.title)}</span></p>'
    kicker = "" if slide.kind == "title" else kicker
    source = f'<p class="source">{escape(said_of(slide))}</p>' if slide.source else ""
    notes = "".join(f"<template>{escape(note)}</template>" for note in slide.notes)
    label = escape(slide.title, quote=True)
    classes = f"slide {slide.kind}{' working' if deck.working else ''}"
    return (
        f'<section class="{classes}" id="{slide.kind}" aria-label="{label}" aria-roledescription="slide">'
        f"{kicker}{body}{source}{notes}</section>"
    )


def _navigation(deck: Deck) -> str:
    dots = "".join(
        f'<li><button type="button" aria-label="{at}: {escape(slide.title, quote=True)}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/></svg></button></li>'
        for at, slide in enumerate(deck.slides, start=1)
    )
    buttons = "".join(
        f'<button type="button" data-act="{act}" aria-label="{words}" title="{words}">'
        f'<svg viewBox="0 0 32 32" aria-hidden="true"><path d="{path}"/></svg></button>'
        for act, words, path in BUTTONS
    )
    form = (
        '<button type="button" data-act="form"><svg viewBox="0 0 32 32" aria-hidden="true">'
        f'<path d="{PAGE}"/></svg><span class="words"></span></button>'
    )
    return f'<nav aria-label="Slides"><ol>{dots}</ol><div>{buttons}{form}</div></nav>'


def html(deck: Deck, room: Room = "dark") -> str:
    """The whole file."""
    title = escape(f"{deck.area_name}: briefing")
    slides = "".join(_slide(slide, deck) for slide in deck.slides)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB" class="page" data-room="{room}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{sheet()}</style>\n</head>\n<body>\n{symbols()}\n"
        f'{_navigation(deck)}\n<main>{slides}</main>\n<p class="said" role="status" aria-live="polite"></p>\n'
        f'<div class="black" hidden></div>\n<script>{_asset("deck.js")}</script>\n</body>\n</html>\n'
    )
