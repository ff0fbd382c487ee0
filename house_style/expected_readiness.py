"""School readiness that family income leads to expect: what it means, and a count beside it."""

from __future__ import annotations

from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from data.support import ReadinessInputs
from house_style.area_facts import name_of, place_of
from house_style.figures import figure, limits, number
from house_style.narrative import caps
from methods.compare import direction
from methods.small_area.children import children_in_words

ENOUGH_CHILDREN = 40  # under it the build grades an expected rate D
EXPECTED = (
    "This is what we would expect here given family income; it cannot show where a neighbourhood does better "
    "or worse than that."
)
CHANGES = (
    "The council’s own counts of children, which would take the place of this estimate, or another year’s "
    "rates of the Place. How well schools and nurseries here do does not enter."
)
Rows = list[tuple[str, str]]


def is_expected(observation: Observation | None) -> bool:
    """True for a school readiness made from family income: it is never judged against another figure."""
    return observation is not None and observation.indicator_id == "gld" and observation.basis == "modelled"


def children_words(observation: Observation) -> str:
    """How many children: "about 140 of 400 children who start school would not be ready"; "" unknown."""
    if observation.numerator is None or observation.denominator is None:
        return ""
    return children_in_words(
        observation.numerator, observation.denominator, estimated=observation.basis == "modelled"
    )


def readiness_rows(bundle: Bundle, observation: Observation, inputs: ReadinessInputs) -> Rows:
    """The lines for a school readiness that is expected, not counted."""
    place = place_of(bundle, observation.area_code)
    name = name_of(bundle, place) if place else "the Place"
    few = "Fewer than 40 children start school here in a year, so chance alone moves the figure a lot."
    weak = few if inputs.children < ENOUGH_CHILDREN else "For too many children here income is withheld."
    reason = "Fair, which is the best an estimate can be."
    if observation.reliability == "D":
        reason = f"Weak: {weak[:1].lower()}{weak[1:]} Do not rank by it."
    made = (
        f"About {number(inputs.children)} children starting school (Census 2021, scaled to the Place); "
        f"{inputs.income_deprived:.0f}% of children in income-deprived families (Indices of Deprivation "
        f"2025), which makes about {inputs.fsm_share:.0f}% with free school meals; and the rates of {name}: "
        f"{inputs.place_rate_fsm:.1f}% ready with free school meals, "
        f"{inputs.place_rate_not_fsm:.1f}% without."
    )
    wrong = (
        f"Typical errors, in percentage points: chance among the children {inputs.sd_chance:.1f}; "
        f"differences that income does not explain {inputs.sd_differences:.1f}; free school meals worked out "
        f"from income {inputs.sd_share:.1f}; the rates of {name} {inputs.sd_rates:.1f}."
    )
    return [
        ("What it is", EXPECTED),
        ("How far to trust it", reason),
        ("Children", f"{caps(children_words(observation))}."),
        ("Made from", made),
        ("What it may be out by", wrong),
        ("What would change it", CHANGES),
    ]


def beside_expected(indicator: Indicator, actual: Observation | None, expected: Observation | None) -> str:
    """A council's count beside what family income leads to expect; "" unless both are there.

    The limits of the expected figure say where a count should lie: outside them the count differs from what
    is expected.
    """
    if actual is None or expected is None or actual.value is None or expected.value is None:
        return ""
    if actual.period != expected.period:
        return ""
    found = direction(expected.lower, expected.upper, actual.value)
    verdict = {
        "lower": "It is higher than what we would expect",
        "higher": "It is lower than what we would expect",
        "similar": "That is within what we would expect",
        "not compared": "It cannot be compared with what we would expect",
    }[found]
    between = limits(indicator, expected.lower, expected.upper)
    return (
        f"Counted by the council: {figure(indicator, actual.value)}. {verdict} given family income: "
        f"{figure(indicator, expected.value)}, {between}."
    )
