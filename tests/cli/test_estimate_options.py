"""The options of the estimate: what they take, what they refuse, and what `report` and `check` make of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vesseltrack.errors import ExitCode

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/report-1.json").read_text(encoding="utf-8"))
HEADER = "date,vessel,flag,type,port,facility,barrels\n"
HOSTILE = '=HYPERLINK("http://x")\x1b[31m|[red]x[/red]<script>'


def trade(number: int = 12, barrels: str = "") -> str:
    """Calls of as many tankers at Nampo, four days apart, and one voyage from Vostochny that ends in January."""
    rows = (
        f"{date(2024, 1, 5) + timedelta(days=4 * n)},Tanker {n},DPRK,tanker,Nampo,oil pier,{barrels}\n"
        for n in range(number)
    )
    return HEADER + "".join(rows) + "2024-12-29,Chon Ma San,DPRK,tanker,Vostochny,oil berth,\n"


@pytest.fixture
def given(sightings):
    """A file of those sightings."""
    return lambda *args: sightings(trade(*args), header=False)


@pytest.fixture
def report(run, given):
    """The JSON of `report`, validated against the schema."""

    def _report(*options, number=12):
        ran = run("report", given(number), "--format", "json", "--year", "2024", *options)
        assert ran.code in (ExitCode.CLEAN, ExitCode.CAP), ran.err
        document = json.loads(ran.out)
        assert not [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]
        return document

    return _report


@pytest.mark.parametrize(
    ("written", "fill"),
    [
        ("0.6", (0.6, 0.6, 0.6)),
        ("60%", (0.6, 0.6, 0.6)),
        (" 60 % ", (0.6, 0.6, 0.6)),
        ("1/3", (0.3333, 0.3333, 0.3333)),
        (".5", (0.5, 0.5, 0.5)),
        ("1", (1.0, 1.0, 1.0)),
        ("0.6-0.9", (0.6, 0.75, 0.9)),
        ("60%-90%", (0.6, 0.75, 0.9)),
        ("1/3 - 0.8 - 1", (0.3333, 0.8, 1.0)),
    ],
)
def test_what_fill_takes(report, written, fill):
    found = report("--fill", written)["simulation"]["fill"]
    assert (found["low"], found["central"], found["high"]) == fill


BAD = {
    "--fill": [
        "0", "0%", "1.5", "60", "101%", "-1", "90%-60%", "0.9-0.6", "1/0", "0/0", "3/2", "NaN", "inf", "", " ", "lots", "0,6",
        "1e-3", "0.1-0.2-0.3-0.4", "0.6-", "0.6–0.9", "1/" + "9" * 5_000, "9" * 400 + "/3", "8" * 400 + "%",
    ],
    "--barrels-per-tonne": ["0", "5.49", "12.51", "-8", "nan", "inf", "", "7,46", "8.33 bbl", "9" * 400],
    "--draws": ["0", "-1", "1.5", "1e4", "100001", "1000000000", "", "many"],
    "--seed": ["-1", "1.5", "", "x", "9" * 30],
    "--counting": ["", "port", "voyage,load", "arrival"],
    "--capacity-file": ["", "none.csv", "."],
    "--decisions": ["", "none.csv", "."],
}  # fmt: skip


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize(
    ("option", "value"),
    [(option, value) for option, values in BAD.items() for value in values],
    ids=lambda value: str(value)[:20],
)
def test_what_is_refused_is_one_line_that_says_what_would_be_right(run, given, command, option, value):
    ran = run(command, given(), option, value)
    assert ran.code == ExitCode.USAGE
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert option in line
    assert any(words in line for words in ("expected", "needs a CSV"))
    assert len(line) < 400


GOOD = {
    "counting": ("load", "discharge"), "fill": ("60%", "0.9"), "barrels_per_tonne": ("7.46", "8"),
    "draws": ("500", "1000"), "seed": ("7", "8"),
}  # fmt: skip


def used(document, name):
    """What a document says was used."""
    if name == "counting":
        return document["counting"]["rule"]
    value = document["simulation"][name]
    return value["central"] if name == "fill" else value


@pytest.mark.parametrize("name", GOOD)
def test_flag_goes_before_environment_and_environment_before_file(report, monkeypatch, name):
    """The same texts mean the same in all three places."""
    first, second = GOOD[name]
    flag = "--" + name.replace("_", "-")
    wanted = used(report(flag, first), name)
    assert wanted != used(report(flag, second), name)
    Path("vesseltrack.toml").write_text(f'{name} = "{first}"\n', encoding="utf-8")
    assert used(report(), name) == wanted
    monkeypatch.setenv(f"VESSELTRACK_{name.upper()}", second)
    assert used(report(), name) != wanted
    assert used(report(flag, first), name) == wanted


def test_numbers_may_be_numbers_in_toml(report):
    Path("vesseltrack.toml").write_text("fill = 0.6\nbarrels_per_tonne = 7\ndraws = 400\nseed = 3\n", encoding="utf-8")
    found = report()["simulation"]
    assert found == {
        "draws": 400,
        "seed": 3,
        "fill": {"low": 0.6, "central": 0.6, "high": 0.6},
        "barrels_per_tonne": 7.0,
    }


@pytest.mark.parametrize(
    "line", ["fill = true", "fill = 60", "fill = [0.6, 0.9]", "draws = 1e4", "seed = -1", "counting = 1"]
)
def test_what_toml_says_wrongly_is_one_line(run, given, line):
    Path("vesseltrack.toml").write_text(line + "\n", encoding="utf-8")
    ran = run("report", given())
    assert ran.code == ExitCode.USAGE
    assert len(ran.err.splitlines()) == 1
    assert f"vesseltrack.toml: {line.partition(' ')[0]}: " in ran.err


def test_files_of_sizes_and_decisions_in_the_environment(report, monkeypatch):
    Path("sizes.csv").write_text("name,barrels\nTanker 1,9000\n", encoding="utf-8")
    Path("decided.csv").write_text("decision,name,date,because\ndisproved,Tanker 2,2024-01-13,x\n", encoding="utf-8")
    monkeypatch.setenv("VESSELTRACK_CAPACITY_FILE", "sizes.csv")
    monkeypatch.setenv("VESSELTRACK_DECISIONS", "decided.csv")
    found = report()
    assert {d["vessel"]: d["capacity"]["central"] for d in found["deliveries"]}["Tanker 1"] == 9_000
    assert "Tanker 2" not in {d["vessel"] for d in found["deliveries"]}
    assert [one["name"] for one in found["reference"][-2:]] == ["sizes.csv", "decided.csv"]


def test_the_keys_of_the_estimate(report):
    found = report()
    assert found["estimate"].keys() == {"low", "central", "high", "probability_exceeded"}
    assert found["daily"][-1] == {"date": found["daily"][-1]["date"], **found["estimate"]}
    assert [one["rule"] for one in found["counting"]["compared"]] == ["voyage", "discharge", "load"]
    assert sum(driver["share"] for driver in found["drivers"]) == pytest.approx(1, abs=0.001)
    assert found["flip"].keys() == {"assumption", "sighting"}
    assert sum(one["barrels"]["central"] for one in found["deliveries"]) == found["estimate"]["central"]


def test_the_same_seed_gives_the_same_bytes_and_another_other_barrels(run, given):
    path = given()
    one, again, other = (run("report", path, "--format", "json", "--seed", seed).out for seed in ("1", "1", "2"))
    assert one == again
    assert json.loads(one)["years"][0]["estimate"] != json.loads(other)["years"][0]["estimate"]


@pytest.mark.parametrize("rule", ["voyage", "discharge", "load"])
def test_check_and_report_count_alike(run, given, rule):
    """The day on which the estimate reached the cap is a finding of `check` and a crossing of `report`."""
    options = ("--counting", rule, "--fill", "0.9", "--format", "json")
    told = json.loads(run("report", given(60), "--year", "2024", *options).out)
    found = json.loads(run("check", given(60), *options).out)["findings"]
    crossed = next(c["central"] for c in told["crossings"] if c["basis"] == "estimated" and c["percent"] == 100)
    days = {one["observed_from"][:10] for one in found if one["rule"].startswith("VT42")}
    assert (crossed is not None) == (rule != "load")
    assert crossed is None or crossed in days
    assert bool(days) == (crossed is not None)


def test_a_share_of_the_cap_ends_in_11(run, given):
    """--fail-at looks at the central estimate, whatever it was made with."""
    path = given(40)
    assert run("report", path, "--fill", "1/3", "--quiet").code == ExitCode.CLEAN
    assert run("report", path, "--fill", "0.9", "--quiet").code == ExitCode.CAP
    assert run("report", path, "--counting", "load", "--fill", "0.9", "--quiet").code == ExitCode.CLEAN


@pytest.mark.parametrize("options", [(), ("--fill", "0.75"), ("--counting", "discharge")])
def test_explained_in_ten_lines_and_a_heading(run, given, options):
    """Seven sentences and the three weakest links."""
    ran = run("report", given(40), "--year", "2024", "--explain", *options)
    heading, *lines = [line for line in ran.out.splitlines() if line.strip()]
    assert heading == "How the number for 2024 came about"
    assert len(lines) == 10
    assert [line.strip()[2:].startswith("Weak link") for line in lines] == [False] * 7 + [True] * 3


def test_explained_in_json_and_markdown(run, given):
    found = json.loads(run("report", given(40), "--year", "2024", "--explain", "--format", "json").out)
    assert len(found["explanation"]) + len(found["weakest_links"]) == 10
    markdown = run("report", given(40), "--year", "2024", "--explain", "--format", "markdown").out
    assert sum(line.startswith("- ") for line in markdown.splitlines()) == 10


@pytest.mark.parametrize("fmt", ["csv", "ndjson"])
def test_explain_is_for_people_and_json(run, given, fmt):
    ran = run("report", given(), "--explain", "--format", fmt)
    assert ran.code == ExitCode.USAGE
    assert ran.err == f"vesseltrack: --explain: is for table, markdown and json, not {fmt}.\n"


@pytest.mark.parametrize(("last", "told"), [("2024-04-29", False), ("2024-04-30", True)])
def test_fewer_than_thirty_days_of_sightings_are_not_projected_on_a_year(run, last, told):
    """One day's barrels times the days of a year would be millions that nobody has a reason to believe in."""
    rows = HEADER + "".join(f"{day},Yu Son,DPRK,tanker,Nampo,oil pier,\n" for day in ("2024-04-01", last))
    out = run("report", "-", "--explain", stdin=rows.encode()).out
    assert ("at the rate of what was dated between" in out) == told
    assert ("the days between are too few to tell what these would add" in out) == (not told)


