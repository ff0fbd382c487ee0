"""Where the publishers' raw files are. Standard library only; used by `tasks.py data` and by the tests."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tools.environment import ROOT, ProblemError

VARIABLE = "NEIGHBOURHOODS_SOURCES"
BESIDE = "../shared/sources"  # beside the checkout, where continuous integration has them


def configured(root: Path) -> str:
    with (root / "config.toml").open("rb") as handle:
        return str(tomllib.load(handle).get("data", {}).get("sources", "sources"))


def is_sources(folder: Path) -> bool:
    return (folder / "manifest.csv").is_file()


def find_sources(given: str = "", root: Path = ROOT, env: Mapping[str, str] = os.environ) -> Path:
    """The folder of raw files: as given, else from the environment, config.toml, or beside the checkout.

    A folder that was asked for by name is never replaced by another one. Raises ProblemError, naming the
    places looked at, when none holds a manifest.csv.
    """
    asked = given or env.get(VARIABLE, "")
    if asked:
        places = [(Path.cwd() if given else root) / Path(asked).expanduser()]
    else:
        places = [root / configured(root), root / BESIDE]
    for place in places:
        if is_sources(place):
            return place.resolve()
    looked = "\n".join(f"   {place}" for place in places)
    raise ProblemError(
        f"The publishers' raw files are not here. Looked for manifest.csv in:\n{looked}\n"
        "The dashboard runs without them. To build the tables again, name their folder in config.toml "
        "([data] sources) or with --sources DIR; docs/updating-data.md says what belongs in it."
    )
