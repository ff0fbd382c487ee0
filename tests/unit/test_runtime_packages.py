"""What the dashboard imports is in requirements.lock: on a bare machine `run` installs nothing else."""

import ast
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp

from tools.environment import RUNTIME, requirement_names

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("pages", "components", "reports", "house_style", "data", "methods", "geo")


def imported_by(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def modules_behind_the_dashboard() -> set[str]:
    """Every module that app.py, asgi.py, the pages and the components import, however indirectly."""
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True, exclude_type_checking_imports=True)
    entries = imported_by(ROOT / "app.py") | imported_by(ROOT / "asgi.py")
    starts = {name for name in graph.modules if name in entries or name.startswith(("pages.", "components."))}
    outside = {name for name in entries if name.split(".")[0] not in PACKAGES}
    return outside | starts | {up for name in starts for up in graph.find_upstream_modules(name)}


def test_the_dashboard_imports_only_what_the_runtime_lock_installs() -> None:
    locked = set(requirement_names(RUNTIME[0].read_text(encoding="utf-8")))
    distributions = packages_distributions()
    tops = {name.split(".")[0] for name in modules_behind_the_dashboard()} - {
        *PACKAGES,
        "app",
        "asgi",
        "tools",
    }
    tops -= set(sys.stdlib_module_names)
    assert {"streamlit", "pandas"} <= tops
    strangers = {
        top: distributions.get(top, ["no known package"])
        for top in tops
        if not locked & set(requirement_names("\n".join(distributions.get(top, []))))
    }
    assert strangers == {}, (
        "move the import out of the dashboard's way, or add the package to requirements.txt"
    )


def test_the_pages_start_without_the_libraries_that_fill_memory() -> None:
    """Pictures to keep need matplotlib, the build scipy's optimisers: both only when they are asked for."""
    modules = [f"components.{path.stem}" for path in (ROOT / "components").glob("*.py")]
    for_pictures = {"components.static_map", "components.inequality_picture", "components.picture_frame"}
    names = ", ".join(sorted({"asgi", *modules} - for_pictures - {"components.__init__"}))
    heavy = ["matplotlib", "scipy.stats", "scipy.optimize", "openpyxl", "statsmodels", "typst"]
    code = f"import sys, {names}; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
