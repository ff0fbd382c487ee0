"""Sentences of a comparison. Each word of comparison comes from a judgement by limits or from a test.

Nothing here looks at a figure's value: what was not tested cannot be said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.comparison import Against, Line, Tally, tallies
from house_style.level_names import listed

NAMED = 3  # areas that a heading names before it becomes too long to read


def mark_words(against: Against, *, own: bool = False) -> str:
    """The benchmark in a sentence: "England", "its Place" (own) or "their Place"."""
    if against == "england":
        return "England"
    return "its Place" if own else "their Place"


def of(count: int, total: int) -> str:
    """ "none of 7 figures", "7 of 8 figures", "all 8 figures"."""
    noun = "figure" if total == 1 else "figures"
    if total and count == total:
        return f"all {total} {noun}" if total > 1 else f"the one {noun}"
    return f"{count or 'none'} of {total} {noun}"


def over_all(tallies: Sequence[Tally], names: Mapping[str, str], against: Against) -> str:
    """Which of the areas are worse than the benchmark on how many figures: the heading of the whole table."""
    judged = [tally for tally in tallies if tally.judged]
    if not judged:
        which = listed(list(names.values())) if len(names) <= NAMED else f"These {len(names)} areas"
        return f"{which}: no figure here can be called better or worse than {mark_words(against)}"
    if len(judged) == 1:
        tally = judged[0]
        better = f"better on {tally.better or 'none'}"
        return (
            f"{names[tally.area_code]} is worse than {mark_words(against, own=True)} on "
            f"{of(tally.worse, tally.judged)} and {better}"
        )
    word = "worse" if any(tally.worse for tally in judged) else "better"
    count = {tally.area_code: getattr(tally, word) for tally in judged}
    parts = [f"{names[tally.area_code]} on {of(count[tally.area_code], tally.judged)}" for tally in judged]
    head = f"{word.capitalize()} than {mark_words(against)}: "
    if len(judged) <= NAMED:
        return head + "; ".join(parts)
    ordered = sorted(judged, key=lambda tally: count[tally.area_code] / tally.judged)
    ends = [parts[judged.index(ordered[-1])], parts[judged.index(ordered[0])]]
    return head + "; ".join(ends) + f"; the other {len(judged) - 2} below"


def counted(tally: Tally) -> str:
    """All judgements of one area: "7 worse, 1 similar, 0 better; 30 not compared"."""
    parts = []
    if tally.judged:
        parts.append(f"{tally.worse} worse, {tally.similar} similar, {tally.better} better")
    if tally.higher + tally.lower + tally.alike:
        parts.append(f"{tally.higher} higher, {tally.alike} about the same, {tally.lower} lower")
    if tally.not_compared:
        parts.append(f"{tally.not_compared} not compared")
    return "; ".join(parts) or "no figures"


def notes(lines: Sequence[Line]) -> dict[str, str]:
    """All judgements of each area in a line of words; of the benchmark itself, that it is one."""
    marks = {cell.mark_code for line in lines for cell in line.cells if cell.mark_code}
    return {
        tally.area_code: (
            "what the others are compared with"
            if tally.area_code in marks and not tally.judged + tally.higher + tally.lower + tally.alike
            else counted(tally)
        )
        for tally in tallies(lines)
    }


def by_verdict(line: Line, names: Mapping[str, str], against: Against) -> str:
    """How the areas stand on one figure: "worse than England: A and B; similar: C"."""
    order = ("worse", "better", "higher", "lower", "similar")
    own = len(line.cells) == 1
    parts: list[str] = []
    for verdict in order:
        found = [names[cell.area_code] for cell in line.cells if cell.verdict == verdict]
        if not found:
            continue
        than = ""
        if not parts:
            than = f" {'to' if verdict == 'similar' else 'than'} {mark_words(against, own=own)}"
        parts.append(f"{verdict}{than}: {listed(found)}")
    return "; ".join(parts)


def one_figure(line: Line, names: Mapping[str, str], against: Against) -> str:
    """The heading over one figure; says so where nothing can be compared."""
    words = by_verdict(line, names, against)
    if not words:
        return f"{line.title}: not compared with {mark_words(against)}"
    return f"{line.title}. {words[:1].upper()}{words[1:]}"


def ages(line: Line | None, names: Mapping[str, str]) -> str:
    """The heading over the ages, from the test on the share aged 65 and over."""
    if line is None or not line.count("higher", "lower", "similar"):
        return "How old the residents are"
    words = {"higher": "a larger share", "lower": "a smaller share", "similar": "about the same share"}
    parts: list[str] = []
    for verdict, text in words.items():
        found = [names[cell.area_code] for cell in line.cells if cell.verdict == verdict]
        if found:
            than = "" if parts else f" {'as' if verdict == 'similar' else 'than'} in England"
            parts.append(f"{text}{than} in {listed(found)}")
    return "People aged 65 and over: " + "; ".join(parts)
