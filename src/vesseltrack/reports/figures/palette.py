"""Colours of the pictures, light and dark, as variables that a page may set itself.

Text has at least 4.5 : 1 and marks at least 3 : 1 against what they stand on (WCAG 2.2, 1.4.3 and 1.4.11); a test
computes it. No information is in a colour alone.
"""

from __future__ import annotations

import re

LIGHT = {
    "ink": "#17212b",
    "muted": "#4f5b66",
    "paper": "#ffffff",
    "land": "#e8e4da",
    "coast": "#b3ac9e",
    "water": "#f4f8fb",
    "grid": "#d3dbe2",
    "accent": "#0b5cad",
    "warn": "#8a5200",
    "bad": "#b3261e",
    "band": "#cfe0f2",
    "fence": "#6b6459",
    "lit": "#ffb000",
}
DARK = {
    "ink": "#e8edf2",
    "muted": "#a9b5c0",
    "paper": "#10161c",
    "land": "#2c343b",
    "coast": "#55616b",
    "water": "#141c23",
    "grid": "#33404b",
    "accent": "#74b7f5",
    "warn": "#e3ad55",
    "bad": "#ff8f85",
    "band": "#21405f",
    "fence": "#a39c90",
    "lit": "#ffd34d",
}

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"


def _set(colours: dict[str, str]) -> str:
    return ":where(:root){" + "".join(f"--{name}:{colour};" for name, colour in colours.items()) + "}"


PALETTE_CSS = f"{_set(LIGHT)}\n@media (prefers-color-scheme:dark){{{_set(DARK)}}}\n"
"""The variables. ``:where`` weighs nothing, so that a page that sets them on ``:root`` has its way."""

_VARIABLE = re.compile(r"var\(--([a-z]+)\)")


def in_light(rules: str) -> str:
    """The rules with light colours written out, for viewers of SVG that know no variables."""
    return _VARIABLE.sub(lambda found: LIGHT[found[1]], rules)