@pytest.mark.parametrize("option", ["--capacity-file", "--decisions"])
@pytest.mark.parametrize("target", ["-o", "--rejects"])
@pytest.mark.parametrize("command", ["report", "check"])
def test_a_result_never_overwrites_a_file_it_was_made_from(run, given, command, option, target):
    own = Path("own.csv")
    own.write_text("name,date,decision,because,dwt\nTanker 1,2024-01-09,disproved,x,3000\n", encoding="utf-8")
    before = own.read_bytes()
    ran = run(command, given(), option, own, target, own)
    assert ran.code == ExitCode.USAGE
    assert own.read_bytes() == before


def test_what_changed_nothing_is_told(run, given):
    Path("sizes.csv").write_text("name,dwt\nTanker 1,3000\nTankr 2x,3000\n", encoding="utf-8")
    Path("decided.csv").write_text(
        "decision,name,date,because,until\ndisproved,Yu Son,2024-01-13,x,\ndisproved,Tanker 2,2024-01-13,x,2024-02-01\n",
        encoding="utf-8",
    )
    err = run("report", given(), "--capacity-file", "sizes.csv", "--decisions", "decided.csv").err
    assert err.splitlines()[:3] == [
        "vesseltrack: decided.csv line 2: fits no call and no delivery, and changes nothing.",
        "vesseltrack: decided.csv line 3: has expired on 2024-02-01 and changes nothing.",
        "vesseltrack: sizes.csv line 3: no delivery is by that ship, so its size changes nothing.",
    ]


