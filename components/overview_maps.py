"""Which three small maps the Overview shows, and what it says about each."""

from __future__ import annotations

from components.key_figures import has_value
from components.small_maps import SmallMap
from data.catalogue.model import Indicator
from data.query import Bundle
from geo.config import Place
from house_style.figures import figure
from house_style.narrative import deprivation_takeaway, ends_takeaway

LEVEL = "neighbourhood"
EXPECTED = (
    "Estimate: what we would expect here given family income. It cannot show where a neighbourhood does "
    "better or worse than that."
)
ENTRIES = (
    "Estimate from the registers of GP practices. It counts entries, not people, and is not adjusted for "
    "age: areas with many students come out low."
)


def readiness_caveat(bundle: Bundle, place: Place) -> str:
    """What the estimate is, and the one figure that is published."""
    published = bundle.value("gld", place.code)
    if published is None or not has_value(published):
        return EXPECTED
    value = figure(bundle.catalogue["gld"], published.value)
    return f"{EXPECTED} Published for {place.name} as a whole: {value} ({published.period})."


def maps(bundle: Bundle, place: Place) -> list[SmallMap]:
    """Deprivation, school readiness and long-term conditions by neighbourhood."""
    known: dict[str, Indicator] = {item.id: item for item in bundle.indicators()}
    made = []
    for theme, indicator_id in (
        ("Deprivation", "imd-most-deprived-fifth"),
        ("School readiness: estimate", "gld"),
        ("Long-term conditions: estimate", "qof-entries-per-100-adults"),
    ):
        if indicator_id not in known:
            continue
        indicator = known[indicator_id]
        rows = bundle.slice(indicator_id, LEVEL, places=[place.code])
        firm = rows[rows["reliability"] != "D"]  # a weak estimate is not to be ranked, so it is no end
        if indicator_id == "imd-most-deprived-fifth":
            takeaway = deprivation_takeaway(rows)
            caveat = (
                "Share of residents in England’s most deprived fifth of small areas. It describes areas, "
                "not people."
            )
        elif indicator_id == "gld":
            takeaway = ends_takeaway(indicator, firm, "Expected to be ready for school")
            caveat = readiness_caveat(bundle, place)
        else:
            takeaway = ends_takeaway(indicator, firm, "Long-term conditions recorded for every 100 adults")
            caveat = ENTRIES
        made.append(SmallMap(theme, indicator, rows, takeaway, caveat))
    return made
