"""Results go to standard output, or to a file that is either whole or as it was."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from vesseltrack.cli import output
from vesseltrack.errors import ConfigurationError, ExitCode, OutputError, PipeClosedError


def test_a_new_file_has_the_usual_mode_and_nothing_is_left_beside_it(tmp_path):
    old = os.umask(0o027)
    try:
        output.write("a\n", str(tmp_path / "r.csv"))
    finally:
        os.umask(old)
    assert (tmp_path / "r.csv").read_text() == "a\n"
    assert stat.S_IMODE((tmp_path / "r.csv").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["r.csv"]


def test_an_old_file_keeps_its_mode_and_a_symbolic_link_stays_one(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o604)
    link.symlink_to(target)
    output.write("new\n", str(link))
    assert link.is_symlink()
    assert target.read_text() == "new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_a_link_that_points_nowhere_yet_makes_its_target(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    output.write("new\n", str(tmp_path / "link.csv"))
    assert (tmp_path / "real.csv").read_text() == "new\n"
    assert (tmp_path / "link.csv").is_symlink()


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    target = tmp_path / "r.csv"
    target.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)  # the disk, not our code
    with pytest.raises(OutputError, match=r"r\.csv: cannot be written: no space left on device\."):
        output.write("new", str(target))
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["r.csv"]


@pytest.mark.parametrize("name", ["", "none/r.csv", "file/r.csv"])
def test_a_place_that_cannot_be_written_is_one_line(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written: ") as error:
        output.write("x", str(tmp_path / name))
    assert error.value.exit_code == ExitCode.USAGE


def test_an_input_is_never_overwritten(tmp_path):
    source = tmp_path / "s.csv"
    source.write_text("evidence")
    (tmp_path / "alias.csv").hardlink_to(source)
    with pytest.raises(OutputError, match="is also an input"):
        output.write("x", str(tmp_path / "alias.csv"), inputs=["-", str(source)])
    assert source.read_text() == "evidence"


def test_a_fifo_is_written_straight(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()))
    reader.start()
    output.write("x" * 200_000, str(fifo))
    reader.join(10)
    assert read == [b"x" * 200_000]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_device_is_written_straight():
    output.write("x", "/dev/null")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_device_is_one_line():
    with pytest.raises(OutputError, match="/dev/full: cannot be written: no space left"):
        output.write("x", "/dev/full")


def test_every_character_can_be_written(tmp_path):
    output.write("백두산 \ud800\n", str(tmp_path / "r.txt"))
    assert (tmp_path / "r.txt").read_text() == "백두산 \\ud800\n"


@pytest.mark.parametrize(
    ("name", "format"),
    [
        (None, None), ("-", None), ("/dev/stdout", None), ("result", None), ("r.JSON", "json"), ("r.jsonl", "ndjson"),
        ("r.ndjson", "ndjson"), ("r.csv", "csv"), ("r.md", "markdown"), ("r.txt", "table"), ("r.html", "html"),
        ("r.xlsx", "xlsx"),
    ],
)  # fmt: skip
def test_the_suffix_names_the_format(name, format):
    assert output.format_of(name) == format


@pytest.mark.parametrize("name", ["r.pdf", "r.shp", "r.docx"])
def test_a_suffix_of_no_format_is_told_and_not_guessed(name):
    with pytest.raises(ConfigurationError, match="this version writes no"):
        output.format_of(name)


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "no_color", "expected"),
    [
        ({"TERM": "xterm"}, False, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, False, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "xterm"}, True, False),
    ],
)
def test_colour_is_for_terminals_whose_owner_did_not_say_no(environment, no_color, expected):
    assert output.colour(Terminal(), no_color=no_color, environment=environment) is expected
    assert output.colour(None, no_color=no_color, environment=environment) is False
    with Path(os.devnull).open() as file:
        assert output.colour(file, no_color=no_color, environment=environment) is False


WRITE = "from vesseltrack.cli import output; output.write('x' * 200_000, {where!r})"


@pytest.mark.parametrize("where", [None, "/dev/stdout"])
def test_a_reader_that_went_away_is_an_error_of_its_own(where):
    code = f"import sys\ntry:\n    {WRITE.format(where=where)}\nexcept Exception as e:\n    sys.exit(type(e).__name__)"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert said.strip().splitlines()[0] == PipeClosedError.__name__
