"""Pictures taken apart: the marks of a drawing, and where they stand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations

NAMESPACE = "http://www.w3.org/2000/svg"


def parsed(figure: str) -> ET.Element:
    """The picture as XML, strictly."""
    return ET.fromstring(figure.encode("utf-8"))  # noqa: S314 - written by the program itself


def named(root: ET.Element, tag: str) -> list[ET.Element]:
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == tag]


def picture(root: ET.Element) -> ET.Element:
    """The first picture; what follows it is its legend in two sizes."""
    return named(root, "svg")[0]


def deliveries(root: ET.Element) -> set[str]:
    return {name for one in root.iter() for name in one.get("data-delivery", "").split()}


def spots(root: ET.Element) -> Iterator[tuple[float, float]]:
    """Every absolute position at which a circle, a rectangle, a text or a line of the picture begins or turns."""
    for one in root.iter():
        tag = one.tag.rpartition("}")[2]
        if tag == "circle":
            x, y, r = (float(one.get(name)) for name in ("cx", "cy", "r"))
            yield from ((x - r, y - r), (x + r, y + r))
        elif tag in {"rect", "text"}:
            yield float(one.get("x")), float(one.get("y"))
        elif tag == "path":
            yield from _turns(one.get("d"))


def _turns(d: str) -> Iterator[tuple[float, float]]:
    """Positions on a way of absolute M, Q, H, V and relative l, h, v, m."""
    x = y = 0.0
    for command, numbers in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", d):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command in "Hh":
            x = values[0] + (x if command == "h" else 0)
            yield x, y
        elif command in "Vv":
            y = values[0] + (y if command == "v" else 0)
            yield x, y
        else:
            for across, down in zip(values[::2], values[1::2], strict=True):
                x, y = (x + across, y + down) if command in "lm" else (across, down)
                yield x, y


def size(root: ET.Element) -> tuple[float, float]:
    _, _, width, height = (float(number) for number in picture(root).get("viewBox").split())
    return width, height


def covered(boxes: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """Pairs of boxes of which one lies on the other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(enumerate(boxes), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
