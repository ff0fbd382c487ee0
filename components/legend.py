"""The classes of a map as a reader sees them: colour, range in the figure's unit, number of areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from data.catalogue.model import Indicator
from house_style import figures
from house_style.level_names import many, one
from house_style.palette import NO_DATA_INK, NO_DATA_PAPER, Mode, class_colours, text_on
from methods.classify import Classes, classify

NO_FIGURES = "No figure"
FADED = 0.45  # opacity of a weak estimate over the hatch
CSS = """
.legend { max-width: 27rem; }
.legend ul { list-style: none; margin: .25rem 0 .3rem; padding: 0; font-size: .95rem; }
.legend li { display: flex; gap: .6rem; align-items: center; margin: .12rem 0; padding: 0; }
.legend li .quiet { margin-left: auto; }
.legend-heading { font-weight: 600; margin: 0; line-height: 1.35; }
.legend-swatch { width: 1.7rem; height: 1.05rem; flex: none;
                 border: 1px solid color-mix(in srgb, currentColor 45%, transparent); }
.legend-swatch i { display: block; height: 100%; }
.legend-swatch b { display: block; font-size: .8rem; line-height: .95rem; text-align: center; }
"""


@dataclass(frozen=True)
class Entry:
    """One line of a legend. `colour` is None for the no-data hatch, `faded` marks weak estimates over it.

    `shape` stands on the colour where a class has a meaning that colour alone must not carry.
    """

    text: str
    count: int
    colour: str | None
    faded: bool = False
    shape: str = ""


@dataclass(frozen=True)
class Shading:
    """How a map is coloured: the classes of its figures and one colour for each, lowest values first."""

    indicator: Indicator
    classes: Classes
    colours: tuple[str, ...]
    weak: int = 0
    hidden: int = 0

    @property
    def known(self) -> bool:
        """True when at least one area has a figure."""
        return self.classes.size > 0

    def fills(self, codes: Sequence[str]) -> dict[str, str]:
        """Colour by area code, in the order of the values classified; areas without a figure are left out."""
        pairs = zip(codes, self.classes.of, strict=True)
        return {code: self.colours[i] for code, i in pairs if i >= 0}

    def words(self) -> str:
        """Which end of the colours is worse, in one sentence; "" for a single class."""
        return figures.direction_words(self.indicator) if self.classes.size > 1 else ""

    def title(self) -> str:
        """What the legend of a picture to keep is headed."""
        return figures.headed(self.indicator)

    def entries(self) -> list[Entry]:
        """Legend lines, darkest first, then weak estimates and no data where there are any."""
        lines = []
        for i, colour in enumerate(self.colours):
            span = self.classes.ranges[i]
            if span is not None:
                text = figures.range_words(self.indicator, *span)
                lines.append(Entry(text, self.classes.counts[i], colour))
        if self.indicator.polarity != "high-is-better":
            lines.reverse()
        if self.weak and self.colours:
            lines.append(
                Entry("Weak estimate: faded", self.weak, self.colours[len(self.colours) // 2], faded=True)
            )
        if self.hidden:
            lines.append(Entry("Weak estimate: hidden", self.hidden, None))
        if self.classes.missing > self.hidden:
            lines.append(Entry(NO_FIGURES, self.classes.missing - self.hidden, None))
        return lines


def shade(
    indicator: Indicator,
    values: pd.Series,
    *,
    reliability: pd.Series | None = None,
    cuts: Sequence[float] | None = None,
    hide_weak: bool = False,
) -> Shading:
    """Classify one value an area (NaN is missing) as the indicator asks and choose the colours.

    `cuts` are lower ends of the second and later classes, for maps that share one scale. With `hide_weak`,
    estimates of reliability D are set aside before the classes are made.
    """
    is_weak = (reliability == "D") & values.notna() if reliability is not None else values.isna() & False
    weak = int(is_weak.sum())
    values = values.mask(is_weak) if hide_weak else values
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    classes = classify(numbers, indicator.classification, decimals=indicator.decimals, cuts=cuts)
    colours: tuple[str, ...] = ()
    if classes.size:
        colours = class_colours(
            classes.size, worse="low" if indicator.polarity == "high-is-better" else "high"
        )
    return Shading(indicator, classes, colours, *((0, weak) if hide_weak else (weak, 0)))


def hatch_css(mode: Mode) -> str:
    """The no-data hatch as a CSS background, as drawn on the map."""
    ink, paper = NO_DATA_INK[mode], NO_DATA_PAPER[mode]
    return f"background:repeating-linear-gradient(135deg,{ink} 0 1.5px,{paper} 1.5px 5px)"


def _swatch(entry: Entry, mode: Mode) -> str:
    style = f"background:{entry.colour}" if entry.colour and not entry.faded else hatch_css(mode)
    inner = ""
    if entry.colour and entry.shape:
        inner = f'<b style="color:{text_on(entry.colour)}">{entry.shape}</b>'
    if entry.colour and entry.faded:
        inner = f'<i style="background:{entry.colour};opacity:{FADED}"></i>'
    return f'<span class="legend-swatch" aria-hidden="true" style="{style}">{inner}</span>'


def html(shading: Shading, *, level: str, mode: Mode, heading: str, note: str = "") -> str:
    """The legend as HTML: heading, one line a class with its count, and which end is worse in words.

    The rules of CSS for its classes are `CSS`, to be on the page once.
    """
    rows = "".join(
        f"<li>{_swatch(entry, mode)}<span>{escape(entry.text)}</span>"
        f'<span class="quiet">{count_words(entry.count, level)}</span></li>'
        for entry in shading.entries()
    )
    below = " ".join(part for part in (shading.words(), note) if part)
    return (
        f'<div class="legend"><p class="legend-heading">{escape(heading)}</p>'
        f'<ul aria-label="Classes of the map">{rows}</ul><p class="quiet">{escape(below)}</p></div>'
    )


def count_words(count: int, level: str) -> str:
    """ "1 ward", "12 wards"."""
    return f"{count:,} {short_noun(level, count)}"


def short_noun(level: str, count: int = 2) -> str:
    """What areas of a level are called where there is little room: "small areas" rather than "small areas
    (LSOAs)".
    """
    return (one(level) if count == 1 else many(level)).split(" (")[0]


def alt_text(shading: Shading, *, level: str, title: str, counts: Mapping[str, int] | None = None) -> str:
    """A description of the map for those who cannot see it: title, then each class with its count."""
    lines = [f"{entry.text}: {count_words(entry.count, level)}" for entry in shading.entries()]
    return f"Map. {title} " + "; ".join(lines) + ". The same figures are in the table."
