"""How volumes are estimated, in words that go with every report."""

from __future__ import annotations

_VOYAGE = (
    "One voyage is one delivery: a loading, the discharge after it, or both, of a tanker that is DPRK-flagged, in the "
    "register, or seen at a DPRK oil facility. Sightings at one berth no more than five days apart are one call."
)
_CAPACITY = (
    "Barrels = capacity x fill. Capacity from barrels, cubic metres or tonnes given with the sighting (fills apply to "
    "these too), else deadweight x 8.33 barrels per tonne (the 1718 Committee's product basket), else the fleet that "
    "the ship belongs to; never under a load that was observed."
)
_RANGE = (
    "Low = capacity.low x 1/3, central = capacity.central x 0.75, high = capacity.high x 1. Scenario rows keep the "
    "published convention, capacity.central x fill, summed before rounding."
)
_DOUBTFUL = (
    "Possible deliveries and coastal moves are in the high estimate only. An anchorage alone is no delivery. Calls by "
    "unidentified ships count; those that may be a named ship are left out of low."
)
_DAY = (
    "A delivery counts on the day of arrival (the middle of an interval), else on the day of loading plus transit at "
    "10 kn to the nearest DPRK oil port."
)
_FAMILIES = "Volumes reported by States and estimated volumes are two families and are never added."

METHOD = (_VOYAGE, _CAPACITY, _RANGE, _DOUBTFUL, _DAY, _FAMILIES)
"""A sentence or two for each choice that the figures depend on."""
