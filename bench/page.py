"""Size of the HTML page of a very full year, and how long a browser takes to open it.

python bench/page.py      (wants Playwright's Python package and chromium)
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import write_loadings
from playwright.sync_api import sync_playwright

from vesseltrack import reference

DELIVERIES = 150
CALLS = 3_000
"""Calls of listed ships in the DPRK and in foreign ports."""

PORTS = ("Nampo", "Busan", "Chongjin", "Busan", "Vostochny")


def write_case(path: Path) -> None:
    """Loadings, each by another tanker, and calls of listed ships: some thousand deliveries, five thousand findings."""
    write_loadings(path, DELIVERIES)
    known = [row for row in reference.rows("vessels.csv") if row["status"] != "delisted"]
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number in range(CALLS):
            day = f"2024-{number % 12 + 1:02d}-{number // 12 % 28 + 1:02d}"
            ship = known[number % len(known)]["name"]
            writer.writerow((day, ship, "", "tanker", PORTS[number // 7 % 5], "", "moored"))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file, page = Path(folder) / "case.csv", Path(folder) / "page.html"
        write_case(file)
        command = (sys.executable, "-m", "vesseltrack", "report", str(file), "--fail-at", "none")
        begun = time.perf_counter()
        subprocess.run([*command, "-o", str(page)], check=False, stderr=subprocess.DEVNULL)
        written = time.perf_counter() - begun
        said = subprocess.run([*command, "--format", "json"], check=False, capture_output=True).stdout
        told = json.loads(said)
        print(f"{len(told['years'][0]['deliveries']):,} deliveries, {len(told['findings']):,} findings")
        print(f"written in {written:.1f} s, {page.stat().st_size / 1e6:.2f} MB")
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            times = []
            for _ in range(5):
                tab = browser.new_page()
                begun = time.perf_counter()
                tab.goto(page.as_uri())
                tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
                times.append(time.perf_counter() - begun)
                tab.close()
            browser.close()
        print("opened and painted in", ", ".join(f"{one:.2f}" for one in sorted(times)), "s")


if __name__ == "__main__":
    main()
