"""Which column means which field: headers matched by meaning, and by ``--map`` where the user says it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from vesseltrack.errors import ConfigurationError, InputError
from vesseltrack.sightings.schema import ADDED_PREFIX, EXTRA_PREFIX, FIELDS
from vesseltrack.sightings.synonyms import ASKS_WHETHER_ON, SYNONYMS, TIME_OF_DAY, UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REJECT_COLUMNS = ("reject_source", "reject_line", "reject_column", "reject_value", "reject_reason")
"""Columns that `rejects.write_rejects` adds; they are no fields when a mended file is read again."""

IDENTITY_FIELDS = ("vessel", "imo", "mmsi")
UNIDENTIFIED_FIELDS = ("type", "length_m", "count")
"""A row names its ship by one of the first, or describes an unidentified ship by one of the second."""

COMPANY_FIELDS = ("owner", "manager", "company_imo")
"""A ship has several owners and managers: each column that means one of these is screened, read or travelling along."""


@dataclass(frozen=True)
class Layout:
    """What each column of one file is."""

    fields: Mapping[str, int]
    """Field to column number, 0-based."""

    extras: tuple[tuple[str, int], ...]
    """Name (without prefix) and number of each column that no field claims."""

    time: int | None = None
    """The column with the time of day, where date and time stand apart; it is an extra too."""

    fallbacks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """In a file that ``--rejects`` wrote from several inputs: further columns of a field, used where it is blank."""

    asks_whether_on: bool = False
    """Whether the AIS column's header is a question, so that yes and no are answers."""

    notes: tuple[str, ...] = ()


def header_key(header: str) -> str:
    """A header as it is compared: letters and digits only, lower case; ``IMO No.`` and ``imo_no`` are one."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", header).casefold() if letter.isalnum())


def _ranks() -> dict[str, tuple[str, int]]:
    """Header key to field and rank; rank 0 is the field's own name."""
    ranks: dict[str, tuple[str, int]] = {}
    for name in FIELDS:
        for rank, word in enumerate([header_key(name), *SYNONYMS[name].split(", ")]):
            for unit in ("", *UNITS[name].split(", ")) if name in UNITS else ("",):
                ranks.setdefault(word + unit, (name, rank))
    return ranks


_RANKS = _ranks()
_TIME_KEYS = frozenset(TIME_OF_DAY.split(", "))


def meaning(header: str) -> str:
    """The field a header means, ``time`` for a time of day; empty where none."""
    key = header_key(header)
    return _RANKS[key][0] if key in _RANKS else "time" if key in _TIME_KEYS else ""


def recognised(headers: Sequence[str], mapping: Mapping[str, str]) -> int:
    """How many different fields these headers name; decides which separator a table uses."""
    return len({mapping.get(header, meaning(header)) for header in headers} - {""})


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Refuse a ``--map`` to a field that does not exist.

    Raises:
        ConfigurationError: names the field, a close one, and all that exist.
    """
    for header, target in mapping.items():
        if target not in FIELDS:
            close = get_close_matches(target, FIELDS, n=1)
            hint = f"did you mean {close[0]}? " if close else ""
            raise ConfigurationError(f"--map {header}={target}: no such field; {hint}fields: {', '.join(FIELDS)}")


def mapped_columns(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The part of ``--map`` that applies to these headers: header as written in the file to field.

    A header of ``--map`` is looked for as written, else without regard to case, spaces and punctuation.
    """
    found: dict[str, str] = {}
    for wanted, target in mapping.items():
        key = header_key(wanted)
        same = [h for h in headers if h.strip() == wanted.strip()] or [
            h for h in headers if key and header_key(h) == key
        ]
        if same:
            found[min(same)] = target
    return found


