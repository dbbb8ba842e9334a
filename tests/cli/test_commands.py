"""What the commands answer, and how they end."""

from __future__ import annotations

import csv
import io
import json

import pytest

from vesseltrack.errors import ExitCode


def test_screen_finds_a_listed_ship_and_ends_in_10(run):
    ran = run("screen", "CHON MA SAN", "--format", "json")
    assert ran.code == ExitCode.FINDINGS
    (result,) = json.loads(ran.out)["results"]
    assert (result["grade"], result["candidates"][0]["imo"]) == ("match", "8660313")
    assert ran.err == ""


def test_screen_of_an_unknown_ship_is_clean(run):
    ran = run("screen", "EVER GIVEN", "--format", "json")
    assert ran.code == ExitCode.CLEAN
    assert json.loads(ran.out)["results"][0]["grade"] == "none"


def test_a_review_ends_in_10_only_where_asked(run):
    assert run("screen", "PAEK YANG SAN 1").code == ExitCode.CLEAN
    assert run("screen", "PAEK YANG SAN 1", "--fail-on", "low").code == ExitCode.FINDINGS
    assert run("screen", "CHON MA SAN", "--fail-on", "none").code == ExitCode.CLEAN


def test_screen_answers_standard_input_line_by_line_in_order(run):
    ran = run("screen", "-", "--format", "ndjson", stdin="\ufeffCHON MA SAN\r\n\r\n백두산\nEVER GIVEN".encode())
    results = [json.loads(line) for line in ran.out.splitlines()]
    assert [result["query"] for result in results if "query" in result] == ["CHON MA SAN", "", "백두산", "EVER GIVEN"]
    assert ran.code == ExitCode.FINDINGS
    assert "incomplete: " in ran.err  # the empty line could not be checked


def test_an_empty_query_is_not_clean(run):
    ran = run("screen", "")
    assert ran.code == ExitCode.INCOMPLETE
    assert "incomplete: " in ran.err


@pytest.mark.parametrize("lines", [b"", b"\n \n\r\n", b"\xef\xbb\xbf"])
def test_standard_input_without_a_query_is_not_clean(run, lines):
    ran = run("screen", "-", "--format", "json", stdin=lines)
    assert ran.code == ExitCode.INCOMPLETE
    assert ran.err == "vesseltrack: incomplete: no query was given.\n"
    document = json.loads(ran.out)
    assert (document["complete"], document["incomplete_because"]) == (False, ["no query was given"])


def test_a_line_that_is_no_utf_8_is_answered_and_not_clean(run):
    ran = run("screen", "-", "--format", "json", stdin=b"EVER GIVEN\n\xc9TOILE\n")
    assert ran.code == ExitCode.INCOMPLETE
    assert [result["checked"] for result in json.loads(ran.out)["results"]] == [True, False]


