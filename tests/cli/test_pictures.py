"""`report --chart FILE`: chart and map as pictures for other people's documents."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from vesseltrack.errors import ExitCode

EXAMPLE = Path(__file__).parents[2] / "examples" / "vostochny-2024.csv"


def test_chart_and_map_are_svg_files_that_any_viewer_draws(run, tmp_path):
    """No variable, no script, nothing from elsewhere; the same bytes again."""
    for name in ("a.svg", "b.svg"):
        assert run("report", EXAMPLE, "--chart", tmp_path / name).code == 0
    for name in ("a.svg", "a-map.svg"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text == (tmp_path / name.replace("a", "b", 1)).read_text(encoding="utf-8")
        assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own file
        assert "var(" not in text
        assert "<script" not in text
        assert text.count("http") == 1, "the name space of SVG"


def test_several_years_have_their_year_in_the_name(run, tmp_path, sightings):
    rows = "2023-03-06,YU SON,,Nampo,,,off,discharging,a\n2024-03-06,YU SON,,Nampo,,,off,discharging,a\n"
    assert run("report", sightings(rows), "--chart", tmp_path / "cap.svg").code == 0
    assert sorted(path.name for path in tmp_path.glob("cap*.svg")) == [
        "cap-2023-map.svg", "cap-2023.svg", "cap-2024-map.svg", "cap-2024.svg",
    ]  # fmt: skip


def test_png_needs_no_browser(run, tmp_path):
    pytest.importorskip("resvg_py")
    assert run("report", EXAMPLE, "--chart", tmp_path / "cap.png").code == 0
    for name in ("cap.png", "cap-map.png"):
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", data[16:24])
        assert width > 1500
        assert height > 500


def test_what_is_no_picture_is_refused_before_anything_is_counted(run, tmp_path):
    ran = run("report", EXAMPLE, "--chart", tmp_path / "cap.pdf")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "writes .svg and .png files" in ran.err


def test_an_input_is_not_drawn_over(run, tmp_path):
    kept = tmp_path / "cap.svg"
    kept.write_bytes(EXAMPLE.read_bytes())
    ran = run("report", kept, "--chart", kept)
    assert ran.code == ExitCode.USAGE
    assert kept.read_bytes() == EXAMPLE.read_bytes()
