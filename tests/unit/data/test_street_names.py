"""Streets and districts from the lines of an address."""

import pytest

from data.ingest.street_names import locality_of, street_of


@pytest.mark.parametrize(
    ("part", "street"),
    [
        ("103 CRAB STREET", "Crab Street"),
        ("49-51 MERE LANE", "Mere Lane"),
        ("2 LEAMINGTON RD", "Leamington Road"),
        ("81-83 CROSBY ROAD NORTH", "Crosby Road North"),
        ("30 KINGSWAY", "Kingsway"),
        ("1 MOSSLEY HILL", "Mossley Hill"),
        ("MOSSLEY HILL", None),
        ("LONG LANE MEDICAL CENTRE", None),
        ("TOWNSEND LANE N'HOOD H/C", None),
        ("2ND FL", None),
        ("", None),
    ],
)
def test_a_street_is_told_from_a_building_and_a_district(part, street):
    assert street_of(part) == street


@pytest.mark.parametrize(
    ("part", "district"),
    [
        ("KNOTTY ASH", "Knotty Ash"),
        ("NORRIS GREEN", "Norris Green"),
        ("HALEWOOD VLGE", "Halewood Village"),
        ("PILCH LANE", None),
        ("PEEL HOUSE MEDICAL PLAZA", None),
        ("UNIT 1", None),
        ("", None),
    ],
)
def test_a_district_is_told_from_a_street_and_a_building(part, district):
    assert locality_of(part) == district
