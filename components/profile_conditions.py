"""Long-term conditions in a profile: estimates or exact counts beside England, crude and allowing for age."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from components import (
    headings,
    how_sure,
    how_sure_inputs,
    profile_open,
    profile_sections,
    tables,
    trend_arrow,
)
from components.how_sure import support_of
from components.key_figures import Line, Wanted, benchmark_cell, has_value, header, lines
from components.tables import Cell
from data.age_mix import Ages, ages_of, may_be_age
from data.query import Bundle, Observation
from data.standout_words import CONDITIONS
from data.support import Support
from house_style import age_note
from house_style.area_facts import level_of, name_of
from house_style.figures import figure, limits
from house_style.level_names import listed
from methods.compare import Direction

FIRST = 8  # rows before the rest, which opens
EXACT = ("place", "pcn", "region", "england")
ENTRIES = "qof-entries-per-100-adults"
INPUTS = "Download the inputs to recompute these estimates (CSV)"
NAMED = 3  # conditions in a sentence
MADE = (
    "These are estimates for the people who live here, made from the records of the GPs they use. Nobody "
    "counts conditions by where people live, and only what a doctor has found and recorded is in them."
)
COUNTED = (
    "GPs count the people on their lists who have a condition, wherever they live. Illness that no doctor "
    "has found is not counted."
)


@dataclass(frozen=True)
class Condition:
    """A register in an area, with what stands behind it and how it compares with England."""

    line: Line
    support: Support | None
    england: Observation | None
    crude: Direction
    allowed: Direction
    ages: Ages = ""

    @property
    def age_known(self) -> bool:
        """Whether the comparison allows for age."""
        return self.allowed != "not compared"

    @property
    def maybe_age(self) -> bool:
        """Whether the ages of the people alone may make the difference, and nobody knows."""
        return not self.age_known and may_be_age(self.ages, self.crude)

    @property
    def weak(self) -> bool:
        """True for estimates with little behind them: nothing is claimed of those."""
        return self.line.area is not None and self.line.area.reliability == "D"

    @property
    def found(self) -> Direction:
        """The comparison with England that allows for age, where that is known."""
        return self.allowed if self.age_known else self.crude

    @property
    def clear(self) -> bool:
        """Whether it can be told from England's figure by its limits, is not weak, and not maybe its age."""
        return self.found in ("higher", "lower") and not self.weak and not self.maybe_age

    @property
    def turned(self) -> bool:
        """Whether allowing for age turns the comparison round."""
        return {self.crude, self.allowed} == {"higher", "lower"}


def clearness(item: Condition) -> float:
    """How far the figure lies from England's, in half widths of its limits, on the log scale.

    Allowing for age where that is known; -1 where nothing can be compared.
    """
    area, support = item.line.area, item.support
    if area is None or item.england is None:
        return -1.0
    value, lower, upper = area.value, area.lower, area.upper
    if support is not None and support.standardised is not None:
        value, lower, upper = support.standardised, support.standardised_lower, support.standardised_upper
    numbers = [value, lower, upper, item.england.value]
    if any(number is None or number <= 0 for number in numbers):
        return -1.0
    here, low, high, mark = (math.log(float(number)) for number in numbers if number is not None)
    return 2 * abs(here - mark) / (high - low) if high > low else -1.0


def registers(bundle: Bundle) -> list[Wanted]:
    """Every register of the catalogue, in its order."""
    found = bundle.indicators(theme="long-term-conditions")
    return [Wanted(item.id) for item in found if item.id.startswith("qof-") and item.id != ENTRIES]


def conditions(bundle: Bundle, code: str) -> list[Condition]:
    """The registers of an area, those that differ most clearly from England first."""
    return _conditions(bundle.version, code, bundle)


@st.cache_resource(max_entries=64, show_spinner=False)
def _conditions(version: str, code: str, _bundle: Bundle) -> list[Condition]:
    bundle = _bundle
    country = bundle.config.country_code
    found, ages = [], ages_of(bundle, code)
    for item in lines(bundle, registers(bundle), code, profile_sections.benchmarks(bundle, code)):
        if not has_value(item.area) or item.area is None:
            continue
        support, england = support_of(bundle, item.area), item.benchmarks.get(country)
        crude, allowed = age_note.directions(item.area, support, england.value if england else None)
        found.append(Condition(item, support, england, crude, allowed, ages))
    return sorted(found, key=lambda item: (not item.clear, -clearness(item)))


def _named(found: Sequence[Condition]) -> str:
    """The conditions in plain words, those that differ most clearly first; "and 5 more" after the third."""
    known = [item.line.indicator for item in found]
    names = [CONDITIONS.get(indicator.id) or age_note.what(indicator) for indicator in known]
    rest = len(names) - NAMED
    return listed(names if rest < 1 else [*names[:NAMED], f"{rest} more"])


def _more_and_fewer(found: Sequence[Condition], than: str) -> list[str]:
    """Of which conditions more, and of which fewer people than in England have a record."""
    said = []
    for word, way in (("More", "higher"), ("Fewer", "lower")):
        some = [item for item in found if item.found == way]
        if some:
            said.append(f"{word} people here have {_named(some)} on their GP record than {than}.")
    return said


