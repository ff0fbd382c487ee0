"""The shipped tables and the decks of all areas that are tested, made once."""

from __future__ import annotations

import pytest

from data.query import Bundle, load_bundle
from reports.briefing.model import Deck
from reports.briefing.slides import build


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="session")
def decks(bundle: Bundle) -> dict[str, Deck]:
    """Every neighbourhood, every Liverpool ward, and Liverpool, Sefton and St Helens."""
    areas = bundle.areas
    home = [place.code for place in bundle.config.places if place.role == "home"]
    pioneers = [place.code for place in bundle.config.places if place.role == "pioneer"]
    wards = areas.index[(areas["area_level"] == "ward") & areas["place_code"].isin(home)]
    neighbourhoods = areas.index[areas["area_level"] == "neighbourhood"]
    codes = [*neighbourhoods, *wards, *home, *pioneers]
    assert (len(neighbourhoods), len(wards), len(pioneers)) == (13, 64, 2)
    return {code: build(bundle, code) for code in codes}
