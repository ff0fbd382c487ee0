"""The text about long-term conditions for docs/methods.md, written from what the build measured."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.prevalence_inputs import MODELLED_LEVELS


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _number(value: float, digits: int) -> str:
    return "–" if not np.isfinite(value) else f"{value:.{digits}f}"


def _held_out_table(registers: pd.DataFrame) -> str:
    rows = []
    for row in registers.to_dict("records"):
        rows.append(
            [row["register"], row["method"], _number(row["error_simple"], 3), _number(row["error_model"], 3),
             f"{row['closer']:.0%}", _number(row["hoc_simple"], 1), _number(row["hoc_model"], 1),
             _number(row["disability_simple"], 2), _number(row["disability_model"], 2),
             _number(row["illness_simple"], 2), _number(row["illness_model"], 2)]
        )  # fmt: skip
    header = [
        "Register", "Shipped", "Error, simple", "Error, model", "Model closer", "Places, simple",
        "Places, model", "Disabled, simple", "Disabled, model", "Illness, simple", "Illness, model",
    ]  # fmt: skip
    return _table(header, rows)


def _support_table(registers: pd.DataFrame) -> str:
    rows = [
        [row["register"],
         *(f"±{row[f'width_{level}']:.0%}" for level in MODELLED_LEVELS if f"width_{level}" in row),
         *(f"{row[f'weak_{level}']:.0%}" for level in MODELLED_LEVELS if f"weak_{level}" in row)]
        for row in registers.to_dict("records")
    ]  # fmt: skip
    have = [level for level in MODELLED_LEVELS if f"width_{level}" in registers.columns]
    return _table(
        ["Register", *(f"Limits, {level}" for level in have), *(f"D, {level}" for level in have)], rows
    )


def _place_table(places: pd.DataFrame, place_code: str) -> str:
    part = places[places["area_code"] == place_code]
    rows = []
    for row in part.to_dict("records"):
        standardised = "–"
        if row["age_model_good"]:
            limits = f"{row['standardised_lower']:.2f} to {row['standardised_upper']:.2f}"
            standardised = f"{row['standardised']:.2f} ({limits})"
        rows.append([row["indicator_id"], f"{row['crude']:.2f}", standardised, f"{row['england']:.2f}"])
    return _table(["Indicator", "Crude, %", "Age-standardised, %", "England, %"], rows)


TEXT = """\
**Long-term conditions for small areas.** Registers are published by practice of registration. For small
areas the dashboard estimates them in four steps, from {practices_fitted:,} practices of England (QOF
2024/25).

1. *Model.* A practice's register is expected to be exp(b x deprivation + ICB) x the sum over 18 age bands
   of patients x rate. Rates are positive and their logarithm is a parabola over age that never opens
   upwards; deprivation is the logarithm of the practice's IMD 2025 score + 5. Fitted by negative binomial
   scoring, without practices more than four standard deviations away. Persons only: no census table here
   has age by sex for small areas. Each register keeps its own age base, and a band that straddles it counts
   by years of age.
2. *Who attends where.* Patients by practice and small area, split by age so that both the practice's ages
   and the small area's are kept (iterative proportional fitting).
3. *Raking.* Each practice's register is shared among its patients in proportion to what age and deprivation
   lead to expect of their small areas, so that every register of a practice here is reproduced; one beyond
   the border is divided between here and there in proportion to expected entries. A surplus over four
   standard deviations (homes, special lists) goes to the whole Place instead of the areas next door.
4. *Residents.* The small area's ratio of entries to expectation times the expectation for its census
   residents.

Residents are those of the 2021 census. Lists of 2026 are older, so the mean of the nine Places is
{lowest:.0%} of the practices' own figure for {lowest_register} and {highest:.0%} for {highest_register};
the other registers lie between.

A practice without a register is missing, never zero: it lowers the coverage, and the others speak for its
patients.

