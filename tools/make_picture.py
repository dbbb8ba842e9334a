"""Draws docs/img/report.svg: the first lines of the bundled case's report, as a terminal shows them.

No remote font and no script: the picture opens offline. `make docs` runs it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 100
LINES = 44

THEME = TerminalTheme(
    (16, 20, 28),
    (214, 220, 230),
    [(30, 34, 42), (224, 90, 90), (120, 190, 110), (222, 170, 70), (100, 150, 230), (190, 120, 200), (90, 180, 190),
     (200, 206, 216)],
)  # fmt: skip


def picture(ansi: str) -> str:
    """SVG of a terminal's text, ANSI colours kept."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in ansi.splitlines()[:LINES]:
        console.print(Text.from_ansi(line), no_wrap=True, overflow="crop", crop=True)
    drawn = console.export_svg(title="vesseltrack report examples/vostochny-2024.csv", theme=THEME, unique_id="report")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r">([^<>]+)</text>", lambda text: f">{text[1].replace(' ', '&#160;')}</text>", drawn)
    return drawn.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")


def report() -> str:
    """The report as a colour terminal of 100 columns shows it."""
    from vesseltrack.cases.examine import examine  # noqa: PLC0415 - pandas only where it is needed
    from vesseltrack.cases.settings import CaseSettings  # noqa: PLC0415
    from vesseltrack.clock import today  # noqa: PLC0415
    from vesseltrack.ports.gazetteer import load_gazetteer  # noqa: PLC0415
    from vesseltrack.reports.render import render  # noqa: PLC0415
    from vesseltrack.vessels.loading import load_register  # noqa: PLC0415

    case = examine(
        ["examples/vostochny-2024.csv"],
        settings=CaseSettings(),
        register=load_register(),
        gazetteer=load_gazetteer(),
        today=today(),
    )
    return str(render("report", case, "table", width=WIDTH, color=True))


if __name__ == "__main__":
    target = ROOT / "docs" / "img" / "report.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(picture(report()), encoding="utf-8")
    print(f"wrote {target.relative_to(ROOT)}")
