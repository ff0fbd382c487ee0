"""What docs/methods.md says about who is registered where, written from the figures of the build."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from data.registrations import Registrations

NAMES = {
    "nearest": "Everyone at the nearest practice",
    "exponential": "One exponential decay, residents met exactly",
    "decay": "Decay by local spacing, residents met nearly",
    "constrained": "The same, held to each practice's published deprivation (shipped)",
}


def docs_section(registrations: Registrations) -> str:
    """Markdown: the provider, the method, what was measured, the caveats with their sizes."""
    report = registrations.report
    if registrations.provider == "nhs":
        return _wrapped(_nhs(report))
    return "\n".join(_wrapped(text) for text in (_method(report), _checks(report), _caveats(report)) if text)


def _wrapped(text: str) -> str:
    """Paragraphs and list items on lines of at most 118 characters; tables as they are."""
    lines: list[str] = []
    for part in re.split(r"\n\n+|\n(?=- )", text.strip()):
        item = part.startswith("- ")
        if not part.startswith("|"):
            part = textwrap.fill(
                " ".join(part.split()), 118, subsequent_indent="  " if item else "",
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        follows = item and bool(lines) and lines[-1].lstrip().startswith("- ")
        lines.append(part if follows else f"\n{part}")
    return "\n".join(lines).strip() + "\n"


def _percent(share: float, decimals: int = 0) -> str:
    return f"{100 * share:.{decimals}f}%"


def _nhs(report: dict[str, Any]) -> str:
    return f"""
Registered patients by practice and LSOA are those counted by NHS England ({report["extract_date"]}; sha256
{report["sha256"][:12]}). {report["patients"]:,.0f} patients live in Cheshire and Merseyside;
{_percent(report["residents_registered_outside"], 1)} of them are registered outside it, and
{_percent(report["patients_from_outside"], 1)} of its practices' patients live elsewhere.
{report["without_lsoa"]:,.0f} patients in the file have no LSOA and are left out. It is a full count, so it
adds nothing to the intervals.
"""


def _method(report: dict[str, Any]) -> str:
    decay, ratio = report["decay"], report["area_registered_per_resident"]
    return f"""
NHS England's table of patients by practice and LSOA is not among our sources, so who is registered where is
estimated. When the table is put in the source folder it is used instead.

The estimate presumes as little as it can beyond what is known (maximum entropy, fitted by proportional
scaling): each practice has its list of 1 July 2026; each LSOA has nearly its mid-2022 residents; the
pull of a
practice falls with distance; and its patients have the mean IMD 2025 score published for it, which was
computed
from the real registrations. It covers {report["window_lsoas"]:,} LSOAs and {report["window_practices"]:,}
practices: Cheshire and Merseyside and 15 km around it.

- **Distance.** The pull falls by a factor e for every {decay["scale"]:.2f} km × s^{decay["power"]:.2f},
  where s
  is the typical distance (km) to the five nearest practices: people go further where practices are sparse.
  Distances are from output areas, not from the middle of an LSOA. Tried and not kept, because they
  lowered the
  error here by little or nothing and raised it in Lincolnshire: a reach that depends on list size or on the
  spacing of practices, a stretched exponential, a second longer scale. (So the form was chosen with
  Lincolnshire
  in view; its parameters were not.)
- **Residents.** Lists hold {report["registered_per_resident"]:.3f} patients for each resident of
  mid-2022: growth
  since, students, people counted twice. The excess is not the same everywhere, so LSOAs are held to their
  residents with a firmness of {decay["row_pull"]} (1 would be exactly): the estimate has
  {ratio["lowest_twentieth"]:.2f} to {ratio["highest_twentieth"]:.2f} registered per resident in nine LSOAs of
  ten. Lists are met exactly.
- **Deprivation.** One multiplier a practice tilts its catchment towards more or less deprived LSOAs.
  {len(report["unmet"])} of {report["local_practices"]} practices could not be brought to their published
  score,
  because no tilt within the cap gives it ({_unmet(report["unmet"])}). Branches and patients from far away are
  likely reasons.
