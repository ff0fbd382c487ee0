"""What stands out in an area: at most five sentences, each from a test, the strongest evidence first.

Two tests can put a figure here: its 95% limits leave England's figure out, or the five-point test finds a
trend. The strength of both is counted in standard errors: the distance from England's figure over the
standard error on that side, and the root of the trend's chi-squared on one degree of freedom, which is the
slope over its standard error. So the two can be put in one order. It says how sure a difference is, not how
much it matters; the sentence gives both figures for that.

Some thirty figures of an area are looked at, of which one or two would pass a test at 95% by chance alone. So
nothing stands out under 3.09 standard errors, which is the test at 99.8% that the five points have as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.age_mix import ages_of, may_be_age, support_of
from data.catalogue.model import Indicator
from data.figure_words import figure, limits, period_words
from data.query import Bundle, Observation
from data.recent_trend import recent_trend
from data.standout_words import CONDITIONS, amounts, changed, compared
from data.tested import EARLIER, GROUPS, LABELS, evidence, family_of, judged
from methods.compare import Direction, Judgement, direction, judge
from methods.trend import POINTS

MOST = 5
MOST_OF_A_THEME = 2  # deprivation alone would fill the list of a poor area
LEAST = 3.09  # standard errors: 99.8%
WEAK = "D"
HEALTH = ("disabled", "unpaid-care", *CONDITIONS)  # neither end is good, but all are about health
LEAVE_OUT = "The limits leave England’s figure out: chance alone would hardly make such a difference."
ESTIMATE = (
    "An estimate for residents from the registers of their GP practices, not a count. Only what is diagnosed "
    "and recorded is in it."
)
SAME_AGES = "Both figures are worked out as if people’s ages were as in England."
REGISTER = "Counted by GP practices for their patients, wherever these live. Diagnosed cases only."
Test = Literal["against England", "trend"]


@dataclass(frozen=True)
class Standout:
    """One thing that a test found.

    Attributes
    ----------
    sentence
        Plain English, for everybody.
    how
        How we know: the figure, its 95% limits, England's figure, period, test and source.
    judgement
        "better" or "worse"; "higher" or "lower" where neither end is good.
    strength
        Standard errors from England's figure, or of the trend's slope from 0.
    value, lower, upper, mark
        What was tested and, for "against England", England's figure; for people of England's ages where `age`
        is True.
    estimate
        Whether the figure is modelled: then the sentence says so.
    """

    sentence: str
    how: str
    indicator_id: str
    group: str
    judgement: Judgement
    strength: float
    test: Test
    period: str
    value: float
    lower: float
    upper: float
    mark: float | None
    estimate: bool = False
    age: bool = False


def stands_out(bundle: Bundle, code: str, most: int = MOST) -> list[Standout]:
    """What stands out in an area, strongest evidence first; empty where no test finds anything.

    Of figures on nearly the same subject (`data.tested.FAMILY`) only the strongest is taken, and at most two
    of one theme of the catalogue. Figures that look the same when said in 1,000 are left out.

    Parameters
    ----------
    code
        An area of the bundle; KeyError for any other.
    most
        How many at the most.
    """
    found: list[Standout] = []
    families: set[str] = set()
    themes: dict[str, int] = {}
    every = [*_against_england(bundle, code), *_health(bundle, code), *_trends(bundle, code)]
    strong = [item for item in every if item.strength >= LEAST]
    for item in sorted(strong, key=lambda item: (-item.strength, item.indicator_id, item.group)):
        family, theme = family_of(item.indicator_id), bundle.catalogue[item.indicator_id].theme
        if family in families or themes.get(theme, 0) >= MOST_OF_A_THEME or len(found) >= most:
            continue
        families.add(family)
        themes[theme] = themes.get(theme, 0) + 1
        found.append(item)
    return found


def _against_england(bundle: Bundle, code: str) -> Iterator[Standout]:
    """Counted figures with a good end that are better or worse than England's."""
    for thing in judged(bundle, code).things:
        area, mark = thing.area, thing.england
        if thing.verdict not in ("better", "worse"):
            continue
        if area.value is None or area.lower is None or area.upper is None or mark.value is None:
            continue
        numbers = (area.value, area.lower, area.upper)
        found = _compared(bundle, thing.indicator, area, numbers, mark.value, thing.verdict)
        if found is not None:
            yield found


def _health(bundle: Bundle, code: str) -> Iterator[Standout]:
    """Conditions, disability and care: allowing for age where that is known, never weak estimates."""
    ages = ages_of(bundle, code)
    country = bundle.config.country_code
    for indicator_id in HEALTH:
        own = bundle.value(indicator_id, code)
        if own is None or own.reliability == WEAK or code == country:
            continue
        england = bundle.value(indicator_id, country, own.period)
        mark = england.value if england is not None else None
        support = support_of(bundle, own)
        age = support is not None and support.standardised is not None
        value, lower, upper = own.value, own.lower, own.upper
        if support is not None and age:
            value, lower, upper = support.standardised, support.standardised_lower, support.standardised_upper
        way = direction(lower, upper, mark)
        if way not in ("higher", "lower") or (not age and may_be_age(ages, way)):
            continue
        if value is None or lower is None or upper is None or mark is None:
            continue
        indicator = bundle.catalogue[indicator_id]
        verdict = judge(way, indicator.polarity)
        found = _compared(bundle, indicator, own, (value, lower, upper), mark, verdict, age=age)
        if found is not None:
            yield found


