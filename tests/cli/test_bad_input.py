"""Bad input: one clear line, the right exit code, never a traceback, nothing lost."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cli.refusing import refused

from vesseltrack.errors import ExitCode

GOOD = "2024-03-13,CHON MA SAN,8660313,Vostochny,,,off,loading,test\n"
OTHER = "2024-03-14,OCEAN STAR,,Busan,,,on,moored,test\n"
HOSTILE = "\x1b]0;owned\x07[red]=HYPERLINK(|\u202e"


def incomplete(ran, code: ExitCode = ExitCode.INCOMPLETE) -> dict:
    """Ended as incomplete, said so, and the document says so too."""
    assert ran.code == code, ran
    assert "incomplete: " in ran.err
    assert "Traceback" not in ran.err
    document = json.loads(ran.out)
    assert document["complete"] is False
    assert document["incomplete_because"]
    return document


@pytest.fixture
def check(run):
    def _check(*arguments: str | Path, **more):
        return run("check", "--format", "json", *arguments, **more)

    return _check


@pytest.mark.parametrize("text", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["no bytes", "blank lines", "byte order mark"])
def test_an_empty_file_is_not_clean(check, sightings, text):
    document = incomplete(check(sightings(text)))
    assert document["findings"] == []
    assert document["inputs"][0]["rows"] == 0


def test_a_header_without_rows_is_not_clean(check, sightings):
    assert incomplete(check(sightings("")))["inputs"][0]["rows"] == 0


def test_an_empty_file_beside_a_good_one_is_told(check, sightings):
    good, empty = sightings(GOOD), sightings(b"", "empty.csv")
    document = incomplete(check(good, empty), ExitCode.FINDINGS)
    assert document["findings"]
    assert any("empty.csv" in why for why in document["incomplete_because"])


def test_quiet_still_tells_that_it_is_incomplete(check, sightings):
    ran = check(sightings(""), "--quiet")
    incomplete(ran)
    assert ran.err.count("\n") == 1


def test_without_a_vessel_column_nothing_can_be_checked(check, sightings):
    refused(check(sightings("date,port\n2024-03-13,Nampo\n", header=False)), "sightings.csv", "--map")


def test_without_a_date_column_nothing_can_be_checked(check, sightings):
    refused(check(sightings("vessel,port\nCHON MA SAN,Nampo\n", header=False)), "sightings.csv", "date")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"PK\x03\x04" + bytes(200),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)),
        b"\x1f\x8b\x08\x00" + bytes(range(256)),
        bytes(4096),
    ],
    ids=["png", "zip", "pdf", "gzip", "zeros"],
)
def test_a_binary_file_is_refused_by_name(check, sightings, data):
    refused(check(sightings(data)), "sightings.csv")


def test_a_web_page_is_refused(check, sightings):
    page = "<!DOCTYPE html><html><body>Sign in to continue, vessel, date</body></html>"
    refused(check(sightings(page, header=False)), "sightings.csv", "HTML")


def test_nul_bytes_are_named_and_nothing_is_lost(check, sightings):
    ran = check(sightings(GOOD + OTHER.replace("OCEAN", "OC\0EAN")))
    assert ran.code in (ExitCode.USAGE, ExitCode.FINDINGS)
    assert ran.err.count("\n") >= 1
    assert "\0" not in ran.err
    if ran.code == ExitCode.FINDINGS:
        document = json.loads(ran.out)
        assert document["inputs"][0]["rows"] == 2
        assert len(document["rejects"]) == 1


def test_a_line_of_ten_megabytes_does_not_hide_the_others(check, sightings):
    ran = check(sightings(GOOD + f"2024-03-14,{'A' * 10_000_000},,Busan,,,on,moored,test\n"))
    assert ran.code in (ExitCode.FINDINGS, ExitCode.USAGE), ran.err[:500]
    assert len(ran.err) < 20_000
    if ran.code == ExitCode.FINDINGS:
        assert json.loads(ran.out)["inputs"][0]["rows"] == 2


def test_mixed_encodings_are_named_and_nothing_is_guessed_silently(check, sightings):
    ran = check(sightings((GOOD + OTHER).encode() + "2024-03-15,백두산,,Nampo,,,on,moored,x\n".encode("cp949")))
    assert ran.code in (ExitCode.USAGE, ExitCode.INCOMPLETE, ExitCode.FINDINGS)
    assert "Traceback" not in ran.err
    assert "sightings.csv" in ran.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp949"])
def test_the_usual_encodings_are_read_or_named(check, sightings, encoding):
    name = {"latin-1": "ÉTOILE", "cp949": "백두산"}.get(encoding, "ÉTOILE 백두산")
    ran = check(
        sightings(
            (f"date,vessel,port\n2024-03-14,{name},Busan\n" + "2024-03-14,OCEAN STAR,Busan\n" * 3).encode(encoding)
        )
    )
    assert "Traceback" not in ran.err
    if ran.code == ExitCode.USAGE:
        assert "encod" in ran.err.lower() or "utf-8" in ran.err.lower()
    else:
        assert json.loads(ran.out)["inputs"][0]["rows"] == 4


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("0000-03-13,OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        ("9999-03-13,OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        ("2024-02-30,OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        ("2027-01-01,OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        ("soon,OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        (",OCEAN STAR,,Busan,,,on,moored,test\n", "date"),
        ("2024-03-13,OCEAN STAR,,,91,133,on,moored,test\n", "lat"),
        ("2024-03-13,OCEAN STAR,,,133.07,42.74,on,moored,test\n", "lat"),
        ("2024-03-13,OCEAN STAR,,,42.74,181,on,moored,test\n", "lon"),
        ("2024-03-13,OCEAN STAR,,,NaN,133,on,moored,test\n", "lat"),
        ("2024-03-13,OCEAN STAR,,,inf,133,on,moored,test\n", "lat"),
        ("2024-03-13,OCEAN STAR,,,north,133,on,moored,test\n", "lat"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject_with_its_place_and_the_others_count(check, sightings, row, column):
    ran = check(sightings(GOOD + row))
    document = incomplete(ran, ExitCode.FINDINGS)
    assert document["inputs"][0] | {"rows": 2, "rejected": 1} == document["inputs"][0]
    (reject,) = document["rejects"]
    assert (reject["line"], reject["column"]) == (3, column)
    assert reject["reason"]
    assert f":3, column {column}: " in ran.err
    assert document["findings"]


def test_the_first_rejects_are_told_and_the_others_counted(check, sightings):
    ran = check(
        sightings(
            "never,OCEAN STAR,,Busan,,,on,moored,test\n" * 3 + "".join(f"{n} ago,S{n},,,,,,,\n" for n in range(9))
        )
    )
    document = incomplete(ran)
    told = [line for line in ran.err.splitlines() if ", column date: " in line]
    assert len(told) == 5
    assert f"and {len(document['rejects']) - 5} more that could not be read" in ran.err


def test_rejects_are_kept_as_they_were_and_can_be_mended_and_fed_back(check, run, sightings, tmp_path):
    rejects = tmp_path / "rejects.csv"
    text = 'When,Ship,IMO,Where,Odd\nnever,"OCEAN, STAR",007,Busan,=1+1\n2024-03-13,CHON MA SAN,8660313,Vostochny,x\n'
    mapped = ["--map", "When=date", "--map", "Where=port"]
    check(sightings(text, header=False), "--rejects", rejects, *mapped)
    kept = rejects.read_text()
    assert '"OCEAN, STAR",007,Busan,=1+1' in kept
    rejects.write_text(kept.replace("never", "2024-03-14"))
    ran = check(rejects, *mapped)
    document = json.loads(ran.out)
    assert document["inputs"][0] | {"rows": 1, "rejected": 0} == document["inputs"][0]


def test_rejects_and_result_never_go_to_one_place(check, sightings, tmp_path):
    refused(check(sightings(GOOD), "--rejects", "-"), "--rejects")
    refused(check(sightings(GOOD), "--rejects", tmp_path / "r.json", "-o", tmp_path / "r.json"), "--rejects")
    assert not (tmp_path / "r.json").exists()


def test_duplicate_rows_are_counted_once_and_mentioned(check, sightings):
    once, thrice = check(sightings(GOOD, "a.csv")), check(sightings(GOOD * 3, "b.csv"))
    assert once.code == thrice.code == ExitCode.FINDINGS
    assert len(json.loads(once.out)["findings"]) == len(json.loads(thrice.out)["findings"])
    assert "duplicate" in thrice.err
    assert json.loads(thrice.out)["summary"]["duplicates"] == 2


@pytest.mark.parametrize("command", ["check", "report"])
def test_inputs_that_cannot_be_read_at_all(run, tmp_path, command):
    refused(run(command, tmp_path / "none.csv"), "none.csv")
    refused(run(command, tmp_path), tmp_path.name, "director")
    refused(run(command, ""))
    refused(run(command, "a\x1b[2Jb.csv"), "\\x1b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(check, sightings):
    path = sightings(GOOD)
    path.chmod(0)
    refused(check(path), "sightings.csv")


@pytest.mark.parametrize("option", ["--vessels", "--ports"])
def test_reference_files_of_the_user_that_cannot_be_used(check, sightings, tmp_path, option):
    path = sightings(GOOD)
    refused(check(path, option, tmp_path / "none"), "none")
    refused(check(path, option, tmp_path), tmp_path.name)
    for at, data in enumerate([b"", b"\x89PNG\r\n\x1a\n\x00", b"{", b"a,b\n1,2\n", b'{"type":"FeatureCollection"}']):
        broken = tmp_path / f"broken{at}"
        broken.write_bytes(data)
        refused(check(path, option, broken), f"broken{at}")


def test_a_list_that_is_too_old_is_not_clean(check, sightings):
    path = sightings(OTHER)
    assert check(path).code == ExitCode.CLEAN
    incomplete(check(path, "--max-list-age", "0", "--as-of", "2026-11-22"))


def test_an_ordinary_ship_is_clean_and_counted(check, sightings):
    ran = check(sightings(OTHER))
    assert ran.code == ExitCode.CLEAN, ran
    document = json.loads(ran.out)
    assert document["complete"] is True
    assert document["summary"]["unlisted"] == 1
    assert ran.err == ""


@pytest.mark.parametrize("format", ["table", "json", "ndjson", "csv", "markdown"])
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_hostile_name_comes_out_harmless_and_the_line_is_kept(run, sightings, command, format):
    row = f'2024-03-13,"{HOSTILE}",8660313,Vostochny,,,off,loading,"{HOSTILE}\n="\n'
    ran = run(command, "--format", format, sightings(row))
    assert ran.code in (ExitCode.CLEAN, ExitCode.INCOMPLETE, ExitCode.FINDINGS), ran.err
    assert "\x1b" not in ran.out + ran.err
    assert "\x07" not in ran.out + ran.err
    if format in {"table", "markdown"}:
        assert "\u202e" not in ran.out


def test_sightings_from_standard_input(check):
    ran = check("-", stdin=b"date,vessel,port\n2024-03-14,OCEAN STAR,Busan\n")
    assert ran.code == ExitCode.CLEAN, ran
    assert json.loads(ran.out)["inputs"][0]["path"] == "-"


def test_select_and_ignore_choose_the_rules(check, sightings):
    path = sightings(GOOD)
    every = {finding["rule"] for finding in json.loads(check(path).out)["findings"]}
    assert len(every) > 1
    one = min(every)
    assert {f["rule"] for f in json.loads(check(path, "--select", one.lower()).out)["findings"]} == {one}
    assert one not in {f["rule"] for f in json.loads(check(path, "--ignore", one).out)["findings"]}
    assert json.loads(check(path, "--ignore", "VT").out)["findings"] == []


def test_fail_on_sets_where_findings_begin(check, sightings):
    path = sightings(GOOD)
    assert check(path).code == ExitCode.FINDINGS
    assert check(path, "--fail-on", "none").code == ExitCode.CLEAN
    assert check(path, "--fail-on", "new").code == ExitCode.FINDINGS


def test_the_suffix_of_the_output_names_the_format(run, sightings, tmp_path):
    run("check", sightings(GOOD), "-o", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text())["schema"] == "vesseltrack.check/1"
    run("report", tmp_path / "work" / "sightings.csv", "-o", tmp_path / "r.md")
    assert "#" in (tmp_path / "r.md").read_text()


def test_a_result_is_never_written_over_its_input(run, sightings):
    path = sightings(GOOD)
    before = path.read_bytes()
    refused(run("check", path, "-o", path), "is also an input")
    refused(run("check", path, "--rejects", path), "is also an input")
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_standard_output_on_a_full_disk_is_one_line(process, sightings, unbuffered):
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        ran = process(
            "check", sightings(GOOD), stdout=full, stderr=subprocess.PIPE, capture_output=False, env=environment
        )
    assert ran.returncode == ExitCode.USAGE
    assert ran.stderr == b"vesseltrack: standard output: cannot be written: no space left on device.\n"


def test_a_reader_that_stops_early_ends_the_program_in_141(sightings):
    path = sightings("".join(f"never{n},SHIP {n},,Busan,,,on,moored,test\n" for n in range(5000)))
    program = f"{sys.executable} -m vesseltrack check --quiet --format ndjson {path}"
    ran = subprocess.run(
        ["bash", "-c", f"{program} | head -n 1 >/dev/null; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert ran.returncode == ExitCode.PIPE_CLOSED
    assert b"Traceback" not in ran.stderr
    assert b"BrokenPipe" not in ran.stderr


def test_standard_output_closed_from_the_start_is_one_line(sightings):
    program = f"{sys.executable} -m vesseltrack check --quiet {sightings(OTHER)} >&-"
    ran = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == ExitCode.USAGE
    assert ran.stderr.count("\n") == 1
    assert "standard output" in ran.stderr


def test_standard_error_closed_from_the_start_changes_nothing(sightings):
    program = f"{sys.executable} -m vesseltrack check {sightings('')} 2>&-"
    ran = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == ExitCode.INCOMPLETE
    assert ran.stdout


def test_a_bare_environment_is_enough(process, sightings, tmp_path):
    path = sightings(GOOD)
    full = process("check", path, env={**os.environ})
    bare = process("check", path, env={"VESSELTRACK_TODAY": os.environ["VESSELTRACK_TODAY"]}, stdin=subprocess.DEVNULL)
    assert bare.returncode == ExitCode.FINDINGS
    assert bare.stdout == full.stdout
    assert bare.stderr == full.stderr


def test_locale_and_time_zone_change_nothing(process, sightings):
    path = sightings(GOOD + OTHER)
    results = {
        process("report", path, env={**os.environ, "LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed}).stdout
        for locale, zone, seed in [("C.UTF-8", "UTC", "1"), ("C", "Asia/Tokyo", "2"), ("POSIX", "America/Adak", "3")]
    }
    assert len(results) == 1


def test_off_a_terminal_nothing_is_coloured_or_cut(process, sightings):
    path = sightings(GOOD)
    narrow = process("check", path, env={**os.environ, "COLUMNS": "20", "TERM": "xterm-256color"})
    assert narrow.stdout == process("check", path).stdout
    assert b"\x1b" not in narrow.stdout


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What the program writes to a terminal of 100 columns."""
    code = (
        "import pty, sys\n"
        "def read(fd):\n    import os\n    data = os.read(fd, 65536)\n    return data\n"
        "status = pty.spawn([sys.executable, '-m', 'vesseltrack', *sys.argv[1:]], read)\n"
        "sys.exit(0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return ran.stdout.decode()


def test_a_terminal_has_colour_unless_somebody_says_no(sightings):
    path = sightings(GOOD)
    assert "\x1b[" in on_a_terminal("check", path)
    assert "\x1b[" not in on_a_terminal("check", path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("check", path, TERM="dumb")
    assert "\x1b[" not in on_a_terminal("check", path, "--no-color")


def test_a_named_pipe_can_be_read_and_the_file_is_left(run, tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(
        ["bash", "-c", f"printf 'date,vessel,port\\n2024-03-14,OCEAN STAR,Busan\\n' > {fifo}"]
    ) as writer:
        ran = run("check", "--format", "json", fifo)
        writer.wait(10)
    assert ran.code in (ExitCode.CLEAN, ExitCode.USAGE), ran
    assert stat.S_ISFIFO(fifo.stat().st_mode)
