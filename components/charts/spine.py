"""Spine charts: where areas stand among all areas of their kind, with England as the line in the middle.

Drawn as plain HTML, so that dozens of them cost nothing, print, and fit any width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from components.charts.spine_layout import lanes, scale
from components.compare_areas import Area
from components.tables import verdict_words
from data.comparison import NOT_SPREAD, Figures, Line
from data.query import Observation
from data.spread import Spread, SpreadKey
from house_style.figures import figure, period_words
from methods.compare import Judgement

FEWEST = 4  # areas: with fewer there is no middle half
HEIGHTS = {1: ("", 2.1), 2: (" two", 3.2), 3: (" three", 4.3)}  # class and rem by rows of markers


ESTIMATE = " (estimate)"


@dataclass(frozen=True)
class Marker:
    """One area on a spine; positions run from 0 (left) to 1 (right)."""

    area: Area
    value: float
    verdict: Judgement
    at: float
    place: float | None
    place_at: float | None
    estimate: bool = False


@dataclass(frozen=True)
class Spine:
    """One figure of one period: the spread of all areas of the kind, England, and the areas to show.

    Right is better; of neutral figures right is higher. `ends` are (word, figure) of the left and right end.
    """

    line: Line
    period: str
    spread: Spread
    england: float | None
    england_at: float | None
    half: tuple[float, float]
    markers: tuple[Marker, ...]

    @property
    def ends(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Word and figure of both ends: "worst" and "best", or "lowest" and "highest"."""
        low, high = (figure(self.line.indicator, value) for value in (self.spread.low, self.spread.high))
        if self.line.indicator.polarity == "high-is-worse":
            return ("worst", high), ("best", low)
        if self.line.indicator.polarity == "high-is-better":
            return ("worst", low), ("best", high)
        return ("lowest", low), ("highest", high)

    @property
    def end_codes(self) -> tuple[str, str]:
        """Codes of the areas at the left and the right end (one of them where several share it)."""
        codes = (self.spread.low_code, self.spread.high_code)
        return codes[::-1] if self.line.indicator.polarity == "high-is-worse" else codes


def prepare(
    lines: Sequence[Line],
    areas: Sequence[Area],
    spreads: Mapping[SpreadKey, Spread],
    england: Figures,
    places: Mapping[str, Figures],
) -> list[Spine]:
    """The spines that can be drawn for areas of one kind.

    Parameters
    ----------
    lines
        Lines whose cells include those of `areas`. Counts and positions have no spine.
    spreads
        Of all areas of that kind. A figure that fewer than four areas have is left out.
    england, places
        Figures of England, and of the Place of each area by area code.
    """
    by_code = {area.code: area for area in areas}
    found = []
    for line in lines:
        if line.indicator.statistic in NOT_SPREAD:
            continue
        key = (line.indicator.id, line.group)
        cells = [cell for cell in line.cells if cell.area_code in by_code and cell.known]
        for period in sorted({cell.area.period for cell in cells if cell.area}):
            spread = spreads.get((*key, period))
            if spread is None or spread.count < FEWEST:
                continue
            middle = _value(england.get(key, {}).get(period))
            at = scale(spread, middle, better_low=line.indicator.polarity == "high-is-worse")
            markers = []
            for cell in cells:
                if cell.area is None or cell.area.value is None or cell.area.period != period:
                    continue
                place = _value(places.get(cell.area_code, {}).get(key, {}).get(period))
                value = cell.area.value
                markers.append(
                    Marker(
                        by_code[cell.area_code],
                        value,
                        cell.verdict,
                        at(value) or 0.0,
                        place,
                        at(place),
                        cell.area is not None and cell.area.basis == "modelled",
                    )
                )
            quarters = sorted((at(spread.lower_quarter) or 0.0, at(spread.upper_quarter) or 0.0))
            half = (quarters[0], quarters[1])
            found.append(Spine(line, period, spread, middle, at(middle), half, tuple(markers)))
    return found


def _value(found: Observation | None) -> float | None:
    return None if found is None else found.value


