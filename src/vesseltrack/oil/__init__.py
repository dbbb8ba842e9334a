"""Oil: port calls, voyages, deliveries, barrels, and the cap."""
