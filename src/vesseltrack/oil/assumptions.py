"""What the estimate assumes where nobody saw: each with its source, or called an assumption."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from vesseltrack.oil.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vesseltrack.oil.capacity import ShipSize, Stratum

CountingRule = Literal["voyage", "discharge", "load"]
COUNTING_RULES: tuple[CountingRule, ...] = get_args(CountingRule)

FILL = Spread(1 / 3, 0.75, 1.0)
"""Share of capacity carried. One third: US report to the 1718 Committee, July 2018 ("even one third laden"); 75 %: RUSI
Project Sandstone, December 2021, the lower of its two fills, between the 60 and 90 % of the Panel of Experts
(S/2023/656, S/2024/215); full: RUSI and Financial Times, March 2024."""

FILL_SHARED = 0.5
"""Share of the variance of fills that is one habit of the whole trade in a year; the rest differs from voyage to
voyage. An assumption: no source gives the fills of several voyages."""

FLEET_SHARED = 0.1
"""Share of the variance of unknown ship sizes that is doubt about their whole fleet; the rest differs from ship to
ship. An assumption: the means published for one run, 23,256 and 25,000 barrels a visit (data/fleet.csv), lie close
together, its ships nine times apart."""

DRAWS = 10_000
LEAST_DRAWS = 1_000
"""However full a year is, it gets as many draws as this, unless fewer were asked for."""

SEED = 1718
"""Any number will do; this one is the Committee's."""

BERTHED_IN_THE_SILENCE = 0.5
"""Probability that a tanker that lay off a loading berth, and was then silent or bound for home, had loaded (ruling
20). An assumption: either it berthed in the silence or it did not."""

SHIP_IS_THE_ONE = 0.5
"""Probability that a ship of which the name is only a possible match is the ship of the register. An assumption."""

COASTAL_WAS_IMPORT = 0.1
"""Probability that a discharge after a call at another DPRK port was an import after all (ruling 18). An assumption:
the ship would have had to load from another ship at sea, unseen."""

TURNED_ROUND = 0.25
"""Probability of each further turn-round that fits into a chain of sightings without continuous evidence (ruling 19).
An assumption: the shortest turn-round documented is twelve days."""

OTHER_SHIPS = 0.25
"""Probability that unidentified ships seen within five days of others are other ships (ruling 17). An assumption."""


@dataclass(frozen=True)
class Assumptions:
    """What a user may disagree with."""

    counting: CountingRule = "voyage"
    """``voyage``: each cargo once by whatever evidence. ``discharge``: calls at DPRK oil ports, as the Panel of Experts
    counts. ``load``: calls at loading berths, as the Open Source Centre counts."""

    fill: Spread = FILL
    barrels_per_tonne: float | None = None
    """For cargoes whose product is not known; None: the Committee's 8.33, within the range of products."""

    sizes: Mapping[str, ShipSize] = field(default_factory=dict)
    """Sizes that a user gives, by ``Identity.key``."""

    strata: Mapping[str, Stratum] = field(default_factory=dict)
    """Fleets that a user gives, by name."""

    draws: int = DRAWS
    seed: int = SEED
