"""Sentences of the Inequalities page. A claim rests on the test in `Findings`, never on the number alone.

"Higher", "lower", "times as likely" appear only where the 95% limits of the slope index or of the gap
leave no difference out; everything else is a figure without a claim.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from components.charts.gap_trend import size_words
from components.inequality_state import View, lower_first
from data.catalogue.model import Indicator
from data.findings import Findings, direction, relative_means_something
from data.gradient import NEARLY_PART, overlap
from house_style import figures
from house_style.level_names import many
from methods.results import Estimate

# Who is counted, and what they are likely to be: for a sentence that people understand at once.
LIKELY = {
    "disabled": ("people", "to be disabled"),
    "children-income-deprived": ("children", "to live in a family on a low income"),
    "income-deprived": ("people", "to live on a low income"),
    "employment-deprived": ("people of working age", "to be kept out of work"),
    "older-people-income-deprived": ("people aged 60 and over", "to live on a low income"),
    "overcrowding": ("households", "to be overcrowded"),
    "household-deprivation": ("households", "to be deprived in at least one way"),
    "social-rented": ("households", "to rent from a council or housing association"),
    "private-rented": ("households", "to rent privately"),
    "under-fives": ("people", "to be under 5"),
    "aged-65-and-over": ("people", "to be 65 or over"),
}
FEWER = {
    "disabled": "disabled people",
    "children-income-deprived": "children living in families on a low income",
    "income-deprived": "people living on a low income",
    "employment-deprived": "people of working age kept out of work",
    "older-people-income-deprived": "people aged 60 and over living on a low income",
    "overcrowding": "overcrowded households",
    "household-deprivation": "households deprived in at least one way",
}
NO_GRADIENT = {
    "deprivation-itself": "“{name}” is the measure by which areas are sorted here, so a gradient would "
    "only show "
    "that deprived areas are deprived.",
    "position": "“{name}” is a position in a list, not an amount: it cannot be added up or averaged over "
    "a tenth.",
    "count": "“{name}” is a number of people or cases: larger areas have more of it for that reason "
    "alone, so it "
    "has no gradient. Choose a share or a rate.",
    "places-only": "“{name}” is published for whole Places only. Nobody knows how it differs between the "
    "neighbourhoods inside one, so no gradient can be drawn, and none is made up here.",
    "expected-only": "Below a whole Place “{name}” is estimated from family income alone: what we would "
    "expect, not what was found. A gradient would show the method, so none is drawn. The gap between "
    "children with and without free school meals is counted, and shown below.",
}
ECOLOGICAL = (
    "This compares areas, not people: many people on low incomes live outside the most deprived areas, "
    "and not "
    "everyone inside them is poor. A gradient shows a link, not its cause."
)
RATIO_FROM = 1.1  # below, "1.1 times as likely" would say more than it should: the figures speak


@dataclass(frozen=True)
class Card:
    """One result: its name, the figure, and what stands beside it."""

    name: str
    value: str
    beside: str


def title(view: View, found: Findings) -> str:
    """The takeaway of the page, from test results only."""
    name, where = named(view), view.where
    if view.reason:
        return f"{view.indicator.short_title}: no gradient by neighbourhood can be shown"
    if found.units == 0:
        return f"{name} in {where}: no figures"
    if found.steepness == "untested":
        return f"{name} in {where}: too few areas with a figure to test for a gradient"
    if found.apart == found.steepness and found.apart != "none":
        return _fifths(view, found)
    if found.apart in ("more", "less"):
        side = "higher" if found.apart == "more" else "lower"
        return (
            f"{name} in {where}: {side} in the most than in the least deprived fifth of areas, but no steady "
            "rise or fall with deprivation"
        )
    return _slope_words(view, found)


def _fifths(view: View, found: Findings) -> str:
    if found.most is None or found.least is None or found.gap is None:
        raise ValueError("a sentence on the fifths needs both figures and their gap")
    most, least = (figures.figure(view.indicator, end.value) for end in (found.most, found.least))
    more = found.apart == "more"
    ratio = found.gap.relative
    likely = LIKELY.get(view.indicator.id) if view.group == "all" else None
    if likely is None:
        side = "higher" if more else "lower"
        return (
            f"{view.indicator.short_title} in {view.where}: {side} in England’s most deprived fifth of "
            "areas "
            f"({most}) than in the least deprived ({least})"
        )
    who, what = likely
    if ratio is not None and ratio.excludes(1.0) and ratio.value >= RATIO_FROM:
        how = f"{ratio.value:.1f} times as likely {what} as"
    else:
        how = f"{'more' if more else 'less'} likely {what} than"
    return (
        f"In {view.where}, {who} in England’s most deprived fifth of areas are {how} those in the least "
        "deprived "
        f"fifth ({most} and {least})"
    )


def named(view: View) -> str:
    """The indicator's short title; an estimate is called one."""
    return f"{view.indicator.short_title} (estimate)" if view.estimated else view.indicator.short_title


