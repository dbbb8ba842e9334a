"""Chart and map of each year as files of their own: SVG, light, without a script, for other people's documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vesseltrack.reports import svg
from vesseltrack.reports.chart import chart_figure
from vesseltrack.reports.html.page import own_file
from vesseltrack.reports.map import map_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vesseltrack.reports.case import Case

_DARK = re.compile(r"@media .*", re.DOTALL)
_SET = re.compile(r"--([a-z]+): ([^;]+);")
_USED = re.compile(r"var\(--([a-z]+)\)")


def pictures(case: Case) -> Iterator[tuple[str, str]]:
    """What is added to a file's name, and the SVG of that file: the chart of each year, and its map.

    A single year's chart has nothing added: ``cap.svg`` and ``cap-map.svg``, else ``cap-2024.svg`` and so on.
    """
    style = without_variables(own_file("chart.css"))
    for status in case.years:
        year = f"-{status.year}" if len(case.years) > 1 else ""
        yield year, svg.document(chart_figure(status, case.as_of), style)
        yield f"{year}-map", map_document(case, status)


def without_variables(css: str) -> str:
    """The light look of a style sheet with its colours written out: not every viewer of SVG knows variables."""
    light = _DARK.sub("", css)
    colours = dict(_SET.findall(light))
    return _USED.sub(lambda found: colours[found[1]], _SET.sub("", light))
