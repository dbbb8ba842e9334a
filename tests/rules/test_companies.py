"""VT113: owners, managers and company numbers against listed companies; from the file to the finding."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import numpy as np
import pytest

from vesseltrack.cases.relevant import relevant_rows
from vesseltrack.cases.ships import name_unlisted
from vesseltrack.oil.seen import seen_in
from vesseltrack.ports.gazetteer import load_gazetteer
from vesseltrack.ports.placing import place_sightings
from vesseltrack.rules.companies import listed_company
from vesseltrack.rules.model import Evidence
from vesseltrack.sightings.reader import read_sightings
from vesseltrack.vessels.identity import identify_sightings
from vesseltrack.vessels.loading import load_register

REGISTER = load_register()
COMPANIES = REGISTER.company_index
HEADER = "date,vessel,imo,owner,manager,company imo,lat,lon\n"
AT_SEA = "50,-20\n"


def sightings(csv):
    """Sightings of a CSV as rules see them, and how many rows were kept."""
    frame = read_sightings(["-"], latest=date(2026, 1, 1), stdin=BytesIO(csv.encode())).frame
    frame["who"], identities = identify_sightings(frame, REGISTER)
    frame["place"], places = place_sightings(frame, load_gazetteer())
    frame["other"] = np.full(len(frame), -1)
    kept = frame[relevant_rows(frame, places, COMPANIES)].copy()
    kept["who"], identities = name_unlisted(kept, identities, REGISTER)
    return tuple(seen_in(kept, identities, places, COMPANIES))


def findings(*rows, header=HEADER):
    evidence = Evidence(sightings(header + "".join(rows)), (), {}, (), (), (), {})
    return sorted(listed_company(evidence), key=lambda finding: finding.title)


CASES = {
    "a UN listing is high": ("2024-03-10,ORIENT PEARL,9074729,Korea Samma Shpg Co.,,,", "high"),
    "as manager too": ("2024-03-10,ORIENT PEARL,9074729,,MYOHYANG SHIPPING CO LTD,,", "high"),
    "by number too": ("2024-03-10,ORIENT PEARL,9074729,,,IMO 5145892,", "high"),
    "another authority is medium": ("2024-03-10,ORIENT PEARL,9074729,MIRIM SHIPPING CO LTD,,,", "medium"),
    "the EU is another authority": ("2024-03-10,ORIENT PEARL,9074729,MG Flot OOO,,,", "medium"),
    "one slip of the pen is low": ("2024-03-10,ORIENT PEARL,9074729,KOREA SAMNA SHIPPING CO,,,", "low"),
    "listed later is info": ("2018-01-10,ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO,,,", "info"),
    "between two listings the first counts": (
        "2018-03-01,ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO,,,", "medium",
    ),
    "the company's number as the ship's": ("2024-03-10,ORIENT PEARL,5145892,,,,", "high"),
    "the company's number as the ship's, where it is valid as both": ("2024-03-10,ORIENT PEARL,1790183,,,,", "high"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_severity(name):
    row, severity = CASES[name]
    (found,) = findings(row + AT_SEA)
    assert (found.rule, found.severity.label, found.measures) == ("VT113", severity, ())


@pytest.mark.parametrize("owner", ["", "OCEAN", "Ocean Bunkering SA", "MAERSK A/S", "unknown", "KOTA CORP"])
def test_other_owners_are_no_finding_and_the_row_is_not_kept(owner):
    rows = HEADER + f"2024-03-10,ORIENT PEARL,9074729,{owner},,,{AT_SEA}"
    assert sightings(rows) == ()


def test_a_finding_names_authority_ships_and_legal_basis():
    (found,) = findings(f'2024-03-10,ORIENT PEARL,9074729,"Korea Samma Shpg Co., Ltd.",,,{AT_SEA}')
    assert found.title == (
        "ORIENT PEARL: owner 'Korea Samma Shpg Co., Ltd.' is KOREA SAMMA SHIPPING CO, "
        "listed by the UN (UN 1718 Sanctions List, 2018-03-30), which links it to SAM MA 2 (IMO 8106496); "
        "listed by the US (OFAC SDN, 2018-02-23), which links it to SAM MA 2 (IMO 8106496); sighted on 2024-03-10"
    )
    assert [(x.authority, x.listed_name) for x in found.listings] == [
        ("UN", "KOREA SAMMA SHIPPING CO"), ("US", "KOREA SAMMA SHPG CO"),
    ]  # fmt: skip
    assert found.legal_basis == (
        "UNSCR 1718 (2006) para 8(d)", "UNSCR 2270 (2016) para 12", "UNSCR 2270 (2016) para 22",
    )  # fmt: skip


def test_no_un_basis_for_a_listing_of_another_authority_and_none_before_it_was_adopted():
    (other,) = findings(f"2024-03-10,ORIENT PEARL,9074729,MIRIM SHIPPING CO LTD,,,{AT_SEA}")
    assert other.legal_basis == ()
    assert "day of listing not found" in other.title
    (early,) = findings(
        f'2015-03-10,ORIENT PEARL,9074729,"Ocean Maritime Management Company, Ltd",,,{AT_SEA}'.replace("Ltd", "Limited")
    )
    assert early.severity.label == "high"
    assert early.legal_basis == ("UNSCR 1718 (2006) para 8(d)",)


def test_one_finding_per_ship_and_company_however_many_rows_name_it():
    rows = [
        f"2024-03-10,ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO,,,{AT_SEA}",
        f"2024-03-11,ORIENT PEARL,9074729,,Korea Samma Shipping,5145892,{AT_SEA}",
        f"2024-03-12,ORIENT PEARL,9074729,KOREA SAMNA SHIPPING CO,,,{AT_SEA}",
        f"2024-03-12,OTHER PEARL,,KOREA SAMMA SHIPPING CO,,,{AT_SEA}",
        f"2024-03-12,ORIENT PEARL,9074729,,PAEKMA SHIPPING CO,,{AT_SEA}",
    ]
    found = findings(*rows)
    assert len(found) == 3
    assert len({f.id for f in found}) == 3
    (first,) = [f for f in found if f.title.startswith("ORIENT PEARL: owner KOREA SAMMA")]
    assert "and manager 'Korea Samma Shipping' is KOREA SAMMA SHIPPING CO and company number 5145892" in first.title
    assert [ref.line for ref in first.sightings] == [2, 3], "the slip adds nothing to what is certain"


def test_the_companys_number_as_the_ships_is_told_in_the_same_finding():
    (found,) = findings(f"2024-03-10,ORIENT PEARL,5145892,KOREA SAMMA SHIPPING CO,,,{AT_SEA}")
    assert "owner KOREA SAMMA SHIPPING CO and 5145892, given as the ship's number, is the company number" in found.title


def test_a_ship_sighted_before_and_after_the_listing_is_judged_by_the_days_after():
    rows = [f"{day},ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO,,,{AT_SEA}" for day in ("2018-01-10", "2024-03-10")]
    (found,) = findings(*rows)
    assert (found.severity.label, [ref.line for ref in found.sightings]) == ("high", [3])


def test_every_owner_and_manager_column_of_a_file_is_screened():
    header = "date,vessel,Registered Owner,Beneficial Owner,ISM Manager,Operator,lat,lon\n"
    found = findings(
        f"2024-03-10,ORIENT PEARL,Honest SA,KOTI CORP,Good Managers,MYOHYANG SHIPPING CO,{AT_SEA}", header=header
    )
    assert [f.title.partition(",")[0] for f in found] == [
        "ORIENT PEARL: manager MYOHYANG SHIPPING CO", "ORIENT PEARL: owner KOTI CORP",
    ]  # fmt: skip


def test_the_order_of_rows_does_not_matter():
    rows = [
        f"2024-03-10,ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO,,,{AT_SEA}",
        f"2024-03-10,ORIENT PEARL,9074729,Korea Samma Shipping,,5145892,{AT_SEA}",
        f"2024-03-09,ORIENT PEARL,9074729,,Korea Samma Shpg,,{AT_SEA}",
    ]
    one, other = findings(*rows), findings(*reversed(rows))
    assert [(f.id, f.title) for f in one] == [(f.id, f.title) for f in other]


def test_the_text_of_a_cell_is_shown_short():
    (found,) = findings(f"2024-03-10,ORIENT PEARL,9074729,KOREA SAMMA SHIPPING CO;{'X' * 500},,,{AT_SEA}")
    assert "X" * 80 not in found.title
