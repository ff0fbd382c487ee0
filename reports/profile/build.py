"""A profile on paper from the shipped tables: everything as plain data, checked before it is drawn."""

from __future__ import annotations

import re

from data.figure_words import figure, number, period_words
from data.query import Bundle
from data.stands_out import Standout, stands_out
from house_style.level_names import listed, one
from house_style.narrative import about, caps, placed
from reports.profile import conditions as registers
from reports.profile import key_rows, where
from reports.profile.model import LEVELS, Ages, Fact, Profile, Spread, Standing, UnknownAreaError
from reports.profile.readiness import readiness

CHILDREN = ("age-00-04", "age-05-09", "age-10-14")
OLDER = re.compile(r"age-(65|70|75|80)-\d\d|age-85-plus")
TENTHS = tuple(f"decile-{tenth:02d}" for tenth in range(1, 11))
NOBODY, EVERYONE = 0.05, 95.0  # per cent: prints as 0.0; is "nearly all"
DIFFERENT = 100.0
BEWARE = (
    "Better, similar and worse are said only where the 95% limits allow it. About 1 in 20 comparisons would "
    "come out as different by chance alone.",
    "Deprivation describes small areas and not people: not everybody there is deprived, and many deprived "
    "people live elsewhere.",
    "The census was taken in March 2021, during the pandemic.",
    "A figure says how things are, not why. It cannot show what people here already do about it.",
)
SHARED_OUT = (
    "Small areas that cross the boundary are shared out by where their people live, as if every part of one "
    "were alike."
)


def _counts(bundle: Bundle, code: str) -> dict[str, float]:
    """Residents by band of age; empty unless every band is known."""
    found = {
        group: bundle.value("population-by-age", code, None, group)
        for group in bundle.groups("population-by-age")
    }
    counts = {group: item.value for group, item in found.items() if item and item.value is not None}
    return counts if counts and len(counts) == len(found) and sum(counts.values()) > 0 else {}


def _facts(bundle: Bundle, code: str, counts: dict[str, float]) -> tuple[Fact, ...]:
    if not counts:
        return ()
    total = sum(counts.values())
    # people as on the page: counted by output area, where bands of age are shared out
    people = bundle.areas.loc[code, "population"]
    young = sum(counts[group] for group in CHILDREN) / total * 100
    old = sum(value for group, value in counts.items() if OLDER.fullmatch(group)) / total * 100
    return (
        Fact(number(people), "people lived here at the census of 2021"),
        Fact(f"{young:.0f}%", "are under 15"),
        Fact(f"{old:.0f}%", "are 65 or over"),
    )


def _ages(here: dict[str, float], there: dict[str, float]) -> Ages | None:
    if not here or not there:
        return None
    total, all_there = sum(here.values()), sum(there.values())
    labels = [
        f"{int(first)} and over" if last == "plus" else f"{int(first)} to {int(last)}"
        for first, last in (group.split("-")[1:] for group in here)
    ]
    return Ages(
        tuple(labels),
        tuple(value / total * 100 for value in here.values()),
        tuple(there[group] / all_there * 100 for group in here),
    )


def _lead(bundle: Bundle, code: str) -> str:
    """The one sentence under the name."""
    found = bundle.value("imd-most-deprived-fifth", code)
    if found is None or found.value is None:
        return "What the published figures and our estimates say, on two pages"
    where_words = "in England’s most deprived fifth"
    if found.value < NOBODY:
        return f"Nobody here lives {where_words} of small areas"
    if found.value > EVERYONE:
        who = "Everyone" if found.value > DIFFERENT - NOBODY else "Nearly everyone"
        return f"{who} here lives {where_words} of small areas"
    return f"{caps(about(found.value))} people here live {where_words} of small areas"


def _kind(bundle: Bundle, code: str, level: str) -> str:
    place = str(bundle.areas.loc[code, "place_code"])
    inside = bundle.config.region_name if level == "place" else bundle.name(place)
    return f"{caps(one(level))} in {inside}"


def _working(bundle: Bundle, code: str, level: str) -> str:
    """What must be said of the neighbourhoods; "" for other areas and where the list is official."""
    status = bundle.neighbourhood_status(str(bundle.areas.loc[code, "place_code"]))
    return status.label if level == "neighbourhood" and status and status.status != "official" else ""


