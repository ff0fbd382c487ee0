"""The figures of spine charts as a long table, made when it is opened; its file has a source in every row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from components import caveats, long_table, tables
from components.charts import spine
from data.query import Bundle


def sources(bundle: Bundle, spines: Sequence[spine.Spine]) -> list[str]:
    """The source of each row of `spine.to_table`."""
    return [caveats.source_line(one.line.indicator, bundle.catalogue) for one in spines for _ in one.markers]


def show(bundle: Bundle, spines: Sequence[spine.Spine], *, than: str, caption: str, key: str) -> None:
    """Draw the table to open."""
    long_table.opening(tables.AS_TABLE, key, partial(_table, bundle, spines, than, caption, key))


def _table(bundle: Bundle, spines: Sequence[spine.Spine], than: str, caption: str, key: str) -> None:
    frame = spine.to_table(spines, bundle.areas["area_name"].to_dict(), than=than)
    source = sources(bundle, spines)
    long_table.show(frame, caption, key=f"{key}-rows", noun="figures", file=key, source=source)
