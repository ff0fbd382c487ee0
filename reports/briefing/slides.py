"""The slides of a briefing about one area, from the tables: pure data, nothing drawn."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from data.query import Bundle
from reports.briefing import figures, health
from reports.briefing.context import Context
from reports.briefing.model import KINDS, LEVELS, Circle, Deck, Slide
from reports.briefing.words import capital

KIND_WORDS = {"neighbourhood": "neighbourhood", "ward": "ward", "place": "Place"}
MOST_SOURCES = 6
ALIKE = 0.75  # of the letters, for a name to be offered
MOST_NEAR = 5  # names that a message about an unknown area offers
LONGEST = 40  # letters of an unknown area that are repeated and looked at


class UnknownAreaError(ValueError):
    """No briefing can be made for this code; the message says why and what is near."""


def opening(context: Context) -> Slide:
    """The area's name, and its outline."""
    where = "" if context.is_place else f" in {context.bundle.name(context.place_code)}"
    kind = "" if context.is_place else f"{capital(KIND_WORDS[context.level])}{where}. "
    return Slide(
        "title",
        KINDS["title"],
        context.name,
        context.whereabouts.map(labels=False),
        context.working,
        (f"{kind}Life and health here, in figures.",),
        (
            "Arrow keys, space or a presenter’s remote move through the slides. B makes the screen black, "
            "F fills the screen, R changes between a dark and a light room.",
            "Every figure is official or made from official figures, and estimates are called estimates.",
            *([f"The neighbourhoods: {_full_label(context)}"] if context.working else []),
        ),
    )


def _full_label(context: Context) -> str:
    status = context.bundle.neighbourhood_status(context.place_code)
    return status.label if status else ""


def where(context: Context) -> Slide:
    """The area among its neighbours."""
    return Slide(
        "where",
        KINDS["where"],
        f"{capital(context.inside)} is {context.whereabouts.position}",
        context.whereabouts.map(),
        context.working,
        (),
        (
            "Ask the room what belongs to this area for them, and what does not.",
            *([_full_label(context)] if context.working else []),
        ),
        "Boundaries of 2025. OS data © Crown copyright 2025",
    )


def talk(context: Context) -> Slide:
    """Three questions for the room; the middle one is about the first thing to work on."""
    worse = context.tested.of("worse")
    subject = (
        f"“{worse[0].label}”: who works on it already, and who is missing?"
        if worse
        else ("Who here is not doing well, though the averages look good?")
    )
    return Slide(
        "talk",
        KINDS["talk"],
        "What do you see that the figures cannot?",
        Circle("People sitting in a circle, talking."),
        "",
        (
            "What helps people here that nobody counts?",
            subject,
            "What one thing could we do before we meet again?",
        ),
        (
            "Give people two minutes in pairs before anybody speaks to the room.",
            "Write down what you hear in people’s own words, and say when they will hear back.",
        ),
    )


def sources(context: Context) -> Slide:
    """Every source that the other slides name, with its publisher."""
    lines = [f"{what}: {publisher}" for what, publisher in context.cited.items()]
    if len(lines) > MOST_SOURCES:
        more = len(lines) - MOST_SOURCES + 1
        lines = [*lines[: MOST_SOURCES - 1], f"and {more} more, named on their slides"]
    return Slide(
        "sources",
        KINDS["sources"],
        "Made from official figures",
        None,
        context.working,
        (*lines, "Boundaries: Office for National Statistics, Ordnance Survey"),
        (
            f"Made from the dashboard’s tables, version {context.bundle.version}. The dashboard shows every "
            "figure with its limits, its method and what to beware of.",
        ),
        "Open Government Licence v3.0. Contains OS data © Crown copyright 2025.",
    )


def _near(bundle: Bundle, text: str) -> list[str]:
    """Codes of areas whose name or code is like a text; those that contain it first.

    For a small area or a network that fits, its Place stands in.
    """
    matches = bundle.find(text, 60)
    found = [match.area_code for match in matches if match.area_level in LEVELS]
    areas = bundle.areas[bundle.areas["area_level"].isin(LEVELS)]
    called: dict[str, list[str]] = {}
    for code, name in areas["area_name"].items():
        for word in {str(code).lower(), str(name).lower(), *str(name).lower().split()}:
            called.setdefault(word, []).append(str(code))
    alike = get_close_matches(text.lower(), list(called), 3, ALIKE) if len(text) <= LONGEST else []
    found += [code for word in alike for code in called[word]]
    around = bundle.areas["place_code"].reindex([match.area_code for match in matches])
    return list(dict.fromkeys([*found, *around.dropna()]))[:MOST_NEAR]


def check(bundle: Bundle, code: str) -> str:
    """The code as the tables have it. UnknownAreaError when no briefing can be made for it."""
    text = code.strip()
    for wanted in (text, text.upper()):
        if wanted in bundle.areas.index and bundle.areas.loc[wanted, "area_level"] in LEVELS:
            return wanted
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    message = f"There is no neighbourhood, ward or Place with the code “{shown}”."
    near = _near(bundle, text)
    if near:
        levels = bundle.areas["area_level"]
        names = "; ".join(f"{bundle.name(found)} ({levels[found]}): {found}" for found in near)
        message += f" Did you mean: {names}?"
    else:
        message += " Codes look like LPL-W03 (neighbourhood), E05015277 (ward) or E08000012 (Place)."
    raise UnknownAreaError(message)


def chosen(text: str | None) -> tuple[str, ...]:
    """The kinds that an address names ("where,people"), in its order; all of them where it names none."""
    wanted = [part.strip().lower() for part in (text or "").split(",")]
    return tuple(dict.fromkeys(part for part in wanted if part in KINDS)) or tuple(KINDS)


def build(bundle: Bundle, code: str, kinds: Sequence[str] = ()) -> Deck:
    """The deck of an area with the slides wanted, in that order (all, in the usual order, by default).

    A slide whose figures an area does not have is left out. UnknownAreaError as `check`.
    """
    context = Context(bundle, check(bundle, code))
    makers = {
        "title": lambda: opening(context),
        "where": lambda: where(context),
        "people": lambda: figures.residents(context),
        "well": lambda: figures.things(context, "well"),
        "work": lambda: figures.things(context, "work"),
        "school": lambda: figures.school(context),
        "conditions": lambda: health.conditions(context),
        "compare": lambda: figures.compare(context),
        "unknown": lambda: health.unknown(context),
        "talk": lambda: talk(context),
    }
    made = {kind: makers[kind]() for kind in kinds or KINDS if kind in makers}
    present = {kind: slide for kind, slide in made.items() if slide is not None}
    if "sources" in (kinds or KINDS):
        present["sources"] = sources(context)
    order = [kind for kind in (kinds or KINDS) if kind in present]
    slides = tuple(present[kind] for kind in order)
    return Deck(context.code, context.name, context.working, bundle.version, slides)