def _slope_words(view: View, found: Findings) -> str:
    name = named(view)
    if found.steepness == "none":
        return f"{name} in {view.where}: no clear rise or fall with deprivation"
    more = found.steepness == "more"
    likely = LIKELY.get(view.indicator.id) if view.group == "all" else None
    if likely is not None:
        who, what = likely
        side = "more" if more else "less"
        return f"In {view.where}, {who} are {side} likely {what} the more deprived their area"
    return f"{name} in {view.where}: {'higher' if more else 'lower'} in the more deprived areas"


def pair_title(view: View, frame: pd.DataFrame, names: tuple[str, str]) -> str:
    """The takeaway where two groups stand in for a gradient; a gap is claimed only where its limits allow."""
    if frame.empty:
        return f"{view.indicator.short_title}: no gradient by neighbourhood can be shown"
    last = frame.iloc[-1]
    ends = [figures.figure(view.indicator, last[end]) for end in ("most", "least")]
    period = figures.period_words(view.indicator, last["period"])
    text = f"{view.indicator.short_title} in {view.where}, {period}: {ends[0]} ({lower_first(names[0])}), "
    text += f"{ends[1]} ({lower_first(names[1])})"
    if figures.missing(last["lower"]) or last["lower"] <= 0 <= last["upper"]:
        return text
    return f"{text}, a gap of {size_words(view.indicator, last['gap'])}"


def between(indicator: Indicator, found: Estimate) -> str:
    """Limits of a difference: "between 9.6 and 10.3"."""
    low, high = (figures.number(end, indicator.decimals) for end in (found.lower, found.upper))
    return f"between {low} and {high}"


def ratio_words(found: Estimate) -> str:
    """A ratio with its limits: "1.7 times as high (between 1.6 and 1.7)"."""
    upper = figures.number(found.upper, 2) if math.isfinite(found.upper) else "no upper limit"
    return f"{found.value:.2f} times (between {found.lower:.2f} and {upper})"


def cards(view: View, found: Findings) -> list[Card]:
    """The results as cards, in plain words first; a result that is missing says why."""
    indicator = view.indicator
    made = [_gap_card(indicator, found)]
    if found.slope is not None:
        sii = found.slope.sii
        least, most = (figures.figure(indicator, end) for end in found.slope.ends)
        text = f"{between(indicator, sii)}. The line runs from {least} at the least deprived end to {most}"
        if direction(sii) == "none":
            text = f"{between(indicator, sii)}, so it cannot be told from no slope"
        value = sign_words(indicator, sii.value)
        name = "From one end of the line to the other (slope index)"
        made.append(Card(name, value, f"{text[:1].upper()}{text[1:]}."))
        made.append(_relative_card(indicator, found))
    else:
        made.append(Card("From one end of the line to the other (slope index)", "–", f"{found.no_slope}."))
    excess = excess_card(view, found)
    return [*made, excess] if excess else made


def sign_words(indicator: Indicator, value: float) -> str:
    """A difference from the least to the most deprived: "10.0 points more", "2.1 less"."""
    return f"{size_words(indicator, value)} {'more' if value > 0 else 'less'}"


