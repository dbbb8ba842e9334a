"""Imported lists are kept whole, come back as they were, and a damaged one is told with the way out."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.errors import ConfigurationError, OutputError
from vesseltrack.vessels.lists import store
from vesseltrack.vessels.lists.formats import read_list
from vesseltrack.vessels.lists.model import PublishedList
from vesseltrack.vessels.lists.store import Edition, FileUsed
from vesseltrack.vessels.lists.stored import from_json, to_json
from vesseltrack.vessels.model import Alias, Company, Listing, Vessel
from vesseltrack.vessels.names import canonical

FILES = Path(__file__).parent / "files"
LISTS = [
    "ofac_sdn.csv",
    "ofac_sdn_advanced.xml",
    "uk_sanctions_list.csv",
    "eu_fsf.csv",
    "opensanctions_entities.ftm.json",
]

TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DAYS = st.none() | st.dates(date(1900, 1, 1))
AMOUNTS = st.none() | st.floats(0.1, 1e5)
MEASURES = st.lists(st.tuples(st.sampled_from(["asset_freeze", "port_entry_ban", "deflag"]), DAYS), max_size=3).map(
    tuple
)
LISTINGS = st.builds(
    Listing, authority=TEXT, list=TEXT, listed_name=TEXT, listed_on=DAYS, delisted_on=DAYS, precision=TEXT,
    measures=MEASURES, legal_basis=TEXTS, entry_id=TEXT, programmes=TEXTS,
)  # fmt: skip
ALIASES = st.builds(Alias, name=TEXT, kind=st.sampled_from(["former", "variant"]), first=DAYS, last=DAYS)
VESSELS = st.builds(
    Vessel, id=TEXT, name=TEXT, imo=st.none() | st.just("9074729"), mmsi=TEXTS, flag=TEXT, type=TEXT, role=TEXT,
    aliases=st.lists(ALIASES, max_size=2).map(tuple), listings=st.lists(LISTINGS, max_size=2).map(tuple),
    also_listed=TEXT, deadweight_tonnes=AMOUNTS, gross_tonnage=AMOUNTS, observed_load_tonnes=AMOUNTS,
    observed_load_m3=AMOUNTS, built=st.none() | st.integers(1900, 2030), common_name=st.booleans(), source=TEXT,
    notes=TEXT, call_sign=TEXT, past_flags=TEXTS, owners=TEXTS,
).map(lambda v: replace(v, id=f"IMO{v.imo}" if v.imo else str(canonical(v.name))))  # fmt: skip
COMPANIES = st.builds(Company, name=TEXT, imo=st.none() | TEXT, aliases=TEXTS, listing=LISTINGS, ships=TEXTS)
PUBLISHED = st.builds(
    PublishedList, name=TEXT, title=TEXT, authority=TEXT, format=TEXT, version=TEXT, rows=st.integers(0, 9),
    vessels=st.lists(VESSELS, max_size=2).map(tuple), companies=st.lists(COMPANIES, max_size=2).map(tuple),
    skipped=st.dictionaries(TEXT, st.integers(1, 9), max_size=2), remarks=TEXTS, cut=TEXT, warnings=TEXTS,
)  # fmt: skip


def edition(content: PublishedList, retrieved: str = "2026-11-22", sha256: str = "ab" * 32) -> Edition:
    return Edition(content, retrieved, (FileUsed("list.csv", sha256),))


@pytest.fixture(scope="module")
def sdn() -> PublishedList:
    return read_list(FILES / "ofac_sdn.csv", [FILES / "ofac_alt.csv"])


@given(PUBLISHED)
def test_whatever_a_list_holds_comes_back(content):
    assert from_json(to_json(content).encode("utf-8", "surrogatepass")) == content


@pytest.mark.parametrize("name", LISTS)
def test_a_published_list_comes_back(name, tmp_path):
    content = read_list(FILES / name)
    kept = store.keep(edition(content), tmp_path)
    assert kept.path is not None
    back = store.read(kept.path)
    assert (back.content, back.files, back.retrieved) == (content, kept.files, "2026-11-22")


def test_a_kept_file_is_json_that_says_what_it_is(sdn, tmp_path):
    kept = store.keep(edition(sdn), tmp_path)
    document = json.loads(kept.path.read_bytes())
    assert (document["schema"], document["name"], document["retrieved"]) == (1, "ofac", "2026-11-22")
    assert document["files"] == [{"name": "list.csv", "sha256": "ab" * 32}]
    assert kept.path.name == "0001_undated_abababababab.json"


def test_nothing_is_in_force_where_nothing_was_imported(tmp_path):
    assert (store.names(tmp_path), store.in_force("ofac", tmp_path)) == ((), None)
    assert store.names(tmp_path / "not there") == ()


def test_the_last_import_is_in_force_and_the_earlier_ones_are_kept(sdn, tmp_path):
    for version, sha in (("2026-09-01", "a"), ("2026-10-01", "b"), ("2026-08-01", "c")):
        store.keep(edition(replace(sdn, version=version), sha256=sha * 64), tmp_path)
    assert [store.read(path).content.version for path in store.editions("ofac", tmp_path)] == [
        "2026-09-01", "2026-10-01", "2026-08-01",
    ]  # fmt: skip
    assert store.in_force("ofac", tmp_path).content.version == "2026-08-01"
    assert store.names(tmp_path) == ("ofac",)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:0],
        lambda data: b"\0" * len(data),
        lambda data: data.replace(b"CHONG", b"CHANG").replace(b"MAR", b"MAL"),
        lambda data: data.replace(b'"schema": 1', b'"schema": "x"'),
        lambda data: b"[" + data[:1] + b"}]\n",
        lambda data: data.replace(b'"content_sha256"', b'"content_sha255"'),
        lambda data: data.replace(b'"retrieved": "2', b'"retrieved": "3'),
        lambda data: data.replace(b'"about_sha256"', b'"about_sha255"').replace(b'"retrieved": "2', b'"retrieved": "x'),
    ],
    ids=["cut off", "empty", "zeros", "another name", "another schema", "a list", "no fingerprint", "day", "no day"],
)
def test_a_damaged_file_is_named_with_the_way_out_and_the_edition_before_stays_readable(sdn, tmp_path, damage):
    first = store.keep(edition(sdn, sha256="a" * 64), tmp_path)
    second = store.keep(edition(sdn, sha256="b" * 64), tmp_path)
    before = second.path.read_bytes()
    second.path.write_bytes(damage(before))
    assert second.path.read_bytes() != before
    with pytest.raises(ConfigurationError, match=r"is damaged\. Import it again, or remove this file") as told:
        store.in_force("ofac", tmp_path)
    assert str(second.path) in str(told.value)
    assert store.read(first.path).content == sdn
    second.path.unlink()
    assert store.in_force("ofac", tmp_path).path == first.path


def test_a_file_of_a_later_version_is_not_guessed_at(sdn, tmp_path):
    kept = store.keep(edition(sdn), tmp_path)
    kept.path.write_bytes(kept.path.read_bytes().replace(b'"schema": 1', b'"schema": 2'))
    with pytest.raises(ConfigurationError, match="later version"):
        store.in_force("ofac", tmp_path)


def test_other_files_in_the_folder_are_no_lists(sdn, tmp_path):
    store.keep(edition(sdn), tmp_path)
    (tmp_path / "ofac" / ".0002_x_123456789abc.json.tmp").write_text("half")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "Not A Name").mkdir()
    assert store.names(tmp_path) == ("ofac",)
    assert len(store.editions("ofac", tmp_path)) == 1


def test_a_file_or_a_dangling_link_in_the_place_of_the_folder_is_not_no_lists(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for at in ("file", "link"):
        with pytest.raises(ConfigurationError, match=f"{at}: cannot be read"):
            store.names(tmp_path / at)


def test_a_list_kept_before_its_head_had_a_fingerprint_is_read(sdn, tmp_path):
    kept = store.keep(edition(sdn), tmp_path)
    head, _, body = kept.path.read_bytes().partition(b",\n")
    about = json.loads(head + b"}")
    del about["about_sha256"]
    kept.path.write_bytes(json.dumps(about).encode().removesuffix(b"}") + b",\n" + body)
    assert store.read(kept.path).content == sdn


def test_a_confirmation_counts_for_its_edition_only(sdn, tmp_path):
    kept = store.keep(edition(sdn, sha256="a" * 64), tmp_path)
    store.confirm("ofac", kept.sha256, "2026-11-30", tmp_path)
    assert store.in_force("ofac", tmp_path).confirmed == "2026-11-30"
    store.keep(edition(sdn, sha256="b" * 64), tmp_path)
    assert store.in_force("ofac", tmp_path).confirmed == ""


@pytest.mark.parametrize("record", ["{", "[]", '{"confirmed": 5}', '{"confirmed": "soon"}'])
def test_a_damaged_confirmation_is_told(sdn, tmp_path, record):
    store.keep(edition(sdn), tmp_path)
    (tmp_path / "ofac" / store.CONFIRMED).write_text(record)
    with pytest.raises(ConfigurationError, match="remove it, look at the list, and confirm it again"):
        store.in_force("ofac", tmp_path)


def test_where_nothing_can_be_written_nothing_is_left_behind(sdn, tmp_path):
    (tmp_path / "ofac").write_text("a file where the folder should be")
    with pytest.raises(OutputError, match=r"the list cannot be kept there: .* What was in force stays"):
        store.keep(edition(sdn), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ofac"]


def test_the_fingerprint_of_several_files_is_that_of_their_sha256sum_lines():
    used = (FileUsed("SDN.CSV", "a" * 64), FileUsed("ALT.CSV", "b" * 64))
    lines = f"{'a' * 64}  SDN.CSV\n{'b' * 64}  ALT.CSV\n"
    assert store.fingerprint(used) == hashlib.sha256(lines.encode()).hexdigest()
    assert store.fingerprint(used[:1]) == "a" * 64


def keep_one(task: tuple[str, int]) -> None:
    folder, number = task
    content = read_list(FILES / "ofac_sdn.csv")
    store.keep(edition(content, sha256=f"{number:02x}" * 32), Path(folder))


def test_imports_at_once_damage_nothing(tmp_path):
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(keep_one, [(str(tmp_path), number) for number in range(1, 13)]))
    kept = store.editions("ofac", tmp_path)
    assert {store.read(path).sha256 for path in kept} == {f"{number:02x}" * 32 for number in range(1, 13)}
    assert not [path for path in (tmp_path / "ofac").iterdir() if path.suffix == ".tmp"]
    assert store.in_force("ofac", tmp_path) is not None
