"""How sure is this? What stands behind one figure, in plain words, as a part that opens under it."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import store
from components.caveats import capital, unavailable
from data import support as tables
from data.age_mix import support_of
from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from data.support import PracticeShare, ReadinessInputs, Support
from house_style.age_note import age_note, directions, has_standardised
from house_style.expected_readiness import Rows, beside_expected, readiness_rows
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS, figure, limits, number, period_words

MOST_PRACTICES = 6
SUMMARY = "How sure is this?"
REASONS = {
    "Good support for an estimate": (
        "Fair, which is the best an estimate can be: enough practices reported, and the range is "
        "not too wide."
    ),
    "The limits reach more than half of the value to either side": (
        "Weak: the range reaches more than half of the figure to either side. Do not rank by it."
    ),
    "One practice decides, and the limits are wide": (
        "Weak: one practice has most of the residents, so its way of recording decides, and the range is "
        "wide. Do not rank by it."
    ),
    "The practices of fewer than 80% of residents reported": (
        "Weak: the practices of fewer than 8 in 10 residents reported. Do not rank by it."
    ),
    "Counted by the practices: exact, for their patients": (
        "Strong: counted by the practices, exact for their patients, wherever these live."
    ),
}
CHANGES_CONDITION = (
    "the registers of another year; above all the practices’ own records by where patients live."
)


def estimate_word(observation: Observation | None) -> str:
    """ "estimate", "weak estimate" (reliability D), or "" for figures that are counted."""
    if observation is None or observation.basis != "modelled":
        return ""
    return "weak estimate" if observation.reliability == "D" else "estimate"


@st.cache_resource(max_entries=2, show_spinner=False)
def _practice_names(version: str, _bundle: Bundle) -> dict[str, str]:
    known = _bundle.practices(_bundle.config.country_code)
    return dict(zip(known["practice_code"], known["practice_name"], strict=True))


def practice_name(bundle: Bundle, code: str) -> str:
    """A practice's name; its code for one beyond the Places, whose name is not in the tables."""
    where = "of none of the Places here" if bundle.config.outside else f"outside {bundle.config.region_name}"
    return _practice_names(bundle.version, bundle).get(code, f"practice {code} ({where})")


def registered_words(bundle: Bundle) -> str:
    """According to whom people are registered where, in this bundle."""
    used = bundle.registrations
    if used.provider == "nhs":
        return (
            "Counted: the NHS table of all registered patients by practice and small area "
            f"({used.extract_date})."
        )
    return (
        "Our own estimate, from list sizes, residents, distance and the published deprivation of each "
        "practice’s patients. The NHS table of patients by practice and small area is not among our data."
    )


def changes_words(bundle: Bundle) -> str:
    """What would change an estimate of a register."""
    if bundle.registrations.provider == "nhs":
        return f"The NHS table of another quarter; {CHANGES_CONDITION}"
    return (
        "The NHS table of patients by practice and small area, in place of our estimate of who is "
        f"registered where; {CHANGES_CONDITION}"
    )


def inputs_of(bundle: Bundle, observation: Observation) -> ReadinessInputs | None:
    """What an expected school readiness is made from; None for everything else."""
    if observation.indicator_id != "gld" or observation.group not in ("all", "expected"):
        return None
    return tables.supports(bundle.version).readiness(observation.area_code, observation.period)


def note_of(
    bundle: Bundle, observation: Observation, *, where: str = "here", strong_only: bool = False
) -> str:
    """What a crude figure of a register hides about age; "" for any other figure.

    Years without a standardised figure borrow the note of the latest, as far as the crude figure stands to
    England's as it does there.
    """
    indicator = bundle.catalogue[observation.indicator_id]
    if not indicator.id.startswith("qof-") or observation.group != "all":
        return ""
    country = bundle.config.country_code
    support = support_of(bundle, observation)
    england = bundle.value(indicator.id, country, observation.period)
    if support is not None:
        return age_note(indicator, observation, support, england, where=where, strong_only=strong_only)
    latest = bundle.value(indicator.id, observation.area_code)
    if latest is None or england is None or latest.period == observation.period:
        return ""
    then, mark = support_of(bundle, latest), bundle.value(indicator.id, country, latest.period)
    if (
        mark is None
        or directions(latest, then, mark.value)[0] != directions(observation, None, england.value)[0]
    ):
        return ""
    note = age_note(indicator, latest, then, mark, where=where, strong_only=strong_only)
    return f"Known for {latest.period}: {note[:1].lower()}{note[1:]}" if note else ""


