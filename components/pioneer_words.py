"""Sentences of the Pioneer Places page. They claim a difference only where the limits allow it."""

from __future__ import annotations

from components.legend import short_noun
from components.pioneer_state import Teams
from data.catalogue.model import Indicator
from data.pioneer_registers import Change, Clusters, Gap
from data.pioneers import ENTRIES, Burden
from data.query import Bundle
from geo.config import Place
from house_style.figures import number, period_words
from house_style.level_names import listed
from house_style.narrative import of
from methods.compare import direction
from methods.results import Estimate

NOT_PEOPLE = (
    "Entries, not people: somebody with three conditions counts three times. 18 registers of what practices "
    "have diagnosed and recorded (Quality and Outcomes Framework). Not adjusted for age, so part of the "
    "difference from England, and between areas, is age; the gap by register, adjusted, is below."
)
ACROSS = "This compares areas, not people, and neighbouring areas resemble each other."
NBSP = "\u00a0"  # figures that belong together stay on one line
NAMED = 3  # areas that a sentence names; more are counted


def noun(level: str, count: int = 2) -> str:
    """ "wards", "local areas", "networks"."""
    if level == "pcn":
        return "network" if count == 1 else "networks"
    return short_noun(level, count)


def title(bundle: Bundle, place: Place, found: Burden) -> str:
    """The Place against England, and its areas against its average, both by their limits."""
    own, england = bundle.value(ENTRIES, place.code), bundle.value(ENTRIES, bundle.config.country_code)
    if own is None or own.value is None or england is None or england.value is None:
        return f"{place.name}: adults with long-term conditions"
    how = {"higher": "more", "lower": "fewer"}.get(direction(own.lower, own.upper, england.value))
    start = f"{place.name} has {how} long-term condition entries per 100 adults than" if how else (
        f"{place.name} has about as many long-term condition entries per 100 adults as"
    )  # fmt: skip
    return f"{start} England ({number(own.value)}{NBSP}and{NBSP}{number(england.value)}); {_within(found)}"


def _within(found: Burden) -> str:
    above, count = found.named("higher"), len(found.table)
    among = f"its {count} {noun(found.level, count)}"
    if not above:
        none = "neither" if count == 2 else "none"
        return f"{none} of {among} is clearly above average"
    verb = "is" if len(above) == 1 else "are"
    who = listed(above) if len(above) <= NAMED else f"{len(above)}"
    return f"of {among}, {who} {verb} clearly above average"


def where(found: Burden) -> str:
    """The highest and the lowest areas."""
    rows = found.table
    if len(rows) < 2:
        return f"{rows['area_name'].iloc[0]}: {number(rows['value'].iloc[0])} for every 100 adults."
    top = [
        f"{row.area_name} ({number(row.value)})" for row in rows.head(min(NAMED, len(rows) - 1)).itertuples()
    ]
    low = rows.iloc[-1]
    return (
        f"Highest: {listed(top)}. Lowest: {low['area_name']} ({number(low['value'])}). "
        f"The average is {number(found.average)}."
    )


def how_sure(found: Burden) -> str:
    """How far the list can be trusted, in one or two sentences."""
    rows = found.table
    apart = int(rows["standing"].isin(["higher", "lower"]).sum())
    differ = (
        f"{apart} of the {len(rows)} {noun(found.level, len(rows))} {'differs' if apart == 1 else 'differ'}"
    )
    differ += " from the average by more than the limits"
    if found.level == "pcn":
        return f"Exact counts, for registered patients; the limits allow for chance only. {differ}."
    reach = float(((rows["upper"] - rows["lower"]) / 2).median())
    weak = int((rows["reliability"] == "D").sum())
    tail = f" {weak} {'is' if weak == 1 else 'are'} weak." if weak else ""
    return (
        "Only roughly: these are estimates for residents, and the 95% limits typically reach "
        f"{number(reach)} "
        f"to either side. {differ}; the order of the others is uncertain.{tail}"
    )


def who_serves(found: Burden, teams: Teams) -> str:
    """Networks, practices and how clearly the areas belong to them."""
    patients, practices = float(teams.table["patients"].sum()), int(teams.table["practices"].sum())
    start = (
        f"{len(teams.table)} primary care networks with {practices} practices and "
        f"{number(round(patients, -3))} registered patients"
    )
    start += (
        f", and {teams.loose} practice{'s' if teams.loose > 1 else ''} in no network." if teams.loose else "."
    )
    if "top_network_share" not in found.table:
        return start
    clear = int((found.table["top_network_share"] >= 0.8).sum())
    count = len(found.table)
    areas = f"{clear} of {count} {noun(found.level, count)}"
    return f"{start} In {areas} one network has at least 8 in 10 residents."


def linked(found: Estimate | None, more: str, fewer: str, none: str) -> str:
    """One of three sentences, by the limits of a rank correlation, with the correlation behind it."""
    if found is None:
        return ""
    said = none if not found.excludes(0) else more if found.value > 0 else fewer
    return f"{said} (rank correlation {rank_words(found)})."


def rank_words(found: Estimate) -> str:
    """A correlation with its limits: "0.64, between 0.20 and 0.87"."""
    return f"{number(found.value, 2)}, between {number(found.lower, 2)} and {number(found.upper, 2)}"


def name(item: Indicator) -> str:
    """A register inside a sentence."""
    return of(item)


def cluster_words(found: Clusters, names: dict[str, str], place: Place) -> str:
    """The pairs that go together most clearly."""
    together = found.pairs[found.pairs["clear"] & (found.pairs["value"] > 0)].head(NAMED)
    if together.empty:
        return (
            f"Across the {found.practices} practices of {place.name}, no two conditions go together more "
            "than "
            f"chance allows among {len(found.pairs)} pairs."
        )
    pairs = [f"{names[row.first]} with {names[row.second]}" for row in together.itertuples()]
    return (
        f"Across the {found.practices} practices of {place.name}, where one is common so is the other: "
        f"{listed(pairs)}."
    )


def gap_words(found: list[Gap], place: Place) -> str:
    """How many registers are higher than England's, as recorded and with age taken into account."""
    here = [item.places[place.code] for item in found]
    crude = [one for one in here if one.crude is not None]
    adjusted = [one for one in here if one.standard is not None]
    more = sum(one.crude_verdict == "higher" for one in crude)
    still = sum(one.standard_verdict == "higher" for one in adjusted)
    before = sum(one.crude_verdict == "higher" for one in adjusted)
    return (
        f"{more} of {len(crude)} registers are higher in {place.name} than in England as recorded. Of the "
        f"{len(adjusted)} that can be adjusted for age, {before} are higher as recorded and {still} once "
        "age is taken into account."
    )


def change_words(found: list[Change], place: Place, since: str) -> str:
    """How many registers grew, and by how many of them more than in England."""
    up = [one for one in found if one.words == "up"]
    down = sum(one.words == "down" for one in found)
    ahead = sum(one.beside_england == "above England’s" for one in up)
    period = period_words(found[0].indicator, since).removeprefix("financial year ")
    return (
        f"{len(up)} of {len(found)} registers of {place.name} hold a larger share of patients than in "
        f"{period} or "
        f"their first year since, {down} a smaller one; {ahead} grew by more than in England."
    )