def _compared(
    bundle: Bundle,
    indicator: Indicator,
    area: Observation,
    numbers: tuple[float, float, float],
    mark: float,
    verdict: Judgement,
    *,
    age: bool = False,
) -> Standout | None:
    """A figure beside England's; None where both look the same when said in 1,000."""
    value, lower, upper = numbers
    words = amounts(indicator, value, mark)
    if words[0] == words[1]:
        return None
    estimate = area.basis == "modelled"
    sentence = compared(indicator, area.group, words, higher=value > mark, estimate=estimate, age=age)
    strength = evidence(value, lower, upper, mark)
    said = [
        f"{figure(indicator, value)} here, {limits(indicator, lower, upper)} (95% limits); England "
        f"{figure(indicator, mark)}. {LEAVE_OUT}",
        SAME_AGES if age else "",
        ESTIMATE if estimate else REGISTER if indicator.id in CONDITIONS else "",
        _beside_place(bundle, indicator, area) if not age else "",
        f"Test: 95% limits against England’s figure, {strength:,.1f} standard errors apart.",
        _source(bundle, indicator, area.period),
    ]
    return Standout(
        sentence, " ".join(filter(None, said)), indicator.id, area.group, verdict, strength,
        "against England", area.period, value, lower, upper, mark, estimate, age,
    )  # fmt: skip


def _beside_place(bundle: Bundle, indicator: Indicator, area: Observation) -> str:
    """The figure of the area's Place, as the analyst's detail: beside it, not compared."""
    place = bundle.areas.loc[area.area_code, "place_code"]
    if not isinstance(place, str) or place == area.area_code:
        return ""
    there = bundle.value(indicator.id, place, area.period, area.group)
    if there is None or there.value is None:
        return ""
    return f"{bundle.name(place)} as a whole: {figure(indicator, there.value)}."


def _trends(bundle: Bundle, code: str) -> Iterator[Standout]:
    """Counted figures with a good end whose latest five periods pass the five-point test."""
    level = str(bundle.areas.loc[code, "area_level"])
    for indicator in bundle.indicators(level):
        if indicator.polarity == "neutral" or indicator.interval == "none" or indicator.id in EARLIER:
            continue
        for group in bundle.groups(indicator.id, level):
            if group not in GROUPS or len(bundle.periods(indicator.id, level, group)) < POINTS:
                continue
            found = _trend(bundle, indicator, code, group)
            if found is not None:
                yield found


def _trend(bundle: Bundle, indicator: Indicator, code: str, group: str) -> Standout | None:
    series = bundle.series(indicator.id, code, group)
    trend = recent_trend(indicator, series).trend
    if trend is None or trend.outcome not in ("increasing", "decreasing") or trend.chi_squared is None:
        return None
    rows = series.set_index("period").loc[list(trend.periods)]
    first, last = rows.iloc[0], rows.iloc[-1]
    rising = trend.outcome == "increasing"
    words = amounts(indicator, float(first["value"]), float(last["value"]))
    modelled = bool((rows["basis"] == "modelled").any())
    if words[0] == words[1] or (last["value"] > first["value"]) != rising or modelled:
        return None
    way: Direction = "higher" if rising else "lower"
    verdict = judge(way, indicator.polarity)
    periods = (period_words(indicator, trend.periods[0]), period_words(indicator, trend.periods[-1]))
    title = LABELS.get(indicator.id, indicator.short_title)
    strength = math.sqrt(trend.chi_squared)
    value, lower, upper = (float(last[name]) for name in ("value", "lower", "upper"))
    points = "; ".join(
        f"{period_words(indicator, period)} {figure(indicator, float(row['value']))}"
        for period, row in rows.iterrows()
    )
    how = (
        f"{points}. Latest figure {limits(indicator, lower, upper)} (95% limits). Test: the five-point test "
        f"finds a trend ({trend.method}; the slope is {strength:,.1f} standard errors from none), and it "
        f"keeps its direction whichever year is left out. {_source(bundle, indicator, trend.periods[-1])}"
    )
    return Standout(
        changed(title, periods, words, rising=rising, better=verdict == "better"),
        how, indicator.id, group, verdict, strength, "trend", trend.periods[-1], value, lower, upper, None,
    )  # fmt: skip


def _source(bundle: Bundle, indicator: Indicator, period: str) -> str:
    source = bundle.catalogue.sources[indicator.source]
    return f"Source: {source.publisher}, {source.title}: {period_words(indicator, period)}."
