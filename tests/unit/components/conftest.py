"""The shipped tables, opened once for the tests of components."""

from __future__ import annotations

import pytest

from components import store
from data.query import Bundle


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return store.bundle()
