"""What a reader can take away: CSV, Excel and GeoJSON of what is shown, and the map as PNG or SVG.

Source, licence and attribution are columns of every row, not lines above the table: they survive copying,
filtering and joining, and the file still opens in any program.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely
import streamlit as st

from data.catalogue.model import Caveat, Indicator, Source
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS, STATUS_WORDS

COLUMNS = [
    "indicator_id", "indicator", "area_code", "area_name", "area_level", "place_name", "period", "group",
    "value", "unit", "lower_95", "upper_95", "numerator", "denominator", "basis", "reliability", "status",
    "publisher", "source", "vintage", "licence", "attribution",
]  # fmt: skip
NOTES = {
    "value": "The figure; empty where there is none. Empty is never zero.",
    "lower_95": "Lower end of the 95% confidence limits; empty where no method applies.",
    "upper_95": "Upper end of the 95% confidence limits.",
    "numerator": "The count above the line, where the publisher gives it.",
    "denominator": "The count below the line.",
    **{f"basis: {key}": words for key, words in BASIS_WORDS.items()},
    **{f"reliability: {key}": words for key, words in RELIABILITY_WORDS.items()},
    **{f"status: {key}": words for key, words in STATUS_WORDS.items()},
}


def table(rows: pd.DataFrame, indicator: Indicator, source: Source) -> pd.DataFrame:
    """A slice of the bundle as it is handed out: one row an area, in the columns of `COLUMNS`."""
    frame = rows.rename(columns={"lower": "lower_95", "upper": "upper_95"}).copy()
    fixed = {
        "indicator_id": indicator.id,
        "indicator": indicator.title,
        "unit": indicator.unit,
        "publisher": source.publisher,
        "source": source.title,
        "vintage": source.vintage,
        "licence": source.licence,
        "attribution": source.attribution,
    }
    return frame.assign(**fixed)[COLUMNS]


def csv(rows: pd.DataFrame, indicator: Indicator, source: Source) -> bytes:
    """The table as CSV: UTF-8 with the mark by which Excel knows it, comma, one header line."""
    return table(rows, indicator, source).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def definitions(indicator: Indicator, source: Source, caveats: Mapping[str, Caveat]) -> pd.DataFrame:
    """What the figure is and what to beware of, as two columns."""
    lines = [
        ("Indicator", indicator.title),
        ("In plain words", indicator.plain_english),
        ("Description", indicator.description),
        ("Unit", indicator.unit),
        ("Out of", indicator.denominator_text),
        ("Publisher", source.publisher),
        ("Source", f"{source.title} ({source.vintage})"),
        ("Licence", source.licence),
        ("Attribution", source.attribution),
    ]
    lines += [("Beware", f"{caveats[code].short} {caveats[code].detail}") for code in indicator.caveats]
    lines += list(NOTES.items())
    return pd.DataFrame(lines, columns=["What", "Meaning"])


def excel(rows: pd.DataFrame, indicator: Indicator, source: Source, caveats: Mapping[str, Caveat]) -> bytes:
    """A workbook with the figures on one sheet and the definitions on the other."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        table(rows, indicator, source).to_excel(
            writer, sheet_name="Figures", index=False, freeze_panes=(1, 0)
        )
        definitions(indicator, source, caveats).to_excel(writer, sheet_name="Definitions", index=False)
        writer.sheets["Figures"].set_column(0, len(COLUMNS) - 1, 18)
        wrap = writer.book.add_format({"text_wrap": True, "valign": "top"})
        writer.sheets["Definitions"].set_column(0, 0, 24, wrap)
        writer.sheets["Definitions"].set_column(1, 1, 100, wrap)
    return out.getvalue()


def geojson(rows: pd.DataFrame, geometry: gpd.GeoDataFrame, indicator: Indicator, source: Source) -> bytes:
    """The areas with their figures as GeoJSON (RFC 7946: longitude and latitude); null where there is no
    figure.
    """
    shapes = dict(zip(geometry["area_code"], geometry.geometry, strict=True))
    features = []
    for record in table(rows, indicator, source).to_dict("records"):
        shape = shapes.get(record["area_code"])
        properties = {key: None if pd.isna(value) else value for key, value in record.items()}
        outline = None if shape is None else json.loads(shapely.to_geojson(shape))
        features.append({"type": "Feature", "properties": properties, "geometry": outline})
    content = {"type": "FeatureCollection", "attribution": source.attribution, "features": features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


@dataclass(frozen=True)
class Offer:
    """One button: its label, the file's name and type, and what makes the file when it is asked for."""

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


def offers(
    stem: str,
    rows: pd.DataFrame,
    indicator: Indicator,
    source: Source,
    caveats: Mapping[str, Caveat],
    geometry: Callable[[], gpd.GeoDataFrame] | None = None,
    picture: Callable[[str], bytes] | None = None,
) -> list[Offer]:
    """The downloads of one view. Nothing is made before its button is pressed."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    found = [
        Offer("Table (CSV)", f"{stem}.csv", "text/csv", lambda: csv(rows, indicator, source)),
        Offer("Workbook (Excel)", f"{stem}.xlsx", sheet, lambda: excel(rows, indicator, source, caveats)),
    ]
    if geometry is not None:
        shapes = geometry
        kind = "application/geo+json"
        found.append(
            Offer(
                "Areas (GeoJSON)", f"{stem}.geojson", kind, lambda: geojson(rows, shapes(), indicator, source)
            )
        )
    if picture is not None:
        draw = picture
        found.append(Offer("Map (PNG)", f"{stem}.png", "image/png", lambda: draw("png")))
        found.append(Offer("Map (SVG)", f"{stem}.svg", "image/svg+xml", lambda: draw("svg")))
    return found


def show(found: list[Offer], *, key: str) -> None:
    """Draw the buttons in a row that wraps. Pressing one does not run the page again."""
    with st.container(horizontal=True, key=key):
        for offer in found:
            st.download_button(
                offer.label,
                offer.make,
                offer.file_name,
                offer.mime,
                on_click="ignore",
                key=f"{key}-{offer.label}",
            )
