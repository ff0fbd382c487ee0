"""What a slide is: plain data, drawn later. Every picture says in words what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["area", "quiet", "better", "worse", "third"]
Room = Literal["dark", "light"]
ROOMS: tuple[Room, ...] = ("dark", "light")

# Every kind of slide, in the usual order, with its name in the lists from which the presenter chooses.
KINDS: dict[str, str] = {
    "title": "Title",
    "where": "Where we are",
    "people": "Who lives here",
    "well": "Things going well",
    "work": "Things to work on",
    "school": "Ready for school",
    "conditions": "Long-term conditions",
    "compare": "How we compare",
    "unknown": "What we don’t know",
    "talk": "Talk about it",
    "sources": "Sources",
}
LEVELS = ("neighbourhood", "ward", "place")  # the areas that a briefing can be about


@dataclass(frozen=True)
class Part:
    """Some of a hundred: how many, who they are, how they are drawn."""

    count: int
    words: str
    tone: Tone


@dataclass(frozen=True)
class Icons:
    """A hundred people or children, part by part."""

    parts: tuple[Part, ...]
    alt: str


@dataclass(frozen=True)
class Bar:
    """One bar: `value` and `mark` on a scale from 0 to the picture's `full`; `mark` is England's figure."""

    label: str
    value: float
    words: str
    tone: Tone
    mark: float | None = None
    mark_words: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars under each other, each on a scale of its own from 0 to `full`."""

    rows: tuple[Bar, ...]
    full: tuple[float, ...]
    alt: str


@dataclass(frozen=True)
class Range:
    """A figure with the band it may lie in, in per cent."""

    label: str
    lower: float
    value: float
    upper: float
    words: str


@dataclass(frozen=True)
class Ranges:
    """Bands under each other on one scale from 0 to 100."""

    rows: tuple[Range, ...]
    alt: str


@dataclass(frozen=True)
class Shape:
    """One outline of a map (SVG path data) and how it is drawn."""

    path: str
    tone: Literal["area", "other", "water"]


@dataclass(frozen=True)
class Label:
    """A name beside the map, and the point of the map it belongs to (drawing units)."""

    text: str
    more: str
    x: float
    y: float
    own: bool


@dataclass(frozen=True)
class Map:
    """Outlines in a square of `size` drawing units, and up to three labels from top to bottom."""

    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    size: int
    alt: str


@dataclass(frozen=True)
class Tally:
    """How many figures were better than, like and worse than England's."""

    better: int
    similar: int
    worse: int
    alt: str


@dataclass(frozen=True)
class Circle:
    """People who talk with each other; the picture beside the questions."""

    alt: str


Picture = Icons | Bars | Ranges | Map | Tally | Circle


@dataclass(frozen=True)
class Slide:
    """One slide: one message, one picture.

    `label` names an estimate or a working grouping, `points` are further lines of text, `notes` is what the
    presenter may say, `source` where the figures are from (empty where there is none).
    """

    kind: str
    title: str
    message: str
    picture: Picture | None
    label: str = ""
    points: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Deck:
    """The slides about one area. `working` says that the neighbourhoods are not the council's list."""

    area_code: str
    area_name: str
    working: str
    version: str
    slides: tuple[Slide, ...]