def claims(found: Sequence[Condition]) -> list[str]:
    """Which conditions differ clearly from England, in a few sentences; weak estimates claim nothing."""
    if not any(item.england for item in found):
        return []
    clear = [item for item in found if item.clear]
    maybe = [item for item in found if item.maybe_age and not item.weak]
    weak = sum(item.weak for item in found)
    rest = len(found) - len(clear) - len(maybe) - weak
    said = _more_and_fewer([item for item in clear if item.age_known], "people of the same ages in England")
    unknown = _more_and_fewer([item for item in clear if not item.age_known], "in England")
    said += [f"{text} We do not know what part age plays." for text in unknown]
    if maybe:
        word = "Fewer" if maybe[0].crude == "lower" else "More"
        said.append(
            f"{word} people here have {_named(maybe)} on their GP record than in England. That may be "
            f"because people here are {maybe[0].ages}."
        )
    left = [f"{rest} of them {'is' if rest == 1 else 'are'} too close to England’s to call."] if rest else []
    left += [f"{weak} {'is a weak estimate' if weak == 1 else 'are weak estimates'}."] if weak else []
    if left:
        said.append(" ".join([f"We looked at {len(found)} conditions.", *left]))
    return said


def age_sentence(bundle: Bundle, code: str) -> str:
    """What must be said wherever crude registers of the area show; "" where age turns none of them round."""
    found = conditions(bundle, code)
    return age_note.together([(item.line.indicator, (item.crude, item.allowed)) for item in found])


def _allowing_cell(item: Condition) -> Cell:
    if item.support is None or item.support.standardised is None:
        return Cell("not known")
    support, indicator = item.support, item.line.indicator
    between = limits(indicator, support.standardised_lower, support.standardised_upper)
    verdict = item.allowed if item.england is not None else None
    return Cell(figure(indicator, support.standardised), verdict=verdict, than="England", note=between)


def below(bundle: Bundle, item: Condition) -> str:
    """What stands under a row: the note on age, and what opens."""
    area = item.line.area
    if area is None:
        return ""
    note = age_note.age_note(item.line.indicator, area, item.support, item.england, strong_only=True)
    if item.maybe_age:
        note = f"What part age has in this is not known, and the population is {item.ages}."
    said = f"<p>{escape(note)}</p>" if note else ""
    return said + how_sure.details_html(bundle, item.line.indicator, area, about=item.line.title)


def table_html(bundle: Bundle, code: str, found: Sequence[Condition], caption: str) -> str:
    """The rows as a table: crude, allowing for age, Place and England."""
    marks = profile_sections.benchmarks(bundle, code)
    ages = any(item.support is not None for item in found)
    rows = []
    for item in found:
        line = item.line
        cells = [trend_arrow.cell(bundle, code, line)]
        if ages:
            cells.append(_allowing_cell(item))
        cells += [benchmark_cell(line, mark) for mark in marks]
        rows.append((header(line), cells))
    columns = ["Condition", name_of(bundle, code), *(["Allowing for age"] if ages else [])]
    columns += [name_of(bundle, mark) for mark in marks]
    under = [below(bundle, item) for item in found]
    return tables.figures_html(caption, columns, rows, hide_caption=True, roomy=True, below=under)


def _draw(bundle: Bundle, code: str, found: list[Condition]) -> None:
    first = [item for item in found if item.clear][:FIRST]
    first += [item for item in found if item.turned and not item.weak and item not in first]
    rest = [item for item in found if item not in first]
    if not first and not any(item.england for item in found):
        first, rest = rest[:FIRST], rest[FIRST:]
    text = ""
    if first:
        text += table_html(bundle, code, first, "Long-term conditions")
    if rest:
        kind = "other conditions" if first else "conditions"
        table = table_html(bundle, code, rest, f"{len(rest)} {kind}")
        text += f'<details class="about"><summary>{len(rest)} {kind}</summary>{table}</details>'
    st.html(text)


def show(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part: what differs from England, then every register and the companions."""
    found = conditions(bundle, code)
    made = MADE if level_of(bundle, code) not in EXACT else COUNTED
    profile_open.opening("Long-term conditions", [made, *claims(found)] if found else [])
    with profile_open.fold("conditions", "Show all conditions, also allowing for age", opened) as is_open:
        if is_open:
            _details(bundle, code, found)


def _details(bundle: Bundle, code: str, found: list[Condition]) -> None:
    if found:
        _draw(bundle, code, found)
        note = profile_sections.sources_note([item.line for item in found])
        turned = age_sentence(bundle, code)
        said = f'<p class="quiet">{escape(turned)}</p>' if turned else ""
        st.html(f'{said}<p class="quiet small">{escape(note)}</p>')
        estimates = [item.line.area for item in found if item.line.area is not None]
        how_sure_inputs.button(bundle, estimates, key="inputs-conditions", label=INPUTS)
    headings.subheader("Other measures of illness and disability")
    profile_sections.figures_table(
        bundle, code, profile_sections.COMPANIONS, "Other measures of illness and disability"
    )
