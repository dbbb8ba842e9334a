"""Whatever a file holds, `read_list` returns a list or raises `ListError`, and a list accounts for every row."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vesseltrack.vessels.lists.download import ListError
from vesseltrack.vessels.lists.formats import FORMATS, read_list

FILES = Path(__file__).parent / "files"
LISTS = sorted(path for path in FILES.iterdir() if path.suffix != ".md")
PIECES = (
    b'"', b",", b";", b"\r\n", b"\n", b"\x1a", b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"-0- ", b"<", b">", b"&a;",
    b"</", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"IMO 9313149", b"9" * 5000, b"1: 2: 3:", b"30-Feb-18",
)  # fmt: skip


def read_or_refuse(path: Path, beside: tuple[Path, ...] = ()) -> None:
    try:
        published = read_list(path, beside)
    except ListError as error:
        refusal = str(error)
    else:
        assert sum(published.skipped.values()) <= published.rows
        assert all(vessel.listings for vessel in published.vessels)
        return
    assert any(str(named) in refusal for named in (path, *beside))
    assert len(refusal.splitlines()) == 1


@given(content=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(content)
    read_or_refuse(path)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_published_file_with_damage(tmp_path, data):
    content = data.draw(st.sampled_from(LISTS)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        until = data.draw(st.one_of(st.integers(place, min(place + 40, len(content))), st.just(len(content))))
        content = content[:place] + data.draw(st.sampled_from((b"", *PIECES))) + content[until:]
    path = tmp_path / "damaged"
    path.write_bytes(content)
    read_or_refuse(path)


@given(content=st.binary(max_size=200), start=st.sampled_from([b"", b'1,2,"aka",', b'47371,"']))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_beside_a_list(tmp_path, content, start):
    path = tmp_path / "alt.csv"
    path.write_bytes(start + content)
    read_or_refuse(FILES / "ofac_sdn.csv", (path,))


@given(head=st.text(max_size=200))
def test_recognising_never_raises(head):
    for known in FORMATS:
        assert known.recognises(head) in {True, False}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_one_format_at_most_recognises_a_published_file(path):
    head = path.read_bytes()[:65536].decode("utf-8", "replace").removeprefix("\ufeff")
    assert sum(known.recognises(head) for known in FORMATS) <= 1


EMPTY = {
    "SDN.XML": "<sdnList><publshInformation/></sdnList>",
    "SDN_ADVANCED.XML": "<Sanctions><DistinctParties/></Sanctions>",
    "CSL": (FILES / "us_csl.csv").read_text(encoding="utf-8").splitlines()[0],
    "UN XML": "<CONSOLIDATED_LIST><ENTITIES/></CONSOLIDATED_LIST>",
    "UN 1718": "vessel_name,imo_number,date_of_designation",
}


@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY)
def test_a_list_without_an_entry_is_refused(tmp_path, content):
    path = tmp_path / "empty"
    path.write_text(content + "\n")
    with pytest.raises(ListError, match="no entry"):
        read_list(path)
