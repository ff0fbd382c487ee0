"""Each picture of a profile for a slide: 1920 by 1080, title, source and note in it, as PNG or SVG."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from data.figure_words import figure, period_words
from data.query import Bundle
from house_style.narrative import placed
from reports.profile import where
from reports.profile.build import build
from reports.profile.key_rows import benchmarks
from reports.profile.model import Condition, Profile, Row
from reports.profile.pdf import compiled, theme

Form = Literal["png", "svg"]
FORMS: tuple[Form, ...] = ("png", "svg")
LONG = 66  # letters: a longer title is set smaller
FIXED_DATE = (2000, 1, 1, 0, 0, 0)  # of files in an archive: the same pictures are the same file
EARLIER = {"gld": "gld-previous-framework"}
COLOURS = "Blue: better than England; orange: worse; grey: similar or not judged. By 95% limits."
INKS = ("accent", "text", "quiet")
APART = 1.2  # of the size of type: labels at the ends of lines


@dataclass(frozen=True)
class Slide:
    """One picture: `key` names its file, `kind` and `data` say what `slide.typ` draws."""

    key: str
    kind: str
    area: str
    title: str
    note: str
    source: str
    data: dict[str, Any]

    @property
    def size(self) -> int:
        """Points of the title's type."""
        return 54 if len(self.title) <= LONG else 44


def _source(bundle: Bundle, *pairs: tuple[str, str]) -> str:
    """ "Source: publisher, what, period" for each indicator and period, publishers once."""
    found = []
    for indicator_id, period in pairs:
        source = bundle.catalogue.sources[bundle.catalogue[indicator_id].source]
        when = f" ({period_words(bundle.catalogue[indicator_id], period)})" if len(pairs) == 1 else ""
        found.append(f"{source.publisher}{when}")
    return f"Source: {'; '.join(dict.fromkeys(found))}. Data version {bundle.version}."


def _latest(bundle: Bundle, indicator_id: str, code: str, group: str = "all") -> str:
    found = bundle.value(indicator_id, code, None, group)
    return found.period if found is not None else ""


def _key_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    inks = {"better": "better", "worse": "worse"}
    return [
        {
            "label": f"{row.title} ({row.made})" if "estimate" in row.made else row.title,
            "figure": row.figure,
            "values": row.values,
            "ink": inks.get(row.marks[-1].word if row.marks else "", "quiet"),
        }
        for row in rows
        if row.percent
    ]


def _condition_rows(rows: Sequence[Condition]) -> list[dict[str, Any]]:
    return [
        {"label": row.title, "figure": row.allowing, "values": row.values, "ink": "accent"}
        for row in rows
        if row.values[0] is not None and row.grade != "D"
    ]


