"""The plain English part of an area's profile: its title and the few sentences that matter most."""

from __future__ import annotations

import pandas as pd

from components.caveats import capital
from components.figures import figure, number
from components.key_figures import Line, Wanted, has_value, line
from components.level_names import listed, one
from components.narrative import about, number_or_none
from data.query import Bundle
from methods.compare import Judgement

YOUNG, OLD = "under-fives", "aged-65-and-over"


def title(bundle: Bundle, code: str) -> str:
    """The profile's heading: the area's name and what stands out, as far as the figures say."""
    name = str(bundle.areas.loc[code, "area_name"])
    share = bundle.value("imd-most-deprived-fifth", code)
    if share is None or number_or_none(share.value) is None:
        return f"{name}: profile"
    value = float(share.value)  # type: ignore[arg-type]
    if value < 0.05:
        return f"{name}: nobody here lives in England’s most deprived fifth"
    return f"{name}: {about(value)} people live in England’s most deprived fifth"


def subtitle(bundle: Bundle, code: str) -> str:
    """What kind of area it is, where, and how many people live there."""
    area = bundle.areas.loc[code]
    level = str(area["area_level"])
    place = bundle.areas["area_name"].get(area["place_code"])
    where = (
        f" in {place}"
        if place and level != "place"
        else " in Cheshire and Merseyside"
        if level == "place"
        else ""
    )
    kind = capital(one(level)) if level not in ("region", "england") else str(area["area_name"])
    people = number_or_none(area["population"])
    residents = f" {number(people)} residents (Census 2021)." if people is not None else ""
    return f"{kind}{where}.{residents}"


def against(item: Line, bundle: Bundle) -> str:
    """The judgements of a line in words: "worse than Liverpool (43.1%) and England (19.9%)"."""
    by_word: dict[Judgement, list[str]] = {}
    for code, mark in item.benchmarks.items():
        if has_value(mark) and mark is not None:
            name = f"{bundle.areas.loc[code, 'area_name']} ({figure(item.indicator, mark.value)})"
            by_word.setdefault(item.judgements[code], []).append(name)
    words = {
        "better": "better than", "worse": "worse than", "similar": "similar to",
        "higher": "higher than", "lower": "lower than", "not compared": "beside",
    }  # fmt: skip
    return ", ".join(f"{words[judgement]} {listed(names)}" for judgement, names in by_word.items())


def _share(bundle: Bundle, code: str, marks: list[str], indicator_id: str, who: str, what: str) -> str | None:
    item = line(bundle, Wanted(indicator_id), code, marks)
    if item is None or item.area is None or not has_value(item.area):
        return None
    value = figure(item.indicator, item.area.value)
    text = f"{capital(about(float(item.area.value)))} {who} ({value}) {what}"  # type: ignore[arg-type]
    beside = against(item, bundle)
    return f"{text}: {beside}." if beside else f"{text}."


def sentences(bundle: Bundle, code: str) -> list[str]:
    """What a councillor needs in a minute, each sentence from one figure and its limits."""
    marks = bundle.comparators(code)
    place = str(bundle.areas["area_name"].get(bundle.areas.loc[code, "place_code"], ""))
    marks = [mark for mark in marks if bundle.areas.loc[mark, "area_level"] != "region"]
    found = [
        _share(
            bundle, code, marks, "children-income-deprived", "children", "live in families on a low income"
        ),
        readiness(bundle, code, marks, place),
        _share(
            bundle,
            code,
            marks,
            "disabled",
            "people",
            "have a condition or illness that limits their daily life",
        ),
        _share(bundle, code, marks, "unpaid-care", "people", "look after somebody without pay"),
        _share(
            bundle,
            code,
            marks,
            "household-deprivation",
            "households",
            "are short of work, health, education or room",
        ),
    ]
    return [sentence for sentence in found if sentence]


def readiness(bundle: Bundle, code: str, marks: list[str], place: str) -> str | None:
    """School readiness here, or, where it is published for Places only, the Place's figure called that."""
    own = _share(
        bundle, code, marks, "gld", "five-year-olds", "are ready for school (a good level of development)"
    )
    if own is not None:
        return own
    above = bundle.areas.loc[code, "place_code"]
    if pd.isna(above):
        return None
    item = line(bundle, Wanted("gld"), str(above), [])
    if item is None or item.area is None or not has_value(item.area):
        return None
    value = figure(item.indicator, item.area.value)
    return (
        f"School readiness is published for {place} as a whole only: {value} of five-year-olds reach a good level of "
        f"development ({item.period})."
    )