def percent(share: float) -> str:
    """A share of 1 as whole per cent: "34%"; under one half of a per cent "under 1%"."""
    return "under 1%" if share < 0.005 else f"{round(share * 100)}%"


def practices_words(bundle: Bundle, found: list[PracticeShare]) -> str:
    """The practices behind an area with their shares of its residents: the largest six and the rest."""
    first = found[:MOST_PRACTICES]
    words = [f"{practice_name(bundle, item.practice_code)} {percent(item.share)}" for item in first]
    rest = 1 - sum(item.share for item in first)
    return "; ".join([*words, f"all others together {percent(rest)}"] if rest >= 0.005 else words) + "."


def members_words(bundle: Bundle, observation: Observation) -> str:
    """The practices that a Place's or network's registers are counted by, the largest named; or ""."""
    column = {"place": "place_code", "pcn": "pcn_code"}.get(observation.area_level)
    if column is None:
        return ""
    every = bundle.practices(bundle.config.country_code)
    found = every[(every[column] == observation.area_code) & every["list_size"].notna()]
    if found.empty:
        return ""
    share = found.set_index("practice_name")["list_size"].sort_values(ascending=False)
    share = share / share.sum()
    first = "; ".join(f"{name} {percent(part)}" for name, part in share.iloc[:MOST_PRACTICES].items())
    largest = "of their patients" if len(share) <= MOST_PRACTICES else "of their patients, the largest"
    return f"{len(share)} practices belong to it now. Shares {largest}: {first}."


def effective_words(effective: float, largest: str, share: float) -> str:
    """How many practices count, and whether one dominates."""
    count = max(round(effective), 1)
    text = f"It is about as if {count} practices shared the residents equally."
    if count == 1:
        text = "It is about as if a single practice had all the residents."
    if share > 0.5:
        return (
            f"{text} One practice dominates: {largest} has {percent(share)} of the residents, so how it "
            "finds and records illness shows in the figure."
        )
    return f"{text} No practice dominates: the largest has {percent(share)}."


def coverage_words(coverage: float) -> str:
    """For how many residents the practices reported."""
    if coverage > 0.995:
        return "The practices of all residents reported this register."
    return (
        f"The practices of {percent(coverage)} of residents reported this register. The others are taken to "
        "be like them, not to be well."
    )


def range_words(indicator: Indicator, observation: Observation) -> str:
    """What the 95% limits say of the figure, by how it was made."""
    between = limits(indicator, observation.lower, observation.upper)
    if not between:
        reasons = [code for code in indicator.caveats if code.startswith("no-limits-")]
        known = store.the_catalogue().caveats
        return known[reasons[0]].short if reasons else "No confidence limits are given for this figure."
    if observation.basis == "modelled":
        if indicator.id == "gld":
            return f"If children were counted here, the figure should lie {between} (95% limits)."
        return f"We are 95% sure that the figure for residents lies {between}, if the method holds."
    if indicator.interval == "published":
        return f"95% limits as the publisher printed them: {between}."
    return (
        f"95% limits: {between}. The people are counted; the limits allow for the chance in a count of this "
        "size, as if the year had run a little differently."
    )


def counts_words(indicator: Indicator, observation: Observation) -> str:
    """The counts behind a share or rate; "" where there are none."""
    above, below = observation.numerator, observation.denominator
    if above is None or below is None:
        return ""
    base = indicator.denominator_text
    about = "About " if observation.basis != "published" and (above % 1 or below % 1) else ""
    return f"{about}{number(above)} of {number(below)}. Out of: {base[:1].lower()}{base[1:]}."


