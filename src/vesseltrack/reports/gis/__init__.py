"""Findings, calls and voyages for maps: GeoJSON, KML and GeoParquet from one sequence of features."""
