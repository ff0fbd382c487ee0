"""Long-term conditions on paper: crude beside age-standardised, claims only from the second."""

from __future__ import annotations

from data import support
from data.figure_words import NO_FIGURE, figure
from data.query import Bundle, Observation
from data.support import Support
from house_style.age_note import directions, together, what
from house_style.level_names import listed
from methods.compare import Direction
from reports.profile.key_rows import benchmarks, between, span
from reports.profile.model import Condition

# The commonest registers, and those that a health service plans for; all 21 stand on the page of the area.
SHOWN = (
    "qof-hyp", "qof-dep", "qof-dm", "qof-ast", "qof-ckd",
    "qof-chd", "qof-copd", "qof-can", "qof-stia", "qof-dem",
)  # fmt: skip
MADE = (
    "Estimates for the people who live here, made from the registers of the GP practices they use. Nobody "
    "counts conditions by where people live."
)
COUNTED = "Counts of the patients of GP practices here, wherever they live."
RECORDED = "Only what is diagnosed and recorded is in them."
WEAK = "D"


def _one(
    bundle: Bundle, found: Observation, behind: Support | None, marks: list[Observation | None]
) -> tuple[Condition, tuple[Direction, Direction]]:
    indicator = bundle.catalogue[found.indicator_id]
    england = marks[-1] if marks else None
    crude, allowed = directions(found, behind, england.value if england is not None else None)
    standard = behind.standardised if behind is not None else None
    low = behind.standardised_lower if behind is not None else None
    high = behind.standardised_upper if behind is not None else None
    shown = tuple(figure(indicator, mark.value) if mark is not None else NO_FIGURE for mark in marks)
    return Condition(
        what(indicator)[:1].upper() + what(indicator)[1:],
        figure(indicator, found.value),
        between(indicator, found),
        "not known" if standard is None else figure(indicator, standard),
        span(indicator, low, high),
        "" if allowed == "not compared" else allowed,
        shown,
        found.reliability,
        (standard, low, high, england.value if england is not None else None),
    ), (crude, allowed)


def conditions(bundle: Bundle, code: str) -> tuple[tuple[Condition, ...], str, str]:
    """The rows, how they were made, and what may be claimed of them."""
    behind = support.supports(bundle.version)
    found = []
    for indicator_id in SHOWN:
        own = bundle.value(indicator_id, code)
        if own is None or own.value is None:
            continue
        marks = [bundle.value(indicator_id, other, own.period) for other in benchmarks(bundle, code)]
        one, way = _one(bundle, own, behind.of(indicator_id, code, own.period), marks)
        found.append((own, one, way))
    if not found:
        return (), "There are no figures on long-term conditions for this area.", ""
    made = MADE if any(own.basis == "modelled" for own, _, _ in found) else COUNTED
    when = sorted({own.period for own, _, _ in found})
    lead = f"{made} {RECORDED} Year: {listed(when)}."
    return tuple(one for _, one, _ in found), lead, claim(bundle, found)


def claim(bundle: Bundle, found: list[tuple[Observation, Condition, tuple[Direction, Direction]]]) -> str:
    """Which conditions differ clearly from England once age is allowed for; weak estimates say nothing."""
    sure = [(bundle.catalogue[own.indicator_id], way) for own, _, way in found if own.reliability != WEAK]
    more = [what(item) for item, (_, allowed) in sure if allowed == "higher"]
    fewer = [what(item) for item, (_, allowed) in sure if allowed == "lower"]
    said = [
        f"More people of the same age than in England have {listed(more)} on their GP record."
        if more
        else "",
        f"Fewer have {listed(fewer)}." if more and fewer else "",
        f"Fewer people of the same age than in England have {listed(fewer)} on their GP record."
        if fewer and not more
        else "",
    ]
    text = " ".join(filter(None, said)) or (
        "For people of the same age, none of these conditions can be told from England’s figure."
    )
    return f"{text} {together(sure)}".strip()
