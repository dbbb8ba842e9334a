"""Set-up on a machine of which nothing is known: one clear line where it cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "dirname", "cksum", "cat", "rm", "env")
BROKEN_SHIM = "echo 'pyenv: python3.13: command not found' >&2; exit 127"
TOO_OLD = "exit 1"
WITHOUT_VENV = 'case "$2" in *venv*) exit 1;; *) exit 0;; esac'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout, and a PATH that holds only what set-up may assume."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def install(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def set_up(machine: Path, what: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
    ran = {name: value for name, value in os.environ.items() if name not in {"PYTHON", "VENV", "PATH"}}
    return subprocess.run(
        [str(machine / "bin" / "sh"), str(machine / "tools" / "setup.sh"), what],
        env={**ran, "PATH": str(machine / "bin"), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_python_that_starts_and_is_new_enough_it_says_so(machine):
    install(machine, "python3.13", BROKEN_SHIM)
    install(machine, "python3", TOO_OLD)
    ran = set_up(machine)
    assert ran.returncode == 1
    assert ran.stderr == (
        "No Python 3.11 or newer was found: install one, or name it, as in: make demo PYTHON=/path/to/python3\n"
    )


def test_a_named_python_that_will_not_do_is_named(machine):
    ran = set_up(machine, PYTHON="/no/such/python")
    assert ran.returncode == 1
    assert ran.stderr.startswith("PYTHON=/no/such/python is no Python 3.11 or newer that starts")


def test_a_python_without_venv_says_what_to_install(machine):
    install(machine, "python3", WITHOUT_VENV)
    ran = set_up(machine)
    assert ran.returncode == 1
    assert "python3 has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)" in ran.stderr


def test_what_was_done_for_this_pyproject_is_not_done_again(machine):
    (machine / ".venv" / "bin").mkdir(parents=True)
    (machine / ".venv" / "bin" / "python").symlink_to(str(shutil.which("true")))  # installs anything at once
    said = [set_up(machine).stderr, set_up(machine).stderr]
    (machine / "pyproject.toml").write_text("# changed\n")
    said.append(set_up(machine).stderr)
    assert said == [
        "Installing vesseltrack into .venv (run) ...\n",
        "",
        "Installing vesseltrack into .venv (run) ...\n",
    ]


def test_spark_is_installed_for_the_tests_where_there_is_java_to_run_it(machine):
    (machine / ".venv" / "bin").mkdir(parents=True)
    (machine / ".venv" / "bin" / "python").symlink_to(str(shutil.which("true")))
    said = [set_up(machine, "test").stderr]
    install(machine, "java", "exit 0")
    said += [set_up(machine, what).stderr for what in ("test", "test", "run")]
    assert said == [
        "Installing vesseltrack into .venv (test) ...\n",
        "Installing vesseltrack into .venv (test,spark) ...\n",
        "",
        "",
    ]
