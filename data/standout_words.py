"""Plain words for what stands out: who has what, said of many more figures than the briefing needs."""

from __future__ import annotations

from data.catalogue.model import Indicator
from data.figure_words import SUFFIX, pair

# Who, and what more or fewer of them do here: "More {children here} {live in ...} than in England".
SHARES = {
    "child-poverty-ahc": ("children", "live in poverty once housing is paid for"),
    "children-income-deprived": ("children", "live in families with a low income"),
    "income-deprived": ("people", "have a very low income"),
    "older-people-income-deprived": ("people aged 60 and over", "have a very low income"),
    "employment-deprived": ("adults", "are kept out of work"),
    "household-deprivation": ("homes", "are short of work, skills, health or space"),
    "overcrowding": ("homes", "have too few bedrooms for those who live there"),
    "gld": ("children", "are ready for school at age 5"),
    "cancer-early-diagnosis": ("cancers", "are found early"),
    "obesity-adults": ("adults", "live with obesity"),
    "disabled": ("people", "have an illness or disability that limits daily life"),
    "unpaid-care": ("people", "look after somebody without pay"),
}
# What people have on their GP record.
CONDITIONS = {
    "qof-af": "an uneven heartbeat (atrial fibrillation)",
    "qof-ast": "asthma",
    "qof-can": "cancer",
    "qof-chd": "heart disease",
    "qof-ckd": "kidney disease",
    "qof-copd": "lung disease (COPD)",
    "qof-dem": "dementia",
    "qof-dep": "depression",
    "qof-dm": "diabetes",
    "qof-ep": "epilepsy",
    "qof-hf": "heart failure",
    "qof-hyp": "high blood pressure",
    "qof-ld": "a learning disability",
    "qof-mh": "severe mental illness",
    "qof-ndh": "raised blood sugar",
    "qof-ob": "obesity",
    "qof-ost": "weak bones",
    "qof-pad": "poor blood flow to the legs",
    "qof-ra": "rheumatoid arthritis",
    "qof-stia": "a stroke or mini-stroke",
}
WHO = {"all": "", "female": "women", "male": "men"}


def amounts(indicator: Indicator, value: float, mark: float) -> tuple[str, str]:
    """A figure and England's in the same words: "49 in 100" and "23 in 100", "56.7 years" and "61.3"."""
    if indicator.statistic == "percentage":
        return pair(value, mark)
    unit = SUFFIX.get(indicator.statistic, "").replace(" per ", " in ")
    return f"{value:,.{indicator.decimals}f}{unit}", f"{mark:,.{indicator.decimals}f}{unit}"


def compared(
    indicator: Indicator, group: str, words: tuple[str, str], *, higher: bool, estimate: bool, age: bool
) -> str:
    """One sentence on a figure that differs from England's.

    `words` are the figure and England's as `amounts` gives them; `age` is True where both are for people of
    the same ages.
    """
    here, there = words
    more = "more" if higher else "fewer"
    than = "people of the same ages in England" if age else "in England"
    if indicator.id in CONDITIONS:
        said = f"{more} people here have {CONDITIONS[indicator.id]} on their GP record than {than}"
    elif indicator.id in SHARES:
        who, does = SHARES[indicator.id]
        said = f"{more} {who} here {does} than {than}"
    elif indicator.statistic == "years":
        good = " in good health" if indicator.id.startswith("healthy") else ""
        said = f"{WHO.get(group) or 'people'} here can expect {more} years{good} than {than}"
    else:
        title = f"{indicator.short_title}, {WHO[group]}" if WHO.get(group) else indicator.short_title
        said = f"{title}: the figure is {'higher' if higher else 'lower'} than {than}"
    if estimate:
        return f"We estimate that {said}. It is about {here} here, against {there}."
    return f"{said[:1].upper()}{said[1:]}. It is {here} here, against {there}."


def changed(
    title: str, periods: tuple[str, str], words: tuple[str, str], *, rising: bool, better: bool
) -> str:
    """One sentence on a figure that the test for a trend found to change."""
    way = "gone up" if rising else "gone down"
    says = "a change for the better" if better else "a change for the worse"
    first, last = words
    then, now = periods
    return f"{title}: the figure has {way}, {says}. It was {first} in {then} and is {last} in {now}."
