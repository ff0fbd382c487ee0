"""The rank of areas among all of their kind, with the range that chance leaves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from components.compare_areas import Area, badge
from data.catalogue.model import Indicator
from data.spread import RankedLevel
from house_style.level_names import listed

NAMED = 4  # areas that a sentence names before it only counts


def prepare(found: RankedLevel | None, areas: Sequence[Area]) -> pd.DataFrame:
    """The areas that are ranked: number, code, name, rank, lower, upper, of, alike (codes)."""
    columns = ["number", "code", "name", "rank", "lower", "upper", "of", "alike"]
    if found is None:
        return pd.DataFrame(columns=columns)
    position = {code: i for i, code in enumerate(found.codes)}
    rows = []
    for area in areas:
        at = position.get(area.code)
        if at is None:
            continue
        alike = tuple(found.codes[j] for j in found.ranks.cannot_be_separated_from(at))
        numbers = (int(found.ranks.value[at]), int(found.ranks.lower[at]), int(found.ranks.upper[at]))
        rows.append((area.number, area.code, area.name, *numbers, len(found.codes), alike))
    return pd.DataFrame(rows, columns=columns)


def available(frame: pd.DataFrame) -> bool:
    """Whether any of the areas is ranked."""
    return bool(len(frame))


def range_words(rank: int, lower: int, upper: int) -> str:
    """ "rank 12 (anything from 9 to 16 by its margin of error)"."""
    if lower == upper:
        return f"rank {rank:,}"
    return f"rank {rank:,} (anything from {lower:,} to {upper:,} by its margin of error)"


def ends_words(indicator: Indicator, of: int) -> tuple[str, str]:
    """What stands at the left and the right end: better is right; of neutral figures higher is."""
    if indicator.polarity == "high-is-worse":
        return "worst: rank 1", f"best: rank {of:,}"
    left, right = ("worst", "best") if indicator.polarity == "high-is-better" else ("lowest", "highest")
    return f"{left}: rank {of:,}", f"{right}: rank 1"


def _item(row: Any, area: Area, *, flip: bool, kind: str) -> str:
    def at(rank: int) -> float:
        return 2 + 96 * (row.of - rank if flip else rank - 1) / max(1, row.of - 1)

    left, right = sorted((at(row.lower), at(row.upper)))
    text = f"{row.name}: {range_words(row.rank, row.lower, row.upper)} among {row.of:,} {kind}"
    return (
        f'<li><span class="name">{badge(area)} {escape(area.name)}</span>'
        f'<div class="track" role="img" aria-label="{escape(text, quote=True)}">'
        f'<i class="range {area.tone}" style="left:{left:.1f}%;width:{max(0.6, right - left):.1f}%"></i>'
        f'<span class="badge {area.tone}" style="left:{at(row.rank):.1f}%;top:.375rem">{area.number}</span>'
        f'</div><span class="end"><b>{row.rank:,}</b> ({row.lower:,} to {row.upper:,})</span></li>'
    )


def draw(frame: pd.DataFrame, areas: Sequence[Area], indicator: Indicator, *, kind: str) -> str:
    """One track an area as HTML; better is right, of neutral figures higher is."""
    by_code = {area.code: area for area in areas}
    left, right = ends_words(indicator, int(frame["of"].iloc[0]))
    flip = indicator.polarity != "high-is-worse"  # rank 1, the highest figure, is then the right end
    heads = (
        f'<li class="heads" aria-hidden="true"><span class="name">Area</span><span class="ends"><span>{left}'
        f'</span><span>{right}</span></span><span class="end">Rank (range)</span></li>'
    )
    items = [_item(row, by_code[row.code], flip=flip, kind=kind) for row in frame.itertuples(index=False)]
    return f'<ul class="spines ranks">{heads}{"".join(items)}</ul>'


def to_table(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Area, rank, range, of how many, and which areas it cannot be separated from (all of them)."""
    return pd.DataFrame(
        {
            "Area": frame["name"],
            "Rank (1 is the highest figure)": frame["rank"],
            "95% range, from": frame["lower"],
            "95% range, to": frame["upper"],
            "Of": frame["of"],
            "Cannot be separated from": [len(codes) for codes in frame["alike"]],
            "Which": ["; ".join(names.get(code, code) for code in codes) for codes in frame["alike"]],
        }
    )


def alike_words(frame: pd.DataFrame, names: Mapping[str, str], kind: str) -> list[str]:
    """For each area, from how many and which others it cannot be separated."""
    found = []
    for row in frame.itertuples(index=False):
        others = row.of - 1
        if not row.alike:
            found.append(f"{row.name} differs from all {others:,} other {kind} by more than chance.")
            continue
        named = len(row.alike) <= NAMED
        which = f": {listed([names.get(code, code) for code in row.alike])}" if named else ""
        found.append(
            f"{row.name} cannot be separated from {len(row.alike):,} of the other {others:,} {kind}{which}."
        )
    return found


def takeaway(frame: pd.DataFrame, *, kind: str) -> str:
    """Each area's rank with its range, and which of them cannot be separated from each other."""
    if not available(frame):
        return ""
    rows = list(frame.itertuples(index=False))
    parts = [f"{row.name} has {range_words(row.rank, row.lower, row.upper)}" for row in rows]
    pairs = [f"{a.name} and {b.name}" for i, a in enumerate(rows) for b in rows[i + 1 :] if b.code in a.alike]
    text = f"Among {rows[0].of:,} {kind}, where 1 is the highest figure, {'; '.join(parts)}."
    if pairs:
        return f"{text} Not to be separated by their margins of error: {'; '.join(pairs)}."
    return f"{text} Any two of them differ by more than chance." if len(rows) > 1 else text
