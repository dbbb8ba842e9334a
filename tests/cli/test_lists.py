"""`vessels import`, `lists` and `diff`, and what the other commands make of an imported list."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from rich.cells import cell_len

from vesseltrack.errors import ExitCode

FILES = Path(__file__).parents[1] / "vessels" / "lists" / "files"
SDN, UK, EU, UN = FILES / "ofac_sdn.csv", FILES / "uk_sanctions_list.csv", FILES / "eu_fsf.csv", FILES / "un_1718.csv"
OWN = "name,imo,listed_on,measures\nCHON MA SAN,8660313,2018-03-30,asset_freeze\nOCEAN FLOWER,9074729,2020-01-01,\n"
SHIP = "1,'SHIP 1','vessel','DPRK',-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "vesseltrack" / "lists"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN)
    return path


def document(ran):
    assert ran.code == ExitCode.CLEAN, ran.err
    return json.loads(ran.out)


def in_force(run):
    rows = document(run("vessels", "lists", "--format", "json"))["lists"]
    return {row["id"]: row for row in rows if row["standing"] == "in force"}


def test_an_imported_list_says_what_was_read(run):
    ran = run("vessels", "import", SDN, "--retrieved", "2026-11-20", "--format", "json")
    [row] = document(ran)["lists"]
    assert document(ran)["schema"] == "vesseltrack.lists/1"
    assert (row["id"], row["authority"], row["format"], row["retrieved"]) == (
        "ofac",
        "US",
        "OFAC SDN.CSV",
        "2026-11-20",
    )
    assert row["rows"] >= row["vessels"] + sum(row["skipped"].values()) > 0
    assert {file["name"] for file in row["files"]} == {
        "ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv", "ofac_sdn_comments.csv",
    }  # fmt: skip
    assert Path(row["path"]).is_file()


def test_the_table_holds_the_first_remarks_and_verbose_all(run, tmp_path):
    rows = "".join(
        f"{n},'SHIP {n}','vessel','DPRK',-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'IMO 1234568.'\n" for n in range(1, 9)
    )
    path = tmp_path / "SDN.CSV"
    path.write_text(rows.replace("'", '"') + "\x1a")
    ran = run("vessels", "import", path)
    assert ran.code == ExitCode.CLEAN, ran.err
    assert "more; --verbose tells all" in ran.out
    assert "--verbose" not in run("vessels", "import", path, "--as", "again", "--verbose").out


def test_every_command_consults_an_imported_list_without_being_told(run, sightings):
    run("vessels", "import", UK)
    answer = run("screen", "KOROLEV PROSPECT", "--format", "json")
    assert answer.code == ExitCode.FINDINGS
    assert {used["id"] for used in json.loads(answer.out)["lists"]} == {"un", "uk"}
    assert run("screen", "KOROLEV PROSPECT", "--lists", "un").code == ExitCode.CLEAN
    path = sightings("2026-01-01,KOROLEV PROSPECT,9826902,Vladivostok,,,,,\n")
    checked = json.loads(run("check", path, "--format", "json").out)
    assert [used["id"] for used in checked["lists"]] == ["un", "uk"]
    assert any(listing["authority"] == "UK" for found in checked["findings"] for listing in found["listings"])
    assert "by the UK" in run("check", path).out


def test_the_table_names_each_list_consulted(run):
    run("vessels", "import", UK, EU)
    said = run("screen", "EVER GIVEN").out
    assert "UN 1718 Designated Vessels List (UN)" in said
    assert "UK Sanctions List (UK)" in said
    assert "EU Consolidated Financial Sanctions List (EU)" in said


def test_a_ship_is_shown_with_the_entry_programmes_and_authorities_of_each_listing(run):
    run("vessels", "import", UK)
    [ship] = document(run("vessels", "show", "8628597", "--format", "json"))["vessels"]
    assert sorted(ship["authorities"]) == ["UK", "UN"]
    [british] = [listing for listing in ship["listings"] if listing["authority"] == "UK"]
    assert (british["entry_id"], len(british["programmes"])) == ("DPR0076", 1)
    shown = run("vessels", "show", "8628597").out
    assert "(entry DPR0076)" in shown
    assert "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019" in shown


def test_a_list_that_is_not_there_is_refused_with_what_there_is(run):
    run("vessels", "import", UK)
    ran = run("screen", "EVER GIVEN", "--lists", "un,ofac")
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1)
    assert "'ofac' is not available; available: un, uk." in ran.err
    assert "vesseltrack vessels import FILE" in ran.err


def test_the_uns_consolidated_list_is_refused_and_says_where_the_ships_are(run, folder):
    ran = run("vessels", "import", FILES / "un_consolidated.xml")
    assert ran.code == ExitCode.USAGE
    assert "holds no ships" in ran.err
    assert "1718 Designated Vessels List" in ran.err
    assert in_force(run).keys() == {"un"}
    assert not folder.exists()


OWNERS = (
    "date,vessel,owner\n2024-03-10,ORIENT PEARL,Ocean Maritime Management Company Limited\n"
    "2024-03-11,OTHER SHIP,KOREA SAMMA SHIPPING CO\n"
)


def test_an_imported_list_of_companies_takes_no_other_company_away(run, sightings):
    path = sightings(OWNERS, header=False)
    found = [
        (x["severity"], x["vessel"]["name"]) for x in json.loads(run("check", path, "--format", "json").out)["findings"]
    ]
    assert len(found) == 2
    assert run("vessels", "import", FILES / "un_consolidated.xml", "--force").code == ExitCode.CLEAN
    again = json.loads(run("check", path, "--format", "json").out)
    assert [(x["severity"], x["vessel"]["name"]) for x in again["findings"]] == found
    assert any(x["list"] == "UN Security Council Consolidated List" for f in again["findings"] for x in f["listings"])


def test_the_companies_that_come_with_the_program_are_counted(run):
    assert (
        "76 companies: 23 on lists of the UN, 51 on lists of the US, 2 on lists of the EU"
        in run("vessels", "lists").out
    )
    assert document(run("vessels", "lists", "--format", "json"))["bundled_companies"] == {"UN": 23, "US": 51, "EU": 2}


def test_companies_that_shrank_are_refused_unless_forced(run, tmp_path):
    run("vessels", "import", UK)
    path = tmp_path / "uk.csv"
    with UK.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row for row in rows if "Entity" not in row)
    ran = run("vessels", "import", path)
    assert ran.code == ExitCode.USAGE
    assert "it holds 0 companies, 100 % fewer than the 2 in force: was it cut off?" in ran.err
    forced = run("vessels", "import", path, "--force")
    assert (forced.code, "0 companies" in forced.err) == (ExitCode.CLEAN, True)


def test_a_list_that_is_shorter_than_it_says_is_refused_unless_forced(run, tmp_path):
    path = tmp_path / "SDN.XML"
    text = (FILES / "ofac_sdn.xml").read_text(encoding="utf-8")
    path.write_text(text.replace("<Record_Count>6<", "<Record_Count>18,899<"), encoding="utf-8")
    ran = run("vessels", "import", path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.USAGE, "", 1)
    assert "the file says that it holds 18,899 entries, and 6 were found: was it cut off?" in ran.err
    assert run("vessels", "import", path, "--force", "--quiet").code == ExitCode.CLEAN


def test_a_missing_end_mark_is_told_even_with_quiet(run, tmp_path):
    path = tmp_path / "SDN.CSV"
    path.write_bytes(SDN.read_bytes().replace(b"\x1a", b""))
    assert "SDN.CSV: no Ctrl-Z after the last line" in run("vessels", "import", path, "--quiet").err
    assert run("vessels", "import", SDN, "--as", "whole", "--quiet").err == ""


def test_an_undated_file_in_the_place_of_a_dated_one_is_told_and_refused_where_it_holds_less(run, tmp_path):
    run("vessels", "import", FILES / "ofac_sdn.xml")
    ran = run("vessels", "import", SDN, "--quiet")
    assert ran.code == ExitCode.CLEAN
    assert "it does not say its date (OFAC SDN.CSV), and replaces the edition of 2026-04-30 (OFAC SDN.XML)" in ran.err
    run("vessels", "import", FILES / "ofac_sdn.xml", "--force")
    path = tmp_path / "SDN.CSV"
    path.write_text(SHIP.replace("'", '"') + "\x1a")
    ran = run("vessels", "import", path)
    assert ran.code == ExitCode.USAGE
    assert "it does not say its date and holds 1 ship, fewer than the 5 of the edition of 2026-04-30" in ran.err
    run("vessels", "import", FILES / "opensanctions_entities.ftm.json")
    ran = run("vessels", "import", FILES / "opensanctions_maritime.csv")
    assert ran.code == ExitCode.USAGE
    assert "it holds 1 company, 50 % fewer than the 2 in force" in ran.err
    assert in_force(run)["opensanctions"]["format"].endswith("entities.ftm.json")


def test_a_stored_zip_is_called_a_zip(run, tmp_path):
    path = tmp_path / "SDN.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("name,imo,vessel.csv", OWN)
    for arguments in ((path,), (path, "--as", "mine")):
        ran = run("vessels", "import", *arguments)
        assert (ran.code, "is a zip archive" in ran.err) == (ExitCode.USAGE, True)


def test_a_confirmation_on_the_day_of_the_download_is_shown(run):
    run("vessels", "import", UK)
    assert "confirmed  2026-11-22" in run("vessels", "import", "--confirm", "uk").out
    assert in_force(run)["uk"]["confirmed"] == "2026-11-22"
    before = run("vessels", "import", "--confirm", "uk", "--retrieved", "2026-11-01")
    assert "nothing was recorded: 2026-11-01 is before 2026-11-22" in before.err


def test_a_confirmation_of_nothing_says_what_to_name(run):
    ran = run("vessels", "import", "--confirm")
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1)
    assert "--confirm: name a list" in ran.err


def test_a_stale_list_is_told_with_how_to_mend_it(run):
    said = run("screen", "EVER GIVEN", "--max-list-age", "30").out
    assert "import a fresh file with `vesseltrack vessels import FILE`" in " ".join(said.split())
    assert "`vesseltrack vessels import --confirm un`" in " ".join(said.split())


def test_lists_of_two_authorities_are_compared_without_saying_that_somebody_was_delisted(run):
    run("vessels", "import", UK, FILES / "ofac_sdn.xml")
    found = document(run("vessels", "diff", "uk", "ofac", "--format", "json"))
    assert {x["change"] for x in found["changes"]} == {"only in uk", "only in ofac"}
    assert found["summary"]["only in uk"] == 4


def test_the_skipped_are_counted_in_the_plural(run):
    shown = run("vessels", "import", EU).out
    assert "1 entity\n" in shown
    many = "".join(f"{n},'COMPANY {n}',-0- ,'DPRK',-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n" for n in range(2, 5))
    Path("SDN.CSV").write_text((SHIP + many).replace("'", '"') + "\x1a")
    assert "3 entities\n" in run("vessels", "import", "SDN.CSV").out


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("what", [("lists",), ("diff", "uk", "ofac"), ("list",)])
def test_on_a_terminal_no_line_is_wider_than_it(run, width, what):
    run("vessels", "import", UK, FILES / "ofac_sdn.xml")
    code = "import pty, sys; pty.spawn([sys.executable, '-m', 'vesseltrack', 'vessels', *sys.argv[1:]])"
    ran = subprocess.run(
        [sys.executable, "-c", code, *what],
        env={**os.environ, "COLUMNS": str(width)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    lines = ran.stdout.decode().splitlines()
    assert len(lines) > 4
    assert max(map(cell_len, lines)) <= width


def bad(name: str, tmp_path: Path) -> Path:
    content = {
        "empty.csv": b"",
        "page.xml": b"<!DOCTYPE html><html><body>Please log in</body></html>",
        "list.zip": b"PK\x03\x04" + b"\0" * 100,
        "cut.csv": UK.read_bytes()[:-200],
        "cut.xml": (FILES / "ofac_sdn.xml").read_bytes()[:-200],
        "words.csv": b"to be or not to be\n",
        "sightings.csv": b"date,port\n2024-01-01,Nampo\n",
    }[name]
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "name", ["empty.csv", "page.xml", "list.zip", "cut.csv", "cut.xml", "words.csv", "sightings.csv"]
)
def test_what_is_no_whole_list_is_refused_in_one_line_and_the_list_in_force_stays(run, tmp_path, name):
    run("vessels", "import", UK)
    before = in_force(run)
    ran = run("vessels", "import", bad(name, tmp_path))
    assert (ran.code, ran.out, ran.err.count("\n")) == (ExitCode.USAGE, "", 1)
    assert name in ran.err
    assert in_force(run) == before


@pytest.mark.parametrize(
    "arguments", [[], ["-"], ["none.csv"], ["."], ["own.csv", "--as", "../up"], ["own.csv", "--retrieved", "tomorrow"]]
)
def test_what_cannot_be_imported_is_wrong_usage(run, own, monkeypatch, arguments):
    monkeypatch.chdir(own.parent)
    ran = run("vessels", "import", *arguments)
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1)


def test_a_broken_file_beside_a_good_one_is_not_passed_over(run, tmp_path):
    ran = run("vessels", "import", UK, bad("page.xml", tmp_path))
    assert ran.code == ExitCode.USAGE
    assert in_force(run).keys() == {"un"}


def test_a_list_that_shrank_is_refused_unless_forced(run, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name\n" + "".join(f"OCEAN STAR {n}\n" for n in range(20)))
    assert run("vessels", "import", path, "--as", "mine").code == ExitCode.CLEAN
    path.write_text("name\n" + "".join(f"OCEAN STAR {n}\n" for n in range(18)))
    assert run("vessels", "import", path, "--as", "mine").code == ExitCode.CLEAN
    path.write_text("name\nOCEAN STAR 1\n")
    ran = run("vessels", "import", path, "--as", "mine")
    assert ran.code == ExitCode.USAGE
    assert "1 ship, 94 % fewer than the 18 in force" in ran.err
    assert in_force(run)["mine"]["vessels"] == 18
    forced = run("vessels", "import", path, "--as", "mine", "--force", "--quiet")
    assert (forced.code, in_force(run)["mine"]["vessels"]) == (ExitCode.CLEAN, 1)
    assert "because of --force" in forced.err


def test_an_older_edition_is_refused_unless_forced(run, tmp_path):
    run("vessels", "import", UK)
    path = tmp_path / "uk.csv"
    path.write_text(UK.read_text(encoding="utf-8-sig").replace("11-Sep-2026", "10-Sep-2026"), encoding="utf-8")
    ran = run("vessels", "import", path)
    assert ran.code == ExitCode.USAGE
    assert "it is of 2026-09-10, older than the edition of 2026-09-11 in force." in ran.err
    assert run("vessels", "import", path, "--force").code == ExitCode.CLEAN
    assert in_force(run)["uk"]["version"] == "2026-09-10"


def test_another_list_by_the_same_name_is_refused(run):
    run("vessels", "import", UK)
    ran = run("vessels", "import", EU, "--as", "uk")
    assert ran.code == ExitCode.USAGE
    assert "keep it under another name" in ran.err


def test_a_csv_of_ships_must_be_named(run, own):
    refused = run("vessels", "import", own)
    assert refused.code == ExitCode.USAGE
    assert "--as NAME" in refused.err
    assert run("vessels", "import", own, "--as", "mine").code == ExitCode.CLEAN
    assert in_force(run)["mine"]["authority"] == "custom"


def test_the_un_list_is_not_replaced_by_a_few_ships(run, own):
    ran = run("vessels", "import", own, "--as", "un")
    assert ran.code == ExitCode.USAGE
    assert "fewer than the 59 in force" in ran.err


def test_an_imported_un_edition_replaces_the_bundled_one(run):
    assert run("vessels", "import", UN, "--force").code == ExitCode.CLEAN
    assert in_force(run)["un"]["format"] == "UN 1718 vessels CSV"
    assert "replaced" in run("vessels", "lists").out


def test_the_same_file_again_is_a_confirmation(run):
    run("vessels", "import", UK, "--retrieved", "2026-11-01")
    again = document(run("vessels", "import", UK, "--retrieved", "2026-11-20", "--format", "json"))["lists"][0]
    assert (again["outcome"], again["retrieved"], again["confirmed"]) == ("confirmed", "2026-11-01", "2026-11-20")
    assert len(document(run("vessels", "lists", "--format", "json"))["lists"]) == 2


def test_a_confirmation_makes_a_list_as_young_as_the_look(run):
    aged = ("screen", "EVER GIVEN", "--max-list-age", "30", "--format", "json")
    assert run(*aged).code == ExitCode.INCOMPLETE
    assert run("vessels", "import", "--confirm", "un", "--retrieved", "2026-11-10").code == ExitCode.CLEAN
    fresh = document(run(*aged))
    assert (fresh["lists"][0]["retrieved"], fresh["lists"][0]["confirmed"]) == ("2026-08-14", "2026-11-10")
    assert "confirmed 10 November 2026" in run("screen", "X").out or "confirmed 2026-11-10" in run("screen", "X").out


def test_a_file_confirms_only_what_it_holds(run, tmp_path):
    run("vessels", "import", UK, "--retrieved", "2026-11-01")
    assert run("vessels", "import", "--confirm", UK).code == ExitCode.CLEAN
    assert in_force(run)["uk"]["confirmed"] == "2026-11-22"
    other = tmp_path / "uk.csv"
    text = UK.read_text(encoding="utf-8-sig")
    other.write_text(text.replace("11-Sep-2026", "12-Sep-2026"), encoding="utf-8")
    assert run("vessels", "import", "--confirm", other).code == ExitCode.CLEAN
    other.write_text(text.replace("Hao Fan 6", "Another Name"), encoding="utf-8")
    ran = run("vessels", "import", "--confirm", other)
    assert ran.code == ExitCode.USAGE
    assert "differs from the list in force: 1 renamed" in ran.err


@pytest.mark.parametrize("given", ["uk", "none.csv", "no such"])
def test_what_is_not_in_force_cannot_be_confirmed(run, given):
    ran = run("vessels", "import", "--confirm", given)
    assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1)


def test_a_damaged_list_is_named_never_passed_over_and_mended_by_an_import(run, folder):
    run("vessels", "import", UK)
    [path] = (folder / "uk").glob("*.json")
    path.write_bytes(path.read_bytes()[:-50])
    for arguments in (("screen", "EVER GIVEN"), ("vessels", "list"), ("vessels", "show", "CHON MA SAN")):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (ExitCode.USAGE, "")
        assert str(path) in ran.err
        assert "Import it again, or remove this file" in ran.err
    assert run("screen", "EVER GIVEN", "--lists", "un").code == ExitCode.CLEAN
    shown = run("vessels", "lists")
    assert (shown.code, "damaged" in shown.out) == (ExitCode.USAGE, True)
    assert run("vessels", "import", UK).code == ExitCode.CLEAN
    assert run("screen", "EVER GIVEN").code == ExitCode.CLEAN


def test_diff_tells_what_changed(run, own, tmp_path):
    run("vessels", "import", own, "--as", "mine")
    new = tmp_path / "new.csv"
    new.write_text(
        "name,imo,listed_on,measures\nCHON MA SAN,8660313,2018-03-30,asset_freeze;port_entry_ban\n"
        "OCEAN STAR,9074729,2020-01-01,\nNEW ONE,9811000,2024-01-01,\n"
    )
    found = document(run("vessels", "diff", "mine", new, "--format", "json"))
    assert [(x["change"], x["name"], x["old"], x["new"]) for x in found["changes"]] == [
        ("listed", "NEW ONE", None, "since 2024-01-01"),
        ("renamed", "OCEAN STAR", "OCEAN FLOWER", "OCEAN STAR"),
        ("measures", "CHON MA SAN", "asset_freeze", "asset_freeze; port_entry_ban"),
    ]
    assert (found["summary"]["listed"], found["summary"]["delisted"]) == (1, 0)
    back = document(run("vessels", "diff", new, "mine", "--format", "json"))
    assert [x["change"] for x in back["changes"]] == ["delisted", "renamed", "measures"]
    assert run("vessels", "diff", "mine", new, "--format", "csv").out.splitlines()[0] == "change,name,imo,old,new"
    assert run("vessels", "diff", "mine", "mine").out == "no changes: 2 and 2 ships, the same entries.\n"


def test_diff_finds_kept_editions_by_version_and_fingerprint(run, own):
    run("vessels", "import", own, "--as", "mine")
    sha256 = in_force(run)["mine"]["sha256"]
    own.write_text(OWN + "NEW ONE,9811000,2024-01-01,\n")
    run("vessels", "import", own, "--as", "mine")
    assert "listed  NEW ONE" in run("vessels", "diff", f"mine@{sha256[:12]}", "mine").out
    assert run("vessels", "diff", "un@bundled", "un").out.startswith("no changes")
    for missing in ("mine@2020-01-01", "uk", "none.csv"):
        ran = run("vessels", "diff", missing, "mine")
        assert (ran.code, ran.err.count("\n")) == (ExitCode.USAGE, 1)


def test_two_published_formats_can_be_compared(run):
    ran = run("vessels", "diff", FILES / "ofac_sdn.csv", FILES / "ofac_sdn.xml", "--format", "json")
    assert {x["change"] for x in document(ran)["changes"]} <= {
        "listed", "delisted", "renamed", "imo", "measures", "flag", "dates",
    }  # fmt: skip


def test_imports_at_once_leave_whole_lists(run, own):
    command = [sys.executable, "-m", "vesseltrack", "vessels", "import", str(own), "--as", "mine", "--force"]
    started = []
    for number in range(4):
        own.write_text(OWN + f"NEW {number + 1},,2024-01-01,\n")
        copy = own.with_name(f"own{number}.csv")
        copy.write_text(own.read_text())
        started.append(subprocess.Popen([*command[:5], str(copy), *command[6:]], stdout=subprocess.DEVNULL))
    assert [one.wait(60) for one in started] == [0, 0, 0, 0]
    rows = document(run("vessels", "lists", "--format", "json"))["lists"]
    assert sorted(row["vessels"] for row in rows if row["id"] == "mine") == [3, 3, 3, 3]


def test_an_own_list_is_all_that_counts_and_needs_no_store(run, own, folder):
    (folder / "uk").mkdir(parents=True)
    (folder / "uk" / "0001_x_0123456789ab.json").write_text("damaged")
    ran = run("screen", "OCEAN FLOWER", "--vessels", own, "--format", "json")
    assert ran.code == ExitCode.FINDINGS
    assert [used["authority"] for used in json.loads(ran.out)["lists"]] == ["custom"]
