"""The slides that show a figure: people, what goes well and what does not, school, conditions, comparison."""

from __future__ import annotations

from data.catalogue.model import Indicator
from data.tested import Thing
from reports.briefing.context import Context
from reports.briefing.model import KINDS, Bar, Bars, Icons, Part, Slide, Tally, Tone
from reports.briefing.words import capital, hundred, in_hundred, listed, pair, people, share, spelled, the

SHOWN = 3
ROOM = 1.15  # of the longest bar, so that it does not touch the end
CHILDREN, OLDER = ("age-00-04", "age-05-09", "age-10-14"), (
    "age-65-69", "age-70-74", "age-75-79", "age-80-84", "age-85-plus",
)  # fmt: skip
UNIT = {"years": " years", "rate-per-1000": " in 1,000", "rate-per-100000": " in 100,000"}


def residents(context: Context) -> Slide | None:
    """How many live here, and how many of a hundred are children or over 65."""
    bundle, ages = context.bundle, {}
    for group in bundle.groups("population-by-age"):
        found = bundle.value("population-by-age", context.code, None, group)
        if found is None or found.value is None:
            return None
        ages[group] = found.value
    total, young = sum(ages.values()), sum(ages[group] for group in CHILDREN)
    old = sum(ages[group] for group in OLDER)
    counts = hundred([young, total - young - old, old])
    words = ("under 15", "15 to 64", "65 or over")
    tones: tuple[Tone, ...] = ("area", "quiet", "third")
    parts = tuple(Part(*part) for part in zip(counts, words, tones, strict=True))
    said = listed([f"{part.count} are {part.words}" for part in parts])
    return Slide(
        "people",
        KINDS["people"],
        f"About {people(total)} people live here: {counts[0]} in every 100 are children",
        Icons(parts, f"A hundred people. {capital(said)}."),
        notes=(
            f"The census of March 2021 counted about {people(total)} people in {context.inside}.",
            f"Of every 100, {said}.",
            "It was taken during the pandemic, and the area may have changed since.",
        ),
        source=context.source(("population-by-age", "2021")),
    )


def number_words(indicator: Indicator, value: float, mark: float) -> tuple[str, str]:
    """A figure and England's in the same words: "49 in 100" and "23 in 100", "56.7 years" and "61.3"."""
    if indicator.statistic == "percentage":
        return pair(value, mark)
    unit = UNIT.get(indicator.statistic, "")
    return f"{value:,.{indicator.decimals}f}{unit}", f"{mark:,.{indicator.decimals}f}{unit}"


def _bar(thing: Thing) -> Bar:
    value, mark = float(thing.area.value or 0), float(thing.england.value or 0)
    words, mark_words = number_words(thing.indicator, value, mark)
    tone: Tone = "better" if thing.verdict == "better" else "worse"
    return Bar(thing.label, value, words, tone, mark, mark_words)


def _scales(shown: list[Thing], bars: list[Bar]) -> tuple[float, ...]:
    """The full length of each bar: one scale for all of a unit, so that a longer bar is a larger figure."""
    tops: dict[str, float] = {}
    for thing, bar in zip(shown, bars, strict=True):
        unit = thing.indicator.statistic
        tops[unit] = max(tops.get(unit, 0), bar.value, bar.mark or 0)
    return tuple(tops[thing.indicator.statistic] * ROOM for thing in shown)


def _tally(context: Context, verdict: str) -> Tally:
    tests = context.tested
    better, similar, worse = (len(tests.of(word)) for word in ("better", "similar", "worse"))
    alt = (
        f"Of {better + similar + worse} figures tested, {better} are better than England’s, {similar} "
        f"similar and {worse} worse."
    )
    return Tally(better, similar, worse, alt)


def _things_notes(context: Context, shown: list[Thing]) -> tuple[str, ...]:
    said = []
    for thing in shown:
        words, mark_words = number_words(thing.indicator, thing.area.value or 0, thing.england.value or 0)
        said.append(f"{thing.label}: {words} here, {mark_words} in England.")
    return (
        *said,
        f"Chosen from {len(context.tested.things)} subjects with 95% confidence limits. A figure counts as "
        "better or worse only when its limits leave England’s figure out. The strongest evidence comes "
        "first, and figures of nearly the same thing count once. Estimates are never used for this.",
    )


