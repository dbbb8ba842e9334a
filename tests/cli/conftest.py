"""Ways to run the program: here, which is quick, and as a process, which is what users have."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vesseltrack.cli.app import main

TODAY = "2026-11-22"
HEADER = "date,vessel,imo,port,lat,lon,ais_status,activity,source\n"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _clean_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests, a working directory of its own, a day that stays."""
    for name in list(os.environ):
        if name.startswith("VESSELTRACK_") or name in {"NO_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    work = tmp_path / "work"
    home.mkdir()
    work.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("VESSELTRACK_TODAY", TODAY)
    monkeypatch.chdir(work)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def _run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Ran(code, captured.out.decode(), captured.err.decode())

    return _run


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command as a process of its own."""

    def _process(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "vesseltrack", *map(str, arguments)]
        settings: dict[str, Any] = {"capture_output": True, "timeout": 60, **more}
        return subprocess.run(command, check=False, **settings)

    return _process


@pytest.fixture
def sightings(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV of sightings; the header stands in front unless the text brings its own."""

    def _sightings(text: str | bytes, name: str = "sightings.csv", *, header: bool = True) -> Path:
        path = tmp_path / "work" / name
        data = text if isinstance(text, bytes) else ((HEADER if header else "") + text).encode()
        path.write_bytes(data)
        return path

    return _sightings
