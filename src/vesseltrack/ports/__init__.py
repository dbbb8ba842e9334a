"""Ports: where it is. Geofences and the gazetteer."""
