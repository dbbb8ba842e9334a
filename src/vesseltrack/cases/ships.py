"""Ships that the register does not name: the other ship of a transfer, and unlisted ships worth following."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from vesseltrack.sightings.schema import SHIP_FIELDS
from vesseltrack.vessels.identity import identify
from vesseltrack.vessels.names import canonical

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from vesseltrack.vessels.model import Identity
    from vesseltrack.vessels.names import NameKey
    from vesseltrack.vessels.register import Register

    Codes = npt.NDArray[np.int32]


def other_ships(frame: pd.DataFrame, register: Register, offset: int) -> tuple[Codes, tuple[Identity, ...]]:
    """Identify the other ship of a transfer, where a row names one: counterpart, or other vessel, IMO and MMSI."""
    codes = np.full(len(frame), -1, dtype=np.int32)
    names = ("counterpart", "other_vessel", "other_imo", "other_mmsi")
    given = np.logical_or.reduce([(frame[name] != "").to_numpy(dtype=bool) for name in names])
    found: dict[tuple[str, str, str], int] = {}
    identities: list[Identity] = []
    texts = zip(*(frame.loc[given, name].astype(object) for name in names), strict=True)
    for row, (counterpart, vessel, imo, mmsi) in zip(np.flatnonzero(given), texts, strict=True):
        key = (vessel or counterpart, imo, mmsi)
        if key not in found:
            found[key] = offset + len(identities)
            identities.append(identify(register, name=key[0], imo=imo, mmsi=mmsi))
        codes[row] = found[key]
    return codes, tuple(identities)


def name_unlisted(
    frame: pd.DataFrame, identities: tuple[Identity, ...], register: Register
) -> tuple[Codes, tuple[Identity, ...]]:
    """Give ships outside the register an identity of their own, so that their sightings can be followed.

    A name without a number is taken for the one ship of that name whose number is known in the same input.
    """
    codes = frame["who"].to_numpy().copy()
    unlisted = codes < 0
    known = list(identities)
    found: dict[tuple[str, ...], int] = {}
    texts = zip(*(frame.loc[unlisted, name].astype(object) for name in (*SHIP_FIELDS, "flag")), strict=True)
    for row, key in zip(np.flatnonzero(unlisted), texts, strict=True):
        if key not in found:
            found[key] = len(known)
            known.append(identify(register, name=key[0], imo=key[1], mmsi=key[2], flag=key[3]))
        codes[row] = found[key]
    numbered: defaultdict[NameKey, dict[str, int]] = defaultdict(dict)
    for at in found.values():
        if known[at].imo is not None:
            numbered[canonical(known[at].name)][known[at].key] = at
    for at in found.values():
        same = numbered.get(canonical(known[at].name), {})
        if known[at].imo is None and known[at].name and len(same) == 1:
            codes[codes == at] = next(iter(same.values()))
    return codes, tuple(known)
