"""What the results of the Inequalities page mean and how its pictures are made, in plain words."""

from __future__ import annotations

DEFINITIONS = (
    (
        "Slope index of inequality",
        "All areas here are lined up from the least to the most deprived person, and a straight line is "
        "drawn through "
        "their figures, each weighted by its people. The index is the difference between the two ends of "
        "the line. "
        "Above 0, the more deprived have more of it.",
    ),
    (
        "Relative index of inequality",
        "The same line: its figure at the most deprived end divided by that at the least deprived end. 1 "
        "is no "
        "difference.",
    ),
    (
        "Tenth and fifth",
        "All 33,755 small areas of England in order of deprivation, cut into ten or five equal groups. A "
        "Place has "
        "more areas in some than in others.",
    ),
    (
        "Limits",
        "If the figure were drawn again and again with the same chance, 95 of 100 such limits would hold "
        "the truth. "
        "Those of the slope come from the scatter of small areas around the line; because neighbours "
        "resemble each "
        "other, they are somewhat too narrow. Those of the gap come from the counts.",
    ),
)
BARS_METHOD = {
    "counts": "Bars are summed counts of small areas, with 95% limits.",
    "sums": "Bars are summed counts of small areas; no confidence limits apply.",
    "means": "Bars are averages of small areas weighted by people; no confidence limits apply.",
}
SCATTER_METHOD = (
    "Deprivation by the Indices of Deprivation 2025. Each dot is an area. Whether the figure follows "
    "deprivation is tested by a weighted regression on the ridit with limits from the scatter around the "
    "line (HC3)."
)
SPOTS_METHOD = (
    "Getis-Ord Gi* over areas that touch (queen contiguity), significance by permutation, adjusted for "
    "the number "
    "of tests (false discovery rate 5%). A spot is an area together with its neighbours."
)
TIME_METHOD = (
    "For each period the line of the slope index is fitted to the same areas; the gap is its most minus "
    "its least "
    "deprived end. Areas are sorted by the index of 2025 in every period."
)
SPREAD_METHOD = (
    "Figures of small areas (LSOAs) as published, each put with the {noun} where most of its residents live; "
    "weighted by people. Part of the spread of small counts is chance."
)
CURVE_METHOD = (
    "People are ranked from the most to the least deprived small area. Without inequality the curve is "
    "the dashed "
    "line. Indices of rare and of common conditions are not comparable."
)
