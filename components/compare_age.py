"""What crude registers hide about age, for the areas compared: one sentence an area, from the limits."""

from __future__ import annotations

from collections.abc import Sequence

from components import how_sure
from components.compare_areas import Area
from data.comparison import Line
from data.query import Bundle
from house_style import age_note
from house_style.narrative import placed


def notes(bundle: Bundle, areas: Sequence[Area], lines: Sequence[Line]) -> list[str]:
    """Sentences on the registers that are below England's, and above it once age is allowed for."""
    country = bundle.config.country_code
    registers = [line for line in lines if line.indicator.id.startswith("qof-") and line.group == "all"]
    found = []
    for area in areas:
        pairs = []
        for line in registers:
            cell = next(cell for cell in line.cells if cell.area_code == area.code)
            if cell.area is None:
                continue
            support = how_sure.support_of(bundle, cell.area)
            england = bundle.value(line.indicator.id, country, cell.area.period)
            mark = None if england is None else england.value
            pairs.append((line.indicator, age_note.directions(cell.area, support, mark)))
        found.append(age_note.together(pairs, where=f"in {placed(area.name)}"))
    return [text for text in found if text]
