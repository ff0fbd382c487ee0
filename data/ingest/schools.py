"""Schools of Cheshire and Merseyside: phase, size, free school meals (Get Information About Schools)."""

from __future__ import annotations

import pandas as pd

from data.sources import SourceError, SourceFolder, require_rows

FILE = "schools/gias_cm_202505.csv"
PHASES = {
    "Nursery": "nursery",
    "Primary": "primary",
    "Secondary": "secondary",
    "All-through": "all-through",
}
# Special schools have no phase in the register; these types are special schools. Alternative provision,
# colleges, independent schools that are not special and places for over-16s only are left out.
SPECIAL = {
    "Community special school",
    "Foundation special school",
    "Non-maintained special school",
    "Academy special converter",
    "Academy special sponsor led",
    "Free schools special",
    "Other independent special school",
}
# Named floors: what the register of May 2025 holds, a little below, since schools merge and open.
FLOORS = {"nursery": 15, "primary": 700, "secondary": 130, "special": 90}
COLUMNS = ["urn", "school_name", "phase", "school_type", "pupils", "percent_fsm", "lon", "lat"]


def schools(sources: SourceFolder) -> pd.DataFrame:
    """Open nursery, primary, secondary, all-through and special schools of the nine Places.

    One row a school: urn (text), school_name, phase, school_type (the register's own words), pupils (number
    on roll), percent_fsm (0 to 100, eligible for free school meals), lon, lat (degrees). Numbers are null
    where the register has none; percent_fsm also for nursery and independent schools, where the
    register's 0 does not mean that no family has a low income. Raises SourceError when the file is not as
    expected.
    """
    columns = [
        "urn", "establishment_name", "establishment_type", "education_phase", "number_of_pupils",
        "percentage_fsm", "longitude", "latitude",
    ]  # fmt: skip
    frame = sources.csv(FILE, columns)
    frame = sources.numbers(
        frame, FILE, ["urn", "number_of_pupils", "percentage_fsm", "longitude", "latitude"]
    )
    special = frame["establishment_type"].isin(SPECIAL)
    phase = frame["education_phase"].map(PHASES).mask(special, "special")
    frame = frame.assign(phase=phase).dropna(subset="phase")
    outside = ~frame["latitude"].between(52.9, 53.8) | ~frame["longitude"].between(-3.5, -1.9)
    if outside.any():
        row = frame.index[int(outside.to_numpy().argmax())]
        raise SourceError(f"{FILE}, row {row + 2}: the school is not in Cheshire and Merseyside")
    for name, floor in FLOORS.items():
        require_rows(
            frame[frame["phase"] == name],
            file=FILE,
            at_least=floor,
            what=f"{name} schools",
            why="the register of May 2025 has a few more",
        )
    independent = frame["establishment_type"].str.contains("independent", case=False)
    no_fsm = independent | (frame["phase"] == "nursery")
    pupils = frame["number_of_pupils"]
    result = pd.DataFrame(
        {
            "urn": frame["urn"].astype(int).astype(str),
            "school_name": frame["establishment_name"].str.strip(),
            "phase": frame["phase"],
            "school_type": frame["establishment_type"],
            # A school with nobody on roll yet has no size to draw and no share of pupils.
            "pupils": pupils.where(pupils > 0),
            "percent_fsm": frame["percentage_fsm"].where((pupils > 0) & ~no_fsm),
            "lon": frame["longitude"],
            "lat": frame["latitude"],
        }
    )
    return result.sort_values("urn", ignore_index=True)[COLUMNS]
