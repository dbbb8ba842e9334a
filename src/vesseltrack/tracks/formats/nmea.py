"""NMEA 0183 sentences of AIS (AIVDM, AIVDO and other talkers) to messages with the time they were received.

A block of lines is read in two steps. `Parts` joins messages that come in several sentences, which needs all blocks in
their order; `decode_block` takes the others, which needs nothing, and runs in as many processes as there are cores.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.tracks.formats.messages import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

_SENTENCE = rb"""
    ^(?:\$PGHP,\d*,([\d,]{1,40}),[^\r\n]*+[\r\n]++)?+     # Gatehouse: the time of the sentence that follows
    ([^\r\n!\\]*+)                                        # what a logger wrote before it
    (?:\\([^\\*\r\n]*+)(?:\*([0-9A-Fa-f]{2}))?+\\)?+      # tag block (IEC 61162-450) and its checksum
    !([A-Z]{2}VD[MO],%s,(\d*),([^,\r\n]*+),([^,\r\n]*+),(\d)[^*\r\n]*+)
    \*([0-9A-Fa-f]{2})([^\r\n]*+)
"""
WHOLE = re.compile(_SENTENCE % rb"1,1", re.VERBOSE | re.MULTILINE)
PART = re.compile(_SENTENCE % rb"([2-9]),([1-9])", re.VERBOSE | re.MULTILINE)
LOOKS_LIKE = re.compile(rb"^[^\r\n!]{0,300}![A-Z]{2}VD[MO],[1-9],[1-9],", re.MULTILINE)
"""A line with a sentence of AIS, whatever surrounds it."""

COMPANION = re.compile(rb"^(?:\$|\#|\\[^\r\n\\]*\\[ \t\r]*$|\\[^\r\n\\]*\\\$)", re.MULTILINE)
"""Lines that belong to a log and are no AIS: other sentences, remarks, a tag block by itself."""

_PART_MARK = re.compile(rb"VD[MO],[2-9],[1-9],")
_LINE = re.compile(rb"^[^\r\n]*\S", re.MULTILINE)
_CLOCK = re.compile(rb"(?:^|,)c:(\d{1,20})")
_GROUP = re.compile(rb"(?:^|,)g:\d+-\d+-(\d+)")
_STATION = re.compile(rb"(?:^|,)s:([^,]+)")
_EPOCH = re.compile(rb"(?:^|[,\s])(\d{9,16}(?:\.\d+)?)(?=[,\s]|$)")
_STAMP = re.compile(rb"(\d{4})-?(\d\d)-?(\d\d)[T _]?(\d\d):?(\d\d):?(\d\d)")

WINDOW_BYTES = 1 << 16
"""Parts further apart in a file than this (some hundred sentences) are of different messages, because a sequence
number is one digit and is used again."""

_NO_TIME = float("nan")


def instant(gatehouse: bytes, before: bytes, tag: bytes, after: bytes) -> float:
    """When a sentence was received, in seconds since 1970; NaN where nothing says.

    Args:
        gatehouse: Year, month, day, hour, minute, second, thousandths of a ``$PGHP`` sentence before it.
        before: What stands before it on its line.
        tag: Its tag block, of which ``c:`` counts.
        after: What stands after its checksum; the first number long enough to be a time counts.
    """
    if tag and (clock := _CLOCK.search(tag)):
        return _seconds(clock[1])
    if after and (epoch := _EPOCH.search(after)):
        return _seconds(epoch[1])
    if gatehouse:
        return _moment(*gatehouse.split(b",")[:6])
    if before:
        if epoch := _EPOCH.search(before):
            return _seconds(epoch[1])
        if stamp := _STAMP.search(before):
            return _moment(*stamp.groups())
    return _NO_TIME


def _seconds(number: bytes) -> float:
    """Seconds, or thousandths or millionths of them, by their size: 10^11 seconds are the year 5138."""
    value = float(number)
    return value / 1_000_000 if value >= 1e14 else value / 1000 if value >= 1e11 else value


def _moment(*parts: bytes) -> float:
    try:
        return datetime(*map(int, parts), tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return _NO_TIME


def faulty(texts: Sequence[bytes], sums: Sequence[bytes]) -> list[bool]:
    """Whether the checksum (exclusive or of all bytes) of each text is not the one told."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(texts) else np.zeros(0, np.int64)
    every = np.frombuffer(b"\0".join(texts) + b"\0", np.uint8)
    found = np.bitwise_xor.reduceat(every, starts) if len(texts) else np.zeros(0, np.uint8)
    told = np.frombuffer(bytes.fromhex(b"".join(sums).decode()), np.uint8)
    return (found != told).tolist()  # type: ignore[no-any-return]