def standardised_words(
    bundle: Bundle, indicator: Indicator, observation: Observation, support: Support
) -> str:
    """The figure allowing for age, with its limits, beside England's and what that changes."""
    if not has_standardised(support):
        return (
            "Not known: differences between practices do not show how this condition depends on age."
            if indicator.id != "qof-entries-per-100-adults"
            else "Not known for several conditions together."
        )
    country = bundle.config.country_code
    england = bundle.value(indicator.id, country, observation.period)
    value = figure(indicator, support.standardised)
    between = limits(indicator, support.standardised_lower, support.standardised_upper)
    mark = f"; England {figure(indicator, england.value)}" if england is not None else ""
    note = note_of(bundle, observation)
    return f"{value} if people’s ages were as in England, {between}{mark}. {note}".rstrip()


def condition_rows(bundle: Bundle, indicator: Indicator, observation: Observation, support: Support) -> Rows:
    """The lines for a figure of a GP register."""
    rows: Rows = [
        ("How far to trust it", REASONS.get(support.reliability_reason, support.reliability_reason))
    ]
    rows.append(("Allowing for age", standardised_words(bundle, indicator, observation, support)))
    if observation.basis != "modelled":
        members = ("Practices", members_words(bundle, observation))
        return [*rows, ("Counts", counts_words(indicator, observation)), members]
    if support.coverage is not None:
        rows.append(("Coverage", coverage_words(support.coverage)))
    practices = tables.supports(bundle.version).practices(observation.area_code)
    rows.append(("Who is registered where", registered_words(bundle)))
    if practices:
        rows.append(("Practices", f"Residents by practice: {practices_words(bundle, practices)}"))
    if support.effective_practices is not None and support.largest_share is not None:
        name = practice_name(bundle, support.largest_practice)
        rows.append(
            (
                "How many count",
                effective_words(support.effective_practices, name, support.largest_share),
            )
        )
    return [*rows, ("What would change it", changes_words(bundle))]


def counted_rows(bundle: Bundle, indicator: Indicator, observation: Observation) -> Rows:
    """The lines for a published, summed or shared-out figure."""
    expected = bundle.value(indicator.id, observation.area_code, observation.period, "expected")
    beside = beside_expected(indicator, observation, expected) if observation.group == "all" else ""
    return [
        ("Beside expectation", beside),
        ("How far to trust it", f"{RELIABILITY_WORDS[observation.reliability]}."),
        ("Counts", counts_words(indicator, observation)),
    ]


def rows_of(bundle: Bundle, indicator: Indicator, observation: Observation) -> Rows:
    """Everything known of how sure a figure is, as pairs of heading and plain text; none are empty."""
    if observation.value is None:
        return [("No figure", capital(unavailable(observation.status)) + ".")]
    support, inputs = support_of(bundle, observation), inputs_of(bundle, observation)
    if support is not None:
        rest = condition_rows(bundle, indicator, observation, support)
    elif inputs is not None and observation.basis == "modelled":
        rest = readiness_rows(bundle, observation, inputs)
    else:
        rest = counted_rows(bundle, indicator, observation)
    source = store.the_catalogue().sources[observation.source_id]
    return [
        (name, text)
        for name, text in [
            ("Range", range_words(indicator, observation)),
            *rest,
            ("How it was made", f"{capital(BASIS_WORDS[observation.basis])}."),
            (
                "Source",
                f"{source.publisher}, {source.title}: {period_words(indicator, observation.period)}.",
            ),
        ]
        if text
    ]


def details_html(
    bundle: Bundle, indicator: Indicator, observation: Observation, *, summary: str = SUMMARY, about: str = ""
) -> str:
    """The part that opens under a figure. `about` names the figure for those who hear the page."""
    rows = rows_of(bundle, indicator, observation)
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    hidden = f'<span class="visually-hidden"> {escape(about)}</span>' if about else ""
    return f'<details class="about"><summary>{escape(summary)}{hidden}</summary><dl>{pairs}</dl></details>'
