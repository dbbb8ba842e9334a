"""Pictures of the HTML page for docs/img, to be looked at when it changes: a wide screen, and a phone in the dark.

Wants Playwright's Python package and chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
SCREENS: tuple[tuple[str, int, int, Literal["light", "dark"]], ...] = (
    ("page.png", 1200, 2600, "light"),
    ("page-phone-dark.png", 400, 1800, "dark"),
)


def main() -> None:
    """Draw them anew."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = Path(folder) / "cap-2024.html"
        report = (sys.executable, "-m", "vesseltrack", "report", "examples/vostochny-2024.csv", "-o", str(page))
        subprocess.run(report, check=True, cwd=ROOT)
        found = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, width, height, scheme in SCREENS:
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab.goto(page.as_uri())
            tab.screenshot(path=ROOT / "docs" / "img" / name)
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