def things(context: Context, kind: str) -> Slide:
    """Up to three figures that are clearly better ("well") or worse ("work") than England's."""
    verdict = "better" if kind == "well" else "worse"
    found = context.tested.of(verdict)  # type: ignore[arg-type]
    shown, count = found[:SHOWN], len(context.tested.things)
    say = "going well" if kind == "well" else "to work on"
    title = f"{capital(spelled(len(shown)))} thing{'s' if len(shown) != 1 else ''} {say}"
    source = context.source(*dict.fromkeys((thing.indicator.id, thing.area.period) for thing in shown))
    if not shown:
        ask = (
            "What is good here that nobody counts?" if kind == "well" else "Who struggles here all the same?"
        )
        return Slide(
            kind,
            capital(say),
            f"No figure we can test is clearly {verdict} than England’s. {ask}",
            _tally(context, verdict),
            notes=_things_notes(context, []),
            source=context.source(
                *dict.fromkeys((thing.indicator.id, thing.area.period) for thing in context.tested.things)
            ),
        )
    bars = [_bar(thing) for thing in shown]
    if len(found) > SHOWN:
        which = (
            f"All {spelled(count)}"
            if len(found) == count
            else f"{capital(spelled(len(found)))} of {spelled(count)}"
        )
        message = f"{which} figures we can test are clearly {verdict} than England’s"
        points: tuple[str, ...] = ("These three have the strongest evidence.",)
    else:
        verb = "is" if len(found) == 1 else "are"
        which = f"Only {spelled(len(found))}" if len(found) < SHOWN else "Three"
        message = (
            f"{which} of the {spelled(count)} figures we can test {verb} clearly {verdict} than England’s"
        )
        points = ("No other figure passes the test.",) if len(found) < SHOWN else ()
    said = "; ".join(f"{bar.label}: {bar.words} here, {bar.mark_words} in England" for bar in bars)
    picture = Bars(tuple(bars), _scales(shown, bars), f"Bars. {said}.")
    return Slide(kind, title, message, picture, "", points, _things_notes(context, shown), source)


def school(context: Context) -> Slide | None:
    """How many of a hundred children are not yet ready for school at five."""
    found = context.value("gld")
    if found is None or found.value is None:
        return None
    ready = round(found.value)
    away = 100 - found.value
    modelled = found.basis == "modelled"
    said = share(away)
    if modelled:
        message = f"We would expect {said} children here not to be ready for school at 5"
        parts = (Part(100 - ready, "not yet ready", "area"), Part(ready, "ready", "quiet"))
    else:
        message = f"{capital(said)} children here are not yet ready for school at 5"
        parts = (Part(100 - ready, "not yet ready", "area"), Part(ready, "ready for school", "quiet"))
    label, points, notes = "", [], []
    low, high = found.lower, found.upper
    between = "" if low is None or high is None else f"between {round(100 - high)} and {round(100 - low)}"
    if modelled:
        weak = found.reliability == "D"
        label = f"{'A weak estimate' if weak else 'An estimate'} from family income, not a count"
        label += f": {between} in 100." if between else "."
        notes.append(
            "This is what we would expect here given family income; it cannot show where a neighbourhood "
            "does better or worse than that. It says nothing about schools or nurseries."
        )
    if found.numerator is not None and found.denominator is not None:
        missing, all_of = found.denominator - found.numerator, found.denominator
        points.append(f"That is about {people(missing)} of {people(all_of)} children in a school year.")
    if not modelled and between:
        notes.append(f"The 95% limits are {between} in 100.")
    notes.append(
        "Ready for school means a good level of development at the end of reception: talking, feelings, "
        "movement, reading, writing and numbers. Teachers assess it."
    )
    here = "would be expected not to be ready" if modelled else "are not yet ready"
    return Slide(
        "school",
        KINDS["school"],
        message,
        Icons(parts, f"A hundred children. {100 - ready} {here} for school at age 5; {ready} are."),
        label,
        tuple(points),
        tuple(notes),
        context.source(("gld", found.period), *([("children-income-deprived", "2025")] if modelled else [])),
    )


def compare(context: Context) -> Slide | None:
    """The area, its Place (or the region) and England on one figure: living in the most deprived fifth."""
    indicator_id = "imd-most-deprived-fifth"
    rows, names = [], []
    codes = tuple(dict.fromkeys((context.code, context.wider_code, context.england_code)))
    tones: tuple[Tone, ...] = ("area", "third", "quiet") if len(codes) == 3 else ("area", "quiet")
    for code, tone in zip(codes, tones, strict=True):
        found = context.value(indicator_id, code, "2025")
        if found is None or found.value is None:
            return None
        name = context.bundle.name(code).removesuffix(" area")
        rows.append(Bar(name, found.value, in_hundred(found.value), tone))
        names.append(f"{name} {in_hundred(found.value)}")
    own = rows[0].value
    said = "nobody" if own == 0 else "everybody" if own == 100 else f"{share(own)} people"
    if said in ("nobody", "everybody"):
        said += " here"
        verb = "lives"
    else:
        verb, said = "live", f"{said} here"
    return Slide(
        "compare",
        KINDS["compare"],
        f"{capital(said)} {verb} in the most deprived fifth of England",
        Bars(
            tuple(rows),
            (100.0,) * len(rows),
            f"Bars: people in the most deprived fifth of England. {listed(names)}.",
        ),
        notes=(
            "Small areas of about 1,500 people are put in order by income, work, education, health, crime, "
            "housing and surroundings. The fifth of England’s areas with the most need is the most deprived "
            "fifth.",
            "It describes areas, not people: not everyone who lives there is deprived, and many deprived "
            "people live elsewhere.",
            f"Beside {the(context.name)} stand {context.bundle.name(context.wider_code)} and England."
            if len(codes) == 3
            else f"Beside {the(context.name)} stands England.",
        ),
        source=context.source((indicator_id, "2025")),
    )
