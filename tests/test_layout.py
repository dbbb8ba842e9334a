"""The layout is the architecture: who may import whom, and who may touch the world."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "vesseltrack"
MODULES = sorted(PACKAGE.rglob("*.py"))
EDGES = ("cli/", "clock.py", "__main__.py")
MAY_OPEN = (
    *EDGES,
    "sightings/",
    "config.py",
    "files.py",
    "reference.py",
    "ledger/",
    "vessels/own_list.py",
    "vessels/lists/",
    "ports/reading.py",
    "tracks/engines/heads.py",
    "tracks/engines/session.py",
    "tracks/formats/opening.py",
    "tracks/formats/source.py",
    "cases/fleet_reading.py",
    "cases/own_table.py",
)


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def calls(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_a_package_imports_only_what_stands_before_it():
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("module", [m for m in MODULES if not name_of(m).startswith(EDGES)], ids=name_of)
def test_nothing_below_the_command_line_prints_reads_the_clock_or_exits(module):
    forbidden = {
        "print", "input", "exit", "sys.exit", "os._exit", "date.today", "datetime.now", "datetime.today",
        "datetime.utcnow", "time.time", "os.getenv", "os.environ.get",
    }  # fmt: skip
    assert calls(module) & forbidden == set()
    assert not re.search(r"\bsys\.std(out|err)\b|\bos\.environ\b", module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", [m for m in MODULES if not name_of(m).startswith(MAY_OPEN)], ids=name_of)
def test_only_readers_open_files(module):
    opening = {call for call in calls(module) if re.search(r"(^|\.)(open|read_text|read_bytes|write_text)$", call)}
    assert opening - {"reference.read_bytes"} == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_click_is_never_imported_because_typer_carries_its_own():
    for module in MODULES:
        assert not re.search(
            r"^\s*(import|from) (click|typer\._click)", module.read_text(encoding="utf-8"), re.MULTILINE
        ), module


LIGHT = (
    ["--version"],
    ["--help"],
    ["check", "--help"],
    ["backtest", "--help"],
    ["screen", "CHON MA SAN"],
    ["config", "show"],
)
HEAVY = ("pandas", "numpy", "shapely", "pyarrow", "duckdb")


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_quick_commands_do_not_import_what_they_do_not_need(arguments):
    code = (
        "import sys\nfrom vesseltrack.cli.app import main\n"
        f"main({arguments!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "[]"
