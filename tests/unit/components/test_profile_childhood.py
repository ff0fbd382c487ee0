"""School readiness of a profile: expected, counted by the council beside it, or withheld; never mixed up."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from components.how_sure import rows_of
from components.profile_childhood import NO_READINESS, sentences
from data.figures import TEXT, Figures, text_of
from data.query import Bundle
from house_style.expected_readiness import EXPECTED

SPEKE, LSOA, PCN, PERIOD = "E05015323", "E01006412", "U02731", "2024/25"


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
    figures = Figures(rows.reset_index(drop=True))
    return replace(bundle, figures=figures, version=f"counted-{achieved}")  # pages keep figures by version


def test_an_estimate_is_labelled_and_counts_children(bundle):
    own = bundle.value("gld", SPEKE)
    first, children, label, meaning = sentences(bundle, SPEKE)
    assert first.startswith("We would expect")
    assert "children who start school would not be ready" in children
    assert label.startswith(f"This is an estimate, not a count: {own.value:.1f}%, between {own.lower:.1f}%")
    assert meaning == EXPECTED


def test_an_estimate_is_compared_with_nothing(bundle):
    for code in bundle.areas.index[bundle.areas["area_level"].isin(["ward", "neighbourhood", "msoa"])]:
        text = " ".join(sentences(bundle, str(code)))
        assert text.replace(EXPECTED, "").find("better") < 0, text
        assert "England" not in text, text
        assert "estimate, not a count" in text, text


def test_a_weak_estimate_is_called_weak(bundle):
    assert bundle.value("gld", LSOA).reliability == "D"
    assert any(text.startswith("This is a weak estimate, not a count") for text in sentences(bundle, LSOA))


@pytest.mark.parametrize(("achieved", "said"), [(60, "lower than"), (128, "within"), (190, "higher than")])
def test_a_council_count_stands_beside_what_is_expected(bundle, achieved, said):
    counted = with_counts(bundle, 203, achieved)
    found = sentences(counted, SPEKE)
    assert f"{203 - achieved} of 203 children who started school were not yet ready" in " ".join(found)
    assert f"{said} what we would expect" in found[-1]
    assert "not a count" not in " ".join(found)
    rows = dict(rows_of(counted, counted.catalogue["gld"], counted.value("gld", SPEKE)))
    assert said in rows["Beside expectation"]
    assert "What it is" not in rows


def test_a_withheld_count_keeps_its_number_to_itself(bundle):
    first, *rest = sentences(with_counts(bundle, None, None), SPEKE)
    assert "withheld" in first
    assert rest == sentences(bundle, SPEKE)


def test_a_place_is_compared_as_its_limits_allow(bundle):
    for place in bundle.config.place_codes:
        own, england = bundle.value("gld", place), bundle.value("gld", "E92000001")
        text = " ".join(sentences(bundle, place))
        low, high = own.lower > england.value, own.upper < england.value
        word = "better than" if low else "worse than" if high else "similar to"
        assert f"it is {word} England ({england.value:.1f}%)" in text
        assert f"of {own.denominator:,.0f} children who started school" in text
    assert sentences(bundle, PCN) == [NO_READINESS]
