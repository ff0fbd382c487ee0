"""A comparison as a workbook and as CSV: figures with limits and words, definitions, sources, method."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import xlsxwriter

from components.caveats import AGGREGATIONS, INTERVALS
from components.charts.tartan_rug import cell_words
from components.compare_areas import Area
from components.tables import SHAPES
from data.catalogue.model import LIFE_STAGES, MARMOT, THEMES, Catalogue
from data.comparison import Line
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS, STATUS_WORDS
from house_style.palette import TINTS

FILLS = TINTS["light"]
WHY = {
    "": "",
    "no figure": "there is no figure for this area",
    "itself": "this area is the benchmark, or has none",
    "no benchmark": "the benchmark has no figure for this period",
    "no limits": "the figure has no confidence limits",
    "expected only": "an estimate of what family income leads to expect: not better or worse than anything",
}
METHOD = (
    (
        "Comparison",
        "A figure differs from its benchmark where its 95% confidence limits do not contain the benchmark. "
        "The benchmark is taken as a fixed value.",
    ),
    (
        "Better and worse",
        "Said only of figures with a good and a bad end; others are called higher or lower. Shapes: "
        + ", ".join(f"{shape} {word}" for word, shape in SHAPES.items())
        + ".",
    ),
    (
        "Not compared",
        "The figure or the benchmark is missing for the period, the figure has no confidence limits, or the "
        "area is the benchmark itself.",
    ),
    (
        "Many comparisons",
        "About 1 in 20 comparisons of areas that do not differ would be called different by chance alone. "
        "Nothing is adjusted for how many are made.",
    ),
    ("Periods", "Each line shows the latest period that all its areas have."),
    ("Missing", "An empty number is missing or withheld. It is never zero."),
    *((f"Basis: {key}", text) for key, text in BASIS_WORDS.items()),
    *((f"Reliability: {key}", text) for key, text in RELIABILITY_WORDS.items()),
    *((f"Status: {key}", text) for key, text in STATUS_WORDS.items()),
)  # fmt: skip


def figures(lines: Sequence[Line], areas: Sequence[Area], catalogue: Catalogue, against: str) -> pd.DataFrame:
    """One row for each line and area: the figure, limits, counts, benchmark, judgement, source."""
    rows: list[dict[str, Any]] = []
    for line in lines:
        source = catalogue.sources[line.indicator.source]
        for area, cell in zip(areas, line.cells, strict=True):
            found = cell.area
            rows.append(
                {
                    "indicator_id": line.indicator.id,
                    "indicator": line.title,
                    "group": line.group,
                    "unit": line.indicator.unit,
                    "area_code": area.code,
                    "area_name": area.name,
                    "area_kind": area.kind,
                    "period": found.period if found else line.period,
                    "value": found.value if found else None,
                    "lower_95": found.lower if found else None,
                    "upper_95": found.upper if found else None,
                    "numerator": found.numerator if found else None,
                    "denominator": found.denominator if found else None,
                    "compared_with": against,
                    "benchmark_code": cell.mark_code,
                    "benchmark_value": cell.mark.value if cell.mark else None,
                    "comparison": cell.verdict,
                    "why_not_compared": WHY[cell.why],
                    "basis": found.basis if found else "",
                    "reliability": found.reliability if found else "",
                    "status": found.status if found else "missing",
                    "publisher": source.publisher,
                    "source": f"{source.title} ({source.vintage})",
                    "attribution": source.attribution,
                }
            )
    return pd.DataFrame(rows)


def definitions(lines: Sequence[Line], catalogue: Catalogue) -> pd.DataFrame:
    """One row an indicator: what it is, out of what, its method and what to beware of."""
    seen = {line.indicator.id: line.indicator for line in lines}
    return pd.DataFrame(
        {
            "indicator_id": item.id,
            "indicator": item.title,
            "in_plain_words": item.plain_english,
            "description": item.description,
            "theme": THEMES[item.theme],
            "marmot_principle": MARMOT[item.marmot_principle],
            "life_stage": LIFE_STAGES[item.life_stage],
            "unit": item.unit,
            "out_of": item.denominator_text,
            "good_end": {"high-is-worse": "low", "high-is-better": "high", "neutral": "neither"}[
                item.polarity
            ],
            "method": f"{INTERVALS[item.interval]}. {AGGREGATIONS[item.aggregation]}",
            "beware": " ".join(
                f"{catalogue.caveats[code].short} {catalogue.caveats[code].detail}" for code in item.caveats
            ),
            "source_id": item.source,
        }
        for item in seen.values()
    )


def sources(lines: Sequence[Line], catalogue: Catalogue) -> pd.DataFrame:
    """One row a source in use."""
    used = dict.fromkeys(line.indicator.source for line in lines)
    columns = ("id", "publisher", "title", "vintage", "published", "licence", "attribution", "url")
    return pd.DataFrame(
        [[getattr(catalogue.sources[key], name) for name in columns] for key in used], columns=columns
    )


def method(link: str, version: str) -> pd.DataFrame:
    """How the comparison was made, with the address that reopens it."""
    rows = [
        *METHOD,
        ("Reopen", f"The page reopens from an address that ends in {link}"),
        ("Data version", version),
    ]
    return pd.DataFrame(rows, columns=["what", "meaning"])


def as_csv(frame: pd.DataFrame) -> bytes:
    """The long table as CSV with the mark by which spreadsheets know UTF-8."""
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def as_excel(
    lines: Sequence[Line],
    areas: Sequence[Area],
    catalogue: Catalogue,
    *,
    against: str,
    link: str,
    version: str,
) -> bytes:
    """The workbook: Compared (words and colours), Figures (numbers), Definitions, Sources, Method."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        _compared(book, lines, areas, against)
        for name, table in (
            ("Figures", figures(lines, areas, catalogue, against)),
            ("Definitions", definitions(lines, catalogue)),
            ("Sources", sources(lines, catalogue)),
            ("Method", method(link, version)),
        ):
            write_sheet(book, name, table)
    return out.getvalue()


def _compared(book: Any, lines: Sequence[Line], areas: Sequence[Area], against: str) -> None:
    sheet = book.add_worksheet("Compared")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    fills = {
        word: book.add_format({"bg_color": fill, "border": 1, "border_color": "#d0d4d8"})
        for word, fill in FILLS.items()
    }
    heads = [f"Figure, compared with {against}", "Period", *(f"{area.name} ({area.kind})" for area in areas)]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.title)
        sheet.write_string(row, 1, line.period)
        for column, cell in enumerate(line.cells, start=2):
            value, word = cell_words(line, cell)
            text = f"{value} {SHAPES[cell.verdict]} {word}" if word else value
            sheet.write_string(row, column, text, fills[cell.verdict] if word else None)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, len(heads) - 1, 26)


def write_sheet(book: Any, name: str, table: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, head in enumerate(table.columns):
        sheet.write_string(0, column, str(head), bold)
    for row, cells in enumerate(table.itertuples(index=False), start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell[:32_000])
            elif cell is not None and not pd.isna(cell):
                sheet.write_number(row, column, float(cell))
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    sheet.set_column(0, max(0, len(table.columns) - 1), 20)
