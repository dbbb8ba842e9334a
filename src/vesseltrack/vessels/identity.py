"""Identity of sightings: one by one (`identify`), or a whole frame at once (`identify_sightings`) by the same rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vesseltrack.vessels.flags import is_dprk
from vesseltrack.vessels.identifiers import DPRK_MID, MMSI_PLACEHOLDERS, parse_imo, parse_mmsi
from vesseltrack.vessels.matching import DATED, NOTHING, PLAIN, TOUCHES, glance
from vesseltrack.vessels.register import call_sign_key
from vesseltrack.vessels.resolve import identify

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.vessels.model import Identity
    from vesseltrack.vessels.register import Register

__all__ = ["UNLISTED", "identify", "identify_sightings"]

UNLISTED = -1
"""Code of a sighting with a usable identity that is not in the register and without a problem."""

_EPOCH = date(1970, 1, 1).toordinal()
_PLAIN_MMSI = r"^[2-7][0-9]{8}$"


def _imo_class(register: Register, text: str) -> int:
    number = parse_imo(text)
    if number.state == "missing":
        return NOTHING
    if number.state == "ship" and number.digits in register.by_laundered_imo:
        return DATED
    return PLAIN if number.state == "ship" and number.digits not in register.by_imo else TOUCHES


def _mmsi_class(register: Register, text: str) -> int:
    number = parse_mmsi(text)
    if number.state != "valid":
        return NOTHING
    return TOUCHES if number.dprk or number.digits in register.by_mmsi else PLAIN


def _mmsi_classes(register: Register, texts: list[str]) -> npt.NDArray[np.int8]:
    """Judge all written MMSIs; a million plain ones are recognised at once, the others are read one by one."""
    import numpy as np  # noqa: PLC0415 - `screen` of one name must not load it
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    array = pa.array(texts, type=pa.string())
    plain = np.asarray(pc.match_substring_regex(array, _PLAIN_MMSI))
    special = pa.array([*sorted(MMSI_PLACEHOLDERS), *sorted(register.by_mmsi)], type=pa.string())
    plain &= ~np.asarray(pc.is_in(array, value_set=special))
    plain &= ~np.asarray(pc.starts_with(array, DPRK_MID))
    classes = np.where(plain, np.int8(PLAIN), np.int8(NOTHING))
    for i in np.flatnonzero(~plain):
        classes[i] = _mmsi_class(register, texts[i])
    return classes


def _call_sign_class(register: Register, text: str) -> int:
    return TOUCHES if call_sign_key(text) in register.by_call_sign else NOTHING


def identify_sightings(frame: pd.DataFrame, register: Register) -> tuple[npt.NDArray[np.int32], tuple[Identity, ...]]:
    """Identify every row of a frame of sightings (columns as in `vesseltrack.sightings.schema`).

    Returns a code per row and the identities that the codes point to; `UNLISTED` (-1) where there is nothing to say.
    The rules are those of `identify`; each distinct combination of name, numbers, flag and (where an alias has dates)
    day is decided once.
    """
    import numpy as np  # noqa: PLC0415 - `screen` of one name must not load it
    import pandas as pd  # noqa: PLC0415

    rows = len(frame)
    codes: dict[str, npt.NDArray[np.int64]] = {}
    texts: dict[str, list[str]] = {}
    for column in ("vessel", "imo", "mmsi", "call_sign", "flag"):
        values = frame[column].astype("category") if column in frame else pd.Series([""] * rows, dtype="category")
        # one place more, empty: a missing value has code -1 and so means the last one
        texts[column] = [*values.cat.categories.astype(str).tolist(), ""]
        codes[column] = values.cat.codes.to_numpy().astype(np.int64)

    def classes(column: str, judge: object) -> npt.NDArray[np.int8]:
        return np.fromiter((judge(register, text) for text in texts[column]), np.int8, len(texts[column]))  # type: ignore[operator]

    vessel = classes("vessel", glance)[codes["vessel"]]
    imo = classes("imo", _imo_class)[codes["imo"]]
    mmsi = _mmsi_classes(register, texts["mmsi"])[codes["mmsi"]]
    call_sign = classes("call_sign", _call_sign_class)[codes["call_sign"]]
    flag = classes("flag", lambda _, text: is_dprk(text) * TOUCHES)[codes["flag"]]
    open_rows = (vessel >= TOUCHES) | (imo >= TOUCHES) | (mmsi == TOUCHES) | (call_sign == TOUCHES)
    open_rows |= (flag == TOUCHES) | ((vessel == NOTHING) & (imo == NOTHING) & (mmsi == NOTHING))
    at = np.flatnonzero(open_rows)
    result = np.full(rows, UNLISTED, dtype=np.int32)
    if not len(at):
        return result, ()
    days = frame["start"].to_numpy().astype("datetime64[D]").astype(np.int64)[at]
    undated = np.iinfo(np.int64).min
    days = np.where((vessel[at] == DATED) | (imo[at] == DATED), days, undated)
    group = np.zeros(len(at), dtype=np.int64)
    for part in (*(column[at] for column in codes.values()), days):
        inner, distinct = pd.factorize(part)
        group, _ = pd.factorize(group * (len(distinct) + 1) + inner)
    _, first = np.unique(group, return_index=True)
    identities: list[Identity] = []
    code_of = np.full(len(first), UNLISTED, dtype=np.int32)
    for number, row in enumerate(first):
        found = identify(
            register,
            name=texts["vessel"][codes["vessel"][at[row]]],
            imo=texts["imo"][codes["imo"][at[row]]],
            mmsi=texts["mmsi"][codes["mmsi"][at[row]]],
            call_sign=texts["call_sign"][codes["call_sign"][at[row]]],
            flag=texts["flag"][codes["flag"][at[row]]],
            day=None if days[row] == undated else date.fromordinal(_EPOCH + int(days[row])),
        )
        if found.grade != "none" or found.problems:
            code_of[number] = len(identities)
            identities.append(found)
    result[at] = code_of[group]
    return result, tuple(identities)