def _dots(rows: list[dict[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Rows on one scale, type as large as their number allows."""
    longest = max(len(row["label"]) for row in rows)
    size = 34 if len(rows) <= 11 else 29
    return {"rows": rows, "names": list(names), "u": size, "label": min(640, longest * size * 0.5)}


def _year(period: str) -> float:
    return float(period[:4])


def _over_time(bundle: Bundle, indicator_id: str, code: str) -> list[dict[str, Any]]:
    """Series of the area and its benchmarks in runs without a gap; empty with fewer than two own periods."""
    indicator = bundle.catalogue[indicator_id]
    gap = 1.5 if indicator.period_format == "academic-year" else 100.0
    found = []
    for ink, other in zip(INKS, (code, *benchmarks(bundle, code)), strict=False):
        runs: list[list[dict[str, Any]]] = []
        for one in filter(None, (EARLIER.get(indicator_id, ""), indicator_id)):
            rows = bundle.series(one, other)
            rows = rows[rows["value"].notna() & (rows["basis"] != "modelled")]
            last: float | None = None
            for period, value in zip(rows["period"], rows["value"], strict=True):
                year = _year(str(period))
                point = {
                    "year": year, "period": str(period), "value": float(value),
                    "figure": figure(indicator, float(value)),
                }  # fmt: skip
                if last is None or year - last > gap:
                    runs.append([])
                runs[-1].append(point)
                last = year
        if runs:
            found.append({"name": bundle.name(other), "runs": runs, "ink": ink, "shift": 0.35})
    own = bundle.series(indicator_id, code)
    if not found or found[0]["name"] != bundle.name(code) or own["value"].notna().sum() < 2:
        return []
    return _spaced(found)


def _spaced(series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move labels at the ends of lines apart, in sizes of type, so that none lies on another."""
    top = max(point["value"] for one in series for run in one["runs"] for point in run) * 1.15
    unit = 540 / 36 / top  # sizes of type to a unit of the figure
    order = sorted(series, key=lambda one: -one["runs"][-1][-1]["value"])
    floor: float | None = None
    for one in order:
        at = -one["runs"][-1][-1]["value"] * unit + 0.35
        placed_at = at if floor is None else max(at, floor + APART)
        one["shift"] = placed_at + one["runs"][-1][-1]["value"] * unit
        floor = placed_at
    return series


def slides(bundle: Bundle, code: str) -> list[Slide]:
    """The pictures that the area has figures for, in the order of the profile."""
    profile = build(bundle, code)
    working = "A working grouping of wards, not the council’s own list." if profile.working else ""
    makers = (_deprivation, _people, _key_figures, _readiness, _conditions, _trends)
    return [slide for make in makers for slide in make(bundle, profile, working)]


def _area(profile: Profile) -> str:
    return f"{profile.name}. {profile.kind}"


def _noted(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _deprivation(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    when = _latest(bundle, "imd-most-deprived-fifth", profile.area_code)
    if not when:
        return []
    source = _source(bundle, ("imd-most-deprived-fifth", when))
    title = f"Where {placed(profile.name)} is, and deprivation in it"
    data = {**asdict(profile.map), "lead": profile.lead}
    note = _noted("It describes areas, not people.", working)
    lines = f"{source} Map: {where.attribution(bundle)}."
    found = [Slide("map", "map", _area(profile), title, working, lines, data)]
    if profile.spread.percent[0] is not None:
        spread = asdict(profile.spread)
        found.append(
            Slide("deprivation-tenths", "tenths", _area(profile), profile.lead, note, source, spread)
        )
    return found


def _key_figures(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    rows = _key_rows(profile.rows)
    if not rows:
        return []
    title = f"Key figures beside {' and '.join(profile.columns)}"
    note = _noted(COLOURS if _judged(profile) else "", working)
    source = _source(bundle, *((item, when) for item, _, when in profile.keys))
    data = _dots(rows, profile.columns)
    return [Slide("key-figures", "dots", _area(profile), title, note, source, data)]


def _readiness(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    if profile.readiness.value is None:
        return []
    pairs = [("gld", _latest(bundle, "gld", profile.area_code))]
    if "family income" in profile.readiness.label:
        pairs.append(("children-income-deprived", ""))
    note = _noted(f"{profile.readiness.label}." if profile.readiness.label else "", working)
    data = asdict(profile.readiness)
    title = "Ready for school at five"
    source = _source(bundle, *pairs)
    return [Slide("school-readiness", "readiness", _area(profile), title, note, source, data)]


def _conditions(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    rows = _condition_rows(profile.conditions)
    if not rows:
        return []
    estimated = profile.conditions_lead.startswith("Estimates")
    made = (
        "Estimates for residents, not counts." if estimated else "Patients of GPs here, wherever they live."
    )
    title = "Long-term conditions, as if people’s ages were as in England"
    note = _noted(made, "Only what is diagnosed and recorded.", working)
    source = _source(bundle, ("qof-hyp", _latest(bundle, "qof-hyp", profile.area_code)))
    data = _dots(rows, ["England"])
    return [Slide("long-term-conditions", "dots", _area(profile), title, note, source, data)]


def _judged(profile: Profile) -> bool:
    words = [row.marks[-1].word for row in profile.rows if row.percent and row.marks]
    return "better" in words or "worse" in words


def _people(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    if profile.ages is None:
        return []
    when = _latest(bundle, "population-by-age", profile.area_code, "age-00-04")
    data = {"ages": asdict(profile.ages), "here": profile.name, "there": profile.columns[0]}
    young, old = profile.facts[1].figure, profile.facts[2].figure
    title = f"{young} of the people here are under 15, and {old} are 65 or over"
    source = _source(bundle, ("population-by-age", when))
    return [Slide("ages", "ages", _area(profile), title, working, source, data)]


def _trends(bundle: Bundle, profile: Profile, working: str) -> list[Slide]:
    found = []
    for key, indicator_id, title, note in (
        (
            "deprivation-over-time", "imd-most-deprived-fifth",
            "People living in England’s most deprived fifth, by edition",
            "Each edition ranks all of England afresh, and the latest measures income in a new way.",
        ),
        (
            "school-readiness-over-time", "gld", "Children ready for school at five, by school year",
            "The assessment changed in 2021/22: do not compare across the gap.",
        ),
    ):  # fmt: skip
        series = _over_time(bundle, indicator_id, profile.area_code)
        if series:
            last = series[0]["runs"][-1][-1]["period"]
            data = {"series": series}
            source = _source(bundle, (indicator_id, last))
            found.append(Slide(key, "lines", _area(profile), title, _noted(note, working), source, data))
    return found


def draw(slide: Slide, form: Form) -> bytes:
    """One picture as a file."""
    return compiled("slide.typ", form, slide={**asdict(slide), "size": slide.size}, theme=theme())


def as_zip(bundle: Bundle, code: str) -> bytes:
    """Every picture of an area, as PNG and as SVG, in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, slide in enumerate(slides(bundle, code), start=1):
            for form in FORMS:
                entry = zipfile.ZipInfo(f"{code}-{number}-{slide.key}.{form}", FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, draw(slide, form))
    return out.getvalue()
