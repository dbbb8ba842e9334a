"""Sightings: what was seen. Readers, the sighting schema, rejects."""
