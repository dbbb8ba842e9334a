"""Golden files: what each format looked like when somebody last looked at it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with a golden file; ``UPDATE_GOLDEN=1 pytest tests/reports`` writes the files anew."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text, (
            f"{name} differs; if that is meant: UPDATE_GOLDEN=1 pytest tests/reports"
        )

    return compare
