"""Lines as short as they can be written: a coast has thousands of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.reports.svg import number

if TYPE_CHECKING:
    from collections.abc import Iterable


def way(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The ``d`` of a line through points, in tenths, each written as its way from the one before, without drift."""
    steps: list[str] = []
    last = (0, 0)
    for x, y in points:
        here = round(x * 10), round(y * 10)
        if steps and here == last:
            continue
        across, down = number((here[0] - last[0]) / 10), number((here[1] - last[1]) / 10)
        steps.append(f"{across}{'' if down.startswith('-') else ' '}{down}")
        last = here
    if not steps:
        return ""
    line = steps[0] + ("l" if len(steps) > 1 else "")
    for place, step in enumerate(steps[1:]):
        line += step if place == 0 or step.startswith("-") else f" {step}"
    return f"M{line}{'z' if closed else ''}"
