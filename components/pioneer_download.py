"""The tables of the Pioneer Places page as CSV: limits, how each was made and its source in every row."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from components import downloads, store
from components.downloads import Offer
from components.pioneer_state import Registers, View
from data import pioneer_teams, pioneers
from data.pioneers import ENTRIES
from data.query import Bundle
from methods.results import Estimate

ENTRIES_NOTE = "register entries, not people; crude, not adjusted for age"


def csv(bundle: Bundle, view: View, table: pd.DataFrame, what: str) -> bytes:
    """A table with Place, meaning, source and version in every row (UTF-8 with its mark)."""
    source = store.the_catalogue().sources[bundle.catalogue[ENTRIES].source]
    fixed = {
        "place_code": view.place.code, "place_name": view.place.name, "what": what,
        "publisher": source.publisher,
        "source": source.title, "vintage": source.vintage, "licence": source.licence,
        "attribution": source.attribution, "data_version": bundle.version,
    }  # fmt: skip
    own = set(table.columns)
    added = {name: value for name, value in fixed.items() if name not in own}
    return table.assign(**added).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def areas_table(bundle: Bundle, view: View) -> pd.DataFrame:
    """The burden of wards, MSOAs and networks, one below the other, with who serves each."""
    tables = pioneers.support(bundle.version)
    found = (pioneers.burden(bundle, tables, view.place.code, level) for level in pioneers.LEVELS)
    parts = [one.table.assign(area_level=one.level, average=one.average) for one in found if one is not None]
    if not parts:
        return pd.DataFrame()
    named = {
        "value": "entries_per_100_adults", "lower": "lower_95", "upper": "upper_95", "numerator": "entries",
        "denominator": "adults", "deprivation": "imd_score", "older": "percent_65_and_over",
    }  # fmt: skip
    return pd.concat(parts, ignore_index=True).rename(columns=named)


def serving_table(bundle: Bundle, view: View) -> pd.DataFrame:
    """Share of residents by practice, for every ward and MSOA of the Place and the Place itself."""
    tables = pioneers.support(bundle.version)
    inside = bundle.areas[bundle.areas["place_code"] == view.place.code]
    inside = inside[inside["area_level"].isin(["ward", "msoa", "neighbourhood", "place"])]
    parts = [
        pioneers.serving(bundle, tables, str(code)).assign(
            area_code=str(code), area_name=row["area_name"], area_level=row["area_level"]
        )
        for code, row in inside.iterrows()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _ends(name: str, found: Estimate | None) -> dict[str, float | None]:
    parts = ("value", "lower_95", "upper_95")
    numbers = (None, None, None) if found is None else (found.value, found.lower, found.upper)
    return {f"{name}_{part}": number for part, number in zip(parts, numbers, strict=True)}


def gaps_table(found: Registers) -> pd.DataFrame:
    """Every register and Place: as recorded, adjusted for age, each with its verdict against England."""
    rows = [
        {
            "indicator_id": item.indicator.id, "register": item.indicator.title, "period": item.period,
            "unit": item.indicator.unit, "compared_place_code": code, **_ends("recorded", one.crude),
            "recorded_against_england": one.crude_verdict, **_ends("age_adjusted", one.standard),
            "age_adjusted_against_england": one.standard_verdict, "england": item.england,
        }
        for item in found.gaps
        for code, one in item.places.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def changes_table(found: Registers) -> pd.DataFrame:
    """Every register in its first and its latest year, and the difference."""
    rows = [
        {
            "indicator_id": one.indicator.id, "register": one.indicator.title, "unit": one.indicator.unit,
            "first_period": one.first, **_ends("first", one.before), "latest_period": one.last,
            **_ends("latest", one.now), **_ends("change", one.points), "change": one.words,
            **_ends("change_less_englands", one.than_england), "beware": " ".join(one.notes),
        }
        for one in found.changes
    ]  # fmt: skip
    return pd.DataFrame(rows)


def teams_table(bundle: Bundle, view: View) -> pd.DataFrame:
    """What a team of each network would cover."""
    table = pioneer_teams.teams(bundle, pioneers.support(bundle.version), view.place.code)
    if table.empty:
        return table
    table["wards"] = [", ".join(names) for names in table["wards"]]
    return table.rename(
        columns={
            "value": "entries_per_100_adults", "lower": "lower_95", "upper": "upper_95",
            "older": "percent_65_and_over_estimate", "inside": "share_living_in_place_estimate",
            "wards": "wards_of_8_in_10_patients_estimate",
        }
    )  # fmt: skip


def show(bundle: Bundle, view: View, found: Registers) -> None:
    """Draw the buttons. Nothing is made before its button is pressed."""
    pairs = found.clusters.pairs if found.clusters is not None else pd.DataFrame()
    made: list[tuple[str, str, str, Callable[[], pd.DataFrame]]] = [
        ("Areas (CSV)", "areas", ENTRIES_NOTE, lambda: areas_table(bundle, view)),
        (
            "Practices by area (CSV)",
            "practices",
            "estimated share of residents",
            lambda: serving_table(bundle, view),
        ),
        ("Teams (CSV)", "teams", ENTRIES_NOTE, lambda: teams_table(bundle, view)),
        ("Pairs of conditions (CSV)", "pairs", "rank correlation across practices", lambda: pairs),
        ("Gap by register (CSV)", "gap", "registered patients", lambda: gaps_table(found)),
        ("Change by register (CSV)", "change", "registered patients, crude", lambda: changes_table(found)),
    ]

    def offer(label: str, stem: str, what: str, make: Callable[[], pd.DataFrame]) -> Offer:
        return Offer(
            label,
            f"pioneer_{view.place.slug}_{stem}.csv",
            "text/csv",
            lambda: csv(bundle, view, make(), what),
        )

    downloads.show([offer(*one) for one in made], key="pioneer-downloads")
