"""Oil: port calls, voyages, deliveries, barrels, and the cap. Rulings are those of docs/meaning.md."""
