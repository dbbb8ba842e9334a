"""How volumes are estimated, in words that go with every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vesseltrack.oil.assumptions import FILL_SHARED, FLEET_SHARED

if TYPE_CHECKING:
    from vesseltrack.oil.assumptions import Assumptions

_VOYAGE = (
    "One voyage is one delivery: a loading, the discharge after it, or both, of a tanker that is DPRK-flagged, in the "
    "register, or seen at a DPRK oil facility. Sightings at one berth no more than five days apart are one call."
)
_RULES = {
    "voyage": "Counted by voyage: on the day of arrival (the middle of an interval), else on the day of loading plus "
    "transit at 10 kn to the nearest DPRK oil port.",
    "discharge": "Counted by discharge, as the Panel of Experts did: calls at DPRK oil facilities only, on arrival.",
    "load": "Counted by load, as the Open Source Centre did: calls at loading berths only, on loading.",
}
_CAPACITY = (
    "Barrels = capacity x fill. Capacity from barrels, cubic metres or tonnes given with the sighting (fills apply to "
    "these too), else deadweight x {rate} barrels per tonne{whose}, else gross tonnage or length, else the fleet that "
    "the ship belongs to; never under a load that was observed."
)
_RANGE = (
    "Low, central and high are the 5, 50 and 95 % quantiles of {draws} draws (seed {seed}) of what nobody saw: size "
    "of the ships, barrels per tonne, fill ({fill}), day of arrival. Each ship's size is its own, but {fleet} of the "
    "variance of unknown sizes is shared by the fleet; barrels per tonne are one figure for all cargoes of a draw, and "
    "{shared} of the variance of fills is one habit of the whole trade."
)
_SCENARIOS = "Scenario rows keep the published convention, deadweight x {rate} x fill, summed before rounding."
_DOUBTFUL = (
    "Possible deliveries and coastal moves are in the high estimate and in the probability only, by a stated chance. "
    "An anchorage alone is no delivery. Calls by unidentified ships count; those that may be a named ship, or may "
    "carry oil that is counted already, are left out of low."
)
_FAMILIES = "Volumes reported by States and estimated volumes are two families and are never added."


def method(assumptions: Assumptions) -> tuple[str, ...]:
    """A sentence or two for each choice that the figures depend on."""
    own = assumptions.barrels_per_tonne
    rate = f"{8.33 if own is None else own:g}"
    whose = " (the 1718 Committee's product basket)" if own is None else " (given by the user)"
    fill = assumptions.fill
    fills = f"{fill.central:.0%}" if fill.known else f"{fill.low:.0%} to {fill.high:.0%}, median {fill.central:.0%}"
    drawn = _RANGE.format(
        draws=f"{assumptions.draws:,}",
        seed=assumptions.seed,
        fill=fills,
        shared=f"{FILL_SHARED:.0%}",
        fleet=f"{FLEET_SHARED:.0%}",
    )
    given: tuple[str, ...] = ()
    if assumptions.sizes or assumptions.strata:
        number = len(assumptions.sizes) + len(assumptions.strata)
        given = (f"The sizes of {number} ships or fleets were given by the user.",)
    return (
        _VOYAGE,
        _RULES[assumptions.counting],
        _CAPACITY.format(rate=rate, whose=whose),
        *given,
        drawn,
        _SCENARIOS.format(rate=rate),
        _DOUBTFUL,
        _FAMILIES,
    )
