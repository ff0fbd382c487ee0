"""The part of docs/methods.md on school readiness: written by the build, with what the build measured."""

from __future__ import annotations

from data.readiness_evidence import Evidence

METHOD = """`methods/small_area/readiness.py`, `data/readiness.py`. A good level of development is
published for whole Places, with and without free school meals (FSM). Below them the dashboard
shows **what we would expect here given family income; it cannot show where a neighbourhood
does better or worse than that.**

1. *Children starting school*: children aged 0 to 4 in Census 2021 (LSOA), scaled to the pupils published
   for the Place and year. That band holds the four year groups of 2021/22 to 2024/25, but no single ages
   and no moves since.
2. *Income*: the share of dependent children aged 0 to 15 in income-deprived families (IDACI, Indices of
   Deprivation 2025). No open figure by LSOA is for under-fives. A withheld count (under 10) stands as 5.
   The same share serves all four years.
3. *Free school meals*: that share, moved by one amount on the logit scale for all LSOAs of a Place, until
   the Place's FSM share is the published one of the year.
4. *Expected rate*: share with FSM times the Place's rate with FSM, plus the rest times its rate without.
   Children whose eligibility is unknown (about 1%) are mixed in everywhere alike. Children and achieved
   then sum to the published counts exactly, every Place and year; larger areas are sums of LSOAs, shared
   out by residents where these straddle.

**Limits** say where a count in the area should lie if the method holds. They carry chance among the
children (by far the largest part for LSOAs), differences between areas that income does not explain, the
mismatch between income deprivation and FSM, and the chance error of the Place's two rates. Errors shared
by neighbours are added up as shared; what the published total rules out is taken off. They are Wilson
limits with an effective number of children. They do not carry the error in the number of children, nor
children who go to school in another Place (the published figures count where the school stands).
Reliability C: at least 40 children a year and four in five of them in LSOAs with a usable income count;
otherwise D. An estimate is never A or B.

The estimate is made of income deprivation, so its link with deprivation is put in, not found: it must not
be used to measure inequality within a Place.

**How far to trust it.** Nobody publishes the truth for small areas, so the method is tried on local
authorities.
"""

COUNTS = """**A council's own counts** replace the estimate (source `council-school-readiness`, Wilson
limits); LSOA counts are summed to the areas they make up, and shared out where they straddle.
The estimate stays beside the count as group `expected` and does not use it. Counts of
fewer children than the threshold (10 as shipped) who reached the level, or did not, are suppressed
by the build, as are those the file marks; areas of which a part is suppressed keep their estimate.
Further counts are withheld until linear programming over all published sums
(`methods/small_area/cells.py`) leaves each suppressed count, and its complement, a range of at
least the threshold, and no small count of an area without one can be had by subtraction.
"""


def docs_section(found: Evidence) -> str:
    """The section's text below its heading, in Markdown."""
    return "\n".join([METHOD, _table(found), _measured(found), COUNTS])


def _table(found: Evidence) -> str:
    head = (
        "| Tried on | Figures | Mean absolute error | Root mean square error | R² | The same for everybody: "
        "mean absolute error | Root mean square error |\n|---|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {row['trial']} | {row['areas']} | {row['mae']:.1f} | {row['rmse']:.1f} | {row['r2']:.2f} | "
        f"{row['flat_mae']:.1f} | {row['flat_rmse']:.1f} |\n"
        for row in found.table.to_dict("records")
    ]
    return head + "".join(lines)


def _measured(found: Evidence) -> str:
    told, spread = found.figures, found.spread
    # at a rate of 65% a difference of the logit is worth this much of the rate
    msoa, lsoa = (100 * 0.65 * 0.35 * one for one in (spread.rate_msoa, spread.rate_lsoa))
    lines = [
        'Errors in percentage points, England\'s two rates, 2022/23 to 2024/25; "the same for everybody" '
        "gives each area England's rate.",
        "",
        "- Income leaves most of the differences between districts unexplained (R² "
        f"{found.table['r2'].iloc[-1]:.2f}).",
        "- For districts elsewhere the good level of development is read off published literacy (R² "
        f"{told['literacy_line_r2']:.2f} where both are published).",
        f"- {100 * told['within_limits']:.0f}% of the districts' figures lie within limits made the same "
        "way, with the spread measured on these districts.",
        "- In the earlier framework (2018/19) a straight line on income deprivation has an R² of "
        f"{told['years_line_r2']:.2f}.",
        "- Districts differ, income and chance apart, by a standard deviation of "
        f"{told['district_sd']:.2f} (logit). In the children's education score of the Indices, known for "
        f"every LSOA, the variance that income leaves is {told['msoa_ratio']:.2f} times that of districts "
        f"between MSOAs of a district, and {told['lsoa_ratio']:.2f} times between LSOAs of an MSOA. Taken "
        f"over, that allows {spread.rate_msoa:.2f} and {spread.rate_lsoa:.2f}: at a rate of 65%, "
        f"{msoa:.1f} and {lsoa:.1f} points.",
        "- Free school meals at the primary schools of an MSOA follow its income deprivation with a slope "
        f"of {told['school_slope']:.2f} (logits, within Places; the method takes 1) and a spread of "
        f"{told['school_share_sd']:.2f}. The limits allow that between MSOAs and, unmeasured, as much again "
        "between LSOAs.",
        "- A fifth of a Place's children aged 0 to 4 in 2021 differs from its pupils by "
        f"{100 * told['pupils_apart']:.0f}% on average.",
    ]
    return "\n".join(lines) + "\n"