@pytest.mark.parametrize("fmt", ["table", "markdown", "csv", "json", "ndjson"])
def test_text_in_ones_own_files_cannot_drive_anything(run, given, fmt):
    """Names, sources and reasons are text somebody wrote: harmless in every format, whole in JSON."""
    rows = io.StringIO()
    csv.writer(rows).writerows(
        [["name", "dwt", "source"], ["Tanker 1", "3000", HOSTILE], ["Tanker 3", "3000", HOSTILE]]
    )
    Path("sizes.csv").write_text(rows.getvalue(), encoding="utf-8")
    rows = io.StringIO()
    csv.writer(rows).writerows([
        ["decision", "name", "date", "because", "reference"], ["exempt", "Tanker 1", "2024-01-09", HOSTILE, HOSTILE],
        ["disproved", HOSTILE, "2024-01-13", HOSTILE, ""],
    ])  # fmt: skip
    Path("decided.csv").write_text(rows.getvalue(), encoding="utf-8")
    ran = run(
        "report", given(), "--capacity-file", "sizes.csv", "--decisions", "decided.csv", "--format", fmt
    )  # fmt: skip
    assert ran.code == ExitCode.CLEAN
    assert "\x1b" not in ran.out + ran.err
    if fmt in {"json", "ndjson"}:
        assert json.dumps(HOSTILE)[1:-1] in ran.out
    if fmt == "csv":
        assert not [cell for row in csv.reader(io.StringIO(ran.out)) for cell in row if cell[:1] in "=+@" and cell]
    if fmt == "markdown":
        assert "<script>" not in ran.out


