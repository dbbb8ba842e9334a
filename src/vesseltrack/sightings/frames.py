"""Tables that were understood, put together: one frame with every declared column, each sighting once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from vesseltrack.sightings.columns import Coded, constant
from vesseltrack.sightings.schema import CHOICE_FIELDS, EXTRA_PREFIX, NUMBER_FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

_TEXTS = (*TEXT_FIELDS, "date")


@dataclass(frozen=True)
class Part:
    """The accepted rows of one input, by column; a field that the input does not have is absent."""

    lines: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    texts: Mapping[str, Coded]
    numbers: Mapping[str, npt.NDArray[np.float64]]
    choices: Mapping[str, npt.NDArray[np.int8]]
    extras: Mapping[str, Coded]

    def only(self, rows: npt.NDArray[np.int64]) -> Part:
        """The same columns, some of the rows."""
        return Part(
            self.lines[rows],
            self.start[rows],
            self.end[rows],
            {name: _used(Coded(text.codes[rows], text.distinct)) for name, text in self.texts.items()},
            {name: values[rows] for name, values in self.numbers.items()},
            {name: codes[rows] for name, codes in self.choices.items()},
            {name: _used(Coded(text.codes[rows], text.distinct)) for name, text in self.extras.items()},
        )


def _used(text: Coded) -> Coded:
    """Without texts that no row bears any more."""
    borne = np.bincount(text.codes, minlength=len(text.distinct)) > 0
    if borne.all():
        return text
    return Coded((np.cumsum(borne) - 1).astype(np.int32)[text.codes], text.distinct.filter(pa.array(borne)))


def combine(parts: Sequence[Part], paths: Sequence[str]) -> tuple[pd.DataFrame, list[int]]:
    """One frame of all parts, and how many rows of each were repetitions of an earlier one.

    Rows are repetitions where every field and extra is the same; file and line do not count. The first is kept.
    """
    sizes = [len(part.lines) for part in parts]
    whole = _joined(parts, sizes)
    owner = np.repeat(np.arange(len(parts), dtype=np.int32), sizes)
    repeated = _repeated(whole)
    duplicates = np.bincount(owner[repeated], minlength=len(parts)).tolist()
    if repeated.any():
        kept = np.flatnonzero(~repeated)
        whole, owner = whole.only(kept), owner[kept]
    return frame_of(whole, owner, paths), duplicates


def _joined(parts: Sequence[Part], sizes: Sequence[int]) -> Part:
    if len(parts) == 1:
        part = parts[0]
        texts = {name: part.texts.get(name) or constant("", sizes[0]) for name in _TEXTS}
        return Part(part.lines, part.start, part.end, texts, part.numbers, part.choices, part.extras)
    choices = {}
    for name, categories in CHOICE_FIELDS.items():
        unknown = np.int8(categories.index("unknown"))
        if any(name in part.choices for part in parts):
            choices[name] = np.concatenate(
                [part.choices.get(name, np.full(n, unknown)) for part, n in zip(parts, sizes, strict=True)]
            )
    names = sorted({name for part in parts for name in part.extras})
    return Part(
        _chained([part.lines for part in parts]),
        _chained([part.start for part in parts]),
        _chained([part.end for part in parts]),
        {name: _joined_texts([part.texts.get(name) for part in parts], sizes) for name in _TEXTS},
        {
            name: np.concatenate(
                [part.numbers.get(name, np.full(n, np.nan)) for part, n in zip(parts, sizes, strict=True)]
            )
            for name in NUMBER_FIELDS
            if any(name in part.numbers for part in parts)
        },
        choices,
        {name: _joined_texts([part.extras.get(name) for part in parts], sizes) for name in names},
    )


def _chained(arrays: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    return np.concatenate([*arrays, np.zeros(0, np.int64)])


def _joined_texts(texts: Sequence[Coded | None], sizes: Sequence[int]) -> Coded:
    """Columns of several parts one after another, under one set of texts."""
    present = [text or constant("", size) for text, size in zip(texts, sizes, strict=True)]
    if not present:
        return constant("", 0)
    values = pa.concat_arrays([text.distinct for text in present]).dictionary_encode()
    new = values.indices.to_numpy(zero_copy_only=False)
    codes, offset = [], 0
    for text in present:
        codes.append(new[offset : offset + len(text.distinct)][text.codes] if len(text.distinct) else text.codes)
        offset += len(text.distinct)
    return _used(Coded(np.concatenate(codes).astype(np.int32, copy=False), values.dictionary))


def _repeated(part: Part) -> npt.NDArray[np.bool_]:
    """Rows whose whole content stands in an earlier row.

    Columns are folded into one key, those with most different texts first, so that it mostly ends after one or two.
    """
    rows = len(part.lines)
    key: npt.NDArray[np.int64] = np.zeros(rows, np.int64)
    groups = 1
    for codes, size in _by_variety(part):
        if groups == rows:
            return np.zeros(rows, np.bool_)
        if size <= 1:
            continue
        key, found = pd.factorize(key * size + codes)
        groups = len(found)
    return np.asarray(pd.Series(key).duplicated())


def _by_variety(part: Part) -> Iterator[tuple[npt.NDArray[np.int64], int]]:
    texts = sorted((*part.texts.values(), *part.extras.values()), key=lambda text: len(text.distinct), reverse=True)
    for text in texts:
        yield text.codes.astype(np.int64), len(text.distinct)
    for name, codes in part.choices.items():
        yield codes.astype(np.int64), len(CHOICE_FIELDS[name])
    for values in part.numbers.values():
        found, different = pd.factorize(values, use_na_sentinel=False)
        yield found.astype(np.int64), len(different)


def frame_of(whole: Part, owner: npt.NDArray[np.int32], paths: Sequence[str]) -> pd.DataFrame:
    """The frame of rows.

    Args:
        whole: their columns, every text field among them.
        owner: place in ``paths`` of the input of each row.
        paths: the inputs.
    """
    rows = len(whole.lines)
    nothing = np.full(rows, np.nan)
    columns: dict[str, Any] = {
        "file": _category(_by_path(owner, paths)),
        "line": whole.lines,
        "start": whole.start.view("datetime64[us]"),
        "end": whole.end.view("datetime64[us]"),
    }
    columns |= {name: _category(whole.texts[name]) for name in TEXT_FIELDS}
    columns |= {name: whole.numbers.get(name, nothing) for name in NUMBER_FIELDS}
    for name, categories in CHOICE_FIELDS.items():
        unknown = np.full(rows, categories.index("unknown"), np.int8)
        columns[name] = pd.Categorical.from_codes(whole.choices.get(name, unknown), categories=pd.Index(categories))
    columns["date"] = _category(whole.texts["date"])
    columns |= {EXTRA_PREFIX + name: _category(text) for name, text in sorted(whole.extras.items())}
    return pd.DataFrame(columns, copy=False)


def _by_path(owner: npt.NDArray[np.int32], paths: Sequence[str]) -> Coded:
    """A path that was named twice is one category."""
    different = list(dict.fromkeys(paths))
    place = np.array([different.index(path) for path in paths], np.int32)
    return Coded(place[owner] if len(paths) else owner, pa.array(different, pa.string()))


def _category(text: Coded) -> pd.Categorical:
    return pd.Categorical.from_codes(text.codes, categories=pd.Index(text.distinct.to_pandas()), validate=False)
