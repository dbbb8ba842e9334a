"""Vessels: who it is. The register, names, identifiers, identity."""
