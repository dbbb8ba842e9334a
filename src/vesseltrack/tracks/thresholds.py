"""Every threshold of the detectors, with its unit and source, in one table."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

_GAPS = "Global Fishing Watch pipe-gaps, core/gap_detector.py"
_PORTS = "Global Fishing Watch anchorages_pipeline, anchorage_cfg.yaml"
_MEETINGS = "Global Fishing Watch FAQ and pipe-encounters, create_raw_pipeline.py"
_DISABLING = "Welch et al. 2022, AIS-disabling-high-seas, config.py"
_OURS = "ours: "


def _at(value: float, unit: str, meaning: str, source: str) -> Any:
    return field(default=value, metadata={"value": value, "unit": unit, "meaning": meaning, "source": source})


@dataclass(frozen=True)
class Thresholds:
    """What counts as what; `TABLE` has meaning and source of each."""

    gap_hours: float = _at(
        6, "h", "a longer silence of a ship is a gap",
        "Global Fishing Watch, raw table of gaps (technical documentation, chapter 12); published from 12 h",
    )  # fmt: skip
    port_silence_hours: float = _at(4, "h", "a silence this long inside a port call is told", f"{_PORTS} (240 min)")
    heard_hours: int = _at(
        12, "h", "at each end of a gap, how long others nearby are listened for", f"{_GAPS} (n_hours_before)"
    )
    heard_share: float = _at(
        0.5, "of these hours", "in which somebody was heard within about 110 km, for the silence to be the ship's own",
        f"{_OURS}a receiver that hears others half of the time would have heard this ship too",
    )  # fmt: skip
    regular_fixes: int = _at(
        14, "periods of 10 minutes", "with a position in the 12 h before a gap, for the highest confidence",
        f"{_DISABLING} (14 positions)",
    )  # fmt: skip
    call_margin_m: float = _at(
        1000, "m", "outside a port's outline, before a call ends", f"{_PORTS} (enter at 3.0 km, leave at 4.0 km)"
    )
    call_absence_minutes: float = _at(
        30, "min", "outside that margin, without ending a call",
        f"{_OURS}one false position shall not end a call; no ship leaves a port and is back within half an hour",
    )  # fmt: skip
    call_silence_hours: float = _at(
        24, "h", "of silence in a port end a call, for nobody saw that the ship stayed",
        "Global Fishing Watch pipe-segment, max_hours",
    )  # fmt: skip
    berth_km: float = _at(0.5, "km", "a ship that moves farther in port shifts to another place", f"{_PORTS}")
    stop_kn: float = _at(0.2, "kn", "at or below it a ship in port has stopped", f"{_PORTS}")
    meeting_km: float = _at(0.5, "km", "ships at most this far apart meet", f"{_MEETINGS}")
    meeting_hours: float = _at(2, "h", "for at least this long", f"{_MEETINGS}")
    meeting_kn: float = _at(2, "kn", "while both are slower", f"{_MEETINGS}")
    meeting_port_km: float = _at(10, "km", "at least this far from a port", f"{_MEETINGS} (coastal anchorage)")
    meeting_break_hours: float = _at(1, "h", "without positions, and a meeting is broken off", f"{_MEETINGS}")
    meeting_sure_hours: float = _at(
        3, "h", "from which a meeting is the surer", f"{_OURS}half as long again as it takes to be a meeting at all"
    )
    meeting_heard_share: float = _at(
        0.5, "of its periods of 10 minutes", "in which both ships are heard, or else a meeting is the less sure",
        f"{_OURS}below that more of the meeting is supposed than seen",
    )  # fmt: skip
    crowd: int = _at(
        20, "ships", "lying still within about 1 km: an anchorage or harbour, where lying together is no meeting",
        f"{_PORTS} (an anchorage needs 20 vessels)",
    )  # fmt: skip
    move_kn: float = _at(50, "kn", "a faster move is impossible", "AISdb, denoising_encoder.py")
    move_km: float = _at(
        1, "km", "at least, so that no error of position or time looks like a move",
        f"{_OURS}the longest ship is 0.4 km, and some feeds round times to a minute",
    )  # fmt: skip
    two_ships_returns: int = _at(
        3, "returns", "of the positions to where they were before, within a day: two ships send one MMSI",
        f"{_OURS}one return is a false position; three are a second track",
    )  # fmt: skip
    spot_kn: float = _at(
        3, "kn", "sent throughout an hour that is spent on one spot or in a circle", f"{_OURS}above any drift at anchor"
    )
    spot_km: float = _at(
        0.2, "km", "within which all positions of that hour lie", f"{_OURS}half a ship's length around"
    )
    spot_periods: int = _at(
        4, "of 6 periods of 10 minutes", "of an hour, with a speed sent, for that hour to be judged",
        f"{_OURS}most of the hour",
    )  # fmt: skip
    spot_way: float = _at(
        4, "times the extent", "that the speed sent makes at least, for a spot or a circle",
        f"{_OURS}nearly twice around a ring: waiting ships and trawlers turn more slowly or less exactly",
    )  # fmt: skip
    spot_sure_hours: int = _at(
        3, "h", "in a row, from which a spot or a circle is surer", f"{_OURS}no ship turns so exactly for so long"
    )
    circle_fixes: int = _at(
        16, "positions", "that differ, in an hour, to tell a circle by", f"{_OURS}two in each eighth of it"
    )
    circle_spread: float = _at(
        0.1,
        "of the radius",
        "standard deviation of the distances from the middle of a circle",
        f"{_OURS}a square has 0.11",
    )
    circle_km: float = _at(
        15, "km", "the largest radius of a circle", f"{_OURS}below 50 kn no ship goes around a larger one in an hour"
    )


class Row(NamedTuple):
    """A row of the table of thresholds."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str


TABLE: tuple[Row, ...] = tuple(
    Row(one.name, float(one.metadata["value"]), one.metadata["unit"], one.metadata["meaning"], one.metadata["source"])
    for one in fields(Thresholds)
)
"""For the documentation."""
