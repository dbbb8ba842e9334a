"""Rules: what is wrong. The catalogue, one module per family; pure: Evidence in, findings out.

Rulings are those of docs/meaning.md.
"""
