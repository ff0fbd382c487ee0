"""The shipped tables, opened once for the tests of words."""

from __future__ import annotations

import pytest

from data.query import Bundle, load_bundle


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return load_bundle()
