"""The plain English part of an area's profile: its title and the few sentences that matter most."""

from __future__ import annotations

from components.area_facts import level_of, name_of, place_of
from components.caveats import capital
from components.expected_readiness import children_words
from components.figures import figure, number
from components.key_figures import Line, Wanted, has_value, line
from components.level_names import listed, one
from components.narrative import about, number_or_none
from data.query import Bundle, Observation
from geo.config import config
from methods.compare import Judgement

NOBODY, EVERYONE = (
    0.05,
    95.0,
)  # per cent: prints as 0.0; is "nearly all"
FEW_CHILDREN = 20  # under it no number of children is given


def title(bundle: Bundle, code: str) -> str:
    """The profile's heading: the area's name and what stands out, as far as the figures say."""
    name = name_of(bundle, code)
    tenth = bundle.value("imd-decile", code)
    if tenth is not None and number_or_none(tenth.value) is not None:
        return f"{name}: tenth {number(tenth.value)} of 10 by deprivation, where 1 is England’s most deprived"
    share = bundle.value("imd-most-deprived-fifth", code)
    if share is None or number_or_none(share.value) is None:
        return f"{name}: profile"
    value = float(share.value)  # type: ignore[arg-type]
    where = "England’s most deprived fifth"
    if value < NOBODY:
        return f"{name}: nobody lives in {where}"
    if value > EVERYONE:
        return f"{name}: {'everyone' if value > 100 - NOBODY else 'nearly everyone'} lives in {where}"
    return f"{name}: {about(value)} people live in {where}"


def subtitle(bundle: Bundle, code: str) -> str:
    """What kind of area it is, where, and how many people live there."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    kind = capital(one(level)) if level not in ("region", "england") else name_of(bundle, code)
    where = f" in {name_of(bundle, place)}" if place and level != "place" else ""
    if level == "place":
        where = (
            f" in {config().region_name}" if bundle.in_region(code) else f" outside {config().region_name}"
        )
    people = number_or_none(bundle.areas["population"].get(code))
    residents = "" if people is None else f" {number(people)} residents (Census 2021)."
    return f"{kind}{where}.{residents}"


def against(item: Line, bundle: Bundle) -> str:
    """The judgements of a line in words: "worse than Liverpool (43.1%) and England (19.9%)"."""
    by_word: dict[Judgement, list[str]] = {}
    for code, mark in item.benchmarks.items():
        if has_value(mark) and mark is not None:
            name = f"{name_of(bundle, code)} ({figure(item.indicator, mark.value)})"
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
    above = place_of(bundle, code)
    place = name_of(bundle, above) if above else ""
    marks = [mark for mark in marks if level_of(bundle, mark) != "region"]
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
            "are deprived in work, education, health or housing",
        ),
    ]
    return [sentence for sentence in found if sentence]


def readiness(bundle: Bundle, code: str, marks: list[str], place: str) -> str | None:
    """School readiness here: published, counted or expected; else the Place's figure, called that."""
    here = bundle.value("gld", code)
    if here is not None and here.value is not None and here.basis == "modelled":
        return expected(bundle, here)
    own = _share(
        bundle, code, marks, "gld", "five-year-olds", "are ready for school (a good level of development)"
    )
    if own is not None:
        return own
    above = place_of(bundle, code)
    if above is None:
        return None
    item = line(bundle, Wanted("gld"), above, [])
    if item is None or item.area is None or not has_value(item.area):
        return None
    value = figure(item.indicator, item.area.value)
    return (
        f"School readiness is published for {place} as a whole only: {value} of five-year-olds reach a "
        "good level of "
        f"development ({item.period})."
    )


def expected(bundle: Bundle, here: Observation) -> str:
    """An expected readiness in a sentence: called an estimate, in children, and compared with nothing."""
    value = figure(bundle.catalogue["gld"], here.value)
    strength = "a weak estimate" if here.reliability == "D" else "an estimate"
    about_children = f": {children_words(here)}" if (here.denominator or 0) >= FEW_CHILDREN else ""
    return (
        f"By family income we would expect {value} of five-year-olds here to be ready for school "
        f"({strength}){about_children}. It cannot show whether this area does better or worse than that."
    )