def available(spines: Sequence[Spine]) -> bool:
    """Whether there is a spine to draw."""
    return bool(spines)


def half_words(spine: Spine) -> str:
    """The middle half of the areas: "10.1% to 17.3%"."""
    item, spread = spine.line.indicator, spine.spread
    return f"{figure(item, spread.lower_quarter)} to {figure(item, spread.upper_quarter)}"


def description(spine: Spine, kind: str) -> str:
    """The spine in words, for those who cannot see it."""
    item, spread = spine.line.indicator, spine.spread
    (left, first), (right, last) = spine.ends
    parts = [
        f"{marker.area.name}: {figure(item, marker.value)}{ESTIMATE if marker.estimate else ''}"
        for marker in spine.markers
    ]
    if spine.england is not None:
        parts.append(f"England {figure(item, spine.england)}")
    parts.append(f"{left} of {spread.count} {kind} {first}, {right} {last}, middle half {half_words(spine)}")
    return f"{spine.line.title}. " + "; ".join(parts)


def _percent(part: float) -> str:
    return f"{part * 100:.1f}%".replace(".0%", "%")


def _track(spine: Spine, kind: str, numbered: bool) -> str:
    where = lanes([marker.at for marker in spine.markers])
    rows = max(where, default=0) + 1
    size, height = HEIGHTS[rows]
    parts = _places(spine)
    for lane, marker in zip(where, spine.markers, strict=True):
        style = f"left:{_percent(marker.at)};top:{height / rows * (lane + 0.5) - 0.675:.2f}rem"
        number = marker.area.number if numbered else ""
        parts.append(f'<b class="badge {marker.area.tone}" style="{style}">{number}</b>')
    text = escape(description(spine, kind), quote=True)
    ground = grounds(spine.half, spine.england_at)
    return f'<div class="track{size}" role="img" aria-label="{text}" style="{ground}">{"".join(parts)}</div>'


def grounds(half: tuple[float, float], england: float | None) -> str:
    """Where the middle half and England's line are painted on a track, as CSS properties.

    A painted part of width w is placed by the share of what is left beside it: it starts at x where that
    share is x / (1 - w).
    """
    left, wide = half[0], half[1] - half[0]
    share = left / (1 - wide) if wide < 1 else 0.0
    line = "" if england is None else f"--m:{_percent(england)};"
    return f"{line}--h:{_percent(share)};--w:{_percent(wide)}"


def _places(spine: Spine) -> list[str]:
    """The marks of the Places: one where the areas share it, else each in the colour of its area."""
    places: dict[float, Area] = {}
    for marker in spine.markers:
        if marker.place_at is not None:
            places.setdefault(marker.place_at, marker.area)
    apart = len(places) > 1
    return [
        f'<i class="place{f" {area.tone}" if apart else ""}" style="left:{_percent(position)}"></i>'
        for position, area in places.items()
    ]


def _verdict(verdict: Judgement, than: str = "") -> str:
    """A judgement in words; the style sheet sets its shape before it."""
    return f'<b class="{verdict.replace(" ", "-")}">{escape(verdict_words(verdict, than))}</b>'


def _words(spine: Spine, than: str, numbered: bool) -> str:
    parts = []
    together = numbered and {marker.verdict for marker in spine.markers} == {"not compared"}
    for marker in spine.markers:
        number = f' class="{marker.area.tone}"' if numbered else ""
        value = escape(figure(spine.line.indicator, marker.value) + (ESTIMATE if marker.estimate else ""))
        said = "" if together else f" {_verdict(marker.verdict, '' if numbered else than)}"
        parts.append(f"<span{number}>{value}{said}</span>")
    return "".join(parts) + (_verdict("not compared") if together else "")


