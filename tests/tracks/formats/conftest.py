"""Files written in a test and recognised."""

from __future__ import annotations

from pathlib import Path

import pytest
from tracks.formats.evaluating import evaluated

from vesseltrack.tracks.formats.recognising import recognise


@pytest.fixture
def recognised(tmp_path):
    """Recognise files given by their content, in the order given."""

    def reading(*contents, **options):
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / f"input{number}"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        folder = tmp_path / "copies"
        folder.mkdir(exist_ok=True)
        return recognise(paths, folder, **options)

    return reading


@pytest.fixture
def rows(recognised):
    """The rows of one file."""

    def reading(content):
        (source,) = recognised(content).sources
        return evaluated(source)

    return reading


@pytest.fixture
def sample():
    return Path(__file__).parents[1] / "data" / "marinecadastre_2023-01-01.csv"