def spread(bundle: Bundle, code: str) -> Spread:
    """Residents over the national tenths, with what the bars say in words."""
    found = [bundle.value("residents-by-imd-decile", code, None, group) for group in TENTHS]
    percent = tuple(item.value if item is not None else None for item in found)
    first, second = percent[:2]
    if first is None or second is None:
        text = "The spread over England’s tenths of deprivation is not known here."
        return Spread(text, percent, text)
    name = placed(bundle.name(code))
    fifth = min(first + second, 100)
    said = (
        f"{fifth:.0f}% of the people of {name} live in the most deprived fifth of England’s small areas, "
        f"{first:.0f}% in the most deprived tenth. In England it is 20% and 10%."
    )
    if fifth < NOBODY:
        said = f"None of the people of {name} live in the most deprived fifth of England’s small areas."
    bars = listed([f"tenth {at} {value:.0f}%" for at, value in enumerate(percent, 1) if value is not None])
    return Spread(said, percent, f"Ten bars, from the most to the least deprived tenth: {bars}.")


def _sources(bundle: Bundle, ids: list[str]) -> tuple[str, ...]:
    """Publisher, title, vintage and licence of what the pages show, one line a publisher and licence."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for source_id in dict.fromkeys(ids):
        source = bundle.catalogue.sources[source_id]
        title = source.title if source.vintage in source.title else f"{source.title} ({source.vintage})"
        grouped.setdefault((source.publisher, source.licence), []).append(title)
    return tuple(
        f"{publisher}: {'; '.join(titles)}. {licence}." for (publisher, licence), titles in grouped.items()
    )


def how(bundle: Bundle, item: Standout) -> str:
    """How a sentence is known, short enough for paper; the page of the area has the rest."""
    indicator = bundle.catalogue[item.indicator_id]
    when = period_words(indicator, item.period)
    between = key_rows.span(indicator, item.lower, item.upper)
    if item.test == "trend":
        return f"{when}: {figure(indicator, item.value)} ({between}). The five-point test finds a trend."
    beside = (
        f"{figure(indicator, item.value)} here ({between}), England {figure(indicator, item.mark)}; {when}."
    )
    notes = [
        "As if people’s ages were as in England." if item.age else "",
        "An estimate, not a count." if item.estimate else "",
    ]
    return " ".join(filter(None, [beside, *notes]))


def check(bundle: Bundle, code: str) -> str:
    """The level of an area that has a profile on paper. UnknownAreaError for every other code."""
    if code not in bundle.areas.index:
        raise UnknownAreaError(f"There is no area with the code {code}.")
    level = str(bundle.areas.loc[code, "area_level"])
    if level not in LEVELS:
        kinds = listed([one(item) for item in LEVELS], "or")
        raise UnknownAreaError(
            f"{bundle.name(code)} ({code}) is no {kinds}: a profile on paper is about one."
        )
    return level


def build(bundle: Bundle, code: str) -> Profile:
    """The two pages about one area. UnknownAreaError where there can be none."""
    level = check(bundle, code)
    found = key_rows.rows(bundle, code)
    shown, conditions_lead, claim = registers.conditions(bundle, code)
    standing, counts = stands_out(bundle, code), _counts(bundle, code)
    beside = key_rows.benchmarks(bundle, code)
    known = [bundle.value(item, code, None, group) for (item, group), _ in found]
    bases = {item.basis for item in known if item is not None}
    ids = [item.source_id for item in known if item is not None]
    ids += [bundle.catalogue[item.indicator_id].source for item in standing]
    ids += [bundle.catalogue[item].source for item in ("residents-by-imd-decile", "population-by-age")]
    ids += [bundle.catalogue[registers.SHOWN[0]].source] if shown else []
    return Profile(
        area_code=code,
        name=bundle.name(code),
        kind=_kind(bundle, code, level),
        lead=_lead(bundle, code),
        working=_working(bundle, code, level),
        facts=_facts(bundle, code, counts),
        ages=_ages(counts, _counts(bundle, beside[0])),
        standing=tuple(Standing(item.sentence, how(bundle, item)) for item in standing),
        map=where.picture(bundle, code),
        columns=tuple(bundle.name(item) for item in beside),
        rows=tuple(line for _, line in found),
        absent=key_rows.absent(bundle, code),
        spread=spread(bundle, code),
        readiness=readiness(bundle, code),
        conditions_lead=conditions_lead,
        conditions_claim=claim,
        conditions=shown,
        beware=(*([SHARED_OUT] if "apportioned" in bases else []), *BEWARE),
        sources=(*_sources(bundle, ids), f"Map: {where.attribution(bundle)}."),
        version=bundle.version,
        keys=tuple((item.indicator_id, item.group, item.period) for item in known if item is not None),
    )
