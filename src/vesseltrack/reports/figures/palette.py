"""Colours of the pictures, light and dark, as variables.

Text has at least 4.5 : 1 and marks at least 3 : 1 against what they stand on (WCAG 2.2, 1.4.3 and 1.4.11); a test
computes it. No information is in a colour alone.
"""

from __future__ import annotations

import re

LIGHT = {
    "ink": "#1b2430",
    "muted": "#4f5a68",
    "paper": "#ffffff",
    "land": "#e8e4da",
    "coast": "#b3ac9e",
    "water": "#f4f8fb",
    "grid": "#d5dae0",
    "accent": "#0b4f93",
    "warn": "#7a4100",
    "bad": "#a4161a",
    "fence": "#6b6459",
    "lit": "#ffb000",
}
DARK = {
    "ink": "#e8ecf1",
    "muted": "#a9b4c2",
    "paper": "#12171d",
    "land": "#2c343b",
    "coast": "#55616b",
    "water": "#151d25",
    "grid": "#343d49",
    "accent": "#7db8f5",
    "warn": "#e5a96b",
    "bad": "#ff8b8b",
    "fence": "#a39c90",
    "lit": "#b86e00",
}

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"


def _set(colours: dict[str, str]) -> str:
    return ".vt-figure{" + "".join(f"--{name}:{colour};" for name, colour in colours.items()) + "}"


PALETTE_CSS = f"{_set(LIGHT)}\n@media screen and (prefers-color-scheme:dark){{{_set(DARK)}}}\n"
"""The variables, for the pictures alone: a page may have others of these names. Print is light."""

_VARIABLE = re.compile(r"var\(--([a-z]+)\)")


def in_light(rules: str) -> str:
    """The rules with light colours written out, for viewers of SVG that know no variables."""
    return _VARIABLE.sub(lambda found: LIGHT[found[1]], rules)
