"""School readiness on paper: published, counted by the council, or what family income leads to expect."""

from __future__ import annotations

from data.figure_words import figure, limits
from data.query import Bundle, Observation
from house_style.expected_readiness import EXPECTED, beside_expected, children_words
from house_style.figures import STATUS_WORDS
from house_style.narrative import caps, verdict
from reports.profile.key_rows import benchmarks
from reports.profile.model import Readiness

MEANS = (
    "Ready for school means a good level of development at the end of the reception year, as teachers assess "
    "it."
)
NONE = "School readiness is published for whole Places only, and there is no estimate for this area."


def readiness(bundle: Bundle, code: str) -> Readiness:
    """What can be said of school readiness here, with the number of children."""
    own = bundle.value("gld", code)
    expected = bundle.value("gld", code, own.period, "expected") if own is not None else None
    if own is not None and own.value is not None:
        return (
            _expected(bundle, code, own) if own.basis == "modelled" else _counted(bundle, code, own, expected)
        )
    if expected is not None and expected.value is not None:
        return _expected(bundle, code, expected, f"The council’s count is {STATUS_WORDS['suppressed']}.")
    return Readiness("no figure", "", (NONE, MEANS), None, None, None, (), NONE)


def _marks(bundle: Bundle, code: str, own: Observation) -> tuple[tuple[str, float], ...]:
    found = [(item, bundle.value("gld", item, own.period)) for item in benchmarks(bundle, code)]
    return tuple((bundle.name(item), mark.value) for item, mark in found if mark and mark.value is not None)


def _picture(bundle: Bundle, own: Observation, marks: tuple[tuple[str, float], ...]) -> str:
    indicator = bundle.catalogue["gld"]
    range_words = limits(indicator, own.lower, own.upper)
    band = f", with a band {range_words}" if range_words else ""
    beside = "".join(f"; {name} {figure(indicator, value)}" for name, value in marks)
    return f"A line from 0% to 100%: {figure(indicator, own.value)}{band}{beside}."


def _expected(bundle: Bundle, code: str, own: Observation, before: str = "") -> Readiness:
    indicator = bundle.catalogue["gld"]
    label = "A weak estimate" if own.reliability == "D" else "An estimate"
    value, range_words = figure(indicator, own.value), limits(indicator, own.lower, own.upper)
    children = children_words(own)
    lines = [
        f"By family income we would expect {value} of five-year-olds here to be ready for school"
        + (f", {range_words}." if range_words else "."),
        f"{caps(children)}." if children else "",
        before,
        EXPECTED,
        MEANS,
    ]
    marks = _marks(bundle, code, own)
    return Readiness(
        value, f"{label} from family income, not a count", tuple(filter(None, lines)),
        own.value, own.lower, own.upper, marks, _picture(bundle, own, marks),
    )  # fmt: skip


def _counted(bundle: Bundle, code: str, own: Observation, expected: Observation | None) -> Readiness:
    indicator = bundle.catalogue["gld"]
    value, range_words = figure(indicator, own.value), limits(indicator, own.lower, own.upper)
    country = bundle.config.country_code
    england = bundle.value("gld", country, own.period)
    judged = verdict(bundle, indicator, own, england)
    lines = [
        f"{value} of five-year-olds were ready for school in {own.period}"
        + (f" (95% limits {range_words})." if range_words else ".")
    ]
    if england is not None and england.value is not None and judged != "not compared":
        word = "similar to" if judged == "similar" else f"{judged} than"
        lines.append(f"That is {word} England ({figure(indicator, england.value)}).")
    children = children_words(own)
    lines.append(f"{caps(children)}." if children else "")
    with_meals, others = (bundle.value("gld", code, own.period, group) for group in ("fsm", "not-fsm"))
    if with_meals and others and with_meals.value is not None and others.value is not None:
        lines.append(
            f"Of children with free school meals {figure(indicator, with_meals.value)}, of other children "
            f"{figure(indicator, others.value)}."
        )
    beside = beside_expected(indicator, own, expected)
    lines += [beside, f"{EXPECTED}" if beside else "", MEANS]
    marks = _marks(bundle, code, own)
    label = "The council’s own count" if expected is not None else ""
    return Readiness(
        value, label, tuple(filter(None, lines)), own.value, own.lower, own.upper, marks,
        _picture(bundle, own, marks),
    )  # fmt: skip