def _gap_card(indicator: Indicator, found: Findings) -> Card:
    name = "Most against least deprived fifth of areas"
    if found.most is None or found.least is None:
        return Card(name, "–", f"Not shown: {found.no_gap}.")
    values = [figures.figure(indicator, end.value) for end in (found.most, found.least)]
    ends = f"{values[0]} against {values[1]}"
    if found.gap is None:
        return Card(name, ends, f"Not tested: {found.no_gap}.")
    gap = found.gap.absolute
    text = f"a gap of {size_words(indicator, gap.value)}, {between(indicator, gap)}"
    if not gap.excludes(0.0):
        return Card(name, ends, f"A{text[1:]}, so it cannot be told from no gap.")
    ratio = found.gap.relative
    more = f"; {ratio_words(ratio)}" if ratio is not None else ""
    return Card(name, ends, f"A{text[1:]}{more}.")


def _relative_card(indicator: Indicator, found: Findings) -> Card:
    name = "Most over least deprived end (relative index)"
    if found.slope is None:
        raise ValueError("a relative index needs a slope")
    rii = found.slope.rii
    if not relative_means_something(indicator):
        return Card(name, "–", "Not given: on this scale 0 does not mean none, so a ratio has no meaning.")
    if rii is None:
        return Card(name, "–", f"Not given: {found.slope.why_not}.")
    upper = figures.number(rii.upper, 2) if rii.upper < 1000 else "no upper limit"
    text = f"between {rii.lower:.2f} and {upper}"
    if not rii.excludes(1.0):
        text += ", so it cannot be told from 1, which is no difference"
    return Card(name, f"{rii.value:.2f}", f"{text[:1].upper()}{text[1:]}.")


def excess_words(view: View, found: Findings) -> str:
    """Excess cases as a sentence with limits; "" where there are none or they cannot be told from none."""
    excess = found.excess
    what = FEWER.get(view.indicator.id) if view.group == "all" else None
    if excess is None or not excess.excludes(0.0) or view.indicator.polarity == "high-is-better":
        return ""
    if what is None and view.indicator.polarity == "neutral":
        return ""
    if what is None:
        what = f"counted under “{view.indicator.short_title}”"
    side = "fewer" if excess.value > 0 else "more"
    low, high = sorted(abs(end) for end in (excess.lower, excess.upper))
    own = "its own areas in England’s least deprived fifth"
    model = own if found.reference == "here" else "the least deprived fifth of Cheshire and Merseyside"
    return (
        f"If every neighbourhood of {view.where} were like {model}, there would be about "
        f"{rounded(excess.value)} {side} {what} (95% limits {rounded(low)} to {rounded(high)})."
    )


def excess_card(view: View, found: Findings) -> Card | None:
    """Excess cases as a card; None where there is no sentence to say."""
    text = excess_words(view, found)
    if not text or found.excess is None:
        return None
    side = "fewer" if found.excess.value > 0 else "more"
    return Card(
        "If all were like the least deprived fifth", f"about {rounded(found.excess.value)} {side}", text
    )


def rounded(value: float) -> str:
    """A number of cases to three figures: 32,073 becomes "32,100", 87.4 "87"."""
    size = abs(value)
    if size >= 1000:
        step = 10 ** (math.floor(math.log10(size)) - 2)
        size = round(size / step) * step
    return f"{size:,.0f}"


def built_in(view: View) -> str:
    """The warning where a gradient is put in by how the figure or the index is made; "" where it is not."""
    if view.estimated:
        return (
            f"“{view.indicator.short_title}” is estimated for {many(str(view.unit_level))} from the "
            "registers of the practices that serve them, and from their residents’ age and deprivation. "
            "Part of this slope is therefore put in by the method. The figures are not adjusted for age."
        )
    return circular(view.indicator)


def circular(indicator: Indicator) -> str:
    """The warning where an indicator is part of the index that sorts the areas; "" where it is not."""
    kind = overlap(indicator)
    if kind == "part":
        return (
            f"“{indicator.short_title}” is itself part of the deprivation index, or made from the same "
            "records. "
            "Sorting areas by the index therefore sorts them partly by this very figure: a gradient is "
            "built in, "
            "and its steepness is no finding about health or need."
        )
    if kind == "nearly":
        return (
            f"“{indicator.short_title}” overlaps with the deprivation index. "
            f"{NEARLY_PART[indicator.id]}: "
            "part of "
            "the gradient is built in."
        )
    return ""


def no_gradient(view: View) -> str:
    """Why the indicator has no gradient, in plain words."""
    return NO_GRADIENT[view.reason].format(name=view.indicator.short_title) if view.reason else ""
