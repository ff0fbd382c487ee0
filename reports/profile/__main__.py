"""`python -m reports.profile --area CODE --out FILE.pdf` writes one PDF; `tasks.py profile` calls it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.query import BundleError, load_bundle
from reports.profile import pack
from reports.profile.build import build
from reports.profile.model import UnknownAreaError
from reports.profile.pdf import as_pdf


def parser() -> argparse.ArgumentParser:
    """The arguments; those of `tasks.py profile`."""
    found = argparse.ArgumentParser(prog="tasks.py profile")
    found.add_argument("--area", required=True)
    found.add_argument("--out", required=True, type=Path)
    found.add_argument("--pack", choices=("", *pack.KINDS), default="")
    return found


def main(argv: list[str]) -> int:
    """Write the file; 1 with a message, and nothing written, when the area is unknown or has no pack."""
    args = parser().parse_args(argv)
    try:
        bundle = load_bundle()
        if args.pack:
            made = pack.make(bundle, args.area, args.pack)
            what = f"a pack of {len(pack.members(bundle, args.area, args.pack))} {args.pack}"
        else:
            made = as_pdf([build(bundle, args.area)])
            what = f"the profile of {bundle.name(args.area)}"
        args.out.write_bytes(made)
    except (UnknownAreaError, BundleError, OSError) as error:
        print(error)
        return 1
    print(f"{args.out}: {what}, {len(made) / 1000:,.0f} kB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
