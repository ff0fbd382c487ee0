"""Figures tested against England's by their 95% limits: for the briefing and for what stands out.

Estimates are never tested here: an estimate of school readiness follows from family income and cannot show
that an area does better or worse than that. Figures that measure nearly the same thing (a family of figures)
count once, by the one with the strongest evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from methods.compare import Judgement, direction, judge

# A family is one subject to the people in the room. What is not listed is a family of its own.
FAMILY = {
    "child-poverty-ahc": "low income",
    "children-income-deprived": "low income",
    "income-deprived": "low income",
    "older-people-income-deprived": "low income",
    "obesity-adults": "weight",
    "qof-ob": "weight",
    "qof-chd": "heart and circulation",
    "qof-hf": "heart and circulation",
    "qof-af": "heart and circulation",
    "qof-hyp": "heart and circulation",
    "qof-pad": "heart and circulation",
    "qof-stia": "heart and circulation",
    "qof-copd": "lungs",
    "qof-ast": "lungs",
    "qof-dep": "mind",
    "qof-mh": "mind",
    "qof-dm": "blood sugar",
    "qof-ndh": "blood sugar",
    "qof-ost": "bones and joints",
    "qof-ra": "bones and joints",
}
EARLIER = ("gld-previous-framework",)  # ended: its figures are of another time
GROUPS = ("all", "female", "male")
# Words for the hall; other figures go by their name in the catalogue.
LABELS = {
    "child-poverty-ahc": "Children in poverty, after housing costs",
    "children-income-deprived": "Children in low-income families",
    "income-deprived": "People on a very low income",
    "older-people-income-deprived": "Older people on a very low income",
    "employment-deprived": "Adults kept out of work",
    "household-deprivation": "Homes short of work, skills, health or space",
    "overcrowding": "Overcrowded homes",
    "healthy-life-expectancy": "Years of life in good health",
    "preventable-cardiovascular-mortality": "Preventable heart deaths under 75",
    "cancer-early-diagnosis": "Cancers found early",
    "obesity-adults": "Adults living with obesity",
    "gld": "Children ready for school at 5",
}
GROUP_WORDS = {"all": "", "female": ", women", "male": ", men"}


@dataclass(frozen=True)
class Thing:
    """One tested figure: `evidence` is its distance from England in standard errors."""

    indicator: Indicator
    group: str
    area: Observation
    england: Observation
    verdict: Judgement
    evidence: float

    @property
    def label(self) -> str:
        """What it is called on a slide."""
        name = LABELS.get(self.indicator.id, self.indicator.short_title)
        return name + GROUP_WORDS[self.group]


@dataclass(frozen=True)
class Tested:
    """All families that were tested, strongest evidence first."""

    things: tuple[Thing, ...]

    def of(self, verdict: Judgement) -> list[Thing]:
        """Those with a verdict, strongest evidence first."""
        return [thing for thing in self.things if thing.verdict == verdict]


def evidence(value: float, lower: float, upper: float, mark: float) -> float:
    """Distance of a figure from a benchmark in standard errors, by the limits on the benchmark's side.

    Infinite where the figure has no width. ValueError when the limits do not enclose the figure.
    """
    if not lower <= value <= upper:
        raise ValueError(f"limits {lower} to {upper} do not enclose {value}")
    width = value - lower if mark < value else upper - value
    if value == mark:
        return 0.0
    return abs(value - mark) / (width / 1.96) if width > 0 else float("inf")


def family_of(indicator_id: str) -> str:
    """The subject that a figure is about; most figures are a subject of their own."""
    return FAMILY.get(indicator_id, indicator_id)


def _thing(bundle: Bundle, indicator: Indicator, code: str, group: str) -> Thing | None:
    area = bundle.value(indicator.id, code, None, group)
    if area is None or area.value is None or area.lower is None or area.upper is None:
        return None
    if area.basis == "modelled":
        return None
    england = bundle.value(indicator.id, bundle.config.country_code, area.period, group)
    if england is None or england.value is None:
        return None
    verdict = judge(direction(area.lower, area.upper, england.value), indicator.polarity)
    strength = evidence(area.value, area.lower, area.upper, england.value)
    return Thing(indicator, group, area, england, verdict, strength)


def judged(bundle: Bundle, code: str) -> Tested:
    """Every family of figures with limits and a good end that an area has, judged against England."""
    level = str(bundle.areas.loc[code, "area_level"])
    best: dict[str, Thing] = {}
    for indicator in bundle.indicators(level):
        if indicator.polarity == "neutral" or indicator.id in EARLIER:
            continue
        groups = [group for group in bundle.groups(indicator.id) if group in GROUPS]
        for group in groups[:1] if groups[:1] == ["all"] else groups:
            found = _thing(bundle, indicator, code, group)
            family = family_of(indicator.id)
            if found and (family not in best or found.evidence > best[family].evidence):
                best[family] = found
    return Tested(tuple(sorted(best.values(), key=lambda thing: -thing.evidence)))
