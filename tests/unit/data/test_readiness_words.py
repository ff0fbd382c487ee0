"""What must be said beside every estimate of school readiness."""

from data.catalogue.model import catalogue
from data.readiness import LEVELS
from data.readiness_counts import SOURCE
from data.readiness_docs import METHOD

LABEL = (
    "what we would expect here given family income; "
    "it cannot show where a neighbourhood does better or worse than that"
)


def test_the_label_is_a_caveat_of_the_indicator():
    assert "gld-expected" in catalogue()["gld"].caveats
    assert LABEL in catalogue().caveats["gld-expected"].short
    assert LABEL in " ".join(METHOD.split())


def test_the_catalogue_promises_the_levels_that_are_estimated():
    assert set(LEVELS) <= set(catalogue()["gld"].levels)


def test_the_counts_of_a_council_have_a_source_to_cite():
    assert SOURCE in catalogue().sources
