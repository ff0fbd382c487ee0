"""Antidepressant prescribing by LSOA 2011: validation only, its terms do not allow shipping its values."""

from __future__ import annotations

import pandas as pd

from data.sources import SourceFolder, require_rows

FILE = "long_term_conditions/pldr_antidepressants_2025_q2_lsoa11_cm.csv.gz"
LSOAS = 1_400


def read_antidepressants(sources: SourceFolder) -> pd.Series:
    """Average daily quantities prescribed per 1,000 patients by LSOA 2011 code. Never shown, never fitted."""
    frame = sources.csv(FILE, ["lsoa11", "adqs_r"])
    frame = sources.numbers(frame, FILE, ["adqs_r"])
    require_rows(frame, file=FILE, at_least=LSOAS, what="LSOAs", why="Cheshire and Merseyside has 1,562")
    return frame.set_index("lsoa11")["adqs_r"]
