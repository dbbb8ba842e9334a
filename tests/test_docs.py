"""What the documentation says is what the program does."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from vesseltrack.errors import MEANING

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def make_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/rules.md", "docs/sightings.md", "docs/tracks.md"])
def test_the_made_documents_are_as_the_code_is(make_docs, name):
    assert (ROOT / name).read_text(encoding="utf-8") == make_docs.documents()[name], "run `make docs`"


def test_the_readme_holds_the_table_of_exit_codes(readme):
    for code, meaning in MEANING.items():
        assert f"| {int(code)} | {meaning} |" in readme


def test_the_readme_names_every_command_and_no_other(readme, make_docs):
    import typer

    from vesseltrack.cli.app import app

    known = {path for path, _ in make_docs.commands(typer.main.get_command(app))}
    overview = readme.partition("## Commands")[2].partition("\n## ")[0]
    named = set(re.findall(r"vesseltrack ((?:ports|vessels|config|ledger) \w+|\w+)", overview))
    named |= {
        f"{group} {command}"
        for group, command in re.findall(r"\b(ports|vessels|ledger) (locate|show|log|retract|backup)\b", overview)
    }
    assert named == known


def test_the_two_commands_stand_first_in_the_readme(readme):
    assert re.search(r"^## .*\n+(```.*\n)?\s*make demo\b.*\n\s*make test\b", readme, re.MULTILINE)


def test_every_link_into_the_project_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?P<kind>\w*) ?(?P<name>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def matches(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed; a line `...` stands for any lines, `…` for any text in a line."""
    lines = [re.escape(line).replace("…", ".*") + "\n" for line in shown.splitlines()]
    pattern = "".join("(.*\n)*?" if line == r"\.\.\." + "\n" else line for line in lines)
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_shown_prints_what_the_page_shows(page, tmp_path):
    """```console blocks hold `$ command` and what it prints; ```csv NAME blocks are files for them."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "VESSELTRACK_TODAY": "2026-11-22",
    }
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["kind"] == "csv" and block["name"]:
            (tmp_path / block["name"]).write_text(block["text"], encoding="utf-8")
        if block["kind"] != "console":
            continue
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block["text"], re.MULTILINE):
            ran = subprocess.run(
                ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert "Traceback" not in ran.stderr, command
            assert ran.returncode not in (1, 2, 126, 127), f"{command}\n{ran.stderr}"
            assert matches(shown, ran.stdout + ran.stderr), f"{page.name}: {command}\n{ran.stdout}{ran.stderr}"


def run_python(text: str, name: str) -> None:
    """Run the ```python blocks of a page one after the other, each knowing what those before it said."""
    known: dict[str, object] = {}
    for block in BLOCK.finditer(text):
        if block["kind"] == "python":
            above = "\n" * text.count("\n", 0, block.start("text"))  # so that a failure names the line of the page
            exec(compile(above + block["text"], name, "exec"), known)  # noqa: S102


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python" in page.read_text("utf-8")], ids=lambda p: p.name
)
def test_every_formula_shown_is_what_the_program_does(page):
    """A block asserts that the formula, the program and the published figure agree."""
    run_python(page.read_text(encoding="utf-8"), str(page))


def test_every_block_of_the_method_is_run_and_all_but_the_first_can_fail():
    """The first holds what the others share. A formula in a block that nothing runs would be a claim like any other."""
    blocks = list(BLOCK.finditer((ROOT / "docs" / "method.md").read_text(encoding="utf-8")))
    assert {(block["kind"], bool(block["name"])) for block in blocks} == {
        ("python", False), ("csv", True), ("console", False),
    }  # fmt: skip
    formulas = [block["text"] for block in blocks if block["kind"] == "python"]
    bare = [text for text in formulas[1:] if not re.search(r"^ *assert ", text, re.MULTILINE)]
    assert len(formulas) > 20
    assert bare == [block["text"] for block in blocks if "def bounds(" in block["text"]], "names, and nothing to fail"


def test_a_formula_that_is_wrong_is_found_at_its_line():
    page = "A page.\n```python\nbarrels = 1410 * 8.33\n```\n\n```python\nassert round(barrels) == 11_750\n```\n"
    with pytest.raises(AssertionError) as found:
        run_python(page, "page.md")
    assert (str(found.traceback[-1].path), found.traceback[-1].lineno + 1) == ("page.md", 7)


def test_what_a_page_shows_is_compared_line_by_line():
    assert matches("a\n...\nz …\n", "a\nb\nc\nz 1 2\n")
    assert not matches("a\n...\nz\n", "a\nb\nc\n")
    assert not matches("a\n", "a\nb\n")
    assert not matches("a.c\n", "abc\n")
