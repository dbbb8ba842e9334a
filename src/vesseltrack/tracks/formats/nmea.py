"""NMEA 0183 sentences of AIS (AIVDM, AIVDO and other talkers) to rows, each with the time it was received.

pyais takes sentences, tag blocks and Gatehouse lines apart and decodes the messages. What stands here is what it does
not do: it passes over in silence what it cannot use, wants the parts of a message in their order, and reads nothing
that stands around a sentence on its line.

A block of lines is read in two steps. `Parts` joins messages that come in several sentences, which needs all blocks in
their order; `decode_block` takes the others, which needs nothing, and runs in as many processes as there are cores.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from pyais.decode import decode_nmea_line
from pyais.exceptions import AISBaseException
from pyais.messages import AISSentence

from vesseltrack.tracks.formats.messages import NO_SPEED_IN_LONG_RANGE, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from pyais.messages import Payload, TagBlock

    Joined = tuple[tuple[bytes, ...], float | None]
    """The sentences of a message in their order, and when it was received."""

_LINE_OF_LOG = rb"""
    ^(?:(\$PGHP,[^\r\n]*+)[\r\n]++)?+                       # Gatehouse: the time of the sentence that follows
    ([^\r\n!\\]*+)                                         # what a logger wrote before it
    ((?:\\[^\\\r\n]*+\\)?+                                 # tag block (IEC 61162-450)
    ![A-Z]{2}VD[MO],%s,\d*,[^*\r\n]*+\*[0-9A-Fa-f]{2})
    ([^\r\n]*+)                                            # what a logger wrote after it