def arrange(headers: Sequence[str], mapping: Mapping[str, str], path: str) -> Layout:
    """Decide what each column is.

    ``--map`` comes first, then a field's own name, then its synonyms by rank; further columns that mean a field that is
    taken travel along as extras and are mentioned in `Layout.notes`.

    Raises:
        ConfigurationError: ``--map`` gives one field two columns of this file.
        InputError: there is no column for the ship, or none for the date.
    """
    chosen = mapped_columns(headers, mapping)
    fields: dict[str, int] = {}
    for header, target in chosen.items():
        if target in fields:
            raise ConfigurationError(
                f"--map gives {target} two columns of {path}: {headers[fields[target]]!r} and {header!r}; keep one"
            )
        fields[target] = headers.index(header)
    claims: dict[str, list[tuple[int, int]]] = {}
    times: list[int] = []
    mended = header_key(REJECT_COLUMNS[0]) in map(header_key, headers)
    for number, header in enumerate(headers):
        key = header_key(header)
        if header in chosen or _is_added(header) or header.startswith(EXTRA_PREFIX):
            continue
        if key in _RANKS:
            name, rank = _RANKS[key]
            claims.setdefault(name, []).append((rank, number))
        elif key in _TIME_KEYS:
            times.append(number)
    spare: dict[str, list[int]] = {}
    for name, columns in claims.items():
        ranked = [number for _, number in sorted(columns, key=lambda c: (c[0], headers[c[1]], c[1]))]
        if name not in fields:
            fields[name] = ranked.pop(0)
        if ranked:
            spare[name] = ranked
    if "date" not in fields and times:
        fields["date"] = times.pop(0)
    _require(fields, headers, path)
    taken = set(fields.values()) | ({n for numbers in spare.values() for n in numbers} if mended else set())
    return Layout(
        fields={name: fields[name] for name in FIELDS if name in fields},
        extras=_extras(headers, taken),
        time=times[0] if times else None,
        fallbacks={name: tuple(numbers) for name, numbers in spare.items()} if mended else {},
        asks_whether_on="ais_status" in fields and header_key(headers[fields["ais_status"]]) in ASKS_WHETHER_ON,
        notes=() if mended else (*_second_columns(headers, fields, spare), *_unread(headers, taken, times, spare)),
    )


def _is_added(header: str) -> bool:
    """Whether this program put the column there, beside what was read."""
    return header.strip().lower() in REJECT_COLUMNS or header.startswith(ADDED_PREFIX)


def _extras(headers: Sequence[str], taken: set[int]) -> tuple[tuple[str, int], ...]:
    """Columns that travel along; a blank header is named by its place, a repeated one by its turn."""
    names: set[str] = set()
    extras = []
    for number, header in enumerate(headers):
        if number in taken or _is_added(header):
            continue
        stem = header.removeprefix(EXTRA_PREFIX).strip() or f"column {number + 1}"
        name, turn = stem, 2
        while name in names:
            name, turn = f"{stem} ({turn})", turn + 1
        names.add(name)
        extras.append((name, number))
    return tuple(extras)


def _unread(
    headers: Sequence[str], taken: set[int], times: list[int], spare: Mapping[str, list[int]]
) -> tuple[str, ...]:
    """Say which columns mean nothing to the program, so that none is thought to have been counted."""
    known = taken | set(times) | {number for numbers in spare.values() for number in numbers}
    unread = [
        repr(h.strip())
        for n, h in enumerate(headers)
        if n not in known and h.strip() and not _is_added(h) and not h.startswith(EXTRA_PREFIX)
    ]
    if not unread:
        return ()
    shown = ", ".join(unread[:6]) + (f" and {len(unread) - 6} more" if len(unread) > 6 else "")
    noun = "column" if len(unread) == 1 else "columns"
    return (f'{noun} not used: {shown}; name one with --map "Header=field" if it should be',)


def _second_columns(
    headers: Sequence[str], fields: Mapping[str, int], spare: Mapping[str, list[int]]
) -> tuple[str, ...]:
    return tuple(
        f"column {headers[number].strip()!r} means {name} too, which is read from {headers[fields[name]].strip()!r}; "
        f"it travels along{' and is screened too' if name in COMPANY_FIELDS else ''}"
        for name, numbers in sorted(spare.items())
        for number in numbers
    )


def _require(fields: Mapping[str, int], headers: Sequence[str], path: str) -> None:
    has_ship = any(name in fields for name in (*IDENTITY_FIELDS, *UNIDENTIFIED_FIELDS))
    if has_ship and "date" in fields:
        return
    wanted, example = (
        ("vessel column (a name, IMO or MMSI)", "Ship Name=vessel") if not has_ship else ("date column", "Seen On=date")
    )
    target = example.partition("=")[2]
    shown = ", ".join(repr(header.strip()[:40]) for header in headers[:30]) + (", …" if len(headers) > 30 else "")
    keys = {header_key(header): header.strip() for header in headers if header.strip()}
    words = [target, *SYNONYMS[target].split(", ")] + (
        [] if has_ship else ["imo", "mmsi", *SYNONYMS["imo"].split(", ")]
    )
    near = sorted({keys[key] for word in words for key in get_close_matches(word, keys, n=1, cutoff=0.75)})
    close = f"; closest: {', '.join(map(repr, near[:3]))}" if near else ""
    raise InputError(
        f"{path}: no {wanted} among the headers found: {shown}{close}; "
        f'name one with --map "{near[0] + "=" + target if near else example}"'
    )
