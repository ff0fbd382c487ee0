"""A profile, or a pack of them, as a PDF: tagged (PDF/UA-1), fonts embedded, the same for the same tables."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.config import ROOT
from house_style.figures import BASIS_WORDS, RELIABILITY_WORDS
from house_style.palette import SEQUENTIAL, THEMES, VERDICT_LEVELS, VERDICTS
from reports.profile.model import Profile

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
STANDARD = "ua-1"
MANY = 20  # profiles: setting more takes hundreds of megabytes, which only the end of a process gives back
AUTHOR = "Neighbourhood health inequalities dashboard"
WEIGHTS = ("Regular", "It", "Semibold", "Bold")
GRADES = "; ".join(f"{letter} {words[:1].lower()}{words[1:]}" for letter, words in RELIABILITY_WORDS.items())
MADE = (
    f"How a figure was made. Published: {BASIS_WORDS['published']}. Added up: {BASIS_WORDS['aggregated']}. "
    f"Shared out: {BASIS_WORDS['apportioned']}. Estimate: {BASIS_WORDS['modelled']}."
)
WORDS = (MADE, f"Grades of reliability: {GRADES}.")


class Fonts:
    """The four faces in use, in their own folder: typst reads folders, and the package has each twice."""

    def __init__(self) -> None:
        import typst

        self._folder = tempfile.TemporaryDirectory(prefix="profile-fonts-")
        with as_file(files("font_source_sans_pro") / "files") as found:
            for weight in WEIGHTS:
                shutil.copy(found / f"SourceSansPro-{weight}.ttf", self._folder.name)
        self.fonts: typst.Fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[self._folder.name]
        )


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    return Fonts()


def theme() -> dict[str, Any]:
    """The colours of paper, all from the palette: light, as on a white page."""
    light = THEMES["light"]
    return {
        "text": light.text, "quiet": light.quiet, "grid": light.grid,
        "accent": light.accent, "land": light.land,
        "better": light.better, "worse": light.worse, "similar": light.quiet,
        "higher": VERDICTS["higher"], "lower": VERDICT_LEVELS["lower (99.8%)"], "fifths": SEQUENTIAL[::-1],
    }  # fmt: skip


def compiled(source: str, form: str, folder: Path = HERE, **inputs: Any) -> bytes:
    """One of the typst files of a folder (this one) with its data, as a PDF, PNG or SVG.

    RuntimeError, with what typst says, where it cannot be set or a warning shows that something is missing.
    """
    import typst

    compiler = typst.Compiler(
        input=str(folder / source),
        root=str(folder),
        font_paths=_fonts().fonts,
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()},
    )
    standards: Any = [STANDARD] if form == "pdf" else []
    made, warnings = compiler.compile_with_warnings(format=form, ppi=72, pdf_standards=standards)  # type: ignore[arg-type]
    if warnings:
        raise RuntimeError(f"{source}: {'; '.join(str(item) for item in warnings)}")
    assert isinstance(made, bytes)
    return made


def compiled_apart(source: str, **inputs: Any) -> bytes:
    """As `compiled`, as a PDF, in a process of its own. RuntimeError with what it said where it fails."""
    command = [sys.executable, "-m", "reports.profile.pdf", source]
    done = subprocess.run(command, input=json.dumps(inputs).encode(), capture_output=True, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(
            f"{source} could not be set: {done.stderr.decode(errors='replace').strip()[-2000:]}"
        )
    return done.stdout


def book(profiles: Sequence[Profile], title: str = "", about: str = "") -> dict[str, Any]:
    """What `profile.typ` sets: one profile, or several with a list of contents before them."""
    first = profiles[0]
    working = list(dict.fromkeys(profile.working for profile in profiles if profile.working))
    return {
        "title": title or f"{first.name}: area profile ({first.kind})",
        "author": AUTHOR,
        "about": about,
        "working": " ".join(working),
        "foot": f"{AUTHOR}. Data version {first.version}. Not an official publication.",
        "words": WORDS,
        "profiles": [asdict(profile) for profile in profiles],
    }


def as_pdf(profiles: Sequence[Profile], title: str = "", about: str = "") -> bytes:
    """The file. One profile has two pages; a pack has its contents first. ValueError for none."""
    if not profiles:
        raise ValueError("a PDF needs at least one profile")
    inputs: dict[str, Any] = {"book": book(profiles, title, about), "theme": theme()}
    if len(profiles) > MANY:
        return compiled_apart("profile.typ", **inputs)
    return compiled("profile.typ", "pdf", **inputs)


if __name__ == "__main__":
    sys.stdout.buffer.write(compiled(sys.argv[1], "pdf", **json.loads(sys.stdin.buffer.read())))
