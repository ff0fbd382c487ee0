"""The rows of a long table: which contain a text, in which order they stand, and how their cells are written.

Nothing is drawn here. Positions count from 0 in the table as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from data.figure_words import MINUS, NO_FIGURE, number

MISSING = "not available"
AS_LISTED = "As listed"
MOST_DECIMALS = 3
# Figures with their units, as the pages write them. Whatever else stands in a column makes it one of text.
AMOUNT = re.compile(rf"(?:tenth )?({MINUS}?)£?(\d[\d,]*(?:\.\d+)?)(?:%| years| per [\d,]+)?(?: to .+)?")


@dataclass(frozen=True)
class Column:
    """One column: its name, its cells as written, and the numbers to order it by (None: order by text).

    `right` says that the cells are amounts, which stand under each other from the right.
    """

    name: str
    texts: tuple[str, ...]
    amounts: tuple[float, ...] | None
    right: bool


@dataclass(frozen=True)
class Order:
    """By which column, from its high end or from its low end."""

    column: int
    descending: bool


def _decimals(values: Sequence[float]) -> int:
    for places in range(MOST_DECIMALS):
        if all(abs(round(value, places) - value) < 1e-9 for value in values):
            return places
    return MOST_DECIMALS


def _amount(text: str) -> float | None:
    found = AMOUNT.fullmatch(text)
    return None if found is None else float(found[2].replace(",", "")) * (-1 if found[1] else 1)


def column(name: str, given: pd.Series, missing: str = MISSING) -> Column:
    """A column from its values; `missing` is written where there is none.

    Numbers have the same decimals in all cells, as many as they need and at most three.
    """
    values, have = given.tolist(), given.notna().tolist()
    known = [value for value, there in zip(values, have, strict=True) if there]
    if known and all(isinstance(value, Real) and not isinstance(value, (bool, np.bool_)) for value in known):
        amounts = [float(value) if there else np.nan for value, there in zip(values, have, strict=True)]
        places = _decimals([value for value in amounts if not np.isnan(value)])
        texts = [missing if np.isnan(value) else number(value, places) for value in amounts]
        return Column(name, tuple(texts), tuple(amounts), right=True)
    texts = [str(value) if there else missing for value, there in zip(values, have, strict=True)]
    read = [_amount(text) for text in texts]
    unknown = {missing, NO_FIGURE}
    if any(one is not None for one in read) and all(
        one is not None or text in unknown for one, text in zip(read, texts, strict=True)
    ):
        ranks = [np.nan if one is None else one for one in read]
        return Column(name, tuple(texts), tuple(ranks), right=not any(" to " in text for text in texts))
    return Column(name, tuple(texts), None, right=False)


def columns_of(frame: pd.DataFrame, missing: str = MISSING) -> list[Column]:
    """All columns of a table."""
    return [column(str(name), frame[name], missing) for name in frame.columns]


def orders(columns: Sequence[Column]) -> dict[str, Order | None]:
    """The orders a reader can choose, by their words; None is the order of the table as it was given.

    A column that says the same in every row is left out.
    """
    found: dict[str, Order | None] = {AS_LISTED: None}
    for at, one in enumerate(columns):
        if len(set(one.texts)) > 1:
            ends = ("A to Z", "Z to A") if one.amounts is None else ("lowest first", "highest first")
            found |= {
                f"{one.name}, {words}": Order(at, down)
                for words, down in zip(ends, (False, True), strict=True)
            }
    return found


def plain(text: str) -> str:
    """A text as it is searched for: single spaces, small letters."""
    return " ".join(text.split()).casefold()


def matching(columns: Sequence[Column], text: str) -> list[int]:
    """The positions of the rows in which a cell contains the text, in any case of letters."""
    wanted = plain(text)
    rows = zip(*(one.texts for one in columns), strict=True)
    return [at for at, cells in enumerate(rows) if any(wanted in plain(cell) for cell in cells)]


def ordered(columns: Sequence[Column], rows: Sequence[int], order: Order | None, missing: str) -> list[int]:
    """Positions in an order; rows without a value stand last, equal ones as they were given."""
    if order is None:
        return list(rows)
    by = columns[order.column]
    if by.amounts is not None:
        keys: dict[int, Any] = {at: by.amounts[at] for at in rows if not np.isnan(by.amounts[at])}
    else:
        keys = {at: by.texts[at].casefold() for at in rows if by.texts[at] not in (missing, NO_FIGURE)}
    known = sorted((at for at in rows if at in keys), key=keys.__getitem__, reverse=order.descending)
    return known + [at for at in rows if at not in keys]