"""


def _unmet(gaps: dict[str, float]) -> str:
    return ", ".join(f"{code} by {value:+.1f}" for code, value in gaps.items()) or "none"


def _checks(report: dict[str, Any]) -> str:
    if "left_out" not in report:
        return ""
    left, real = report["left_out"], report["lincolnshire"]
    spread, top = real["replicates"], real["largest_practice_right"]
    rows = [
        "| Table | R² | Mean absolute error (IMD points) | Practices | Right LSOA | Right MSOA |",
        "|---|---|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        one, two = left[name], real[name]
        rows.append(
            f"| {title} | {one['r2']:.3f} | {one['mae']:.2f} | {one['practices']} | "
            f"{_percent(two['lsoa'], 1)} | {_percent(two['msoa'], 1)} |"
        )
    table = "\n".join(rows)
    return f"""
**Checks.** Left: the published IMD score of the practices of Cheshire and Merseyside, predicted without
their own
score (five folds). Right: the share of real patients of {real["practices"]} Lincolnshire practices
({real["patients"]:,.0f} patients) put in the right place, with parameters fitted in Cheshire and Merseyside.

{table}

{_verdict(report)} "Everyone at the nearest practice" gives some practices nobody; its error is over the
others.

In {_percent(top["right"])} of the {top["lsoas"]:.0f} Lincolnshire LSOAs that are known whole the
estimate names
the right largest practice; its share is wrong by {100 * top["share_error"]:.0f} percentage points on average,
and the mean share of the largest is {_percent(top["estimated_share"])} against
{_percent(top["real_share"])} in truth.

**Uncertainty.** Replicates disturb the decay and every cell (lognormal, part of it shared by a practice's
cells in one MSOA) and are balanced again. The disturbance is set by the real registrations of Lincolnshire:
in {_percent(spread["covered"])} of its {spread["cells"]:.0f} cells of practice and LSOA with 100 patients or
more the 95% range of the replicates holds the real number ({_percent(spread["covered_msoa"])} of
{spread["cells_msoa"]:.0f} by MSOA). Real errors are uneven, many small and a few large, so a replicate
agrees less with the estimate ({_percent(spread["lsoa"], 1)} of patients in the same LSOA) than the estimate
does with the truth ({_percent(real["constrained"]["lsoa"], 1)}).
"""


def _verdict(report: dict[str, Any]) -> str:
    left, real = report["left_out"], report["lincolnshire"]
    if left["constrained"]["mae"] < left["decay"]["mae"]:
        return "Holding other practices to their scores improves that of a practice left out."
    start = (
        "Holding other practices to their scores makes that of a practice left out slightly worse: what one "
        "practice lacks (a branch, say) is pushed onto its neighbours."
    )
    if real["constrained"]["lsoa"] <= real["decay"]["lsoa"]:
        return start + " It puts fewer real patients in the right place too: the scores should be let go."
    return start + (
        " It is kept because it puts more real patients in the right place, and because every practice "
        "with a "
        "published score has the benefit of its own."
    )


def _caveats(report: dict[str, Any]) -> str:
    students, real = report["student_practices"], report.get("lincolnshire")
    even, drawn = report["concentration"]["estimate"], report["concentration"]["replicates"]
    listed = ", ".join(f"{code} ({_percent(share)})" for code, share in students.items()) or "none"
    villages = (
        f"In Lincolnshire {real['badly_placed']} of {real['practices']} practices have under 70% of their "
        f"patients "
        "placed right."
        if real
        else ""
    )
    return f"""
**Caveats.**

- Patients from outside: {_percent(report["patients_from_outside"], 1)} of the practices' patients are
  estimated to
  live outside Cheshire and Merseyside, and {_percent(report["residents_registered_outside"], 1)} of its
  registered
  residents to be on lists outside. Residents of Wales are not in the sources: practices near the border
  have some.
- Students: practices with a fifth or more of their patients aged 20 to 24: {listed};
  {report["student_patients"]:,.0f} patients. Distance may say less about their choice, and lists may
  keep those
  who have left.
- Branch surgeries are in no list here; a practice stands at its main address only. {villages}
- {report["unplaced_practices"]} practices of England ({report["unplaced_patients"]:,.0f} patients) have
  no known
  position and are left out; so is a practice without a list size. Neither is counted as nobody.
- How many practices share an LSOA is itself uncertain: in the estimate the largest has
  {_percent(even["largest_share"])} of the patients on average and the effective number is
  {even["effective_practices"]:.1f}; in the replicates {_percent(drawn["largest_share"])} and
  {drawn["effective_practices"]:.1f}.
- Practices outside the area are placed by addresses of 2023.
- Cells below half a patient are dropped ({_percent(report["pruned"], 1)} of patients) and the rest of
  the LSOA is
  scaled up.
"""
