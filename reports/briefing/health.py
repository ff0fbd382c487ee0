"""The slides on long-term conditions and on what the figures cannot tell."""

from __future__ import annotations

from data.query import Observation
from methods.compare import direction
from reports.briefing.context import Context
from reports.briefing.model import KINDS, Bar, Bars, Range, Ranges, Slide
from reports.briefing.where import LEVEL_WORDS
from reports.briefing.words import listed

# What most people in a room live with or know somebody who does; the first five with a fair figure are shown.
CONDITIONS = {
    "qof-hyp": "High blood pressure",
    "qof-dep": "Depression",
    "qof-dm": "Diabetes",
    "qof-ast": "Asthma",
    "qof-chd": "Heart disease",
    "qof-copd": "Lung disease (COPD)",
    "qof-ckd": "Kidney disease",
}
SHOWN = 5
WEAK = "D"


def _found(context: Context) -> list[tuple[str, Observation, Observation]]:
    """Condition, figure here and England's; estimates with weak support are left out."""
    rows = []
    for indicator_id in CONDITIONS:
        own = context.value(indicator_id)
        mark = context.value(indicator_id, context.england_code, own.period) if own else None
        if own is not None and mark is not None and own.reliability != WEAK:
            rows.append((indicator_id, own, mark))
    return rows[:SHOWN]


def _standing_out(rows: list[tuple[str, Observation, Observation]]) -> str:
    """The condition recorded more often than in England beyond its limits, by the largest ratio."""
    found = [
        (own.value / mark.value, indicator_id)
        for indicator_id, own, mark in rows
        if own.value and mark.value and direction(own.lower, own.upper, mark.value) == "higher"
    ]
    return max(found)[1] if found else ""


def _bars(rows: list[tuple[str, Observation, Observation]], out: str) -> list[Bar]:
    """All rows out of the same number: a hundred, or a thousand where the one that stands out needs it."""
    shown = {indicator_id: (own.value or 0.0, mark.value or 0.0) for indicator_id, own, mark in rows}
    of = 1000 if out and round(shown[out][0]) == round(shown[out][1]) else 100
    return [
        Bar(CONDITIONS[name], value, _of(value, of), "area", mark, _of(mark, of))
        for name, (value, mark) in shown.items()
    ]


def _of(percent: float, of: int) -> str:
    return f"{round(percent * of / 100)} in {of:,}"


def conditions(context: Context) -> Slide | None:
    """Five long-term conditions as recorded by GPs: here, and England's mark."""
    rows = _found(context)
    if not rows:
        return None
    estimate = any(own.basis == "modelled" for _, own, _ in rows)
    out = _standing_out(rows)
    bars = _bars(rows, out)
    full = max(max(bar.value, bar.mark or 0) for bar in bars) * 1.15
    if not out:
        message = "None of these conditions is recorded clearly more often here than in England"
    else:
        name = CONDITIONS[out][:1].lower() + CONDITIONS[out][1:]
        message = f"GPs record {name} more often here than in England"
        message = f"We estimate that {message}" if estimate else message
    said = listed([f"{bar.label} {bar.words}, England {bar.mark_words}" for bar in bars])
    label = (
        "Estimates for residents, not counts." if estimate else "Patients of GPs here, wherever they live."
    )
    notes = [
        "These are diagnosed cases on GP registers. Somebody with three conditions is on three registers, so "
        "the bars must not be added up: they are entries, not people.",
        "They are not adjusted for age: an older area has more of most conditions. Depression is out of "
        "people aged 18 and over, diabetes 17 and over, asthma 6 and over, the others out of all ages.",
    ]
    if estimate:
        notes.append(
            "Nobody counts the registers by where patients live. The estimate shares each practice’s "
            "register among the areas of its patients by their ages and deprivation."
        )
    if not out:
        notes.append("“Clearly” means that the 95% limits leave England’s figure out.")
    else:
        own, mark = next((own, mark) for indicator_id, own, mark in rows if indicator_id == out)
        notes.append(
            f"{CONDITIONS[out]}: {own.value:.1f}% here (95% limits {own.lower:.1f}% to {own.upper:.1f}%), "
            f"{mark.value:.1f}% in England. Of the conditions shown above England’s, its figure is the "
            "largest multiple of England’s."
        )
    return Slide(
        "conditions",
        KINDS["conditions"],
        message,
        Bars(tuple(bars), (full,) * len(bars), f"Bars of conditions on GP registers: {said}."),
        label,
        (),
        tuple(notes),
        context.source((rows[0][0], rows[0][1].period)),
    )


def _range(label: str, found: Observation | None) -> Range | None:
    if found is None or found.value is None or found.lower is None or found.upper is None:
        return None
    words = f"{found.lower:.0f} to {found.upper:.0f} in 100"
    return Range(label, found.lower, found.value, found.upper, words)


def unknown(context: Context) -> Slide | None:
    """How wide the bands of some figures are, and what nobody counts."""
    bundle, code = context.bundle, context.code
    wanted = {
        "Ready for school at 5": context.value("gld"),
        "The same, free school meals": bundle.value("gld", code, None, "fsm") if context.is_place else None,
        "Depression": context.value("qof-dep") if not context.is_place else None,
        "Adults living with obesity": context.value("obesity-adults") if context.is_place else None,
    }
    if any(found is not None and found.basis == "modelled" for found in wanted.values()):
        wanted = {label: found for label, found in wanted.items() if found and found.basis == "modelled"}
    rows = [row for label, found in wanted.items() if (row := _range(label, found)) is not None]
    if not rows:
        return None
    used = {found.indicator_id: found for found in wanted.values() if found is not None}
    estimates = any(found.basis == "modelled" for found in used.values())
    if estimates:
        message = "Some of our figures are estimates: the truth is likely to lie in the band"
        points: tuple[str, ...] = (f"Nobody publishes these for {LEVEL_WORDS[context.level]}.",)
    else:
        message = "Even counted figures move by chance: the band shows how far"
        points = ("No figure can say why, or what it is like to live here.",)
    said = listed([f"{row.label} {row.words}" for row in rows])
    return Slide(
        "unknown",
        KINDS["unknown"],
        message,
        Ranges(tuple(rows), f"Bands: {said}."),
        "Estimates, with 95% limits." if estimates else "Figures with 95% limits.",
        points,
        (
            "The band holds 95% confidence limits: such a figure lies inside its band about 19 times in 20.",
            "Counts of people are of March 2021. What has changed since is not in them.",
            "No figure here says why something is so, or what people already do about it.",
        ),
        context.source(*((indicator_id, found.period) for indicator_id, found in used.items())),
    )
