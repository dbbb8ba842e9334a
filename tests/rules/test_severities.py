"""Each ruling on severity, as a case: one sighting or two, and what they must come to (rulings 1 to 14, 26)."""

from __future__ import annotations

import pytest

HEADER = "date,vessel,imo,mmsi,flag,type,port,facility,lat,lon,ais_status,activity,counterpart\n"


def row(
    date,
    vessel="",
    imo="",
    mmsi="",
    flag="",
    type="",
    port="",
    facility="",
    lat="",
    lon="",
    ais="",
    activity="",
    counterpart="",
):
    return ",".join([date, vessel, imo, mmsi, flag, type, port, facility, lat, lon, ais, activity, counterpart]) + "\n"


CASES = {
    "a port entry ban is broken in a foreign port": (
        [row("2019-05-01", "WAN HENG 11", port="Nakhodka")], {("VT111", "high")}, {"VT112"},
    ),
    "at the roads the ship is one severity lower": (
        [row("2019-05-01", "WAN HENG 11", port="Nakhodka", facility="anchorage")], {("VT111", "medium")}, {"VT112"},
    ),
    "an asset freeze alone fires in a foreign port": (
        [row("2019-05-01", "CHONG RIM 2", port="Dalian")], {("VT112", "critical")}, {"VT111"},
    ),
    "a listed ship in a DPRK port gets one info line": (
        [row("2019-05-01", "SAM JONG 1", port="Wonsan", activity="transit")], {("VT102", "info")}, {"VT101", "VT111", "VT112"},
    ),
    "a listed ship at sea is sighted": (
        [row("2019-05-01", "SAM JONG 1", port="Sea of Japan")], {("VT101", "medium")}, {"VT111", "VT112"},
    ),
    "HAO FAN 6 had a port ban, and no de-flagging yet, in January 2018": (
        [row("2018-01-15", "HAO FAN 6", flag="Togo", port="Dalian")], {("VT111", "high")}, {"VT121"},
    ),
    "HAO FAN 6 was to be de-flagged from 30 March 2018": (
        [row("2018-04-15", "HAO FAN 6", flag="Togo", port="Dalian")], {("VT111", "high"), ("VT121", "high")}, set(),
    ),
    "the DPRK flag on a ship to be de-flagged is medium": (
        [row("2024-04-15", "KUM JIN GANG 3", flag="DPRK", port="Sea of Japan")], {("VT121", "medium")}, set(),
    ),
    "listed since": (
        [row("2017-05-01", "CHON MA SAN", port="Vladivostok", type="tanker")], {("VT103", "info")}, {"VT101", "VT111", "VT112", "VT403"},
    ),
    "delisted": (
        [row("2020-05-01", "GRAND KARO", port="Dalian")], {("VT104", "info")}, {"VT101", "VT111", "VT112"},
    ),
    "one hull, two listings: EVER BRIGHT 88 in 2016, FAN KE from 2018": (
        [row("2016-06-01", imo="8914934", port="Dalian")], {("VT112", "critical")}, {"VT111"},
    ),
    "the same hull under its second listing": (
        [row("2019-06-01", imo="8914934", port="Dalian")], {("VT111", "high")}, {"VT112"},
    ),
    "AIS off of a designated ship at a loading place": (
        [row("2024-03-10", "CHON MA SAN", port="Vostochny", facility="oil berth", ais="off")], {("VT201", "high")}, set(),
    ),
    "AIS off of a trade ship at a loading place": (
        [row("2024-03-10", "WOL BONG SAN", port="Vostochny", facility="oil berth", ais="off")], {("VT201", "medium")}, set(),
    ),
    "AIS off of a ship outside the trade": (
        [row("2024-03-10", "ORIENT PEARL", type="bulk carrier", port="Vostochny", ais="off")], {("VT201", "info")}, set(),
    ),
    "an unknown AIS status never fires": (
        [row("2024-03-10", "CHON MA SAN", port="Vostochny", facility="oil berth")], set(), {"VT201", "VT202", "VT203", "VT204"},
    ),
    "AIS on and off around a call": (
        [row("2024-03-10", "WOL BONG SAN", port="Nampo", facility="oil pier", ais="on then off")], {("VT202", "low")}, {"VT201"},
    ),
    "a transfer with a DPRK-flagged ship is about the flag, anywhere": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", lat="10", lon="110", activity="sts giving", counterpart="Wol Bong San")],
        {("VT601", "high")}, {"VT602"},
    ),
    "a transfer with a designated ship is critical": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", lat="30", lon="124", activity="sts giving", counterpart="Chon Ma San")],
        {("VT602", "critical")}, {"VT601"},
    ),
    "a meeting at sea with a DPRK-flagged ship counts although nobody saw the hoses": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", lat="30", lon="124", counterpart="Wol Bong San")],
        {("VT601", "high")}, {"VT602", "VT603"},
    ),
    "a meeting at sea with a designated ship counts": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", lat="30", lon="124", counterpart="Chon Ma San")],
        {("VT602", "critical")}, {"VT601", "VT603"},
    ),
    "a meeting of two other ships at sea is nothing": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", lat="30", lon="124", counterpart="OCEAN GLORY")],
        set(), {"VT601", "VT602", "VT603"},
    ),
    "ships side by side in a port lie in port": (
        [row("2024-03-10", "ORIENT PEARL", type="tanker", flag="Togo", port="Busan", counterpart="Wol Bong San")],
        set(), {"VT601", "VT602", "VT603"},
    ),
    "a ship does not meet itself": (
        [row("2024-03-10", "WOL BONG SAN", lat="30", lon="124", counterpart="Wol Bong San")],
        set(), {"VT601", "VT602", "VT603"},
    ),
    "two other ships in a transfer area are info": (
        [row("2024-03-10", "ORIENT PEARL", flag="Togo", port="East China Sea STS", activity="sts giving", counterpart="OCEAN GLORY")],
        {("VT603", "info")}, {"VT601", "VT602"},
    ),
    "two other ships in a transfer area are medium when dark": (
        [row("2024-03-10", "ORIENT PEARL", flag="Togo", port="East China Sea STS", ais="off", activity="sts giving", counterpart="OCEAN GLORY")],
        {("VT603", "medium")}, {"VT601", "VT602"},
    ),
    "a painted name is for review, without measures": (
        [row("2024-03-10", "HOPE SEA", port="Vostochny", facility="oil berth")], {("VT105", "medium")}, {"VT101", "VT111", "VT112"},
    ),
    "the number in a name is part of its identity": (
        [row("2024-03-10", "SAM JONG 3", port="Dalian")], set(), {"VT101", "VT105", "VT111", "VT112"},
    ),
    "a valid IMO that contradicts the name is a namesake": (
        [row("2024-03-10", "CHON MA SAN", imo="9074729", port="", lat="50", lon="-20")], {("VT304", "info")}, {"VT101", "VT305"},
    ),
    "a namesake at a place of the trade may be a clone": (
        [row("2024-03-10", "CHON MA SAN", imo="9074729", port="Vostochny")], {("VT305", "high")}, {"VT111", "VT304"},
    ),
    "a namesake under the DPRK flag may be a clone": (
        [row("2024-03-10", "CHON MA SAN", imo="9074729", flag="North Korea", lat="35", lon="123")], {("VT305", "high")}, {"VT111", "VT304"},
    ),
    "a company number is named as such": (
        [row("2024-03-10", "ORIENT PEARL", imo="6459297", lat="50", lon="-20")], {("VT301", "low")}, set(),
    ),
    "a bad check digit is named as such, and the name still counts": (
        [row("2024-03-10", "CHON MA SAN", imo="8660314", port="Vostochny", facility="oil berth")], {("VT302", "low"), ("VT112", "critical")}, set(),
    ),
    "a placeholder is named as such": (
        [row("2024-03-10", "ORIENT PEARL", imo="1234567", lat="50", lon="-20")], {("VT303", "info")}, set(),
    ),
    "a listed IMO under another name is the strongest hit": (
        [row("2024-03-10", "PACIFIC JOY", imo="8660313", port="Dalian")], {("VT106", "medium"), ("VT112", "critical")}, set(),
    ),
    "coordinates that contradict the port are a finding": (
        [row("2024-03-10", "CHON MA SAN", port="Nampo", lat="42.74", lon="133.06")], {("VT307", "low"), ("VT112", "critical")}, {"VT102"},
    ),
    "an MMSI of the DPRK under another flag": (
        [row("2024-03-10", "ORIENT PEARL", mmsi="445123456", flag="Panama", lat="50", lon="-20")], {("VT308", "medium")}, set(),
    ),
    "a trade tanker at a loading facility": (
        [row("2024-03-10", "WOL BONG SAN", port="Vostochny", facility="oil berth")], {("VT401", "medium")}, {"VT403"},
    ),
    "a trade tanker at a DPRK oil facility": (
        [row("2024-03-10", "WOL BONG SAN", port="Chongjin", facility="oil berth")], {("VT402", "low")}, {"VT403"},
    ),
    "a delivery by a designated ship is a finding at barrel one": (
        [row("2024-03-10", "CHON MA SAN", port="Vostochny", facility="oil berth")], {("VT403", "high")}, set(),
    ),
    "a delivery in a month for which the supplier filed nothing is info": (
        [row("2024-03-10", "WOL BONG SAN", port="Vostochny", facility="oil berth")], {("VT404", "info")}, set(),
    ),
    "tanker and munitions carrier in one port on one day": (
        [
            row("2024-03-13", "WOL BONG SAN", port="Vostochny", facility="oil berth"),
            row("2024-03-13", "Lady R", port="Vostochny", facility="container terminal"),
        ],
        {("VT503", "info"), ("VT501", "medium")}, set(),
    ),
    "tankers gathering off Chongjin": (
        [
            row("2024-03-13", "YU SON", port="Chongjin", facility="outer anchorage"),
            row("2024-03-13", "NAM DAE BONG", port="Chongjin", facility="outer anchorage"),
        ],
        {("VT504", "info")}, set(),
    ),
    "no usable identity": (
        [row("2024-03-10", "unknown", imo="0000000", port="Nampo")], {("VT901", "low")}, set(),
    ),
    "a place that is not in the gazetteer": (
        [row("2024-03-10", "CHON MA SAN", port="Vostochny Cosmodrome")], {("VT902", "low"), ("VT101", "medium")}, {"VT111", "VT112"},
    ),
    "an unlisted ship elsewhere is no finding": (
        [row("2024-03-10", "ORIENT PEARL", imo="9074729", flag="Panama", lat="50", lon="-20", ais="off")], set(), {"VT"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_ruling(examine_csv, name: str):
    """The findings of a case carry the severities of the ruling, and nothing that the ruling excludes fires."""
    rows, wanted, excluded = CASES[name]
    case = examine_csv(HEADER + "".join(rows))
    found = {(f.rule, f.severity.label) for f in case.findings}
    assert wanted <= found
    assert not {rule for rule, _ in found if rule.startswith(tuple(excluded))}


def test_deflagging_fires_once_per_ship_and_flag(examine_csv):
    """Three sightings under one flag are one finding, a second flag is another."""
    rows = [
        row(f"2024-0{m}-10", "KUM JIN GANG 3", flag=flag, port="Sea of Japan")
        for m, flag in enumerate(["DPRK", "North Korea", "DPRK", "Togo"], 1)
    ]
    found = [f for f in examine_csv(HEADER + "".join(rows)).findings if f.rule == "VT121"]
    assert sorted(f.severity.label for f in found) == ["high", "medium"]


def test_a_transfer_and_a_call_in_the_dprk_within_ten_days_is_suspect(examine_csv):
    """A ship of a transfer that is seen in a DPRK port nine days later makes the transfer medium."""
    rows = [
        row(
            "2024-03-10",
            "ORIENT PEARL",
            flag="Togo",
            port="East China Sea STS",
            activity="sts giving",
            counterpart="OCEAN GLORY",
        ),
        row("2024-03-19", "OCEAN GLORY", flag="Togo", port="Wonsan"),
    ]
    assert ("VT603", "medium") in {(f.rule, f.severity.label) for f in examine_csv(HEADER + "".join(rows)).findings}


def test_reported_notices_follow_reports_and_estimates_never_make_one(examine_csv):
    """2019: reports reached 90 % (VT412) though no delivery was seen; 2024: deliveries alone give no notice."""
    reported = examine_csv(HEADER + row("2019-05-01", "ORIENT PEARL", imo="9074729", lat="50", lon="-20"))
    assert {"VT411", "VT412"} <= {f.rule for f in reported.findings}
    assert not [f for f in reported.findings if f.rule.startswith("VT42")]
    many = [row(f"2024-03-{d:02d}", f"TANKER {d}", flag="DPRK", type="tanker", port="Nampo") for d in range(1, 31)]
    many += [row(f"2024-05-{d:02d}", f"TANKER {d}", flag="DPRK", type="tanker", port="Nampo") for d in range(1, 31)]
    found = {f.rule for f in examine_csv(HEADER + "".join(many)).findings}
    assert {"VT421", "VT422", "VT423", "VT424"} <= found
    assert not [rule for rule in found if rule.startswith("VT41")]


def test_findings_name_the_listing_and_its_authority(examine_csv):
    """Kum Jin Gang 3 is found as WAN HENG 11 on the UN's list, with the measures of that listing."""
    case = examine_csv(HEADER + row("2024-03-13", "Kum Jin Gang 3", port="Vostochny", facility="oil berth"))
    (ban,) = [f for f in case.findings if f.rule == "VT111"]
    assert [(x.authority, x.listed_name) for x in ban.listings] == [("UN", "WAN HENG 11")]
    assert ban.measures == ("deflag", "port_entry_ban")
    assert any("2371" in basis for basis in ban.legal_basis)


def test_a_listed_operator_is_named_from_the_day_of_its_listing(examine_csv):
    """Eastern Stevedoring Company: listed by the US on 23 February 2024, not before."""
    rows = [row(day, "Lady R", port="Vostochny", facility="container terminal") for day in ("2024-02-08", "2024-03-13")]
    titles = [f.title for f in examine_csv(HEADER + "".join(rows)).findings if f.rule == "VT501"]
    assert ["US since 2024-02-23" in title for title in sorted(titles)] == [False, True]


def test_a_call_that_spans_a_listing_is_judged_day_by_day(examine_csv):
    """An earlier sighting does not hide what happened once the ship was listed."""
    rows = [
        row(day, "CHON MA SAN", imo="8660313", type="tanker", port="Vladivostok")
        for day in ("2018-03-29", "2018-03-30")
    ]
    found = {f.rule: f for f in examine_csv(HEADER + "".join(rows)).findings}
    assert {"VT103", "VT111", "VT112", "VT403"} <= set(found)
    assert [ref.line for ref in found["VT112"].sightings] == [3]
    assert [ref.line for ref in found["VT103"].sightings] == [2]


def test_no_resolution_is_cited_before_it_was_adopted(examine_csv):
    """The law as of the day: 2321 and 2397 are no basis for a finding of March 2016."""
    case = examine_csv(
        HEADER
        + row("2016-03-21", "MI RIM", port="Dalian")
        + row(
            "2016-05-01",
            "ORIENT PEARL",
            flag="Togo",
            port="Yellow Sea",
            activity="sts giving",
            counterpart="Myong Ryu 1",
        )
    )
    cited = " ".join(basis for f in case.findings for basis in f.legal_basis)
    assert "2270" in cited
    assert not [number for number in ("2321", "2371", "2375", "2397") if number in cited]
    assert not [f for f in case.findings if f.rule == "VT601"]


@pytest.mark.parametrize("flag", ["stateless", "unknown", "none", "false", "Tanzania (false)"])
def test_no_flag_is_no_flag(examine_csv, flag: str):
    """De-flagging fires on a flag, not on the want of one."""
    case = examine_csv(HEADER + row("2019-03-21", "JIN HYE", flag=flag, port="Sea of Japan"))
    assert not [f for f in case.findings if f.rule == "VT121"]


def test_one_ship_in_two_places_at_once_is_a_finding(examine_csv):
    """Vostochny at ten, Nampo at eleven: two ships, or a wrong date."""
    rows = [
        row("2024-03-01T10:00Z", "CHON MA SAN", port="Vostochny"),
        row("2024-03-01T11:00Z", "CHON MA SAN", port="Nampo"),
    ]
    assert ("VT309", "medium") in {(f.rule, f.severity.label) for f in examine_csv(HEADER + "".join(rows)).findings}


def test_a_transfer_with_a_possible_match_is_medium(examine_csv):
    """A painted name is no proof of a flag."""
    case = examine_csv(
        HEADER
        + row(
            "2023-03-01", "PACIFIC", flag="Panama", port="East China Sea", activity="sts giving", counterpart="HOPE SEA"
        )
    )
    assert {f.severity.label for f in case.findings if f.rule == "VT601"} == {"medium"}


def test_more_evidence_clears_nobody(examine_csv):
    """A month under the listing keeps its findings although a later day lies after the delisting."""
    month = row("2016-12", "GOLD STAR 3", imo="8405402", type="cargo", port="Dalian")
    later = row("2016-12-18", "GOLD STAR 3", imo="8405402", type="cargo", port="Dalian")
    for rows in (month, month + later):
        assert ("VT112", "critical") in {(f.rule, f.severity.label) for f in examine_csv(HEADER + rows).findings}


def test_a_possible_match_is_told_even_beside_a_sure_one(examine_csv):
    """APEX the day before KINGSWAY is still for review."""
    rows = row("2024-03-01", "APEX", flag="Panama", type="tanker", port="Nampo") + row(
        "2024-03-02", "KINGSWAY", flag="Panama", type="tanker", port="Nampo"
    )
    assert any(f.rule == "VT105" and f.identity.name == "APEX" for f in examine_csv(HEADER + rows).findings)


def test_a_transfer_has_one_finding_whose_id_names_both_ships(examine_csv):
    """Whoever wrote it down, and in whatever order."""
    giving = row(
        "2024-03-10", "Orient Pearl", flag="Togo", port="Yellow Sea", activity="sts giving", counterpart="Yu Son"
    )
    second = row(
        "2024-03-10", "Orient Pearl", flag="Togo", port="Yellow Sea", activity="sts giving", counterpart="An San 1"
    )
    taking = row(
        "2024-03-10", "Yu Son", flag="DPRK", port="Yellow Sea", activity="sts receiving", counterpart="Orient Pearl"
    )
    ids = [
        {f.id: f.title for f in examine_csv(HEADER + rows).findings if f.rule == "VT602"}
        for rows in (giving + second + taking, taking + second + giving)
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


def test_a_meeting_that_somebody_saw_to_be_a_transfer_is_that_transfer(examine_csv):
    """AIS shows both ships side by side, an image shows the hoses: one finding, which says transfer."""
    meeting = row("2024-03-10", "Orient Pearl", flag="Togo", lat="30", lon="124", counterpart="Yu Son")
    other_side = row("2024-03-10", "Yu Son", flag="DPRK", lat="30", lon="124", counterpart="Orient Pearl")
    image = row(
        "2024-03-10", "Orient Pearl", flag="Togo", lat="30", lon="124", activity="sts giving", counterpart="Yu Son"
    )
    titles = [
        [found.title for found in examine_csv(HEADER + rows).findings if found.rule == "VT602"]
        for rows in (meeting + other_side, meeting + other_side + image)
    ]
    assert [len(found) for found in titles] == [1, 1]
    assert titles[0][0].startswith("Meeting at sea with a ship designated ")
    assert titles[1][0].startswith("Ship-to-ship transfer with a ship designated ")