def test_a_screened_list_of_the_user_replaces_what_counts_as_listed(run, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("name,imo\nEVER GIVEN,9811000\n")
    assert run("screen", "EVER GIVEN", "--vessels", own).code == ExitCode.FINDINGS
    assert run("screen", "CHON MA SAN", "--vessels", own).code == ExitCode.CLEAN


def test_rules_are_listed_and_explained_in_any_case(run):
    listed = json.loads(run("rules", "--format", "json").out)["rules"]
    assert len({rule["code"] for rule in listed}) == len(listed) > 10
    code = listed[0]["code"]
    ran = run("rules", code.lower())
    assert ran.code == ExitCode.CLEAN
    assert ran.out.startswith(f"{code}  {listed[0]['title']}\n")
    assert listed[0]["legal_basis"][0] in ran.out


def test_an_unknown_rule_names_its_neighbours(run):
    code = json.loads(run("rules", "--format", "json").out)["rules"][0]["code"]
    ran = run("rules", code + "1")
    assert ran.code == ExitCode.USAGE
    assert "did you mean" in ran.err
    assert code in ran.err


@pytest.mark.parametrize("arguments", [["42.7", "-133"], ["--", "-42.7", "133"], ["-42.7", "133"], ["-42.7,-133"]])
def test_a_position_may_be_negative(run, arguments):
    ran = run("ports", "locate", "--format", "json", *arguments)
    assert ran.code == ExitCode.CLEAN, ran
    place = json.loads(ran.out)["place"]
    assert place["kind"] == "sea"
    assert (abs(place["lat"]), abs(place["lon"])) == (42.7, 133)


@pytest.mark.parametrize("name", ["Vostochny", "RUVYP", "vostochnyy port"])
def test_a_port_is_located_by_name_alias_and_code(run, name):
    place = json.loads(run("ports", "locate", name, "--format", "json").out)["place"]
    assert (place["kind"], place["country"]) == ("port", "RU")


def test_a_name_that_is_no_port_is_refused_with_the_nearest_and_a_sea_is_not(run):
    ran = run("ports", "locate", "Vostochny", "Cosmodrome")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == "vesseltrack: Vostochny Cosmodrome: not in the gazetteer; did you mean Vostochny?\n"
    assert run("ports", "locate", "Yellow", "Sea").code == ExitCode.CLEAN


def test_ports_are_listed_with_their_facilities(run):
    ports = json.loads(run("ports", "list", "--format", "json").out)["ports"]
    roles = {role for port in ports if port["port"].startswith("Vostochny") for role in port["roles"]}
    assert {"oil_loading", "container_terminal"} <= roles
    rows = list(csv.DictReader(io.StringIO(run("ports", "list", "--format", "csv").out)))
    assert len(rows) == len(ports)


def test_vessels_are_listed_by_status_as_of_a_day(run):
    def count(*arguments: str) -> int:
        return len(json.loads(run("vessels", "list", "--format", "json", *arguments).out)["vessels"])

    listed, delisted, unlisted = (count("--status", status) for status in ("listed", "delisted", "unlisted"))
    assert (listed, delisted) == (59, 8)  # of nine delistings one is of a ship that was listed again as FAN KE
    assert listed + delisted + unlisted == count()
    assert count("--status", "listed", "--as-of", "2010-01-01") == 0
    assert 0 < count("--role", "munitions_carrier") < count()


@pytest.mark.parametrize("ship", ["WAN HENG 11", "kum jin gang 3", "8791667"])
def test_a_ship_is_shown_with_its_measures_under_any_of_its_names(run, ship):
    ran = run("vessels", "show", ship)
    assert ran.code == ExitCode.CLEAN
    assert "WAN HENG 11" in ran.out
    assert "port entry ban" in ran.out


def test_config_show_names_each_origin(run, tmp_path, monkeypatch):
    (tmp_path / "work" / "vesseltrack.toml").write_text('fail_on = "high"\n[map]\n"Ship Name" = "vessel"\n')
    monkeypatch.setenv("VESSELTRACK_FAIL_AT", "90")
    monkeypatch.setenv("VESSELTRACK_FAIL_NO", "x")
    ran = run("config", "show", "--format", "json")
    rows = {row["setting"]: row for row in json.loads(ran.out)["config"]}
    assert (rows["fail_on"]["value"], rows["fail_on"]["origin"]) == ("high", "vesseltrack.toml")
    assert (rows["fail_at"]["value"], rows["fail_at"]["origin"]) == (90.0, "environment VESSELTRACK_FAIL_AT")
    assert rows["map"]["value"] == ["Ship Name=vessel"]
    assert rows["ports"]["origin"] == "default"
    assert "VESSELTRACK_FAIL_NO: no setting has this name" in ran.err


def test_a_broken_configuration_file_stops_every_command_that_reads_it(run, tmp_path):
    (tmp_path / "work" / "vesseltrack.toml").write_text("fail_no = 1\n")
    ran = run("screen", "EVER GIVEN")
    assert ran.code == ExitCode.USAGE
    assert ran.err == "vesseltrack: vesseltrack.toml: unknown key 'fail_no'; did you mean fail_on?\n"


def test_the_demo_ends_in_0_and_heeds_nobodys_settings(run, tmp_path, monkeypatch):
    plain = run("demo")
    monkeypatch.setenv("VESSELTRACK_FAIL_ON", "low")
    (tmp_path / "work" / "vesseltrack.toml").write_text('vessels = "none.csv"\nignore = ["VT"]\n')
    ran = run("demo")
    assert ran.code == plain.code == ExitCode.CLEAN
    assert ran.out == plain.out
    assert "500,000" in ran.out
    assert "CHON MA SAN" in ran.out.upper()


def test_report_ends_in_11_where_the_central_estimate_reaches_the_share(run, tmp_path):
    from vesseltrack.reference import path_of

    example = path_of("examples/vostochny-2024.csv")
    whole = run("report", example, "--year", "2024", "--format", "json")
    share = json.loads(whole.out)["estimate"]["central"] / 5000
    assert run("report", example, "--year", "2024", "--fail-at", f"{share * 0.9:.1f}").code == ExitCode.CAP
    assert run("report", example, "--year", "2024", "--fail-at", "none").code in (ExitCode.CLEAN, ExitCode.INCOMPLETE)
    above = f"{share * 1.1:.1f}"
    findings = run("report", example, "--year", "2024", "--fail-at", above, "--fail-on", "high")
    assert findings.code == ExitCode.FINDINGS


def test_an_opening_balance_is_a_line_of_its_own(run, sightings):
    path = sightings("2024-05-13,CHON MA SAN,8660313,Vostochny,,,off,loading,test\n")
    balance = ["--opening-balance", "170000@2024-02-29", "--because", "a named source"]
    ran = run("report", path, *balance)
    assert ran.code in (ExitCode.CLEAN, ExitCode.INCOMPLETE), ran
    assert "170,000" in ran.out
    assert "a named source" in ran.out


def test_an_opening_balance_that_overlaps_the_sightings_is_refused(run, sightings):
    path = sightings("2024-01-13,CHON MA SAN,8660313,Vostochny,,,off,loading,test\n")
    ran = run("report", path, "--opening-balance", "170000@2024-02-29", "--because", "a named source")
    assert ran.code == ExitCode.USAGE
    assert ran.err.count("\n") == 1


def test_a_year_without_sightings_is_answered_and_not_guessed(run, sightings):
    path = sightings("2024-05-13,CHON MA SAN,8660313,Vostochny,,,off,loading,test\n")
    document = json.loads(run("report", path, "--year", "2023", "--format", "json").out)
    assert document["cap"]["year"] == 2023
    assert document["deliveries"] == []
