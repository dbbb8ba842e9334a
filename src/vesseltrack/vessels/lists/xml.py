"""XML lists, read entry by entry: namespaces away, finished entries let go, and nothing expanded or fetched.

Expat of the standard library is used directly. A sanctions list declares no entities, so any declaration is refused:
that leaves an "XML bomb" nothing to expand and an external entity nothing to name, without a further dependency.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from vesseltrack.vessels.lists.download import ListError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vesseltrack.vessels.lists.download import Download

BLOCK_BYTES = 1 << 16
MAX_DEPTH = 64
"""Elements inside one another; the deepest published list, OFAC's SDN_ADVANCED.XML, has about ten."""

_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_BEFORE_ROOT = re.compile(
    r"[\ufeff\s]+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ENDS_TOO_SOON = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)


def local(tag: str) -> str:
    """Return the name without its namespace: ``sdnList`` of ``{http://...}sdnList``, ``ns:sdnList``."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def root_of(head: str) -> str:
    """Return the name of the first element in the beginning of a file; empty where there is none."""
    place = 0
    while before := _BEFORE_ROOT.match(head, place):
        place = before.end()
    match = _ROOT.match(head, place)
    return match[1] if match else ""


def text_of(element: Element | None, path: str = ".") -> str:
    """Return the text at a path (``vesselInfo/callSign``), white space made plain; empty where there is none."""
    found = element.find(path) if element is not None else None
    return " ".join(found.text.split()) if found is not None and found.text else ""


def texts_of(element: Element | None, path: str) -> list[str]:
    """Return each text that is not blank at a path."""
    found = element.findall(path) if element is not None else []
    return [text for text in (text_of(each) for each in found) if text]


def elements(download: Download, *tags: str) -> Iterator[Element]:
    """Yield each finished element of these names, in the file's order, attributes and all that is inside.

    Names are without namespaces, the outermost counts where one stands inside another, and what stands outside of them
    is not kept, so that a file of any size takes the memory of one entry. Raises `ListError` with file and line where
    the file is cut off, is no well-formed XML, declares an entity, or nests without end.
    """
    return _Walk(download, frozenset(tags)).run()


def root(download: Download) -> Element:
    """Return the root element with its attributes, without what is inside."""
    walk = _Walk(download, frozenset())
    try:
        for _ in walk.run(until_root=True):
            pass
    except ListError:
        if not walk.root.tag:  # a fault further on is for `elements` to tell
            raise
    return walk.root


class _Walk:
    """One pass through a file."""

    def __init__(self, download: Download, tags: frozenset[str]) -> None:
        self.path = download.path
        self.download = download
        self.tags = tags
        self.root = Element("")
        self.depth = 0
        self.inside = 0
        """Depth of the wanted element that is being built; 0 outside of one."""
        self.builder = TreeBuilder()
        self.done: deque[Element] = deque()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.EntityDeclHandler = self.refuse_entity
        self.parser.UnparsedEntityDeclHandler = self.refuse_entity
        self.parser.ExternalEntityRefHandler = self.refuse_entity

    def run(self, *, until_root: bool = False) -> Iterator[Element]:
        with self.download.open() as file:
            more = True
            while more:
                block = file.read(BLOCK_BYTES)
                more = bool(block)
                self.feed(block)
                while self.done:
                    yield self.done.popleft()
                if until_root and self.root.tag:
                    return

    def feed(self, block: bytes) -> None:
        try:
            self.parser.Parse(block, not block)
        except expat.ExpatError as error:
            if error.code in _ENDS_TOO_SOON:
                raise ListError(
                    f"{self.path}: cut off at line {error.lineno}: the end of the document is missing; "
                    "download it again; the list in force stays."
                ) from None
            raise ListError(
                f"{self.path}: not well-formed XML at line {error.lineno}, column {error.offset + 1}: "
                f"{expat.ErrorString(error.code)}; download it again; the list in force stays."
            ) from None
        except (ValueError, LookupError):  # an encoding that Python does not know, or that is no 8-bit one
            raise ListError(
                f"{self.path}: is XML in an encoding that cannot be read; expected UTF-8, UTF-16 or ISO-8859-1."
            ) from None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ListError(
                f"{self.path}: line {self.parser.CurrentLineNumber}: more than {MAX_DEPTH} elements inside one "
                "another, which no sanctions list has; refused."
            )
        name = local(tag)
        plain = {local(key): value for key, value in attributes.items()}
        if self.depth == 1:
            self.root = Element(name, plain)
        if not self.inside and name in self.tags:
            self.inside = self.depth
        if self.inside:
            self.builder.start(name, plain)

    def data(self, text: str) -> None:
        if self.inside:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        if self.inside:
            self.builder.end(local(tag))
            if self.inside == self.depth:
                self.done.append(self.builder.close())
                self.builder = TreeBuilder()
                self.inside = 0
        self.depth -= 1

    def refuse_entity(self, *_: object) -> int:
        raise ListError(
            f"{self.path}: line {self.parser.CurrentLineNumber}: declares an entity, which no sanctions list does and "
            "which can hide an attack; refused. Expected XML without <!ENTITY>."
        )
