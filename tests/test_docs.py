"""What the documentation says is what the program does."""

from __future__ import annotations

import importlib.util
import re
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


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/rules.md"])
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
    named = set(re.findall(r"vesseltrack ((?:ports|vessels|config) \w+|\w+)", overview))
    named |= {f"{group} {command}" for group, command in re.findall(r"\b(ports|vessels) (locate|show)\b", overview)}
    assert named == known


def test_the_two_commands_stand_first_in_the_readme(readme):
    assert re.search(r"^## .*\n+(```.*\n)?\s*make demo\b.*\n\s*make test\b", readme, re.MULTILINE)


def test_every_link_into_the_project_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
