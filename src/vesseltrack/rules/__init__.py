"""Rules: what is wrong. The catalogue, one module per family; pure: Evidence in, findings out."""