def _item(spine: Spine, kind: str, than: str, numbered: bool) -> str:
    item = spine.line.indicator
    (left, first), (right, last) = spine.ends
    beside = "No figure for England." if spine.england is None else f"England {figure(item, spine.england)}."
    neutral = item.polarity == "neutral"
    first = f"{left} {first}" if neutral else first
    last = f"{right} {last}" if neutral else last
    below = f"{period_words(item, spine.period)}. {beside}"
    track = _track(spine, kind, numbered)
    return (
        f'<li><span class="name">{escape(spine.line.title)}<span class="sub">{escape(below)}</span></span>'
        f'<span class="end left">{escape(first)}</span>{track}<span class="end">{escape(last)}'
        f'</span><span class="words">{_words(spine, than, numbered)}</span></li>'
    )


def draw(spines: Sequence[Spine], *, kind: str, than: str, numbered: bool = True) -> str:
    """The spines as HTML: a list, one item a figure, with both ends' figures and the judgements in words.

    `kind` is what all the areas are called ("wards in Liverpool"), `than` the benchmark of the judgements. A
    single area needs no number.
    """
    heads = (
        '<li class="heads" aria-hidden="true"><span class="name">Figure</span><span class="end left">worst'
        f'</span><span></span><span class="end">best</span><span>Compared with {escape(than)}</span></li>'
    )
    items = "".join(_item(spine, kind, than, numbered) for spine in spines)
    return f'<ul class="spines">{heads}{items}</ul>'


def key_html(spines: Sequence[Spine], kind: str, *, place: str, own: str = "") -> str:
    """What the marks mean; `place` and `own` name the marks of the Place and of the one area, if any."""
    most = max(spine.spread.count for spine in spines)
    track = '<span class="track" aria-hidden="true" style="{}">{}</span>'
    all_of = f"from the worst to the best of all {most:,} {kind}"
    items = [
        (track.format("", ""), all_of),
        (track.format(grounds((0.2, 0.8), None), ""), "their middle half"),
        (track.format("--m:50%;--all:transparent", ""), "England"),
    ]
    if own and spines[0].markers:
        tone = spines[0].markers[0].area.tone
        inner = f'<b class="badge {tone}" style="left:50%;top:-.12rem"></b>'
        items.insert(0, (track.format("--all:transparent", inner), own))
    if place:
        inner = '<i class="place" style="left:50%"></i>'
        items.append((track.format("--all:transparent", inner), place))
    body = "".join(f"<li>{mark}<span>{escape(text)}</span></li>" for mark, text in items)
    return f'<ul class="chart-key" aria-label="What the marks mean">{body}</ul>'


def to_table(spines: Sequence[Spine], names: Mapping[str, str], *, than: str) -> pd.DataFrame:
    """The same in words and numbers: one row for each figure and area. `names` are of all areas by code."""
    rows = []
    for spine in spines:
        item, spread = spine.line.indicator, spine.spread
        (left, first), (right, last) = spine.ends
        codes = spine.end_codes
        for marker in spine.markers:
            rows.append(
                {
                    "Figure": spine.line.title,
                    "Period": spine.period,
                    "Area": marker.area.name,
                    "Value": figure(item, marker.value),
                    "Compared": verdict_words(marker.verdict, than),
                    "England": figure(item, spine.england),
                    "Its Place": figure(item, marker.place),
                    "Left end": f"{left}: {first}, {names.get(codes[0], codes[0])}",
                    "Middle half": half_words(spine),
                    "Right end": f"{right}: {last}, {names.get(codes[1], codes[1])}",
                    "Areas": spread.count,
                }
            )
    return pd.DataFrame(rows)


def takeaway(spines: Sequence[Spine], *, than: str) -> str:
    """How often each area was judged worse and better, from the judgements alone; "" without any."""
    found: dict[str, list[Judgement]] = {}
    for spine in spines:
        for marker in spine.markers:
            if spine.line.indicator.polarity != "neutral" and marker.verdict != "not compared":
                found.setdefault(marker.area.name, []).append(marker.verdict)
    parts = []
    for name, verdicts in found.items():
        noun = "figure" if len(verdicts) == 1 else "figures"
        worse, better = verdicts.count("worse") or "none", verdicts.count("better") or "none"
        parts.append(
            f"{name} is worse than {than} on {worse} and better on {better} of {len(verdicts)} {noun}"
        )
    return f"{'; '.join(parts)}." if parts else ""