"""
WHOLE = re.compile(_LINE_OF_LOG % rb"1,1", re.VERBOSE | re.MULTILINE)
PART = re.compile(_LINE_OF_LOG % rb"[2-9],[1-9]", re.VERBOSE | re.MULTILINE)
COMPANION = re.compile(rb"^(?:\$|\#|\\[^\r\n\\]*\\[ \t\r]*$|\\[^\r\n\\]*\\\$)", re.MULTILINE)
"""Lines that belong to a log and are no AIS: other sentences, remarks, a tag block by itself."""

_PART_MARK = re.compile(rb"VD[MO],[2-9],[1-9],")
_LINE = re.compile(rb"^[^\r\n]*\S", re.MULTILINE)
_CLOCK = re.compile(r"\d{1,20}")
_EPOCH = re.compile(rb"(?:^|[,\s])(\d{9,16}(?:\.\d+)?)(?=[,\s]|$)")
_STAMP = re.compile(rb"(\d{4})-?(\d\d)-?(\d\d)[T _]?(\d\d):?(\d\d):?(\d\d)")

WINDOW_BYTES = 1 << 16
"""Parts further apart in a file than this (some hundred sentences) are of different messages, because a sequence
number is one digit and is used again."""

_ARMOUR = bytes([*range(48, 88), *range(96, 120)])
"""The characters of payloads (IEC 61162-1, table 7); pyais takes others for zeros."""

_USED = frozenset({1, 2, 3, 5, 18, 19, 24, 27})
"""Types of messages (ITU-R M.1371-5, annex 8) that say where a ship is or who it is."""

_AIRCRAFT = 9
_FIELDS = ("lat", "lon", "speed", "draught", "ship_type", "imo", "shipname", "callsign")
"""Of messages, as pyais calls them; in the order of the schema."""


def instant(gatehouse: bytes, before: bytes, tag: TagBlock | None, after: bytes) -> float | None:
    """When a sentence was received, in seconds since 1970; None where nothing says.

    Args:
        gatehouse: A ``$PGHP`` sentence before it.
        before: What stands before it on its line.
        tag: Its tag block, of which ``c:`` counts.
        after: What stands after its checksum; the first number long enough to be a time counts.
    """
    if tag and tag.receiver_timestamp and (clock := _CLOCK.match(tag.receiver_timestamp)):
        return _seconds(clock[0])
    if after and (epoch := _EPOCH.search(after)):
        return _seconds(epoch[1])
    if gatehouse:
        try:
            return float(decode_nmea_line(gatehouse).timestamp.replace(tzinfo=UTC).timestamp())  # type: ignore[attr-defined]
        except AISBaseException:
            return None
    if before:
        if epoch := _EPOCH.search(before):
            return _seconds(epoch[1])
        if stamp := _STAMP.search(before):
            try:
                return datetime(*map(int, stamp.groups()), tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]
            except ValueError:
                return None
    return None


def _seconds(number: bytes | str) -> float:
    """Seconds, or thousandths or millionths of them, by their size: 10^11 seconds are the year 5138."""
    value = float(number)
    return value / 1_000_000 if value >= 1e14 else value / 1000 if value >= 1e11 else value


def _heard(gatehouse: bytes, before: bytes, line: bytes, after: bytes) -> tuple[AISSentence, float | None] | str:
    """A sentence and when it was received, or why it cannot be used."""
    try:
        sentence = decode_nmea_line(line)
    except AISBaseException:
        return "cannot be decoded"
    tag = sentence.tag_block
    if tag:
        tag.init()
    if not sentence.is_valid or (tag and not tag.is_valid):
        return "bad checksum"
    return sentence, instant(gatehouse, before, tag, after)  # type: ignore[return-value]


@dataclass
class _Pending:
    """A message of which some parts came."""

    at: int
    """Where its first part stands in the file."""

    sentences: dict[int, bytes] = field(default_factory=dict)
    time: float | None = None


@dataclass
class Parts:
    """Joins messages in several sentences, in whatever order and between whatever other lines they come."""

    offset: int = 0
    """Bytes before the block that comes next."""

    rejected: Counter[str] = field(default_factory=Counter)
    pending: dict[tuple[Any, ...], _Pending] = field(default_factory=dict)

    def take(self, block: bytes) -> tuple[list[Joined], int]:
        """The messages that a block completes, and how many sentences with parts it has."""
        joined: list[Joined] = []
        found = 0
        for match in _parts_of(block):
            found += 1
            heard = _heard(*match.groups(b""))
            if isinstance(heard, str):
                self.rejected[heard] += 1
                continue
            message = self._add(*heard, self.offset + match.start(3))
            if message is not None:
                joined.append((tuple(message.sentences[number] for number in sorted(message.sentences)), message.time))
        self.offset += len(block)
        self._drop([key for key, each in self.pending.items() if self.offset - each.at > WINDOW_BYTES])
        return joined, found

    def finish(self) -> None:
        """Count what was never completed."""
        self._drop(list(self.pending))

    def _add(self, part: AISSentence, time: float | None, at: int) -> _Pending | None:
        tag = part.tag_block
        source = (tag.group.group_id if tag.group else tag.source_station) if tag else None
        key = (source, part.talker_id, part.type, part.frag_cnt, part.seq_id, part.channel)
        waiting = self.pending.get(key)
        if waiting and (at - waiting.at > WINDOW_BYTES or waiting.sentences.get(part.frag_num, part.raw) != part.raw):
            self._drop([key])
            waiting = None
        if waiting is None:
            waiting = self.pending[key] = _Pending(at)
        waiting.sentences[part.frag_num] = part.raw
        if waiting.time is None:
            waiting.time = time
        return self.pending.pop(key) if len(waiting.sentences) == part.frag_cnt else None

    def _drop(self, keys: Sequence[tuple[Any, ...]]) -> None:
        for key in keys:
            self.rejected["part of a message is missing"] += 1
            del self.pending[key]


def _parts_of(block: bytes) -> Iterator[re.Match[bytes]]:
    """Sentences with parts, each with the Gatehouse line before it; searched for, because most lines are others."""
    for mark in _PART_MARK.finditer(block):
        start = block.rfind(b"\n", 0, mark.start()) + 1
        before = block.rfind(b"\n", 0, max(0, start - 1)) + 1
        if match := PART.match(block, before if block.startswith(b"$PGHP", before) else start):
            yield match


def _other_lines(block: bytes, sentences: int) -> int:
    """Lines that are neither sentences read, nor blank, nor what else belongs to a log."""
    if block.count(b"\n") + (not block.endswith(b"\n")) == sentences:
        return 0
    return len(_LINE.findall(block)) - len(COMPANION.findall(block)) - sentences


def decode_block(block: bytes, joined: Sequence[Joined], part_sentences: int) -> tuple[pa.Table, Counter[str]]:
    """The rows of a block of whole lines, and how many messages gave none, by reason.

    Args:
        block: The lines.
        joined: Messages that `Parts` joined.
        part_sentences: How many sentences of the block `Parts` took.
    """
    rejected: Counter[str] = Counter()
    found = WHOLE.findall(block)
    rejected["cannot be decoded"] = max(0, _other_lines(block, len(found) + part_sentences))
    single = (_heard(*line) for line in found)
    whole = ((AISSentence.assemble_from_iterable([*map(AISSentence, parts)]), time) for parts, time in joined)
    rows: list[tuple[Any, ...]] = []
    for heard in chain(single, whole):
        row = heard if isinstance(heard, str) else _row(*heard)
        if isinstance(row, str):
            rejected[row] += 1
        else:
            rows.append(row)
    return table(rows), +rejected


def _row(sentence: AISSentence, time: float | None) -> tuple[Any, ...] | str:
    """A row, or why there is none."""
    if not sentence.payload or sentence.payload.translate(None, _ARMOUR):
        return "cannot be decoded"
    if sentence.ais_id == _AIRCRAFT:
        return "MMSI is no ship's"
    if sentence.ais_id not in _USED:
        return "no position report"
    try:
        message = sentence.decode()
    except AISBaseException:
        return "cannot be decoded"
    if len(sentence.bv) < _bits(type(message)):
        return "cannot be decoded"
    if time is None:
        return "no time"
    lat, lon, speed, draught, ship_type, imo, name, call_sign = [getattr(message, name, None) for name in _FIELDS]
    if speed == NO_SPEED_IN_LONG_RANGE and sentence.ais_id == 27:
        speed = None
    return (
        message.mmsi, math.floor(time), lat, lon, speed, draught, ship_type, imo, _text(name), _text(call_sign),
    )  # fmt: skip


@cache
def _bits(kind: type[Payload]) -> int:
    """Up to the end of the last field used; of a message cut off before, pyais gives what is left."""
    fields = kind.fields()
    ends: Iterator[int] = accumulate(each.metadata["width"] for each in fields)
    return max(end for each, end in zip(fields, ends, strict=True) if each.name in _FIELDS)


def _text(sent: str | None) -> str | None:
    """Letters up to the first ``@``, which AIS fills texts up with; without blanks at the ends."""
    return sent.partition("@")[0].strip() or None if sent else None
