"""`screen -` answers each line as it comes, whatever the line holds, in memory that does not grow."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.cases.screening import AnswerStream, nothing_screened, screen_results
from vesseltrack.cli.screen_input import LONGEST, NOT_UTF_8, TOO_LONG, lines
from vesseltrack.errors import ExitCode
from vesseltrack.reports.answers import CsvRows, JsonLines
from vesseltrack.reports.case import Screening
from vesseltrack.reports.render import render
from vesseltrack.vessels.loading import load_register

DAY = date(2026, 11, 22)
COMMAND = [sys.executable, "-m", "vesseltrack", "screen", "-", "--format", "ndjson"]
QUERIES = (
    "CHON MA SAN", "chon-ma-san", "CHON MA SON", "PAEK YANG SAN 1", "IMO 8660313", "8660313 EVER GIVEN", "MMSI 445123456",
    "EVER GIVEN", "1234567", "", " ", "천마산", "ЧОН МА САН", "=CHON MA SAN", "CHON MA SAN; WAN HENG 11", '"CHON, MA" SAN',
    "</script>", "<!--", "a\\b", "\x1b[31m", "\x7f\x85\u2028\u202e\ufeff", "lone\ud800", "\U0001f6a2", "A\0B", "KUM JIN GANG 3",
)  # fmt: skip


@pytest.fixture(scope="module")
def register():
    return load_register()


def streamed(register, queries, fmt) -> str:
    renderer = {"ndjson": JsonLines, "csv": CsvRows}[fmt](DAY)
    stream = AnswerStream(register, DAY, renderer)
    blocks = (list(queries[at : at + 7]) for at in range(0, len(queries), 7))
    return renderer.header + "".join(text for block in blocks for text, _ in stream.portions((block, {})))


def held(register, queries) -> Screening:
    results = screen_results([(list(queries), {})], register, DAY)
    return Screening(**{**vars(nothing_screened(register, DAY)), "results": results})


@pytest.mark.parametrize("fmt", ["ndjson", "csv"])
def test_a_stream_is_byte_for_byte_what_the_whole_document_would_be(register, fmt):
    queries = (*QUERIES, *reversed(QUERIES))
    expected = render("screen", held(register, queries), fmt)
    assert streamed(register, queries, fmt).encode("utf-8", "replace") == expected.encode("utf-8", "replace")


@pytest.mark.parametrize("fmt", ["ndjson", "csv"])
@given(queries=st.lists(st.one_of(st.text(st.characters(), max_size=12), st.sampled_from(QUERIES)), max_size=9))
def test_so_is_a_stream_of_anything(register, fmt, queries):
    assert streamed(register, queries, fmt) == render("screen", held(register, queries), fmt)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 65_536])
def test_lines_are_the_same_however_they_arrive(size):
    data = b"\xef\xbb\xbfCHON MA SAN\r\n\n\r\n\xc9TOILE\nA\0B\n" + b"X" * 50_000 + b"\nlong\xcc\n\xec\xb2\x9c\nlast"

    class Slow(io.BytesIO):
        def read1(self, _size: int = -1) -> bytes:
            return super().read1(size)

    got, remarks = [], {}
    for texts, said in lines(Slow(data)):
        remarks |= {len(got) + at: remark for at, remark in said.items()}
        got += texts
    assert got == ["CHON MA SAN", "", "", "\ufffdTOILE", "A\0B", "X" * LONGEST, "long\ufffd", "천", "last"]
    assert remarks == {3: NOT_UTF_8, 5: TOO_LONG, 6: NOT_UTF_8}


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf"])
def test_nothing_has_no_lines(data):
    assert list(lines(io.BytesIO(data))) == []


@given(st.binary(max_size=200))
def test_every_line_of_garbage_is_one_query(data):
    number = data.count(b"\n") + (not data.endswith(b"\n") and data not in (b"", b"\xef\xbb\xbf"))
    assert sum(len(texts) for texts, _ in lines(io.BytesIO(data))) == number


def test_a_line_that_was_not_read_whole_clears_nobody(run):
    stdin = b"\xc9TOILE\nCHON MA SAN \xff\nA\0B\nE\0VER GIVEN\n" + b"EVER GIVEN " * 1000 + b"\n"
    ran = run("screen", "-", "--format", "ndjson", stdin=stdin)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["line"] for answer in answers] == [1, 2, 3, 4, 5]
    assert [answer["checked"] for answer in answers if not answer["candidates"]] == [False] * 4
    assert "UTF-8" in answers[0]["reasons"][-1]
    assert "NUL" in answers[2]["reasons"][-1]
    assert "10,000" in answers[4]["reasons"][-1]
    assert len(answers[4]["query"]) == LONGEST


def test_garbage_alone_is_incomplete_in_one_line(run):
    ran = run("screen", "-", "--format", "csv", stdin=b"\xff\xfe\n\nEVER GIVEN")
    assert ran.code == ExitCode.INCOMPLETE
    assert ran.err == "vesseltrack: incomplete: 2 of 3 queries could not be checked.\n"
    assert [row["checked"] for row in csv.DictReader(io.StringIO(ran.out, newline=""))] == ["false", "false", "true"]


def test_a_name_written_with_nul_bytes_is_still_found(run):
    ran = run("screen", "-", "--format", "ndjson", stdin=b"C\0HON MA\0 SAN\0\n")
    assert json.loads(ran.out.splitlines()[0])["grade"] == "match"
    assert ran.code == ExitCode.FINDINGS


@pytest.mark.parametrize("fmt", ["ndjson", "csv"])
def test_names_and_standard_input_are_numbered_through(run, fmt):
    ran = run("screen", "A", "-", "B", "--format", fmt, stdin=b"C\nD")
    read = csv.DictReader(io.StringIO(ran.out)) if fmt == "csv" else map(json.loads, ran.out.splitlines())
    assert [(row["query"], int(row["line"])) for row in read] == [("A", 1), ("C", 2), ("D", 3), ("B", 4)]


def test_csv_without_a_query_has_its_header(run):
    ran = run("screen", "-", "--format", "csv")
    assert ran.out.startswith("query,line,grade,")
    assert ran.code == ExitCode.INCOMPLETE


def test_an_answer_comes_before_the_next_question():
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        for name, grade in (("CHON MA SAN", "match"), ("EVER GIVEN", "none")):
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["grade"] == grade
        process.stdin.write(b"CHON MA SAN")  # no line break: the end is the end of the line
        process.stdin.close()
        assert json.loads(process.stdout.read())["line"] == 3
    assert process.returncode == ExitCode.FINDINGS


def test_a_reader_that_goes_away_ends_a_stream_in_141():
    command = " ".join([*COMMAND, "|", "head", "-n", "1", ">", "/dev/null;", "exit", "${PIPESTATUS[0]}"])
    ran = subprocess.run(["bash", "-c", command], input=b"EVER GIVEN\n" * 50_000, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (ExitCode.PIPE_CLOSED, b"")


def test_an_interrupted_stream_ends_in_130_and_leaves_the_old_file(tmp_path):
    target = tmp_path / "answers.ndjson"
    target.write_text("old\n")
    pipe = subprocess.PIPE
    with subprocess.Popen([*COMMAND, "-o", target], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        process.stdin.write(b"EVER GIVEN\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == ExitCode.INTERRUPTED
    assert target.read_text() == "old\n"
    assert list(tmp_path.glob("*answers*")) == [target]


def test_a_streamed_file_is_renamed_into_place_and_keeps_its_mode(run, tmp_path):
    target = tmp_path / "answers.ndjson"
    target.write_text("old\n")
    target.chmod(0o640)
    link = tmp_path / "link.ndjson"
    link.symlink_to(target)
    before = target.stat().st_ino
    assert run("screen", "CHON MA SAN", "-o", link).code == ExitCode.FINDINGS
    assert json.loads(target.read_text())["grade"] == "match"
    assert (link.is_symlink(), target.stat().st_mode & 0o777, target.stat().st_ino != before) == (True, 0o640, True)


@pytest.mark.parametrize("target", ["missing/a.ndjson", ".", "/dev/full"])
def test_a_place_that_cannot_be_written_is_said_in_one_line(run, target):
    ran = run("screen", "CHON MA SAN", "--format", "ndjson", "-o", target)
    assert ran.code == ExitCode.USAGE
    assert ran.err.count("\n") == 1
    assert "cannot be written" in ran.err


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads peak memory from /proc")
def test_memory_does_not_grow_with_the_number_of_names():
    program = (
        "import sys\nfrom vesseltrack.cli.app import main\nmain(['screen', '-', '--format', 'ndjson'])\n"
        "status = open('/proc/self/status').read()\n"
        "print(status.split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )

    def peak(names: int) -> int:
        stdin = "".join(f"OCEAN STAR {number}\n" for number in range(names)).encode()
        ran = subprocess.run([sys.executable, "-c", program], input=stdin, capture_output=True, check=True)
        assert ran.stdout.count(b"\n") == names
        return int(ran.stderr.splitlines()[-1])

    assert peak(200_000) < peak(60_000) + 8_000  # KiB; the answers alone are 20 MB
