"""The folder of publishers' files: found, checked against the manifest, and read with clear refusals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geo.config import Config, config


class SourceError(ValueError):
    """A publisher's file is missing, changed or not as expected; the message says which and what to do."""


def require_rows(
    frame: pd.DataFrame,
    *,
    file: str,
    what: str,
    why: str,
    exactly: int | None = None,
    at_least: int | None = None,
) -> None:
    """Refuse a frame with fewer (or other) rows than a named floor.

    `what` names the rows ("LSOAs in Liverpool"), `why` gives the reason for the number, so that whoever
    meets the refusal can tell a parsing regression from a real change.
    """
    found = len(frame)
    if exactly is not None and found != exactly:
        raise SourceError(f"{file}: {found} {what}, expected exactly {exactly} ({why})")
    if at_least is not None and found < at_least:
        raise SourceError(f"{file}: {found} {what}, expected at least {at_least} ({why})")


class SourceFolder:
    """The raw sources, read only through here.

    Parameters
    ----------
    folder
        A folder with a `manifest.csv` (columns path, title, publisher, vintage, licence, sha256, ...).
    check
        False skips the sha256 comparison; only for tests that change a file on purpose.
    settings
        For which Places the sources are read; the `config.toml` of this checkout where left out.
    """

    def __init__(self, folder: Path, *, check: bool = True, settings: Config | None = None) -> None:
        self.folder = Path(folder)
        self.settings = settings or config()
        self.check = check
        manifest = self.folder / "manifest.csv"
        if not manifest.is_file():
            raise SourceError(
                f"{manifest} is missing. Name the folder of source files with --sources DIR or in "
                "config.toml ([data] sources). The dashboard itself runs without it, on the shipped tables."
            )
        self.manifest = pd.read_csv(manifest, dtype=str).set_index("path")
        self._checked: set[str] = set()

    def path(self, name: str) -> Path:
        """The path of one manifest file, once its sha256 has been compared."""
        if name not in self.manifest.index:
            raise SourceError(f"{name} is not in manifest.csv: every figure must trace to a listed file")
        path = self.folder / name
        if not path.is_file():
            raise SourceError(
                f"{name} is listed in manifest.csv but is not in {self.folder} (renamed or removed?)"
            )
        if self.check and name not in self._checked:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            expected = str(self.manifest.loc[name, "sha256"])
            if found != expected:
                raise SourceError(
                    f"{name} is not the file that manifest.csv lists: sha256 {found[:12]}..., expected "
                    f"{expected[:12]}... If it was updated on purpose, update its manifest line; if not, "
                    "fetch it again, it may be truncated."
                )
            self._checked.add(name)
        return path

    def csv(self, name: str, columns: Sequence[str] = (), **options: Any) -> pd.DataFrame:
        """Read a CSV (gzip or plain) and require columns."""
        path = self.path(name)
        try:
            frame = pd.read_csv(path, **options)
        except (pd.errors.ParserError, EOFError, OSError, UnicodeDecodeError, ValueError) as error:
            raise SourceError(f"{name} cannot be read as CSV: {error}") from error
        return self._require(frame, name, columns)

    def parquet(self, name: str, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Read a parquet file and require columns."""
        path = self.path(name)
        try:
            frame = pd.read_parquet(path)
        except (OSError, ValueError) as error:
            raise SourceError(f"{name} cannot be read as parquet: {error}") from error
        return self._require(frame, name, columns)

    def excel(self, name: str, sheet: str, columns: Sequence[str] = (), **options: Any) -> pd.DataFrame:
        """Read one sheet of a workbook and require columns."""
        path = self.path(name)
        try:
            frame = pd.read_excel(path, sheet_name=sheet, **options)
        except (OSError, ValueError, KeyError) as error:
            raise SourceError(f"{name}, sheet {sheet!r} cannot be read: {error}") from error
        return self._require(frame, name, columns)

    @staticmethod
    def _require(frame: pd.DataFrame, name: str, columns: Sequence[str]) -> pd.DataFrame:
        absent = [column for column in columns if column not in frame.columns]
        if absent:
            raise SourceError(
                f"{name}: no column {', '.join(map(repr, absent))}; "
                f"found {', '.join(map(repr, frame.columns[:12]))}"
            )
        return frame

    @staticmethod
    def numbers(frame: pd.DataFrame, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Turn columns into numbers; a cell that is text stops the build with its row and column."""
        frame = frame.copy()
        for column in columns:
            parsed = pd.to_numeric(frame[column], errors="coerce")
            bad = parsed.isna() & frame[column].notna()
            if bad.any():
                row = int(bad.to_numpy().argmax())
                raise SourceError(
                    f"{name}, row {row + 2}, column {column!r}: found {frame[column].iloc[row]!r}, "
                    "expected a number"
                )
            frame[column] = parsed
        return frame
