"""A few key figures of several Places beside England, with a judgement in words and shape."""

from __future__ import annotations

from collections.abc import Sequence

from components import tables
from components.key_figures import Line, Wanted, has_value, line
from components.tables import Cell
from data.query import Bundle
from geo.config import config
from house_style.area_facts import name_of
from house_style.figures import figure, period_words

WANTED = (
    Wanted("imd-most-deprived-fifth"),
    Wanted("children-income-deprived"),
    Wanted("gld"),
    Wanted("disabled"),
    Wanted("healthy-life-expectancy", "female"),
    Wanted("healthy-life-expectancy", "male"),
)


def _cell(item: Line | None, england: str) -> Cell:
    if item is None or item.area is None or not has_value(item.area):
        return Cell("not available")
    judgement = item.judgements[england]
    shown = judgement if judgement != "not compared" else None
    return Cell(figure(item.indicator, item.area.value), verdict=shown)


def rows(
    bundle: Bundle, place_codes: Sequence[str], wanted: Sequence[Wanted] = WANTED
) -> list[tuple[tuple[str, str], list[Cell | str]]]:
    """One row an indicator: header and period, a cell for each Place, England last."""
    england = config().country_code
    made: list[tuple[tuple[str, str], list[Cell | str]]] = []
    for item in wanted:
        by_place = [line(bundle, item, code, [england]) for code in place_codes]
        first = next((found for found in by_place if found is not None), None)
        if first is None or not any(found is not None and has_value(found.area) for found in by_place):
            continue
        mark = first.benchmarks[england]
        cells: list[Cell | str] = [_cell(found, england) for found in by_place]
        cells.append(
            Cell(
                figure(first.indicator, mark.value)
                if mark is not None and has_value(mark)
                else "not available"
            )
        )
        made.append(((first.title, period_words(first.indicator, first.period)), cells))
    return made


def sources_note(bundle: Bundle, wanted: Sequence[Wanted] = WANTED) -> str:
    """Where the table's figures come from, in one sentence."""
    used = {item.source for item in bundle.indicators() if item.id in {one.indicator_id for one in wanted}}
    sources = bundle.catalogue.sources
    names = [f"{source.publisher}, {source.title}" for key, source in sources.items() if key in used]
    return f"Sources of the table of Places: {'; '.join(names)}. Caveats stand under Data and methods."


def show(bundle: Bundle, place_codes: Sequence[str]) -> None:
    """Draw the table."""
    names = [name_of(bundle, code) for code in place_codes]
    tables.show_figures(
        "Key figures, each Place compared with England",
        ["Figure", *names, config().country_name],
        rows(bundle, place_codes),
        hide_caption=True,
    )
