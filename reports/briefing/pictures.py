"""Pictures of a briefing as HTML and SVG, without a style or script of their own.

No inline styles: the file's content security policy refuses them. Colours and sizes are in ``deck.css``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from reports.briefing.model import Bar, Bars, Circle, Icons, Label, Map, Picture, Range, Ranges, Tally

ACROSS, DOWN = 20, 5  # a hundred figures, in rows that people can count
WIDE, TALL = 50, 72  # drawing units of one figure
AISLE = 30  # between the tens
TRACK = 1000
MARK = 7
NAMES_AT, NAMES_WIDE = 545, 695  # where the names beside a map stand, and how much room they have
NAME_GAP = 142
LONGEST = {True: 21, False: 26}  # letters of a name on one line; its own name is bold and larger
PERSON = (
    '<symbol id="person" viewBox="0 0 50 72"><circle cx="25" cy="13" r="10"/>'
    '<path d="M25 27c-9 0-15 6-15 14v18a6 6 0 0 0 6 6h18a6 6 0 0 0 6-6V41c0-8-6-14-15-14z"/></symbol>'
)


def symbols() -> str:
    """What pictures refer to; once a file."""
    return f'<svg class="symbols" aria-hidden="true" width="0" height="0">{PERSON}</svg>'


def draw(picture: Picture) -> str:
    """A picture as a figure with its text alternative."""
    makers = {
        Icons: _icons, Bars: _rows, Ranges: _rows, Map: _map, Tally: _tally, Circle: _circle,
    }  # fmt: skip
    kind = type(picture)
    inner = makers[kind](picture)  # type: ignore[operator]
    alt = escape(picture.alt, quote=True)
    return f'<figure class="picture {kind.__name__.lower()}" role="img" aria-label="{alt}">{inner}</figure>'


def drawing(picture: Icons | Map | Tally | Circle) -> str:
    """The SVG of a picture without what stands beside it; colours come from classes."""
    makers = {Icons: _hundred, Map: _map_svg, Tally: _tokens, Circle: _circle}
    return makers[type(picture)](picture)  # type: ignore[operator]


def _hundred(picture: Icons) -> str:
    figures, at = [], 0
    for part in picture.parts:
        for _ in range(part.count):
            across = at % ACROSS
            x, y = across * WIDE + (AISLE if across >= ACROSS / 2 else 0), at // ACROSS * TALL
            figures.append(
                f'<use href="#person" class="{part.tone}" x="{x}" y="{y}" width="{WIDE}" height="{TALL}"/>'
            )
            at += 1
    view = f"0 0 {ACROSS * WIDE + AISLE} {DOWN * TALL}"
    return f'<svg viewBox="{view}" aria-hidden="true">{"".join(figures)}</svg>'


def _icons(picture: Icons) -> str:
    key = "".join(
        f'<li><svg viewBox="0 0 50 72" aria-hidden="true"><use href="#person" class="{part.tone}" '
        f'width="50" height="72"/></svg><b>{part.count}</b><span>{escape(part.words)}</span></li>'
        for part in picture.parts
    )
    return f'{_hundred(picture)}<ul class="key">{key}</ul>'


def _track(shapes: str) -> str:
    return (
        f'<svg class="track" viewBox="0 0 {TRACK} 60" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="{TRACK}" height="60"/>{shapes}</svg>'
    )


@dataclass(frozen=True)
class Row:
    """One row of bars or bands: its name, its drawing (SVG), the figure, and England's beside it."""

    name: str
    track: str
    figure: str
    beside: str = ""


def rows(picture: Bars | Ranges) -> list[Row]:
    """The rows of a picture from top to bottom."""
    if isinstance(picture, Ranges):
        return [_range(row) for row in picture.rows]
    return [_bar(bar, full) for bar, full in zip(picture.rows, picture.full, strict=True)]


def _bar(bar: Bar, full: float) -> Row:
    wide = max(bar.value / full * TRACK, 4)
    shapes = f'<rect class="{bar.tone}" width="{wide:.0f}" height="60"/>'
    beside = ""
    if bar.mark is not None:
        at = min(bar.mark / full * TRACK, TRACK - MARK)
        shapes += f'<rect class="halo" x="{max(at - MARK, 0):.0f}" width="{3 * MARK}" height="60"/>'
        shapes += f'<rect class="mark" x="{at:.0f}" width="{MARK}" height="60"/>'
        short = bar.mark_words.split(" in ")[0].removesuffix(" years")
        beside = f"England {short}"
    return Row(bar.label, _track(shapes), bar.words, beside)


def _range(row: Range) -> Row:
    left, right = row.lower / 100 * TRACK, row.upper / 100 * TRACK
    at = row.value / 100 * TRACK
    shapes = (
        f'<rect class="band" x="{left:.0f}" width="{max(right - left, 8):.0f}" height="60"/>'
        f'<rect class="mark" x="{at - MARK / 2:.0f}" width="{MARK}" height="60"/>'
    )
    return Row(row.label, _track(shapes), row.words)


