"""The shipped tables to download: whole, or cut by theme and kind of area. Files are made when asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
import xlsxwriter

from components import store
from components.selection import show_notes
from data.catalogue.model import THEMES
from data.query import Bundle
from house_style.level_names import many

EXCEL_ROWS = 60_000  # a workbook beyond this takes longer to make than anyone waits
EVERYTHING = "Everything"


def readable(frame: pd.DataFrame, bundle: Bundle) -> pd.DataFrame:
    """Observations with names, titles, units and attributions beside the codes: a file explains itself."""
    catalogue = store.the_catalogue()
    named = frame.copy()
    sources = catalogue.sources
    indicators = catalogue.indicators
    named.insert(
        1, "indicator", named["indicator_id"].map({key: item.title for key, item in indicators.items()})
    )
    named.insert(2, "unit", named["indicator_id"].map({key: item.unit for key, item in indicators.items()}))
    named.insert(4, "area_name", named["area_code"].map(bundle.areas["area_name"]))
    named["source"] = named["source_id"].map({key: f"{s.publisher}, {s.title}" for key, s in sources.items()})
    named["attribution"] = named["source_id"].map({key: s.attribution for key, s in sources.items()})
    named["data_version"] = bundle.version
    return named


def as_csv_zip(frame: pd.DataFrame, name: str) -> bytes:
    """A zip with one CSV (UTF-8 with a mark, so that spreadsheets read the pound sign and accents)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", frame.to_csv(index=False).encode("utf-8-sig"))
    return out.getvalue()


def as_parquet(frame: pd.DataFrame) -> bytes:
    """One Parquet file."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


def as_excel(frame: pd.DataFrame, bundle: Bundle) -> bytes:
    """A workbook: the figures, what the indicators mean, and the sources."""
    catalogue = store.the_catalogue()
    ids = [key for key in catalogue.indicators if key in set(frame["indicator_id"])]
    about = pd.DataFrame([catalogue.indicators[key].model_dump(mode="json") for key in ids])
    about["caveats"] = [
        " ".join(catalogue.caveats[code].short for code in codes) for codes in about["caveats"]
    ]
    about["levels"] = about["levels"].map(", ".join)
    used = {catalogue.indicators[key].source for key in ids}
    sources = pd.DataFrame(
        [
            item.model_dump(mode="json", exclude={"files"})
            for key, item in catalogue.sources.items()
            if key in used
        ]
    )
    sheets = {
        "Figures": frame.drop(columns=["source", "attribution"]),
        "Indicators": about,
        "Sources": sources,
    }
    out = io.BytesIO()
    # written row by row without keeping the workbook in memory: several times as fast as pandas' own writer
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False}) as book:
        for name, table in sheets.items():
            _write_sheet(book.add_worksheet(name), table)
    return out.getvalue()


def _write_sheet(sheet: Any, table: pd.DataFrame) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    sheet.set_column(0, len(table.columns) - 1, 18)
    sheet.write_row(0, 0, list(table.columns))
    plain = table.astype(object).where(table.notna(), None)
    for number, row in enumerate(plain.itertuples(index=False, name=None), start=1):
        sheet.write_row(number, 0, row)


def cut(bundle: Bundle, theme: str, level: str) -> pd.DataFrame:
    """The observations of a theme and a level; "" takes all of either."""
    frame = bundle.observations
    if theme:
        ids = {item.id for item in bundle.indicators() if item.theme == theme}
        frame = frame[frame["indicator_id"].isin(ids)]
    return frame[frame["area_level"] == level] if level else frame


def _maker(bundle: Bundle, theme: str, level: str, form: str, name: str) -> Callable[[], bytes]:
    """A function that makes the file when its button is pressed, and not before."""

    def make() -> bytes:
        frame = readable(cut(bundle, theme, level), bundle)
        if form == "csv":
            return as_csv_zip(frame, name)
        return as_parquet(frame) if form == "parquet" else as_excel(frame, bundle)

    return make


def show(bundle: Bundle) -> None:
    """Draw the choice of theme and area, and a button for each format."""
    levels = many_levels(bundle)
    left, right = st.columns(2)
    theme_name = left.selectbox("Figures on", [EVERYTHING, *THEMES.values()], key="download-theme")
    level_name = right.selectbox(
        "For", [EVERYTHING, *(many(level) for level in levels)], key="download-level"
    )
    theme = next((key for key, name in THEMES.items() if name == theme_name), "")
    level = next((key for key in levels if many(key) == level_name), "")
    rows = len(cut(bundle, theme, level))
    if not rows:
        show_notes(
            ["There are no figures on this theme for these areas. Choose another theme or kind of area."]
        )
        return
    name = "-".join(["neighbourhood-health", theme or "all", level or "all-areas", bundle.version])
    st.html(
        f'<p class="quiet">{rows:,} figures with area codes and names, 95% limits, counts, basis, '
        "reliability, "
        "period and source. The file is made when you press the button.</p>"
    )
    forms = [
        ("csv", "CSV (zipped)", "zip", "application/zip"),
        ("parquet", "Parquet", "parquet", "application/octet-stream"),
    ]
    if rows <= EXCEL_ROWS:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        forms.append(("xlsx", "Excel", "xlsx", kind))
    for column, (form, label, ending, mime) in zip(st.columns(3), forms, strict=False):
        column.download_button(
            f"Download {label}",
            _maker(bundle, theme, level, form, name),
            file_name=f"{name}.{ending}",
            mime=mime,
            key=f"download-{form}",
            on_click="ignore",
            width="stretch",
        )
    if rows > EXCEL_ROWS:
        st.html(
            f'<p class="quiet">Excel is offered for up to {EXCEL_ROWS:,} figures: choose a theme or one '
            "kind of "
            "area.</p>"
        )
    st.html(
        '<p class="quiet">Programs can ask for one indicator at a time, as CSV or JSON: '
        "<code>/api/v1/observations?indicator=disabled&amp;level=ward&amp;period=2021</code></p>"
    )


def many_levels(bundle: Bundle) -> list[str]:
    """The levels that have any observation, in order from small to large."""
    present = set(bundle.observations["area_level"].unique())
    return [
        level
        for level in ("lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england")
        if level in present
    ]
