"""The columns of positions and of events, declared once.

Positions are kept in AIS's own units, as whole numbers, so that sums depend neither on order nor on the engine: AIS
sends 1/600,000 of a degree, 0.1 kn and 0.1 m (ITU-R M.1371-5, messages 1 and 5).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import narwhals as nw

MILLIONTHS = 1_000_000
"""Positions are in millionths of a degree: 11 cm."""

POSITIONS: dict[str, Any] = {
    "mmsi": nw.Int32,
    "time": nw.Int64,
    "lat": nw.Int32,
    "lon": nw.Int32,
    "sog": nw.Int16,
    "draught": nw.Int16,
    "ship_type": nw.Int16,
    "imo": nw.Int32,
    "name": nw.String,
    "call_sign": nw.String,
    "reject": nw.Int8,
}
"""A row of an AIS file.

``mmsi``: nine digits at most. ``time``: whole seconds since 1970, UTC. ``lat``, ``lon``: millionths of a degree, WGS
84; both null in a row that only says who a ship is. ``sog``: tenths of a knot. ``draught``: tenths of a metre.
``ship_type``: code of ITU-R M.1371-5 table 53 (80-89: tanker). ``imo``: seven digits. ``name``, ``call_sign``: without
surrounding blanks and ``@``. What AIS sends for "not available" (91, 181, 102.3 kn, 0 m, type 0, IMO 0, empty text)
is null. ``reject``: number of the reason in `REJECTS` why the row cannot be used; 0 where it can.
"""

REJECTS = (
    "",
    "no MMSI",
    "MMSI is no ship's",
    "no time",
    "no position",
    "position outside the globe",
    "bad checksum",
    "cannot be decoded",
    "part of a message is missing",
    "no position report",
    "not as many cells as headers",
)
"""Why a row is not used, by number.

"no ship's" (ITU-R M.585-9): coast stations and groups (00x, 0x), search and rescue aircraft (111x), locating devices
(970x to 974x), aids to navigation (99x), and what has not nine digits; numbers that no State has given out are kept,
since it is just these that a ship in hiding makes up. "no position": neither a position nor anything about the ship.
The next four are of NMEA and JSON messages; "no position report" are messages of other types. The last is of delimited
text: too many cells, a quote that is not closed, a line longer than two million characters; a quote may swallow the
lines after it, which are not counted then.
"""

Kind = Literal["port_call", "gap", "open_gap", "meeting", "impossible_move", "identity_change"]
KINDS: tuple[Kind, ...] = ("port_call", "gap", "open_gap", "meeting", "impossible_move", "identity_change")


class EventColumn(NamedTuple):
    """A column of events."""

    dtype: Any
    meaning: str


EVENTS: dict[str, EventColumn] = {
    "kind": EventColumn(nw.String, "port_call, gap, open_gap, meeting, impossible_move or identity_change"),
    "mmsi": EventColumn(nw.String, "nine digits"),
    "imo": EventColumn(nw.String, "seven digits, as sent by the ship; empty where it sent none"),
    "name": EventColumn(nw.String, "as sent by the ship"),
    "start": EventColumn(nw.Datetime("us"), "UTC"),
    "end": EventColumn(nw.Datetime("us"), "UTC; of an open gap the end of the data"),
    "lat": EventColumn(nw.Float64, "where it started; of a port call and a meeting where the ship lay; degrees"),
    "lon": EventColumn(nw.Float64, ""),
    "end_lat": EventColumn(nw.Float64, "where it ended; null for an open gap"),
    "end_lon": EventColumn(nw.Float64, ""),
    "port": EventColumn(nw.String, "of a port call; of a gap, the port it started or ended in"),
    "facility": EventColumn(nw.String, "of a port call, where the ship lay, if the position tells facilities apart"),
    "confidence": EventColumn(nw.Int8, "0 to 4, see the table of each kind"),
    "distance_km": EventColumn(
        nw.Float64, "from start to end; of a meeting the least between the ships; of moves the greatest jump"
    ),
    "speed_kn": EventColumn(nw.Float64, "distance over time; of calls, meetings and spots the mean sent"),
    "other_mmsi": EventColumn(nw.String, "the ship met, or the number used before or besides"),
    "detail": EventColumn(nw.String, "what else was measured, as key=value with ; between"),
    "type": EventColumn(nw.String, "tanker, cargo, passenger, fishing, tug or other, as sent by the ship"),
    "other_imo": EventColumn(nw.String, "IMO number of the ship met"),
    "other_name": EventColumn(nw.String, "name of the ship met"),
    "dprk_km": EventColumn(nw.Float64, "from the start to the nearest port of the DPRK"),
    "end_dprk_km": EventColumn(nw.Float64, "the same from the end"),
    "loading_km": EventColumn(nw.Float64, "from the start to the nearest port where the trade loads oil"),
    "end_loading_km": EventColumn(nw.Float64, "the same from the end"),
}
"""What `tracks` writes, in this order."""