def _rows(picture: Bars | Ranges) -> str:
    drawn = []
    for row in rows(picture):
        beside = f'<span class="tick">{escape(row.beside)}</span>' if row.beside else ""
        drawn.append(
            f'<div class="row"><span class="name">{escape(row.name)}</span>{row.track}'
            f'<span class="value"><b>{escape(row.figure)}</b>{beside}</span></div>'
        )
    return f'<div class="rows {"many" if len(drawn) > 3 else "few"}">{"".join(drawn)}</div>'


def _name(label: Label, y: float) -> str:
    """A name beside the map with what is said of it; a name too long for a line takes both lines."""
    own = " own" if label.own else ""

    def line(words: str, kind: str, down: float) -> str:
        return f'<text class="{kind}" x="{NAMES_AT}" y="{y + down:.0f}">{words}</text>'

    if len(label.text) <= LONGEST[label.own]:
        return line(escape(label.text), f"name{own}", -4) + line(escape(label.more), "more", 50)
    words = label.text.split(" ")
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(label.text) / 2))
    first, rest = (escape(" ".join(part)) for part in (words[:cut], words[cut:]))
    direction = escape(label.more.removeprefix("to the "))
    more = "" if label.own else f'<tspan class="more">, {direction}</tspan>'
    return line(first, f"name{own} long", -4) + line(rest + more, f"name{own} long", 50)


def _map(picture: Map) -> str:
    """The map; read as a page, it is the square alone, and the names stand under it as text that grows."""
    listed = "".join(
        f'<li class="{"own" if label.own else "other"}">{escape(label.text)}, {escape(label.more)}</li>'
        for label in picture.labels
    )
    return _map_svg(picture) + (f'<ul class="names">{listed}</ul>' if listed else "")


def _map_svg(picture: Map) -> str:
    shapes = "".join(f'<path class="{shape.tone}" d="{shape.path}"/>' for shape in picture.shapes)
    if not picture.labels:
        return f'<svg viewBox="0 0 {picture.size} {picture.size}" aria-hidden="true">{shapes}</svg>'
    count = len(picture.labels)
    top = (picture.size - (count - 1) * NAME_GAP) / 2
    names = []
    for at, label in enumerate(picture.labels):
        y = top + at * NAME_GAP
        own = " own" if label.own else ""
        names.append(
            f'<path class="leader{own}" d="M{label.x} {label.y}L{NAMES_AT - 60} {y:.0f}H{NAMES_AT - 14}"/>'
            f'<circle class="dot{own}" cx="{label.x}" cy="{label.y}" r="9"/>'
            f"{_name(label, y)}"
        )
    view = f"0 0 {NAMES_AT + NAMES_WIDE} {picture.size}"
    clip = f'<clipPath id="edge"><rect width="{picture.size}" height="{picture.size}" rx="14"/></clipPath>'
    return (
        f'<svg viewBox="{view}" preserveAspectRatio="xMinYMid slice" aria-hidden="true">{clip}'
        '<g clip-path="url(#edge)">'
        f'<rect class="land" width="{picture.size}" height="{picture.size}"/>{shapes}</g>'
        f'<g class="labels">{"".join(names)}</g></svg>'
    )


TOKENS = {
    "better": "M50 8 92 88H8z",
    "similar": "M50 10a40 40 0 1 0 .01 0z",
    "worse": "M50 92 8 12H92z",
}


def counts(picture: Tally) -> dict[str, int]:
    """How many of each judgement, in the order drawn."""
    return {"better": picture.better, "similar": picture.similar, "worse": picture.worse}


def _tokens(picture: Tally) -> str:
    drawn, at = [], 0
    for verdict, count in counts(picture).items():
        for _ in range(count):
            drawn.append(f'<path class="{verdict}" transform="translate({at * 120})" d="{TOKENS[verdict]}"/>')
            at += 1
    return f'<svg viewBox="0 0 {at * 120 - 20} 100" aria-hidden="true">{"".join(drawn)}</svg>'


def _tally(picture: Tally) -> str:
    key = "".join(
        f'<li><svg viewBox="0 0 100 100" aria-hidden="true"><path class="{verdict}" d="{TOKENS[verdict]}"/>'
        f"</svg><b>{count}</b><span>{verdict}</span></li>"
        for verdict, count in counts(picture).items()
    )
    return f'{_tokens(picture)}<ul class="key">{key}</ul>'


def _circle(picture: Circle) -> str:
    people = []
    for at in range(9):
        angle = 2 * math.pi * at / 9
        x, y = 200 + 140 * math.sin(angle), 190 - 125 * math.cos(angle)
        tone = "area" if at % 3 == 0 else "third" if at % 3 == 1 else "quiet"
        people.append(
            f'<use href="#person" class="{tone}" x="{x - 31:.0f}" y="{y - 45:.0f}" width="62" height="90"/>'
        )
    return f'<svg viewBox="0 0 400 380" aria-hidden="true">{"".join(people)}</svg>'