def test_a_cargo_larger_than_any_ship_is_a_reject(run, sightings):
    """It once was a failure of the program: such numbers are infinite in the draws."""
    path = sightings(HEADER + "2024-04-01,Yu Son,DPRK,tanker,Nampo,oil pier,1e39\n", header=False)
    ran = run("report", path, "--format", "json")
    assert ran.code == ExitCode.INCOMPLETE
    assert "barrels 1e+39 is outside 0 to 10000000000" in ran.err


def test_an_opening_balance_above_the_cap(run, given):
    ran = run(
        "report", given(), "--opening-balance", "600000@2024-01-04", "--because", "a source", "--format", "json",
        "--year", "2024",
    )  # fmt: skip
    assert ran.code == ExitCode.CAP
    found = json.loads(ran.out)
    assert found["crossings"][3]["low"] == "2024-01-04"
    assert found["estimate"]["probability_exceeded"] == 1.0
    brought = sum(one["barrels"]["central"] for one in found["deliveries"])
    assert found["estimate"]["central"] == 600_000 + brought


def test_an_opening_balance_before_the_cap_is_refused(run, sightings):
    path = sightings(HEADER + "2017-11-06,Yu Son,DPRK,tanker,Nampo,oil pier,\n", header=False)
    ran = run("report", path, "--opening-balance", "1000@2017-09-30", "--because", "x")
    assert ran.code == ExitCode.USAGE
    assert "before the cap of that year began on 2017-10-01" in ran.err


@pytest.mark.parametrize("text", [HEADER, HEADER + "2024-04-01,Lady R,Russia,ro-ro,Vostochny,container terminal,\n"])
@pytest.mark.parametrize("extra", [(), ("--explain",)])
def test_no_delivery_is_an_answer_too(run, sightings, text, extra):
    ran = run("report", sightings(text, header=False), "--year", "2024", "--fill", "0.6", *extra)
    assert ran.code == (ExitCode.INCOMPLETE if text == HEADER else ExitCode.CLEAN)
    assert "Traceback" not in ran.err
    assert ran.out
