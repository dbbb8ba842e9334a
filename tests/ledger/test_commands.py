"""Decisions, corrections, what was known when, and the documents that the commands print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from vesseltrack.errors import ExitCode
from vesseltrack.ledger.entries import canonical, entry_id
from vesseltrack.ledger.schema import KINDS

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def document(run, *arguments):
    return json.loads(run(*arguments, "--format", "json").out)


def valid(found, name):
    jsonschema.validate(found, json.loads((SCHEMAS / name).read_text(encoding="utf-8")))
    return found


def test_the_documents_are_as_their_schemas_say(run, ledger, sightings):
    valid(document(run, "status", "--ledger", ledger), "status-1.json")
    valid(document(run, "ledger", "verify", "--ledger", ledger), "ledger-1.json")
    valid(document(run, "ledger", "log", "--ledger", ledger), "ledger-1.json")
    more = sightings("2024-06-01,X,,,,,,,\n", "more.csv")
    valid(document(run, "ingest", more, "--ledger", ledger), "ingest-1.json")


def test_status_says_what_there_is_and_how_fresh(run, ledger, look):
    found = document(run, "status", "--ledger", ledger)
    assert found["entries"] == {"input": 1, "list": 1, "sighting": 3}
    assert (found["in_force"], found["newest_sighting"]) == (3, "2024-05-01 23:59:59")
    assert found["head"] == look("SELECT hash FROM entries ORDER BY seq DESC LIMIT 1")[0][0]


def test_an_accepted_finding_is_listed_with_a_mark_and_does_not_count(run, ledger):
    before = document(run, "check", "--ledger", ledger)
    assert run("check", "--ledger", ledger).code == ExitCode.FINDINGS
    for finding in before["findings"]:
        ran = run("ledger", "decide", finding["id"], "--because", "looked into", "--ledger", ledger)
        assert ran.code == 0, ran.err
    after = document(run, "check", "--ledger", ledger)
    assert [one["id"] for one in after["findings"]] == [one["id"] for one in before["findings"]]
    assert {one["decided"]["because"] for one in after["findings"]} == {"looked into"}
    ran = run("check", "--ledger", ledger)
    assert ran.code == ExitCode.CLEAN
    assert "[accepted: looked into]" in ran.out


@pytest.mark.parametrize("format", ["table", "markdown", "json", "ndjson", "csv"])
def test_every_format_shows_what_was_decided(run, ledger, format):
    """And of what nobody decided about, the CSV says nothing."""
    finding = document(run, "check", "--ledger", ledger)["findings"][0]["id"]
    decide = ("ledger", "decide", finding, "--as", "false-positive", "--because", "=another hull", "--ledger", ledger)
    run(*decide, "--until", "2030-12-31")
    shown = run("check", "--ledger", ledger, "--format", format).out
    assert "another hull" in shown
    assert "2030-12-31" in shown
    if format == "csv":
        first, *others = csv.DictReader(io.StringIO(shown))
        assert [first[f"decided.{key}"] for key in ("as", "because", "reference", "until")] == [
            "false-positive", "'=another hull", "", "2030-12-31",
        ]  # fmt: skip
        assert {row["decided.as"] for row in others} == {""}


def test_a_decision_can_be_made_again(run, ledger, look):
    """Accepted, found false, accepted in the same words: the last word counts, also after a retraction; none twice."""
    finding = document(run, "check", "--ledger", ledger)["findings"][0]["id"]
    accept = ("ledger", "decide", finding, "--because", "known", "--ledger", ledger)

    def decided():
        return document(run, "check", "--ledger", ledger)["findings"][0].get("decided", {}).get("as")

    run(*accept)
    run("ledger", "decide", finding, "--as", "false-positive", "--because", "no", "--ledger", ledger)
    assert decided() == "false-positive"
    for _ in range(2):
        run(*accept)
        assert decided() == "accept"
    (name,) = look("SELECT id FROM decisions ORDER BY seq DESC LIMIT 1")[0]
    run("ledger", "retract", name, "--because", "too early", "--ledger", ledger)
    assert decided() == "false-positive"
    run(*accept)
    assert decided() == "accept"
    assert "was recorded before" in run(*accept).out
    assert look("SELECT count(*) FROM entries WHERE kind = 'decision'") == [(4,)]


def test_all_that_happens_is_an_entry(run, ledger, look, sightings):
    """Of every kind that there is: an id made of the content, when it was recorded, where it came from and what it is
    about; and `ledger log` shows each."""
    run("run", "--ledger", ledger)
    finding = document(run, "check", "--ledger", ledger)["findings"][0]["id"]
    run("ledger", "decide", finding, "--because", "known", "--ledger", ledger)
    names = dict(look("SELECT vessel, id FROM sightings_in_force"))
    run("ledger", "retract", names["EVER GIVEN"], "--because", "another ship", "--ledger", ledger)
    right = sightings("2024-03-14,YU SON,,Chongjin,,,off,anchored,looked again\n", "right.csv")
    run("ledger", "correct", names["YU SON"], "--with", right, "--because", "a day later", "--ledger", ledger)
    everything = {entry["seq"]: entry for entry in document(run, "ledger", "log", "--ledger", ledger)["entries"]}
    by_id = {entry["id"]: entry for entry in everything.values()}
    rests_on = {
        "sighting": lambda entry: [everything[entry["input"]]["body"]["sha256"], entry["line"], entry["row"]],
        "input": lambda entry: [entry["body"]["path"], entry["body"]["sha256"]],
        "list": lambda entry: [entry["body"]["version"], entry["body"]["sha256"]],
        "finding": lambda entry: [everything[one["entry"]]["seen_from"] for one in entry["body"]["sightings"]],
        "decision": lambda entry: [entry["body"]["about"], entry["body"]["because"]],
        "notice": lambda entry: [by_id[entry["body"]["run"]], entry["body"]["findings"]],
        "run": lambda entry: [by_id[name]["kind"] == "list" for name in entry["body"]["lists"]],
        "correction": lambda entry: [by_id[entry["replaces"]], entry["body"]["because"]],
        "retraction": lambda entry: [by_id[entry["replaces"]], entry["body"]["because"]],
    }
    assert tuple(rests_on) == KINDS
    for kind, provenance in rests_on.items():
        found = document(run, "ledger", "log", "--kind", kind, "--ledger", ledger)["entries"]
        assert found, kind
        for entry in found:
            assert entry["id"] == entry_id(kind, canonical(entry["body"]))
            assert entry["recorded_at"] == "2026-11-22 12:00:00"
            assert bool(entry["seen_from"]) == (kind in {"sighting", "finding"})
            assert provenance(entry), kind
            assert all(provenance(entry)), kind


def test_a_decision_that_has_expired_changes_nothing(run, ledger):
    finding = document(run, "check", "--ledger", ledger)["findings"][0]["id"]
    run("ledger", "decide", finding, "--because", "for a while", "--until", "2024-04-01", "--ledger", ledger)
    assert "decided" not in document(run, "check", "--ledger", ledger)["findings"][0]


def test_a_delivery_that_is_exempt_does_not_count_towards_the_cap(run, ledger):
    before = document(run, "report", "--ledger", ledger)["years"][0]
    delivery = before["deliveries"][0]["id"]
    decide = ("ledger", "decide", delivery, "--because", "humanitarian", "--ledger", ledger, "--as", "exempt")
    assert run(*decide).code == ExitCode.USAGE  # without the Committee's reference
    ran = run(*decide, "--reference", "S/AC.49/2024/1")
    assert ran.code == 0, ran.err
    after = document(run, "report", "--ledger", ledger)
    assert "S/AC.49/2024/1" in after["years"][0]["deliveries"][0]["exempt"]
    assert after["years"][0]["estimate"]["central"] < before["estimate"]["central"]


def test_what_is_not_there_cannot_be_decided_about(run, ledger, look):
    ran = run("ledger", "decide", "VT101-000000000000", "--because", "x", "--ledger", ledger)
    assert (ran.code, look("SELECT count(*) FROM decisions")) == (ExitCode.USAGE, [(0,)])


def test_a_retracted_sighting_is_out_of_force_and_still_there(run, ledger, look):
    (name,) = look("SELECT id FROM sightings_in_force WHERE vessel = 'CHON MA SAN'")[0]
    ran = run("ledger", "retract", name[:12], "--because", "another ship", "--ledger", ledger)
    assert ran.code == 0, ran.err
    assert document(run, "check", "--ledger", ledger)["summary"]["sightings"] == 2
    assert document(run, "status", "--ledger", ledger)["in_force"] == 2
    assert look("SELECT count(*) FROM sightings_in_force") == [(2,)]
    assert look("SELECT count(*) FROM entries WHERE kind = 'sighting'") == [(3,)]
    assert run("ledger", "retract", name[:12], "--because", "again", "--ledger", ledger).code == ExitCode.USAGE


def test_a_retraction_can_be_taken_back_and_made_again(run, ledger, look):
    (name,) = look("SELECT id FROM sightings_in_force WHERE vessel = 'CHON MA SAN'")[0]
    for in_force in (2, 3, 2):
        target = name if in_force == 2 else look("SELECT id FROM replaced ORDER BY seq DESC LIMIT 1")[0][0]
        ran = run("ledger", "retract", target, "--because", "on second thoughts", "--ledger", ledger)
        assert ran.code == 0, ran.err
        assert document(run, "status", "--ledger", ledger)["in_force"] == in_force
        assert look("SELECT count(*) FROM sightings_in_force") == [(in_force,)]
    assert run("ledger", "verify", "--ledger", ledger).code == 0


def test_a_correction_takes_the_place_of_a_sighting(run, ledger, look, sightings):
    (name,) = look("SELECT id FROM sightings_in_force WHERE vessel = 'YU SON'")[0]
    right = sightings("2024-03-14,YU SON,,Chongjin,,,off,anchored,looked again\n", "right.csv")
    ran = run("ledger", "correct", name, "--with", right, "--because", "a day later", "--ledger", ledger)
    assert ran.code == 0, ran.err
    assert look("SELECT date FROM sightings_in_force WHERE vessel = 'YU SON'") == [("2024-03-14",)]
    assert look("SELECT because, replaces FROM replaced") == [("a day later", name)]


def test_an_answer_as_of_what_was_known_then(run, ledger, sightings, monkeypatch, look):
    before = document(run, "check", "--ledger", ledger)
    (name,) = look("SELECT id FROM sightings_in_force WHERE vessel = 'CHON MA SAN'")[0]
    monkeypatch.setenv("VESSELTRACK_TODAY", "2026-11-25")
    run("ledger", "retract", name, "--because", "another ship", "--ledger", ledger)
    run("ingest", sightings("2024-07-01,KUM UN SAN,,Nampo,,,,,\n", "later.csv"), "--ledger", ledger)
    now, then = (document(run, "check", "--ledger", ledger, *more) for more in ((), ("--known-at", "2026-11-24")))
    assert then == before
    assert now["findings"] != before["findings"]


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_a_hostile_name_acts_nowhere(run, sightings, tmp_path, format):
    path = tmp_path / "l.sqlite3"
    run("ingest", sightings(b"date,vessel\n2024-03-01,=1+1\x1b]0;x\x07\n"), "--ledger", path)
    assert "\x1b" not in run("ledger", "log", "--ledger", path, "--format", format).out
    assert b"=1+1\x1b" in run("ledger", "export", "--ledger", path).out.encode()
    assert "\n'=1+1" in run("ledger", "export", "--safe", "--ledger", path).out


def test_a_backup_is_the_whole_ledger(run, ledger, tmp_path):
    ran = run("ledger", "backup", tmp_path / "copy.sqlite3", "--ledger", ledger)
    assert ran.code == 0, ran.err
    heads = {document(run, "status", "--ledger", path)["head"] for path in (ledger, tmp_path / "copy.sqlite3")}
    assert len(heads) == 1
    assert run("ledger", "backup", ledger, "--ledger", ledger).code == ExitCode.USAGE
