"""The slides of a briefing as a PDF, printed by a browser of this machine. Standard library only."""

import subprocess
import tempfile
from pathlib import Path

from tools.chromium import find_chromium
from tools.environment import ProblemError, say

SECONDS = 120
NO_BROWSER = (
    "A PDF needs a browser (Chromium, Chrome or Edge), and none was found here; set CHROMIUM to its path.\n"
    "Or open {} in any browser and print it to PDF there (Ctrl+P, landscape, no margins, with background)."
)


def print_command(browser: str, page: Path, pdf: Path, profile: str) -> list[str]:
    """How the browser prints one file, with a profile of its own and no way to a network."""
    return [
        browser,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={pdf.resolve()}",
        page.resolve().as_uri(),
    ]


def print_pdf(page: Path, pdf: Path) -> None:
    """Print a deck. ProblemError where there is no browser, or it printed nothing."""
    browser = find_chromium()
    if not browser:
        raise ProblemError(NO_BROWSER.format(page))
    pdf.unlink(missing_ok=True)  # an older one would look like the answer
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = print_command(browser, page, pdf, profile)
        try:
            tried = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProblemError(f"{browser} could not print: {error}\n{NO_BROWSER.format(page)}") from error
    if tried.returncode != 0 or not pdf.is_file():
        last = tried.stderr.strip().splitlines()[-1:]
        raise ProblemError(f"{browser} printed no PDF: {last}\n{NO_BROWSER.format(page)}")
    say(f"{pdf}: {pdf.stat().st_size / 1000:.0f} kB.")