def _damaged(
    tags: Sequence[bytes], tag_sums: Sequence[bytes], bodies: Sequence[bytes], sums: Sequence[bytes]
) -> list[bool]:
    """Which sentences have a bad checksum, their own or their tag block's."""
    bad = faulty(bodies, sums)
    marked = [index for index, each in enumerate(tag_sums) if each]
    for index, wrong in zip(marked, faulty([tags[i] for i in marked], [tag_sums[i] for i in marked]), strict=True):
        bad[index] |= wrong
    return bad


@dataclass
class _Pending:
    """A message of which some parts came."""

    at: int
    """Where its first part stands in the file."""

    payloads: dict[int, bytes] = field(default_factory=dict)
    time: float = _NO_TIME


@dataclass
class Parts:
    """Joins messages in several sentences, in whatever order and between whatever other lines they come."""

    offset: int = 0
    """Bytes before the block that comes next."""

    rejected: Counter[str] = field(default_factory=Counter)
    pending: dict[tuple[bytes, ...], _Pending] = field(default_factory=dict)

    def take(self, block: bytes) -> tuple[list[bytes], list[float], int]:
        """Payloads and times of the messages that a block completes, and how many sentences with parts it has."""
        found = list(_parts_of(block))
        groups = [match.groups(b"") for match in found]
        bad = _damaged(*([each[column] for each in groups] for column in (2, 3, 4, 11)))
        payloads: list[bytes] = []
        times: list[float] = []
        for match, wrong, parts in zip(found, bad, groups, strict=True):
            if wrong:
                self.rejected["bad checksum"] += 1
                continue
            gatehouse, before, tag, _, body, total, number, sequence, channel, payload, _, _, after = parts
            named = (_GROUP.search(tag) or _STATION.search(tag)) if tag else None
            source = named[1] if named else b""
            message = self._add(
                (source, body[:5], total, sequence, channel), int(number), payload,
                (gatehouse, before, tag, after), self.offset + match.start(4),
            )  # fmt: skip
            if message is not None:
                payloads.append(b"".join(message.payloads[part] for part in sorted(message.payloads)))
                times.append(message.time)
        self.offset += len(block)
        self._drop([key for key, each in self.pending.items() if self.offset - each.at > WINDOW_BYTES])
        return payloads, times, len(found)

    def finish(self) -> None:
        """Count what was never completed."""
        self._drop(list(self.pending))

    def _add(
        self, key: tuple[bytes, ...], number: int, payload: bytes, clocks: tuple[bytes, ...], at: int
    ) -> _Pending | None:
        waiting = self.pending.get(key)
        if waiting and (at - waiting.at > WINDOW_BYTES or waiting.payloads.get(number, payload) != payload):
            self._drop([key])
            waiting = None
        if waiting is None:
            waiting = self.pending[key] = _Pending(at)
        waiting.payloads[number] = payload
        if waiting.time != waiting.time:  # NaN
            waiting.time = instant(*clocks)
        return self.pending.pop(key) if len(waiting.payloads) == int(key[2]) else None

    def _drop(self, keys: Sequence[tuple[bytes, ...]]) -> None:
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


def decode_block(
    block: bytes, payloads: list[bytes], times: list[float], part_sentences: int
) -> tuple[pa.Table, Counter[str]]:
    """The rows of a block of whole lines, and how many messages gave none, by reason.

    Args:
        block: The lines.
        payloads: Messages that `Parts` joined.
        times: When they were received.
        part_sentences: How many sentences of the block `Parts` took.
    """
    rejected: Counter[str] = Counter()
    found = WHOLE.findall(block)
    if found:
        gatehouse, before, tags, tag_sums, bodies, _, _, sent, _, sums, after = zip(*found, strict=True)
        bad = _damaged(tags, tag_sums, bodies, sums)
        rejected["bad checksum"] = sum(bad)
        payloads = payloads + [each for each, wrong in zip(sent, bad, strict=True) if not wrong]
        received = map(instant, gatehouse, before, tags, after)
        times = times + [each for each, wrong in zip(received, bad, strict=True) if not wrong]
    table, undecoded = decode(payloads, times)
    rejected["cannot be decoded"] = max(0, _other_lines(block, len(found) + part_sentences))
    return table, rejected + undecoded
