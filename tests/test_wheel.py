"""The wheel works on its own: run-time dependencies only, from another directory, without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VESSELTRACK_", "VIRTUAL_ENV"))
    }
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_the_reference_data_and_its_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {
        f"vesseltrack/_data/{path.relative_to(ROOT / 'data')}" for path in (ROOT / "data").rglob("*") if path.is_file()
    }
    assert data <= names
    assert {"vesseltrack/py.typed", "vesseltrack/_data/examples/vostochny-2024.csv"} <= names
    assert not any(name.startswith(("tests/", "bench/", "tools/", "data/")) for name in names)


def test_the_demo_runs_from_the_wheel_with_run_time_dependencies_only(wheel, tmp_path):
    venv = tmp_path / "venv"
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        run(uv, "venv", "--quiet", "--python", sys.executable, venv, cwd=tmp_path)
        run(uv, "pip", "install", "--quiet", "--python", venv / "bin" / "python", wheel, cwd=tmp_path)
    else:
        run(sys.executable, "-m", "venv", venv, cwd=tmp_path)
        pip = [
            venv / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
        ]
        run(*pip, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shown = run(venv / "bin" / "vesseltrack", "demo", cwd=elsewhere)
    assert "CHON MA SAN" in shown.upper()
    assert "500,000" in shown
    assert list(elsewhere.iterdir()) == []
