"""School readiness of a profile: expected, counted by the council beside it, or withheld; never mixed up."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from components.expected_readiness import EXPECTED
from components.how_sure import rows_of
from components.profile_childhood import NO_READINESS, readiness_words
from data.figures import TEXT, Figures, text_of
from data.query import Bundle

SPEKE, LIVERPOOL, PCN, PERIOD = "E05015323", "E08000012", "U02731", "2024/25"


def with_counts(bundle: Bundle, children: float | None, achieved: float | None) -> Bundle:
    """The bundle as it would be with a council's count for Speke; None for a suppressed one."""
    rows = text_of(bundle.observations[bundle.observations["indicator_id"] == "gld"]).reset_index(drop=True)
    here = (rows["area_code"] == SPEKE) & (rows["period"] == PERIOD)
    own = rows[here].iloc[0]
    rows.loc[here, "group"] = "expected"
    known = children is not None
    value = 100 * achieved / children if known else None
    own = own.copy()
    own["value"], own["lower"], own["upper"] = (
        value,
        (value - 6 if known else None),
        (value + 6 if known else None),
    )
    own["numerator"], own["denominator"] = achieved, children
    own["basis"], own["reliability"], own["source_id"] = "published", "A", "council-school-readiness"
    own["status"] = "reported" if known else "suppressed"
    rows = pd.concat([rows, pd.DataFrame([own])], ignore_index=True)
    rows = rows.sort_values(["indicator_id", "area_level", "area_code", "period", "group"])
    for name in TEXT:
        rows[name] = pd.Categorical(rows[name], categories=sorted(set(rows[name])))
    numbers = ["value", "lower", "upper", "numerator", "denominator"]
    rows[numbers] = rows[numbers].astype(float)
    return replace(bundle, figures=Figures(rows.reset_index(drop=True)))


def test_an_estimate_is_labelled_and_counts_children(bundle):
    (text,) = readiness_words(bundle, SPEKE)
    assert text.startswith("An estimate: about ")
    assert EXPECTED in text


@pytest.mark.parametrize(("achieved", "said"), [(60, "lower than"), (128, "within"), (190, "higher than")])
def test_a_council_count_stands_beside_what_is_expected(bundle, achieved, said):
    counted = with_counts(bundle, 203, achieved)
    (text,) = readiness_words(counted, SPEKE)
    assert text.startswith(f"{203 - achieved} of 203 starting school not yet ready.")
    assert f"{said} what we would expect" in text
    assert not text.startswith("An estimate")
    rows = dict(rows_of(counted, counted.catalogue["gld"], counted.value("gld", SPEKE)))
    assert said in rows["Beside expectation"]
    assert "What it is" not in rows


def test_a_withheld_count_keeps_its_number_to_itself(bundle):
    (text,) = readiness_words(with_counts(bundle, None, None), SPEKE)
    assert "withheld" in text
    assert "An estimate stands in for it" in text
    assert EXPECTED in text


def test_published_figures_need_no_words_and_networks_have_none(bundle):
    assert readiness_words(bundle, LIVERPOOL) == []
    assert readiness_words(bundle, PCN) == [NO_READINESS]
