"""A deck as a PDF: one slide a page, tagged (PDF/UA-1), on a light ground, the same for the same tables.

The pictures are those of the file of HTML. Words are set by typst, from plain data, and are never markup.
"""

from __future__ import annotations

import re
from typing import Any

from reports.briefing import pictures
from reports.briefing.deck import HERE, name_of, said_of, sheet
from reports.briefing.model import Bars, Deck, Icons, Map, Picture, Ranges, Slide, Tally
from reports.profile.pdf import AUTHOR, compiled

# What `deck.css` says of the parts of a drawing, for one that stands alone; names of colours in braces.
DRAWN = """
.area {fill: {area}} .third, .band {fill: {third}} .better {fill: {better}} .worse {fill: {worse}}
.quiet, .similar {fill: none; stroke: {edge}; stroke-width: 3} rect.quiet {fill: {edge}; stroke: none}
.ground {fill: {ground}} .halo {fill: {paper}} .mark {fill: {mark}}
.land {fill: {land}} .water {fill: {water}} .other {fill: {other}}
path.other, path.area {stroke: {line}; stroke-width: 1.5}
text {font-family: "Source Sans Pro"; fill: {text}; font-size: 46px} .more {fill: {quiet}; font-size: 43px}
text.own {font-weight: 700; font-size: 54px} text.long {font-size: 48px}
.leader {fill: none; stroke: {edge}; stroke-width: 3} .leader.own {stroke: {text}}
.dot {fill: {paper}; stroke: {text}; stroke-width: 4} .dot.own {fill: {text}}
"""


def colours() -> dict[str, str]:
    """The colours of a light room, by name, from the style sheet of the slides."""
    block = re.search(r':root\[data-room="light"\] \{(.*?)\}', sheet(), re.DOTALL)
    if block is None:
        raise RuntimeError("deck.css has no light room")
    return dict(re.findall(r"--(\w+): (#\w{6})", block[1]))


def alone(svg: str) -> str:
    """A drawing of the file as a file of its own, with its colours and what it refers to."""
    style = DRAWN
    for name, colour in colours().items():
        style = style.replace(f"{{{name}}}", colour)
    found = re.match(r'<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>', svg)
    if found is None:
        raise ValueError("a drawing without a viewBox")
    wide, tall = found[1], found[2]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}">'
        f"<style>{style}</style>{pictures.PERSON}{svg[found.end() :]}"
    )


def _person(tone: str) -> str:
    return f'<svg viewBox="0 0 50 72"><use href="#person" class="{tone}" width="50" height="72"/></svg>'


def _token(verdict: str) -> str:
    return f'<svg viewBox="0 0 100 100"><path class="{verdict}" d="{pictures.TOKENS[verdict]}"/></svg>'


def drawn(picture: Picture | None) -> dict[str, Any]:
    """What `deck.typ` draws: rows of bars, or a drawing with its key; empty without a picture."""
    if picture is None:
        return {}
    if isinstance(picture, Bars | Ranges):
        rows = [
            {"name": row.name, "track": alone(row.track), "figure": row.figure, "beside": row.beside}
            for row in pictures.rows(picture)
        ]
        return {"alt": picture.alt, "rows": rows}
    key: list[tuple[str, str, str]] = []
    if isinstance(picture, Icons):
        key = [(alone(_person(part.tone)), str(part.count), part.words) for part in picture.parts]
    if isinstance(picture, Tally):
        key = [(alone(_token(word)), str(count), word) for word, count in pictures.counts(picture).items()]
    wide = isinstance(picture, Map) and bool(picture.labels)
    return {"alt": picture.alt, "svg": alone(pictures.drawing(picture)), "key": key, "left": wide}


def _slide(slide: Slide, deck: Deck) -> dict[str, Any]:
    return {
        "kind": slide.kind,
        "kicker": "" if slide.kind == "title" else f"{name_of(deck)} · {slide.title}",
        "message": slide.message,
        "picture": drawn(slide.picture),
        "label": slide.label,
        "points": slide.points,
        "source": said_of(slide),
    }


def as_pdf(deck: Deck) -> bytes:
    """The file. RuntimeError where a slide cannot be set on one page."""
    book = {
        "title": f"{deck.area_name}: briefing",
        "author": AUTHOR,
        "slides": [_slide(slide, deck) for slide in deck.slides],
    }
    return compiled("deck.typ", "pdf", HERE, deck=book, colours=colours())
