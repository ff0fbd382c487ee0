"""Which three small maps the Overview shows, and what it says about each."""

from __future__ import annotations

from components.figures import figure
from components.key_figures import has_value
from components.narrative import deprivation_takeaway, ends_takeaway
from components.small_maps import SmallMap
from data.catalogue.model import Indicator
from data.query import Bundle
from geo.config import Place

LEVEL = "neighbourhood"


def readiness_caveat(bundle: Bundle, place: Place) -> str:
    """That the map shows a companion, and the one school readiness figure that is published."""
    published = bundle.value("gld", place.code)
    figures = {item.id: item for item in bundle.indicators()}
    text = "Companion: children in income-deprived families. School readiness itself is published only for"
    if published is None or not has_value(published) or "gld" not in figures:
        return f"{text} {place.name} as a whole."
    value = figure(figures["gld"], published.value)
    return f"{text} {place.name} as a whole: {value} ({published.period})."


def maps(bundle: Bundle, place: Place) -> list[SmallMap]:
    """Deprivation, school readiness (its companion) and long-term conditions by neighbourhood."""
    known: dict[str, Indicator] = {item.id: item for item in bundle.indicators()}
    made = []
    for theme, indicator_id in (
        ("Deprivation", "imd-most-deprived-fifth"),
        ("School readiness: companion figure", "children-income-deprived"),
        ("Long-term conditions: companion figure", "disabled"),
    ):
        if indicator_id not in known:
            continue
        indicator = known[indicator_id]
        rows = bundle.slice(indicator_id, LEVEL, places=[place.code])
        if indicator_id == "imd-most-deprived-fifth":
            takeaway = deprivation_takeaway(rows)
            caveat = (
                "Share of residents in England’s most deprived fifth of small areas. It describes areas, "
                "not people."
            )
        elif indicator_id == "children-income-deprived":
            takeaway = ends_takeaway(indicator, rows, "Children in low-income families")
            caveat = readiness_caveat(bundle, place)
        else:
            takeaway = ends_takeaway(indicator, rows, "Limited by a long-term condition")
            caveat = (
                "Companion: disability by the Census of 2021. Diagnosed conditions are published by GP "
                "practice, "
                "not by neighbourhood. Ages differ: areas with many students come out low."
            )
        made.append(SmallMap(theme, indicator, rows, takeaway, caveat))
    return made