**Against the simple method** (each small area takes the mean of its practices, weighted by patients).
Practices of the nine Places were held out in ten parts and predicted from a model fitted without them and
from the practices with which they share small areas (multipliers shrunk by empirical Bayes). Error: mean
absolute, in percentage points of prevalence. Of 21 registers the model is better for {better}; the better
one is shipped, register by register, by code, on these same errors. The shape over deprivation was also
chosen with them in view (five tried, mean error within 1% of each other). The shape over age was not: freer
curves were dropped because their rates were not believable. *Places* is the mean difference from the House
of Commons Library's estimates by residence for 2019-20, prevalence as a percentage of England's, nine
Places; the years differ, so neither method should reach 0, and for {hoc_nearer} of {hoc_registers}
registers the simple method is nearer. *Disabled* and *illness* are rank correlations over small areas with
Census disability and the comparative illness ratio. The Library's estimates share out practices by
registrations too, without a model of age, which is close to the simple method. These correlations are weak
evidence: IMD contains the illness ratio, and disability itself follows age and deprivation, so any estimate
that does so agrees better.

{held_out}

Antidepressant prescribing (LSOA 2011 with the same code today, rank correlation, never fitted): depression
{dep_model} with the model, {dep_simple} with the simple method; severe mental illness {mh_model} and
{mh_simple}. The quantities are fractions, which suggests that they were themselves shared out from
practices; that would favour the simple method. Figures are crude: conditions of old age correlate
negatively with measures that allow for age.

**Limits.** 50 replicates of the whole chain: registrations, model coefficients, how areas differ from the
model, chance in each register (gamma-Poisson). They are summed to larger areas one by one. Limits are
normal on the logit, with the chance of the area's own residents added in closed form. How much MSOAs differ
from the model is estimated from practices that share them, and kept between half of the standard deviation
between practices and all of it; small areas are taken to differ within an MSOA by as much again. Registers
cannot show that, but other figures can: given age and deprivation, the variance within MSOAs over that
between them is {within_disability} for Census disability (part of it chance), {within_illness} for the
illness ratio and {within_antidepressants} for antidepressants. In made-up cities that follow these
assumptions the limits hold the truth in 95 of 100 areas (a test keeps it between 90 and 99); there is no
count by residence to check them on. Differences between practices' habits of recording remain in the
figures. **D** is given where the practices of fewer than 80% of residents reported, where one practice
decides (effective number under 2) and the limits reach 30% of the value to a side, or where they reach 50%.
Median half width of the limits, and the share of areas graded D:

{support}

**Standardised for age.** Indirect: entries over those expected at England's rates by age, times England's
share. Given only where age explains at least 30% of the variance between practices ({standardised}). The
threshold was set after seeing the curves: just under it asthma came out almost absent in children. The
rates by age come from the differences between practices, not from patients' records.

Liverpool, exact from its practices (limits: Byar's):

{liverpool}

**Register entries per 100 adults** adds 18 registers (without raised blood sugar short of diabetes,
obesity, and palliative care) and divides by patients or residents of 18 and over. It counts entries, not
people, and some entries are children's (asthma). Its limits take entries to come in clumps, with three
times the variance of independent people.
"""


def docs_section(validation: dict[str, pd.DataFrame], place_code: str = "E08000012") -> str:
    """The text about long-term conditions for docs/methods.md, from the validation tables alone."""
    registers = validation["registers"]
    mood = registers.set_index("register")
    facts = validation["facts"].iloc[0]
    return TEXT.format(
        practices_fitted=int(facts["practices_fitted"]),
        **{name: _number(facts[name], 1) for name in facts.index if name.startswith("within_")},
        lowest=registers["over_exact"].min(),
        lowest_register=registers.loc[registers["over_exact"].idxmin(), "register"],
        highest=registers["over_exact"].max(),
        highest_register=registers.loc[registers["over_exact"].idxmax(), "register"],
        hoc_nearer=int((registers["hoc_simple"] < registers["hoc_model"]).sum()),
        hoc_registers=int(registers["hoc_model"].notna().sum()),
        better=int((registers["method"] == "model").sum()),
        held_out=_held_out_table(registers),
        dep_model=_number(mood.loc["DEP", "antidepressants_model"], 2),
        dep_simple=_number(mood.loc["DEP", "antidepressants_simple"], 2),
        mh_model=_number(mood.loc["MH", "antidepressants_model"], 2),
        mh_simple=_number(mood.loc["MH", "antidepressants_simple"], 2),
        support=_support_table(registers),
        standardised=", ".join(registers.loc[registers["standardised"].astype(bool), "register"]),
        liverpool=_place_table(validation["places"], place_code),
    )
