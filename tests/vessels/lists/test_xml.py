"""XML lists: entry by entry, nothing expanded, every fault in one line."""

from __future__ import annotations

import tracemalloc
from collections import deque
from pathlib import Path

import pytest

from vesseltrack.vessels.lists.download import Download, ListError
from vesseltrack.vessels.lists.xml import elements, root, root_of, text_of, texts_of

LIST = '<?xml version="1.0"?>\n<a:list xmlns:a="urn:x" day="2026-02-27">\n<a:entry id="1"><a:name> CHON  MA\nSAN </a:name></a:entry>\n<a:entry id="2"><a:name/></a:entry>\n</a:list>\n'


def saved(tmp_path: Path, content: str | bytes) -> Download:
    path = tmp_path / "list.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Download(path)


def read(tmp_path: Path, content: str | bytes, *tags: str):
    return list(elements(saved(tmp_path, content), *tags))


def test_entries_come_without_namespaces(tmp_path):
    first, second = read(tmp_path, LIST, "entry")
    assert (first.tag, first.get("id"), text_of(first, "name")) == ("entry", "1", "CHON MA SAN")
    assert (second.get("id"), text_of(second, "name"), texts_of(second, "name")) == ("2", "", [])


def test_a_default_namespace_goes_too(tmp_path):
    [name] = read(tmp_path, '<list xmlns="http://x"><name>RYE SONG GANG 1</name></list>', "name")
    assert text_of(name) == "RYE SONG GANG 1"


def test_the_outermost_of_wanted_elements_counts(tmp_path):
    assert len(read(tmp_path, "<l><e><e/></e><e/></l>", "e")) == 2


def test_the_root_is_known_without_reading_on(tmp_path):
    assert root(saved(tmp_path, LIST + "<broken")).get("day") == "2026-02-27"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (LIST, "list"),
        ("\ufeff<!-- a -- ><b/> -->\n<sdnList xmlns='x'>", "sdnList"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><Sanctions/>", "Sanctions"),
        ("ent_num,name", ""),
        ("", ""),
        ("<", ""),
    ],
)
def test_the_root_is_found_in_the_beginning(head, name):
    assert root_of(head) == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_an_encoding_is_the_one_that_the_file_declares(tmp_path, encoding):
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{name}"?>\r\n<l>\r\n<n>MÉLODIE</n>\r\n</l>'
    [found] = read(tmp_path, text.encode(encoding), "n")
    assert text_of(found) == "MÉLODIE"


@pytest.mark.parametrize("cut", range(40, len(LIST) - 9, 7))
def test_a_file_that_is_cut_off_is_refused_with_its_line(tmp_path, cut):
    with pytest.raises(
        ListError, match=r"list\.xml: cut off at line \d: .* download it again; the list in force stays"
    ):
        read(tmp_path, LIST[:cut], "entry")


def test_broken_xml_is_refused_with_its_line(tmp_path):
    with pytest.raises(ListError, match=r"not well-formed XML at line 2, column \d+: mismatched tag"):
        read(tmp_path, "<l>\n<e></f>\n</l>", "e")


def test_bytes_of_another_encoding_are_refused_rather_than_guessed(tmp_path):
    with pytest.raises(ListError, match="not well-formed XML at line 1"):
        read(tmp_path, "<l><e>MÉLODIE</e></l>".encode("latin-1"), "e")


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "shift_jis"])
def test_an_unknown_encoding_is_refused(tmp_path, encoding):
    with pytest.raises(ListError):
        read(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?><l><e>\u00e9</e></l>', "e")


BOMBS = {
    "billion laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l><e>&b;</e></l>',
    "quadratic": f'<!DOCTYPE l [<!ENTITY a "{"x" * 50000}">]><l><e>{"&a;" * 50000}</e></l>',
    "external": '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l><e>&x;</e></l>',
    "parameter": '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1/p.dtd"> %p;]><l><e/></l>',
    "unparsed": '<!DOCTYPE l [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x" NDATA n>]><l><e/></l>',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_declared_entity_is_refused(tmp_path, bomb):
    with pytest.raises(ListError, match="line 1: declares an entity"):
        read(tmp_path, bomb, "e")


def test_elements_without_end_inside_one_another_are_refused(tmp_path):
    with pytest.raises(ListError, match="inside one another"):
        read(tmp_path, "<e>" * 100_000, "e")


def test_a_long_list_takes_the_memory_of_an_entry(tmp_path):
    entry = "<e><n>" + "CHON MA SAN " * 20 + "</n></e>\n"
    download = saved(tmp_path, "<l><noise>" + entry.replace("e>", "f>") * 20_000 + "</noise>" + entry * 20_000 + "</l>")
    tracemalloc.start()
    try:
        deque(elements(download, "e"), maxlen=0)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
