"""`python -m reports.briefing --area CODE --out FILE.html [--pdf FILE.pdf]` writes one deck."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.query import BundleError, load_bundle
from reports.briefing import deck, paper
from reports.briefing.model import KINDS, ROOMS
from reports.briefing.slides import UnknownAreaError, build, chosen

LARGEST = 3_000_000  # bytes: fits any stick and any e-mail


def parser() -> argparse.ArgumentParser:
    """The arguments; those of `tasks.py briefing`."""
    found = argparse.ArgumentParser(prog="tasks.py briefing")
    found.add_argument("--area", required=True)
    found.add_argument("--out", required=True, type=Path)
    found.add_argument("--pdf", type=Path)
    found.add_argument("--slides", default="")
    found.add_argument("--room", choices=ROOMS, default=ROOMS[0])
    return found


def main(argv: list[str]) -> int:
    """Write the file, or both; 1 with a message, and nothing written, when the area or a slide is unknown."""
    args = parser().parse_args(argv)
    unknown = [part for part in args.slides.split(",") if part.strip() and part.strip() not in KINDS]
    if unknown:
        print(f"There is no slide called {', '.join(unknown)}. The slides are: {', '.join(KINDS)}.")
        return 1
    try:
        made = build(load_bundle(), args.area, chosen(args.slides))
        text = deck.html(made, args.room)
        printed = paper.as_pdf(made) if args.pdf else b""
        args.out.write_text(text, encoding="utf-8", newline="\n")
        if args.pdf:
            args.pdf.write_bytes(printed)
    except (UnknownAreaError, BundleError, OSError, RuntimeError) as error:
        print(error)
        return 1
    size = len(text.encode())
    if size > LARGEST:
        print(f"{args.out} has {size:,} bytes, more than {LARGEST:,}.")
        return 1
    print(f"{args.out}: {len(made.slides)} slides about {made.area_name}, {size / 1000:.0f} kB.")
    if args.pdf:
        print(f"{args.pdf}: {len(printed) / 1000:.0f} kB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
