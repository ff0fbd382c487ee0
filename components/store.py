"""The shipped tables and the catalogue, opened once for all visitors.

The tables are read-only: nobody may change a frame that comes from here, since every session shares it.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import pandas as pd

from data.bundle import INDEX
from data.catalogue.model import Catalogue, catalogue
from data.parts import read_weights
from data.query import Bundle, BundleError, load_bundle
from geo.config import ROOT

_LOCK = Lock()  # two first visitors must not open the tables twice


def _stamp() -> float:
    """When the bundle's index, its last file, was written: a rebuilt one is opened without a restart."""
    path = ROOT / INDEX
    return path.stat().st_mtime if path.exists() else 0.0


@lru_cache(maxsize=1)
def _open(stamp: float) -> Bundle:
    return load_bundle()


def bundle() -> Bundle:
    """The shipped tables. BundleError (with what to run) when they are missing or half written.

    Not a Streamlit cache: the routes of asgi.py ask for the tables outside any visitor's session.
    """
    with _LOCK:
        return _open(_stamp())


def the_catalogue() -> Catalogue:
    """Every indicator, source and caveat, in catalogue order."""
    return catalogue()


@lru_cache(maxsize=1)
def _weights(version: str) -> pd.DataFrame:
    return read_weights()


def weights() -> pd.DataFrame:
    """Shares of small areas in wards and neighbourhoods, for the version of the tables in use."""
    return _weights(bundle().version)


def bundle_fault() -> str | None:
    """Why the tables cannot be opened, in a sentence for the visitor; None when all is well."""
    try:
        bundle()
    except BundleError as error:
        return str(error)
    return None
