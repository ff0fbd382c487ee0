"""The table of key figures: the area beside its Place and England, judged by 95% limits only."""

from __future__ import annotations

from data.catalogue.model import Indicator
from data.comparison import titled
from data.figure_words import NO_FIGURE, figure, period_words
from data.query import Bundle, Observation
from house_style.figures import STATUS_WORDS
from house_style.level_names import listed, many
from house_style.narrative import verdict
from reports.profile.model import Mark, Row

# Along life's course, as the profile of the dashboard; a kind of area shows those it has.
WANTED: tuple[tuple[str, str], ...] = (
    ("imd-most-deprived-fifth", "all"),
    ("income-deprived", "all"),
    ("children-income-deprived", "all"),
    ("child-poverty-ahc", "all"),
    ("gld", "all"),
    ("obesity-reception", "all"),
    ("employment-deprived", "all"),
    ("household-deprivation", "all"),
    ("overcrowding", "all"),
    ("fuel-poverty", "all"),
    ("unpaid-care", "all"),
    ("disabled", "all"),
    ("older-people-income-deprived", "all"),
    ("life-expectancy", "female"),
    ("life-expectancy", "male"),
    ("healthy-life-expectancy", "female"),
    ("healthy-life-expectancy", "male"),
)
MADE = {
    "published": "published",
    "aggregated": "added up",
    "apportioned": "shared out",
    "modelled": "estimate",
}


def benchmarks(bundle: Bundle, code: str) -> tuple[str, ...]:
    """The Place and England, as far as the area is not one of them."""
    return tuple(item for item in bundle.comparators(code) if item != bundle.config.region_code)


def known(found: Observation | None) -> bool:
    """Whether there is a number to print."""
    return found is not None and found.value is not None


def between(indicator: Indicator, found: Observation) -> str:
    """95% limits: "53.2% to 55.7%", "55.9 to 63.1 years"; "" where there are none."""
    return span(indicator, found.lower, found.upper)


def span(indicator: Indicator, lower: float | None, upper: float | None) -> str:
    """Two ends of a range, the unit once where it is a word; "" unless both are known."""
    if lower is None or upper is None:
        return ""
    first = figure(indicator, lower)
    return f"{first.split(' ')[0]} to {figure(indicator, upper)}"


def row(bundle: Bundle, indicator_id: str, group: str, code: str) -> Row | None:
    """One line of the table in the area's latest period; None where the area has no number."""
    found = bundle.value(indicator_id, code, None, group)
    if found is None or found.value is None:
        return None
    indicator = bundle.catalogue[indicator_id]
    marks, beside = list[Mark](), list[float | None]()
    for other in benchmarks(bundle, code):
        mark = bundle.value(indicator_id, other, found.period, group)
        judged = verdict(bundle, indicator, found, mark)
        shown = figure(indicator, mark.value) if mark is not None and known(mark) else NO_FIGURE
        marks.append(Mark(shown, "" if judged == "not compared" else judged))
        beside.append(mark.value if mark is not None else None)
    weak = found.basis == "modelled" and found.reliability == "D"
    return Row(
        titled(indicator, group),
        period_words(indicator, found.period).removeprefix("academic year ").removeprefix("financial year "),
        figure(indicator, found.value),
        between(indicator, found),
        tuple(marks),
        "weak estimate" if weak else MADE[found.basis],
        found.reliability,
        (found.value, found.lower, found.upper, *beside),
        indicator.statistic == "percentage",
    )


def rows(bundle: Bundle, code: str) -> list[tuple[tuple[str, str], Row]]:
    """The lines that the area has, with their (indicator, group)."""
    found = [((item, group), row(bundle, item, group, code)) for item, group in WANTED]
    return [(key, line) for key, line in found if line is not None]


def absent(bundle: Bundle, code: str) -> str:
    """What the table would show and the area has no number for, with the reason; "" for nothing."""
    level = str(bundle.areas.loc[code, "area_level"])
    withheld, unpublished = list[str](), list[str]()
    for indicator_id, group in WANTED:
        found = bundle.value(indicator_id, code, None, group)
        if known(found):
            continue
        title = bundle.catalogue[indicator_id].short_title
        (withheld if found is not None and found.status == "suppressed" else unpublished).append(title)
    said = []
    if withheld:
        said.append(f"Here {STATUS_WORDS['suppressed']}: {listed(_low(withheld))}.")
    if unpublished:
        said.append(f"Not published for {many(level)}: {listed(_low(unpublished))}.")
    return " ".join(said)


def _low(titles: list[str]) -> list[str]:
    return [title[:1].lower() + title[1:] for title in dict.fromkeys(titles)]
